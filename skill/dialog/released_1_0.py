"""Translates a session of release 1.0.0 (its shape has the number 2), met when this release takes its place.

That release stored the keys of what it had said, and no findings with a question. What its questions asked about stands
here, since its protocol is gone. It cannot read our sessions, so the deployment switches at once and no session comes
back to it (docs/decisions/0013). This module can go when nobody runs 1.0.0 any more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from skill.protocol.model import Level

_EMERGENCY, _TODAY, _DOCTOR = int(Level.EMERGENCY), int(Level.DOCTOR_TODAY), int(Level.DOCTOR)

QUESTIONS: Mapping[str, tuple[tuple[str, ...], int]] = {
    "heart_lungs": (("chest_pain", "short_of_breath"), _EMERGENCY),
    "heart_signs": (("sweating", "nausea", "jaw_pain"), _EMERGENCY),
    "sudden_signs": (("sudden_tearing", "fainting", "coughing_blood"), _EMERGENCY),
    "nerves": (("weakness", "numbness_tingling"), _EMERGENCY),
    "bladder_injury": (("bowel_bladder", "injury"), _EMERGENCY),
    "infection_lung": (("fever", "pain_on_breathing"), _TODAY),
    "history": (("cancer_history", "bone_or_immune_risk"), _TODAY),
    "weight_night": (("weight_loss", "night_pain"), _DOCTOR),
    "severity": (("severe_limiting", "getting_worse"), _DOCTOR),
    "duration": (("not_improving", "persistent"), _DOCTOR),
}
"""What each question of release 1.0.0 asked about, and the level of a yes."""

_STATES: Mapping[str, str] = {
    "asking": "asking",
    "readback": "reading_back",
    "correcting": "correcting",
    "advised": "advised",
}

_LAST_QUESTION: Mapping[str, str] = {
    "care.anything_else": "anything_else",
    "care.which": "choosing",
    "care.which_guided": "choosing",
    "care.hurts_ask": "hurting",
}
"""The state that puts the question which release 1.0.0 stored under its key."""


def translated(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the session attributes of release 1.0.0 in the shape of this one. What is not as expected is left out."""
    keys = list(_keys(attributes.get("asked")))
    made = {
        "state": _state(attributes, keys),
        "answers": [_answer(stored) for stored in _list(attributes.get("answers")) if isinstance(stored, dict)],
        "misses": attributes.get("misses"),
        "told": attributes.get("heard"),
    }
    if attributes.get("stage") == "asking":
        made["asked"] = _asked(keys)
    return made


def _state(attributes: Mapping[str, Any], keys: list[str]) -> dict[str, Any] | None:
    stage, part, last = attributes.get("stage"), attributes.get("part"), keys[0] if keys else ""
    if stage == "new":
        return {"name": "offering_check" if last else "fresh"}
    if stage == "guided":
        return {"name": "guiding", "step": part}
    if stage == "hurting" and last == "guided.hurts_ask":
        return {"name": "hurting", "step": part}
    if stage == "care" and isinstance(attributes.get("topic"), str):
        return {"name": "telling", "topic_id": attributes["topic"], "part": part}
    name = _LAST_QUESTION.get(last) or (_STATES.get(stage) if isinstance(stage, str) else None)
    return {"name": name} if name else None


def _answer(stored: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: stored[name] for name in ("present", "absent", "doubted") if stored.get(name)}
    question = stored.get("question")
    about, level = QUESTIONS.get(question, ((), _DOCTOR)) if isinstance(question, str) else ((), _DOCTOR)
    return {"question": question, "answer": stored.get("reply"), "about": list(about), "level": level, **named}


def _asked(keys: list[str]) -> dict[str, Any] | None:
    """Return what was asked about: by the key of a question, or by the keys of findings."""
    for question, (about, level) in QUESTIONS.items():
        if f"questions.{question}.ask" in keys:
            return {"about": list(about), "level": level}
    ids = [key.split(".")[1] for key in keys if key.startswith("signs.")]
    levels = [level for about, level in QUESTIONS.values() if not set(about).isdisjoint(ids)]
    return {"about": ids, "level": max(levels)} if levels else None


def _keys(lines: object) -> Iterator[str]:
    """Yield the keys of stored lines, and the keys that fill them."""
    for line in _list(lines):
        if isinstance(line, dict):
            yield from (key for key in (line.get("key"), *_list(line.get("names"))) if isinstance(key, str))


def _list(stored: object) -> list[Any]:
    return stored if isinstance(stored, list) else []
