"""Gives up waiting: a person who listens gets an answer in time, whatever a store or a service does."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from skill.follow_up.record import Record
from skill.follow_up.store import Store, StoreError

T = TypeVar("T")

STORE_SECONDS = 0.8
"""For one call of the store with all its retries, so that a turn with a dead one takes less than 1.5 s."""


class LateError(Exception):
    """When something did not end in time. It may still end later; nobody waits for what comes of it."""


class _Call(Generic[T]):
    """A call in a thread of its own, which ends with the process and never holds it up."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self.result: list[T] = []
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self.result.append(self._call())
        except Exception as error:  # noqa: BLE001 it is raised again where somebody waits for it
            self.error = error

    def wait(self, seconds: float) -> T:
        self._thread.start()
        self._thread.join(seconds)
        if self.error is not None:
            raise self.error
        if not self.result:
            raise LateError(f"no answer within {seconds:g} s.")
        return self.result[0]


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what ``call`` returns, or raise what it raises. Raises LateError after ``seconds``."""
    return _Call(call).wait(seconds)


class PromptStore:
    """A store each of whose calls ends within ``seconds``: what is later counts as a StoreError."""

    def __init__(self, store: Store, seconds: float = STORE_SECONDS) -> None:
        self._store = store
        self._seconds = seconds

    def prime(self) -> None:
        """See ``Store.prime``."""
        self._store.prime()

    def find(self, persons: Sequence[str], now: int) -> Record | None:
        """See ``Store.find``."""
        return self._within(lambda: self._store.find(persons, now))

    def add(self, record: Record, now: int) -> None:
        """See ``Store.add``."""
        self._within(lambda: self._store.add(record, now))

    def remove(self, record: Record) -> None:
        """See ``Store.remove``."""
        self._within(lambda: self._store.remove(record))

    def forget(self, persons: Sequence[str]) -> None:
        """See ``Store.forget``."""
        self._within(lambda: self._store.forget(persons))

    def _within(self, call: Callable[[], T]) -> T:
        try:
            return within(self._seconds, call)
        except LateError as error:
            raise StoreError(f"the store gave {error}") from error
