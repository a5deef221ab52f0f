"""What Alexa would have handed over for words, beside what the skill's own hearing makes of them.

Nobody outside of Amazon knows what Alexa makes of an utterance. ``simulator.neutral`` stands for it: it knows the
interaction model and nothing else.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from simulator.client import intent_request
from simulator.neutral import Neutral, Ngrams, Understood
from simulator.trace import Tracer
from simulator.web.invocation import MODELS

NOTED = ("acts", "present", "absent", "doubted", "unaccounted", "level", "state")
"""What is shown of a traced turn."""


@cache
def alexa(locale: str) -> Neutral:
    """Return the understanding of the interaction model of ``locale``. It is learned once, in about three seconds."""
    return Neutral(json.loads((MODELS / f"{locale}.json").read_text("utf-8")), Ngrams())


@cache
def tracer(locale: str) -> Tracer:
    """Return the real handler of ``locale``, traced."""
    return Tracer(locale)


def understood(words: str, locale: str) -> Understood:
    """Return the intent and the slots that Alexa would send for ``words``."""
    (taken_for,) = alexa(locale).understand([words])
    return taken_for


def request(words: str, locale: str) -> dict[str, Any]:
    """Return the request that Alexa would send for ``words``."""
    taken_for = understood(words, locale)
    made = intent_request(taken_for.intent)
    made["intent"]["slots"] = dict(taken_for.slots)
    return made


def both(words: str, locale: str, attributes: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return two readings of ``words`` in the session that holds ``attributes``: ``alexa`` and ``hearing``.

    Each has ``intent``, ``slots`` (those with words, and what they resolve to) and what a turn came to (``NOTED``).
    ``alexa`` also has ``sample`` and ``nearness``: which sample was nearest, and how near, from 0 to 1.
    """
    taken_for = understood(words, locale)
    as_alexa = {"attributes": attributes, "intent": taken_for.intent, "slots": taken_for.slots}
    as_heard = {"attributes": attributes, "words": words}
    return {
        "alexa": {
            "intent": taken_for.intent,
            "slots": _filled(taken_for.slots),
            "sample": taken_for.sample,
            "nearness": round(taken_for.nearness, 2),
            **_turn(as_alexa, locale),
        },
        "hearing": {"slots": {"words": words}, **_turn(as_heard, locale)},
    }


def _turn(line: Mapping[str, Any], locale: str) -> dict[str, Any]:
    traced = tracer(locale).turn(line)
    return {key: traced[key] for key in NOTED}


def _filled(slots: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the words of each slot that has some, with the id that they resolved to."""
    shown = {}
    for name, slot in slots.items():
        if "value" in slot:
            authorities = slot.get("resolutions", {}).get("resolutionsPerAuthority", ())
            ids = [value["value"]["id"] for found in authorities for value in found.get("values", ())]
            shown[name] = f"{slot['value']} → {', '.join(ids) or 'nothing'}" if authorities else str(slot["value"])
    return shown
