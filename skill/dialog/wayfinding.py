"""Finding one's way: opening, help, why, repeat, and what happens when something is not understood."""

from dataclasses import replace

from skill.dialog import outcomes
from skill.dialog.interview import SHORT_OPENING, from_the_start, put_question
from skill.dialog.session import Session, Stage
from skill.dialog.turn import Outcome, Turn, ask, ask_again, end
from skill.engine.triage import Ask, Conclude
from skill.prompts.catalogue import Line

MISSES_BEFORE_GIVING_UP = 3
"""Other words, then the choices, then a safe end: a person is never caught in a loop."""


def open_(turn: Turn) -> Outcome:
    """Welcome the person, say what this is and what it is not, and put the first question."""
    return from_the_start(turn, (Line(key="open.welcome"), Line(key="open.net"), Line(key="open.plan")))


def start(turn: Turn) -> Outcome:
    """Begin the check; where it runs already, put its question again."""
    return open_(turn) if turn.stage is Stage.NEW or turn.stage.advised else again(turn)


def offer_check(turn: Turn, lead: tuple[Line, ...]) -> Outcome:
    """Say ``lead`` and offer the check, to somebody who asked for something else first."""
    return ask(Session(heard=turn.session.heard), Stage.NEW, say=lead, ask=(Line(key="care.check_first"),))


def restart(turn: Turn) -> Outcome:
    """Forget everything and begin the check again."""
    return open_(turn) if turn.stage is Stage.NEW else from_the_start(turn, (Line(key="open.again"),))


def repeat(turn: Turn) -> Outcome:
    """Say the last words again and change nothing."""
    if not turn.session.asked:
        return open_(turn)
    return ask(turn.session, turn.stage, say=turn.session.said, ask=turn.session.asked)


def again(turn: Turn, lead: tuple[Line, ...] = ()) -> Outcome:
    """Say ``lead`` and put the pending question again; with none pending, begin."""
    if not turn.session.asked:
        return from_the_start(turn, (*lead, *SHORT_OPENING))
    return ask_again(turn, lead)


def why(turn: Turn) -> Outcome:
    """Say why the question is asked, or why the outcome was reached."""
    step = turn.step()
    match turn.stage:
        case Stage.ASKING if isinstance(step, Ask):
            return again(turn, (Line(key=f"questions.{step.question.id}.why"),))
        case Stage.READBACK | Stage.CORRECTING:
            return again(turn, (Line(key="readback.why"),))
        case Stage.ADVISED if isinstance(step, Conclude):
            reason = Line(key=f"outcomes.{step.level.key}.why")
            return again(turn, (*outcomes.because(turn.protocol, step.reasons), reason))
        case Stage.CARE:
            return again(turn, (Line(key="care.why"),))
        case Stage.GUIDED | Stage.HURTING:
            return again(turn, (Line(key="guided.why"),))
        case _:
            return again(turn)


def help_(turn: Turn) -> Outcome:
    """Say where we are and what can be said, and put the question again."""
    return again(turn, whereabouts(turn)) if turn.session.asked else open_(turn)


def distress(turn: Turn) -> Outcome:
    """A cry that may be for help with the skill or for help at all: the number first, then what can be said."""
    lead = (Line(key="safety.call"), Line(key="distress.intro"))
    if not turn.session.asked:
        return from_the_start(turn, (*lead, Line(key="open.short")))
    return ask_again(turn, (*lead, Line(key="distress.choices")))


def whereabouts(turn: Turn) -> tuple[Line, ...]:
    """Return where the conversation stands and what can be said; nothing where nothing was asked yet."""
    step = turn.step()
    match turn.stage:
        case Stage.ASKING if isinstance(step, Ask):
            place = Line(key="help.question", count=turn.protocol.questions.index(step.question) + 1)
            return (place, Line(key="help.choices"), Line(key="help.say_sign"))
        case Stage.READBACK:
            return (Line(key="help.readback"), Line(key="help.choices"))
        case Stage.CORRECTING:
            return (Line(key="help.correcting"),)
        case Stage.ADVISED:
            return (Line(key="help.outcome"),)
        case Stage.CARE:
            return (Line(key="care.help"),)
        case Stage.GUIDED | Stage.HURTING:
            return (Line(key="guided.help"),)
        case _:
            return ()


def miss(turn: Turn) -> Outcome:
    """Not understood: other words first, then the choices, then a safe end."""
    session = replace(turn.session, misses=turn.session.misses + 1)
    counted = replace(turn, session=session)
    if not session.asked:
        return open_(turn)
    if session.misses >= MISSES_BEFORE_GIVING_UP:
        return end(session, (Line(key="miss.third"), Line(key="safety.net"), Line(key="miss.third_try")))
    if session.misses > 1:
        choices = whereabouts(turn) if turn.stage.advised else (Line(key="miss.choices"),)
        return ask_again(counted, (Line(key="miss.second"), *choices))
    return _plainly(counted, (Line(key="miss.finding" if turn.move.unresolved else "miss.first"),))


def rephrase(turn: Turn) -> Outcome:
    """Put the question in other words for somebody who did not understand it. It counts as nothing."""
    return _plainly(turn, (Line(key="ask.unsure"),)) if turn.session.asked else open_(turn)


def _plainly(turn: Turn, lead: tuple[Line, ...]) -> Outcome:
    step = turn.step()
    match turn.stage:
        case Stage.ASKING if isinstance(step, Ask):
            return put_question(turn.session, step, lead, plainly=True)
        case Stage.READBACK:
            return ask(turn.session, turn.stage, say=lead, ask=(Line(key="readback.plain"),))
        case Stage.CORRECTING:
            return ask(turn.session, turn.stage, say=lead, ask=(Line(key="readback.correct_plain"),))
        case _:
            return ask_again(turn, lead)
