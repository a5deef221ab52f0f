"""The banks: what people say, written by hand. Every odd position of a list, counted from 0, is set aside.

Whoever builds hearing looks at the even half only, so that the other half tells how far it carries.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

HERE = Path(__file__).parent
BANKS = HERE / "banks"

Half = Literal["even", "odd", "all"]
HALVES: tuple[Half, ...] = ("even", "odd", "all")

_ABOUT_ONESELF = frozenset(("i", "i'm", "i've", "i'd", "me", "my"))


@dataclass(frozen=True)
class Line:
    """One utterance of a bank."""

    text: str
    set_aside: bool = False

    def __add__(self, other: "Line") -> "Line":
        """Return both, one after the other; set aside where one of them is."""
        return Line(" ".join(part for part in (self.text, other.text) if part), self.set_aside or other.set_aside)


def joined(lines: Sequence[Line], word: str = "and") -> Line:
    """Return ``lines`` with ``word`` between them."""
    return Line(f" {word} ".join(line.text for line in lines), any(line.set_aside for line in lines))


def of_others(text: str) -> bool:
    """Whether ``text`` can be said by somebody who speaks for another."""
    return not _ABOUT_ONESELF.intersection(text.split())


@cache
def banks() -> Mapping[str, Any]:
    """Return all banks but the durations, by the name of the file and the keys in it."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(BANKS.glob("*.toml"))}


@cache
def findings() -> Mapping[str, Mapping[str, Any]]:
    """Return what is said of each finding, with ``named`` and a table for each kind of speaker."""
    files = ("heart", "vessel", "nerves", "today", "doctor", "limits")
    return {id_: table for name in files for id_, table in banks()[name].items()}


def every_list(table: Any = None, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Return each list of utterances with its path."""
    table = banks() if table is None else table
    if isinstance(table, list) and all(isinstance(entry, str) for entry in table):
        yield path, table
    elif isinstance(table, Mapping | list):
        for key, entry in table.items() if isinstance(table, Mapping) else enumerate(table):
            yield from every_list(entry, f"{path}.{key}" if path else str(key))


@dataclass(frozen=True)
class Drawer:
    """Draws from lists with a seeded random, from the half that is allowed."""

    random: Random
    half: Half

    def draw(self, lines: Sequence[str], fits: Callable[[str], bool] = lambda _: True) -> Line:
        """Return one of ``lines`` that fits; from the other half only where this one has none that does."""
        marked = [Line(text, set_aside=bool(at % 2)) for at, text in enumerate(lines) if fits(text)]
        if not marked:
            raise ValueError(f"no line fits, of {lines[:3]} and more.")
        kept = [line for line in marked if self.half == "all" or line.set_aside == (self.half == "odd")]
        return self.random.choice(kept or marked)

    def chance(self, share: float) -> bool:
        """Return True in ``share`` of the calls."""
        return self.random.random() < share

    def weighed(self, weights: Mapping[str, float]) -> str:
        """Return one of the keys, by its weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]
