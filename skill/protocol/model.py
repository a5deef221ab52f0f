"""The vocabulary of the protocol: levels, sources, findings, questions, instructions.

Everything here is a frozen value. A protocol is data about these types; it holds no code, so that a reviewer reads it
as a table and the engine can be run over all of it.
"""

from collections.abc import Container, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from functools import cached_property
from typing import NewType

FindingId = NewType("FindingId", str)
"""Names a finding for ever: ``chest_pain``. It is part of the interaction model, of sessions and of tests."""

QuestionId = NewType("QuestionId", str)
"""Names a question for ever: ``heart_lungs``."""

InstructionId = NewType("InstructionId", str)
"""Names an instruction that some outcomes carry: ``do_not_drive``."""


class Level(IntEnum):
    """How urgent an outcome is. Ordered: the greater level is the more urgent one, so the worst is a ``max``."""

    SELF_CARE = 0
    DOCTOR = 1
    DOCTOR_TODAY = 2
    EMERGENCY = 3

    @property
    def key(self) -> str:
        """The level's name in the catalogue and in the clinician's sheet: ``doctor_today``."""
        return self.name.lower()


class Ground(Enum):
    """Where a finding's level comes from."""

    FLOOR = "the hospital's article"
    BEYOND = "beyond the article"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A published text that a rule rests on."""

    title: str
    publisher: str
    says: str
    """What it contributes here, in our own words."""
    address: str = ""
    """Where it stands; empty only for what this project decided itself."""
    read: str = ""
    """The day on which it was read last, as 2026-11-29."""
    extract: bool = False
    """Whether only an extract of it was read, and not the text itself or a stored copy of it."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something a person can have or not have. One confirmed finding is enough to reach its level."""

    id: FindingId
    level: Level
    """What it reaches alone. Home care only where it counts in a combination, or is acknowledged."""
    ground: Ground
    sources: tuple[Source, ...]
    """At least one. The article itself comes first where it names the finding."""
    description: str
    """The finding in a clinician's words, for the review sheet. What is spoken is in the catalogue."""


CombinationId = NewType("CombinationId", str)
"""Names a combination for ever: ``breathing_and_leg``."""


@dataclass(frozen=True, kw_only=True)
class Combination:
    """Findings that are more urgent together than each is alone.

    Monotone: it asks only for findings that are there, never for one that is absent. So a finding more cannot lower a
    level.
    """

    id: CombinationId
    level: Level
    when: tuple[tuple[Finding, ...], ...]
    """Groups of findings. It applies when at least one finding of every group was confirmed."""
    sources: tuple[Source, ...]
    rationale: str
    """Why these are more urgent together, for the review sheet."""

    @cached_property
    def finding_ids(self) -> frozenset[FindingId]:
        """The ids of all findings that can take part."""
        return frozenset(finding.id for group in self.when for finding in group)

    def found_in(self, confirmed: Container[FindingId]) -> tuple[FindingId, ...]:
        """Return the confirmed findings that make it apply, group by group; empty where it does not apply."""
        groups = [tuple(finding.id for finding in group if finding.id in confirmed) for group in self.when]
        return tuple(dict.fromkeys(id_ for group in groups for id_ in group)) if all(groups) else ()


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where a health service asks for more than home care: a level that no interview ends below there."""

    codes: tuple[str, ...]
    """The countries of the locales, such as ``GB`` of ``en-GB``."""
    least: Level
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Two or three findings of one level that are asked about in one breath.

    More than three in one question get a "no" after half of it was heard (clinical ground, section 3.2).
    """

    id: QuestionId
    findings: tuple[Finding, ...]
    unsure_counts_as_yes: bool
    """What a second "not sure" counts as. The first one is always answered with plainer words."""
    rationale: str
    """Why it is asked and why it stands where it stands, for the review sheet."""

    @cached_property
    def level(self) -> Level:
        """The level that a yes leads to."""
        return max(finding.level for finding in self.findings)

    @cached_property
    def ids(self) -> tuple[FindingId, ...]:
        """The ids of its findings, in their order."""
        return tuple(finding.id for finding in self.findings)

    @cached_property
    def finding_ids(self) -> frozenset[FindingId]:
        """The ids of its findings."""
        return frozenset(self.ids)


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """A sentence that an outcome carries only for some findings, such as not to drive.

    It applies when every group in ``when`` shares at least one finding with the reasons of the outcome.
    """

    id: InstructionId
    level: Level
    when: tuple[tuple[Finding, ...], ...]
    sources: tuple[Source, ...]

    def applies(self, findings: frozenset[FindingId]) -> bool:
        """Whether the reasons ``findings`` call for this instruction."""
        return all(any(finding.id in findings for finding in group) for group in self.when)


@dataclass(frozen=True, kw_only=True)
class DurationRule:
    """How a duration that the person says in words settles findings (clinical ground, section 3.7). Unit: days."""

    shorter_than_days: float | None = None
    longer_than_days: float | None = None
    denies: tuple[Finding, ...] = ()
    """What so short a time rules out, whatever else is said of it."""
    confirms: tuple[Finding, ...] = ()

    def covers(self, days: float) -> bool:
        """Whether a duration of ``days`` (0 or more) falls under this rule."""
        return (self.shorter_than_days is None or days < self.shorter_than_days) and (
            self.longer_than_days is None or days > self.longer_than_days
        )


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """Everything the engine needs to know. A plain value: build another one to try another protocol."""

    version: str
    """Semantic version of the clinical content; a change that leads people elsewhere raises it."""
    dated: str = ""
    """The day of this version, as 2026-11-29."""
    owner: str = ""
    """Who answers for the content."""
    review_due: str = ""
    """The day by which clinicians look at it again; as ``dated``."""
    changes: tuple[str, ...] = ()
    """What leads people elsewhere since the version before, a sentence each, for the review sheet."""
    findings: tuple[Finding, ...]
    """What is asked about."""
    questions: tuple[Question, ...]
    """In the order in which they are asked."""
    instructions: tuple[Instruction, ...]
    durations: tuple[DurationRule, ...]
    denied_when_improving: tuple[Finding, ...]
    """The findings that "it is getting better" answers with no."""
    confirmed_when_worsening: tuple[Finding, ...]
    """The findings that "it is getting worse" confirms."""
    confirmed_when_no_better: tuple[Finding, ...] = ()
    """The findings that "it is no better" confirms at a second look, three days after home care was told."""
    denied_when_better: tuple[Finding, ...] = ()
    """The findings that "it is better" answers with no at a second look."""
    settled_at_first_look: tuple[Finding, ...] = ()
    """The findings that three days do not bring. They were denied before home care was told, else it had not been; at
    a second look they are not asked about again, and read back."""
    listened: tuple[Finding, ...] = ()
    """Findings that are only listened for: they cost no question, and count whenever they are said."""
    combinations: tuple[Combination, ...] = ()
    """What is more urgent together than alone."""
    acknowledged: frozenset[FindingId] = frozenset()
    """Of what is listened for: what changes no level by itself or with others, and is answered all the same."""
    limits: tuple[Finding, ...] = ()
    """Whom and where the protocol was not made for. Never asked about; once said, a doctor or nurse has to look, and
    the emergency findings are asked all the same (clinical ground, section 3.9)."""
    regions: tuple[Region, ...] = ()
    """Where more is asked for than home care."""
    least: Level = Level.SELF_CARE
    """Where nothing was found: home care, or what a region asks for with it."""

    def of_region(self, code: str) -> "Protocol":
        """Return the protocol as it holds in the country ``code``, such as ``GB``. No region lowers a level."""
        least = max((region.least for region in self.regions if code in region.codes), default=self.least)
        return self if least <= self.least else replace(self, least=least)

    @cached_property
    def finding(self) -> Mapping[FindingId, Finding]:
        """All that a person can name: what is asked about, what is listened for, and the limits, by id."""
        return {finding.id: finding for finding in (*self.findings, *self.listened, *self.limits)}

    @cached_property
    def emergencies(self) -> frozenset[FindingId]:
        """The findings that are asked about and are emergencies: until each is denied, none is excluded."""
        return frozenset(finding.id for finding in self.findings if finding.level is Level.EMERGENCY)

    @cached_property
    def by_name(self) -> tuple[Question, ...]:
        """A question for each finding that is listened for: put only where its words were half heard or doubted."""
        return tuple(
            Question(
                id=QuestionId(finding.id),
                findings=(finding,),
                unsure_counts_as_yes=True,
                rationale="Something of it was half heard.",
            )
            for finding in self.listened
        )

    @cached_property
    def question(self) -> Mapping[QuestionId, Question]:
        """The questions by id, those by name among them."""
        return {question.id: question for question in (*self.questions, *self.by_name)}

    @cached_property
    def question_of(self) -> Mapping[FindingId, Question]:
        """The question that asks about each finding."""
        return {finding.id: question for question in self.question.values() for finding in question.findings}

    def level_of(self, confirmed: AbstractSet[FindingId]) -> Level:
        """Return the worst level that findings reach, each alone or some of them together."""
        alone = (self.finding[id_].level for id_ in confirmed)
        together = (combined.level for combined in self.combinations if combined.found_in(confirmed))
        return max((*alone, *together), default=Level.SELF_CARE)
