"""Decides how a thing that was named is meant: present, denied, doubted, asked about, or unclear.

After NegEx and ConText: words of denial before and after, what ends their reach, what only looks like a denial, what is
a question or a condition, and who it is about. Every word is a class of the locale; none stands here.
"""

from collections.abc import Sequence
from enum import Enum, auto

from skill.hearing.forms import Token

REACH = 14
"""Tokens over which a word of denial reaches."""

FEW_UNKNOWN = 0
"""Words that nobody knows, between a denial and what it denies; with more of them it is asked about by name."""


_CARRY_OVER_OWNER = ("prep", "neg", "think", "carrier", "doubt")
"""Before an owner these carry a denial over it: "nothing wrong with my", "I don't think my"."""


class Meant(Enum):
    """How a thing that was named is meant."""

    PRESENT = auto()
    DENIED = auto()
    SOFTLY_DENIED = auto()
    DOUBTED = auto()
    UNCLEAR = auto()
    OTHER = auto()
    """Asked about, under a condition, or about somebody else."""


class Scopes:
    """The scopes of one utterance."""

    def __init__(self, tokens: Sequence[Token], named: Sequence[bool]) -> None:
        """Take the tokens, and for each of them whether it names a finding or a part of the body."""
        self._tokens = tokens
        self._named = named

    def meant(self, start: int, end: int, *, kind: str, holds_denial: bool, urgent: bool) -> Meant:
        """Return how the tokens from ``start`` up to ``end`` are meant.

        Args:
            start: the first token.
            end: the one after the last token.
            kind: as in ``vocabulary.KINDS``.
            holds_denial: whether a denial is part of what was found.
            urgent: whether it names an emergency, which is never passed over for whom it is about.
        """
        if (aside := self._aside(start, end, kind, urgent=urgent)) is not None:
            return aside
        before = self._before(start, kind)
        if kind in ("denies", "asked_denies"):
            return {
                Meant.PRESENT: Meant.DENIED,
                Meant.SOFTLY_DENIED: Meant.SOFTLY_DENIED,
                Meant.DOUBTED: Meant.DOUBTED,
            }.get(before, Meant.UNCLEAR)
        if holds_denial:
            return {Meant.DENIED: Meant.UNCLEAR}.get(before, before)
        if before is Meant.PRESENT and kind in ("noun", "part"):
            return self._after(start, end)
        return before

    def _is(self, at: int, *classes: str) -> bool:
        return 0 <= at < len(self._tokens) and any(f"<{name}>" in self._tokens[at].keys for name in classes)

    def _aside(self, start: int, end: int, kind: str, *, urgent: bool) -> Meant | None:
        """Return what a thing is meant as where it is asked about, under a condition, or somebody else's."""
        clause = self._clause(start)
        condition = self._condition(clause, start)
        if condition is not None:
            return condition
        if self._questioned(clause, start):
            owned = any(self._is(at, "owner") or self._is(at, "subject") for at in range(clause + 1, end))
            return (
                Meant.UNCLEAR
                if owned and urgent and kind in ("says", "state", "noun") and self._own(clause, end)
                else Meant.OTHER
            )
        if self._is_of_an_animal(clause, start) or self._is_of_a_thing(start, kind):
            return Meant.OTHER
        if self._is_of_another(clause, start):
            past = any(self._is(at, "past") for at in range(clause, start))
            return Meant.UNCLEAR if urgent and not past else Meant.OTHER
        return None

    def _own(self, clause: int, end: int) -> bool:
        return any(self._tokens[at].text in self._mine for at in range(clause, end))

    _mine = frozenset({"my", "i", "me", "her", "his", "he", "she"})

    def _clause(self, start: int) -> int:
        at = start
        while at > 0 and not self._is(at - 1, "break"):
            at -= 1
        return at

    def _new_subject(self, first: int, start: int) -> bool:
        """Return whether a second subject between ``first`` and ``start`` begins a sentence of its own."""
        seen = 0
        for at in range(first, start + 1):
            if self._is(at, "subject"):
                joined = at and self._is(at - 1, "think", "if", "doubt", "wh", "carrier", "fear")
                seen += not joined or not seen
                if seen > 1:
                    return not self._is(at + 1, "would")
        return False

    def _condition(self, clause: int, start: int) -> Meant | None:
        for at in range(start - 1, clause - 1, -1):
            if self._is(at, "if"):
                if self._is(at - 1, "as_if"):
                    return None
                if any(self._is(place, "neg") and self._is(place + 1, "doubt") for place in range(clause, at)):
                    return Meant.DOUBTED
                whole = any(self._is(place, "wonder") for place in range(clause, at))
                if whole or not self._new_subject(at, start):
                    return Meant.OTHER
                return None
            if self._is(at, "fear") and not self._new_subject(at, start):
                return None if any(self._is(place, "neg") for place in range(clause, at)) else Meant.OTHER
        return None

    def _questioned(self, clause: int, start: int) -> bool:
        at = clause
        while at < start and self._is(at, "lead"):
            at += 1
        if at >= start:
            return False
        asks = (
            self._is(at, "wh")
            or (self._is(at, "asks") and self._is(at + 1, "subject", "owner", "determiner") and not self._is(at, "neg"))
            or (self._is(at, "helps_ask") and not self._is(at + 1, "verb", "neg"))
            or (self._is(at, "asks") and any(self._is(place, "second_person") for place in range(len(self._tokens))))
        )
        return asks and not self._new_subject(at, start)

    def _is_of_an_animal(self, clause: int, start: int) -> bool:
        for at in range(start - 1, clause - 1, -1):
            if self._is(at, "subject"):
                return False
            if self._is(at, "animal"):
                return not self._is(at - 1, "prep", "joins")
        return False

    def _is_of_a_thing(self, start: int, kind: str) -> bool:
        """Return whether a state is said of something that has no body: "the tea is weak"."""
        at = start - 1
        while self._is(at, "skip") and not self._is(at, "thing"):
            at -= 1
        return kind in ("state", "says") and self._is(at, "thing")

    def _is_of_another(self, clause: int, start: int) -> bool:
        for at in range(start - 1, clause - 1, -1):
            if self._is(at, "subject") and not self._is(at + 1, "says_so"):
                return False
            if self._is(at, "far_person"):
                return (
                    at > 0 and self._is(at - 1, "owner", "determiner", "far_person") and not self._is(at + 1, "says_so")
                )
        return False

    def _before(self, start: int, kind: str) -> Meant:  # noqa: C901, PLR0912, PLR0915 one scan; its cases are the rules
        """Return what the words before ``start`` make of it."""
        noun = kind in ("noun", "part")
        unknown, crossed_verb, soft, doubt, denials, plain_no = 0, False, False, False, 0, False
        crossed_named = False
        at = start
        while at > max(0, start - REACH):
            at -= 1
            if self._is(at, "break") or self._closes(at) or (self._named[at] and kind in ("denies", "asked_denies")):
                break
            crossed_named = crossed_named or self._named[at]
            if self._is(at, "no"):
                if crossed_verb or (denials and not plain_no):
                    break
                answers = self._is(at + 1, "owner") and at + 1 < start
                if answers or not noun:
                    return self._directly_after_no(at, start, kind, denials)
                if self._is(at + 1, "more_of") or (self._is(at + 1, "article") and at + 1 < start):
                    return Meant.UNCLEAR
                plain_no, denials = True, 1
            elif self._is(at, "not"):
                if self._is(at + 1, "quits") or any(self._is(place, "keeps") for place in range(at + 1, start)):
                    return Meant.PRESENT
                if self._is(at, "do_not") and self._is(at + 1, "likes"):
                    return Meant.PRESENT
                if self._is(at + 1, "doubt"):
                    doubt = True
                elif any(self._is(place, "think") for place in range(at + 1, start)):
                    soft = True
                if plain_no and self._is(at + 1, "no"):
                    return Meant.UNCLEAR
                denials += 0 if plain_no else 1
                plain_no = False
            elif self._is(at, "cannot"):
                if self._is(at + 1, "doubt", "think"):
                    doubt, denials = True, denials + 1
            elif self._is(at, "modal_not"):
                if self._is(at + 1, "think"):
                    soft, denials = True, denials + 1
                elif not denials:
                    unknown += 1
            elif self._is(at, "hardly"):
                return Meant.PRESENT
            elif self._is(at, "subject"):
                if not self._is(at - 1, "think", "carrier", "if", "doubt"):
                    break
                crossed_verb = True
            elif self._is(at, "owner"):
                leads = at + 1 == start and kind not in ("part", "state")
                if leads and not denials and at and not self._is(at - 1, *_CARRY_OVER_OWNER):
                    break
            elif self._is(at, "affirms"):
                break
            elif not denials and not (
                self._is(at, "neutral", "verb", "think", "doubt", "polite", "prep") or self._named[at]
            ):
                unknown += 1
            if self._is(at, "verb") and not self._is(at, "neg"):
                crossed_verb = True
        if denials == 0:
            return Meant.PRESENT
        if doubt:
            return Meant.DOUBTED
        if denials > 1 or unknown > FEW_UNKNOWN or (crossed_named and self._is(start - 1, "intense")):
            return Meant.UNCLEAR
        return Meant.SOFTLY_DENIED if soft else Meant.DENIED

    def _closes(self, at: int) -> bool:
        """Return whether a denial ends here that says all of itself: "nothing like that"."""
        return self._is(at, "closing") and self._is(at - 1, "closing_link") and self._is(at - 2, "neg")

    def _directly_after_no(self, at: int, start: int, kind: str, denials: int) -> Meant:
        """Return what a bare no before a state or a sentence makes of it: it answers, and denies no sentence."""
        if denials:
            return Meant.DENIED
        near = all(self._is(place, "skip") for place in range(at + 1, start))
        return (
            Meant.UNCLEAR
            if kind in ("state", "says") and near and not self._is(at + 1, "owner", "verb")
            else Meant.PRESENT
        )

    def _after(self, start: int, end: int) -> Meant:
        """Return what the words after a noun make of it: "fever I don't have", "numbness none"."""
        at = end
        while self._is(at, "after_noun"):
            at += 1
        if not self._is(at, "not", "no"):
            return Meant.PRESENT
        plain = self._is(at, "no")
        if (
            not plain
            and at + 1 >= len(self._tokens)
            and not any(self._is(place, "subject") for place in range(end, at))
        ):
            return Meant.UNCLEAR
        at += 1
        while self._is(at, "after_denial"):
            at += 1
        if plain and at < len(self._tokens) and self._named[at] and self._is(len(self._tokens) - 1, "no"):
            return Meant.DENIED
        if at < len(self._tokens) and not self._is(at, "break", "and", "no", "polite"):
            return Meant.PRESENT
        if plain and start != self._clause(start):
            return Meant.UNCLEAR if at >= len(self._tokens) else Meant.PRESENT
        return Meant.DENIED
