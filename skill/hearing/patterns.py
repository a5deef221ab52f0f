"""Compiles the patterns of a locale and finds them in tokens.

A pattern is a row of elements: ``a|b`` is one of them, ``a*`` is any word that begins so, ``{class}`` is one of a class
of words. Up to three other words may stand between two elements; ``+b`` stands right after the element before it.
``~ a b`` are two elements in either order. ``^`` at the beginning and ``$`` at the end hold a pattern to those of the
utterance; ``a|$`` is ``a`` or the end, ``a|b$`` is ``a`` or a ``b`` at the end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GAP = 3
"""Words that may stand between two elements."""

FEWEST_LETTERS = 2
"""Of a prefix."""


@dataclass(frozen=True)
class Pattern:
    """A compiled row of elements."""

    label: str
    """What it means, such as ``chest_pain``."""
    kind: str
    elements: tuple[int, ...]
    close: tuple[bool, ...]
    """Whether each element has to follow the one before it at once."""
    starts: bool
    ends: bool
    weight: int
    """How many elements it has: longer patterns win."""


@dataclass(frozen=True)
class Found:
    """A pattern in an utterance: the places of its first and last token."""

    pattern: Pattern
    start: int
    end: int
    places: tuple[int, ...]


class Patterns:
    """All patterns of a locale, with an index from words to the elements that they fit."""

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        self._classes = classes
        self._numbers: dict[str, int] = {}
        self._words: dict[str, set[int]] = {}
        self._prefixes: dict[str, set[int]] = {}
        self._by_first: dict[int, list[Pattern]] = {}

    def add(self, label: str, kind: str, rows: Iterable[str]) -> None:
        """Add ``rows`` of elements that mean ``label`` in the way ``kind``."""
        for row in rows:
            for compiled in self._compiled(label, kind, row):
                self._by_first.setdefault(compiled.elements[0], []).append(compiled)

    def elements_of(self, tokens: Sequence[str]) -> list[frozenset[int]]:
        """Return for each token the numbers of the elements that it fits."""
        return [self._fitting(token) for token in tokens]

    def find(self, fits: Sequence[frozenset[int]], breaks: Sequence[bool]) -> list[Found]:
        """Return every pattern that stands in the tokens; none goes over a place where ``breaks`` is true."""
        found: list[Found] = []
        for start, numbers in enumerate(fits):
            for number in numbers:
                for pattern in self._by_first.get(number, ()):
                    if pattern.starts and start:
                        continue
                    places = self._rest(pattern, start, fits, breaks)
                    if places is not None and not (pattern.ends and places[-1] != len(fits) - 1):
                        found.append(Found(pattern, start, places[-1], places))
        return found

    def labels_of(self, numbers: Iterable[int]) -> set[str]:
        """Return the labels of the patterns that begin with one of the elements ``numbers``."""
        return {pattern.label for number in numbers for pattern in self._by_first.get(number, ())}

    @staticmethod
    def _rest(
        pattern: Pattern, start: int, fits: Sequence[frozenset[int]], breaks: Sequence[bool]
    ) -> tuple[int, ...] | None:
        places = [start]
        for element, close in zip(pattern.elements[1:], pattern.close[1:], strict=True):
            at = places[-1]
            for place in range(at + 1, min(len(fits), at + 2 + (0 if close else GAP))):
                if element in fits[place]:
                    places.append(place)
                    break
                if breaks[place]:
                    return None
            else:
                return None
        return tuple(places)

    def _fitting(self, token: str) -> frozenset[int]:
        fitting = set(self._words.get(token, ()))
        for length in range(FEWEST_LETTERS, len(token) + 1):
            fitting |= self._prefixes.get(token[:length], frozenset())
        return frozenset(fitting)

    def _compiled(self, label: str, kind: str, row: str) -> Iterator[Pattern]:
        starts, ends = row.startswith("^"), row.endswith("$") and not row.endswith("|$")
        parts = (row[:-1] if ends else row).lstrip("^").split()
        for order in [parts[1:], parts[:0:-1]] if parts[0] == "~" else [parts]:
            for at, part in enumerate(order):
                if "$" not in part:
                    continue
                close, words = ("+" if part.startswith("+") else ""), part.lstrip("+").split("|")
                for last in (word[:-1] for word in words if word.endswith("$")):
                    if before := order[:at] + ([close + last] if last else []):
                        yield self._pattern(label, kind, before, starts=starts, ends=True)
                order[at] = close + "|".join(word for word in words if not word.endswith("$"))
            if not all(part.strip("+") for part in order):
                continue
            yield self._pattern(label, kind, order, starts=starts, ends=ends)

    def _pattern(self, label: str, kind: str, parts: Sequence[str], *, starts: bool, ends: bool) -> Pattern:
        close = tuple(part.startswith("+") for part in parts)
        elements = tuple(self._element(part.lstrip("+")) for part in parts)
        return Pattern(label, kind, elements, close, starts, ends, len(elements))

    def _element(self, part: str) -> int:
        if part in self._numbers:
            return self._numbers[part]
        number = self._numbers[part] = len(self._numbers)
        for word in self._spelled(part):
            if word.endswith("*"):
                self._prefixes.setdefault(word[:-1], set()).add(number)
            else:
                self._words.setdefault(word, set()).add(number)
        return number

    def _spelled(self, part: str) -> Iterator[str]:
        for word in part.split("|"):
            if word.startswith("{"):
                for inner in self._classes[word[1:-1]]:
                    yield from self._spelled(inner)
            else:
                yield word
