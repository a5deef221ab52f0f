"""The key that signed a request: where its certificate may be, how it is fetched, and whether it can be trusted.

Amazon's rules (developer.amazon.com, "Host a custom skill as a web service"): the certificate chain is at an https
address of s3.amazonaws.com under /echo.api/ on port 443, its leaf names echo-api.amazon.com, and it leads to a public
root.
"""

import posixpath
import re
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import certifi
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import Certificate, DNSName, load_pem_x509_certificates
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

HOST = "s3.amazonaws.com"
PORT = 443
FOLDER = "/echo.api/"
SIGNER = "echo-api.amazon.com"
"""The name that the leaf certificate has to carry."""

FETCH_SECONDS = 3.0
"""For the whole fetch. Alexa waits 8 s for the answer, and the turn itself takes milliseconds."""

LARGEST_CHAIN_BYTES = 64 * 1024
"""Amazon's own chain has 6 to 8 KB."""

MOST_CHAINS = 16
"""Chains that are remembered at once. Amazon signs with one or two at a time."""

ADDRESSES_REMEMBERED = 64
"""Addresses whose path was found to be allowed."""

TRUSTED_SECONDS = 3600.0
"""How long a chain that was checked is used before it is fetched and checked again."""

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/-]+")


class UnverifiedRequestError(Exception):
    """When a request cannot be shown to come from Alexa. Its message is for the operator's log only."""


@dataclass(frozen=True, kw_only=True)
class CertificateHost:
    """Where certificates are fetched from. Only tests name another address, and they name it in code."""

    address: tuple[str, int] = (HOST, PORT)
    tls: ssl.SSLContext
    """Has to require a certificate for ``HOST``."""
    seconds: float = FETCH_SECONDS

    @classmethod
    def amazon(cls) -> "CertificateHost":
        """Return Amazon's host, checked against the roots that certifi carries."""
        return cls(tls=ssl.create_default_context(cafile=certifi.where()))

    def fetch(self, path: str) -> bytes:
        """Return what is at ``path``. Follows no redirect and reads no more than ``LARGEST_CHAIN_BYTES``.

        Raises:
            UnverifiedRequestError: when the host does not answer in time, or with anything but the file.
        """
        deadline = time.monotonic() + self.seconds
        connection = HTTPSConnection(HOST, timeout=self.seconds, context=self.tls)
        try:
            plain = socket.create_connection(self.address, timeout=self.seconds)
            connection.sock = plain  # so that it is closed below, whatever the handshake does
            connection.sock = self.tls.wrap_socket(plain, server_hostname=HOST)
            connection.request("GET", path)
            response = connection.getresponse()
            if response.status != 200:  # noqa: PLR2004 a redirect is a refusal, too
                raise UnverifiedRequestError(f"The certificate host answered {response.status}.")
            content = b""
            while len(content) <= LARGEST_CHAIN_BYTES and (part := response.read1(LARGEST_CHAIN_BYTES)):
                content += part
                if time.monotonic() > deadline:
                    raise UnverifiedRequestError(f"The certificate took longer than {self.seconds:g} seconds.")
        except (OSError, HTTPException) as error:
            raise UnverifiedRequestError(f"The certificate cannot be fetched: {type(error).__name__}.") from error
        finally:
            connection.close()
        if len(content) > LARGEST_CHAIN_BYTES:
            raise UnverifiedRequestError(f"The certificate has more than {LARGEST_CHAIN_BYTES} bytes.")
        return content


def public_roots() -> list[Certificate]:
    """Return the public roots that certifi carries, without those that cryptography will not read."""
    roots = []
    with warnings.catch_warnings():
        # One root has the serial number zero: warned about today, refused by a coming release. It is left out.
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        for pem in _PEM.findall(Path(certifi.where()).read_bytes()):
            with suppress(ValueError, CryptographyDeprecationWarning):
                roots += load_pem_x509_certificates(pem)
    return roots


@lru_cache(maxsize=ADDRESSES_REMEMBERED)
def certificate_path(url: str) -> str:
    """Return the normalized path in ``url``. Raises UnverifiedRequestError when Amazon's rules do not allow it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnverifiedRequestError("The certificate address is no address.") from error
    if parts.scheme.lower() != "https":
        raise UnverifiedRequestError("The certificate address is not https.")
    if (parts.hostname or "").lower() != HOST or "@" in parts.netloc:
        raise UnverifiedRequestError(f"The certificate address is not of {HOST}.")
    if port not in (None, PORT):
        raise UnverifiedRequestError(f"The certificate address is not on port {PORT}.")
    if not _PLAIN_PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise UnverifiedRequestError("The certificate address has more than a plain path.")
    # normpath keeps two slashes at the start, as POSIX has it; here they would name another place.
    path = posixpath.normpath(parts.path)
    if not path.startswith(FOLDER):
        raise UnverifiedRequestError(f"The certificate address is not under {FOLDER}.")
    return path


def signing_key(pem: bytes, store: Store, now: datetime) -> RSAPublicKey:
    """Return the key of the leaf in ``pem``, when the chain leads from it to a root in ``store`` at the time ``now``.

    Raises:
        UnverifiedRequestError: for any other content.
    """
    try:
        leaf, *intermediates = load_pem_x509_certificates(pem)
        verifier = PolicyBuilder().store(store).time(now).build_server_verifier(DNSName(SIGNER))
        verifier.verify(leaf, intermediates)
        key = leaf.public_key()
    except (VerificationError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnverifiedRequestError(f"The certificate chain is not valid: {type(error).__name__}.") from error
    if not isinstance(key, RSAPublicKey):
        raise UnverifiedRequestError("The signing certificate has no RSA key.")
    return key


class SigningKeys:
    """The keys behind certificate addresses, each fetched and checked once in ``TRUSTED_SECONDS``. Safe in threads."""

    def __init__(
        self,
        roots: Iterable[Certificate],
        host: CertificateHost,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = Store(list(roots))
        self._host = host
        self._now = now
        self._keys: dict[str, tuple[datetime, RSAPublicKey]] = {}
        self._lock = threading.Lock()

    def key_at(self, url: str) -> RSAPublicKey:
        """Return the key of the certificate at ``url``. Raises UnverifiedRequestError when it cannot be trusted."""
        path, now = certificate_path(url), self._now()
        checked, key = self._keys.get(path, (None, None))
        if key is None or checked is None or abs((now - checked).total_seconds()) > TRUSTED_SECONDS:
            key = signing_key(self._host.fetch(path), self._store, now)
            with self._lock:
                self._keys[path] = (now, key)
                while len(self._keys) > MOST_CHAINS:
                    del self._keys[next(iter(self._keys))]
        return key
