"""Keeps records in one SQLite file: for self-hosting, where it is the default, and for the simulator."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from skill.follow_up.record import Record
from skill.follow_up.store import AlreadyKeptError, StoreError

BUSY_SECONDS = 1.0
"""How long a call waits for another process that writes."""

_TABLE = """
CREATE TABLE IF NOT EXISTS follow_up (
    person TEXT PRIMARY KEY, due INTEGER NOT NULL, expires INTEGER NOT NULL,
    reminder TEXT NOT NULL, consent INTEGER NOT NULL
) WITHOUT ROWID
"""


class SqliteStore:
    """The store. Each call opens the file by itself, so that threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prime(self) -> None:
        """See ``Store.prime``: nothing is needed."""

    def find(self, persons: Sequence[str], now: int) -> Record | None:
        """See ``Store.find``."""
        with self._open("a record could not be read") as open_:
            for person in persons:
                row = open_.execute(
                    "SELECT person, due, expires, reminder, consent FROM follow_up WHERE person = ? AND expires > ?",
                    (person, now),
                ).fetchone()
                if row:
                    return Record(person=row[0], due=row[1], expires=row[2], reminder=row[3], consent=row[4])
        return None

    def add(self, record: Record, now: int) -> None:
        """See ``Store.add``. Every expired record goes at the same time: nothing else deletes them here."""
        values = (record.person, record.due, record.expires, record.reminder, record.consent)
        with self._open("a record could not be kept") as open_:
            open_.execute("DELETE FROM follow_up WHERE expires <= ?", (now,))
            added = open_.execute("INSERT OR IGNORE INTO follow_up VALUES (?, ?, ?, ?, ?)", values)
            if not added.rowcount:
                raise AlreadyKeptError

    def remove(self, record: Record) -> None:
        """See ``Store.remove``."""
        with self._open("a record could not be deleted") as open_:
            open_.execute("DELETE FROM follow_up WHERE person = ? AND reminder = ?", (record.person, record.reminder))

    def forget(self, persons: Sequence[str]) -> None:
        """See ``Store.forget``."""
        with self._open("a person could not be forgotten") as open_:
            open_.executemany("DELETE FROM follow_up WHERE person = ?", [(person,) for person in persons])

    @contextmanager
    def _open(self, what: str) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, made with its table where it is new, readable by its owner only."""
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
                connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
                with connection:
                    connection.execute(_TABLE)
                    yield connection
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{what}: {type(error).__name__}; let the service write FOLLOW_UP_FILE ({self.path})."
            ) from error
