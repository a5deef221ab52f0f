"""The commands that move the drawing of guided relief, and that change what is written and counted beside it.

Each starts at its own time from the beginning of the step, so that none waits for another and no delay adds up. What
they do is in ``documents/step.json``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_Json = dict[str, Any]

TOGETHER, APART = 7, 0
"""How far each shoulder blade goes towards the spine, in percent of the drawing."""

WIDE, NARROW = 1.0, 0.75
"""How large the breath is drawn, as a factor."""

LONGEST_SLIDE_MS = 1500
"""Of the shoulder blades: what is left of the time is held."""

SHORTEST_MS = 400
"""Of a movement: a shorter one is a jump."""

SHARE = 0.8
"""Of the time of a cue, what its movement takes; the rest is held."""


def commands(cues: Sequence[Mapping[str, Any]], counts: int | None) -> list[_Json]:
    """Return the commands for ``cues``, as ``skill.screen.timeline`` makes them and JSON has them.

    Args:
        cues: in the order of their times.
        counts: how far the step counts; None where it does not.
    """
    together: list[_Json] = []
    pose, shown = "rest", None
    for cue in cues:
        at = round(cue["at"] * 1000)
        together.append({"type": "Say", "at": at, "text": cue["text"]})
        if counts and cue["count"] and cue["count"] != shown:
            shown = cue["count"]
            together.append({"type": "Say", "at": at, "on": "count", "text": f"{shown} / {counts}"})
        time = max(SHORTEST_MS, round(cue["seconds"] * 1000 * SHARE))
        together += _moved(pose, cue["pose"], at, time)
        pose = cue["pose"]
    return [{"type": "Parallel", "screenLock": True, "commands": together}] if together else []


def _moved(before: str, pose: str, at: int, time: int) -> Iterator[_Json]:
    """Yield how the drawing comes from the pose ``before`` to ``pose``."""
    if pose == "roll":
        yield {"type": "Roll", "at": at, "time": time // 2}
        return
    for type_, size, longest in (("Slide", _blades, LONGEST_SLIDE_MS), ("Breathe", _breath, time)):
        if size(before) != size(pose):
            yield {"type": type_, "at": at, "time": min(time, longest), "from": size(before), "to": size(pose)}


def _blades(pose: str) -> float:
    return TOGETHER if pose == "squeeze" else APART


def _breath(pose: str) -> float:
    return WIDE if pose == "in" else NARROW
