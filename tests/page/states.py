"""Conversations of the page as it keeps them in its tab, held with the real server: a test begins in any state."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask.testing import FlaskClient

from simulator.web.app import SCREEN_HEADER
from simulator.web.page import setup
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

AT = "2026-03-04T05:06:00.000Z"
"""When the last reply of a kept conversation was told."""

MOST_QUESTIONS = 40
"""More than any interview has."""


@dataclass(frozen=True)
class NoUntil:
    """Touch no until the screen is of one of these kinds."""

    kinds: tuple[str, ...]


Done: TypeAlias = str | list[str] | NoUntil | None
"""Words that are said, what is touched, or None, which opens the skill."""

RESULTS = ("doctor", "home_care", "emergency")
YES, NO, UNSURE = ["yes"], ["no"], ["unsure"]


def report_of(level: Level) -> list[str]:
    """Return the touch that names the first finding which is of ``level`` by itself."""
    asked = [finding for question in UPPER_BACK.questions for finding in question.findings]
    return ["report", next(str(finding.id) for finding in asked if finding.level is level)]


ALL_NO = (None, NoUntil(("checklist",)))
HOME_CARE = (*ALL_NO, YES)
DOCTOR = (None, NO, report_of(Level.DOCTOR), NoUntil(RESULTS))
TODAY = (None, NO, report_of(Level.DOCTOR_TODAY), NoUntil(RESULTS))

STATES: dict[str, tuple[Done, ...]] = {
    "first question": (None,),
    "question": (None, NO),
    "in other words": (None, UNSURE),
    "why": (None, ["why"]),
    "not understood": (None, "no blorptastic zxeq"),
    "checklist": ALL_NO,
    "correcting": (*ALL_NO, NO),
    "home care": HOME_CARE,
    "doctor": DOCTOR,
    "doctor today": TODAY,
    "ready": (*DOCTOR, ["ready"]),
    "topics": (*HOME_CARE, ["what_else"]),
    "topic": (*HOME_CARE, ["topic", "heat_ice"]),
    "step": (*HOME_CARE, ["guide"], YES),
    "hurting": (*HOME_CARE, ["guide"], ["hurts"]),
    "farewell": (None, ["stop"]),
    "emergency": (None, YES),
    "crisis": (None, "i want to die"),
}
"""What is done until the page is in each state that it can be in."""


class _Tab:
    """One conversation with the real server."""

    def __init__(self, web: FlaskClient) -> None:
        self._web = web
        self.last: dict[str, Any] | None = None
        self.screen: dict[str, Any] = {}
        self.played: dict[str, Any] = {}

    def do(self, done: Done) -> None:
        """Do what is done in one turn, or in several until a screen comes."""
        if isinstance(done, NoUntil):
            for _ in range(MOST_QUESTIONS):
                if self.screen["kind"] in done.kinds:
                    return
                self.do(NO)
            raise AssertionError(f"no {done.kinds} came; the last screen is {self.screen}")
        act = {"touch": done, "token": self.screen["token"]} if isinstance(done, list) else {"said": done}
        request = self._web.post("/api/hear", json={**act, "last": self.last}).get_json()["envelope"]
        answered = self._web.post("/alexa", json=request)
        self.last = {"request": request, "response": answered.get_json()}
        self.screen = json.loads(answered.headers[SCREEN_HEADER])
        self.played = self._web.post("/api/heard", json=self.last).get_json()


def kept(web: FlaskClient, turns: tuple[Done, ...]) -> dict[str, Any]:
    """Return what the page keeps after ``turns``."""
    tab = _Tab(web)
    for done in turns:
        tab.do(done)
    return {
        "mark": setup("en-US", UPPER_BACK_GUIDE)["mark"],
        "last": tab.last,
        "screen": {**tab.screen, "card": tab.played["card"]},
        **{key: tab.played[key] for key in ("open", "pieces", "reprompt")},
        "log": [{"you": False, "text": " ".join(piece["shown"] for piece in tab.played["pieces"])}],
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


# --- What is read, without the guide's own words


def structure(snapshot: str, conversation: dict[str, Any]) -> str:
    """Return ``snapshot`` of what a screen reader comes to, with the place in the screen instead of the guide's words.

    So the order of what is read is held, and the words may change. Lines that become alike stand once.
    """
    names = sorted(set(_texts(conversation)), key=lambda found: (-len(found[0]), found[1]))
    lines: list[str] = []
    for line in snapshot.splitlines():
        named = _QUOTED.sub(lambda found: found[0].replace('\\"', '"'), line)
        for text, place in names:
            named = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", f"<{place}>", named)
        if not lines or lines[-1] != named:
            lines.append(named)
    return _alike("\n".join(lines)) + "\n"


_QUOTED = re.compile(r'".*"')
_ITEMS = re.compile(r"((?:^ *- listitem:.*\n)(?:^ *- button .*\n)?)\1+", re.MULTILINE)


def _alike(text: str) -> str:
    return _ITEMS.sub(r"\1", text + "\n").rstrip("\n")


def _texts(conversation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    screen = conversation["screen"]
    yield " ".join(piece["shown"] for piece in conversation["pieces"]), "speech"
    for key in ("title", "ask", "hint", "protocol"):
        if screen.get(key):
            yield screen[key], key
    for key in ("answers", "named", "controls", "items", "calls"):
        for choice in screen.get(key, ()):
            yield choice["label"], key
    for line in screen.get("lead", ()):
        yield from ((part, "lead") for part in _parts(line))
    for section in screen["sections"]:
        if section["heading"]:
            yield section["heading"], f"{section['id']} heading"
        for line in section["lines"]:
            yield from ((part, section["id"]) for part in _parts(line))
    for cue in screen.get("cues", ()):
        yield cue["text"], "cue"
    if screen.get("progress"):
        yield screen["progress"]["label"], "progress"


def _parts(line: str) -> list[str]:
    """Return a line and what is left of it around a number that can be dialled."""
    return [line, *(part.strip() for part in re.split(r"\b\d{3}\b", line) if len(part.strip()) > 6)]
