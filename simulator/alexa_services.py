"""Plays Alexa's own services on loopback: reminders, and the time zone of a device.

What it takes and gives is held to Amazon's specification (``specification.py``) and to the rules of the "Reminders REST
API Reference" that no type can say. It can be made to refuse, to hang, and to fail.
"""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from simulator.specification import faults

REQUEST = "ask_sdk_model.services.reminder_management.reminder_request.ReminderRequest"
"""What a reminder is asked for with, in Amazon's specification."""

MOST_REMINDERS = 250
"""Of one account."""

ZONE, CREATE, DELETE = "zone", "create", "delete"
"""The calls, as ``AlexaServices.trouble`` names them."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What becomes of a call instead of its answer."""

    status: int = 0
    """0 hangs up without an answer."""
    code: str = ""
    body: str | None = None
    """Sent as it is; None is Amazon's object with ``code`` and ``message``."""
    seconds: float = 0.0
    """Waited before anything is sent."""


@dataclass(kw_only=True)
class AlexaServices:
    """The services. Use it in a ``with`` block; ``endpoint`` is what a request names as ``apiEndpoint``."""

    time_zone: str | None = "America/New_York"
    permitted: bool = True
    """Whether the account has allowed the skill to set reminders."""
    access_token: str = "none"  # noqa: S105 that of simulator/client.py
    reminders: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was asked for, by token."""
    calls: list[str] = field(default_factory=list)
    """The calls in order, by name."""
    trouble: dict[str, Trouble] = field(default_factory=dict)
    """What becomes of a call, by its name."""

    def __enter__(self) -> Self:
        """Listen on a port of this computer."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _served_by(self))
        self._server.daemon_threads = True
        self._ended = threading.Event()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening, and let go of whoever still waits."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def endpoint(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def next_time(self) -> datetime | None:
        """Return when the next reminder is spoken; None where there is none."""
        return min(map(_time_of, self.reminders.values()), default=None)

    def spoken_by(self, now: datetime) -> list[str]:
        """Return what the reminders say whose time has come by ``now``, and forget them: each is spoken once."""
        due = [token for token, asked in self.reminders.items() if _time_of(asked) <= now]
        return [self.reminders.pop(token)["alertInfo"]["spokenInfo"]["content"][0]["text"] for token in due]

    def answer(self, call: str, token: str, body: str) -> tuple[int, str]:
        """Return status and body of the answer to ``call``; status 0 is no answer at all."""
        self.calls.append(call)
        if trouble := self.trouble.get(call):
            self._ended.wait(trouble.seconds)
            return trouble.status, trouble.body if trouble.body is not None else _error(trouble.code)
        if call == ZONE:
            return (200, json.dumps(self.time_zone)) if self.time_zone else (204, "")
        if not self.permitted:
            return 401, _error("UNAUTHORIZED")
        if call == DELETE:
            return (200, "") if self.reminders.pop(token, None) else (404, _error("ALERT_NOT_FOUND"))
        return self._create(body)

    def _create(self, body: str) -> tuple[int, str]:
        try:
            asked = json.loads(body)
        except ValueError:
            return 400, _error("INVALID_REQUEST")
        if found := list(faults(asked, REQUEST)) or list(_faults(asked)):
            return 400, json.dumps({"code": "INVALID_REQUEST", "message": " ".join(found)})
        if len(self.reminders) >= MOST_REMINDERS:
            return 403, _error("MAX_REMINDERS_EXCEEDED")
        token = str(uuid.uuid4())
        self.reminders[token] = asked
        now = datetime.now(UTC).isoformat()
        return 200, json.dumps(
            {
                "alertToken": token,
                "createdTime": now,
                "updatedTime": now,
                "status": "ON",
                "version": "1",
                "href": f"/v1/alerts/reminders/{token}",
            }
        )


def _faults(asked: dict[str, Any]) -> Iterator[str]:
    """Yield what the reference asks for beyond the types."""
    trigger = asked.get("trigger", {})
    needed = {"SCHEDULED_ABSOLUTE": ("scheduledTime", "timeZoneId"), "SCHEDULED_RELATIVE": ("offsetInSeconds",)}
    for name in ("requestTime", "trigger", "alertInfo"):
        if name not in asked:
            yield f"{name} is missing."
    for name in needed.get(trigger.get("type"), ("type",)):
        if name not in trigger:
            yield f"trigger.{name} is missing."
    for name, time in (("requestTime", asked.get("requestTime")), ("scheduledTime", trigger.get("scheduledTime"))):
        if isinstance(time, str) and datetime.fromisoformat(time).tzinfo:
            yield f"{name} has an offset; it is the time on the clock of the device."
    if trigger.get("type") == "SCHEDULED_ABSOLUTE" and trigger.get("scheduledTime", "") <= asked.get("requestTime", ""):
        yield "scheduledTime is over."
    content = asked.get("alertInfo", {}).get("spokenInfo", {}).get("content") or [{}]
    if not all(one.get("locale") and (one.get("text") or one.get("ssml")) for one in content):
        yield "content has no locale or no words."


def _time_of(asked: dict[str, Any]) -> datetime:
    trigger = asked["trigger"]
    if trigger["type"] == "SCHEDULED_RELATIVE":
        said = datetime.fromisoformat(asked["requestTime"]).replace(tzinfo=UTC)
        return said + timedelta(seconds=trigger["offsetInSeconds"])
    return datetime.fromisoformat(trigger["scheduledTime"]).replace(tzinfo=ZoneInfo(trigger["timeZoneId"]))


def _error(code: str) -> str:
    return json.dumps({"code": code, "message": "as it was asked to answer"})


def _served_by(services: AlexaServices) -> type[BaseHTTPRequestHandler]:
    class Api(BaseHTTPRequestHandler):
        """The addresses of the two services."""

        def do_POST(self) -> None:
            """Set a reminder."""
            self._answer(CREATE if self.path == "/v1/alerts/reminders" else "")

        def do_DELETE(self) -> None:
            """Take a reminder off."""
            self._answer(DELETE if self.path.startswith("/v1/alerts/reminders/") else "")

        def do_GET(self) -> None:
            """Say in which zone the device stands."""
            self._answer(ZONE if self.path.endswith("/settings/System.timeZone") else "")

        def _answer(self, call: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            if not call or self.headers.get("Authorization") != f"Bearer {services.access_token}":
                self._send(404 if not call else 401, _error("UNAUTHORIZED"))
                return
            self._send(*services.answer(call, unquote(self.path.rpartition("/")[2]), body))

        def _send(self, status: int, body: str) -> None:
            with suppress(OSError):  # who asked may have given up
                if not status:
                    return
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Api
