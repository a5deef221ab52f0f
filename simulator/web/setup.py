"""What the page needs once: devices, locales, things to say, and the protocol as a flowchart."""

from collections.abc import Mapping
from typing import Any

from simulator.client import DEVICES
from simulator.web.invocation import MODELS, invocation_name
from simulator.web.state import READBACK
from skill.prompts import catalogue, constructors
from skill.prompts.catalogue import Catalogue
from skill.protocol.guide import Guide
from skill.protocol.model import Level, Protocol

OFFERED: Mapping[str, tuple[str, ...]] = {
    "en": ("yes", "no", "not sure", "repeat", "why", "help", "go back", "stop"),
}
"""What has a button, by language: what a person needs in an interview. A language without a row has no buttons."""

LEVEL_NAMES = {
    Level.EMERGENCY: "Emergency",
    Level.DOCTOR_TODAY: "Doctor today",
    Level.DOCTOR: "Doctor",
    Level.SELF_CARE: "Home care",
}


class PageError(Exception):
    """When the page asks for something that there is not."""


def known_locale(locale: object) -> str:
    """Return ``locale``. Raises PageError when it is not both spoken and understood."""
    if not isinstance(locale, str) or locale not in locales():
        raise PageError(f"{locale}: no such locale; choose one of {', '.join(locales())}.")
    return locale


def locales() -> list[str]:
    """Return the locales that are spoken and have an interaction model."""
    return [name for name in catalogue.locales() if (MODELS / f"{name}.json").exists()]


def setup(locale: str, guide: Guide) -> dict[str, Any]:
    """Return everything that does not change during a conversation in ``locale``."""
    words = catalogue.load(known_locale(locale))
    return {
        "locale": locale,
        "locales": locales(),
        "devices": list(DEVICES),
        "invocation": invocation_name(locale),
        "suggestions": list(OFFERED.get(locale.partition("-")[0], ())),
        "flowchart": flowchart(guide.protocol, words),
    }


def flowchart(protocol: Protocol, words: Catalogue) -> dict[str, Any]:
    """Return the protocol as nodes in their order, each with the answer that leads out of it and the level it leads to.

    The other way leads to the next node. After the last question everything is read back.
    """
    questions = [
        {
            "id": question.id,
            "number": str(number),
            "text": " · ".join(words.text([constructors.finding(found.id, "name")]) for found in question.findings),
            "why": question.rationale,
            "answer": "yes",
            "level": question.level.key,
        }
        for number, question in enumerate(protocol.questions, 1)
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
