"""Decides what to ask next, or what to conclude, from the answers so far.

Pure functions over a protocol. Findings only ever accumulate: a confirmed finding is never unconfirmed by a later answer,
so no answer can lower the level. Taking an answer back means leaving it out of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from skill.protocol.model import InstructionId, Level, Protocol, Question, QuestionId, Finding, FindingId


class Reply(StrEnum):
    """What a person can reply to a question."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """All that one turn of the person settled: a reply to the pending question, findings named as present or absent."""

    question: QuestionId | None = None
    reply: Reply | None = None
    """The reply to ``question``; None where the person only named findings."""
    present: tuple[FindingId, ...] = ()
    absent: tuple[FindingId, ...] = ()
    doubted: tuple[FindingId, ...] = ()
    """Findings that were named with a doubt ("not really chest pain"): asked about once more, though denied before."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a level was reached: the findings that one reply or mention confirmed."""

    findings: tuple[FindingId, ...]
    """One finding where it was named; all that the question still asked about where the reply was a plain yes."""
    level: Level
    unsure: bool = False
    """True where a second "not sure" was counted as a yes."""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What is known after some answers."""

    reasons: tuple[Reason, ...]
    """Everything that was confirmed, at any level, in the order in which it was said."""
    absent: frozenset[FindingId]
    """Findings that were denied and not confirmed."""
    unsure_once: frozenset[QuestionId]
    """Questions that were answered "not sure" once and wait for plainer words."""

    @property
    def level(self) -> Level:
        """The worst level that any confirmed finding reaches."""
        return max((reason.level for reason in self.reasons), default=Level.SELF_CARE)

    @property
    def settled(self) -> frozenset[FindingId]:
        """Findings that need not be asked about any more."""
        return self.absent.union(*(reason.findings for reason in self.reasons))


@dataclass(frozen=True, kw_only=True)
class Ask:
    """The next question, and the findings in it that are still open."""

    question: Question
    open: tuple[FindingId, ...]
    """Never empty. Fewer than the question's findings where the person has already spoken of the others."""
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
            findings.confirm([protocol.finding[id_]])
        if answer.absent:
            findings.deny([protocol.finding[id_] for id_ in answer.absent])
        for id_ in answer.doubted:
            findings.doubt(protocol.question_of[id_], [protocol.finding[id_]])
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
        self.confirmed: set[FindingId] = set()
        self.absent: set[FindingId] = set()
        self.unsure: set[QuestionId] = set()

    def confirm(self, findings: Sequence[Finding], *, unsure: bool = False) -> None:
        if new := [finding for finding in findings if finding.id not in self.confirmed]:
            level, ids = max(finding.level for finding in new), tuple(finding.id for finding in new)
            self.reasons.append(Reason(findings=ids, level=level, unsure=unsure))
            self.confirmed.update(ids)

    def deny(self, findings: Sequence[Finding]) -> None:
        self.absent.update(finding.id for finding in findings)

    def doubt(self, question: Question, findings: Sequence[Finding]) -> None:
        """The first doubt puts the question again, also about what was denied; the second one counts."""
        if question.id not in self.unsure:
            self.unsure.add(question.id)
            self.absent.difference_update(finding.id for finding in findings)
        elif question.unsure_counts_as_yes:
            self.confirm(findings, unsure=True)
        else:
            self.deny(findings)

    def take(self, question: Question, reply: Reply, *, named: Sequence[FindingId]) -> None:
        match reply:
            case Reply.NO:
                self.absent |= question.finding_ids  # what was denied before stays denied
            case Reply.YES if question.finding_ids.isdisjoint(named):
                self.confirm(self._open(question))
            case Reply.UNSURE:
                self.doubt(question, self._open(question))

    def _open(self, question: Question) -> list[Finding]:
        return [finding for finding in question.findings if finding.id not in self.absent]


def next_step(protocol: Protocol, answers: Sequence[Answer]) -> Ask | Conclude:
    """Return the next question, or the conclusion when no further question can raise the level.

    A question is skipped when all its findings are settled, or when a yes to it would not be more urgent than what is
    already known. So an emergency ends the interview at once.
    """
    assessment = assess(protocol, answers)
    settled, level = assessment.settled, assessment.level
    for question in protocol.questions:
        if question.level > level and not question.finding_ids <= settled:
            still_open = tuple(finding.id for finding in question.findings if finding.id not in settled)
            return Ask(question=question, open=still_open, unsure_before=question.id in assessment.unsure_once)
    reasons = tuple(reason for reason in assessment.reasons if reason.level is assessment.level)
    findings = frozenset(finding for reason in reasons for finding in reason.findings)
    return Conclude(
        level=assessment.level,
        reasons=reasons,
        instructions=tuple(
            instruction.id
            for instruction in protocol.instructions
            if instruction.level is assessment.level and instruction.applies(findings)
        ),
    )


def emergencies_cleared(protocol: Protocol, answers: Sequence[Answer]) -> bool:
    """Whether every emergency finding has been asked about or named, and denied."""
    absent = assess(protocol, answers).absent
    return all(finding.id in absent for finding in protocol.findings if finding.level is Level.EMERGENCY)


def settled_by_duration(
    protocol: Protocol, answers: Sequence[Answer], days: float
) -> tuple[tuple[FindingId, ...], tuple[FindingId, ...]]:
    """Return the findings that a spoken duration of ``days`` confirms, and those that it denies.

    A finding that the person has denied by name (as "it is getting better" does) is not confirmed by time alone.
    """
    rules = [rule for rule in protocol.durations if rule.covers(days)]
    named_absent = {id_ for answer in answers for id_ in answer.absent}
    present = [finding.id for rule in rules for finding in rule.confirms if finding.id not in named_absent]
    absent = [finding.id for rule in rules for finding in rule.denies]
    return tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent))
