"""Decides how a thing that was named is meant: present, denied, doubted, asked about, or unclear.

After NegEx and ConText: words of denial before and after, what ends their reach, what only looks like a denial, what is
a question or a condition, and who it is about. Every word is a class of the locale; none stands here.
"""

from dataclasses import dataclass

from skill.hearing.asides import aside
from skill.hearing.denials import DENIALS, NOUNS, before
from skill.hearing.meant import Meant, View

_OF_A_DENIAL = {
    Meant.PRESENT: Meant.DENIED,
    Meant.SOFTLY_DENIED: Meant.SOFTLY_DENIED,
    Meant.DOUBTED: Meant.DOUBTED,
}
"""What the words before a denial make of it; a denied denial is unclear."""


@dataclass(frozen=True)
class Thing:
    """Something that was named."""

    start: int
    """Its first token."""
    end: int
    """The one after its last token."""
    kind: str
    """As in ``vocabulary.KINDS``."""
    holds_denial: bool
    """Whether a denial is part of what was found: "can't breathe"."""
    urgent: bool
    """Whether it is an emergency, which is never passed over for whom it is about."""


def meant(view: View, thing: Thing) -> Meant:
    """Return how ``thing`` is meant."""
    elsewhere = aside(view, thing.start, thing.end, thing.kind, urgent=thing.urgent)
    if elsewhere is not None:
        return elsewhere
    found = before(view, thing.start, thing.kind)
    if found is Meant.DENIED and view.has(thing.start, "no") and view.has(thing.start - 1, "verb"):
        return Meant.DENIED
    if thing.kind in DENIALS and view.has(thing.start, "no") and view.has(thing.start + 1, "more_of"):
        return Meant.UNCLEAR  # "no a bit of trouble with my bladder"
    if thing.kind in DENIALS:
        return _OF_A_DENIAL.get(found, Meant.UNCLEAR)
    if thing.holds_denial:
        return Meant.UNCLEAR if found is Meant.DENIED else found
    return _after(view, thing.start, thing.end) if found is Meant.PRESENT and thing.kind in NOUNS else found


def _after(view: View, start: int, end: int) -> Meant:
    """Return what the words after a noun make of it: "fever I don't have", "numbness none"."""
    at = end
    while view.has(at, "after_noun"):
        at += 1
    if not view.has(at, "not", "no"):
        return Meant.PRESENT
    plain = view.has(at, "no")
    if not plain and at + 1 >= view.count and not view.any_has(end, at, "subject"):
        return Meant.UNCLEAR  # what was not was not heard
    at += 1
    while view.has(at, "after_denial"):
        at += 1
    ends = at >= view.count
    if plain and not ends and view.named[at] and view.has(view.count - 1, "no"):
        return Meant.DENIED  # "chest no, breath no"
    if not ends and not view.has(at, "break", "and", "no", "polite"):
        return Meant.PRESENT
    if plain and start != view.clause(start):
        return Meant.UNCLEAR if ends else Meant.PRESENT
    return Meant.DENIED
