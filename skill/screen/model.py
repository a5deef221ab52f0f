"""The screens that there are: frozen values that hold prompts and acts, no words and no colours.

A screen with a question has choices; a screen that closes the session has none, by its type.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from skill.acts import Act
from skill.dialog.reply import Prompts
from skill.prompts.prompt import Prompt
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId, Level


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that can be touched: it is the same act as the word on it."""

    act: Act
    label: Prompt


Choices = tuple[Choice, ...]
"""What can be touched, in the order in which it is reached with a keyboard."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where something stands among its like: a question of the interview, a part of a topic, a step of relief."""

    number: int
    """From 1."""
    of: int
    """At most so many."""


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What is asked at the end of the turn, and what can be touched instead of saying it."""

    lead: Prompts = ()
    """What is said before the question and is not shown elsewhere on the screen."""
    ask: Prompts
    """The question, as it is spoken. Never empty."""
    answers: Choices
    """Yes, no and "not sure", as far as the question takes them."""
    named: Choices = ()
    """What can be named here: a finding that is asked about, a topic that is offered."""
    controls: Choices = ()
    """What can be asked of the guide here."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question by itself."""

    kind: ClassVar[str] = "question"

    pending: Pending
    progress: Progress | None = None
    """Which question of the interview it is, as help says it; None outside of the interview."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the read-back."""

    line: Prompt
    softly: bool
    """Whether it was denied with a doubt: the read-back names it by itself."""
    correction: Choice
    """Touched, the findings of this line are asked about again, one by one."""


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The read-back before home care."""

    kind: ClassVar[str] = "checklist"

    pending: Pending
    items: tuple[Item, ...]
    """In the order in which they are read."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A disposition after which the session goes on: a doctor today, a doctor, home care."""

    level: Level
    pending: Pending
    title: Prompt
    do: Prompts
    """What to do first."""
    because: Prompts
    """Why, in all that was said to be there at any level, and what cannot be known."""
    until: Prompts
    """What to do until then; at home, how long to wait."""
    watch: Prompts
    """When to call the emergency number after all."""
    clinic: Prompts
    """The operator's own clinic; without words where none was set."""
    absent: tuple[FindingId, ...]
    """What was said not to be there, in the order of the protocol."""
    softly_absent: tuple[FindingId, ...]
    """Those of ``absent`` that were denied with a doubt."""
    protocol_version: str

    @property
    def kind(self) -> str:
        """Whether this is home care or a doctor."""
        return "home_care" if self.level is Level.SELF_CARE else "doctor"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A part of a topic, or what to have ready for the doctor."""

    kind: ClassVar[str] = "told"

    pending: Pending
    title: Prompt
    lines: Prompts
    topic: TopicId | None = None
    """None where it is what to have ready."""
    progress: Progress | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of guided relief; its words hold what is drawn and counted (``timeline.py``)."""

    kind: ClassVar[str] = "step"

    pending: Pending
    id: str
    spoken: Prompt | None
    """With the pace at which it is spoken; None where this reply speaks of something else, and nothing is counted."""
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class Emergency:
    """Call the emergency number now. It fills the screen, and nothing on it can be touched."""

    kind: ClassVar[str] = "emergency"

    title: Prompt
    do: Prompts
    because: Prompts
    how: Prompts


@dataclass(frozen=True, kw_only=True)
class Crisis:
    """Call the crisis line or the emergency number now. Nothing on it can be touched."""

    kind: ClassVar[str] = "crisis"

    title: Prompt
    lines: Prompts


@dataclass(frozen=True, kw_only=True)
class Farewell:
    """The session is over without a disposition. Nothing on it can be touched."""

    kind: ClassVar[str] = "farewell"

    lines: Prompts


Screen: TypeAlias = Question | Checklist | Result | Told | Step | Emergency | Crisis | Farewell
"""What one reply shows."""

KINDS = ("question", "checklist", "doctor", "home_care", "told", "step", "emergency", "crisis", "farewell")
"""The kinds of screen, by the name under which renderers know them."""
