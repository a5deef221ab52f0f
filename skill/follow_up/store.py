"""The port to wherever records are kept. ``skill/adapters/follow_up`` has one for DynamoDB and one for SQLite."""

from collections.abc import Sequence
from typing import Protocol

from skill.follow_up.record import Record


class StoreError(Exception):
    """When a store does not answer, refuses, or is full; the message names the operation and the remedy."""


class AlreadyKeptError(Exception):
    """When somebody else has kept a record of the same person in the meantime."""


class Store(Protocol):
    """Keeps at most one record for each person. Every method may raise StoreError."""

    def prime(self) -> None:
        """Import and make what the first call needs, without a call."""

    def find(self, persons: Sequence[str], now: int) -> Record | None:
        """Return the record of one of ``persons``, the first that has one; an expired record counts as none.

        Args:
            persons: the names of one person, one or more, all different.
            now: seconds since 1970.
        """

    def add(self, record: Record, now: int) -> None:
        """Keep ``record``. Raises AlreadyKeptError where its person has one that is not expired."""

    def remove(self, record: Record) -> None:
        """Delete ``record``, unless another one has taken its place."""

    def forget(self, persons: Sequence[str]) -> None:
        """Delete whatever is kept under any of ``persons``."""
