"""Splits an utterance into clauses and marks its words: denied, doubted, asked, under a condition, well.

A light scan from left to right. It is not exact and need not be: the reader learns from sentences that went through the
same scan. Which words deny or ask belongs to the locale and comes with the reader's table.
"""

import re
from collections.abc import Mapping
from typing import TypeAlias

PLAIN, DENIED, UNABLE, WELL, ASKED, CONDITION, DOUBTED, SOFT, TWICE = range(9)
"""The marks. ``TWICE`` is a denial of a denial; ``UNABLE`` is "can't", after which most findings are present."""

Clause: TypeAlias = list[tuple[str, int]]
"""Words with their marks."""

_WORD = re.compile(r"[a-z]+n't|[a-z]+|'[a-z]+|[0-9]+")
_WELL_REACH = 6
"""How many words before "fine" it can speak of."""


class Marker:
    """Marks words by the word classes of a locale."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        kinds: dict[str, set[str]] = {}
        for kind, words in classes.items():
            for word in words:
                kinds.setdefault(word, set()).add(kind)
        self._kinds = {word: frozenset(names) for word, names in kinds.items()}
        self._none: frozenset[str] = frozenset()

    def clauses(self, words: str) -> list[Clause]:
        """Return the clauses of an utterance, each word with its mark. The words come in lower case."""
        found = _WORD.findall(words.lower().replace("’", "'"))
        kinds = [self._kinds.get(word, self._none) for word in found]
        clauses: list[Clause] = [[]]
        mark, renewed, well = PLAIN, False, False
        for at, word in enumerate(found):
            kind = kinds[at]
            following = kinds[at + 1] if at + 1 < len(found) else None
            clause = clauses[-1]
            fine_follows = bool(following and "good" in following)
            if (
                kind
                and clause
                and not fine_follows
                and self._begins(kind, kinds[at - 1], found[at - 1], mark, well=well)
            ):
                clause = []
                clauses.append(clause)
                mark, renewed, well = PLAIN, False, False
            if not kind:
                clause.append((word, mark))
                continue
            own = mark
            if mark in (PLAIN, DENIED) and self._asks(kind, clause, kinds[:at], following):
                mark = ASKED
            elif "conditions" in kind and not (at and "not_conditions" in kinds[at - 1]):
                mark = CONDITION
            elif "unable" in kind:
                mark = UNABLE if mark in (PLAIN, DENIED, ASKED) else mark
            elif "no" in kind or "negator" in kind:
                if mark == DENIED and renewed:
                    mark = TWICE
                elif mark in (PLAIN, SOFT) and ("negator" in kind or self._holds(following)):
                    mark = DENIED
                renewed = False
            elif mark == DENIED and "doubts" in kind:
                mark = DOUBTED
            elif mark == DENIED and "soft" in kind:
                mark = SOFT
            elif "subjects" in kind:
                renewed = True
            clause.append((word, own))
            if ("good" in kind and own == PLAIN) or self._no_trouble(kind, kinds, at, following):
                self._is_well(clause)
                well = True
        return [clause for clause in clauses if clause]

    @staticmethod
    def _begins(kind: frozenset[str], before: frozenset[str], word: str, mark: int, *, well: bool) -> bool:
        """Whether a word begins a clause, after the word before it."""
        if "breaks" in kind:
            return mark not in (ASKED, CONDITION)
        if mark in (PLAIN, ASKED, CONDITION) and not well:
            return False
        return bool(kind & {"subjects", "owners"}) and ("joins" not in before or word == "and")

    @staticmethod
    def _asks(
        kind: frozenset[str], clause: Clause, before: list[frozenset[str]], following: frozenset[str] | None
    ) -> bool:
        """Whether a word begins a question: it stands first, or after words that may lead in."""
        if not ("asks" in kind or ("asks_before_subject" in kind and following and following & {"subjects", "owners"})):
            return False
        return all("leads" in kinds or "breaks" in kinds for kinds in before[len(before) - len(clause) :])

    @staticmethod
    def _holds(following: frozenset[str] | None) -> bool:
        """Whether "no" holds what follows: a noun, and not a new subject, an owner or nothing."""
        return following is not None and not following & {"subjects", "owners", "breaks", "no", "leads"}

    @staticmethod
    def _no_trouble(
        kind: frozenset[str], kinds: list[frozenset[str]], at: int, following: frozenset[str] | None
    ) -> bool:
        """Whether this is "no problem" with nothing after it that it could be a problem of."""
        if "trouble" not in kind or at < 2 or "no" not in kinds[at - 1]:  # noqa: PLR2004 - a thing stands before "no"
            return False
        return following is None or bool(following & {"subjects", "breaks", "owners"})

    def _is_well(self, clause: Clause) -> None:
        """Mark what is fine: back over the links, then the words up to the next link."""
        at, reached, named = len(clause) - 2, 0, False
        while at >= 0 and reached < _WELL_REACH:
            word, mark = clause[at]
            link = "links" in self._kinds.get(word, self._none)
            if link and named:
                return
            if not link:
                named = True
                if mark == PLAIN:
                    clause[at] = (word, WELL)
            at, reached = at - 1, reached + 1
