"""The APL documents: one for each kind of layout, completed with what ``documents/base.json`` has in common."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "documents"
"""Where the documents are."""

BASE = "base"
"""The name of what all documents have in common: colours, sizes, styles, layouts."""

DOCUMENTS: Mapping[str, str] = {
    "question": "question",
    "checklist": "checklist",
    "doctor": "sections",
    "home_care": "sections",
    "told": "sections",
    "step": "step",
    "emergency": "call",
    "crisis": "call",
    "farewell": "farewell",
}
"""The document of each kind of screen."""


@cache
def document(kind: str) -> Mapping[str, Any]:
    """Return the document for a screen of ``kind``. It is shared: make a new one to change it."""
    base, own = _read(BASE), _read(DOCUMENTS[kind])
    layouts = {**base["layouts"], **own.get("layouts", {})}
    used = _used(own["mainTemplate"], layouts)
    whole = {**base, **own, "layouts": {name: layout for name, layout in layouts.items() if name in used}}
    sent: dict[str, Any] = _without_descriptions(whole)
    return sent


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return read


def _used(template: object, layouts: Mapping[str, Any]) -> set[str]:
    """Return the names of the layouts that ``template`` reaches."""
    used: set[str] = set()
    waiting = [template]
    while waiting:
        for type_ in _types(waiting.pop()):
            if type_ in layouts and type_ not in used:
                used.add(type_)
                waiting.append(layouts[type_])
    return used


def _types(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value["type"]
        for inner in value.values():
            yield from _types(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _types(inner)


def _without_descriptions(value: Any) -> Any:
    """Return ``value`` without what is written for its readers only: a device pays for each byte."""
    if isinstance(value, dict):
        return {key: _without_descriptions(inner) for key, inner in value.items() if key != "description"}
    if isinstance(value, list):
        return [_without_descriptions(inner) for inner in value]
    return value
