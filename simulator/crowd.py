"""Many people at once: interviews as requests over the wire, and a service that is held against them.

Every response is compared, byte for byte of its JSON, with what the same interview gets when nobody else is there: a
server that shares anything between people is found out. For tests, and for ``benchmarks.load``.
"""

import json
import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from statistics import quantiles
from typing import Any

from simulator.client import DEVICES, AlexaClient
from simulator.entry import load_handler

CLIENTS = 4
"""Connections at once, each with its share of the interviews in hand: as many as waitress has threads by default."""

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"

LONGEST_INTERVIEW = 25
"""Turns after which an interview is broken off."""

REPLIES = {"AMAZON.NoIntent": 80, "AMAZON.YesIntent": 7, "UnsureIntent": 7, "WhyIntent": 3, "AMAZON.RepeatIntent": 3}
"""What people say, and how often in a hundred turns. Mostly no, so that the interviews are long."""

_VIDEO = {"codecs": ["H_264_42", "H_264_41"]}
_PIXELS = {"pixelWidth": 1280, "pixelHeight": 800}
SCREEN: Mapping[str, Any] = {
    "Viewport": {
        "experiences": [{"arcMinuteWidth": 346, "arcMinuteHeight": 216, "canRotate": False, "canResize": False}],
        "mode": "HUB",
        "shape": "RECTANGLE",
        "dpi": 160,
        "touch": ["SINGLE"],
        "video": _VIDEO,
        **_PIXELS,
        "currentPixelWidth": 1280,
        "currentPixelHeight": 800,
    },
    "Viewports": [
        {
            "type": "APL",
            "id": "main",
            "shape": "RECTANGLE",
            "dpi": 160,
            "presentationType": "STANDARD",
            "canRotate": False,
            "configuration": {"current": {"mode": "HUB", "video": _VIDEO, "size": {"type": "DISCRETE", **_PIXELS}}},
        }
    ],
    "Extensions": {"available": {"aplext:backstack:10": {}}},
}
"""What a device with a screen adds to the context of each request; two people in three have one."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One request as it goes over the wire, and the response that it has to get."""

    body: bytes
    expected: Mapping[str, Any]


@dataclass(kw_only=True)
class Measured:
    """What one service did."""

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    connected_seconds: float = 0.0
    """For how long requests were under way, over all connections."""

    @property
    def throughput(self) -> float:
        """Requests in a second, with ``CLIENTS`` of them under way at any time."""
        return len(self.milliseconds) / self.connected_seconds * CLIENTS

    def percentile(self, percent: int) -> float:
        """Return the time, in milliseconds, within which ``percent`` of the requests were answered."""
        return quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]


def interviews(number: int, seed: int = 1) -> list[list[Turn]]:
    """Return ``number`` interviews, each with its own answers and device, as the real handler holds them alone."""
    chance, handler = random.Random(seed), load_handler()  # noqa: S311 no secret
    held = []
    for person in range(number):
        client = AlexaClient(
            handler=handler, skill_id=SKILL_ID, user_id=f"person {person}", device=list(DEVICES)[person % len(DEVICES)]
        )
        client.launch()
        while client.is_open and len(client.exchanges) < LONGEST_INTERVIEW:
            client.intent(chance.choices(list(REPLIES), list(REPLIES.values()))[0])
        context = SCREEN if client.device != "speaker" else {}
        held.append(
            [
                Turn(body=json.dumps({**event, "context": {**event["context"], **context}}).encode(), expected=response)
                for event, response in client.exchanges
            ]
        )
    return held


def interleaved(held: Sequence[Sequence[Turn]], seed: int) -> list[Turn]:
    """Return all turns of ``held`` in one order, people's turns mixed at random, each person's own in their order."""
    order = [person for person, turns in enumerate(held) for _ in turns]
    random.Random(seed).shuffle(order)  # noqa: S311 no secret
    left = [iter(turns) for turns in held]
    return [next(left[person]) for person in order]


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service under load."""

    port: int
    """On loopback."""
    headers: Mapping[bytes, Mapping[str, str]] = field(default_factory=dict)
    """More headers for each body, such as its signature."""
    is_ours: bool = True
    """Whether the responses have to be those of the interviews; the hello-world's are only counted."""


def drive(
    service: Service, held: Sequence[Sequence[Turn]], measured: Measured, *, deadline: float = float("inf")
) -> None:
    """Hold the interviews ``held`` with ``service`` over ``CLIENTS`` connections, and add to ``measured``.

    Each connection has its share of people and mixes their turns. After ``deadline``, on the monotonic clock, it stops.
    """
    lock = threading.Lock()

    def one(share: int) -> None:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=30)
        times, errors, answers = [], [], []
        for turn in interleaved(held[share::CLIENTS], seed=share):
            if time.monotonic() > deadline:
                errors.append("the time was over")
                break
            more = service.headers.get(turn.body, {})
            begun = time.perf_counter()
            connection.request("POST", "/alexa", turn.body, {"Content-Type": "application/json", **more})
            answer = connection.getresponse()
            content = answer.read()
            times.append((time.perf_counter() - begun) * 1000)
            answers.append((turn, answer.status, content))
        connection.close()
        # Only now: comparing takes time, and the connections share this process.
        for turn, status, content in answers:
            if status != HTTPStatus.OK:
                errors.append(f"status {status}")
            elif service.is_ours and json.loads(content) != turn.expected:
                errors.append("another response than alone")
        with lock:
            measured.milliseconds += times
            measured.connected_seconds += sum(times) / 1000
            measured.errors += errors

    threads = [threading.Thread(target=one, args=(share,)) for share in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
