"""A certificate authority for tests and measurements, and a host that serves its certificates over TLS on loopback."""

import base64
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skill.adapters.web.certificates import HOST, SIGNER

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
DAY = timedelta(days=1)


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:  # noqa: ARG001 one key for each name
    """Return the RSA key called ``name``, made once."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Authority:
    """A root, and an intermediate under it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._root_key, self._key = rsa_key(f"{name} root"), rsa_key(f"{name} intermediate")
        self.root = _certificate((f"{name} root",), self._root_key, (f"{name} root", self._root_key), is_authority=True)
        self.intermediate = _certificate(
            (f"{name} intermediate",), self._key, (f"{name} root", self._root_key), is_authority=True
        )

    def leaf(self, *names: str, key: PrivateKey, until: datetime | None = None) -> x509.Certificate:
        """Return a certificate that names ``names``."""
        return _certificate(names, key, (f"{self.name} intermediate", self._key), until=until)

    def chain(self, *certificates: x509.Certificate) -> bytes:
        """Return ``certificates`` and the intermediate as PEM."""
        return pem(*certificates, self.intermediate)


def pem(*certificates: x509.Certificate) -> bytes:
    """Return ``certificates`` as PEM."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def signed(body: bytes, key: rsa.RSAPrivateKey) -> str:
    """Return the signature of ``body`` as Alexa sends it."""
    return base64.b64encode(key.sign(body, padding.PKCS1v15(), SHA256())).decode()


def _certificate(
    names: Sequence[str],
    key: PrivateKey,
    issuer: tuple[str, rsa.RSAPrivateKey],
    *,
    is_authority: bool = False,
    until: datetime | None = None,
) -> x509.Certificate:
    now = datetime.now(UTC)
    issuer_name, issuer_key = issuer
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(names[0]))
        .issuer_name(_name(issuer_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 30 * DAY)
        .not_valid_after(until or now + 30 * DAY)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_usage(is_authority=is_authority), critical=True)
    )
    if is_authority:
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    else:
        alternative = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(alternative, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(issuer_key, SHA256())


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def host_file(authority: Authority, folder: Path) -> Path:
    """Write the certificate and the key of the certificate host into ``folder`` and return the file's path."""
    key, file = rsa_key("certificate host"), folder / "host.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(authority.chain(authority.leaf(HOST, key=key)) + private)
    return file


class CertificateFiles:
    """What the host serves, and what it was asked for."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[str] = []
        self.becomes = "well"
        """How the host answers from now on: "well", "down" (it hangs up) or "drips" (a header, byte by byte)."""


@contextmanager
def serving(authority: Authority, folder: Path) -> Iterator[CertificateFiles]:
    """Serve certificates at loopback under the name of Amazon's host, with a certificate of ``authority``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            if served.becomes == "down":
                return
            if served.becomes == "drips":
                self._drip()
                return
            if to := served.moved.get(self.path):
                self.send_response(302)
                self.send_header("Location", to)
            elif content := served.files.get(self.path):
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
            else:
                self.send_response(404)
            self.end_headers()
            self.wfile.write(served.files.get(self.path, b""))

        def _drip(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(120):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.25)

        def handle(self) -> None:
            with suppress(OSError):  # whoever refuses a certificate hangs up in the middle
                super().handle()

        def log_message(self, *_: Any) -> None:
            pass

    file = host_file(authority, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = CertificateFiles(("127.0.0.1", server.server_port))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def trusting(authority: Authority) -> ssl.SSLContext:
    """Return a client's context that trusts ``authority`` alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem(authority.root).decode())
    return context


__all__ = ["SIGNER", "Authority", "CertificateFiles", "host_file", "pem", "rsa_key", "serving", "signed", "trusting"]
