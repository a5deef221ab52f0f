"""Decides what to ask next, or what to conclude, from the answers so far.

Pure functions over a protocol. Findings only ever accumulate: a confirmed sign is never unconfirmed by a later answer,
so no answer can lower the level. Taking an answer back means leaving it out of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from skill.protocol.model import InstructionId, Level, Protocol, Question, QuestionId, Sign, SignId


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
    doubted: tuple[SignId, ...] = ()
    """Signs that were named with a doubt ("not really chest pain"): asked about once more, though denied before."""


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
    findings = _Findings()
    for answer in answers:
        for id_ in answer.present:
            findings.confirm([protocol.sign[id_]])
        if answer.absent:
            findings.deny([protocol.sign[id_] for id_ in answer.absent])
        for id_ in answer.doubted:
            findings.doubt(protocol.question_of[id_], [protocol.sign[id_]])
        if answer.question is not None and answer.reply is not None:
            findings.take(protocol.question[answer.question], answer.reply, named=answer.present)
    return Assessment(
        reasons=tuple(findings.reasons),
        absent=frozenset(findings.absent - findings.confirmed),
        unsure_once=frozenset(findings.unsure),
    )


class _Findings:
    """What accumulates while the answers are read in order."""

    def __init__(self) -> None:
        self.reasons: list[Reason] = []
        self.confirmed: set[SignId] = set()
        self.absent: set[SignId] = set()
        self.unsure: set[QuestionId] = set()

    def confirm(self, signs: Sequence[Sign], *, unsure: bool = False) -> None:
        if new := [sign for sign in signs if sign.id not in self.confirmed]:
            level, ids = max(sign.level for sign in new), tuple(sign.id for sign in new)
            self.reasons.append(Reason(signs=ids, level=level, unsure=unsure))
            self.confirmed.update(ids)

    def deny(self, signs: Sequence[Sign]) -> None:
        self.absent.update(sign.id for sign in signs)

    def doubt(self, question: Question, signs: Sequence[Sign]) -> None:
        """The first doubt puts the question again, also about what was denied; the second one counts."""
        if question.id not in self.unsure:
            self.unsure.add(question.id)
            self.absent.difference_update(sign.id for sign in signs)
        elif question.unsure_counts_as_yes:
            self.confirm(signs, unsure=True)
        else:
            self.deny(signs)

    def take(self, question: Question, reply: Reply, *, named: Sequence[SignId]) -> None:
        match reply:
            case Reply.NO:
                self.absent |= question.sign_ids  # what was denied before stays denied
            case Reply.YES if question.sign_ids.isdisjoint(named):
                self.confirm(self._open(question))
            case Reply.UNSURE:
                self.doubt(question, self._open(question))

    def _open(self, question: Question) -> list[Sign]:
        return [sign for sign in question.signs if sign.id not in self.absent]


def next_step(protocol: Protocol, answers: Sequence[Answer]) -> Ask | Conclude:
    """Return the next question, or the conclusion when no further question can raise the level.

    A question is skipped when all its signs are settled, or when a yes to it would not be more urgent than what is
    already known. So an emergency ends the interview at once.
    """
    assessment = assess(protocol, answers)
    settled, level = assessment.settled, assessment.level
    for question in protocol.questions:
        if question.level > level and not question.sign_ids <= settled:
            still_open = tuple(sign.id for sign in question.signs if sign.id not in settled)
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
