"""A thousand interviews at once through the web service, next to a hello-world of the SDK in the same run.

Run it as ``python -m benchmarks.load``; it writes docs/load.md. Every response is compared, byte for byte of its JSON,
with what the same interview gets when nobody else is there: a server that shares anything between people fails.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.load_servers import SERVERS, THREADS
from simulator import authority
from simulator.crowd import CLIENTS, Measured, Service, drive, interviews

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "load.md"
ROUNDS = 4
"""The services take turns this many times, so that what else the machine does falls on all of them alike."""


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
        files.files["/echo.api/load.pem"] = trusted.chain(trusted.leaf(authority.SIGNER, key=key))
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
    _, mark, hostility = REPORT.read_text("utf-8").partition("<!-- hostility")  # the other half is another program's
    REPORT.write_text(f"{text}\n{mark}{hostility}" if mark else text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
