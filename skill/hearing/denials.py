"""Scans back from what was named for the word that denies it, after NegEx."""

from skill.hearing.meant import Meant, View

REACH = 14
"""Tokens over which a word of denial reaches."""

NOUNS = ("noun", "part", "asked_noun")
"""What a bare no before it denies."""

DENIALS = ("denies", "asked_denies")
"""What is a denial by itself, and so takes part in no list of things denied before it."""

_CARRY_OVER_OWNER = ("prep", "neg", "think", "carrier", "doubt")
"""Before an owner these carry a denial over it: "nothing wrong with my", "I don't think my"."""

_CARRY_OVER_SUBJECT = ("think", "carrier", "if", "doubt")
_SMALL = ("neutral", "verb", "think", "doubt", "polite", "prep")
"""What may stand between a denial and what it denies."""


def before(view: View, start: int, kind: str) -> Meant:
    """Return what the words before ``start`` make of what is named there."""
    return _Scan(view, start, kind).result()


class _Scan:
    """One scan from right to left. Each of its steps returns how the thing is meant, or None to go on."""

    def __init__(self, view: View, start: int, kind: str) -> None:
        self._view, self._start, self._kind = view, start, kind
        self._denials = 0
        self._unknown = False
        self._verb = self._other_named = False
        self._soft = self._doubt = False
        self._plain_no = self._none = False
        self._done = False

    def result(self) -> Meant:
        """Return what all of it comes to."""
        for at in range(self._start - 1, max(0, self._start - REACH) - 1, -1):
            if self._ends(at):
                break
            self._other_named = self._other_named or self._view.named[at]
            meant = self._step(at)
            if meant is not None:
                return meant
            if self._done:
                break
            if self._view.has(at, "verb") and not self._view.has(at, "neg"):
                self._verb = True
        if not self._denials:
            return Meant.PRESENT
        if self._doubt:
            return Meant.DOUBTED
        stressed = self._other_named and self._view.has(self._start - 1, "intense")
        if self._denials > 1 or self._unknown or stressed:
            return Meant.UNCLEAR
        return Meant.SOFTLY_DENIED if self._soft else Meant.DENIED

    def _ends(self, at: int) -> bool:
        """Return whether no denial reaches over the token ``at``: "but", or "nothing like that"."""
        view = self._view
        closes = view.has(at, "closing") and view.has(at - 1, "closing_link") and view.has(at - 2, "neg")
        return closes or view.has(at, "break") or (view.named[at] and self._kind in DENIALS)

    def _step(self, at: int) -> Meant | None:
        view = self._view
        if view.has(at, "no"):
            return self._at_no(at)
        if view.has(at, "not"):
            return self._at_not(at)
        if view.has(at, "hardly"):
            return Meant.PRESENT
        if view.has(at, "cannot", "modal_not"):
            self._at_modal(at)
        elif view.has(at, "subject"):
            self._at_subject(at)
        elif view.has(at, "owner"):
            leads = at + 1 == self._start and self._kind not in ("part", "state")
            self._done = leads and not self._denials and at > 0 and not view.has(at - 1, *_CARRY_OVER_OWNER)
        elif view.has(at, "affirms"):
            self._done = True
        elif not self._denials and not view.has(at, *_SMALL) and not view.named[at]:
            self._unknown = True
        return None

    def _at_no(self, at: int) -> Meant | None:
        """A bare no denies a noun. Before a sentence, a state or an owner it is an answer of its own."""
        view = self._view
        if self._verb or (self._denials and not self._plain_no):
            self._done = True
            return None
        if self._kind not in NOUNS or (view.has(at + 1, "owner") and at + 1 < self._start):
            return self._after_answer(at)
        if view.has(at + 1, "more_of") or (view.has(at + 1, "article") and at + 1 < self._start):
            return Meant.UNCLEAR
        self._plain_no, self._denials = True, 1
        return None

    def _after_answer(self, at: int) -> Meant:
        if self._denials:
            return Meant.DENIED
        near = all(self._view.has(place, "skip") for place in range(at + 1, self._start))
        plain = self._kind in ("state", "says", "asked_says") and near and not self._view.has(at + 1, "owner", "verb")
        return Meant.UNCLEAR if plain else Meant.PRESENT

    def _at_not(self, at: int) -> Meant | None:
        view = self._view
        if view.has(at, "misheard") and view.has(at - 1, "feels"):
            return Meant.UNCLEAR
        keeps = view.has(at + 1, "quits") or view.any_has(at + 1, self._start, "keeps")
        if keeps or (view.has(at, "do_not") and view.has(at + 1, "likes")):
            return Meant.PRESENT
        if view.has(at + 1, "doubt"):
            self._doubt = True
        elif view.any_has(at + 1, self._start, "think"):
            self._soft = True
        if self._plain_no and view.has(at + 1, "no"):
            return Meant.UNCLEAR
        self._denials += not (self._plain_no or self._none)  # "ain't got no": one denial, said twice
        self._plain_no, self._none = False, view.has(at, "none_word")
        return None

    def _at_modal(self, at: int) -> None:
        """Take "can't" and "won't", which deny only what is known or said."""
        view = self._view
        if view.has(at, "cannot") and view.has(at + 1, "doubt", "think"):
            self._doubt, self._denials = True, self._denials + 1
        elif view.has(at, "modal_not") and view.has(at + 1, "think"):
            self._soft, self._denials = True, self._denials + 1
        elif view.has(at, "modal_not") and not self._denials:
            self._unknown = True

    def _at_subject(self, at: int) -> None:
        if self._view.has(at - 1, *_CARRY_OVER_SUBJECT):
            self._none, self._verb = False, True
        else:
            self._done = True
