"""The conversation: one session and one move in, the next session and the reply out.

Start reading here. ``converse`` sends each kind of move to one function; ``_proceed`` asks the engine what comes next.
Nothing in this module knows a word of any language, a sign by name, or Alexa.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from skill.dialog import outcomes
from skill.dialog.moves import Move, MoveKind
from skill.dialog.questions import question, readback
from skill.dialog.reply import Card, Reply
from skill.dialog.session import Session, Stage
from skill.engine.triage import (
    Answer,
    Ask,
    Conclude,
    assess,
    emergencies_cleared,
    next_step,
    settled_by_duration,
)
from skill.engine.triage import (
    Reply as Answered,
)
from skill.protocol.model import Level, Protocol
from skill.speech.catalogue import Line

MISSES_BEFORE_GIVING_UP = 3
"""Other words, then the choices, then a safe end: a person is never caught in a loop."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one turn starts from."""

    protocol: Protocol
    session: Session
    move: Move

    def step(self) -> Ask | Conclude:
        """Return what the engine says of the answers so far."""
        return next_step(self.protocol, self.session.answers)


Outcome = tuple[Session, Reply]


def converse(protocol: Protocol, session: Session, move: Move) -> Outcome:
    """Return the session after ``move`` and the reply to it. Total: every move has a reply in every stage."""
    turn = Turn(protocol=protocol, session=session, move=move)
    if move.present or (move.absent and not _refuses_readback(turn)):
        return _tell(turn)
    if move.unresolved and move.kind is not MoveKind.YES:
        return _miss(turn)  # "no, but my ..." is not a no
    return _MOVES[move.kind](turn)


# --- Answers


def _tell(turn: Turn) -> Outcome:
    """Take the signs that were named. With a yes they also confirm the pending question; a no adds nothing."""
    move, step = turn.move, turn.step()
    confirms = move.kind is MoveKind.YES and turn.session.stage is Stage.ASKING and isinstance(step, Ask)
    answer = Answer(
        question=step.question.id if confirms and isinstance(step, Ask) else None,
        reply=Answered.YES if confirms else None,
        present=move.present,
        absent=move.absent,
    )
    return _proceed(turn, answer, _noted(turn), plainly=move.unresolved)


def _noted(turn: Turn) -> tuple[Line, ...]:
    """Return what is said of the signs and limits that were named, before the next question."""
    limits = {limit.id for limit in turn.protocol.limits}
    lines = [Line(key=f"limits.{id_}") for id_ in turn.move.present if id_ in limits]
    if lines and not emergencies_cleared(turn.protocol, turn.session.answers):
        lines.append(Line(key="ask.limited"))
    if signs := tuple(f"signs.{id_}.name" for id_ in turn.move.present if id_ not in limits):
        lines.append(Line(key="ask.noted", names=signs))
    if turn.move.unresolved:
        lines.append(Line(key="miss.sign"))
    return tuple(lines) or (Line(key="ask.okay"),)


def _yes(turn: Turn) -> Outcome:
    match turn.session.stage:
        case Stage.ASKING:
            return _answer(turn, Answered.YES)
        case Stage.READBACK if isinstance(step := turn.step(), Conclude):
            return _advise(turn.protocol, turn.session, step)
        case Stage.CORRECTING:
            return _through_again(turn)
        case Stage.ADVISED:
            return _accept(turn)
        case _:
            return _open(turn)


def _no(turn: Turn) -> Outcome:
    match turn.session.stage:
        case Stage.ASKING:
            return _answer(turn, Answered.NO)
        case Stage.READBACK:
            return _ask(
                turn.session,
                Stage.CORRECTING,
                say=(Line(key="readback.wrong"),),
                ask=(Line(key="readback.correct"),),
            )
        case Stage.CORRECTING:
            return _through_again(turn)
        case Stage.ADVISED:
            return _stop(turn)
        case Stage.NEW:
            return _open(turn)


def _unsure(turn: Turn) -> Outcome:
    match turn.session.stage:
        case Stage.ASKING:
            return _answer(turn, Answered.UNSURE)
        case Stage.READBACK | Stage.CORRECTING:
            return _no(turn)
        case Stage.ADVISED:
            return _again(turn)
        case Stage.NEW:
            return _open(turn)


def _answer(turn: Turn, reply: Answered) -> Outcome:
    step = turn.step()
    if not isinstance(step, Ask):
        return _open(turn)
    lead = Line(key="ask.unsure" if reply is Answered.UNSURE else "ask.okay")
    return _proceed(turn, Answer(question=step.question.id, reply=reply), (lead,))


def _duration(turn: Turn) -> Outcome:
    days = turn.move.days
    if days is None:
        return _miss(turn)
    present, absent = settled_by_duration(turn.protocol, turn.session.answers, days)
    return _proceed(turn, Answer(present=present, absent=absent), (Line(key="ask.duration"),))


def _improving(turn: Turn) -> Outcome:
    denied = tuple(sign.id for sign in turn.protocol.denied_when_improving)
    return _proceed(turn, Answer(absent=denied), (Line(key="ask.better"),))


def _worsening(turn: Turn) -> Outcome:
    confirmed = tuple(sign.id for sign in turn.protocol.confirmed_when_worsening)
    return _tell(replace(turn, move=replace(turn.move, kind=MoveKind.TELL, present=confirmed)))


def _correct_yes(turn: Turn) -> Outcome:
    """Take "no wait, yes": the last no becomes a yes, the more urgent reading, as questions only get milder."""
    answers = turn.session.answers
    if answers and answers[-1].reply is Answered.NO:
        corrected = replace(answers[-1], reply=Answered.YES)
        return _go_on(turn, (*answers[:-1], corrected), (Line(key="ask.okay"),))
    return _yes(turn)


def _correct_no(turn: Turn) -> Outcome:
    """Take "I meant no": the last yes or unsure becomes a no; with none to take back, the question is put again."""
    answers = turn.session.answers
    if answers and answers[-1].reply in (Answered.YES, Answered.UNSURE) and not answers[-1].present:
        corrected = replace(answers[-1], reply=Answered.NO)
        return _go_on(turn, (*answers[:-1], corrected), (Line(key="ask.okay"),))
    return _again(turn)


def _back(turn: Turn) -> Outcome:
    if not turn.session.answers:
        return _again(turn, lead=(Line(key="back.nothing"),))
    return _go_on(turn, turn.session.answers[:-1], (Line(key="back.done"),))


# --- What comes next


def _proceed(turn: Turn, answer: Answer, lead: tuple[Line, ...], *, plainly: bool = False) -> Outcome:
    """Add ``answer`` and go where the engine says."""
    return _go_on(turn, (*turn.session.answers, answer), lead, plainly=plainly)


def _go_on(turn: Turn, answers: tuple[Answer, ...], lead: tuple[Line, ...], *, plainly: bool = False) -> Outcome:
    """Go on with ``answers``: to a question (``plainly`` in other words), to the read-back, or to an outcome."""
    session = replace(turn.session, answers=answers, misses=0)
    before, after = turn.step(), next_step(turn.protocol, answers)
    match after:
        case Ask():
            if turn.session.stage is Stage.NEW:
                lead = (*lead, Line(key="open.short"))
            elif _eased(before, after):
                lead = (Line(key="ask.pressing_done"), *(line for line in lead if line.key != "ask.okay"))
            return _put_question(session, after, lead, plainly=plainly)
        case Conclude(level=Level.SELF_CARE) if turn.session.stage is not Stage.ADVISED:
            return _ask(session, Stage.READBACK, say=readback(turn.protocol), ask=(Line(key="readback.ask"),))
        case Conclude() if turn.session.stage is Stage.ADVISED and before == after:
            return _again(replace(turn, session=session), lead=lead)
        case Conclude():
            return _advise(turn.protocol, session, after)


def _eased(before: Ask | Conclude, after: Ask) -> bool:
    return (
        isinstance(before, Ask)
        and before.question.level is Level.EMERGENCY
        and after.question.level is not Level.EMERGENCY
    )


def _put_question(session: Session, step: Ask, lead: tuple[Line, ...], *, plainly: bool = False) -> Outcome:
    return _ask(session, Stage.ASKING, say=lead, ask=question(step, plainly=plainly or step.unsure_before))


def _advise(protocol: Protocol, session: Session, conclusion: Conclude) -> Outcome:
    return _ask(
        session,
        Stage.ADVISED,
        say=outcomes.spoken(protocol, conclusion),
        ask=_offer(conclusion),
        card=outcomes.card(protocol, conclusion, assess(protocol, session.answers)),
    )


def _offer(conclusion: Conclude) -> tuple[Line, ...]:
    if conclusion.level is Level.EMERGENCY:
        return ()
    return (Line(key=f"outcomes.{conclusion.level.key}.offer"),)


def _accept(turn: Turn) -> Outcome:
    return _end(turn.session, (Line(key="ready.list"), Line(key="ready.closing")))


def _through_again(turn: Turn) -> Outcome:
    return _from_the_start(turn, (Line(key="readback.through_again"),))


def _from_the_start(turn: Turn, lead: tuple[Line, ...]) -> Outcome:
    """Forget all answers and put the first question."""
    fresh = replace(turn, session=Session(stage=Stage.ASKING))
    return _go_on(fresh, (), lead)


# --- Finding one's way


def _open(turn: Turn) -> Outcome:
    return _from_the_start(turn, (Line(key="open.welcome"), Line(key="open.net"), Line(key="open.plan")))


def _start(turn: Turn) -> Outcome:
    if turn.session.stage in (Stage.NEW, Stage.ADVISED):
        return _open(turn)
    return _again(turn)


def _restart(turn: Turn) -> Outcome:
    if turn.session.stage is Stage.NEW:
        return _open(turn)
    return _from_the_start(turn, (Line(key="open.again"),))


def _repeat(turn: Turn) -> Outcome:
    if turn.session.stage is Stage.NEW:
        return _open(turn)
    return _ask(turn.session, turn.session.stage, say=turn.session.said, ask=turn.session.asked)


def _why(turn: Turn) -> Outcome:
    step = turn.step()
    match turn.session.stage:
        case Stage.ASKING if isinstance(step, Ask):
            return _again(turn, lead=(Line(key=f"questions.{step.question.id}.why"),))
        case Stage.ADVISED if isinstance(step, Conclude):
            why = Line(key=f"outcomes.{step.level.key}.why")
            return _again(turn, lead=(*outcomes.because(turn.protocol, step.reasons), why))
        case Stage.READBACK | Stage.CORRECTING:
            return _again(turn, lead=(Line(key="readback.why"),))
        case _:
            return _open(turn)


def _help(turn: Turn) -> Outcome:
    return _open(turn) if turn.session.stage is Stage.NEW else _again(turn, lead=_whereabouts(turn))


def _distress(turn: Turn) -> Outcome:
    """A cry that may be for help with the skill or for help at all: the number first, then where we are."""
    return _again(turn, lead=(Line(key="safety.call"), Line(key="distress.intro"), *_whereabouts(turn)))


def _whereabouts(turn: Turn) -> tuple[Line, ...]:
    """Return where the conversation stands and what can be said; nothing where nothing was asked yet."""
    step = turn.step()
    match turn.session.stage:
        case Stage.ASKING if isinstance(step, Ask):
            place = Line(key="help.question", count=turn.protocol.questions.index(step.question) + 1)
            return (place, Line(key="help.choices"), Line(key="help.say_sign"))
        case Stage.READBACK:
            return (Line(key="help.readback"), Line(key="help.choices"))
        case Stage.CORRECTING:
            return (Line(key="help.correcting"),)
        case Stage.ADVISED:
            return (Line(key="help.outcome"),)
        case _:
            return ()


def _again(turn: Turn, lead: tuple[Line, ...] = ()) -> Outcome:
    """Say ``lead`` and put the pending question again; with none pending, begin."""
    session = turn.session
    if session.stage is Stage.NEW:
        return _from_the_start(turn, (*lead, Line(key="open.short")))
    return _ask(session, session.stage, say=lead, ask=session.asked)


def _miss(turn: Turn) -> Outcome:
    """Not understood: other words first, then the choices, then a safe end."""
    session = replace(turn.session, misses=turn.session.misses + 1)
    counted = replace(turn, session=session)
    if session.stage is Stage.NEW:
        return _open(turn)
    if session.misses >= MISSES_BEFORE_GIVING_UP:
        return _end(session, (Line(key="miss.third"), Line(key="safety.net"), Line(key="miss.third_try")))
    if session.misses > 1:
        return _again(counted, lead=(Line(key="miss.second"),))
    lead = (Line(key="miss.sign" if turn.move.unresolved else "miss.first"),)
    step = turn.step()
    match session.stage:
        case Stage.ASKING if isinstance(step, Ask):
            return _put_question(session, step, lead, plainly=True)
        case Stage.READBACK:
            return _ask(session, session.stage, say=lead, ask=(Line(key="readback.plain"),))
        case Stage.CORRECTING:
            return _ask(session, session.stage, say=lead, ask=(Line(key="readback.correct_plain"),))
        case _:
            return _again(counted, lead=lead)


# --- Endings


def _emergency(turn: Turn) -> Outcome:
    """The person calls for help: the emergency outcome at once, without a question and without a reason."""
    conclusion = Conclude(level=Level.EMERGENCY, reasons=(), instructions=())
    key = f"outcomes.{Level.EMERGENCY.key}"
    say = (Line(key=f"{key}.do"), Line(key=f"{key}.how"), Line(key=f"{key}.again"))
    return _end(
        turn.session, say, outcomes.card(turn.protocol, conclusion, assess(turn.protocol, turn.session.answers))
    )


def _crisis(turn: Turn) -> Outcome:
    care, call, cannot = Line(key="crisis.care"), Line(key="crisis.call"), Line(key="crisis.cannot")
    card = Card(title=Line(key="crisis.title"), paragraphs=((care, call, cannot), outcomes.DISCLAIMER))
    return _end(turn.session, (care, call, cannot), card)


def _stop(turn: Turn) -> Outcome:
    if emergencies_cleared(turn.protocol, turn.session.answers):
        return _end(turn.session, (Line(key="stop.cleared"),))
    return _end(turn.session, (Line(key="stop.open"), Line(key="safety.net")))


def _ask(
    session: Session, stage: Stage, *, say: tuple[Line, ...], ask: tuple[Line, ...], card: Card | None = None
) -> Outcome:
    return replace(session, stage=stage, said=say, asked=ask), Reply(say=say, ask=ask, card=card)


def _end(session: Session, say: tuple[Line, ...], card: Card | None = None) -> Outcome:
    return _ask(session, session.stage, say=say, ask=(), card=card)


# --- Dispatch


def _refuses_readback(turn: Turn) -> bool:
    """Whether a "no, no fever" replies to the read-back: something in it was wrong, so it is asked what."""
    return turn.move.kind is MoveKind.NO and turn.session.stage is Stage.READBACK


_MOVES: Mapping[MoveKind, Callable[[Turn], Outcome]] = {
    MoveKind.OPEN: _open,
    MoveKind.START: _start,
    MoveKind.YES: _yes,
    MoveKind.NO: _no,
    MoveKind.UNSURE: _unsure,
    MoveKind.TELL: _miss,
    MoveKind.DURATION: _duration,
    MoveKind.IMPROVING: _improving,
    MoveKind.WORSENING: _worsening,
    MoveKind.CORRECT_YES: _correct_yes,
    MoveKind.CORRECT_NO: _correct_no,
    MoveKind.EMERGENCY: _emergency,
    MoveKind.DISTRESS: _distress,
    MoveKind.CRISIS: _crisis,
    MoveKind.REPEAT: _repeat,
    MoveKind.WHY: _why,
    MoveKind.BACK: _back,
    MoveKind.HELP: _help,
    MoveKind.RESTART: _restart,
    MoveKind.STOP: _stop,
    MoveKind.OTHER: _miss,
}
