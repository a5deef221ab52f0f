"""Guided relief: stretches with spoken counts and pauses, one step at a time, for somebody who lies or sits still."""

from dataclasses import replace

from skill.dialog import outcomes, wayfinding
from skill.dialog.reply import Card
from skill.dialog.session import Stage
from skill.dialog.turn import Outcome, Turn, ask
from skill.engine.triage import Conclude
from skill.protocol.care import GUIDED
from skill.protocol.model import Level
from skill.prompts.catalogue import Line

SLOWER = 1.5
"""How much longer the pauses get when the person asks for it."""


def guide(turn: Turn) -> Outcome:
    """Begin guided relief, after a home-care outcome only."""
    if is_allowed(turn):
        return step(turn, 0)
    lead = (Line(key="guided.not_now"),)
    return wayfinding.offer_check(turn, lead) if turn.stage is Stage.NEW else wayfinding.again(turn, lead)


def slower(turn: Turn) -> Outcome:
    """Repeat the step with longer pauses; elsewhere repeat the last words."""
    if turn.stage is not Stage.GUIDED:
        return wayfinding.repeat(turn)
    return step(turn, turn.session.part, lead=(Line(key="guided.slower"),), pace=SLOWER)


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
    if turn.session.question.key == "guided.hurts_ask":
        return ask(turn.session, Stage.GUIDED, say=(Line(key="guided.gentler"),), ask=(Line(key="guided.next"),))
    return ask(turn.session, Stage.CARE, say=(Line(key="ask.okay"),), ask=(Line(key="care.anything_else"),))


def step_back(turn: Turn) -> Outcome:
    """Go back one step of guided relief, or say the first again."""
    return step(turn, max(0, turn.session.part - 1))


def step(turn: Turn, number: int, lead: tuple[Line, ...] = (), pace: float = 1.0) -> Outcome:
    """Speak step ``number``, from 0; ``pace`` is how much longer its pauses are. Past the last one take leave of it."""
    session = replace(turn.session, topic=None, part=number)
    if number >= len(GUIDED):
        return ask(session, Stage.CARE, say=(Line(key="guided.done"),), ask=(Line(key="care.anything_else"),))
    say = (*lead, Line(key=f"guided.steps.{GUIDED[number].id}", pace=pace))
    if number + 1 == len(GUIDED):
        done = (*say, Line(key="guided.done"))
        return ask(replace(session, part=number + 1), Stage.CARE, say=done, ask=(Line(key="care.anything_else"),))
    return ask(session, Stage.GUIDED, say=say, ask=(Line(key="guided.next"),))


def is_allowed(turn: Turn) -> bool:
    """Whether the outcome was home care: then every finding that speaks against stretching was denied."""
    found = turn.step()
    return turn.stage.advised and isinstance(found, Conclude) and found.level is Level.SELF_CARE


def card() -> Card:
    """Return the stretches on a card."""
    steps = tuple((Line(key=f"guided.steps.{found.id}"),) for found in GUIDED)
    return Card(title=Line(key="guided.card_title"), paragraphs=(*steps, outcomes.WATCH, outcomes.DISCLAIMER))
