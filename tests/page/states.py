"""Conversations of the page as it keeps them in its tab, held with the real server: a test begins in any state."""

import json
from typing import Any

from flask.testing import FlaskClient

from simulator.web.app import SCREEN_HEADER
from simulator.web.page import setup
from skill.protocol.guide import UPPER_BACK_GUIDE

AT = "2026-03-04T05:06:00.000Z"
"""When the last reply of a kept conversation was told."""

YES, NO, UNSURE = ["yes"], ["no"], ["unsure"]
OPEN = None
ALL_NO = (OPEN, *[NO] * 10)

STATES: dict[str, tuple[Any, ...]] = {
    "first question": (OPEN,),
    "question": (OPEN, NO),
    "in other words": (OPEN, UNSURE),
    "why": (OPEN, ["why"]),
    "not understood": (OPEN, "no blorptastic zxeq"),
    "checklist": ALL_NO,
    "correcting": (*ALL_NO, NO),
    "home care": (*ALL_NO, YES),
    "doctor": (OPEN, *[NO] * 7, YES),
    "doctor today": (OPEN, *[NO] * 5, "i have a fever"),
    "ready": (OPEN, *[NO] * 7, YES, YES),
    "topics": (*ALL_NO, YES, ["what_else"]),
    "topic": (*ALL_NO, YES, ["topic", "heat_ice"]),
    "step": (*ALL_NO, YES, ["guide"], YES),
    "hurting": (*ALL_NO, YES, ["guide"], ["hurts"]),
    "farewell": (OPEN, ["stop"]),
    "emergency": (OPEN, YES),
    "crisis": (OPEN, "i want to die"),
}
"""What is done in each state that the page can be in: the skill is opened, something is touched, or words are said."""


def kept(web: FlaskClient, turns: tuple[Any, ...]) -> dict[str, Any]:
    """Return what the page keeps after ``turns``."""
    last: dict[str, Any] | None = None
    screen: dict[str, Any] = {}
    played: dict[str, Any] = {}
    for done in turns:
        act = {"touch": done, "token": screen["token"]} if isinstance(done, list) else {"said": done}
        request = web.post("/api/hear", json={**act, "last": last}).get_json()["envelope"]
        answered = web.post("/alexa", json=request)
        last = {"request": request, "response": answered.get_json()}
        screen = json.loads(answered.headers[SCREEN_HEADER])
        played = web.post("/api/heard", json=last).get_json()
    return {
        "mark": setup("en-US", UPPER_BACK_GUIDE)["mark"],
        "last": last,
        "screen": {**screen, "card": played["card"]},
        "open": played["open"],
        "pieces": played["pieces"],
        "reprompt": played["reprompt"],
        "log": [{"you": False, "text": " ".join(piece["shown"] for piece in played["pieces"])}],
        "at": AT,
    }


def seed(conversation: dict[str, Any], *, aloud: bool = False) -> str:
    """Return the script that puts ``conversation`` into the tab before the page begins, once."""
    settings = json.dumps(json.dumps({"aloud": aloud}))
    stored = json.dumps(json.dumps(conversation))
    return (
        "if (!sessionStorage.getItem('upper-back-guide-settings')) {"
        f"sessionStorage.setItem('upper-back-guide', {stored});"
        f"sessionStorage.setItem('upper-back-guide-settings', {settings}); }}"
    )
