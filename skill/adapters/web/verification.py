"""Shows that a request comes from Alexa and is not an old one: the checks that Amazon asks of a web service."""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from skill.adapters.alexa.event import parse
from skill.adapters.web.certificate_host import CertificateHost
from skill.adapters.web.certificates import UnverifiedRequestError, certificate_path, public_roots
from skill.adapters.web.signing_keys import SigningKeys

SIGNATURE_HEADER = "Signature-256"
CERTIFICATE_HEADER = "SignatureCertChainUrl"

OLDEST = timedelta(seconds=150)
"""How far a request's timestamp may be from now, either way (Amazon, "Host a custom skill as a web service")."""

OLDEST_SKILL_EVENT = timedelta(seconds=3600)
"""The same for skill events, which Amazon delivers later ("Skill events in Alexa skills")."""

SIGNATURE_BYTES = 256
"""Of every signature: Amazon's keys have 2,048 bits."""

_SIGNATURE_CHARACTERS = 4 * ((SIGNATURE_BYTES + 2) // 3)
"""Of its base64."""

SKILL_EVENTS = "AlexaSkillEvent."
"""How the types of skill events begin."""


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


class AlexaSignature:
    """The two checks, wired once for all requests."""

    def __init__(self, keys: SigningKeys, clock: Callable[[], datetime] = now) -> None:
        self._keys = keys
        self._clock = clock

    def check(
        self, headers: Mapping[str, str], body: bytes, event: Callable[[], Mapping[str, Any]], skill_id: str
    ) -> None:
        """Raise UnverifiedRequestError unless Alexa signed ``body`` just now.

        What costs nothing is checked first. A certificate is fetched only for a request that is fresh and names this
        skill, so that a stranger has to know at least that much.

        Args:
            headers: of the request, looked up without regard to case.
            body: raw, as it came.
            event: returns the body as JSON; it may raise MalformedRequestError.
            skill_id: the skill that is served.
        """
        signature, path = _signature(headers), certificate_path(headers.get(CERTIFICATE_HEADER) or "")
        key = self._keys.known(path)
        if key is None:
            self.check_timestamp(event())
            parse(event(), skill_id)
            key = self._keys.fetched(path)
        try:
            key.verify(signature, body, PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise UnverifiedRequestError("The signature is not of this body.") from error
        self.check_timestamp(event())

    @classmethod
    def amazon(cls) -> "AlexaSignature":
        """Return the checks against Amazon's host, the public roots and the system's clock."""
        return cls(SigningKeys(public_roots(), CertificateHost.amazon()))

    def check_timestamp(self, event: Mapping[str, Any]) -> None:
        """Raise UnverifiedRequestError unless ``event`` was sent just now, so that none can be replayed later."""
        request = event.get("request")
        request = request if isinstance(request, Mapping) else {}
        limit = OLDEST_SKILL_EVENT if str(request.get("type")).startswith(SKILL_EVENTS) else OLDEST
        try:
            away = abs(self._clock() - datetime.fromisoformat(str(request.get("timestamp"))))
        except (ValueError, TypeError, OverflowError) as error:  # TypeError: a time without a zone
            raise UnverifiedRequestError("The timestamp is missing or cannot be read.") from error
        if away > limit:
            raise UnverifiedRequestError(f"The timestamp is more than {limit.total_seconds():g} seconds away.")


def _signature(headers: Mapping[str, str]) -> bytes:
    """Return the signature in ``headers``. Raises UnverifiedRequestError where it cannot be one of Alexa's."""
    signature = headers.get(SIGNATURE_HEADER)
    if not signature or not headers.get(CERTIFICATE_HEADER):
        raise UnverifiedRequestError(f"{SIGNATURE_HEADER} or {CERTIFICATE_HEADER} is missing.")
    if len(signature) != _SIGNATURE_CHARACTERS:
        raise UnverifiedRequestError(f"The signature does not have {SIGNATURE_BYTES} bytes.")
    try:
        signed = base64.b64decode(signature, validate=True)
    except ValueError as error:
        raise UnverifiedRequestError("The signature is not base64.") from error
    if len(signed) != SIGNATURE_BYTES:
        raise UnverifiedRequestError(f"The signature does not have {SIGNATURE_BYTES} bytes.")
    return signed
