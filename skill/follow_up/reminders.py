"""The port to whatever speaks the reminder. ``skill/adapters/follow_up/alexa_reminders.py`` is the one for Alexa."""

from dataclasses import dataclass
from typing import Protocol

from skill.follow_up.appointment import Appointment
from skill.follow_up.news import Refusal


class PermissionMissingError(Exception):
    """When the person has not allowed this skill to set reminders."""


class RefusedError(Exception):
    """When no reminder can be set, changed or read; ``refusal`` says why, the message is for the operator's log."""

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a reminder says: the same words for everybody, neutral, since the whole room hears them."""

    locale: str
    text: str
    ssml: str


class Reminders(Protocol):
    """The reminders of one person, in one request."""

    def time_zone(self) -> str | None:
        """Return the IANA name of the zone of the device; None where it has none. Raises RefusedError."""

    def create(self, appointment: Appointment, now_local: str, spoken: Spoken) -> str:
        """Set a reminder and return its token. Raises PermissionMissingError or RefusedError.

        Args:
            appointment: when it is spoken.
            now_local: the time of the request on the clock of the device, ``2026-12-01T21:30:00.000``.
            spoken: what it says.
        """

    def delete(self, token: str) -> None:
        """Take a reminder off; one that is gone already is no error. Raises RefusedError."""
