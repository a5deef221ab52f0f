"""Serves the skill for Amazon with a production server: ``python -m skill.adapters.web.server``.

It speaks plain HTTP. Amazon wants HTTPS, so something that holds the certificate stands in front of it: see
docs/self-hosting.md.
"""

import argparse
import json
import logging
import os
import signal
import sys
from typing import Any

import waitress
from flask import Flask

from skill.adapters.web import connections
from skill.adapters.web.service import LARGEST_BODY_BYTES, NotConfiguredError, create_app

LISTEN = "127.0.0.1:8080"
"""Reached by a proxy on the same machine only. In a container: ``--listen 0.0.0.0:8080``."""

THREADS = 8
"""A turn takes about a millisecond; the rest is for those that wait for a certificate or a slow sender."""

LOGGED = ("event", "reason", "kind", "places", "request_id")
"""What the journal adds to a message."""


class JsonLines(logging.Formatter):
    """One JSON object a line: the time, the level, the message, and what the journal adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for ``record``."""
        added = {name: getattr(record, name) for name in LOGGED if hasattr(record, name)}
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        return json.dumps({"time": at, "level": record.levelname, "message": record.getMessage(), **added})


def create_server(app: Flask, *, listen: str = LISTEN, threads: int = THREADS) -> Any:
    """Return waitress's server for ``app``, as it runs in production. Raises OSError or ValueError for an address."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        app,
        map=sockets,
        listen=listen,
        threads=threads,
        channel_timeout=connections.IDLE_SECONDS,
        connection_limit=connections.MOST_CONNECTIONS,
        max_request_body_size=LARGEST_BODY_BYTES,
        clear_untrusted_proxy_headers=True,
        ident=None,  # who asks learns nothing of the server
    )
    connections.protect(sockets)
    return server


def main(arguments: list[str] | None = None) -> int:
    """Serve until the process is asked to end, finish what was begun, and return the exit status.

    It is 0 when it ended well, and 1 with a sentence on standard error when it could not begin.
    """
    parser = argparse.ArgumentParser(prog="web_server", description="Serve the skill for Amazon, behind a proxy.")
    parser.add_argument("--listen", default=LISTEN, help=f"address and port (default: {LISTEN})")
    parser.add_argument("--threads", type=int, default=THREADS, help=f"turns at once (default: {THREADS})")
    options = parser.parse_args(arguments)
    try:
        server = create_server(create_app(os.environ), listen=options.listen, threads=options.threads)
    except NotConfiguredError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"{options.listen} cannot be used ({error}); choose another with --listen.", file=sys.stderr)
        return 1
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"Serving on {options.listen}.", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
