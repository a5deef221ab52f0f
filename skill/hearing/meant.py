"""How a thing that was named can be meant, and the tokens around it as the scopes see them."""

from collections.abc import Sequence
from enum import Enum, auto

from skill.hearing.forms import Token


class Meant(Enum):
    """How a thing that was named is meant."""

    PRESENT = auto()
    DENIED = auto()
    SOFTLY_DENIED = auto()
    DOUBTED = auto()
    UNCLEAR = auto()
    ASKED_ABOUT = auto()
    """In a question, or under a condition."""
    OTHER = auto()
    """Of somebody or something else, or long over."""


class View:
    """The tokens of one utterance by their classes, and which of them name something."""

    def __init__(self, tokens: Sequence[Token], named: Sequence[bool]) -> None:
        """Take the tokens, and for each of them whether it names a finding or a part of the body."""
        self._tokens = tokens
        self.named = named
        self.count = len(tokens)

    def has(self, at: int, *classes: str) -> bool:
        """Return whether the token ``at`` is there and of one of ``classes``."""
        return 0 <= at < self.count and any(f"<{name}>" in self._tokens[at].keys for name in classes)

    def is_unknown(self, at: int) -> bool:
        """Return whether the token ``at`` is a word that the locale knows nothing of."""
        if not 0 <= at < self.count or self.named[at]:
            return False
        return not any(key.startswith(("<", "#")) for key in self._tokens[at].keys)

    def any_has(self, start: int, end: int, *classes: str) -> bool:
        """Return whether a token from ``start`` up to ``end`` is of one of ``classes``."""
        return any(self.has(at, *classes) for at in range(max(start, 0), min(end, self.count)))

    def clause(self, start: int) -> int:
        """Return where the clause of the token ``start`` begins."""
        at = start
        while at > 0 and not self.has(at - 1, "break"):
            at -= 1
        return at

    def is_new_subject(self, first: int, start: int) -> bool:
        """Return whether a second subject between ``first`` and ``start`` begins a sentence of its own."""
        seen = 0
        for at in range(first, start + 1):
            if self.has(at, "subject"):
                joined = at and self.has(at - 1, "think", "if", "doubt", "wh", "carrier", "fear")
                seen += not joined or not seen
                if seen > 1:
                    return not self.has(at + 1, "would")
        return False
