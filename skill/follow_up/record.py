"""What is kept of one person until the check is due again: nothing that tells of a body, a question or a name."""

from dataclasses import dataclass

CONSENT_VERSION = 1
"""Of the words with which the reminder is offered. Raise it when they come to mean something else."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One look again that somebody said yes to. All times are seconds since 1970, in UTC."""

    person: str
    """A keyed hash of Alexa's id of the account: ``person.py``."""
    due: int
    """When the reminder is spoken."""
    expires: int
    """From then on the record counts as gone, whatever the store has deleted yet."""
    reminder: str
    """Alexa's token of the reminder, by which it is cancelled."""
    consent: int = CONSENT_VERSION
    """The version of the words that were said yes to."""

    def is_kept(self, now: int) -> bool:
        """Return whether the record still counts at ``now``."""
        return now < self.expires
