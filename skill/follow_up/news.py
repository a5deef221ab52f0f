"""What became of an effect, or of Alexa's own question for the permission: acts that the dialog answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from skill.follow_up.appointment import Appointment


class Found(StrEnum):
    """Of ``LookUp``."""

    NOTHING = "nothing_kept"
    KEPT = "kept"
    """A reminder is kept, and its time has not come."""
    DUE = "due"
    """The person is here to look again."""


class Undone(StrEnum):
    """Of ``Cancel`` and ``Forget``."""

    CANCELLED = "cancelled"
    NOT_CANCELLED = "not_cancelled"
    FORGOTTEN = "forgotten"
    NOT_FORGOTTEN = "not_forgotten"
    REMINDER_LEFT = "reminder_left"
    """Of ``Forget``: the record is deleted, and the reminder could not be taken off."""


class Refusal(StrEnum):
    """Why there is no reminder. Each has a sentence of its own."""

    OTHER_KEPT = "other_kept"
    """One is kept for this account already: asked about, never replaced unasked."""
    TOO_MANY = "too_many"
    """The account has as many reminders as Alexa takes (403)."""
    DEVICE = "device"
    """The device cannot speak reminders (403)."""
    BUSY = "busy"
    """Too many calls (429)."""
    DOWN = "down"
    """Alexa's service or the store does not answer, or not in time."""
    REFUSED = "refused"
    """Alexa's service does not take the reminder, for a reason that is for the operator's log (400 and others)."""


class Consent(StrEnum):
    """What became of Alexa's own question whether this skill may set reminders."""

    ACCEPTED = "accepted"
    DENIED = "denied"
    NOT_ANSWERED = "not_answered"
    CANNOT_ASK = "cannot_ask"
    """The device or the account cannot be asked by voice."""


@dataclass(frozen=True)
class Planned:
    """Of ``Plan``."""

    appointment: Appointment


@dataclass(frozen=True)
class Reminded:
    """Of ``Remind``: it is set."""

    appointment: Appointment


@dataclass(frozen=True)
class PermissionMissing:
    """Of ``Remind``: the person has not allowed this skill to set reminders (401)."""

    appointment: Appointment


@dataclass(frozen=True)
class Consented:
    """Alexa's own question was answered, or not."""

    consent: Consent
    appointment: Appointment
    """That of the reminder for which it was asked; it comes back with the answer."""


News: TypeAlias = Found | Undone | Refusal | Planned | Reminded | PermissionMissing | Consented
"""One thing that became known."""
