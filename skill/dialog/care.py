"""Care by voice: topics in parts that fit the ear, guided relief step by step, cards on request."""

from dataclasses import replace

from skill.dialog import outcomes, wayfinding
from skill.dialog.endings import emergency, stop
from skill.dialog.reply import Card
from skill.dialog.session import Session, Stage
from skill.dialog.turn import Outcome, Turn, ask, ask_again, end
from skill.engine.triage import Conclude, assess
from skill.protocol.care import GUIDED, TOPIC, TOPICS, TopicId
from skill.protocol.model import Level
from skill.speech.catalogue import Line

OFFERED_AT_ONCE = 4
"""Topics in one breath, at most: more than four are not remembered."""

SLOWER = 1.5
"""How much longer the pauses of guided relief get when the person asks for it."""


def topic(turn: Turn) -> Outcome:
    """Tell a topic. Before the outcome one short tip, with the emergency sentence until the signs are cleared."""
    step, id_ = turn.step(), turn.move.topic
    if isinstance(step, Conclude) and step.level is Level.EMERGENCY:
        return emergency(turn)
    if id_ is None:
        return wayfinding.again(turn, (Line(key="care.unknown_topic"),))
    if turn.stage.advised:
        return _part(turn, id_, 0)
    tip = (Line(key=f"topics.{id_}.tip"), *(() if turn.cleared else (Line(key="safety.net"),)))
    if turn.stage is Stage.NEW:
        return _offer_check(turn, tip)
    return ask_again(turn, (*tip, Line(key="care.after_check")))


def more(turn: Turn) -> Outcome:
    """Tell the next part, go to the next step, or offer what there is."""
    match turn.stage:
        case Stage.CARE if turn.session.topic and turn.session.part < len(TOPIC[turn.session.topic].parts):
            return _part(turn, turn.session.topic, turn.session.part)
        case Stage.GUIDED:
            return _guided(turn, turn.session.part + 1)
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
    key = "care.which_guided" if _may_be_guided(turn) else "care.which"
    return ask(session, Stage.CARE, say=(), ask=(Line(key=key, names=names),))


def yes(turn: Turn) -> Outcome:
    """Take a yes to "Shall I go on?", to "Which one?", to "Anything else?", or to "Ready for the next one?"."""
    if turn.stage is Stage.CARE and (offered := turn.session.asked[0].names):
        first = next(found.id for found in TOPICS if f"topics.{found.id}.name" == offered[0])
        return _part(turn, first, 0)
    return more(turn)


def no(turn: Turn) -> Outcome:
    """Take a no: ask whether anything else is wanted, or take leave."""
    unfinished = turn.stage is Stage.GUIDED or (turn.stage is Stage.CARE and turn.session.asked[0].key == "care.go_on")
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
        card = _guided_card()
    else:
        card = outcomes.card(turn.protocol, step, assess(turn.protocol, session.answers))
    return ask_again(turn, (Line(key="care.sent"),), card)


# --- Guided relief


def guide(turn: Turn) -> Outcome:
    """Begin guided relief, after a home-care outcome only: then every sign that speaks against it was denied."""
    if _may_be_guided(turn):
        return _guided(turn, 0)
    lead = (Line(key="guided.not_now"),)
    return _offer_check(turn, lead) if turn.stage is Stage.NEW else wayfinding.again(turn, lead)


def slower(turn: Turn) -> Outcome:
    """Repeat the step with longer pauses; elsewhere repeat the last words."""
    if turn.stage is not Stage.GUIDED:
        return wayfinding.repeat(turn)
    return _guided(turn, turn.session.part, lead=(Line(key="guided.slower"),), pace=SLOWER)


def pause(turn: Turn) -> Outcome:
    """Wait, then put the pending question again. The words before stay the last ones, for "repeat"."""
    session, reply = wayfinding.again(turn, (Line(key="guided.pause"),))
    return replace(session, said=turn.session.said), reply


def hurts(turn: Turn) -> Outcome:
    """Stop at once and ask whether it is worse; before the outcome the interview's own questions do that."""
    if not turn.stage.advised:
        return wayfinding.miss(turn) if turn.session.asked else wayfinding.open_(turn)
    question = "guided.hurts_ask" if turn.stage is Stage.GUIDED else "care.hurts_ask"
    return ask(turn.session, Stage.HURTING, say=(Line(key="guided.hurts"),), ask=(Line(key=question),))


def not_worse(turn: Turn) -> Outcome:
    """It hurts, but no more than before: go on more gently where a step was going on."""
    if turn.session.asked[0].key == "guided.hurts_ask":
        return ask(turn.session, Stage.GUIDED, say=(Line(key="guided.gentler"),), ask=(Line(key="guided.next"),))
    return ask(turn.session, Stage.CARE, say=(Line(key="ask.okay"),), ask=(Line(key="care.anything_else"),))


def step_back(turn: Turn) -> Outcome:
    """Go back one step of guided relief, or say the first again."""
    return _guided(turn, max(0, turn.session.part - 1))


def _guided(turn: Turn, number: int, lead: tuple[Line, ...] = (), pace: float = 1.0) -> Outcome:
    session = replace(turn.session, topic=None, part=number)
    if number >= len(GUIDED):
        return ask(session, Stage.CARE, say=(Line(key="guided.done"),), ask=(Line(key="care.anything_else"),))
    say = (*lead, Line(key=f"guided.steps.{GUIDED[number].id}", pace=pace))
    if number + 1 == len(GUIDED):
        done = (*say, Line(key="guided.done"))
        return ask(replace(session, part=number + 1), Stage.CARE, say=done, ask=(Line(key="care.anything_else"),))
    return ask(session, Stage.GUIDED, say=say, ask=(Line(key="guided.next"),))


def _may_be_guided(turn: Turn) -> bool:
    step = turn.step()
    return turn.stage.advised and isinstance(step, Conclude) and step.level is Level.SELF_CARE


# --- Telling


def _part(turn: Turn, id_: TopicId, number: int) -> Outcome:
    """Tell part ``number`` of a topic, unless what was confirmed speaks against it."""
    found, session = TOPIC[id_], replace(turn.session, topic=id_, heard=turn.session.heard | {id_})
    confirmed = {sign for reason in assess(turn.protocol, session.answers).reasons for sign in reason.signs}
    if any(sign.id in confirmed for sign in found.not_with):
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


def _offer_check(turn: Turn, lead: tuple[Line, ...]) -> Outcome:
    return ask(Session(heard=turn.session.heard), Stage.NEW, say=lead, ask=(Line(key="care.check_first"),))


def _topic_card(id_: TopicId) -> Card:
    parts = tuple((Line(key=f"topics.{id_}.part_{number}"),) for number, _ in enumerate(TOPIC[id_].parts, 1))
    title = Line(key="care.card_title", names=(f"topics.{id_}.name",))
    return Card(title=title, paragraphs=(*parts, outcomes.WATCH, outcomes.DISCLAIMER))


def _guided_card() -> Card:
    steps = tuple((Line(key=f"guided.steps.{step.id}"),) for step in GUIDED)
    return Card(title=Line(key="guided.card_title"), paragraphs=(*steps, outcomes.WATCH, outcomes.DISCLAIMER))
