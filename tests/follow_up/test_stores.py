"""The same facts of both stores: SQLite, and DynamoDB with the real boto3 against moto's server."""

import os
import sqlite3
import stat
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from skill.adapters.follow_up.dynamodb import DynamoDbStore
from skill.adapters.follow_up.sqlite import SqliteStore
from skill.follow_up.record import Record
from skill.follow_up.store import AlreadyKeptError, Store, StoreError

TABLE = "follow-up"
NOW = 1_800_000_000
RECORD = Record(person="a" * 64, due=NOW + 100, expires=NOW + 200, reminder="token-1")


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    """Return the address of a local AWS. moto tells services apart by host, and knows localhost, not 127.0.0.1."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "none")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        server.start()
        address = f"http://localhost:{server.get_host_and_port()[1]}"
        patch.setenv("AWS_ENDPOINT_URL", address)
        # What moto holds belongs to the process, not to the server: the module may have run here before.
        urllib.request.urlopen(urllib.request.Request(f"{address}/moto-api/reset", method="POST")).close()  # noqa: S310 loopback
        boto3.client("dynamodb").create_table(
            TableName=TABLE,
            KeySchema=[{"AttributeName": "person", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "person", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield address
        server.stop()


def empty_table() -> DynamoDbStore:
    """Return the store on a table that holds nothing."""
    client = boto3.client("dynamodb")
    for item in client.scan(TableName=TABLE)["Items"]:
        client.delete_item(TableName=TABLE, Key={"person": item["person"]})
    return DynamoDbStore(TABLE)


@pytest.fixture(params=["sqlite", "dynamodb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Return an empty store of each kind."""
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "follow_up.sqlite3")
    request.getfixturevalue("aws")
    return empty_table()


# --- Both


def test_what_is_kept_is_found_as_it_was(store: Store) -> None:
    store.add(RECORD, NOW)
    assert store.find([RECORD.person], NOW) == RECORD


def test_nobody_else_finds_it(store: Store) -> None:
    store.add(RECORD, NOW)
    assert store.find(["b" * 64], NOW) is None


def test_an_empty_store_finds_nothing(store: Store) -> None:
    assert store.find([RECORD.person], NOW) is None


@pytest.mark.parametrize(("later", "found"), [(99, True), (199, True), (200, False), (10_000, False)])
def test_an_expired_record_is_gone_for_reads_at_once(store: Store, later: int, *, found: bool) -> None:
    store.add(RECORD, NOW)
    assert bool(store.find([RECORD.person], NOW + later)) is found


def test_it_is_found_under_an_older_name_too(store: Store) -> None:
    store.add(RECORD, NOW)
    assert store.find(["c" * 64, RECORD.person], NOW) == RECORD


def test_of_two_names_the_newer_one_counts(store: Store) -> None:
    newer = replace(RECORD, person="c" * 64, reminder="token-2")
    store.add(RECORD, NOW)
    store.add(newer, NOW)
    assert store.find([newer.person, RECORD.person], NOW) == newer


def test_an_expired_record_under_the_newer_name_hides_none(store: Store) -> None:
    store.add(replace(RECORD, person="c" * 64, expires=NOW + 1), NOW)
    store.add(RECORD, NOW)
    assert store.find(["c" * 64, RECORD.person], NOW + 50) == RECORD


def test_a_person_has_one_record_at_a_time(store: Store) -> None:
    store.add(RECORD, NOW)
    with pytest.raises(AlreadyKeptError):
        store.add(replace(RECORD, reminder="token-2"), NOW)
    assert store.find([RECORD.person], NOW) == RECORD


def test_an_expired_record_gives_way(store: Store) -> None:
    later = replace(RECORD, due=NOW + 900, expires=NOW + 1_000, reminder="token-2")
    store.add(RECORD, NOW)
    store.add(later, RECORD.expires)
    assert store.find([RECORD.person], NOW + 500) == later


def test_of_many_who_write_at_once_one_wins(tmp_path: Path) -> None:
    """DynamoDB's own condition is Amazon's to keep; moto looks and writes in two steps."""
    store = SqliteStore(tmp_path / "follow_up.sqlite3")
    kept: list[str] = []

    def write(number: int) -> None:
        try:
            store.add(replace(RECORD, reminder=f"token-{number}"), NOW)
            kept.append(f"token-{number}")
        except AlreadyKeptError:
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.find([RECORD.person], NOW)
    assert found is not None
    assert [found.reminder] == kept


def test_what_is_removed_is_gone(store: Store) -> None:
    store.add(RECORD, NOW)
    store.remove(RECORD)
    assert store.find([RECORD.person], NOW) is None
    store.add(RECORD, NOW)


def test_a_record_that_was_replaced_is_not_removed(store: Store) -> None:
    store.add(RECORD, NOW)
    store.remove(replace(RECORD, reminder="of yesterday"))
    assert store.find([RECORD.person], NOW) == RECORD


def test_removing_what_is_not_there_changes_nothing(store: Store) -> None:
    store.remove(RECORD)
    store.forget([RECORD.person])
    assert store.find([RECORD.person], NOW) is None


def test_a_person_is_forgotten_under_every_name(store: Store) -> None:
    other = replace(RECORD, person="c" * 64)
    for record in (RECORD, other):
        store.add(record, NOW)
    store.forget([other.person, RECORD.person])
    assert store.find([other.person, RECORD.person], NOW) is None


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60
)
SECONDS = st.integers(1, 4_000_000_000)


@given(st.builds(Record, person=PLAIN, due=SECONDS, expires=SECONDS, reminder=PLAIN, consent=st.integers(1, 99)))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_comes_back_as_it_was(store: Store, record: Record) -> None:
    store.forget([record.person])
    store.add(record, 0)
    assert store.find([record.person], 0) == record
    store.remove(record)


# --- What each of them holds on disk and on the wire


def test_a_record_has_these_fields_and_no_others() -> None:
    assert {field.name for field in fields(Record)} == {"person", "due", "expires", "reminder", "consent"}


def test_the_table_holds_the_record_and_nothing_else(aws: str) -> None:
    assert aws
    store = empty_table()
    store.add(RECORD, NOW)
    (item,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert {name: next(iter(value.values())) for name, value in item.items()} == {
        name: str(value) for name, value in asdict(RECORD).items()
    }


def test_an_item_of_another_shape_is_passed_over(aws: str) -> None:
    assert aws
    store = empty_table()
    boto3.client("dynamodb").put_item(TableName=TABLE, Item={"person": {"S": RECORD.person}, "due": {"S": "later"}})
    assert store.find([RECORD.person], NOW) is None


def test_the_file_is_its_owners_alone_and_holds_nothing_of_what_was_deleted(tmp_path: Path) -> None:
    path = tmp_path / "follow_up.sqlite3"
    store = SqliteStore(path)
    store.add(RECORD, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert RECORD.person.encode() in path.read_bytes()
    store.forget([RECORD.person])
    assert RECORD.person.encode() not in path.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_expired_records_leave_the_file_with_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "follow_up.sqlite3"
    store = SqliteStore(path)
    store.add(RECORD, NOW)
    store.add(replace(RECORD, person="b" * 64, expires=NOW + 900), RECORD.expires)
    assert sqlite3.connect(path).execute("SELECT person FROM follow_up").fetchall() == [("b" * 64,)]


# --- When a store cannot


def unreachable() -> DynamoDbStore:
    """Return a store whose table is nowhere."""
    return DynamoDbStore("no-such-table")


CALLS: dict[str, Any] = {
    "find": lambda store: store.find([RECORD.person], NOW),
    "add": lambda store: store.add(RECORD, NOW),
    "remove": lambda store: store.remove(RECORD),
    "forget": lambda store: store.forget([RECORD.person]),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_refusal_of_dynamodb_is_one_sentence_without_a_person(call: str, aws: str) -> None:
    assert aws
    with pytest.raises(StoreError, match="ResourceNotFoundException; compare FOLLOW_UP_TABLE") as caught:
        CALLS[call](unreachable())
    assert RECORD.person not in str(caught.value)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("broken", ["no folder", "no database"])
def test_a_file_that_cannot_be_used_is_one_sentence(call: str, broken: str, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "follow_up.sqlite3" if broken == "no folder" else tmp_path / "letter.txt"
    if broken == "no database":
        path.write_text("Dear Sir, this is no database. " * 40)
    with pytest.raises(StoreError, match="let the service write FOLLOW_UP_FILE"):
        CALLS[call](SqliteStore(path))


def test_throttled_keys_are_no_absent_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    class Throttled:
        def batch_get_item(self, **_: object) -> dict[str, Any]:
            return {"Responses": {TABLE: []}, "UnprocessedKeys": {TABLE: {"Keys": [{}]}}}

    store = DynamoDbStore(TABLE)
    monkeypatch.setattr(store, "_client", Throttled)
    with pytest.raises(StoreError, match="throttled"):
        store.find([RECORD.person], NOW)


def test_the_client_waits_a_second_and_tries_once_more(aws: str) -> None:
    assert aws
    assert os.environ["AWS_ENDPOINT_URL"] == aws
    store = DynamoDbStore(TABLE)
    store.prime()
    config = store._client().meta.config  # noqa: SLF001 nothing shows it from outside
    assert (config.connect_timeout, config.read_timeout) == (1, 1)
    assert config.retries["total_max_attempts"] == 2
