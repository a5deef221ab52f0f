"""What comes next in the interview: a question, the read-back before home care, or a disposition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.acts import Answer, Correction, Trend
from skill.dialog import dispositions, states
from skill.dialog.mark import Mark
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.stored_answers import bounded
from skill.engine.triage import Ask, Assessment, Disposition, Evidence, settled_by_duration
from skill.follow_up.effects import Cancel
from skill.prompts import constructors as say
from skill.protocol.model import FindingId, Level

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

SHORT_OPENING: Prompts = (say.OPEN_NET, say.NOT_A_DOCTOR)
"""Said where somebody begins in the middle: the emergency sentence and what this is, without the welcome."""


def settle(turn: "Turn", said: Said, answer: Evidence | None = None) -> "Turned":
    """Take what was named, with ``answer``, what the same words reply to the pending question."""
    protocol, trend = turn.guide.protocol, said.trend
    present, absent = said.present, said.absent
    if said.days is not None:  # what it rules out follows from the days themselves
        present += settled_by_duration(protocol, turn.session.answers, said.days)[0]
    if trend is Trend.BETTER:
        absent += tuple(finding.id for finding in protocol.denied_when_improving)
    if trend is Trend.WORSE:
        present += tuple(finding.id for finding in protocol.confirmed_when_worsening)
    asked = [id_ for id_ in said.doubted if id_ in protocol.question_of]
    half_heard = [id_ for id_ in said.unclear if id_ in protocol.question_of]
    answer = answer or Evidence()
    present, absent = answer.present + present, answer.absent + absent
    evidence = replace(
        answer,
        present=tuple(dict.fromkeys(present)),
        absent=tuple(dict.fromkeys(id_ for id_ in absent if id_ not in present)),
        doubted=tuple(dict.fromkeys((*answer.doubted, *asked))),
        unclear=tuple(dict.fromkeys(half_heard)),
        days=said.days,
    )
    named = bool(said.missed and said.missed.named)
    return proceed(turn, evidence, _lead(turn, said), How(plainly=bool(asked) or named, about=tuple(half_heard)))


MOST_TAKEN_UP = 2
"""Findings that are taken up in one turn: more would be a list."""


def _lead(turn: "Turn", said: Said) -> Prompts:
    """Return what is said of what was told, before the next question: as a nurse would take it up."""
    protocol = turn.guide.protocol
    limits = {limit.id for limit in protocol.limits}
    worse = tuple(f.id for f in protocol.confirmed_when_worsening) if said.trend is Trend.WORSE else ()
    lines = [say.limit(id_) for id_ in said.present if id_ in limits]
    if lines and not turn.cleared:
        lines.append(say.LIMITED)
    told = tuple(dict.fromkeys(id_ for id_ in (*said.present, *worse) if id_ not in limits))
    milder = [id_ for id_ in told if protocol.finding[id_].level < Level.EMERGENCY]
    lines += [say.taken_up(id_) for id_ in milder[:MOST_TAKEN_UP]]
    if said.doubted:
        lines.append(say.OTHER_WORDS)
    elif said.unclear and (said.days is None or not _is_asked_later(turn, said.unclear)):
        lines.append(say.TO_BE_SURE)
    if said.days is not None and not told:
        lines.append(say.NOTED_HOW_LONG)
    if said.trend is Trend.BETTER:
        lines.append(say.GOOD_TO_HEAR if turn.session.state.advised else say.STILL_ASKING)
    if said.missed and said.missed.named:
        lines.append(say.UNKNOWN_FINDING)
    return tuple(lines) or say.small_word(len(turn.session.answers))


def _is_asked_later(turn: "Turn", half_heard: Sequence[FindingId]) -> bool:
    """Return whether what was half heard belongs to later questions, so that the pending one is put first."""
    pending = set(turn.session.state.expecting(turn).findings)
    at_once = pending | {finding.id for finding in turn.guide.protocol.listened}
    return bool(pending) and at_once.isdisjoint(half_heard)


@dataclass(frozen=True, kw_only=True)
class How:
    """How the next question is put."""

    plainly: bool = False
    """In other words."""
    about: Sequence[FindingId] = ()
    """About one of these by itself, where the question has one of them."""
    one_by_one: bool = False
    """About one finding at a time, where the question stays the same."""


AS_EVER = How()


def proceed(turn: "Turn", evidence: Evidence, lead: Prompts, how: How = AS_EVER) -> "Turned":
    """Add ``evidence`` and go where the engine says. What changes nothing is not kept, so a session stays small."""
    if evidence.settles:
        answers = (*turn.session.answers, evidence)
        assessment = turn.assessed(answers)
        if assessment != turn.assessment:
            few = bounded(answers, turn.guide.protocol)
            return go_on(turn, few, lead, how, assessment if few is answers else None)
    return go_on(turn, turn.session.answers, lead, how)


def go_on(
    turn: "Turn",
    answers: tuple[Evidence, ...],
    lead: Prompts,
    how: How = AS_EVER,
    assessment: Assessment | None = None,
) -> "Turned":
    """Go on with ``answers``, all of the session from now on: to a question, the read-back, or a disposition."""
    before, state, known = turn.next, turn.session.state, turn.session.answers
    turn = turn.moved(replace(turn.session, answers=answers, misses=0), assessment)
    match turn.next:
        case Ask() if states.AskingIfBetter.is_due(turn):
            return turn.to(states.AskingIfBetter(), say=lead)
        case Ask() as asked:
            if isinstance(state, states.Fresh | states.OfferingCheck):
                lead = (*lead, *SHORT_OPENING)
            elif _eased(before, asked):
                lead = (say.PRESSING_DONE, *(prompt for prompt in lead if prompt not in say.SMALL_WORDS))
            same = isinstance(before, Ask) and before.question.id == asked.question.id
            focus = next((id_ for id_ in how.about if id_ in asked.open), None)
            return turn.to(
                states.Asking(in_plain_words=how.plainly, singly=how.one_by_one and same, focus=focus), say=lead
            )
        case Disposition(level=Level.EMERGENCY) as disposition:
            return advise(turn, disposition)
        case Disposition() as disposition if state.advised and before == disposition:
            return turn.again((*lead, say.SAME_ADVICE) if answers is not known else lead)
        case Disposition(is_home_care=True):
            return turn.to(states.ClearingUp()) if turn.session.unplaced else read_back(turn)
        case Disposition() as disposition:
            return advise(turn, disposition)


def read_back(turn: "Turn") -> "Turned":
    """Read back what was understood, before home care."""
    state = states.ReadingBack()
    return turn.to(state, say=state.tell(turn))


def advise(turn: "Turn", disposition: Disposition) -> "Turned":
    """Give the disposition, with its card and what is offered after it; an emergency ends the session."""
    card = dispositions.card(turn.guide.protocol, disposition, turn.assessment)
    second_look = Mark.SECOND_LOOK in turn.session.marks
    said = dispositions.spoken(turn.guide.protocol, disposition, second_look=second_look)
    if disposition.level is Level.EMERGENCY:
        turned = turn.end(said, card, disposition.level)
    else:
        turned = turn.to(states.Advised(), say=said, card=card, disposition=disposition.level)
    if disposition.level is Level.SELF_CARE or Mark.NONE_KEPT in turn.session.marks:
        return turned
    return turned.wanting(Cancel(told=False))


def from_the_start(turn: "Turn", lead: Prompts) -> "Turned":
    """Forget all answers and put the first question."""
    session = replace(turn.session, state=states.Asking(), answers=(), misses=0, unplaced=False, foreign=None)
    return go_on(turn.moved(session), (), lead)


def turned_round(turn: "Turn", correction: Correction) -> tuple[Evidence, ...] | None:
    """Return the answers with the last one turned round; None where it cannot be.

    A no becomes a yes at once, also the no to one finding that was asked about by itself. A yes or a "not
    sure" becomes a no only where no finding was named with it.
    """
    answers = turn.session.answers
    if not answers:
        return None
    last = answers[-1]
    if correction is Correction.TO_YES and last.answer in (Answer.NO, Answer.SOFT_NO):
        return (*answers[:-1], replace(last, answer=Answer.YES))
    denied = last.absent + last.softly_absent
    if correction is Correction.TO_YES and len(denied) == 1 and not last.answer and not last.present:
        return (*answers[:-1], replace(last, present=denied, absent=(), softly_absent=()))
    if correction is Correction.TO_NO and last.answer in (Answer.YES, Answer.UNSURE) and not last.present:
        return (*answers[:-1], replace(last, answer=Answer.NO))
    return None


def _eased(before: Ask | Disposition, after: Ask) -> bool:
    """Whether the last of the emergency questions was just answered."""
    return (
        isinstance(before, Ask)
        and before.question.level is Level.EMERGENCY
        and after.question.level is not Level.EMERGENCY
    )
