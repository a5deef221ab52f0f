"""The skill as a web service: what is signed and fresh is answered, everything else is refused and nothing leaks."""

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.skill_builder import SkillBuilder
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simulator.authority import SIGNER, Authority, CertificateFiles, pem, rsa_key, serving, signed, trusting
from simulator.client import AlexaClient
from skill.adapters.sdk import flask_adapter, oscrypto_version
from skill.adapters.web import certificates, connections
from skill.adapters.web import service as web_service
from skill.adapters.web.certificate_host import FETCH_SECONDS, LARGEST_CHAIN_BYTES, CertificateHost
from skill.adapters.web.certificates import LONGEST_PATH, UnverifiedRequestError, certificate_path
from skill.adapters.web.connections import (
    CROWDED,
    CROWDED_SECONDS,
    IDLE_SECONDS,
    MOST_CONNECTIONS,
    REQUEST_SECONDS,
)
from skill.adapters.web.refusals import MOST_A_SECOND, RefusalLog
from skill.adapters.web.request_body import DEEPEST
from skill.adapters.web.server import LISTEN, THREADS
from skill.adapters.web.service import HEALTH_ROUTE, LARGEST_BODY_BYTES, ROUTE, NotConfiguredError, create_app
from skill.adapters.web.signing_keys import (
    FAILED_SECONDS,
    MOST_CHAINS,
    MOST_FETCHES,
    MOST_WAITING,
    RENEWED_SECONDS,
    SigningKeys,
)
from skill.adapters.web.verification import OLDEST, SIGNATURE_BYTES, AlexaSignature

ROOT = Path(__file__).resolve().parent.parent
SKILL_ID = "amzn1.ask.skill.ours"
URL = "https://s3.amazonaws.com/echo.api/good.pem"
KEY = rsa_key("alexa")


@dataclass
class Clock:
    """A clock that tests set."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(kw_only=True)
class Amazon:
    """Sends what Alexa sends, or nearly that, to the real application."""

    web: FlaskClient
    files: CertificateFiles
    clock: Clock
    client: AlexaClient

    def event(self, **changes: Any) -> dict[str, Any]:
        """Return a launch in which parts of the request are changed."""
        return self.client.envelope({"type": "LaunchRequest", **changes})

    def post(
        self,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
        *,
        content_type: str | None = "application/json; charset=utf-8",
    ) -> TestResponse:
        """Send ``body``, signed as it should be; ``headers`` take the place of the right ones, None leaves one out."""
        body = json.dumps(self.event()).encode() if body is None else body
        right = {"Signature-256": signed(body, KEY), "SignatureCertChainUrl": URL}
        kept = {name: value for name, value in {**right, **(headers or {})}.items() if value is not None}
        return self.web.post("/alexa", data=body, headers=kept, content_type=content_type)


@pytest.fixture(scope="session")
def trusted() -> Authority:
    return Authority("Trusted")


@pytest.fixture(scope="session")
def certificate_host(trusted: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CertificateFiles]:
    with serving(trusted, tmp_path_factory.mktemp("certificates")) as files:
        leaf = trusted.leaf(SIGNER, key=KEY)
        files.files["/echo.api/good.pem"] = trusted.chain(leaf)
        files.files["/echo.api/wrong_name.pem"] = trusted.chain(trusted.leaf("echo-api.example.com", key=KEY))
        files.files["/echo.api/expired.pem"] = trusted.chain(
            trusted.leaf(SIGNER, key=KEY, until=datetime.now(UTC) - timedelta(days=1))
        )
        files.files["/echo.api/no_intermediate.pem"] = pem(leaf)
        other = Authority("Other")
        files.files["/echo.api/other_root.pem"] = other.chain(other.leaf(SIGNER, key=KEY)) + pem(other.root)
        elliptic = ec.generate_private_key(ec.SECP256R1())
        files.files["/echo.api/elliptic.pem"] = trusted.chain(trusted.leaf(SIGNER, key=elliptic))
        files.files["/echo.api/garbage.pem"] = b"-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n"
        files.files["/echo.api/text.pem"] = b"no certificate at all"
        files.files["/echo.api/large.pem"] = trusted.chain(leaf) + b"\n" * LARGEST_CHAIN_BYTES
        files.moved["/echo.api/moved.pem"] = URL
        yield files


def host(certificate_host: CertificateFiles, trusted: Authority) -> CertificateHost:
    return CertificateHost(address=certificate_host.address, tls=trusting(trusted), seconds=20)


@pytest.fixture
def amazon(trusted: Authority, certificate_host: CertificateFiles) -> Amazon:
    clock = Clock()
    keys = SigningKeys([trusted.root], host(certificate_host, trusted), clock)
    app = create_app({"SKILL_ID": SKILL_ID}, signature=AlexaSignature(keys, clock))
    certificate_host.asked.clear()
    return Amazon(
        web=app.test_client(),
        files=certificate_host,
        clock=clock,
        client=AlexaClient(handler=None, skill_id=SKILL_ID),
    )


def refused(response: TestResponse, status: int = 400, sentence: str = "The request could not be verified.") -> None:
    assert response.status_code == status
    assert response.get_json() == {"error": sentence}


# --- What is signed and fresh


def test_a_signed_request_is_answered(amazon: Amazon) -> None:
    response = amazon.post()
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert "Welcome to Upper Back Guide" in response.get_json()["response"]["outputSpeech"]["ssml"]


def test_the_answer_is_the_one_that_lambda_gives(amazon: Amazon, handler: Callable[..., Any]) -> None:
    event = amazon.event()
    assert amazon.post(json.dumps(event).encode()).get_json() == handler(event, None)


@pytest.mark.parametrize("type_", ["AlexaSkillEvent.SkillAccountUnlinked", "Brand.New"])
def test_a_type_that_the_sdk_does_not_know_gets_silence(amazon: Amazon, type_: str) -> None:
    assert amazon.post(json.dumps(amazon.event(type=type_)).encode()).get_json() == {"version": "1.0", "response": {}}


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "HTTPS://S3.AMAZONAWS.COM/echo.api/good.pem",
        "https://s3.amazonaws.com:443/echo.api/good.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/good.pem",
        "https://s3.amazonaws.com/echo.api//./good.pem",
    ],
)
def test_an_address_that_amazon_allows_is_fetched_normalized(amazon: Amazon, url: str) -> None:
    assert amazon.post(headers={"SignatureCertChainUrl": url}).status_code == 200
    assert amazon.files.asked == ["/echo.api/good.pem"]


@pytest.mark.parametrize("seconds", [-145, 145])
def test_a_request_from_the_last_minutes_is_answered(amazon: Amazon, seconds: int) -> None:
    amazon.clock.ahead = timedelta(seconds=seconds)
    assert amazon.post().status_code == 200


def test_a_skill_event_may_be_an_hour_old(amazon: Amazon) -> None:
    body = json.dumps(amazon.event(type="AlexaSkillEvent.SkillEnabled")).encode()
    amazon.clock.ahead = timedelta(seconds=3590)
    assert amazon.post(body).status_code == 200
    amazon.clock.ahead = timedelta(seconds=3610)
    refused(amazon.post(body))


# --- What is not


HEADERS: dict[str, dict[str, str | None]] = {
    "unsigned": {"Signature-256": None, "SignatureCertChainUrl": None},
    "no signature": {"Signature-256": None},
    "no certificate": {"SignatureCertChainUrl": None},
    "the old signature header alone": {"Signature-256": None, "Signature": "AAAA"},
    "a signature that is not base64": {"Signature-256": "%%%"},
    "a signature outside ASCII": {"Signature-256": "é"},
    "the signature of something else": {"Signature-256": signed(b"{}", KEY)},
    "the signature of another key": {"Signature-256": signed(b"{}", rsa_key("stranger"))},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_a_request_without_the_right_signature_is_refused(amazon: Amazon, headers: dict[str, str | None]) -> None:
    refused(amazon.post(headers=headers))


def test_a_tampered_body_is_refused(amazon: Amazon) -> None:
    body = json.dumps(amazon.event()).encode()
    refused(amazon.post(body.replace(b"en-US", b"en-GB"), {"Signature-256": signed(body, KEY)}))


FILES = {
    "wrong_name": "it names another host",
    "expired": "it is over",
    "no_intermediate": "no way to a root",
    "other_root": "a root that nobody trusts, though it comes along",
    "elliptic": "Alexa signs with RSA",
    "garbage": "PEM around nothing",
    "text": "no PEM",
    "large": "larger than any chain",
    "moved": "redirects are not followed",
    "missing": "404",
}


@pytest.mark.parametrize("name", FILES)
def test_a_request_with_another_certificate_is_refused(amazon: Amazon, name: str) -> None:
    refused(amazon.post(headers={"SignatureCertChainUrl": f"https://s3.amazonaws.com/echo.api/{name}.pem"}))
    assert amazon.files.asked == [f"/echo.api/{name}.pem"]


ADDRESSES = {
    "http": "http://s3.amazonaws.com/echo.api/good.pem",
    "another host": "https://s3.example.com/echo.api/good.pem",
    "a host that begins alike": "https://s3.amazonaws.com.example.com/echo.api/good.pem",
    "a host behind a name": "https://s3.amazonaws.com@example.com/echo.api/good.pem",
    "a name before the host": "https://someone@s3.amazonaws.com/echo.api/good.pem",
    "another path": "https://s3.amazonaws.com/EcHo.aPi/good.pem",
    "a path beside it": "https://s3.amazonaws.com/echo.api.evil/good.pem",
    "a path out of it": "https://s3.amazonaws.com/echo.api/../evil/good.pem",
    "an encoded path out of it": "https://s3.amazonaws.com/echo.api/%2e%2e/evil/good.pem",
    "two slashes": "https://s3.amazonaws.com//echo.api/good.pem",
    "the folder itself": "https://s3.amazonaws.com/echo.api",
    "a query": URL + "?x=1",
    "a fragment": URL + "#x",
    "a line break": "https://s3.amazonaws.com/echo.api/good.pem%0d%0aHost:x",
    "another port": "https://s3.amazonaws.com:8443/echo.api/good.pem",
    "no port": "https://s3.amazonaws.com:port/echo.api/good.pem",
    "broken brackets": "https://[s3.amazonaws.com/echo.api/good.pem",
    "no address": "good.pem",
}


@pytest.mark.parametrize("url", ADDRESSES.values(), ids=ADDRESSES)
def test_a_certificate_from_elsewhere_is_refused_and_nothing_is_fetched(amazon: Amazon, url: str) -> None:
    refused(amazon.post(headers={"SignatureCertChainUrl": url}))
    assert amazon.files.asked == []


@pytest.mark.parametrize("seconds", [155, 86_400, -155, -86_400])
def test_a_stale_or_future_timestamp_is_refused(amazon: Amazon, seconds: int) -> None:
    body = json.dumps(amazon.event()).encode()
    amazon.clock.ahead = timedelta(seconds=seconds)
    refused(amazon.post(body))


@pytest.mark.parametrize("timestamp", [None, "", "now", 0, 1.5e300, [], {}, "2026-01-01T00:00:00", "9999-12-31"])
def test_a_timestamp_that_cannot_be_read_is_refused(amazon: Amazon, timestamp: object) -> None:
    refused(amazon.post(json.dumps(amazon.event(timestamp=timestamp)).encode()))


@pytest.mark.parametrize("event", [{}, {"request": None}, {"request": []}, {"request": {}}], ids=repr)
def test_a_signed_object_that_is_no_request_is_refused(amazon: Amazon, event: object) -> None:
    refused(amazon.post(json.dumps(event).encode()))


def test_an_unreachable_certificate_host_is_refused_in_time(trusted: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection and never says a word
        for address in (silent.getsockname(), ("127.0.0.1", 1)):
            there = CertificateHost(address=address, tls=trusting(trusted), seconds=0.3)
            app = create_app({"SKILL_ID": SKILL_ID}, signature=AlexaSignature(SigningKeys([trusted.root], there)))
            begun = time.monotonic()
            response = app.test_client().post(
                "/alexa", json={}, headers={"Signature-256": "AAAA", "SignatureCertChainUrl": URL}
            )
            refused(response)
            assert time.monotonic() - begun < 10  # 0.3 s each, on a machine that may be busy


def test_a_certificate_host_that_cannot_prove_its_name_is_not_believed(certificate_host: CertificateFiles) -> None:
    stranger = CertificateHost(address=certificate_host.address, tls=trusting(Authority("Third")), seconds=20)
    with pytest.raises(UnverifiedRequestError, match="SSLCertVerificationError"):
        stranger.fetch("/echo.api/good.pem")


def test_a_host_that_drips_is_left(trusted: Authority, certificate_host: CertificateFiles) -> None:
    never = CertificateHost(address=certificate_host.address, tls=trusting(trusted), seconds=1e-9)
    with pytest.raises(UnverifiedRequestError):
        never.fetch("/echo.api/good.pem")


BODIES: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 400),
    "malformed": (b'{"request":', 400),
    "not UTF-8": (b'{"request": "\xff"}', 400),
    "UTF-16": ('{"request": {}}'.encode("utf-16"), 400),
    "null": (b"null", 400),
    "a list": (b"[]", 400),
    "a text": (b'"Alexa"', 400),
    "not a number": (b'{"request": NaN}', 400),
    "a number of 10,000 digits": (b'{"request": %s}' % (b"9" * 10_000), 400),
    "65 levels": (b'{"a":' * 65 + b"1" + b"}" * 65, 400),
    "20,000 levels": (b"[" * 20_000 + b"]" * 20_000, 400),
    "1 MB": (b'{"request": "%s"}' % (b"x" * 1_000_000), 413),
    "one byte too many": (b" " * (LARGEST_BODY_BYTES + 1), 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("is_signed", [True, False], ids=["signed", "unsigned"])
def test_a_body_that_is_no_request_is_refused(amazon: Amazon, body: bytes, status: int, is_signed: bool) -> None:
    response = amazon.post(body, None if is_signed else HEADERS["unsigned"])
    assert response.status_code == status
    assert set(response.get_json()) == {"error"}
    assert len(response.get_data()) < 100


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/x"])
def test_another_content_type_is_refused(amazon: Amazon, content_type: str | None) -> None:
    refused(amazon.post(content_type=content_type), 415, "Unsupported Media Type")


@pytest.mark.parametrize("skill_id", ["amzn1.ask.skill.other", "x" * 500])
def test_a_signed_request_for_another_skill_is_refused(amazon: Amazon, skill_id: str) -> None:
    amazon.client.skill_id = skill_id
    refused(amazon.post(), 403, "This service is for another skill.")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(amazon: Amazon, method: str) -> None:
    refused(amazon.web.open("/alexa", method=method), 405, "Method Not Allowed")


def test_another_address_is_not_found(amazon: Amazon) -> None:
    refused(amazon.web.get("/"), 404, "Not Found")


def test_the_health_address_answers_without_a_signature(amazon: Amazon) -> None:
    assert amazon.web.get("/health").get_json() == {"status": "ok"}


def test_a_fault_of_our_own_is_logged_by_its_kind_and_leaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> dict[str, Any]:
        raise RuntimeError("chest_pain")

    response = web_service.service(broken, None).test_client().post("/alexa", json={})
    assert response.status_code == 500
    assert response.get_json() == {"error": "Internal Server Error"}
    assert "heard the safety net" not in caplog.text, "nobody heard anything"
    assert "status 500" in caplog.text
    assert "chest_pain" not in repr([vars(record) for record in caplog.records])


def test_a_refusal_is_logged_with_its_reason_and_without_the_request(
    amazon: Amazon, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        body = json.dumps(amazon.event(type="chest_pain")).encode()
        amazon.post(body, {"Signature-256": signed(b"{}", KEY)})
    (record,) = [record for record in caplog.records if record.name == "upper_back_guide"]
    assert record.reason == "The signature is not of this body."  # type: ignore[attr-defined]
    assert "chest_pain" not in repr([vars(record) for record in caplog.records])


def test_strangers_cannot_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    now = [100.0]
    refusals = RefusalLog(lambda: now[0])
    for _ in range(1_000):
        refusals.refused("The signature is not of this body.")
    assert len(caplog.records) == MOST_A_SECOND
    now[0] += 1
    refusals.refused("The timestamp is missing or cannot be read.")
    assert [record.getMessage() for record in caplog.records[MOST_A_SECOND:]] == [
        f"{1_000 - MOST_A_SECOND} more requests that could not be verified were refused.",
        "A request that could not be verified was refused.",
    ]


# --- Nothing turns it off


def test_without_a_skill_id_the_service_does_not_start() -> None:
    with pytest.raises(NotConfiguredError, match="set it to the skill's id"):
        create_app({})


SWITCHES = ("ASK_SDK_VERIFY_SIGNATURE", "ASK_SDK_VERIFY_TIMESTAMP", "VERIFY_SIGNATURE", "VERIFY_REQUESTS", "VERIFY")


@pytest.mark.parametrize("value", ["false", "0", "no", "off", ""])
def test_no_environment_variable_turns_verification_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for name in SWITCHES:
        for prefix in ("", "FLASK_", "SKILL_"):
            monkeypatch.setenv(prefix + name, value)
    for name in ("FLASK_DEBUG", "DEBUG", "TESTING", "FLASK_ENV", "AWS_SAM_LOCAL"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("SKILL_ID", SKILL_ID)
    app = create_app(os.environ)
    app.config.from_prefixed_env()
    app.config.from_prefixed_env("")
    event = AlexaClient(handler=None, skill_id=SKILL_ID).envelope({"type": "LaunchRequest"})
    refused(app.test_client().post("/alexa", json=event))


# --- Keys are kept, within bounds


def test_a_chain_is_fetched_once(amazon: Amazon) -> None:
    assert [amazon.post().status_code for _ in range(3)] == [200, 200, 200]
    assert amazon.files.asked == ["/echo.api/good.pem"]


def test_no_more_chains_are_kept_than_the_bound(trusted: Authority, certificate_host: CertificateFiles) -> None:
    keys = SigningKeys([trusted.root], host(certificate_host, trusted))
    certificate_host.asked.clear()
    for number in [*range(MOST_CHAINS + 5), 0]:
        path = f"/echo.api/{number}.pem"
        certificate_host.files[path] = certificate_host.files["/echo.api/good.pem"]
        keys.known(path) or keys.fetched(path)
    assert len(keys._keys) == MOST_CHAINS  # noqa: SLF001 the bound is inside
    assert certificate_host.asked.count("/echo.api/0.pem") == 2


def test_amazons_own_host_and_the_public_roots_are_the_default() -> None:
    there = CertificateHost.amazon()
    assert there.address == ("s3.amazonaws.com", 443)
    assert there.tls.check_hostname
    assert there.tls.verify_mode == 2
    names = [root.subject.rfc4514_string() for root in certificates.public_roots()]
    assert any("Amazon Root CA 1" in name for name in names)
    assert any("DigiCert Global Root" in name for name in names)


def test_the_systems_clock_is_the_default() -> None:
    event = AlexaClient(handler=None).envelope({"type": "LaunchRequest"})
    AlexaSignature.amazon().check_timestamp(event)
    event["request"]["timestamp"] = "2001-01-01T00:00:00Z"
    with pytest.raises(UnverifiedRequestError, match="150 seconds away"):
        AlexaSignature.amazon().check_timestamp(event)


def test_the_path_is_what_is_left_of_an_address() -> None:
    assert certificate_path("https://s3.amazonaws.com/echo.api/a/../b.pem") == "/echo.api/b.pem"


# --- The SDK's adapter and today's OpenSSL


def python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_flask_ask_sdk_fails_by_itself_on_the_version_of_openssl_or_needs_no_help() -> None:
    """What fails is named: oscrypto cannot read the version. Once it can, ``make_importable`` changes nothing."""
    by_itself = python("import flask_ask_sdk.skill_adapter")
    helped = python(
        "from skill.adapters.sdk.oscrypto_version import make_importable; print(make_importable(), make_importable());"
        "import flask_ask_sdk.skill_adapter"
    )
    assert helped.returncode == 0, helped.stderr
    if by_itself.returncode:
        assert "LibraryNotFoundError: Error detecting the version of libcrypto" in by_itself.stderr
        assert helped.stdout == "True False\n"
    else:
        assert helped.stdout == "False False\n", "upstream is fixed: delete skill/adapters/sdk/oscrypto_version.py"


def test_upstream_still_fails_on_what_it_cannot_read() -> None:
    """When this fails, the adapter has become careful: think again about skill/adapters/sdk/flask_adapter.py."""
    app = Flask("as it comes")
    adapter = flask_adapter.adapter_class()(skill=SkillBuilder().create(), skill_id="as_it_comes", app=app)
    app.add_url_rule("/alexa", view_func=adapter.dispatch_request, methods=["POST"])
    answered = app.test_client().post("/alexa", data="not JSON", content_type="application/json")
    assert answered.status_code == 500


def test_an_oscrypto_that_fails_for_another_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oscrypto_version, "NARROW", "something that is not in the source")
    with pytest.raises(ImportError, match="not for the known reason"):
        oscrypto_version._load_widened(RuntimeError("unknown"))  # noqa: SLF001 the case cannot be made from outside


# --- The server


SERVER = [sys.executable, "-W", "ignore", "-m", "skill.adapters.web.server"]


def answer(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read(), dict(response.headers)
    finally:
        connection.close()


def _announced(port: int, size: int) -> int:
    """Return the status for a body that is announced and not yet sent: a sender would meet a closed connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", "/alexa")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


@contextmanager
def served_for_real() -> Iterator[int]:
    """Run the production server and yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [*SERVER, "--listen", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env={**os.environ, "SKILL_ID": SKILL_ID},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == f"Serving on 127.0.0.1:{port}.\n"
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def test_the_production_server_verifies_tells_its_health_and_ends_when_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {**os.environ, "SKILL_ID": SKILL_ID}
    with subprocess.Popen(
        [*SERVER, "--listen", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        try:
            assert process.stdout.readline() == f"Serving on 127.0.0.1:{port}.\n"
            assert answer(port, "GET", "/health")[:2] == (200, b'{"status":"ok"}\n')
            event = json.dumps(AlexaClient(handler=None, skill_id=SKILL_ID).envelope({"type": "LaunchRequest"}))
            status, content, headers = answer(port, "POST", "/alexa", event.encode())
            assert (status, json.loads(content)) == (400, {"error": "The request could not be verified."})
            assert "Server" not in headers
            assert _announced(port, 1_000_000) == 413
        finally:
            process.send_signal(signal.SIGTERM)
        logged = [json.loads(line) for line in process.stderr]
        assert process.wait(timeout=20) == 0
    # The server warns of its own queue as well, on a busy machine.
    (refusal,) = [line for line in logged if line["level"] == "WARNING" and "reason" in line]
    assert refusal["reason"] == "Signature-256 or SignatureCertChainUrl is missing."


def test_the_production_server_says_what_it_needs_to_begin() -> None:
    environ = {name: value for name, value in os.environ.items() if name != "SKILL_ID"}
    for more, options, sentence in (
        ({}, [], "SKILL_ID is not set; set it to the skill's id from the developer console.\n"),
        ({"SKILL_ID": SKILL_ID}, ["--listen", "127.0.0.1:http:x"], "cannot be used"),
    ):
        done = subprocess.run(
            [*SERVER, *options],
            cwd=ROOT,
            env={**environ, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        assert done.returncode == 1
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1


# --- What the documentation says


def test_the_page_on_self_hosting_gives_the_figures_of_the_code() -> None:
    page = (ROOT / "docs" / "self-hosting.md").read_text("utf-8")
    for figure in (
        f"within {OLDEST.total_seconds():g} s of now",
        f"more than {LARGEST_BODY_BYTES // 1024} KB",
        f"{MOST_FETCHES} at once, {MOST_WAITING} requests wait",
        f"remembered for {FAILED_SECONDS:g} s",
        f"after {RENEWED_SECONDS / 60:g} minutes",
        f"above {CROWDED} of {MOST_CONNECTIONS} those that are silent for {CROWDED_SECONDS} s",
        f"byte by byte | closed after {REQUEST_SECONDS} s",
        f"under {LONGEST_PATH} characters",
        f"has {SIGNATURE_BYTES} bytes",
        f"more than {DEEPEST} levels",
        f"takes {FETCH_SECONDS:g} s and {LARGEST_CHAIN_BYTES // 1024} KB at most",
        f"`{LISTEN}`",
        f"turns at once; {THREADS}",
        f"service's {IDLE_SECONDS} s",
        f"`POST {ROUTE}`",
        f"`GET {HEALTH_ROUTE}`",
        f"`{SIGNER}`",
    ):
        assert figure in page, f"docs/self-hosting.md: {figure} is missing or out of date"


HOSTING = ROOT / "hosting"


def test_nginx_lets_through_what_the_service_takes() -> None:
    config = (HOSTING / "nginx.conf").read_text("utf-8")
    assert f"client_max_body_size  {LARGEST_BODY_BYTES // 1024}k;" in config
    assert f"location = {ROUTE} {{" in config
    assert f"proxy_pass            http://{LISTEN};" in config
    for limit in ("limit_req ", "limit_conn ", "client_header_timeout ", "client_body_timeout "):
        assert limit in config


def test_the_unit_and_the_container_start_the_server_that_there_is() -> None:
    started = "-W ignore -m skill.adapters.web.server"
    unit, container = ((HOSTING / name).read_text("utf-8") for name in ("upper-back-guide.service", "Containerfile"))
    assert f"ExecStart=/opt/upper-back-guide/.venv-serve/bin/python {started}\n" in unit
    command = json.loads(re.findall("^CMD (.*)$", container, re.MULTILINE)[-1])
    assert " ".join(command).startswith(f"python {started} --listen ")
    copied = re.findall("^COPY (\\S+) ", container, re.MULTILINE)
    assert len(copied) == 2
    assert all((ROOT / path).exists() for path in copied)


# --- Idle and slow connections


@dataclass(kw_only=True)
class Channel:
    """One of waitress's connections, as far as it is looked at."""

    last_activity: float
    request: object = None
    requests: tuple[object, ...] = ()
    will_close: bool = False


@dataclass
class Server:
    """One of waitress's servers, as far as it is looked at."""

    active_channels: dict[int, Channel]


def test_idle_and_slow_connections_are_closed_and_those_at_work_are_not() -> None:
    at_work = Channel(last_activity=0, requests=(object(),))
    idle, fresh = Channel(last_activity=0), Channel(last_activity=IDLE_SECONDS)
    slow, quick = Channel(last_activity=0, request=object()), Channel(last_activity=0, request=object())
    server = Server(dict(enumerate((at_work, idle, fresh, slow, quick))))
    close = connections.close_idle(server)
    for now in range(IDLE_SECONDS - 20, IDLE_SECONDS + 2):
        slow.last_activity = quick.last_activity = now  # both go on sending
        quick.request = object()  # but this is one request after another
        close(now)
    assert [channel.will_close for channel in (at_work, idle, fresh, slow, quick)] == [False, True, False, True, False]


def test_a_crowd_of_silent_connections_makes_room() -> None:
    silent = [Channel(last_activity=number / 1000) for number in range(CROWDED + 90)]
    fresh = Channel(last_activity=10)
    server = Server(dict(enumerate((fresh, *silent))))
    connections.close_idle(server)(10.5)
    assert not fresh.will_close
    assert sum(channel.will_close for channel in silent) == 91
    assert all(channel.will_close for channel in silent[:91])


def test_silent_connections_do_not_stop_the_real_server() -> None:
    """All that the server takes are held open and say nothing: health is asked for and answered in seconds."""
    with served_for_real() as port:
        held = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(MOST_CONNECTIONS + 20)]
        begun = time.monotonic()
        assert answer(port, "GET", "/health")[0] == 200
        assert time.monotonic() - begun < 9  # of the ten for an answer; without this it was 620
        for one in held:
            one.close()
