"""Decides what to ask next, or what to conclude, from the answers so far.

Pure functions over a protocol. Findings only ever accumulate: a confirmed sign is never unconfirmed by a later answer,
so no answer can lower the level. Taking an answer back means leaving it out of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from skill.protocol.model import InstructionId, Level, Protocol, Question, QuestionId, Sign, SignId

UNSURE_BEFORE_IT_COUNTS = 2
"""The first "not sure" gets plainer words, the second one counts (clinical ground, section 3.4)."""


class Reply(StrEnum):
    """What a person can reply to a question."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """All that one turn of the person settled: a reply to the pending question, signs named as present or absent."""

    question: QuestionId | None = None
    reply: Reply | None = None
    """The reply to ``question``; None where the person only named signs."""
    present: tuple[SignId, ...] = ()
    absent: tuple[SignId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a level was reached: the signs that one reply or mention confirmed."""

    signs: tuple[SignId, ...]
    """One sign where it was named; all that the question still asked about where the reply was a plain yes."""
    level: Level
    unsure: bool = False
    """True where a second "not sure" was counted as a yes."""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What is known after some answers."""

    reasons: tuple[Reason, ...]
    """Everything that was confirmed, at any level, in the order in which it was said."""
    absent: frozenset[SignId]
    """Signs that were denied and not confirmed."""
    unsure_once: frozenset[QuestionId]
    """Questions that were answered "not sure" once and wait for plainer words."""

    @property
    def level(self) -> Level:
        """The worst level that any confirmed sign reaches."""
        return max((reason.level for reason in self.reasons), default=Level.SELF_CARE)

    @property
    def settled(self) -> frozenset[SignId]:
        """Signs that need not be asked about any more."""
        return self.absent.union(*(reason.signs for reason in self.reasons))


@dataclass(frozen=True, kw_only=True)
class Ask:
    """The next question, and the signs in it that are still open."""

    question: Question
    open: tuple[SignId, ...]
    """Never empty. Fewer than the question's signs where the person has already spoken of the others."""
    unsure_before: bool
    """True when it was answered "not sure" once: plainer words are due."""


@dataclass(frozen=True, kw_only=True)
class Conclude:
    """The end of the interview."""

    level: Level
    reasons: tuple[Reason, ...]
    """The reasons that reach ``level``; empty for home care."""
    instructions: tuple[InstructionId, ...]
    """What the outcome says beyond its fixed parts, such as not to drive."""


def assess(protocol: Protocol, answers: Sequence[Answer]) -> Assessment:
    """Return what ``answers`` establish. Raises KeyError when they name an id that the protocol does not have."""
    reasons: list[Reason] = []
    confirmed: set[SignId] = set()
    absent: set[SignId] = set()
    unsure: set[QuestionId] = set()

    def confirm(signs: Sequence[Sign], *, unsure: bool = False) -> None:
        if new := tuple(sign.id for sign in signs if sign.id not in confirmed):
            reasons.append(Reason(signs=new, level=max(protocol.sign[id_].level for id_ in new), unsure=unsure))
            confirmed.update(new)

    for answer in answers:
        for id_ in answer.present:
            confirm([protocol.sign[id_]])
        absent.update(protocol.sign[id_].id for id_ in answer.absent)
        if answer.question is None or answer.reply is None:
            continue
        question = protocol.question[answer.question]
        asked = [sign for sign in question.signs if sign.id not in absent]
        match answer.reply:
            case Reply.YES if not any(sign.id in answer.present for sign in question.signs):
                confirm(asked)
            case Reply.NO:
                absent.update(sign.id for sign in asked)
            case Reply.UNSURE if question.id not in unsure:
                unsure.add(question.id)
            case Reply.UNSURE if question.unsure_counts_as_yes:
                confirm(asked, unsure=True)
            case Reply.UNSURE:
                absent.update(sign.id for sign in asked)
    return Assessment(reasons=tuple(reasons), absent=frozenset(absent - confirmed), unsure_once=frozenset(unsure))


def next_step(protocol: Protocol, answers: Sequence[Answer]) -> Ask | Conclude:
    """Return the next question, or the conclusion when no further question can raise the level.

    A question is skipped when all its signs are settled, or when a yes to it would not be more urgent than what is
    already known. So an emergency ends the interview at once.
    """
    assessment = assess(protocol, answers)
    settled, level = assessment.settled, assessment.level
    for question in protocol.questions:
        still_open = tuple(sign.id for sign in question.signs if sign.id not in settled)
        if still_open and question.level > level:
            return Ask(question=question, open=still_open, unsure_before=question.id in assessment.unsure_once)
    reasons = tuple(reason for reason in assessment.reasons if reason.level is assessment.level)
    signs = frozenset(sign for reason in reasons for sign in reason.signs)
    return Conclude(
        level=assessment.level,
        reasons=reasons,
        instructions=tuple(
            instruction.id
            for instruction in protocol.instructions
            if instruction.level is assessment.level and instruction.applies(signs)
        ),
    )


def emergencies_cleared(protocol: Protocol, answers: Sequence[Answer]) -> bool:
    """Whether every emergency sign has been asked about or named, and denied."""
    absent = assess(protocol, answers).absent
    return all(sign.id in absent for sign in protocol.signs if sign.level is Level.EMERGENCY)


def settled_by_duration(
    protocol: Protocol, answers: Sequence[Answer], days: float
) -> tuple[tuple[SignId, ...], tuple[SignId, ...]]:
    """Return the signs that a spoken duration of ``days`` confirms, and those that it denies.

    A sign that the person has denied by name (as "it is getting better" does) is not confirmed by time alone.
    """
    rules = [rule for rule in protocol.durations if rule.covers(days)]
    named_absent = {id_ for answer in answers for id_ in answer.absent}
    present = [sign.id for rule in rules for sign in rule.confirms if sign.id not in named_absent]
    absent = [sign.id for rule in rules for sign in rule.denies]
    return tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent))
