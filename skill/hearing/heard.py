"""What hearing takes besides words, and what it returns."""

from dataclasses import dataclass
from enum import StrEnum

from skill.acts import Act
from skill.protocol.model import FindingId


class Asked(StrEnum):
    """What was asked last, and so what a yes, a no or half a sentence replies to."""

    NOTHING = "nothing"
    """Nothing was asked yet."""
    FINDINGS = "findings"
    """Whether any of ``Expecting.findings`` is there."""
    READBACK = "readback"
    """Whether everything in the read-back is right."""
    CORRECTION = "correction"
    """What in the read-back was wrong."""
    OFFER = "offer"
    """Whether more is wanted, or which topic, or whether to begin."""
    STEP = "step"
    """Whether the person is ready for the next step of a stretch."""
    WORSE = "worse"
    """Whether it hurts more than before."""
    BETTER = "better"
    """Whether it is better than three days ago."""


@dataclass(frozen=True, kw_only=True)
class Expecting:
    """What was asked last."""

    asked: Asked = Asked.NOTHING
    findings: tuple[FindingId, ...] = ()
    """The findings that a yes would confirm or a no deny; in the order in which they were asked."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What one utterance comes to."""

    acts: tuple[Act, ...]
    """Never empty: what was not understood is ``Missed``."""
    unaccounted: tuple[str, ...] = ()
    """The words that no act accounts for and that are not known to be harmless, in order."""
