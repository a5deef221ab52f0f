"""Wires the look again from the operator's settings: which store, and which keys. The one place that does."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from skill.adapters.follow_up.dynamodb import DynamoDbStore
from skill.adapters.follow_up.service import FollowUp
from skill.adapters.follow_up.sqlite import SqliteStore
from skill.follow_up.person import KeyFaultError, PersonKeys
from skill.follow_up.store import Store

KEYS, TABLE, FILE = "FOLLOW_UP_KEYS", "FOLLOW_UP_TABLE", "FOLLOW_UP_FILE"
"""The settings: secrets that make names of accounts, and where records are kept."""

STATE_FOLDER = "STATE_DIRECTORY"
"""Where systemd lets a service write, by its ``StateDirectory``."""

DEFAULT_FILE = "follow_up.sqlite3"


Clock: TypeAlias = Callable[[], dt.datetime]
"""Returns the time, with a zone."""


class NotWiredError(ValueError):
    """When the settings cannot be used; the message names the setting and the remedy."""


def now() -> dt.datetime:
    """Return the time, in UTC."""
    return dt.datetime.now(dt.UTC)


def from_environ(environ: Mapping[str, str], clock: Clock = now) -> FollowUp:
    """Return the look again as ``environ`` sets it up: DynamoDB where a table is named, else SQLite.

    Raises:
        NotWiredError: where the keys will not do.
    """
    try:
        keys = PersonKeys.parse(environ.get(KEYS, ""))
    except KeyFaultError as error:
        raise NotWiredError(f"{KEYS}: {error}") from error
    return FollowUp(store(environ), keys, clock)


def store(environ: Mapping[str, str]) -> Store:
    """Return the store that ``environ`` names."""
    if table := environ.get(TABLE):
        return DynamoDbStore(table)
    folder = environ.get(STATE_FOLDER, "").partition(":")[0]
    return SqliteStore(Path(environ.get(FILE) or Path(folder) / DEFAULT_FILE))
