"""What comes next in the interview: a question, the read-back before home care, or an outcome."""

from dataclasses import replace

from skill.dialog import outcomes
from skill.dialog.questions import question, readback
from skill.dialog.session import Session, Stage
from skill.dialog.turn import Outcome, Turn, ask, ask_again
from skill.engine.triage import Answer, Ask, Conclude, assess, next_step
from skill.protocol.model import Level, Protocol
from skill.prompts.catalogue import Line

SHORT_OPENING = (Line(key="open.net"), Line(key="open.short"))
"""Said where somebody begins in the middle: the emergency sentence and what this is, without the welcome."""


def proceed(turn: Turn, answer: Answer, lead: tuple[Line, ...], *, plainly: bool = False) -> Outcome:
    """Add ``answer`` and go where the engine says."""
    return go_on(turn, (*turn.session.answers, answer), lead, plainly=plainly)


def go_on(turn: Turn, answers: tuple[Answer, ...], lead: tuple[Line, ...], *, plainly: bool = False) -> Outcome:
    """Go on with ``answers``: to a question (``plainly`` in other words), to the read-back, or to an outcome."""
    session = replace(turn.session, answers=answers, misses=0)
    before, after = turn.step(), next_step(turn.protocol, answers)
    match after:
        case Ask():
            if turn.stage is Stage.NEW:
                lead = (*lead, *SHORT_OPENING)
            elif _eased(before, after):
                lead = (Line(key="ask.pressing_done"), *(line for line in lead if line.key != "ask.okay"))
            return put_question(session, after, lead, plainly=plainly)
        case Conclude(level=Level.SELF_CARE) if not turn.stage.advised:
            return ask(session, Stage.READBACK, say=readback(turn.protocol), ask=(Line(key="readback.ask"),))
        case Conclude() if turn.stage.advised and before == after:
            return ask_again(replace(turn, session=session), lead)
        case Conclude():
            return advise(turn.protocol, session, after)


def put_question(session: Session, step: Ask, lead: tuple[Line, ...], *, plainly: bool = False) -> Outcome:
    """Say ``lead`` and put the question of ``step``; after a first "not sure" always in plainer words."""
    return ask(session, Stage.ASKING, say=lead, ask=question(step, plainly=plainly or step.unsure_before))


def advise(protocol: Protocol, session: Session, conclusion: Conclude) -> Outcome:
    """Give the outcome, with its card and what is offered after it."""
    return ask(
        session,
        Stage.ADVISED,
        say=outcomes.spoken(protocol, conclusion),
        ask=outcomes.offer(conclusion),
        card=outcomes.card(protocol, conclusion, assess(protocol, session.answers)),
    )


def from_the_start(turn: Turn, lead: tuple[Line, ...]) -> Outcome:
    """Forget all answers and put the first question."""
    fresh = replace(turn, session=Session(stage=Stage.ASKING, heard=turn.session.heard))
    return go_on(fresh, (), lead)


def through_again(turn: Turn) -> Outcome:
    """Go through all questions once more: something was misheard, and it is not known what."""
    return from_the_start(turn, (Line(key="readback.through_again"),))


def _eased(before: Ask | Conclude, after: Ask) -> bool:
    """Whether the last of the emergency questions was just answered."""
    return (
        isinstance(before, Ask)
        and before.question.level is Level.EMERGENCY
        and after.question.level is not Level.EMERGENCY
    )
