"""How a new version takes over: by a canary, or at once where it and the running one cannot share sessions.

A canary sends each turn of a session to either version at random. That is only right where both read the same shape of
a session (docs/decisions/0013). The stack's output says which shape the running version writes.
"""

import json
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from skill.dialog.session import RELEASED_1_0, VERSION

CANARY, AT_ONCE = "Canary10Percent5Minutes", "AllAtOnce"
"""What the template's parameter Deployment takes."""

OUTPUT = "SessionVersion"
"""The output of the stack with the shape of the running version's sessions. Release 1.0.0 has no such output."""

NOBODY = (
    "AlarmEmail is not set, so nobody will be told when an alarm goes off; add AlarmEmail=you@example.org to "
    "parameter_overrides in samconfig.toml."
)
"""What is said where no address for alarms is known."""


def running_version(program: str, stack: str, more: Sequence[str]) -> int | None:
    """Return the shape of the sessions of the running version; None where nothing runs, or it cannot be asked.

    Args:
        program: the path of sam.
        stack: its name.
        more: further options of sam, such as the region.
    """
    command = [program, "list", "stack-outputs", "--stack-name", stack, "--output", "json", *more]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.returncode:
        return None
    try:
        outputs = {output["OutputKey"]: output["OutputValue"] for output in json.loads(asked.stdout)}
        return int(outputs[OUTPUT]) if OUTPUT in outputs else RELEASED_1_0
    except (ValueError, TypeError, KeyError):
        return None


def way(running: int | None, coming: int = VERSION) -> tuple[str, str]:
    """Return how the coming version takes over, and what the operator is told."""
    if running is None:
        return CANARY, "Nothing is known of a running version; where there is one, the new one takes over by a canary."
    if running == coming:
        return CANARY, "The new version gets a tenth of the turns for five minutes, then all of them."
    return AT_ONCE, (
        f"The running version writes sessions of version {running}, the new one of {coming}, and cannot read those: "
        "all turns switch to the new version at once, without a canary."
    )


def overrides(saved: Mapping[str, Any], given: Mapping[str, str]) -> list[str]:
    """Return the template's parameters for sam: those that samconfig.toml has saved, with ``given`` in their place.

    A value with a space stands in double quotes: without them sam takes its first word, and says nothing.
    """
    text = saved.get("parameter_overrides", "")
    words = shlex.split(text) if isinstance(text, str) else [str(word) for word in text]
    pairs = [(name, value.strip('"')) for name, _, value in (word.partition("=") for word in words)]
    kept = [(name, value) for name, value in pairs if name not in given]
    return [f'{name}="{value}"' if " " in value else f"{name}={value}" for name, value in (*kept, *given.items())]


def is_told(words: Sequence[str]) -> bool:
    """Return whether somebody has an address for alarms among the parameters ``words``."""
    return any(re.fullmatch(r"AlarmEmail=\S+", word) for word in words)
