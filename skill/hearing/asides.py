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
        return Meant.UNCLEAR if owned and urgent and kind in ("says", "state", "noun") else Meant.ASKED_ABOUT
    if _is_of_an_animal(view, clause, start, end):
        return Meant.OTHER
    if kind in ("state", "says", "asked_says") and (of_thing := _of_thing(view, start, urgent=urgent)):
        return of_thing
    if _is_of_another(view, clause, start):
        return Meant.UNCLEAR if urgent and not view.any_has(clause, start, "past") else Meant.OTHER
    if _was_of_kin(view, clause, start, end):
        return Meant.OTHER
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
            return Meant.ASKED_ABOUT if whole or not view.is_new_subject(at, start) else None
        if view.has(at, "fear") and not view.is_new_subject(at, start):
            return None if view.any_has(clause, at, "neg") else Meant.ASKED_ABOUT
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


def _of_thing(view: View, start: int, *, urgent: bool) -> Meant | None:
    """Return how a state is meant that is said of something that has no body: "the tea is weak"; else None.

    What is said of a word that nobody knows is asked about by name: "the gizmo is weak".
    """
    at = start - 1
    while view.has(at, "skip", "verb") and not view.has(at, "thing"):
        at -= 1
    if view.has(at, "thing"):
        return Meant.OTHER
    is_said_of = at < start - 1 and view.is_unknown(at) and view.has(at - 1, "determiner")
    if view.has(at, "it") and view.any_has(0, at, "thing"):
        return Meant.UNCLEAR if urgent else Meant.OTHER
    return Meant.UNCLEAR if is_said_of else None


def _was_of_kin(view: View, clause: int, start: int, end: int) -> bool:
    """Return whether it was somebody's of the family, in another year: "my wife had chest pain last year"."""
    is_kin = any(view.has(at, "kin") and view.has(at - 1, "owner") for at in range(clause + 1, start))
    was = view.any_has(clause, start, "past") and not view.any_has(0, view.count, "goes_on")
    return is_kin and was and view.any_has(end, view.count, "another_time")


def _is_of_another(view: View, clause: int, start: int) -> bool:
    """Return whether somebody is the subject who is hardly the patient: "my neighbor had a stroke"."""
    for at in range(start - 1, clause - 1, -1):
        speaks = view.has(at + 1, "says_so")
        if view.has(at, "subject") and not speaks:
            return False
        if view.has(at, "far_person"):
            return view.has(at - 1, "owner", "determiner", "far_person") and not speaks
    return False
