"""The keys behind certificate addresses: each is fetched once, renewed in the background, and kept while it is valid.

Strangers can name any address. So a fetch is never made by the thread that answers a request: one thread fetches an
address, however many ask for it; two fetches run at once at most; few requests wait for one, and the rest is refused at
once. A request whose key is known waits for nothing, whatever the certificate host does.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate
from cryptography.x509.verification import Store

from skill.adapters import journal
from skill.adapters.web.certificates import SigningKey, UnverifiedRequestError, signing_key

MOST_CHAINS = 16
"""Chains that are remembered at once. Amazon signs with one or two at a time."""

TRUSTED_SECONDS = 3600.0
"""How long a chain that was checked is used without a word, before it should have been fetched and checked again."""

RENEWED_SECONDS = 2700.0
"""The age at which a key is fetched again, in the background: a quarter of an hour before its time is over."""

FAILED_SECONDS = 60.0
"""How long an address that could not be fetched, or held no key, is not asked for again."""

MOST_FAILURES = 1024
"""Addresses that are remembered as failed at once."""

MOST_FETCHES = 2
"""Fetches at once."""

MOST_WAITING = 3
"""Requests that wait for a fetch at once: fewer than the threads of the server, so that some are always free."""


class Host(Protocol):
    """Where certificates are fetched from: ``CertificateHost``, or in tests one that misbehaves."""

    @property
    def seconds(self) -> float:
        """How long a fetch may take."""

    def fetch(self, path: str) -> bytes:
        """Return what is at ``path``. Raises UnverifiedRequestError."""


@dataclass(kw_only=True)
class _Known:
    """A key and when it was checked."""

    signing: SigningKey
    checked: datetime


@dataclass(kw_only=True)
class _Fetch:
    """A fetch that is under way; what it comes to is in ``known`` or in ``error`` once ``done`` is set."""

    begun: float
    done: threading.Event = field(default_factory=threading.Event)
    known: _Known | None = None
    error: UnverifiedRequestError | None = None


class SigningKeys:
    """The keys behind certificate paths. Safe in threads."""

    def __init__(
        self,
        roots: Iterable[Certificate],
        host: Host,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = Store(list(roots))
        self._host = host
        self._now = now
        self._keys: dict[str, _Known] = {}
        self._failed: dict[str, float] = {}
        self._fetches: dict[str, _Fetch] = {}
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._lock = threading.Lock()

    def known(self, path: str) -> RSAPublicKey | None:
        """Return the key of the certificate at ``path`` where it is known and its chain valid. Waits for nothing."""
        known, now = self._keys.get(path), self._now()
        if known is None or now > known.signing.valid_until:
            return None
        age = abs((now - known.checked).total_seconds())
        if age > RENEWED_SECONDS:
            self._begin(path)
        return known.signing.key

    def fetched(self, path: str) -> RSAPublicKey:
        """Return the key of the certificate at ``path``, which is fetched first.

        Raises:
            UnverifiedRequestError: when it cannot be fetched or trusted, or too many are waiting for another.
        """
        fetch = self._begin(path)
        if fetch is None:
            raise UnverifiedRequestError("The certificate failed a moment ago, or others are being fetched.")
        if not self._waiting.acquire(blocking=False):
            raise UnverifiedRequestError("Too many requests are waiting for a certificate.")
        try:
            fetch.done.wait(max(0.0, fetch.begun + self._host.seconds - time.monotonic()))
        finally:
            self._waiting.release()
        if fetch.known is not None:
            return fetch.known.signing.key
        raise fetch.error or UnverifiedRequestError(f"The certificate took longer than {self._host.seconds:g} seconds.")

    def _begin(self, path: str) -> _Fetch | None:
        """Return the fetch of ``path``, begun where there is none; None where it failed lately, or two others run."""
        with self._lock:
            if fetch := self._fetches.get(path):
                return fetch
            failed = self._failed.get(path)
            if failed is not None and time.monotonic() - failed < FAILED_SECONDS:
                return None
            if len(self._fetches) >= MOST_FETCHES:
                return None
            fetch = self._fetches[path] = _Fetch(begun=time.monotonic())
        threading.Thread(target=self._run, args=(path, fetch), name="certificate", daemon=True).start()
        return fetch

    def _run(self, path: str, fetch: _Fetch) -> None:
        content, error = b"", None
        try:
            content = self._host.fetch(path)
            now = self._now()
            fetch.known = _Known(signing=signing_key(content, self._store, now), checked=now)
        except UnverifiedRequestError as caught:
            error = caught
        except Exception as caught:  # noqa: BLE001 whatever happens here, those who wait are told
            error = UnverifiedRequestError(f"The certificate cannot be fetched: {type(caught).__name__}.")
        with self._lock:
            del self._fetches[path]
            if error is None:
                self._remember(path, fetch)
            else:
                fetch.error = error
                self._fail(path, error, was_fetched=bool(content))
        fetch.done.set()

    def _remember(self, path: str, fetch: _Fetch) -> None:
        assert fetch.known
        self._failed.pop(path, None)
        self._keys[path] = fetch.known
        while len(self._keys) > MOST_CHAINS:
            del self._keys[next(iter(self._keys))]

    def _fail(self, path: str, error: UnverifiedRequestError, *, was_fetched: bool) -> None:
        """Remember that ``path`` failed. A key that is known is kept while it is valid, unless the host has another."""
        self._failed.pop(path, None)
        self._failed[path] = time.monotonic()
        while len(self._failed) > MOST_FAILURES:
            del self._failed[next(iter(self._failed))]
        if path not in self._keys:
            return
        if was_fetched:
            del self._keys[path]
        elif abs((self._now() - self._keys[path].checked).total_seconds()) > TRUSTED_SECONDS:
            journal.unrenewed(str(error), self._keys[path].signing.valid_until.isoformat())
