"""Care by voice: topics in parts that fit the ear, and cards on request. Guided relief is in ``guided.py``."""

from dataclasses import replace

from skill.dialog import guided, outcomes, wayfinding
from skill.dialog.endings import emergency, stop
from skill.dialog.reply import Card
from skill.dialog.session import Stage
from skill.dialog.turn import Outcome, Turn, ask, ask_again, end
from skill.engine.triage import Conclude, assess
from skill.protocol.care import TOPIC, TOPICS, TopicId
from skill.protocol.model import Level
from skill.prompts.catalogue import Line

OFFERED_AT_ONCE = 4
"""Topics in one breath, at most: more than four are not remembered."""


def topic(turn: Turn) -> Outcome:
    """Tell a topic. Before the outcome one short tip, with the emergency sentence until the findings are cleared."""
    step, id_ = turn.step(), turn.move.topic
    if isinstance(step, Conclude) and step.level is Level.EMERGENCY:
        return emergency(turn)
    if id_ is None:
        return wayfinding.again(turn, (Line(key="care.unknown_topic"),))
    if turn.stage.advised:
        return _part(turn, id_, 0)
    tip = (Line(key=f"topics.{id_}.tip"), *(() if turn.cleared else (Line(key="safety.net"),)))
    if turn.stage is Stage.NEW:
        return wayfinding.offer_check(turn, tip)
    return ask_again(turn, (*tip, Line(key="care.after_check")))


def more(turn: Turn) -> Outcome:
    """Tell the next part, go to the next step, or offer what there is."""
    match turn.stage:
        case Stage.CARE if turn.session.topic and turn.session.part < len(TOPIC[turn.session.topic].parts):
            return _part(turn, turn.session.topic, turn.session.part)
        case Stage.GUIDED:
            return guided.step(turn, turn.session.part + 1)
        case Stage.ADVISED:
            return accept(turn)
        case Stage.CARE | Stage.HURTING:
            return what_else(turn)
        case _:
            return wayfinding.again(turn)


def accept(turn: Turn) -> Outcome:
    """Take a yes to what the outcome offered: what to have ready for the doctor, or more about home care."""
    step = turn.step()
    if isinstance(step, Conclude) and step.level is Level.SELF_CARE:
        return what_else(turn)
    session = replace(turn.session, topic=None, part=0)
    return ask(
        session, Stage.CARE, say=(Line(key="ready.list"), *outcomes.CLINIC), ask=(Line(key="care.anything_else"),)
    )


def what_else(turn: Turn) -> Outcome:
    """Offer the topics that fit the outcome and were not told yet."""
    step = turn.step()
    if not turn.stage.advised or not isinstance(step, Conclude):
        return wayfinding.again(turn, () if turn.stage is Stage.NEW else (Line(key="care.after_check"),))
    fitting = [found.id for found in TOPICS if step.level in found.fits and found.id not in turn.session.heard]
    session = replace(turn.session, topic=None, part=0)
    if not fitting:
        return end(session, (Line(key="care.no_more"), Line(key="stop.cleared")))
    names = tuple(f"topics.{id_}.name" for id_ in fitting[:OFFERED_AT_ONCE])
    key = "care.which_guided" if guided.is_allowed(turn) else "care.which"
    return ask(session, Stage.CARE, say=(), ask=(Line(key=key, names=names),))


def yes(turn: Turn) -> Outcome:
    """Take a yes to "Shall I go on?", to "Which one?", to "Anything else?", or to "Ready for the next one?"."""
    if turn.stage is Stage.CARE and (offered := turn.session.question.names):
        first = next(found.id for found in TOPICS if f"topics.{found.id}.name" == offered[0])
        return _part(turn, first, 0)
    return more(turn)


def no(turn: Turn) -> Outcome:
    """Take a no: ask whether anything else is wanted, or take leave."""
    unfinished = turn.stage is Stage.GUIDED or (turn.stage is Stage.CARE and turn.session.question.key == "care.go_on")
    if unfinished:
        session = replace(turn.session, topic=None, part=0)
        return ask(session, Stage.CARE, say=(Line(key="ask.okay"),), ask=(Line(key="care.anything_else"),))
    return stop(turn)


def send(turn: Turn) -> Outcome:
    """Put on a card what was told last: the topic, the stretches, or the outcome."""
    step, session = turn.step(), turn.session
    if not turn.stage.advised or not isinstance(step, Conclude):
        return wayfinding.again(turn, (Line(key="care.nothing_to_send"),))
    if session.topic and turn.stage is Stage.CARE:
        card = _topic_card(session.topic)
    elif turn.stage in (Stage.GUIDED, Stage.HURTING):
        card = guided.card()
    else:
        card = outcomes.card(turn.protocol, step, assess(turn.protocol, session.answers))
    return ask_again(turn, (Line(key="care.sent"),), card)


def _part(turn: Turn, id_: TopicId, number: int) -> Outcome:
    """Tell part ``number`` of a topic, unless what was confirmed speaks against it."""
    found, session = TOPIC[id_], replace(turn.session, topic=id_, heard=turn.session.heard | {id_})
    confirmed = {finding for reason in assess(turn.protocol, session.answers).reasons for finding in reason.findings}
    if any(finding.id in confirmed for finding in found.not_with):
        return ask(
            replace(session, topic=None, part=0),
            Stage.CARE,
            say=(Line(key="care.wait_for_doctor"),),
            ask=(Line(key="care.anything_else"),),
        )
    told = number + 1
    question = Line(key="care.go_on" if told < len(found.parts) else "care.anything_else")
    say = (Line(key=f"topics.{id_}.part_{told}"),)
    return ask(replace(session, part=told), Stage.CARE, say=say, ask=(question,))


def _topic_card(id_: TopicId) -> Card:
    parts = tuple((Line(key=f"topics.{id_}.part_{number}"),) for number, _ in enumerate(TOPIC[id_].parts, 1))
    title = Line(key="care.card_title", names=(f"topics.{id_}.name",))
    return Card(title=title, paragraphs=(*parts, outcomes.WATCH, outcomes.DISCLAIMER))
