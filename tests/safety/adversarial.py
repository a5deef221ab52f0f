"""Plays the cases of the safety report, each alone and with what makes a finding sound like less."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator.trace import Tracer
from skill.protocol.model import Level

HERE = Path(__file__).parent
MOST_TURNS = 40
LEVELS: Mapping[str, Level] = {level.key: level for level in Level}
ALONE = "alone"


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody with a pain in the upper back."""

    name: str
    tells: str
    """What is said to the first question."""
    present: tuple[str, ...]
    """What is true of them: they say yes where it is asked about."""
    expected: str
    beyond: bool = False
    """Whether better-known references are more urgent here than the article."""
    by: str = ""
    """Whose judgement the level is, where no rule of the protocol covers it."""


@dataclass(frozen=True, kw_only=True)
class Adversary:
    """Words beside the finding that make it sound like less."""

    kind: str
    words: str
    first: bool

    def spoken(self, tells: str) -> str:
        """Return what is said in one breath."""
        return f"{self.words} {tells}" if self.first else f"{tells} {self.words}"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one case came to."""

    case: Case
    adversary: Adversary | None
    level: Level | None
    """The level that was reached, below which no interview ends (``tests/engine``); None where it came to no end."""
    turns: int
    said: tuple[str, ...]

    @property
    def too_low(self) -> bool:
        """Whether it came to less than was expected, or to nothing."""
        return self.level is None or self.level < LEVELS[self.case.expected]

    @property
    def too_high(self) -> bool:
        """Whether it came to more than was expected."""
        return self.level is not None and self.level > LEVELS[self.case.expected]


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases, in their order."""
    kept = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))["cases"]
    return tuple(Case(**{**case, "present": tuple(case["present"])}) for case in kept)


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "adversaries.toml").read_text("utf-8"))


def adversaries() -> Iterator[Adversary]:
    """Yield everything that is said beside a finding."""
    for place in ("before", "after"):
        for kind, lines in _tables()[place].items():
            yield from (Adversary(kind=kind, words=words, first=place == "before") for words in lines)


def despair() -> list[str]:
    """Return what somebody says who wants to die, some of it with a method."""
    return list(_tables()["crisis"]["tells"])


def play(tracer: Tracer, case: Case, adversary: Adversary | None = None) -> Outcome:
    """Return what ``case`` comes to, told with what ``adversary`` says; all that is asked later is answered truly.

    It ends where the expected level is reached: no answer lowers it.
    """
    first = adversary.spoken(case.tells) if adversary else case.tells
    heard = tracer.turn({"launch": True})
    said = [first]
    heard = tracer.turn({"attributes": heard["attributes"], "words": first})
    expected = LEVELS[case.expected]
    while not heard["disposition"] and not heard["ends"] and len(said) < MOST_TURNS:
        if Level.SELF_CARE < expected <= LEVELS[heard["level"]]:
            break
        words = _reply(case, heard)
        said.append(words)
        heard = tracer.turn({"attributes": heard["attributes"], "words": words})
    level = LEVELS[heard["level"]] if heard["level"] != Level.SELF_CARE.key else LEVELS.get(heard["disposition"] or "")
    return Outcome(case=case, adversary=adversary, level=level, turns=len(said) + 1, said=tuple(said))


def _reply(case: Case, heard: Mapping[str, Any]) -> str:
    if heard["state"] == "asking":
        return "yes" if set(heard["pending"]) & set(case.present) else "no"
    return "yes" if heard["state"] == "reading_back" else "no"


def every_outcome(tracer: Tracer) -> Iterator[Outcome]:
    """Yield the outcome of every case alone, and with every adversary where there is a level to lower."""
    for case in cases():
        yield play(tracer, case)
        if LEVELS[case.expected] > Level.SELF_CARE:
            yield from (play(tracer, case, adversary) for adversary in adversaries())
