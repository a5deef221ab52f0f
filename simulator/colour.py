"""How urgent a reply is, as a colour of the terminal."""

import os
from typing import TextIO

from skill.protocol.model import Level

_CODES = {Level.EMERGENCY: "1;97;41", Level.DOCTOR_TODAY: "1;33", Level.DOCTOR: "33", Level.SELF_CARE: "32"}
"""White on red for an emergency; yellow for a doctor, bold where today; green for home care."""


def shows_colour(stream: TextIO) -> bool:
    """Return whether ``stream`` is a terminal that shows colours, and nobody asked for none (https://no-color.org)."""
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb" and not os.environ.get("NO_COLOR")


def painted(text: str, level: Level | None) -> str:
    """Return ``text`` in the colour of ``level``, line by line; as it is where there is none."""
    if level is None:
        return text
    return "\n".join(f"\x1b[{_CODES[level]}m{line}\x1b[0m" for line in text.split("\n"))
