"""Fetches a certificate from Amazon's host, within one deadline over resolving, connecting, TLS and reading."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection

import certifi

from skill.adapters.web.certificates import HOST, PORT, UnverifiedRequestError

FETCH_SECONDS = 3.0
"""For the whole fetch. Alexa waits 8 s for the answer, and the turn itself takes milliseconds."""

LARGEST_CHAIN_BYTES = 64 * 1024
"""Amazon's own chain has 6 to 8 KB."""


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

        It takes ``seconds`` at most, but for a system that hangs while it resolves the name: that cannot be broken off,
        and fails as soon as it comes back. So nobody waits for this function; ``SigningKeys`` waits for its result.

        Raises:
            UnverifiedRequestError: when the host does not answer in time, or with anything but the file.
        """
        deadline = time.monotonic() + self.seconds
        try:
            content = self._content(path, deadline)
        except (OSError, HTTPException, ValueError) as error:  # ValueError: a read while the deadline hangs up
            if time.monotonic() >= deadline:
                raise UnverifiedRequestError(f"The certificate took longer than {self.seconds:g} seconds.") from error
            raise UnverifiedRequestError(f"The certificate cannot be fetched: {type(error).__name__}.") from error
        if len(content) > LARGEST_CHAIN_BYTES:
            raise UnverifiedRequestError(f"The certificate has more than {LARGEST_CHAIN_BYTES} bytes.")
        return content

    def _content(self, path: str, deadline: float) -> bytes:
        connection = HTTPSConnection(HOST, context=self.tls)
        plain = self._connected(deadline)
        other = plain.dup()
        hang_up = threading.Timer(_left(deadline), _shut_down, [other])
        hang_up.daemon = True
        hang_up.start()
        try:
            connection.sock = plain  # so that it is closed below, whatever the handshake does
            connection.sock = self.tls.wrap_socket(plain, server_hostname=HOST)
            connection.request("GET", path)
            response = connection.getresponse()
            if response.status != 200:  # noqa: PLR2004 a redirect is a refusal, too
                raise UnverifiedRequestError(f"The certificate host answered {response.status}.")
            content = response.read(LARGEST_CHAIN_BYTES + 1)
            _left(deadline)  # what was cut short by the deadline looks like an end
            return content
        finally:
            hang_up.cancel()
            other.close()
            connection.close()

    def _connected(self, deadline: float) -> socket.socket:
        """Return a connection to the first address that answers; the time that is left is shared by those to come."""
        found = socket.getaddrinfo(*self.address, type=socket.SOCK_STREAM)
        for number, (family, kind, protocol, _, address) in enumerate(found):
            plain = socket.socket(family, kind, protocol)
            plain.settimeout(_left(deadline) / (len(found) - number))
            try:
                plain.connect(address)
            except OSError:
                plain.close()
                if number + 1 == len(found):
                    raise
            else:
                plain.settimeout(_left(deadline))
                return plain
        raise OSError("the name has no address")


def _left(deadline: float) -> float:
    """Return the seconds until ``deadline``. Raises TimeoutError where it is over."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the certificate is over")
    return left


def _shut_down(plain: socket.socket) -> None:
    with suppress(OSError):
        plain.shutdown(socket.SHUT_RDWR)
