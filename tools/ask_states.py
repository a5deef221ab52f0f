"""The state that ask-cli keeps beside a package: which skill it is, and what was deployed last.

ask-cli 2.30 looks for the skill's id in ``.ask/ask-states.json`` and nowhere else; without one, ``ask deploy`` creates
a new skill. So the file is read, completed, and never thrown away.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.artifact_content import ROOT

PACKAGE = ROOT / "build" / "package"
"""The project of ask-cli that ``make package`` lays out: ``ask deploy`` is run here."""

DEFAULT_PROFILE = "default"
"""The profile that ``ask configure`` makes, and that ask-cli uses where no other is named."""

ENVIRONMENT_PROFILE = "__ENVIRONMENT_ASK_PROFILE__"
"""What ask-cli calls the profile that it makes of ``ASK_REFRESH_TOKEN`` and the like: that of a pipeline."""

VERSION = "2020-03-31"
"""Of the file's format, ``askcliStatesVersion``."""


class AskStatesError(Exception):
    """When ask-cli's state cannot be read; the message is one sentence with the remedy."""


def path_in(folder: Path) -> Path:
    """Return where ask-cli keeps its state of the project in ``folder``."""
    return folder / ".ask" / "ask-states.json"


def skill_id(folder: Path, profile: str = DEFAULT_PROFILE) -> str | None:
    """Return the id of the skill that ``ask deploy`` would update, or None where it would create one.

    Raises AskStatesError where the state cannot be read.
    """
    found = _profiles(_read(folder)).get(profile, {}).get("skillId")
    return found if isinstance(found, str) and found else None


def remember(folder: Path, id_: str, profiles: Iterable[str]) -> None:
    """Let ``ask deploy`` update the skill ``id_`` under each of ``profiles``; everything else in the file stays.

    Where the file named another skill, what was deployed to that one last is forgotten: ask-cli skips a package whose
    hash it has seen, whichever skill got it. Raises AskStatesError where the state cannot be read.
    """
    states = _read(folder)
    states.setdefault("askcliStatesVersion", VERSION)
    known = states["profiles"] = _profiles(states)
    for profile in profiles:
        if known.get(profile, {}).get("skillId") != id_:
            known[profile] = {"skillId": id_}
    path = path_in(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(states, indent=2) + "\n", "utf-8")


def _profiles(states: dict[str, Any]) -> dict[str, Any]:
    profiles = states.get("profiles")
    return {name: state for name, state in profiles.items() if isinstance(state, dict)} if profiles else {}


def _read(folder: Path) -> dict[str, Any]:
    path = path_in(folder)
    try:
        states = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        states = None
    if not isinstance(states, dict) or not isinstance(states.get("profiles", {}), dict):
        raise AskStatesError(
            f"{path} is not the state that ask-cli writes; delete it, and run make package SKILL_ID=amzn1.ask.skill... "
            "with the id from the developer console."
        )
    return states
