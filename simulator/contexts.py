"""Where the dialog can stand when something is said, and the intents that lead there through the real handler."""

from collections.abc import Mapping
from typing import Any

from simulator.trace import Tracer
from skill.protocol.upper_back import UPPER_BACK

_NO = "AMAZON.NoIntent"
_ALL_NO = ("", *[_NO] * len(UPPER_BACK.questions))

CONTEXTS: Mapping[str, tuple[str, ...]] = {
    "new": (),
    **{str(question.id): ("", *[_NO] * before) for before, question in enumerate(UPPER_BACK.questions)},
    "readback": _ALL_NO,
    "home_care": (*_ALL_NO, "AMAZON.YesIntent"),
    "guided": (*_ALL_NO, "AMAZON.YesIntent", "GuideIntent"),
}
"""The intents that lead to where an utterance is said; an empty one opens the skill."""


def reached(tracer: Tracer, context: str) -> Mapping[str, Any] | None:
    """Return the session attributes in ``context``; None where the session has not begun."""
    attributes = None
    for intent in CONTEXTS[context]:
        done = {"intent": intent} if intent else {"launch": True}
        attributes = tracer.turn({"attributes": attributes, **done})["attributes"]
    return attributes
