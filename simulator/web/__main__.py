"""Serves the page on this computer alone: ``make serve``."""

import argparse
import signal
import sys
from contextlib import nullcontext

import waitress

from simulator.home import LATER, Home
from simulator.web.app import create_page

HOST = "127.0.0.1"
"""Requests are not verified here, so nobody else may send any. It is no option."""

PORT = 5000


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted or asked to end.

    Returns the exit status: 0 when it ended well, 1 with a sentence on standard error.
    """
    parser = argparse.ArgumentParser(prog="serve", description="A smart speaker in the browser, on this computer only.")
    parser.add_argument(
        "--port", type=_port, default=PORT, help=f"where it listens (default: {PORT}; 0 finds a free one)"
    )
    parser.add_argument("--remind", action="store_true", help=f'with the reminder to look again; type "{LATER}" then')
    options = parser.parse_args(arguments)
    with Home() if options.remind else nullcontext() as home:
        return _serve(options.port, home)


def _serve(port: int, home: Home | None) -> int:
    try:
        server = waitress.create_server(create_page(home=home), host=HOST, port=port)
    except OSError as error:
        print(f"Port {port} cannot be used ({error.strerror}); choose another with --port.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"Open http://{HOST}:{server.effective_port} in a browser. Ctrl+C stops it.", flush=True)
    server.run()  # until Ctrl+C, which waitress takes itself
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65_535:  # noqa: PLR2004 the largest port there is
        raise argparse.ArgumentTypeError(f"{text} is no port; give a number from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
