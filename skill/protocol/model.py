"""The vocabulary of the protocol: levels, sources, signs, questions, instructions.

Everything here is a frozen value. A protocol is data about these types; it holds no code, so that a reviewer reads it
as a table and the engine can be run over all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cached_property
from typing import NewType

SignId = NewType("SignId", str)
"""Names a sign for ever: ``chest_pain``. It is part of the interaction model, of sessions and of tests."""

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
    """Where a sign's level comes from."""

    FLOOR = "the hospital's article"
    BEYOND = "beyond the article"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A published text that a rule rests on."""

    title: str
    publisher: str
    says: str
    """What it contributes here, in our own words."""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something a person can have or not have. One confirmed sign is enough to reach its level."""

    id: SignId
    level: Level
    ground: Ground
    sources: tuple[Source, ...]
    """At least one. The article itself comes first where it names the sign."""
    description: str
    """The sign in a clinician's words, for the review sheet. What is spoken is in the catalogue."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Two or three signs of one level that are asked about in one breath.

    More than three in one question get a "no" after half of it was heard (clinical ground, section 3.2).
    """

    id: QuestionId
    signs: tuple[Sign, ...]
    unsure_counts_as_yes: bool
    """What a second "not sure" counts as. The first one is always answered with plainer words."""
    rationale: str
    """Why it is asked and why it stands where it stands, for the review sheet."""

    @cached_property
    def level(self) -> Level:
        """The level that a yes leads to."""
        return max(sign.level for sign in self.signs)

    @cached_property
    def sign_ids(self) -> frozenset[SignId]:
        """The ids of its signs."""
        return frozenset(sign.id for sign in self.signs)


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """A sentence that an outcome carries only for some signs, such as not to drive.

    It applies when every group in ``when`` shares at least one sign with the reasons of the outcome.
    """

    id: InstructionId
    level: Level
    when: tuple[tuple[Sign, ...], ...]
    sources: tuple[Source, ...]

    def applies(self, signs: frozenset[SignId]) -> bool:
        """Whether the reasons ``signs`` call for this instruction."""
        return all(any(sign.id in signs for sign in group) for group in self.when)


@dataclass(frozen=True, kw_only=True)
class DurationRule:
    """How a duration that the person says in words settles signs (clinical ground, section 3.7). Unit: days."""

    shorter_than_days: float | None = None
    longer_than_days: float | None = None
    denies: tuple[Sign, ...] = ()
    confirms: tuple[Sign, ...] = ()

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
    signs: tuple[Sign, ...]
    questions: tuple[Question, ...]
    """In the order in which they are asked."""
    instructions: tuple[Instruction, ...]
    durations: tuple[DurationRule, ...]
    denied_when_improving: tuple[Sign, ...]
    """The signs that "it is getting better" answers with no."""
    confirmed_when_worsening: tuple[Sign, ...]
    """The signs that "it is getting worse" confirms."""
    limits: tuple[Sign, ...] = ()
    """Whom and where the protocol was not made for. Never asked about; once said, a doctor or nurse has to look, and
    the emergency signs are asked all the same (clinical ground, section 3.9)."""

    @cached_property
    def sign(self) -> Mapping[SignId, Sign]:
        """All that a person can name, signs and limits, by id."""
        return {sign.id: sign for sign in (*self.signs, *self.limits)}

    @cached_property
    def question(self) -> Mapping[QuestionId, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def question_of(self) -> Mapping[SignId, Question]:
        """The question that asks about each sign."""
        return {sign.id: question for question in self.questions for sign in question.signs}
