"""Decides what to ask next, or what to conclude, from the answers so far.

Pure functions over a protocol. Findings only accumulate: a confirmed one is never unconfirmed by a later answer, so
no answer can lower the level. Taking an answer back means leaving it out of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from skill.acts import Answer
from skill.protocol.model import Finding, FindingId, InstructionId, Level, Protocol, Question, QuestionId


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that one turn of the person settled: a reply to the pending question, findings named as present or absent."""

    question: QuestionId | None = None
    answer: Answer | None = None
    """The answer to ``question``; None where the person only named findings."""
    present: tuple[FindingId, ...] = ()
    absent: tuple[FindingId, ...] = ()
    softly_absent: tuple[FindingId, ...] = ()
    """Findings that were asked about by name after a soft no, and denied again: the read-back names them."""
    doubted: tuple[FindingId, ...] = ()
    """Findings that were named with a doubt ("not really chest pain"): asked about once more, though denied before."""
    unclear: tuple[FindingId, ...] = ()
    """Findings whose words were half heard: asked about by name, though denied before. It counts as nothing."""

    @property
    def settles(self) -> bool:
        """Whether anything was answered or named."""
        named = (self.present, self.absent, self.softly_absent, self.doubted, self.unclear)
        return bool(self.answer or any(named))


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a level was reached: the findings that one reply or mention confirmed."""

    findings: tuple[FindingId, ...]
    """One finding where it was named; all that the question still asked about where the reply was a plain yes. Empty
    where another release of the skill confirmed a finding that this one does not know: the level is all there is."""
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
    softly_once: frozenset[QuestionId] = frozenset()
    """Questions that got a soft no once and wait to be confirmed by name."""
    softly_absent: frozenset[FindingId] = frozenset()
    """Findings that are absent by soft noes: the read-back names them by themselves."""
    denied_by_name: frozenset[FindingId] = frozenset()
    """Findings that were once denied by name; time alone does not confirm them."""

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
    softly_before: bool = False
    """True when it got a soft no once: it is to be confirmed by name."""


@dataclass(frozen=True, kw_only=True)
class Disposition:
    """The end of the interview."""

    level: Level
    reasons: tuple[Reason, ...]
    """The reasons that reach ``level``; empty for home care."""
    instructions: tuple[InstructionId, ...]
    """What the outcome says beyond its fixed parts, such as not to drive."""


def assess(protocol: Protocol, answers: Sequence[Evidence], at_least: Level | None = None) -> Assessment:
    """Return what ``answers`` establish. Raises KeyError when they name an id that the protocol does not have.

    ``at_least`` is the level of what another release confirmed and this protocol does not have; None where there is
    nothing of the kind.
    """
    known = _Known()
    if at_least is not None:
        known.reasons.append(Reason(findings=(), level=at_least))
    for evidence in answers:
        for id_ in evidence.present:
            known.confirm([protocol.finding[id_]])
        if evidence.absent:
            known.deny([protocol.finding[id_].id for id_ in evidence.absent])
        if evidence.softly_absent:
            known.deny_softly([protocol.finding[id_].id for id_ in evidence.softly_absent])
        for id_ in evidence.doubted:
            known.doubt(protocol.question_of[id_], [protocol.finding[id_]])
        if evidence.unclear:
            known.absent.difference_update(evidence.unclear)
        if evidence.question is not None and evidence.answer is not None:
            known.take(protocol.question[evidence.question], evidence.answer, named=evidence.present)
    return Assessment(
        reasons=tuple(known.reasons),
        absent=frozenset(known.absent - known.confirmed),
        unsure_once=frozenset(known.unsure),
        softly_once=frozenset(known.soft),
        denied_by_name=frozenset(id_ for evidence in answers for id_ in evidence.absent),
        softly_absent=frozenset((known.softly_absent & known.absent) - known.confirmed),
    )


class _Known:
    """What accumulates while the evidence is read in order."""

    def __init__(self) -> None:
        self.reasons: list[Reason] = []
        self.confirmed: set[FindingId] = set()
        self.absent: set[FindingId] = set()
        self.softly_absent: set[FindingId] = set()
        self.unsure: set[QuestionId] = set()
        self.soft: set[QuestionId] = set()

    def confirm(self, findings: Sequence[Finding], *, unsure: bool = False) -> None:
        if new := [finding for finding in findings if finding.id not in self.confirmed]:
            level, ids = max(finding.level for finding in new), tuple(finding.id for finding in new)
            self.reasons.append(Reason(findings=ids, level=level, unsure=unsure))
            self.confirmed.update(ids)

    def deny(self, ids: Sequence[FindingId]) -> None:
        self.absent.update(ids)
        self.softly_absent.difference_update(ids)

    def deny_softly(self, ids: Sequence[FindingId]) -> None:
        self.softly_absent.update(id_ for id_ in ids if id_ not in self.absent)
        self.absent.update(ids)

    def doubt(self, question: Question, findings: Sequence[Finding]) -> None:
        """The first doubt puts the question again, also about what was denied; the second one counts."""
        if question.id not in self.unsure:
            self.unsure.add(question.id)
            self.absent.difference_update(finding.id for finding in findings)
        elif question.unsure_counts_as_yes:
            self.confirm(findings, unsure=True)
        else:
            self.deny([finding.id for finding in findings])

    def take(self, question: Question, answer: Answer, *, named: Sequence[FindingId]) -> None:
        if answer is Answer.NO and question.id not in self.soft:
            self.absent |= question.finding_ids
            return
        still_open = [finding for finding in question.findings if finding.id not in self.absent]
        match answer:
            case Answer.NO | Answer.SOFT_NO if question.id in self.soft:
                # What was denied before stays denied as it was; a second no of any kind is a no.
                self.absent |= question.finding_ids
                self.softly_absent.update(finding.id for finding in still_open)
            case Answer.SOFT_NO:
                self.soft.add(question.id)
            case Answer.YES if question.finding_ids.isdisjoint(named):
                self.confirm(still_open)
            case Answer.UNSURE:
                self.doubt(question, still_open)


def next_step(protocol: Protocol, answers: Sequence[Evidence]) -> Ask | Disposition:
    """Return the next question, or the conclusion when no further question can raise the level.

    A question is skipped when all its findings are settled, or when a yes to it would not be more urgent than what is
    already known. So an emergency ends the interview at once.
    """
    return step_after(protocol, assess(protocol, answers))


def step_after(protocol: Protocol, assessment: Assessment) -> Ask | Disposition:
    """Return what ``next_step`` does, where the answers were assessed already."""
    settled, level = assessment.settled, assessment.level
    for question in protocol.questions:
        if question.level > level and not question.finding_ids <= settled:
            still_open = tuple(finding.id for finding in question.findings if finding.id not in settled)
            return Ask(
                question=question,
                open=still_open,
                unsure_before=question.id in assessment.unsure_once,
                softly_before=question.id in assessment.softly_once,
            )
    reasons = tuple(reason for reason in assessment.reasons if reason.level is assessment.level)
    findings = frozenset(finding for reason in reasons for finding in reason.findings)
    return Disposition(
        level=assessment.level,
        reasons=reasons,
        instructions=tuple(
            instruction.id
            for instruction in protocol.instructions
            if instruction.level is assessment.level and instruction.applies(findings)
        ),
    )


def emergencies_cleared(protocol: Protocol, answers: Sequence[Evidence]) -> bool:
    """Whether every emergency finding has been asked about or named, and denied."""
    return protocol.emergencies <= assess(protocol, answers).absent


def settled_by_duration(
    protocol: Protocol, answers: Sequence[Evidence], days: float
) -> tuple[tuple[FindingId, ...], tuple[FindingId, ...]]:
    """Return the findings that a spoken duration of ``days`` confirms, and those that it denies.

    A finding that the person has denied by name (as "it is getting better" does) is not confirmed by time alone.
    """
    rules = [rule for rule in protocol.durations if rule.covers(days)]
    named_absent = {id_ for evidence in answers for id_ in evidence.absent}
    present = [finding.id for rule in rules for finding in rule.confirms if finding.id not in named_absent]
    absent = [finding.id for rule in rules for finding in rule.denies]
    return tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent))
