"""What a person's answers do: yes, no, not sure, findings by name, durations, corrections, back."""

from dataclasses import replace

from skill.dialog import care, guided, wayfinding
from skill.dialog.endings import stop
from skill.dialog.interview import SHORT_OPENING, advise, from_the_start, go_on, proceed, through_again
from skill.dialog.moves import MoveKind
from skill.dialog.session import Stage
from skill.dialog.turn import Outcome, Turn, ask
from skill.engine.triage import Answer, Ask, Conclude, Reply, settled_by_duration
from skill.prompts.catalogue import Line

OKAY = (Line(key="ask.okay"),)


def tell(turn: Turn) -> Outcome:
    """Take the findings that were named. With a yes they also confirm the pending question; a no adds nothing."""
    move, step = turn.move, turn.step()
    confirms = move.kind is MoveKind.YES and turn.stage is Stage.ASKING and isinstance(step, Ask)
    answer = Answer(
        question=step.question.id if confirms and isinstance(step, Ask) else None,
        reply=Reply.YES if confirms else None,
        present=move.present,
        absent=move.absent,
    )
    return proceed(turn, answer, _noted(turn), plainly=move.unresolved)


def doubt(turn: Turn) -> Outcome:
    """Take findings that were named with a doubt: they are asked about once more, in plainer words."""
    return proceed(turn, Answer(doubted=turn.move.doubted), (Line(key="ask.unsure"),), plainly=True)


def _noted(turn: Turn) -> tuple[Line, ...]:
    """Return what is said of the findings and limits that were named, before the next question."""
    limits = {limit.id for limit in turn.protocol.limits}
    lines = [Line(key=f"limits.{id_}") for id_ in turn.move.present if id_ in limits]
    if lines and not turn.cleared:
        lines.append(Line(key="ask.limited"))
    if findings := tuple(f"findings.{id_}.name" for id_ in turn.move.present if id_ not in limits):
        lines.append(Line(key="ask.noted", names=findings))
    if turn.move.unresolved:
        lines.append(Line(key="miss.finding"))
    return tuple(lines) or OKAY


def yes(turn: Turn) -> Outcome:
    """Take a yes to whatever was asked last."""
    match turn.stage:
        case Stage.ASKING:
            return _answer(turn, Reply.YES)
        case Stage.READBACK if isinstance(step := turn.step(), Conclude):
            return advise(turn.protocol, turn.session, step)
        case Stage.CORRECTING:
            return through_again(turn)
        case Stage.ADVISED:
            return care.accept(turn)
        case Stage.CARE | Stage.GUIDED:
            return care.yes(turn)
        case Stage.HURTING:
            return worsening(turn)
        case Stage.NEW if turn.session.asked:
            return from_the_start(turn, SHORT_OPENING)
        case _:
            return wayfinding.open_(turn)


def no(turn: Turn) -> Outcome:
    """Take a no to whatever was asked last."""
    match turn.stage:
        case Stage.ASKING:
            return _answer(turn, Reply.NO)
        case Stage.READBACK:
            return ask(
                turn.session,
                Stage.CORRECTING,
                say=(Line(key="readback.wrong"),),
                ask=(Line(key="readback.correct"),),
            )
        case Stage.CORRECTING:
            return through_again(turn)
        case Stage.ADVISED:
            return stop(turn)
        case Stage.CARE | Stage.GUIDED:
            return care.no(turn)
        case Stage.HURTING:
            return guided.not_worse(turn)
        case Stage.NEW:
            return stop(turn) if turn.session.asked else wayfinding.open_(turn)


def unsure(turn: Turn) -> Outcome:
    """Take a "not sure": on a question it counts, on the read-back it is a no, on "worse than before?" a yes."""
    match turn.stage:
        case Stage.ASKING:
            return _answer(turn, Reply.UNSURE)
        case Stage.READBACK | Stage.CORRECTING:
            return no(turn)
        case Stage.HURTING:
            return worsening(turn)
        case _:
            return wayfinding.again(turn) if turn.session.asked else wayfinding.open_(turn)


def _answer(turn: Turn, reply: Reply) -> Outcome:
    step = turn.step()
    if not isinstance(step, Ask):
        return wayfinding.open_(turn)
    lead = Line(key="ask.unsure" if reply is Reply.UNSURE else "ask.okay")
    return proceed(turn, Answer(question=step.question.id, reply=reply), (lead,))


def duration(turn: Turn) -> Outcome:
    """Take how long it has lasted: it answers the question about it, now or when that comes."""
    days = turn.move.days
    if days is None:
        return wayfinding.miss(turn)
    present, absent = settled_by_duration(turn.protocol, turn.session.answers, days)
    return proceed(turn, Answer(present=present, absent=absent), (Line(key="ask.duration"),))


def improving(turn: Turn) -> Outcome:
    """Take "it is getting better"."""
    denied = tuple(finding.id for finding in turn.protocol.denied_when_improving)
    lead = Line(key="care.better" if turn.stage.advised else "ask.better")
    return proceed(turn, Answer(absent=denied), (lead,))


def worsening(turn: Turn) -> Outcome:
    """Take "it is getting worse", also in the middle of guided relief."""
    confirmed = tuple(finding.id for finding in turn.protocol.confirmed_when_worsening)
    return tell(replace(turn, move=replace(turn.move, kind=MoveKind.TELL, present=confirmed)))


def correct_yes(turn: Turn) -> Outcome:
    """Take "no wait, yes": the last no becomes a yes, the more urgent reading, as questions only get milder."""
    answers = turn.session.answers
    if answers and answers[-1].reply is Reply.NO:
        corrected = replace(answers[-1], reply=Reply.YES)
        return go_on(turn, (*answers[:-1], corrected), OKAY)
    return yes(turn)


def correct_no(turn: Turn) -> Outcome:
    """Take "I meant no": the last yes or unsure becomes a no; with none to take back, the question is put again."""
    answers = turn.session.answers
    if answers and answers[-1].reply in (Reply.YES, Reply.UNSURE) and not answers[-1].present:
        corrected = replace(answers[-1], reply=Reply.NO)
        return go_on(turn, (*answers[:-1], corrected), OKAY)
    return wayfinding.again(turn)


def back(turn: Turn) -> Outcome:
    """Undo the last answer, also after the result; in guided relief go back one step."""
    if turn.stage is Stage.GUIDED:
        return guided.step_back(turn)
    if not turn.session.answers:
        return wayfinding.again(turn, (Line(key="back.nothing"),))
    return go_on(turn, turn.session.answers[:-1], (Line(key="back.done"),))
