"""One guide: a protocol and the care that goes with it. It is passed on; nothing reads a global one."""

from dataclasses import dataclass

from skill.protocol.care import UPPER_BACK_CARE, Care
from skill.protocol.model import Protocol
from skill.protocol.upper_back import UPPER_BACK


@dataclass(frozen=True, kw_only=True)
class Guide:
    """All clinical content of one skill."""

    protocol: Protocol
    care: Care


UPPER_BACK_GUIDE = Guide(protocol=UPPER_BACK, care=UPPER_BACK_CARE)
"""The guide that is deployed."""
