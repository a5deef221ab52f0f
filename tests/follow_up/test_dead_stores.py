"""A store that is dead, hangs, throttles, refuses or is full: triage answers as ever, and the offer says so."""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from following_up import HOME_CARE, KEY, NO, YES, Household

from simulator.alexa_services import AlexaServices
from simulator.client import AlexaClient
from skill.adapters.alexa.skill import create
from skill.adapters.follow_up import deadline, wiring
from skill.adapters.follow_up.sqlite import SqliteStore
from skill.follow_up.store import Store

LONGEST_TURN_SECONDS = 1.5
"""On a machine that has nothing else to do; where many processes wait for each processor, as many times longer."""
NOW = "I cannot set a reminder now."


class _Sick(BaseHTTPRequestHandler):
    """A DynamoDB that answers every call with the same error, or not at all."""

    error = ""

    def do_POST(self) -> None:
        if not self.error:
            time.sleep(30)
            return
        body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{self.error}", "message": "PERSON"}).encode()
        self.send_response(400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def serving(error: str) -> ThreadingHTTPServer:
    """Return a server with that illness, listening."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Sick", (_Sick,), {"error": error}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


ILLNESSES = {
    "hung": "",
    "throttled": "ProvisionedThroughputExceededException",
    "refuses": "AccessDeniedException",
    "has no such table": "ResourceNotFoundException",
    "full": "ItemCollectionSizeLimitExceededException",
    "dead": None,
}


@pytest.fixture(params=ILLNESSES)
def sick(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, services: AlexaServices, tmp_path: Path
) -> Iterator[Household]:
    """A household whose table has one of the illnesses, with the real boto3."""
    error = ILLNESSES[request.param]
    server = serving(error) if error is not None else None
    port = server.server_address[1] if server else 9
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://localhost:{port}")
    household = Household(file=tmp_path / "none", services=services, environ={"FOLLOW_UP_TABLE": "follow-up"})
    wiring.store(household.environ).prime()  # what is loaded once is no part of what is measured here
    AlexaClient(handler=create({})).say("no")
    yield household
    if server:
        server.shutdown()
        server.server_close()


def limit() -> float:
    """Return how many seconds a turn may take now."""
    return LONGEST_TURN_SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def timed(client: AlexaClient, intent: str | None) -> str:
    """Do one turn, hold its time to the limit, and return what is said."""
    started = time.perf_counter()
    text = (client.intent(intent) if intent else client.launch()).text
    assert time.perf_counter() - started < limit()
    return text


def test_triage_says_the_same_as_with_the_look_again_switched_off_and_in_time(
    sick: Household, caplog: pytest.LogCaptureFixture
) -> None:
    well, ill = AlexaClient(handler=create({})), sick.client
    turns = (None, *HOME_CARE)
    assert [timed(ill, intent) for intent in turns] == [timed(well, intent) for intent in turns]
    assert "Shall I remind you in three days" in timed(ill, NO)
    assert timed(ill, YES).startswith(NOW)
    assert sick.services.reminders == {}
    assert timed(ill, YES) == timed(AlexaClient(handler=create({})), YES), "a new session"
    assert "PERSON" not in caplog.text
    assert any(getattr(record, "kind", "").startswith("LookUp: StoreError") for record in caplog.records)


def test_an_emergency_and_forget_me_are_answered_in_time(sick: Household) -> None:
    client = sick.client
    started = time.perf_counter()
    assert client.say("my chest hurts").text.startswith("Call 911")
    assert time.perf_counter() - started < limit()
    assert timed(sick.client, "ForgetIntent").startswith("I cannot delete it now.")


class Hanging:
    """A store that hangs in one of its calls."""

    def __init__(self, store: Store, call: str) -> None:
        self._store = store
        self._call = call
        self.hung = 0

    def __getattr__(self, name: str) -> Any:
        """Return the call, or what hangs in its place."""
        if name != self._call:
            return getattr(self._store, name)

        def hang(*_: object) -> None:
            self.hung += 1
            threading.Event().wait(30)

        return hang


PATHS: dict[str, dict[str, str]] = {
    "find": {"offer and yes": NOW, "return": "Welcome to", "urgent": "Call 911", "forget": "I cannot delete"},
    "add": {"offer and yes": NOW},
    "remove": {"return": "Okay. I check", "urgent": "Call 911", "earlier": "I cannot take that reminder off"},
    "forget": {"forget": "I cannot delete it now."},
}
"""Each call of the store, the ways on which it is met, and how the turn after it begins."""


@pytest.mark.parametrize(("call", "path"), [(call, path) for call, paths in PATHS.items() for path in paths])
def test_a_store_that_hangs_at_any_call_of_any_path_holds_nobody_up(
    call: str, path: str, services: AlexaServices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "follow_up.sqlite3"
    well = Household(file=file, services=services)
    if path in ("return", "urgent", "earlier", "forget"):
        well.reminded()
    hanging = Hanging(SqliteStore(file), call)
    monkeypatch.setattr(wiring, "store", lambda _: hanging)
    monkeypatch.setattr(deadline.PromptStore.__init__, "__defaults__", (0.1,))
    ill = Household(file=file, services=services, clock=well.clock)
    client = ill.client
    said: list[str] = []
    match path:
        case "offer and yes":
            said += [timed(client, None), *(timed(client, intent) for intent in (*HOME_CARE, NO, YES))]
        case "return":
            ill.clock.move(days=3)
            said.append(timed(client, None))
            if call == "remove":
                said.append(timed(client, YES))
        case "urgent":
            said += [timed(client, None), timed(client, YES)]
        case "earlier":
            said += [timed(client, None), *(timed(client, intent) for intent in (*HOME_CARE, NO, YES))]
        case "forget":
            said += [timed(client, "ForgetIntent")]
    assert hanging.hung
    assert said[-1].startswith(PATHS[call][path])


def test_the_limit_for_a_call_of_the_store_leaves_room_for_the_rest() -> None:
    assert deadline.STORE_SECONDS < LONGEST_TURN_SECONDS - 0.3


def test_a_disk_that_is_full_or_read_only_is_a_store_that_cannot(household: Household) -> None:
    client, _ = household.offered()
    household.file.unlink(missing_ok=True)
    with sqlite3.connect(household.file) as open_:
        open_.execute("CREATE TABLE follow_up (something_else TEXT)")
    assert client.intent(YES).text.startswith(NOW)
    assert household.services.reminders == {}


def test_two_calls_at_once_keep_one_record(household: Household) -> None:
    clients = [household.offered()[0] for _ in range(4)]
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda client=client: answers.append(client.intent(YES).text)) for client in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(text.startswith("I will remind you") for text in answers) == 1
    assert sum(text.startswith("I keep a reminder") for text in answers) == 3
    assert len(household.services.reminders) == 1
    assert KEY in household.environ["FOLLOW_UP_KEYS"]
