"""Runs the handler of another release in a process of its own, from the archive that ``tools.keep_release`` wrote."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_PROGRAM = """
import json, sys
sys.path.insert(0, "lambda")
from lambda_function import lambda_handler
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    print(json.dumps(lambda_handler(json.loads(line), None)), file=answers, flush=True)
"""
"""What that process does: one event a line in, one response a line out."""


class PastRelease:
    """The handler of another release. Call it as ``lambda_handler``."""

    def __init__(self, events: IO[str], responses: IO[str]) -> None:
        self._events, self._responses = events, responses

    def __call__(self, event: object, context: object) -> dict[str, Any]:  # noqa: ARG002 as Lambda calls it
        """Return the response of that release to ``event``."""
        self._events.write(json.dumps(event) + "\n")
        self._events.flush()
        response: dict[str, Any] = json.loads(self._responses.readline())
        return response


@contextmanager
def past_release(archive: Path, folder: Path) -> Iterator[PastRelease]:
    """Unpack ``archive`` into ``folder`` and run the handler in it."""
    with zipfile.ZipFile(archive) as kept:
        kept.extractall(folder)
    command = [sys.executable, "-W", "ignore", "-c", _PROGRAM]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # it is not measured
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        yield PastRelease(process.stdin, process.stdout)
        process.stdin.close()


def commit_of(archive: Path) -> str:
    """Return the id of the commit that git wrote into ``archive``."""
    with zipfile.ZipFile(archive) as kept:
        return kept.comment.decode()
