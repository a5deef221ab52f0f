"""What a session remembers of the look again after three days, beside its state."""

from enum import StrEnum


class Mark(StrEnum):
    """What is known in this session of the look again; ``follow_up.py`` sets it."""

    OFFERED = "offered"
    """The reminder was offered; it is not offered again."""
    KEPT = "kept"
    """A reminder is kept for this account."""
    NONE_KEPT = "none_kept"
    """There is none, or none of this person's: nothing has to be cancelled."""
    SECOND_LOOK = "second_look"
    """The person is here to look again."""
