"""Splits what was said into tokens: lower case, without apostrophes, bounded in number."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

LONGEST = 500
"""Characters that are looked at; what comes after is one unaccounted word."""

MOST_TOKENS = 90
"""Tokens that are looked at, so that the work is bounded for any input."""

_WORD = re.compile(r"[a-z0-9]+")
_OWNED = re.compile(r"\b([a-z]+)'s\b")


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """The words of one utterance, in order."""

    tokens: tuple[str, ...]
    cut: bool = False
    """Whether words beyond the limits were left out."""


def utterance(words: str, joined: Mapping[str, str], contracted: Container[str]) -> Utterance:
    """Return ``words`` as tokens.

    Args:
        words: as they were said.
        joined: replaces a token by others, such as a word that is short for two.
        contracted: the words to which an "'s" belongs; after any other it is a token of its own.
    """
    plain = words[:LONGEST].lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = _OWNED.sub(lambda found: found[1] + ("s" if found[1] in contracted else " s"), plain).replace("'", "")
    tokens: list[str] = []
    for word in _WORD.findall(plain):
        tokens += joined[word].split() if word in joined else (word,)
    cut = len(words) > LONGEST or len(tokens) > MOST_TOKENS
    return Utterance(tokens=tuple(tokens[:MOST_TOKENS]), cut=cut)
