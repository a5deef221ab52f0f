"""What a person can do in one turn, whatever channel it came through."""

from dataclasses import dataclass
from enum import StrEnum

from skill.protocol.care import TopicId
from skill.protocol.model import FindingId


class MoveKind(StrEnum):
    """The kinds of turn. Which intent makes which move is one table, in ``skill/adapters/intents.py``."""

    OPEN = "open"
    START = "start"
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    TELL = "tell"
    """Names findings as present or absent, without a yes or no to the pending question."""
    DURATION = "duration"
    IMPROVING = "improving"
    WORSENING = "worsening"
    CORRECT_YES = "correct_yes"
    CORRECT_NO = "correct_no"
    EMERGENCY = "emergency"
    DISTRESS = "distress"
    CRISIS = "crisis"
    REPEAT = "repeat"
    REPHRASE = "rephrase"
    """Did not understand the question."""
    WHY = "why"
    BACK = "back"
    HELP = "help"
    TOPIC = "topic"
    """Asks about a topic of care: ``Move.topic``."""
    MORE = "more"
    """Wants the next part, or the next step."""
    WHAT_ELSE = "what_else"
    SEND = "send"
    """Wants on a card what was just told."""
    GUIDE = "guide"
    """Wants to be guided through the stretches."""
    HURTS = "hurts"
    SLOWER = "slower"
    PAUSE = "pause"
    RESTART = "restart"
    STOP = "stop"
    OTHER = "other"
    """Not understood."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One turn of the person."""

    kind: MoveKind
    present: tuple[FindingId, ...] = ()
    """Findings, and limits of the protocol, named as present. They count in every state and with every kind of move."""
    absent: tuple[FindingId, ...] = ()
    """Findings named as absent. A denial counts only for the finding that was named."""
    doubted: tuple[FindingId, ...] = ()
    """Findings named with a doubt. They are asked about once more in every state; a second doubt counts as yes."""
    unresolved: bool = False
    """True when the person named a finding that could not be told apart: it is asked about, never dropped."""
    topic: TopicId | None = None
    """The topic that is asked about; None where none was named, or none that is known."""
    days: float | None = None
    """A spoken duration in days, 0 or more."""
