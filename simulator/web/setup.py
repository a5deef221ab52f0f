"""What the page needs once: devices, locales, things to say, and the protocol as a flowchart."""

from typing import Any

from simulator import builtin
from simulator.client import DEVICES
from simulator.understand import MODELS, Understanding
from simulator.web.invocation import invocation_name, samples
from simulator.web.state import READBACK
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK
from skill.prompts import catalogue
from skill.prompts.catalogue import Catalogue, Line

DEFAULT_LOCALE = "en-US"

OFFERED = (
    "AMAZON.YesIntent",
    "AMAZON.NoIntent",
    "UnsureIntent",
    "AMAZON.RepeatIntent",
    "WhyIntent",
    "AMAZON.HelpIntent",
    "AMAZON.PreviousIntent",
    "AMAZON.StopIntent",
)
"""The intents that have a button: what a person needs in an interview."""

LEVEL_NAMES = {
    Level.EMERGENCY: "Emergency",
    Level.DOCTOR_TODAY: "Doctor today",
    Level.DOCTOR: "Doctor",
    Level.SELF_CARE: "Home care",
}


class PageError(Exception):
    """When the page asks for something that there is not."""


def known_locale(locale: str) -> str:
    """Return ``locale``. Raises PageError when it is not both spoken and understood."""
    if locale not in locales():
        raise PageError(f"{locale}: no such locale; choose one of {', '.join(locales())}.")
    return locale


def locales() -> list[str]:
    """Return the locales that are both spoken and understood."""
    return [name for name in catalogue.locales() if (MODELS / f"{name}.json").exists()]


def setup(locale: str) -> dict[str, Any]:
    """Return everything that does not change during a conversation in ``locale``."""
    words = catalogue.load(known_locale(locale))
    return {
        "locale": locale,
        "locales": locales(),
        "devices": list(DEVICES),
        "invocation": invocation_name(locale),
        "suggestions": suggestions(locale),
        "flowchart": flowchart(words),
    }


def suggestions(locale: str) -> list[str]:
    """Return something to say for each offered intent, in words that ``locale`` is sure to understand."""
    understanding = Understanding.for_locale(locale)
    phrases = []
    for intent in OFFERED:
        known = (*builtin.PHRASES.get(intent, ()), *samples(locale, intent))
        phrases.append(next((phrase for phrase in known if understanding.understand(phrase).intent == intent), ""))
    return [phrase for phrase in phrases if phrase]


def flowchart(words: Catalogue) -> dict[str, Any]:
    """Return the protocol as nodes in their order, each with the answer that leads out of it and the level it leads to.

    The other way leads to the next node. After the last question everything is read back.
    """
    questions = [
        {
            "id": question.id,
            "number": str(number),
            "text": " · ".join(words.text([Line(key=f"signs.{sign.id}.name")]) for sign in question.signs),
            "why": question.rationale,
            "answer": "yes",
            "level": question.level.key,
        }
        for number, question in enumerate(UPPER_BACK.questions, 1)
    ]
    readback = {
        "id": READBACK,
        "number": "✓",
        "text": "Everything is read back",
        "why": "Before home care, what was misheard is found.",
        "answer": "right",
        "level": Level.SELF_CARE.key,
    }
    levels = [{"id": level.key, "name": LEVEL_NAMES[level]} for level in sorted(Level, reverse=True)]
    return {"nodes": [*questions, readback], "levels": levels}
