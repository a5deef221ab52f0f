"""What a person can do in one turn: small frozen types, several of them in one turn.

Hearing makes acts from words, the Alexa adapter makes them from intents and touches, and the states of the dialog
answer them. An act that needs findings cannot be made without them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from skill.follow_up.news import News
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId


class Answer(StrEnum):
    """A reply to whatever was asked last, with no finding named."""

    YES = "yes"
    NO = "no"
    SOFT_NO = "soft_no"
    """A no with a doubt in it ("not that I know of"), or with words that nobody knows: it is confirmed by name."""
    UNSURE = "unsure"


class Control(StrEnum):
    """What is asked of the guide itself."""

    OPEN = "open"
    """The skill was opened by its name."""
    CHECK = "check"
    """Begin the check; also "my back hurts", which says nothing that is not known."""
    REPEAT = "repeat"
    REPHRASE = "rephrase"
    """The question was not understood."""
    WHY = "why"
    HELP = "help"
    BACK = "back"
    RESTART = "restart"
    STOP = "stop"
    MORE = "more"
    """The next part of a topic, or the next step."""
    WHAT_ELSE = "what_else"
    READY = "ready"
    """What to have ready for the doctor."""
    SEND = "send"
    """Put on a card what was just told."""
    GUIDE = "guide"
    """Guide me through the stretches."""
    HURTS = "hurts"
    SLOWER = "slower"
    LOUDER = "louder"
    PAUSE = "pause"
    FORGET = "forget"
    """Delete what is kept of me."""


class Call(StrEnum):
    """A call for help. It is answered before anything else in the same utterance."""

    CRISIS = "crisis"
    """The person wants to die or to hurt themselves."""
    EMERGENCY = "emergency"
    """The person asks for an ambulance or names an emergency as such."""
    DISTRESS = "distress"
    """A cry that may be for help with the skill or for help at all."""


class Trend(StrEnum):
    """How the pain changes."""

    BETTER = "better"
    WORSE = "worse"


class Correction(StrEnum):
    """The last answer was meant otherwise."""

    TO_YES = "to_yes"
    TO_NO = "to_no"


class Aside(StrEnum):
    """Something that is acknowledged and changes nothing."""

    GREETING = "greeting"
    THANKS = "thanks"
    AGE = "age"
    LANGUAGE = "language"
    """Asks for another language."""
    FINE = "fine"
    """Small talk, and being well in general."""
    PAIN = "pain"
    """Tells of the pain itself, and of no finding: what begins a check, and changes nothing in one."""


@dataclass(frozen=True)
class _Findings:
    findings: tuple[FindingId, ...]

    def __post_init__(self) -> None:
        if not self.findings:
            raise ValueError(f"{type(self).__name__} names no finding; name one or leave the act out.")


@dataclass(frozen=True)
class Report(_Findings):
    """Findings, or limits of the protocol, that were said to be present."""


@dataclass(frozen=True)
class Deny(_Findings):
    """Findings that were said to be absent. A denial counts only for what was named."""


@dataclass(frozen=True)
class Doubt(_Findings):
    """Findings that were named with a doubt. They are asked about once more; a second doubt is a yes."""


@dataclass(frozen=True)
class Unclear(_Findings):
    """Findings whose words were half heard, or that two readings disagree about: asked by name, counted as nothing."""


@dataclass(frozen=True)
class Lasted:
    """How long the pain has lasted."""

    days: float
    """0 or more; where words leave it open the longest time that they can mean."""

    def __post_init__(self) -> None:
        if not 0 <= self.days < float("inf"):
            raise ValueError(f"a pain cannot last {self.days} days; give a finite number that is 0 or more.")


@dataclass(frozen=True)
class AskTopic:
    """A question about care."""

    topic: TopicId | None
    """None where the words name no topic that the guide has."""


@dataclass(frozen=True)
class Missed:
    """Words that could not be understood."""

    named: bool = False
    """True where they sounded like a finding that could not be told apart: it is asked about, never dropped."""


Act: TypeAlias = (
    Answer
    | Control
    | Call
    | Trend
    | Correction
    | Aside
    | Report
    | Deny
    | Doubt
    | Unclear
    | Lasted
    | AskTopic
    | Missed
    | News
)
"""One thing that a person did, or news of what the guide did for them."""
