"""What the dialog wants done outside: small frozen types. The adapter does it and answers with news, as an act.

A reply that wants an effect is the reply as it stands where nothing comes of it: where the look again is switched off,
or the store does not answer. So nobody waits for it, and triage needs none of it.
"""

from dataclasses import dataclass
from typing import TypeAlias

from skill.follow_up.appointment import Appointment


@dataclass(frozen=True)
class LookUp:
    """Find out whether the person wanted to look again."""


@dataclass(frozen=True)
class Plan:
    """Work out when the reminder would be."""


@dataclass(frozen=True)
class Remind:
    """Set the reminder and keep the record."""

    appointment: Appointment
    asked_before: bool = False
    """Whether Alexa has just asked for the permission: it is not asked for twice."""


@dataclass(frozen=True)
class Cancel:
    """Take the reminder off and delete the record."""

    told: bool
    """Whether the person waits to hear of it; otherwise no news comes back."""


@dataclass(frozen=True)
class Forget:
    """Delete whatever is kept of the person."""


Effect: TypeAlias = LookUp | Plan | Remind | Cancel | Forget
"""One thing to be done outside."""
