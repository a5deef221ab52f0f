"""What is imported when: nothing of the look again where it is off, boto3 with the first turn that needs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from following_up import KEY

from skill.adapters.follow_up import wiring, zones
from skill.adapters.follow_up.dynamodb import DynamoDbStore
from skill.adapters.follow_up.sqlite import SqliteStore
from tools.artifact_content import ENTRY, ROOT

PROGRAM = """
import json, runpy, sys
handler = runpy.run_path({entry!r})["lambda_handler"]
def loaded():
    tops = {{name.split(".")[0] for name in sys.modules}}
    ours = any(name.startswith("skill.adapters.follow_up") for name in sys.modules)
    return {{"boto3": "boto3" in tops, "sqlite3": "sqlite3" in tops, "ours": ours}}
seen = [loaded()]
attributes = {{}}
def turn(request):
    event = {{"session": {{"attributes": attributes}}, "request": {{**request, "locale": "en-US"}},
             "context": {{"System": {{"user": {{"userId": "someone"}}, "apiEndpoint": "", "apiAccessToken": "none"}}}}}}
    answer = handler(event, None)
    attributes.clear(); attributes.update(answer["sessionAttributes"])
    return answer
turn({{"type": "LaunchRequest"}})
seen.append(loaded())
for intent in ["AMAZON.NoIntent"] * 10 + ["AMAZON.YesIntent", "AMAZON.NoIntent"]:
    answer = turn({{"type": "IntentRequest", "intent": {{"name": intent}}}})
turn({{"type": "IntentRequest", "intent": {{"name": "ForgetIntent"}}}})
seen.append(loaded())
print(json.dumps(seen))
"""


def loaded(folder: Path, **environ: str) -> list[dict[str, bool]]:
    """Return what a process has loaded after the start, after a launch, and after an interview and forget me."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM.format(entry=str(ENTRY))],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environ},
    )
    seen: list[dict[str, bool]] = json.loads(done.stdout.splitlines()[-1])
    return seen


NOTHING = {"boto3": False, "sqlite3": False, "ours": False}
AWS = {
    "AWS_ENDPOINT_URL": "http://localhost:9",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def test_switched_off_nothing_of_it_is_ever_imported(tmp_path: Path) -> None:
    assert loaded(tmp_path) == [NOTHING] * 3
    assert list(tmp_path.iterdir()) == []


def test_boto3_is_imported_by_the_first_turn_that_needs_it(tmp_path: Path) -> None:
    start, launched, _ = loaded(tmp_path, FOLLOW_UP_KEYS=KEY, FOLLOW_UP_TABLE="table", **AWS)
    assert start["ours"]
    assert not start["boto3"]
    assert launched["boto3"]


def test_a_snapshot_holds_boto3_and_its_client(tmp_path: Path) -> None:
    snapshot = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
    start, _, _ = loaded(tmp_path, FOLLOW_UP_KEYS=KEY, FOLLOW_UP_TABLE="table", **AWS, **snapshot)
    assert start["boto3"]


def test_with_sqlite_boto3_is_never_imported(tmp_path: Path) -> None:
    seen = loaded(tmp_path, FOLLOW_UP_KEYS=KEY)
    assert not any(after["boto3"] for after in seen)
    assert [path.name for path in tmp_path.iterdir()] == [wiring.DEFAULT_FILE], "in the working folder by default"


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({}, "follow_up.sqlite3"),
        ({"FOLLOW_UP_FILE": "/srv/a.db"}, "/srv/a.db"),
        ({"STATE_DIRECTORY": "/var/lib/guide"}, "/var/lib/guide/follow_up.sqlite3"),
        ({"STATE_DIRECTORY": "/a:/b", "FOLLOW_UP_FILE": ""}, "/a/follow_up.sqlite3"),
    ],
)
def test_sqlite_is_the_default(environ: dict[str, str], path: str) -> None:
    store = wiring.store(environ)
    assert isinstance(store, SqliteStore)
    assert store.path == Path(path)


def test_a_table_is_dynamodb() -> None:
    assert isinstance(wiring.store({"FOLLOW_UP_TABLE": "table", "FOLLOW_UP_FILE": "a.db"}), DynamoDbStore)


@pytest.mark.parametrize("keys", ["", "short"])
def test_keys_that_will_not_do_name_the_setting(keys: str) -> None:
    with pytest.raises(wiring.NotWiredError, match=r"FOLLOW_UP_KEYS: .*32 characters"):
        wiring.from_environ({"FOLLOW_UP_KEYS": keys})


def test_the_settings_that_are_read_are_written_down_for_operators() -> None:
    pages = "".join((ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("deploying", "self-hosting"))
    assert [name for name in (wiring.KEYS, wiring.TABLE, wiring.FILE) if name not in pages] == []


def test_a_zone_is_found_where_the_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: str) -> Any:
        raise LookupError

    monkeypatch.setattr(zones, "ZoneInfo", none)
    assert zones.zone_of("America/New_York") is not None
    assert zones.zone_of("Middle/Earth") is None
    monkeypatch.setitem(sys.modules, "dateutil", None)
    assert zones.zone_of("America/New_York") is None
