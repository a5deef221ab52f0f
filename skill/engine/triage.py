"""Decides what to ask next, or what to conclude, from the answers so far.

Pure functions over a protocol. Findings only accumulate: a confirmed one is never unconfirmed by a later answer, and
combinations only ask for findings that are there, so no answer can lower the level. Taking an answer back means leaving
it out of the list.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from skill.acts import Answer
from skill.protocol.model import (
    CombinationId,
    Finding,
    FindingId,
    InstructionId,
    Level,
    Protocol,
    Question,
    QuestionId,
)


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
    days: float | None = None
    """How long the pain has lasted, where it was said: what so short a time rules out does not count any more."""

    @property
    def settles(self) -> bool:
        """Whether anything was answered or named."""
        named = (self.present, self.absent, self.softly_absent, self.doubted, self.unclear)
        return bool(self.answer or any(named) or self.days is not None)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a level was reached: the findings that one reply or mention confirmed."""

    findings: tuple[FindingId, ...]
    """One finding where it was named; all that the question still asked about where the reply was a plain yes. Empty
    where another release of the skill confirmed a finding that this one does not know: the level is all there is."""
    level: Level
    unsure: bool = False
    """True where a second "not sure" was counted as a yes."""
    together: CombinationId | None = None
    """The combination that its findings make; None where each counts alone."""


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
    half_heard: frozenset[FindingId] = frozenset()
    """Findings that are only listened for and were half heard or doubted: each is asked about by name."""
    days: float | None = None
    """The longest time that the pain was said to have lasted; None where none was."""
    ruled_out: frozenset[FindingId] = frozenset()
    """Findings that are absent for no other reason than that ``days`` are too short for them."""
    contested: frozenset[FindingId] = frozenset()
    """Findings that were reported though the time ruled them out: asked about by name."""

    @property
    def level(self) -> Level:
        """The worst level that the confirmed findings reach, each alone or some of them together."""
        return max((reason.level for reason in self.reasons), default=Level.SELF_CARE)

    @property
    def confirmed(self) -> frozenset[FindingId]:
        """Findings that were said to be there."""
        return frozenset[FindingId]().union(*(reason.findings for reason in self.reasons))

    @property
    def settled(self) -> frozenset[FindingId]:
        """Findings that need not be asked about any more."""
        return self.absent | self.confirmed


@dataclass(frozen=True, kw_only=True)
class Ask:
    """The next question, and the findings in it that are still open."""

    question: Question
    open: tuple[FindingId, ...]
    """Never empty. Fewer than the question's findings where the person has already spoken of the others, or where the
    others could not raise the level any more."""
    unsure_before: bool
    """True when it was answered "not sure" once: plainer words are due."""
    softly_before: bool = False
    """True when it got a soft no once: it is to be confirmed by name."""
    is_narrowed: bool = False
    """True when a finding of it is neither settled nor asked about, since it could not raise the level."""


@dataclass(frozen=True, kw_only=True)
class Disposition:
    """The end of the interview."""

    level: Level
    reasons: tuple[Reason, ...]
    """The reasons that reach ``level``; empty where nothing was found."""
    instructions: tuple[InstructionId, ...]
    """What the outcome says beyond its fixed parts, such as not to drive."""

    @property
    def is_home_care(self) -> bool:
        """Whether nothing was found: home care, also where a region asks for a doctor with it."""
        return not self.reasons


def assess(protocol: Protocol, answers: Sequence[Evidence], at_least: Level | None = None) -> Assessment:
    """Return what ``answers`` establish. Raises KeyError when they name an id that the protocol does not have.

    ``at_least`` is the level of what another release confirmed and this protocol does not have; None where there is
    nothing of the kind.
    """
    known = _Known(protocol)
    if at_least is not None:
        known.reasons.append(Reason(findings=(), level=at_least))
    for evidence in answers:
        if evidence.days is not None:
            known.take_time(evidence.days)
        for id_ in evidence.present:
            known.report(protocol.finding[id_])
        if evidence.absent:
            known.deny([protocol.finding[id_].id for id_ in evidence.absent])
        if evidence.softly_absent:
            known.deny_softly([protocol.finding[id_].id for id_ in evidence.softly_absent])
        for id_ in evidence.doubted:
            known.doubt(protocol.question_of[id_], [protocol.finding[id_]])
        if evidence.unclear:
            known.open_again([protocol.finding[id_].id for id_ in evidence.unclear])
        if evidence.question is not None and evidence.answer is not None:
            known.take(protocol.question[evidence.question], evidence.answer, named=evidence.present)
    named = known.half_heard | {id_ for evidence in answers for id_ in evidence.doubted}
    return Assessment(
        reasons=(*known.reasons, *_together(protocol, known.confirmed)),
        absent=frozenset((known.absent | known.ruled_out) - known.confirmed),
        unsure_once=frozenset(known.unsure),
        softly_once=frozenset(known.soft),
        denied_by_name=frozenset(id_ for evidence in answers for id_ in evidence.absent),
        softly_absent=frozenset((known.softly_absent & known.absent) - known.confirmed),
        half_heard=frozenset(finding.id for finding in protocol.listened if finding.id in named),
        days=known.days,
        ruled_out=frozenset(known.ruled_out - known.absent - known.confirmed),
        contested=frozenset(known.contested - known.confirmed),
    )


def _together(protocol: Protocol, confirmed: AbstractSet[FindingId]) -> list[Reason]:
    """Return a reason for each combination that the confirmed findings make."""
    return [
        Reason(findings=found, level=combined.level, together=combined.id)
        for combined in protocol.combinations
        if (found := combined.found_in(confirmed))
    ]


class _Known:
    """What accumulates while the evidence is read in order."""

    def __init__(self, protocol: Protocol) -> None:
        self.reasons: list[Reason] = []
        self.confirmed: set[FindingId] = set()
        self.absent: set[FindingId] = set()
        self.softly_absent: set[FindingId] = set()
        self.half_heard: set[FindingId] = set()
        self.unsure: set[QuestionId] = set()
        self.soft: set[QuestionId] = set()
        self.days: float | None = None
        self.ruled_out: set[FindingId] = set()
        self.contested: set[FindingId] = set()
        self._protocol = protocol

    def take_time(self, days: float) -> None:
        """Rule out what the longest time that was said is too short for; a longer one opens it again."""
        self.days = max(days, self.days or 0.0)
        rules = [rule for rule in self._protocol.durations if rule.covers(self.days)]
        too_long = {finding.id for rule in rules for finding in rule.denies}
        self.contested &= too_long
        self.ruled_out = too_long - self.contested

    def report(self, finding: Finding) -> None:
        """Confirm what was reported; what the time rules out is asked about by name first: one of both is wrong."""
        if finding.id not in self.ruled_out:
            self.confirm([finding])
        elif finding.id not in self.confirmed:
            self.contested.add(finding.id)
            self.ruled_out.discard(finding.id)
            self.absent.discard(finding.id)

    def confirm(self, findings: Sequence[Finding], *, unsure: bool = False) -> None:
        known = self.confirmed | self.ruled_out
        if new := [finding for finding in findings if finding.id not in known]:
            level, ids = max(finding.level for finding in new), tuple(finding.id for finding in new)
            self.reasons.append(Reason(findings=ids, level=level, unsure=unsure))
            self.confirmed.update(ids)

    def deny(self, ids: Sequence[FindingId]) -> None:
        self.absent.update(ids)
        self.softly_absent.difference_update(ids)

    def deny_softly(self, ids: Sequence[FindingId]) -> None:
        self.softly_absent.update(id_ for id_ in ids if id_ not in self.absent | self.ruled_out)
        self.absent.update(ids)

    def open_again(self, ids: Sequence[FindingId]) -> None:
        """What was half heard is asked about, also where it was denied before."""
        self.half_heard.update(ids)
        self.absent.difference_update(ids)

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
        still_open = [finding for finding in question.findings if finding.id not in self.absent | self.ruled_out]
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
    already known, neither alone nor together with what is known or may still be said. So an emergency ends the
    interview at once.
    """
    return step_after(protocol, assess(protocol, answers))


def step_after(protocol: Protocol, assessment: Assessment) -> Ask | Disposition:
    """Return what ``next_step`` does, where the answers were assessed already."""
    for question in _in_order(protocol, assessment):
        if still_open := _open(protocol, assessment, question):
            return Ask(
                question=question,
                open=still_open,
                unsure_before=question.id in assessment.unsure_once,
                softly_before=question.id in assessment.softly_once,
                is_narrowed=len(still_open) < len(question.finding_ids - assessment.settled),
            )
    level = assessment.level
    if level is Level.SELF_CARE:
        return Disposition(level=protocol.least, reasons=(), instructions=())
    reasons = tuple(reason for reason in assessment.reasons if reason.level is level)
    findings = frozenset(finding for reason in reasons for finding in reason.findings)
    return Disposition(
        level=level,
        reasons=reasons,
        instructions=tuple(
            instruction.id
            for instruction in protocol.instructions
            if instruction.level is level and instruction.applies(findings)
        ),
    )


def _in_order(protocol: Protocol, assessment: Assessment) -> Sequence[Question]:
    """Return the questions, with those about what was half heard before the others of their level."""
    if not assessment.half_heard:
        return protocol.questions
    by_name = [question for question in protocol.by_name if question.finding_ids <= assessment.half_heard]
    return sorted((*by_name, *protocol.questions), key=lambda question: -question.level)


def _open(protocol: Protocol, assessment: Assessment, question: Question) -> tuple[FindingId, ...]:
    """Return the findings of ``question`` that are not settled, and with which the level could rise."""
    settled = assessment.settled
    still_open = tuple(finding.id for finding in question.findings if finding.id not in settled)
    if not still_open or question.level > assessment.level:
        return still_open
    confirmed = assessment.confirmed
    possible = confirmed | assessment.half_heard | {finding.id for finding in protocol.findings}
    possible -= assessment.absent
    raising = [
        group
        for combined in protocol.combinations
        if combined.level > assessment.level and combined.found_in(possible)
        for group in combined.when
        if not any(finding.id in confirmed for finding in group)
    ]
    return tuple(id_ for id_ in still_open if any(finding.id == id_ for group in raising for finding in group))


def evidence_of(asked: Ask, pending: tuple[FindingId, ...], answer: Answer) -> Evidence:
    """Return what a plain ``answer`` says of ``pending``, those of the open findings that were asked about.

    It is kept as an answer to the whole question only where all that is open was asked about: a denial counts for what
    was named, and for nothing else.
    """
    if pending == asked.open and not asked.is_narrowed:
        return Evidence(question=asked.question.id, answer=answer)
    match answer:
        case Answer.YES:
            return Evidence(present=pending)
        case Answer.UNSURE:
            return Evidence(doubted=pending)
        case Answer.NO | Answer.SOFT_NO if asked.softly_before:
            return Evidence(softly_absent=pending)
        case Answer.NO:
            return Evidence(absent=pending)
        case Answer.SOFT_NO:
            return Evidence(question=asked.question.id, answer=answer)


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
