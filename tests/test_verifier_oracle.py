"""An outside oracle: the cases of alexa-verifier's own tests (mreinstein/alexa-verifier, test/), replayed against ours.

Addresses that it takes we take, and what it refuses we refuse; it is stricter nowhere. A fetch is a fault here.
"""

import json
import time
from typing import Any

import pytest

from simulator.authority import Authority
from simulator.client import AlexaClient
from skill.adapters.web.certificates import UnverifiedRequestError, certificate_path
from skill.adapters.web.request_body import MalformedRequestError, RequestBody
from skill.adapters.web.signing_keys import SigningKeys
from skill.adapters.web.verification import CERTIFICATE_HEADER, SIGNATURE_HEADER, AlexaSignature

TAKEN = (
    "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    "HTTPS://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    "https://S3.AMAZONAWS.COM/echo.api/echo-api-cert.pem",
    "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
    "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem",
)
REFUSED = (
    "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    "https://notamazon.com/echo.api/echo-api-cert.pem",
    "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
    "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
    "https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem",
)
SIGNED = "A" * 342 + "=="
NOW = int(time.time() * 1000)

REQUESTS: dict[str, tuple[str | None, str | None, str]] = {
    "no address": (None, SIGNED, json.dumps({"request": {"timestamp": NOW}})),
    "a body that is not JSON": (TAKEN[0], SIGNED, ""),
    "no timestamp": (TAKEN[0], SIGNED, "{}"),
    "a timestamp of 200 seconds ago": (TAKEN[0], SIGNED, json.dumps({"request": {"timestamp": NOW - 200_000}})),
    "no signature": (TAKEN[0], None, json.dumps({"request": {"timestamp": NOW}})),
    "a signature that is not base64": (TAKEN[0], "....$#%@$se", json.dumps({"request": {"timestamp": NOW}})),
}


class NoHost:
    """A certificate host that must not be asked."""

    seconds = 1.0

    def fetch(self, path: str) -> bytes:
        """Fail."""
        raise AssertionError(f"{path} was fetched")


@pytest.mark.parametrize("url", TAKEN)
def test_an_address_that_it_takes_is_taken(url: str) -> None:
    assert certificate_path(url) == "/echo.api/echo-api-cert.pem"


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_it_refuses_is_refused(url: str) -> None:
    with pytest.raises(UnverifiedRequestError):
        certificate_path(url)


def check(url: str | None, signature: str | None, body: str) -> None:
    keys = SigningKeys([Authority("Trusted").root], NoHost())
    headers: dict[str, Any] = {CERTIFICATE_HEADER: url, SIGNATURE_HEADER: signature}
    AlexaSignature(keys).check(headers, body.encode(), lambda: RequestBody(body).event, "")


@pytest.mark.parametrize(("url", "signature", "body"), REQUESTS.values(), ids=REQUESTS)
def test_a_request_that_it_refuses_is_refused_before_a_fetch(url: str | None, signature: str | None, body: str) -> None:
    with pytest.raises((UnverifiedRequestError, MalformedRequestError)):
        check(url, signature, body)


def test_a_request_that_passes_these_checks_is_fetched_for() -> None:
    """The control."""
    with pytest.raises(UnverifiedRequestError, match="AssertionError"):
        check(TAKEN[0], SIGNED, json.dumps(AlexaClient(handler=None, skill_id="").envelope({"type": "LaunchRequest"})))
