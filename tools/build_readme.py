"""Refreshes the transcripts in the README: what is typed stays, what is answered is what the real handler says now.

A transcript whose typed lines no longer reach the end of a conversation shows that somebody left: a test refuses it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from simulator.terminal import WIDTH
from skill.prompts.catalogue import CatalogueError

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

OPERATORS = ("SKILL_ID", "CLINIC_NAME", "CLINIC_PHONE", "FIND_DOCTOR")
"""What an operator may have set: the transcripts are without it."""

_TRANSCRIPT = re.compile(r"(?<=```text\n)Guide: .*?(?=```)", flags=re.DOTALL)


def files() -> Mapping[Path, str]:
    """Return the README's path and content, its transcripts as the terminal shows them today.

    Raises CatalogueError where a conversation cannot be held.
    """
    return {README: _TRANSCRIPT.sub(lambda found: _talked(found[0]), README.read_text("utf-8"))}


def _talked(transcript: str) -> str:
    typed = "\n".join(re.findall(r"^You: +(.*)$", transcript, flags=re.MULTILINE))
    environ = {name: value for name, value in os.environ.items() if name not in OPERATORS}
    environ["COLUMNS"] = str(WIDTH)  # whatever the window of whoever runs this is
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "simulator.terminal"],
        cwd=ROOT,
        env=environ,
        input=f"{typed}\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise CatalogueError(f"README.md: a transcript cannot be made. {done.stderr.strip()}")
    return done.stdout.strip() + "\n"
