"""A real Chromium for the tests of the page, and the page as a real process."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.chromium import launched

ROOT = Path(__file__).resolve().parent.parent

__all__ = ["ROOT", "launched", "page_served"]


@contextmanager
def page_served() -> Iterator[str]:
    """Serve the page as ``make serve`` does, and yield its address."""
    command = [sys.executable, "-W", "ignore", "-m", "simulator.web", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            told = process.stdout.readline()
            address = re.search(r"http://\S+", told)
            assert address, f"the page did not start: {told!r}"
            yield address[0]
        finally:
            process.terminate()  # not SIGINT: whoever runs the tests in the background has that one ignored
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
