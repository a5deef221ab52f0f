"""Refreshes the transcripts in the README: what is typed stays, what is answered is what the real handler says now."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from simulator.terminal import WIDTH

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

_TRANSCRIPT = re.compile(r"(?<=```text\n)Guide: .*?(?=```)", flags=re.DOTALL)


def files() -> Mapping[Path, str]:
    """Return the README's path and content, its transcripts as the terminal shows them today."""
    return {README: _TRANSCRIPT.sub(lambda found: _talked(found[0]), README.read_text("utf-8"))}


def _talked(transcript: str) -> str:
    typed = "\n".join(re.findall(r"^You: +(.*)$", transcript, flags=re.MULTILINE))
    command = [sys.executable, "-W", "ignore", "-m", "simulator.terminal"]
    environ = {**os.environ, "COLUMNS": str(WIDTH)}  # whatever the window of whoever runs this is
    done = subprocess.run(
        command, cwd=ROOT, env=environ, input=typed + "\n", capture_output=True, text=True, check=True
    )
    return done.stdout.strip() + "\n"
