"""Loads the words of a locale: from one compiled file where the function was built, else from its TOML files."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from skill.hearing.patterns import Patterns
from skill.protocol.model import FindingId

LOCALES = Path(__file__).parent.parent / "locales"
FOLDER = "hearing"
COMPILED_FILE = "hearing.json"
FILES = ("words", "parts", "senses", "findings", "acts", "durations")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part or a power of the body."""

    findings: tuple[FindingId, ...]
    only_asked: bool
    quiet: bool
    """A denial of the word counts, but no question is put for it alone."""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All that hearing knows of one language."""

    words: Mapping[str, Any]
    """Word lists by what they do: ``words.toml``."""
    scope: Mapping[str, frozenset[str]]
    small: frozenset[str]
    parts: Mapping[str, tuple[Part, ...]]
    """The parts that a token names."""
    durations: Mapping[str, Any]
    senses: Patterns
    findings: Patterns
    acts: Patterns
    asked_only: frozenset[FindingId]
    """Findings whose sayings mean something only where they are asked about."""


def tables(locale: str) -> dict[str, Any]:
    """Return the tables of a locale, file by file."""
    folder = LOCALES / locale
    compiled = folder / COMPILED_FILE
    if compiled.exists():
        found: dict[str, Any] = json.loads(compiled.read_text("utf-8"))
        return found
    return {name: tomllib.loads((folder / FOLDER / f"{name}.toml").read_text("utf-8")) for name in FILES}


@cache
def load(locale: str) -> Lexicon:
    """Return the lexicon of ``locale``. Raises FileNotFoundError where the locale hears nothing."""
    read = tables(locale)
    words, acts, findings = read["words"], dict(read["acts"]), dict(read["findings"])
    parts: dict[str, list[Part]] = {}
    for part in read["parts"].values():
        made = Part(
            findings=tuple(map(FindingId, part["findings"])),
            only_asked=part.get("only_asked", False),
            quiet=part.get("quiet", False),
        )
        for word in part["words"]:
            parts.setdefault(word, []).append(made)
    return Lexicon(
        words=words,
        scope={name: frozenset(listed) for name, listed in words["scope"].items()},
        small=frozenset(words["small"]["words"]),
        parts={word: tuple(found) for word, found in parts.items()},
        durations=read["durations"],
        senses=_senses(read["senses"]),
        findings=_findings(findings),
        acts=_acts(acts),
        asked_only=frozenset(FindingId(id_) for id_, found in findings.items() if found.get("asked_only")),
    )


def _senses(table: Mapping[str, Any]) -> Patterns:
    patterns = Patterns({})
    patterns.add("sense", "sense", table["phrases"])
    return patterns


def _findings(table: dict[str, Any]) -> Patterns:
    patterns = Patterns(table.pop("classes"))
    for id_, kinds in table.items():
        for kind in ("noun", "says", "own", "word", "asked", "denies"):
            patterns.add(id_, kind, kinds.get(kind, ()))
    return patterns


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
