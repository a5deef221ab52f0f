"""Where the certificate of a request may be, and whether the key in it can be trusted.

Amazon's rules (developer.amazon.com, "Host a custom skill as a web service"): the certificate chain is at an https
address of s3.amazonaws.com under /echo.api/ on port 443, its leaf names echo-api.amazon.com, and it leads to a public
root. Amazon has one folder there; its files have plain names.
"""

import posixpath
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import certifi
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import (
    Certificate,
    DNSName,
    SubjectAlternativeName,
    Version,
    load_pem_x509_certificates,
)
from cryptography.x509.verification import PolicyBuilder, Store

HOST = "s3.amazonaws.com"
PORT = 443
FOLDER = "/echo.api/"
SIGNER = "echo-api.amazon.com"
"""The name that the leaf certificate has to carry: itself, no wildcard and in no other case."""

LONGEST_PATH = 200
"""Characters of a certificate's path, which are fewer than this."""

LONGEST_ADDRESS = 2 * LONGEST_PATH
"""Characters of an address that is looked at: more than the longest path with its host."""

ADDRESSES_REMEMBERED = 64
"""Addresses whose path was found to be allowed."""

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/-]+")
_FILE = re.compile(re.escape(FOLDER) + r"[A-Za-z0-9_.-]+")


class UnverifiedRequestError(Exception):
    """When a request cannot be shown to come from Alexa. Its message is for the operator's log only."""


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key that can be trusted, and until when."""

    key: RSAPublicKey
    valid_until: datetime
    """The end of the first certificate of its chain that ends, in UTC."""


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
    if len(url) > LONGEST_ADDRESS:
        raise UnverifiedRequestError(f"The certificate address has more than {LONGEST_ADDRESS} characters.")
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
    if not _FILE.fullmatch(path) or len(path) >= LONGEST_PATH:
        raise UnverifiedRequestError(f"The certificate address is not of a file in {FOLDER}.")
    return path


def signing_key(pem: bytes, store: Store, now: datetime) -> SigningKey:
    """Return the key of the leaf in ``pem``, when the chain leads from it to a root in ``store`` at the time ``now``.

    Raises:
        UnverifiedRequestError: for any other content.
    """
    try:
        leaf, *intermediates = load_pem_x509_certificates(pem)
        verifier = PolicyBuilder().store(store).time(now).build_server_verifier(DNSName(SIGNER))
        chain = verifier.verify(leaf, intermediates)
        names = leaf.extensions.get_extension_for_class(SubjectAlternativeName).value.get_values_for_type(DNSName)
        key = leaf.public_key()
    except Exception as error:  # a certificate can fail in a dozen ways, and each release of the library adds some
        raise UnverifiedRequestError(f"The certificate chain is not valid: {type(error).__name__}.") from error
    if any(certificate.version is not Version.v3 for certificate in chain):
        raise UnverifiedRequestError("The certificate chain is not of version 3.")
    if SIGNER not in names:
        raise UnverifiedRequestError(f"The signing certificate does not name {SIGNER} itself.")
    if not isinstance(key, RSAPublicKey):
        raise UnverifiedRequestError("The signing certificate has no RSA key.")
    return SigningKey(key=key, valid_until=min(certificate.not_valid_after_utc for certificate in chain))
