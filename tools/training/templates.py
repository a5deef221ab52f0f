"""Speaks the templates of the training material: one sentence at a time, by chance, from a seeded generator."""

import random
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MATERIAL = Path(__file__).parent / "en-US"

_NAME = re.compile(r"<(\w+)>")
_GROUP = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)\??")


def read(name: str) -> dict[str, Any]:
    """Return one file of the material."""
    return tomllib.loads((MATERIAL / f"{name}.toml").read_text("utf-8"))


class Speaker:
    """Makes sentences from templates: (a|b) is one of them, [a] may be missing, <name> is one of some shared words."""

    def __init__(self, words: Mapping[str, str], chance: random.Random) -> None:
        self._words = words
        self._chance = chance

    def say(self, template: str, fills: Mapping[str, str] | None = None) -> str:
        """Return one sentence of a template; ``fills`` are spoken in place of {name}."""
        said = _NAME.sub(lambda found: f"({self._words[found[1]]})", template)
        while _NAME.search(said):
            said = _NAME.sub(lambda found: f"({self._words[found[1]]})", said)
        while _GROUP.search(said):
            said = _GROUP.sub(self._choose, said, count=1)
        for name, text in (fills or {}).items():
            said = said.replace("{" + name + "}", text)
        return tidy(said)

    def _choose(self, found: re.Match[str]) -> str:
        optional = found[1] is not None
        if optional and self._chance.random() < 0.5:  # as often there as not
            return ""
        return str(self._chance.choice((found[1] if optional else found[2]).split("|")))


def tidy(said: str) -> str:
    """Return a sentence with single spaces, and with "'s" on the word before it."""
    return re.sub(r"\s+('(?:s|m|re|ve)\b)", r"\1", re.sub(r"\s+", " ", said)).strip()
