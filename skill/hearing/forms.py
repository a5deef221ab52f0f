"""Gives each token the forms that patterns ask for: its stems by rule and the classes that it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("in", "e"), ("ed", ""), ("ed", "e"))
_SHORTEST_STEM = 3
_DOUBLED = frozenset({"ing", "ed"})
_REMEMBERED = 4000


@dataclass(frozen=True, slots=True)
class Token:
    """One word as the patterns see it."""

    text: str
    keys: frozenset[str]
    """All that an element of a pattern may ask for: the word, its stems, and ``<class>`` for each of its classes."""
    place: int
    """Which token of the utterance it comes from."""


class Forms:
    """Makes tokens with one locale's contractions, irregular forms and word classes."""

    def __init__(
        self,
        contractions: Mapping[str, Sequence[str]],
        irregular: Mapping[str, Sequence[str]],
        classes: Mapping[str, Sequence[str]],
        beginnings: Mapping[str, Sequence[str]],
        pairs: Mapping[str, str],
    ) -> None:
        """Take the data.

        Args:
            contractions: words and what they stand for ("im": i, am).
            irregular: forms that no rule finds and their stems ("fell": fall).
            classes: the classes of each known word.
            beginnings: the classes of every word that begins so.
            pairs: two words that are read as one ("no one": nobody).
        """
        self._contractions = contractions
        self._irregular = irregular
        self._classes = classes
        self._beginnings = beginnings
        self._pairs = pairs
        self._remembered: dict[str, frozenset[str]] = {}

    def tokens(self, said: Sequence[str]) -> list[Token]:
        """Return the tokens of an utterance with their forms; a word that is said twice in a row stands once."""
        found: list[Token] = []
        for place, word in enumerate(said):
            for part in self._contractions.get(word, (word,)):
                joined = self._pairs.get(f"{found[-1].text} {part}") if found else None
                if joined:
                    found[-1] = Token(joined, self.keys(joined), place)
                elif not (found and found[-1].text == part and "<keep_twice>" not in found[-1].keys):
                    found.append(Token(part, self.keys(part), place))
        return found

    def keys(self, word: str) -> frozenset[str]:
        """Return all that a pattern may ask of ``word``."""
        keys = self._remembered.get(word)
        if keys is None:
            keys = self._new_keys(word)
            if len(self._remembered) < _REMEMBERED:
                self._remembered[word] = keys
        return keys

    def _new_keys(self, word: str) -> frozenset[str]:
        keys = {word, f"={word}", *self._classes.get(f"={word}", ())}
        for stem in (word, *self._stems(word)):
            keys.add(stem)
            keys.update(self._classes.get(stem, ()))
        for end in range(1, len(word) + 1):
            keys.update(self._beginnings.get(word[:end], ()))
        return frozenset(keys)

    def _stems(self, word: str) -> set[str]:
        stems = set(self._irregular.get(word, ()))
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
                stem = word[: len(word) - len(ending)] + instead
                stems.add(stem)
                if ending in _DOUBLED and not instead and len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
                    stems.add(stem[:-1])
        return stems
