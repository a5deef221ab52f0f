"""Finds what is named but not said of the patient: asked about, under a condition, or somebody else's."""

from skill.hearing.meant import Meant, View


def aside(view: View, start: int, end: int, kind: str, *, urgent: bool) -> Meant | None:
    """Return how the tokens from ``start`` up to ``end`` are meant if they are an aside, else None.

    An emergency that may be the patient's own after all is asked about by name.
    """
    clause = view.clause(start)
    condition = _condition(view, clause, start)
    if condition is not None:
        return condition
    if _is_questioned(view, clause, start):
        owned = view.any_has(clause + 1, end, "owner", "subject") and view.any_has(clause, end, "ones_own")
        return Meant.UNCLEAR if owned and urgent and kind in ("says", "state", "noun") else Meant.OTHER
    if _is_of_an_animal(view, clause, start, end) or _is_of_a_thing(view, start, kind):
        return Meant.OTHER
    if _is_of_another(view, clause, start):
        return Meant.UNCLEAR if urgent and not view.any_has(clause, start, "past") else Meant.OTHER
    return None


def _condition(view: View, clause: int, start: int) -> Meant | None:
    """Return how a condition before ``start`` lets it be meant: "what if", "not sure if", "if I had"."""
    for at in range(start - 1, clause - 1, -1):
        if view.has(at, "if"):
            if view.has(at - 1, "as_if"):
                return None
            if any(view.has(place, "neg") and view.has(place + 1, "doubt") for place in range(clause, at)):
                return Meant.DOUBTED
            whole = view.any_has(clause, at, "wonder")
            return Meant.OTHER if whole or not view.is_new_subject(at, start) else None
        if view.has(at, "fear") and not view.is_new_subject(at, start):
            return None if view.any_has(clause, at, "neg") else Meant.OTHER
    return None


def _is_questioned(view: View, clause: int, start: int) -> bool:
    """Return whether the clause begins as a question, and no new sentence begins before ``start``."""
    at = clause
    while at < start and view.has(at, "lead"):
        at += 1
    if at >= start:
        return False
    inverted = view.has(at + 1, "subject", "owner", "determiner") or view.any_has(0, view.count, "second_person")
    asks = (
        view.has(at, "wh")
        or (view.has(at, "asks") and not view.has(at, "neg") and inverted)
        or (view.has(at, "helps_ask") and not view.has(at + 1, "verb", "neg"))
    )
    return asks and not view.is_new_subject(at, start)


def _is_of_an_animal(view: View, clause: int, start: int, end: int) -> bool:
    """Return whether an animal is the subject, and nobody is what it does something to."""
    if view.any_has(start, end + 2, "object"):
        return False
    for at in range(start - 1, clause - 1, -1):
        if view.has(at, "subject"):
            return False
        if view.has(at, "animal"):
            return not view.has(at - 1, "prep", "joins")
    return False


def _is_of_a_thing(view: View, start: int, kind: str) -> bool:
    """Return whether a state is said of something that has no body: "the tea is weak"."""
    at = start - 1
    while view.has(at, "skip", "verb") and not view.has(at, "thing"):
        at -= 1
    return kind in ("state", "says") and view.has(at, "thing")


def _is_of_another(view: View, clause: int, start: int) -> bool:
    """Return whether somebody is the subject who is hardly the patient: "my neighbor had a stroke"."""
    for at in range(start - 1, clause - 1, -1):
        speaks = view.has(at + 1, "says_so")
        if view.has(at, "subject") and not speaks:
            return False
        if view.has(at, "far_person"):
            return view.has(at - 1, "owner", "determiner", "far_person") and not speaks
    return False
