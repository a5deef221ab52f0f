"""Decides how a thing that was named is meant: present, denied, doubted, asked about, or unclear.

After NegEx and ConText: words of denial before and after, what ends their reach, what only looks like a denial, what is
a question or a condition.
"""

from collections.abc import Sequence
from enum import Enum, auto

from skill.hearing.lexicon import Lexicon

REACH = 9
"""Tokens over which a word of denial reaches."""

WELL_REACH = 7
"""Tokens between a thing and the word that says it is well."""


_WHOLE = ("own", "denies")
"""Kinds of patterns that hold their own denial."""


class Meant(Enum):
    """How a thing that was named is meant."""

    PRESENT = auto()
    DENIED = auto()
    SOFTLY_DENIED = auto()
    DOUBTED = auto()
    UNCLEAR = auto()
    OTHER = auto()
    """Asked about, or under a condition."""


class Scopes:
    """The scopes of one utterance."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[str]) -> None:
        self._lists = lexicon.scope
        self._tokens = tokens
        self._small = lexicon.small
        self._is_part = [token in lexicon.parts for token in tokens]
        self._doubting = self._phrases("doubting")
        self._soft = self._phrases("soft")
        self._elsewhere = bool(self._phrases("elsewhere"))
        self._pseudo = {at for start, end in self._phrases("pseudo") for at in range(start, end)}

    def meant(self, start: int, end: int, *, kind: str, inside: Sequence[int]) -> Meant:
        """Return how the tokens from ``start`` to ``end`` are meant.

        Args:
            start: the first token.
            end: the last token.
            kind: ``noun``, ``says``, ``own`` or ``asked``, as in the locale's findings.
            inside: the tokens of the pattern itself; a denial between them counts.
        """
        begin = self._clause(start)
        if self._elsewhere:
            return Meant.OTHER
        if self._in(begin, start, self._doubting):
            return Meant.DOUBTED
        if self._conditional(begin, start):
            return Meant.OTHER
        if self._questioned(begin, start):
            return Meant.UNCLEAR if kind in ("says", "own") and self._owned(begin, end) else Meant.OTHER
        if kind not in _WHOLE and self._in(begin, start, self._soft):
            return Meant.SOFTLY_DENIED
        denials = self._denials_before(begin, start, kind)
        between = 0
        if kind not in _WHOLE:
            between = sum(
                self._is_denial(at) for at in range(start, end) if at not in inside and at not in self._pseudo
            )
        if denials + between > 1 or (kind in _WHOLE and denials):
            return Meant.UNCLEAR
        if denials + between == 1:
            return Meant.DENIED
        return Meant.DENIED if self._denied_after(end) else Meant.PRESENT

    def is_of_a_thing(self, start: int) -> bool:
        """Return whether what begins at ``start`` is said of a thing that is no part of the body: "the tea is weak"."""
        begin, at = self._clause(start), start - 1
        while at >= begin and self._tokens[at] in self._small and self._tokens[at] not in self._lists["says_of"]:
            at -= 1
        before = at - 1
        return (
            before >= begin
            and self._tokens[at] in self._lists["says_of"]
            and self._tokens[before] not in self._small
            and not self._is_part[before]
        )

    def is_well(self, at: int) -> bool:
        """Return whether the part at token ``at`` is said to be well: "my chest and breathing are fine"."""
        lists = self._lists
        for place in range(at + 1, min(len(self._tokens), at + 1 + WELL_REACH)):
            token = self._tokens[place]
            if token in lists["spoils"] or token in lists["breaks"] - lists["well"] - lists["links"]:
                return False
            if token in lists["nouns_only"]:
                return place + 1 < len(self._tokens) and self._tokens[place + 1] in lists["troubles"]
            if token in lists["well"]:
                return True
            if not (token in lists["links"] or token in lists["joins"] or self._is_part[place]):
                return False
        return False

    def _clause(self, start: int) -> int:
        for at in range(start - 1, -1, -1):
            if self._tokens[at] in self._lists["breaks"] and at not in self._pseudo:
                return at + 1
        return 0

    def _is_denial(self, at: int) -> bool:
        return self._tokens[at] in self._lists["negators"] or self._tokens[at] in self._lists["nouns_only"]

    def _denials_before(self, begin: int, start: int, kind: str) -> int:
        lists, count = self._lists, 0
        for at in range(start - 1, max(begin, start - REACH) - 1, -1):
            token = self._tokens[at]
            following = self._tokens[at + 1]
            if at in self._pseudo:
                continue
            if token in lists["affirms"]:
                break
            if count and token not in self._small:
                break  # another thing stands between: what is denied before it is not denied twice
            if token in lists["negators"]:
                count += 1
                if at and self._tokens[at - 1] in lists["nouns_only"]:
                    break  # "no not sweaty": one denial, said twice
            elif token in lists["nouns_only"]:
                if kind not in ("own", "says", "denies") and following not in lists["subjects"] | lists["owners"]:
                    if following in lists["more"] | lists["breaks"]:
                        return 2  # "no a bit of pain": a denial and a report at once
                    count = max(count, 1)
                break
            elif token in lists["unable"] and kind not in _WHOLE:
                continue
            elif token in lists["subjects"] and not count:
                if at == begin or self._tokens[at - 1] not in lists["carries"]:
                    if count == 0 and at - 1 >= begin and self._tokens[at - 1] in lists["negators"]:
                        continue
                    break
            elif token in lists["both"] and following in lists["subjects"] | lists["owners"]:
                break
        return count

    def _denied_after(self, end: int) -> bool:
        after = self._tokens[end + 1 :]
        if not after or not (after[0] in self._lists["nouns_only"] or after[0] in self._lists["negators"]):
            return False
        return len(after) == 1 or (after[0] == after[-1] and after[0] in self._lists["nouns_only"])

    def _questioned(self, begin: int, start: int) -> bool:
        lists, at = self._lists, begin
        while at < start and self._tokens[at] in lists["leads"]:
            at += 1
        if at >= start or any(token in lists["subjects"] for token in self._tokens[at + 3 : start]):
            return False  # a sentence of its own began after the question
        token, following = self._tokens[at], self._tokens[at + 1]
        return token in lists["asks"] or (
            token in lists["asks_before_subject"] and following in lists["subjects"] | lists["owners"]
        )

    def _conditional(self, begin: int, start: int) -> bool:
        for at in range(begin, start):
            if self._tokens[at] in self._lists["conditions"]:
                return not (at and self._tokens[at - 1] in self._lists["not_conditions"])
        return False

    def _owned(self, begin: int, end: int) -> bool:
        return any(token in self._lists["own_owners"] for token in self._tokens[begin : end + 1])

    def _in(self, begin: int, start: int, phrases: Sequence[tuple[int, int]]) -> bool:
        return any(begin <= first and last <= start for first, last in phrases)

    def _phrases(self, name: str) -> list[tuple[int, int]]:
        text, found = f" {' '.join(self._tokens)} ", []
        for phrase in self._lists[name]:
            at = text.find(f" {phrase} ")
            while at >= 0:
                first = text.count(" ", 0, at)
                found.append((first, first + phrase.count(" ") + 1))
                at = text.find(f" {phrase} ", at + 1)
        return found
