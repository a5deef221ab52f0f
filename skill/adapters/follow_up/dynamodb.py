"""Keeps records in a DynamoDB table, by boto3, which Lambda's own runtime brings. template.yaml makes the table."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from skill.follow_up.record import Record
from skill.follow_up.store import AlreadyKeptError, StoreError

TIMEOUT_SECONDS = 1
"""For connecting, and for each answer: DynamoDB takes some 10 ms. boto3's own default is 60."""

ATTEMPTS = 2
"""One retry: somebody waits for the words."""

CONDITION_FAILED = "ConditionalCheckFailedException"


class DynamoDbStore:
    """The store. boto3 is imported and its client made with the first call, or by ``prime``."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._lock = threading.Lock()
        self._made: Any = None

    def prime(self) -> None:
        """See ``Store.prime``: what a snapshot of the process holds costs nobody time."""
        with _named("boto3 could not be made ready"):
            self._client()

    def find(self, persons: Sequence[str], now: int) -> Record | None:
        """See ``Store.find``. All names are asked for in one call."""
        keys = [{"person": {"S": person}} for person in persons]
        with _named("a record could not be read"):
            answer = self._client().batch_get_item(
                RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}},
            )
        if answer["UnprocessedKeys"]:
            raise StoreError("a record could not be read: the table is throttled; look at its capacity.")
        found = {record.person: record for item in answer["Responses"][self._table] if (record := _record(item))}
        kept = (found[person] for person in persons if person in found)
        return next((record for record in kept if record.is_kept(now)), None)

    def add(self, record: Record, now: int) -> None:
        """See ``Store.add``. A record that TTL has not deleted yet gives way."""
        try:
            with _named("a record could not be kept"):
                self._client().put_item(
                    TableName=self._table,
                    Item=_item(record),
                    ConditionExpression="attribute_not_exists(person) OR expires <= :now",
                    ExpressionAttributeValues={":now": {"N": str(now)}},
                )
        except _ConditionFailedError as error:
            raise AlreadyKeptError from error

    def remove(self, record: Record) -> None:
        """See ``Store.remove``."""
        try:
            with _named("a record could not be deleted"):
                self._client().delete_item(
                    TableName=self._table,
                    Key={"person": {"S": record.person}},
                    ConditionExpression="attribute_not_exists(person) OR reminder = :reminder",
                    ExpressionAttributeValues={":reminder": {"S": record.reminder}},
                )
        except _ConditionFailedError:
            return

    def forget(self, persons: Sequence[str]) -> None:
        """See ``Store.forget``."""
        for person in persons:
            with _named("a person could not be forgotten"):
                self._client().delete_item(TableName=self._table, Key={"person": {"S": person}})

    def _client(self) -> Any:
        with self._lock:  # making a client of boto3's default session is not safe in two threads
            if self._made is None:
                import boto3  # noqa: PLC0415 0.6 s and 60 MB that only the first turn that needs it pays
                from botocore.config import Config  # noqa: PLC0415 as above

                config = Config(
                    connect_timeout=TIMEOUT_SECONDS,
                    read_timeout=TIMEOUT_SECONDS,
                    retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
                )
                self._made = boto3.client("dynamodb", config=config)
            return self._made


class _ConditionFailedError(Exception):
    """When what is in the table is not what the call expected."""


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Turn whatever boto3 raises into a StoreError that names the kind of the error: its message may name a person."""
    try:
        yield
    except Exception as error:
        code = getattr(error, "response", {}).get("Error", {}).get("Code", type(error).__name__)
        if code == CONDITION_FAILED:
            raise _ConditionFailedError from error
        raise StoreError(f"{what}: {code}; compare FOLLOW_UP_TABLE and the role with template.yaml.") from error


def _item(record: Record) -> dict[str, Any]:
    return {
        "person": {"S": record.person},
        "due": {"N": str(record.due)},
        "expires": {"N": str(record.expires)},
        "reminder": {"S": record.reminder},
        "consent": {"N": str(record.consent)},
    }


def _record(item: Any) -> Record | None:
    """Return the record in ``item``; None where it is of another shape, as a later version may write it."""
    try:
        return Record(
            person=item["person"]["S"],
            due=int(item["due"]["N"]),
            expires=int(item["expires"]["N"]),
            reminder=item["reminder"]["S"],
            consent=int(item["consent"]["N"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
