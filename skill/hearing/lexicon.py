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
from skill.protocol.model import FindingId

LOCALES = Path(__file__).parent.parent / "locales"
FOLDER = "hearing"
COMPILED_FILE = "hearing.json"
FILES = ("words", "forms", "acts", "durations")
FINDINGS = ("heart", "nerves", "doctor", "senses")
"""The files of findings."""

URGENT = ("heart", "nerves")
"""Those whose findings are emergencies: a part of the body among unknown words is asked about there in every state."""


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
    return _read(locale)


def _read(locale: str) -> dict[str, Any]:
    """Return the tables of a locale from its TOML files, with its findings compiled."""
    folder = LOCALES / locale
    tables_ = {
        name: tomllib.loads((folder / FOLDER / f"{name}.toml").read_text("utf-8")) for name in (*FILES, *FINDINGS)
    }
    urgent = [id_ for name in URGENT for id_ in tables_[name]]
    vocabulary = compiled(tables_.pop("forms"), [tables_.pop(name) for name in FINDINGS])
    return {**tables_, "vocabulary": vocabulary, "urgent": urgent}


@cache
def load(locale: str) -> Lexicon:
    """Return the lexicon of ``locale``. Raises FileNotFoundError where the locale hears nothing."""
    return made(tables(locale))


def made(found: dict[str, Any]) -> Lexicon:
    """Return the lexicon that tables make."""
    words, acts = found["words"], dict(found["acts"])
    return Lexicon(
        words=words,
        scope={name: frozenset(listed) for name, listed in words["scope"].items()},
        small=frozenset(words["small"]["words"]),
        empty=frozenset(words["empty"]["words"]),
        vocabulary=Vocabulary(found["vocabulary"]),
        urgent=frozenset(map(FindingId, found["urgent"])),
        durations=found["durations"],
        acts=_acts(acts),
    )


def _acts(table: dict[str, Any]) -> Patterns:
    patterns = Patterns(table.pop("classes"))
    for group, members in table.items():
        for name, rows_of in members.items():
            if group == "topics":
                patterns.add(f"topic.{name}", "says", rows_of)
            else:
                for kind, rows in rows_of.items():
                    patterns.add(f"{group}.{name}", kind, rows)
    return patterns
