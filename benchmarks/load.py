"""A thousand interviews at once through the web service, next to a hello-world of the SDK in the same run.

Run it as ``python -m benchmarks.load``; it writes docs/load.md. Every response is compared, byte for byte of its JSON,
with what the same interview gets when nobody else is there: a server that shares anything between people fails.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.load_servers import SERVERS, SKILL_ID, THREADS
from simulator.client import DEVICES, AlexaClient
from simulator.entry import load_handler

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "load.md"
CLIENTS = THREADS
"""Connections at once, each with its share of the interviews in hand: as many as the server has threads."""

ROUNDS = 4
"""The services take turns this many times, so that what else the machine does falls on all of them alike."""

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
            if status != 200:  # noqa: PLR2004 the one good status
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


@contextmanager
def served(name: str, root: Path, port: int, now: datetime) -> Iterator[int]:
    """Run one of ``SERVERS`` and yield its port."""
    arguments = [name, str(root), str(port), now.isoformat()]
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.load_servers", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def measure(number: int, seconds: float) -> tuple[dict[str, Measured], int]:
    """Hold ``number`` interviews with each service, in turns, for ``seconds`` at most.

    Returns:
        What was measured by service, and how many turns the interviews have.
    """
    sys.path.append(str(ROOT / "tests"))
    import authority  # noqa: PLC0415 the certificate authority of the tests

    held, now = interviews(number), datetime.now(UTC)
    key, trusted = authority.rsa_key("alexa"), authority.Authority("Load")
    url = "https://s3.amazonaws.com/echo.api/load.pem"
    signatures = {
        turn.body: {"Signature-256": authority.signed(turn.body, key), "SignatureCertChainUrl": url}
        for turns in held
        for turn in turns
    }
    found = {name: Measured() for name in SERVERS}
    deadline = time.monotonic() + seconds
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = stack.enter_context(authority.serving(trusted, folder))
        files.files["/echo.api/load.pem"] = trusted.chain(trusted.leaf(authority.SIGNER, key))
        root = folder / "root.pem"
        root.write_bytes(authority.pem(trusted.root))
        ports = {name: stack.enter_context(served(name, root, files.address[1], now)) for name in SERVERS}
        services = {
            name: Service(port=port, headers=signatures if name == "signed" else {}, is_ours=name != "hello")
            for name, port in ports.items()
        }
        for service in services.values():  # once to warm up, unmeasured
            drive(service, held[:10], Measured())
        bounds = [number * part // ROUNDS for part in range(ROUNDS + 1)]
        for begin, end in pairwise(bounds):
            for name, service in services.items():
                drive(service, held[begin:end], found[name], deadline=deadline)
    return found, sum(len(turns) for turns in held)


NAMES = {
    "hello": "flask-ask-sdk hello-world, unverified",
    "guide": "Upper Back Guide, unverified",
    "signed": "Upper Back Guide, as in production: every request verified",
}


def report(found: Mapping[str, Measured], number: int, turns: int) -> str:
    """Return the report as Markdown."""
    rows = "\n".join(
        f"| {NAMES[name]} | {one.throughput:.0f} | {one.percentile(50):.1f} | {one.percentile(99):.1f} "
        f"| {len(one.errors)} |"
        for name, one in found.items()
    )
    machine = f"Python {platform.python_version()} with {os.cpu_count()} cores"
    ratio = found["signed"].percentile(99) / found["hello"].percentile(99)
    return f"""\
# Load

Written by `python -m benchmarks.load`. {number:,} interviews, {turns:,} turns, mixed at random over {CLIENTS}
connections to waitress with {THREADS} threads on loopback. The services took turns {ROUNDS} times in one run, on
{machine} that also sent the requests. Figures of one run can be compared, those of two cannot.

| service | requests a second | median, ms | p99, ms | errors |
|---|---|---|---|---|
{rows}

The p99 of the guide with verification is {ratio:.2f} times that of the hello-world without it.

An error is a status other than 200, or a response that differs in anything from the one that the same interview gets
with nobody else there: so nothing is shared between people. The hello-world is the SDK's own, with one handler for all
intents, under the SDK's adapter, without verification, since its way of verifying needs Amazon's host.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report, and return the exit status: 1 with a sentence when there were errors."""
    parser = argparse.ArgumentParser(prog="load", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--interviews", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--seconds", type=float, default=300, help="the longest time for all of them (default: 300)")
    options = parser.parse_args(arguments)
    found, turns = measure(options.interviews, options.seconds)
    text = report(found, options.interviews, turns)
    print(text)
    if errors := sorted({error for one in found.values() for error in one.errors}):
        print(f"Not written: {'; '.join(errors)}.", file=sys.stderr)
        return 1
    REPORT.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
