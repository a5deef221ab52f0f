"""The web service as in production, in a process of its own, for ``benchmarks.hostility``.

Only what it believes in is another: a root of the measurement, a certificate host on loopback, and a clock.
"""

import argparse
import logging
import socket
import ssl
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.x509 import load_pem_x509_certificates

from simulator.crowd import SKILL_ID
from skill.adapters.web.certificate_host import CertificateHost
from skill.adapters.web.server import JsonLines, create_server
from skill.adapters.web.service import create_app
from skill.adapters.web.signing_keys import SigningKeys
from skill.adapters.web.verification import AlexaSignature

HANGING_SECONDS = 20.0
"""How long the name of the certificate host takes to resolve where that hangs."""


def main() -> int:
    """Serve on a free port of loopback, print it, and print the most fetches at once when asked to end."""
    parser = argparse.ArgumentParser(prog="hostile_server", description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("port", type=int, help="of the certificate host")
    parser.add_argument("--ahead", type=float, default=0, help="minutes that the clock is fast")
    parser.add_argument("--hangs", action="store_true", help="resolving a name hangs, but for the first time")
    options = parser.parse_args()
    host = _Host(address=("127.0.0.1", options.port), tls=ssl.create_default_context(cafile=options.root))
    keys = SigningKeys(load_pem_x509_certificates(options.root.read_bytes()), host)
    ahead = timedelta(minutes=options.ahead)
    signature = AlexaSignature(keys, lambda: datetime.now(UTC) + ahead)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    server = create_server(create_app({"SKILL_ID": SKILL_ID}, signature=signature), listen="127.0.0.1:0")
    if options.hangs:
        _hang()
    print(server.effective_port, flush=True)
    threading.Thread(target=_tell, daemon=True).start()
    server.run()
    return 0


class _Host(CertificateHost):
    """The certificate host, which counts the fetches that run at once."""

    running = 0
    most = 0
    lock = threading.Lock()

    def fetch(self, path: str) -> bytes:
        """Fetch as in production."""
        with _Host.lock:
            _Host.running += 1
            _Host.most = max(_Host.most, _Host.running)
        try:
            return super().fetch(path)
        finally:
            with _Host.lock:
                _Host.running -= 1


def _tell() -> None:
    """Print the most fetches at once for each line that comes in."""
    for _line in sys.stdin:
        print(_Host.most, flush=True)


def _hang() -> None:
    """Let the second and every later look at a name hang, as with a resolver that is gone."""
    resolve, asked = socket.getaddrinfo, []

    def hangs(*arguments: Any, **options: Any) -> Any:
        asked.append(1)
        if len(asked) > 1:
            time.sleep(HANGING_SECONDS)
        return resolve(*arguments, **options)

    socket.getaddrinfo = hangs


if __name__ == "__main__":
    sys.exit(main())
