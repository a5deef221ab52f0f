"""Finds how long the pain has lasted, in days, and the tokens that say it."""

from collections.abc import Mapping, Sequence
from typing import Any

from skill.hearing.lexicon import Lexicon

LONGEST_DAYS = 120 * 365.0
"""No pain lasts longer than a life."""

NEAR = 5
"""Tokens on either side that tell what a length of time is about."""


def lasted(lexicon: Lexicon, tokens: Sequence[str], *, asked: bool) -> tuple[float | None, frozenset[int]]:
    """Return the longest time that ``tokens`` say the pain has lasted, and which tokens say it.

    Args:
        lexicon: of the locale.
        tokens: of the utterance.
        asked: whether the length of time was asked about, so that a bare one answers it.
    """
    table, longest = lexicon.durations, None
    places: set[int] = set()
    taken: set[int] = set()
    for start, end, days in (*_spans(table, tokens), *_counted(table, tokens)):
        if taken.isdisjoint(range(start, end)) and _is_of_the_pain(table, tokens, start, end, asked=asked):
            first = start
            while first and tokens[first - 1] in table["articles"]:
                first -= 1
            taken.update(range(first, end))
            places.update(range(first, end))
            longest = max(days, longest or 0.0)
    return (min(longest, LONGEST_DAYS) if longest is not None else None), frozenset(places)


def _spans(table: Mapping[str, Any], tokens: Sequence[str]) -> list[tuple[int, int, float]]:
    text = f" {' '.join(tokens)} "
    found = []
    for span, days in table["spans"].items():
        at = text.find(f" {span} ")
        if at >= 0:
            first = text.count(" ", 0, at)
            found.append((first, first + span.count(" ") + 1, float(days)))
    return sorted(found, key=lambda one: one[0] - one[1])


def _counted(table: Mapping[str, Any], tokens: Sequence[str]) -> list[tuple[int, int, float]]:
    numbers, units, found = table["numbers"], table["units"], []
    for at, token in enumerate(tokens):
        unit = units.get(token) or units.get(token.removesuffix("s"))
        if unit is None:
            continue
        start, amount, seen = at, 0.0, False
        scale = 1.0
        while start > 0 and at - start < NEAR:
            before = tokens[start - 1]
            number = float(before) if before.isdigit() and len(before) < NEAR else numbers.get(before)
            if number is None and before not in table["between"]:
                break
            if number is not None and (number < 1 or number >= table["tens_from"] or not seen):
                amount, seen = amount + number * scale, True
            elif number is not None and before not in table["articles"]:
                amount = max(amount, number)
            start -= 1
        if seen:
            found.append((start, at + 1, amount * float(unit)))
    return found


def _is_of_the_pain(table: Mapping[str, Any], tokens: Sequence[str], start: int, end: int, *, asked: bool) -> bool:
    context = table["context"]
    before, after = tokens[max(0, start - 2) : start], tokens[end : end + 2]
    if any(token in context["elsewhere_after"] for token in after[:1]):
        return False
    if before and before[-1] in context["elsewhere_before"]:
        return False
    if len(before) > 1 and before[-1] in context["carries"] and before[0] in context["elsewhere_before"]:
        return False
    around = {*tokens[max(0, start - NEAR - 1) : start], *tokens[end : end + NEAR]}
    if around & set(context["other_events"]):
        return False
    rest = [*tokens[:start], *tokens[end:]]
    return (
        asked or set(rest) <= set(context["bare"]) or bool({*around, *tokens[start:end]} & set(context["about_pain"]))
    )
