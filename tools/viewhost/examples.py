"""One conversation for each kind of screen, held with the real handler on a device with a screen."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.client import AlexaClient

MOST_TURNS = 40
"""More questions than the protocol has."""

Said = tuple[str, ...]
"""What is said after the skill was opened; ``NOES`` stands for a no to each question until something else is asked."""

NOES = "no, until something else is asked"

EXAMPLES: Mapping[str, Said] = {
    "the first question": (),
    "a question in other words": ("not sure",),
    "a question after why": ("no", "why"),
    "the read-back": (NOES,),
    "what was wrong": (NOES, "no"),
    "home care": (NOES, "yes"),
    "a doctor today": ("i have a fever", NOES),
    "what to have ready": ("i have a fever", NOES, "what to have ready"),
    "the topics": (NOES, "yes", "what else"),
    "a topic": (NOES, "yes", "heat and ice"),
    "a step of guided relief": (NOES, "yes", "guide me", "next"),
    "breath": (NOES, "yes", "guide me"),
    "it hurts": (NOES, "yes", "guide me", "it hurts"),
    "an emergency": ("my chest hurts",),
    "an emergency after a fall": ("my legs are weak since i fell off a ladder",),
    "a crisis": ("i want to kill myself",),
    "the end": ("stop",),
}
"""By name: what is said until the screen is there."""


def screens(handler: Callable[[object, object], dict[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """Return the directive that shows each of ``EXAMPLES``. Raises LookupError where one shows nothing."""
    return {name: _shown(handler, name, said) for name, said in EXAMPLES.items()}


def _shown(handler: Callable[[object, object], dict[str, Any]], name: str, said: Said) -> Mapping[str, Any]:
    client = AlexaClient(handler=handler, device="large screen")
    answered = client.launch()
    for words in said:
        if words != NOES:
            answered = client.say(words)
            continue
        for _ in range(MOST_TURNS):
            if answered.screen and answered.screen["datasources"]["screen"]["kind"] != "question":
                break
            answered = client.say("no")
    if answered.screen is None:
        raise LookupError(f"{name}: nothing is shown after {said!r}; mend the example or the skill.")
    return answered.screen
