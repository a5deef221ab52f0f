"""Keys of signatures: strangers cannot occupy a thread, a fetch ends in time, and an outage is not noticed."""

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.verification import Store

from simulator.authority import SIGNER, Authority, host_file, pem, rsa_key, trusting
from simulator.client import AlexaClient
from skill.adapters.alexa.event import WrongSkillError
from skill.adapters.web.certificate_host import FETCH_SECONDS, CertificateHost
from skill.adapters.web.certificates import LONGEST_PATH, UnverifiedRequestError, signing_key
from skill.adapters.web.signing_keys import (
    FAILED_SECONDS,
    MOST_FAILURES,
    MOST_FETCHES,
    MOST_WAITING,
    RENEWED_SECONDS,
    TRUSTED_SECONDS,
    SigningKeys,
)
from skill.adapters.web.verification import SIGNATURE_BYTES, AlexaSignature

KEY = rsa_key("alexa")
PATH = "/echo.api/good.pem"
SKILL_ID = "amzn1.ask.skill.ours"
SECONDS = 0.5
"""For a fetch in these tests; production gives FETCH_SECONDS."""


@pytest.fixture(scope="module")
def trusted() -> Authority:
    return Authority("Trusted")


@dataclass
class Clock:
    """A clock that tests set."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(kw_only=True)
class Host:
    """A certificate host in this process: it answers at once, waits until it is let go, or fails."""

    seconds: float = 10
    content: bytes = b""
    asked: list[str] = field(default_factory=list)
    running: int = 0
    most: int = 0
    lets_go: threading.Event = field(default_factory=threading.Event)
    fails: bool = False

    def __post_init__(self) -> None:
        self.lets_go.set()

    def fetch(self, path: str) -> bytes:
        self.asked.append(path)
        self.running += 1
        self.most = max(self.most, self.running)
        self.lets_go.wait(10)
        self.running -= 1
        if self.fails:
            raise UnverifiedRequestError("The certificate cannot be fetched: TimeoutError.")
        return self.content


@pytest.fixture
def host(trusted: Authority) -> Iterator[Host]:
    made = Host(content=trusted.chain(trusted.leaf(SIGNER, key=KEY)))
    yield made
    made.lets_go.set()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(trusted: Authority, host: Host, clock: Clock) -> SigningKeys:
    return SigningKeys([trusted.root], host, clock)


def together(number: int, ask: Callable[[int], object]) -> list[object]:
    """Call ``ask`` in so many threads and return what each came to."""
    came_to: list[object] = [None] * number

    def one(of: int) -> None:
        try:
            came_to[of] = ask(of)
        except UnverifiedRequestError as error:
            came_to[of] = error

    threads = [threading.Thread(target=one, args=(of,)) for of in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return came_to


def until(is_so: Callable[[], bool]) -> None:
    """Wait until ``is_so``, ten seconds at most."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


# --- Nothing is fetched for a request that cannot be Alexa's


def request(**changes: Any) -> dict[str, Any]:
    return AlexaClient(handler=None, skill_id=SKILL_ID).envelope({"type": "LaunchRequest", **changes})


FREE: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "a signature of a byte less": ({"Signature-256": "A" * 340}, {}),
    "a signature of a byte more": ({"Signature-256": "A" * 343 + "="}, {}),
    "a signature of another length in base64 of the right one": ({"Signature-256": "A" * 344}, {}),
    "an address with another character": ({"SignatureCertChainUrl": "https://s3.amazonaws.com/echo.api/a~b.pem"}, {}),
    "an address in a folder": ({"SignatureCertChainUrl": "https://s3.amazonaws.com/echo.api/a/b.pem"}, {}),
    "a long address": ({"SignatureCertChainUrl": f"https://s3.amazonaws.com/echo.api/{'a' * LONGEST_PATH}"}, {}),
    "an endless address": ({"SignatureCertChainUrl": f"https://s3.amazonaws.com/echo.api/{'../' * 9_000}a"}, {}),
    "an old timestamp": ({}, {"timestamp": "2020-01-01T00:00:00Z"}),
    "no timestamp": ({}, {"timestamp": None}),
}


@pytest.mark.parametrize(("headers", "changes"), FREE.values(), ids=FREE)
def test_what_costs_nothing_is_checked_before_a_fetch(
    keys: SigningKeys, host: Host, headers: dict[str, str], changes: dict[str, Any]
) -> None:
    right = {"Signature-256": "A" * 342 + "==", "SignatureCertChainUrl": f"https://s3.amazonaws.com{PATH}"}
    with pytest.raises(UnverifiedRequestError):
        AlexaSignature(keys).check({**right, **headers}, b"", lambda: request(**changes), SKILL_ID)
    assert host.asked == []


def test_a_request_for_another_skill_fetches_nothing(keys: SigningKeys, host: Host) -> None:
    headers = {"Signature-256": "A" * 342 + "==", "SignatureCertChainUrl": f"https://s3.amazonaws.com{PATH}"}
    with pytest.raises(WrongSkillError):
        AlexaSignature(keys).check(headers, b"", request, "amzn1.ask.skill.other")
    assert host.asked == []


def test_a_request_that_passes_all_of_that_does_fetch(keys: SigningKeys, host: Host) -> None:
    """The control."""
    headers = {"Signature-256": "A" * 342 + "==", "SignatureCertChainUrl": f"https://s3.amazonaws.com{PATH}"}
    with pytest.raises(UnverifiedRequestError, match="not of this body"):
        AlexaSignature(keys).check(headers, b"", request, SKILL_ID)
    assert host.asked == [PATH]
    assert KEY.key_size // 8 == SIGNATURE_BYTES


# --- Strangers cannot occupy it


def test_one_fetch_serves_all_who_ask_for_an_address(keys: SigningKeys, host: Host) -> None:
    host.lets_go.clear()
    threading.Timer(0.1, host.lets_go.set).start()
    came_to = together(MOST_WAITING, lambda _: keys.fetched(PATH))
    assert len({id(key) for key in came_to}) == 1
    assert not isinstance(came_to[0], UnverifiedRequestError)
    assert host.asked == [PATH]


def test_two_fetches_at_once_at_most_and_the_rest_is_refused_without_waiting(keys: SigningKeys, host: Host) -> None:
    keys.fetched(PATH)
    host.seconds = SECONDS
    host.lets_go.clear()
    waiting = threading.Thread(target=together, args=(64, lambda of: keys.fetched(f"/echo.api/{of}.pem")))
    waiting.start()
    until(lambda: host.running == MOST_FETCHES)
    begun = time.perf_counter()
    with pytest.raises(UnverifiedRequestError, match="others are being fetched"):
        keys.fetched("/echo.api/another.pem")
    assert keys.known(PATH) is not None
    assert time.perf_counter() - begun < SECONDS / 2
    waiting.join(20)
    assert host.most == MOST_FETCHES


def test_few_requests_wait_for_a_fetch(keys: SigningKeys, host: Host) -> None:
    host.seconds = SECONDS
    host.lets_go.clear()
    came_to = together(MOST_WAITING + 20, lambda _: keys.fetched(PATH))
    reasons = [str(error) for error in came_to]
    assert sum("took longer" in reason for reason in reasons) >= MOST_WAITING
    assert sum("Too many requests are waiting" in reason for reason in reasons) > 0


def test_nobody_waits_again_for_a_fetch_whose_time_is_over(keys: SigningKeys, host: Host) -> None:
    """So it is where the system hangs while it resolves the name."""
    host.seconds = SECONDS
    host.lets_go.clear()
    for bound in (SECONDS * 4, SECONDS / 2):
        begun = time.perf_counter()
        with pytest.raises(UnverifiedRequestError, match="took longer"):
            keys.fetched(PATH)
        assert time.perf_counter() - begun < bound
    assert host.asked == [PATH]


def test_a_failure_is_remembered_for_a_minute(keys: SigningKeys, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host.fails = True
    for reason in ("cannot be fetched", "failed a moment ago"):
        with pytest.raises(UnverifiedRequestError, match=reason):
            keys.fetched(PATH)
    host.fails = False
    clock = time.monotonic
    monkeypatch.setattr("skill.adapters.web.signing_keys.time.monotonic", lambda: clock() + FAILED_SECONDS)
    assert keys.fetched(PATH)
    assert host.asked == [PATH] * 2


def test_failures_are_forgotten_before_they_fill_the_memory(keys: SigningKeys, host: Host) -> None:
    host.fails = True
    for number in range(MOST_FAILURES + 5):
        with suppress(UnverifiedRequestError):
            keys.fetched(f"/echo.api/{number}.pem")
    assert len(keys._failed) == MOST_FAILURES  # noqa: SLF001 the bound is inside


# --- The host may be gone for a day


def test_a_key_is_renewed_in_the_background_before_its_hour_ends(keys: SigningKeys, host: Host, clock: Clock) -> None:
    keys.fetched(PATH)
    clock.ahead = timedelta(seconds=RENEWED_SECONDS + 1)
    host.lets_go.clear()
    assert keys.known(PATH) is not None  # while the host lets us wait
    host.lets_go.set()
    until(lambda: not keys._fetches)  # noqa: SLF001 what runs in the background is inside
    assert keys.known(PATH) is not None
    assert host.asked == [PATH] * 2
    assert RENEWED_SECONDS < TRUSTED_SECONDS


def test_a_key_is_served_with_a_warning_while_the_host_is_gone(
    keys: SigningKeys, host: Host, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    keys.fetched(PATH)
    host.fails = True
    for hours in (1.1, 12, 24, 24 * 29):
        clock.ahead = timedelta(hours=hours)
        keys._failed.clear()  # noqa: SLF001 a minute is over
        assert keys.known(PATH) is not None
        until(lambda: PATH in keys._failed and not keys._lock.locked())  # noqa: SLF001 what runs in the background is inside
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == 4
    assert "its key is used until" in warnings[0].getMessage()


def test_no_key_is_served_past_the_end_of_its_chain(
    trusted: Authority, keys: SigningKeys, host: Host, clock: Clock
) -> None:
    ends = datetime.now(UTC) + timedelta(minutes=16)
    host.content = trusted.chain(trusted.leaf(SIGNER, key=KEY, until=ends))
    keys.fetched(PATH)
    clock.ahead = timedelta(minutes=15)
    assert keys.known(PATH) is not None
    clock.ahead = timedelta(minutes=17)
    assert keys.known(PATH) is None
    with pytest.raises(UnverifiedRequestError, match="not valid"):
        keys.fetched(PATH)


def test_a_chain_that_the_host_has_replaced_by_a_bad_one_is_dropped(
    keys: SigningKeys, host: Host, clock: Clock
) -> None:
    keys.fetched(PATH)
    host.content = b"no certificate"
    clock.ahead = timedelta(seconds=RENEWED_SECONDS + 1)
    keys.known(PATH)
    until(lambda: not keys._fetches)  # noqa: SLF001 what runs in the background is inside
    assert keys.known(PATH) is None


# --- The certificate itself


@pytest.mark.parametrize("names", [("*.amazon.com",), ("Echo-API.amazon.com",), ("ECHO-API.AMAZON.COM", "amazon.com")])
def test_a_name_that_is_only_like_it_is_refused(trusted: Authority, names: tuple[str, ...]) -> None:
    store = Store([trusted.root])
    with pytest.raises(UnverifiedRequestError):
        signing_key(trusted.chain(trusted.leaf(*names, key=KEY)), store, datetime.now(UTC))
    assert signing_key(trusted.chain(trusted.leaf(*names, SIGNER, key=KEY)), store, datetime.now(UTC))


@pytest.mark.parametrize("version", [0, 1, 3, 6, 127])
def test_a_certificate_of_another_version_is_refused(trusted: Authority, version: int) -> None:
    der = trusted.leaf(SIGNER, key=KEY).public_bytes(Encoding.DER)
    right = bytes.fromhex("a003020102")  # [0] INTEGER 2, which is version 3
    assert der.count(right) == 1
    other = der.replace(right, right[:-1] + bytes([version]))
    content = ssl.DER_cert_to_PEM_cert(other).encode() + pem(trusted.intermediate)
    with pytest.raises(UnverifiedRequestError):
        signing_key(content, Store([trusted.root]), datetime.now(UTC))
    assert load_der_x509_certificate(der)


# --- A fetch takes three seconds at most


@contextmanager
def host_that(answers: Callable[[ssl.SSLSocket], None] | None, file: Path) -> Iterator[tuple[str, int]]:
    """Serve one connection after another; ``answers`` gets it after the handshake, None never begins one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                if answers is None:
                    time.sleep(SECONDS * 4)
                    return
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(4096)
                    answers(secure)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()


def drip(before: bytes) -> Callable[[ssl.SSLSocket], None]:
    def send(connection: ssl.SSLSocket) -> None:
        connection.sendall(before)
        for _ in range(200):
            connection.sendall(b"x")
            time.sleep(SECONDS / 10)

    return send


SLOW: dict[str, Callable[[ssl.SSLSocket], None] | None] = {
    "the handshake": None,
    "the headers": drip(b"HTTP/1.1 200 OK\r\nX-Slow: "),
    "the status": drip(b"HTTP/1.1 "),
    "the body": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
    "a body without an end": drip(b"HTTP/1.1 200 OK\r\n\r\n"),
    "a chunk": drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    "silence": lambda _: time.sleep(SECONDS * 4),
}


@pytest.mark.parametrize("answers", SLOW.values(), ids=SLOW)
def test_a_host_that_drips_is_left_in_time(
    trusted: Authority, tmp_path: Path, answers: Callable[[ssl.SSLSocket], None] | None
) -> None:
    with host_that(answers, host_file(trusted, tmp_path)) as address:
        there = CertificateHost(address=address, tls=trusting(trusted), seconds=SECONDS)
        begun = time.monotonic()
        with pytest.raises(UnverifiedRequestError, match="took longer than"):
            there.fetch(PATH)
        assert time.monotonic() - begun < SECONDS * 2.5


def test_eight_dead_addresses_take_no_longer_than_one(trusted: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:  # those that wait fill its queue, and whoever comes now hears nothing
            one.setblocking(False)
            one.connect_ex(address)
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)] * 8
        monkeypatch.setattr("skill.adapters.web.certificate_host.socket.getaddrinfo", lambda *_, **__: found)
        begun = time.monotonic()
        with pytest.raises(UnverifiedRequestError):
            CertificateHost(tls=trusting(trusted), seconds=SECONDS).fetch(PATH)
        assert SECONDS * 0.5 < time.monotonic() - begun < SECONDS * 2.5
        for one in crowd:
            one.close()


def test_production_gives_three_seconds() -> None:
    assert CertificateHost.amazon().seconds == FETCH_SECONDS == 3
