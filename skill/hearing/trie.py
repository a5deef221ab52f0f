"""The language in which a locale writes its patterns, and their compilation to one trie.

A pattern is a row of elements: ``word`` (in any inflection), ``=word`` (only so), ``<class>``, ``(a|b c)`` for one of
them, ``[a]`` for one of them or nothing, ``..`` for up to four words in between, ``&word`` for a word with nothing in
between. ``a ~ b`` is ``a .. b`` or ``b .. a``. ``^`` at the beginning and ``$`` at the end hold it to those of the
utterance.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

_TOKEN = re.compile(r"\(|\)|\[|\]|\||\.\.|~|[^\s()\[\]|~]+")

Node = dict[str, Any]
"""A node of the trie: an edge for each key, ``&`` for edges that allow nothing in between, ``..`` for a gap, ``!`` for
the numbers of the outputs that end here."""


def alternatives(pattern: str) -> Iterator[tuple[str, ...]]:
    """Return every row of elements that ``pattern`` stands for."""
    left, pair, right = pattern.partition(" ~ ")
    if pair:
        for first in alternatives(left):
            for second in alternatives(right):
                yield (*first, "..", *second)
                yield (*second, "..", *first)
        return
    parts = _TOKEN.findall(pattern)
    rows, rest = _choice(parts, 0, pattern)
    if rest != len(parts):
        raise ValueError(f"the pattern {pattern!r} closes what it did not open; mend its brackets.")
    yield from rows


def _choice(parts: Sequence[str], at: int, pattern: str) -> tuple[list[tuple[str, ...]], int]:
    done: list[tuple[str, ...]] = []
    rows: list[tuple[str, ...]] = [()]
    while at < len(parts) and parts[at] not in {")", "]"}:
        part = parts[at]
        if part == "|":
            done, rows, at = [*done, *rows], [()], at + 1
        elif part in {"(", "["}:
            inner, end = _choice(parts, at + 1, pattern)
            inner = _gathered(inner)
            if end >= len(parts):
                raise ValueError(f"the pattern {pattern!r} opens what it does not close; mend its brackets.")
            if part == "[":
                inner = [*inner, ()]
            rows, at = [(*row, *option) for row in rows for option in inner], end + 1
        else:
            rows, at = [(*row, part) for row in rows], at + 1
    return [*done, *rows], at


def _gathered(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return ``rows`` with those of a single word each as one: an edge for each would multiply the trie."""
    single = [row[0] for row in rows if len(row) == 1 and not row[0].startswith(("&", ".."))]
    if len(single) < FEWEST:
        return list(rows)
    words = {word for element in single for word in choice(element)}
    return [row for row in rows if len(row) != 1 or row[0].startswith(("&", ".."))] + [(f"({'|'.join(sorted(words))})",)]


FEWEST = 2
"""Single words that are worth a class of their own."""


def choice(element: str) -> Sequence[str]:
    """Return the words of an element that is one of several, or the element itself."""
    return element[1:-1].split("|") if element.startswith("(") else (element,)


def insert(trie: Node, row: Sequence[str], output: int) -> None:
    """Put one row of elements into ``trie``, with the number of what it means."""
    node = trie
    for element in row:
        if element == "..":
            node = node.setdefault("..", {})
        elif element.startswith("&"):
            node = node.setdefault("&", {}).setdefault(element[1:], {})
        else:
            node = node.setdefault(element, {})
    ends = node.setdefault("!", [])
    if output not in ends:
        ends.append(output)
