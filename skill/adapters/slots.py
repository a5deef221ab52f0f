"""Reads slots as Alexa sends them, in every shape, and makes the move that an intent stands for."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from skill.adapters.intents import INTENTS, NOUNS, Intent
from skill.dialog.moves import Move
from skill.protocol.care import TOPIC, TopicId
from skill.protocol.model import Protocol, FindingId

_ISO_DURATION = re.compile(
    r"P(?:(?P<years>\d+(?:\.\d+)?)Y)?(?:(?P<months>\d+(?:\.\d+)?)M)?(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_DAYS = {
    "years": 365.0,
    "months": 30.0,
    "weeks": 7.0,
    "days": 1.0,
    "hours": 1 / 24,
    "minutes": 1 / 1440,
    "seconds": 1 / 86400,
}

Slots = Mapping[str, Mapping[str, Any]]
"""Slots by name, as JSON: each has ``value`` where something was said, and ``ids``, what it resolved to."""


def move_of(name: str, slots: Slots, protocol: Protocol, is_sentence: Callable[[str], bool] = lambda _: False) -> Move:
    """Return the move for the intent ``name``; an intent that the skill does not know is something not understood.

    Args:
        name: as Alexa sends it.
        slots: those of the intent that were filled.
        protocol: whose findings they name.
        is_sentence: tells a sentence from a noun. Alexa may take "no my arm is numb" for a denial of "my arm is numb";
            what is said as a sentence is never denied by that, but asked about again.
    """
    intent = INTENTS.get(name, INTENTS["AMAZON.FallbackIntent"])
    present, unknown_present = _findings(intent.present, slots, protocol)
    denied = {slot: _unless(is_sentence, slot, slots[slot]) for slot in intent.absent if slot in slots}
    absent, unknown_absent = _findings(intent.absent, denied, protocol)
    doubted, _ = _findings(intent.doubted, slots, protocol)
    return Move(
        kind=intent.move,
        present=_most_urgent(present, protocol),
        absent=tuple(ids[0] for ids in absent if len(ids) == 1),
        doubted=tuple(dict.fromkeys(id_ for ids in doubted for id_ in ids if id_ in protocol.question_of)),
        unresolved=unknown_present or unknown_absent or _empty(intent, slots),
        topic=_topic(intent, slots),
        days=_days(intent, slots),
    )


def days_in(spoken: str | None) -> float | None:
    """Return the days in an ISO 8601 duration such as ``P3W``; None where it holds none."""
    found = _ISO_DURATION.fullmatch(spoken or "")
    if not found or not any(found.groups()):
        return None
    return sum(float(number) * _DAYS[unit] for unit, number in found.groupdict().items() if number)


def _unless(is_sentence: Callable[[str], bool], name: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
    is_noun = name.rpartition("_")[2] in NOUNS
    return {**said, "ids": ()} if is_noun and is_sentence(said.get("value") or "") else said


def _topic(intent: Intent, slots: Slots) -> TopicId | None:
    ids = (id_ for name in intent.topics for id_ in slots.get(name, {}).get("ids", ()))
    return next((TopicId(id_) for id_ in ids if id_ in TOPIC), None)


def _days(intent: Intent, slots: Slots) -> float | None:
    """Return the longest duration that was said: by the id of a span, else as Amazon's ISO 8601 value."""
    said = [slots.get(name, {}) for name in intent.durations]
    found = [days_in(text) for slot in said for text in (*slot.get("ids", ()), slot.get("value"))]
    return max((days for days in found if days is not None), default=None)


def _findings(names: tuple[str, ...], slots: Slots, protocol: Protocol) -> tuple[list[list[FindingId]], bool]:
    """Return what each filled slot may mean, and whether one was filled with something unknown."""
    found, unknown = [], False
    for name in names:
        slot = slots.get(name, {})
        ids = [FindingId(id_) for id_ in slot.get("ids", ()) if id_ in protocol.finding]
        if ids:
            found.append(ids)
        elif slot.get("value"):
            unknown = True
    return found, unknown


def _most_urgent(found: list[list[FindingId]], protocol: Protocol) -> tuple[FindingId, ...]:
    # Several matches for one slot: the more urgent reading wins.
    return tuple(dict.fromkeys(max(ids, key=lambda id_: protocol.finding[id_].level) for ids in found))


def _empty(intent: Intent, slots: Slots) -> bool:
    wanted = (*intent.present, *intent.absent)
    return bool(wanted) and not any(slots.get(name, {}).get("value") for name in wanted)


def matched_ids(slot: Any) -> Iterator[str]:
    """Yield the value ids that a raw slot resolved to, over all authorities, static and dynamic, without doubles."""
    seen: set[str] = set()
    authorities = _at(_at(slot, "resolutions"), "resolutionsPerAuthority")
    for authority in authorities if isinstance(authorities, list) else ():
        if _at(_at(authority, "status"), "code") != "ER_SUCCESS_MATCH":
            continue
        values = _at(authority, "values")
        for value in values if isinstance(values, list) else ():
            id_ = _at(_at(value, "value"), "id")
            if isinstance(id_, str) and id_ not in seen:
                seen.add(id_)
                yield id_


def _at(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None
