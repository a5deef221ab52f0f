"""Loads the words of a locale: from one compiled file where the function was built, else from its TOML files."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from skill.hearing.patterns import Patterns
from skill.hearing.vocabulary import Vocabulary, compiled
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

LOCALES = Path(__file__).parent.parent / "locales"
FOLDER = "hearing"
COMPILED_FILE = "hearing.json"
FILES = ("words", "forms", "acts", "durations")
FINDINGS = ("heart", "nerves", "doctor", "senses")
"""The files of findings."""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All that hearing knows of one language."""

    words: Mapping[str, Any]
    """Word lists by what they do: ``words.toml``."""
    scope: Mapping[str, frozenset[str]]
    small: frozenset[str]
    empty: frozenset[str]
    """Words beside which a no stays a firm one."""
    vocabulary: Vocabulary
    """How the findings are said."""
    urgent: frozenset[FindingId]
    """The findings that are emergencies."""
    durations: Mapping[str, Any]
    acts: Patterns


def tables(locale: str) -> dict[str, Any]:
    """Return the tables of a locale, file by file."""
    folder = LOCALES / locale
    built = folder / COMPILED_FILE
    if built.exists():
        found: dict[str, Any] = json.loads(built.read_text("utf-8"))
        return found
    read = {
        name: tomllib.loads((folder / FOLDER / f"{name}.toml").read_text("utf-8")) for name in (*FILES, *FINDINGS)
    }
    vocabulary = compiled(read.pop("forms"), [read.pop(name) for name in FINDINGS])
    return {**read, "vocabulary": vocabulary}


@cache
def load(locale: str) -> Lexicon:
    """Return the lexicon of ``locale``. Raises FileNotFoundError where the locale hears nothing."""
    read = tables(locale)
    words, acts = read["words"], dict(read["acts"])
    return Lexicon(
        words=words,
        scope={name: frozenset(listed) for name, listed in words["scope"].items()},
        small=frozenset(words["small"]["words"]),
        empty=frozenset(words["empty"]["words"]),
        vocabulary=Vocabulary(read["vocabulary"]),
        urgent=frozenset(found.id for found in UPPER_BACK.findings if found.level is Level.EMERGENCY),
        durations=read["durations"],
        acts=_acts(acts),
    )


def _acts(table: dict[str, Any]) -> Patterns:
    patterns = Patterns(table.pop("classes"))
    for group, members in table.items():
        for name, found in members.items():
            if group == "topics":
                patterns.add(f"topic.{name}", "says", found)
            else:
                for kind, rows in found.items():
                    patterns.add(f"{group}.{name}", kind, rows)
    return patterns
