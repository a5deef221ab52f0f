"""The web service under strangers: 64 unsigned clients, a certificate host that fails, connections that say nothing.

Run it as ``python -m benchmarks.hostility``; it writes the second half of docs/load.md. Everything runs on loopback,
for a bounded time. The service is the production server with its production settings, in a process of its own; the
strangers are in another, and Alexa's requests come from a third.
"""

import argparse
import base64
import json
import os
import platform
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from statistics import quantiles

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from simulator import authority
from simulator.client import AlexaClient
from simulator.crowd import SKILL_ID
from skill.adapters.web.connections import MOST_CONNECTIONS
from skill.adapters.web.server import THREADS
from skill.adapters.web.signing_keys import MOST_FETCHES

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "load.md"
MARK = "<!-- hostility: written by python -m benchmarks.hostility -->"
"""Where the second half of the report begins."""

STRANGERS = 64
SIGNED_MS, HEALTH_MS = 100.0, 50.0
"""The goals: the p99 of a signed request, and of a look at /health."""

PATH = "/echo.api/load.pem"


@dataclass(kw_only=True)
class Case:
    """One kind of hostility."""

    name: str
    server: tuple[str, ...] = ()
    host: str = "well"
    """What the certificate host does after the first fetch: well, down or drips."""
    idle: int = 0
    """Connections that are held open and say nothing."""
    strangers: int = STRANGERS
    behind_nginx: bool = False
    is_answered: bool = True
    """Whether Alexa's requests get an answer; with a wrong clock they must not."""


CASES = (
    Case(name="nobody else", strangers=0),
    Case(name="64 unsigned clients"),
    Case(name="the same, the certificate host is down", host="down"),
    Case(name="the same, it drips its headers", host="drips"),
    Case(name="the same, its name hangs in resolution", server=("--hangs",)),
    Case(name="the clock three minutes off", server=("--ahead", "3"), is_answered=False),
    Case(name=f"{MOST_CONNECTIONS - 1} idle connections", idle=MOST_CONNECTIONS - 1, strangers=0),
    Case(name="64 unsigned clients, behind nginx", behind_nginx=True),
    Case(
        name=f"{MOST_CONNECTIONS - 1} idle connections, behind nginx",
        idle=MOST_CONNECTIONS - 1,
        strangers=0,
        behind_nginx=True,
    ),
)


@dataclass(kw_only=True)
class Found:
    """What was measured of one case."""

    signed: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    refused: int = 0
    """Requests of strangers."""
    fetches: int = 0
    """At once, at most."""


def body() -> bytes:
    """Return a launch as Alexa sends it now."""
    return json.dumps(AlexaClient(handler=None, skill_id=SKILL_ID).envelope({"type": "LaunchRequest"})).encode()


def attack(port: int, seconds: float, *, tls: bool) -> int:
    """Send unsigned requests that pass every check that is free, over ``STRANGERS`` connections; return how many."""
    end, counts = time.monotonic() + seconds, [0] * STRANGERS
    signature = base64.b64encode(os.urandom(256)).decode()

    def one(number: int) -> None:
        while time.monotonic() < end:
            with suppress(OSError, HTTPException):
                connection = _connection(port, tls=tls, source=f"127.0.1.{number + 1}")
                while time.monotonic() < end:
                    url = f"https://s3.amazonaws.com/echo.api/{os.urandom(8).hex()}.pem"
                    headers = {"Signature-256": signature, "SignatureCertChainUrl": url}
                    connection.request("POST", "/alexa", body(), {"Content-Type": "application/json", **headers})
                    connection.getresponse().read()
                    counts[number] += 1

    threads = [threading.Thread(target=one, args=(number,)) for number in range(STRANGERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def _connection(port: int, *, tls: bool, source: str = "127.0.0.1") -> HTTPConnection:
    if not tls:
        return HTTPConnection("127.0.0.1", port, timeout=10, source_address=(source, 0))
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return HTTPSConnection("127.0.0.1", port, timeout=10, source_address=(source, 0), context=context)


def measure(case: Case, seconds: float) -> Found:
    """Return what becomes of Alexa's requests and of /health in ``case``."""
    found = Found()
    key, trusted = authority.rsa_key("alexa"), authority.Authority("Hostility")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = stack.enter_context(authority.serving(trusted, folder))
        files.files[PATH] = trusted.chain(trusted.leaf(authority.SIGNER, key=key))
        root = folder / "root.pem"
        root.write_bytes(authority.pem(trusted.root))
        server, port = stack.enter_context(_served(root, files.address[1], case.server))
        front = (
            stack.enter_context(_nginx(port, folder, authority.host_file(trusted, folder)))
            if case.behind_nginx
            else port
        )
        _ask(port, key, found, tls=False)  # the key is fetched, as it is in a service that runs
        found.signed.clear()
        found.statuses.clear()
        files.becomes = case.host
        held = [socket.create_connection(("127.0.0.1", front)) for _ in range(case.idle)]
        strangers = stack.enter_context(_strangers(front, seconds, tls=case.behind_nginx)) if case.strangers else None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _ask(front, key, found, tls=case.behind_nginx)
            _health(port, found)
            time.sleep(0.02)
        for one in held:
            one.close()
        if strangers:
            found.refused = int(strangers.communicate()[0])
        assert server.stdin
        assert server.stdout
        server.stdin.write("\n")
        server.stdin.flush()
        found.fetches = int(server.stdout.readline())
    return found


def _ask(port: int, key: RSAPrivateKey, found: Found, *, tls: bool) -> None:
    """Send one request as Alexa does, over a connection of its own."""
    content = body()
    headers = {
        "Content-Type": "application/json",
        "Signature-256": authority.signed(content, key),
        "SignatureCertChainUrl": f"https://s3.amazonaws.com{PATH}",
    }
    begun = time.perf_counter()
    connection = _connection(port, tls=tls)
    try:
        connection.request("POST", "/alexa", content, headers)
        response = connection.getresponse()
        response.read()
        found.statuses[response.status] += 1
    except (OSError, HTTPException):
        found.statuses[0] += 1
    finally:
        connection.close()
    found.signed.append((time.perf_counter() - begun) * 1000)


def _health(port: int, found: Found) -> None:
    begun = time.perf_counter()
    connection = _connection(port, tls=False)
    try:
        connection.request("GET", "/health")
        connection.getresponse().read()
    except (OSError, HTTPException):
        found.statuses[0] += 1
    finally:
        connection.close()
    found.health.append((time.perf_counter() - begun) * 1000)


@contextmanager
def _served(root: Path, port: int, more: tuple[str, ...]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.hostile_server", str(root), str(port), *more]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.terminate()


@contextmanager
def _strangers(port: int, seconds: float, *, tls: bool) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.hostility",
        "--attack",
        str(port),
        "--seconds",
        str(seconds),
    ]
    with subprocess.Popen(
        [*command, *(["--tls"] if tls else [])], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


@contextmanager
def _nginx(port: int, folder: Path, certificate: Path) -> Iterator[int]:
    """Run nginx with hosting/nginx.conf before ``port`` and yield its port; files and ports are of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        front = int(free.getsockname()[1])
    site = (ROOT / "hosting" / "nginx.conf").read_text("utf-8")
    for old, new in {
        "listen 443": f"listen 127.0.0.1:{front}",
        "/etc/letsencrypt/live/guide.example.com/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/guide.example.com/privkey.pem": str(certificate),
        "http://127.0.0.1:8080": f"http://127.0.0.1:{port}",
    }.items():
        assert old in site
        site = site.replace(old, new)
    (folder / "site.conf").write_text(site, "utf-8")
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        "events { worker_connections 2048; }\n"
        f"http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; "
        f"include {folder}/site.conf; }}\n"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program
    with subprocess.Popen([program, "-c", str(main), "-p", str(folder)], stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", front)):
                break
            time.sleep(0.05)
        try:
            yield front
        finally:
            process.terminate()


def faults(case: Case, found: Found) -> Iterator[str]:
    """Yield what misses its goal."""
    right = 200 if case.is_answered else 400
    if set(found.statuses) != {right}:
        yield f"{case.name}: statuses {dict(found.statuses)}"
    if found.fetches > MOST_FETCHES:
        yield f"{case.name}: {found.fetches} fetches at once"


def _p99(times: list[float]) -> float:
    return quantiles(times, n=100, method="inclusive")[98]


def report(all_found: Mapping[str, Found], seconds: float) -> str:
    """Return the second half of docs/load.md."""
    rows = "\n".join(
        f"| {name} | {found.refused:,} | {len(found.signed)} | {_p99(found.signed):.0f} | {_p99(found.health):.0f} "
        f"| {max(found.health):.0f} | {found.fetches} |"
        for name, found in all_found.items()
    )
    load = os.getloadavg()[0]
    return f"""\
{MARK}

## Strangers

The production server with its {THREADS} threads, for {seconds:g} s each, on Python {platform.python_version()} with
{os.cpu_count()} cores that also sent all requests; the machine's load was {load:.1f}. The strangers send requests that
pass every check that is free, each with a certificate address of its own, as fast as they are answered. Alexa's
requests are signed launches; they come over connections of their own, one after another.

| what goes on | strangers' requests | Alexa's | p99, ms | /health p99, ms | /health at most, ms | fetches at once |
|---|---:|---:|---:|---:|---:|---:|
{rows}

The goals: {SIGNED_MS:g} ms for Alexa's, {HEALTH_MS:g} ms for /health, {MOST_FETCHES} fetches at once. With the clock
three minutes off every request is refused with 400, and nothing is fetched; in every other row every request of Alexa's
was answered with 200. A machine on which "nobody else" is near the goals, or beyond them, was too busy with other work
to show them: there only the rows beside each other say something. `/health` is asked for past nginx, which does not
show it to the world.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report, and return the exit status: 1 with a sentence where a request was lost."""
    parser = argparse.ArgumentParser(prog="hostility", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60, help="of each case (default: 60)")
    parser.add_argument("--attack", type=int, help="the port to send strangers' requests to; for this program itself")
    parser.add_argument("--tls", action="store_true", help="that port speaks TLS")
    options = parser.parse_args(arguments)
    if options.attack:
        print(attack(options.attack, options.seconds, tls=options.tls))
        return 0
    has_nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is not None
    if not has_nginx:
        print("nginx is not installed, so the cases behind it are left out; install it with your package manager.")
    all_found: dict[str, Found] = {}
    missed: list[str] = []
    for case in CASES:
        if case.behind_nginx and not has_nginx:
            continue
        all_found[case.name] = found = measure(case, options.seconds)
        missed += faults(case, found)
        print(f"{case.name}: {_p99(found.signed):.0f} ms, health {_p99(found.health):.0f} ms, {found.fetches} fetches")
    text = report(all_found, options.seconds)
    print(text)
    if missed:
        print(f"Not written: {'; '.join(missed)}.", file=sys.stderr)
        return 1
    before = REPORT.read_text("utf-8").partition(MARK)[0].rstrip()
    REPORT.write_text(f"{before}\n\n{text}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
