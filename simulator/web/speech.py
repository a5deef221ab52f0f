"""SSML cut into the pieces that a browser can speak one after the other: text, rate, and the pause before it.

Browsers read plain text only. Sentences, breaks, digits and the rate of ``prosody`` are kept; the rest is read plainly.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

RATES = {"x-slow": 0.6, "slow": 0.8, "medium": 1.0, "fast": 1.25, "x-fast": 1.5}
"""The named rates of SSML, as factors for the browser's synthesis."""

BREAKS_MS = {"none": 0, "x-weak": 0, "weak": 150, "medium": 350, "strong": 600, "x-strong": 1000}
"""The named strengths of a break, in milliseconds."""

PARAGRAPH_MS = 600
"""The pause after a paragraph: as Alexa treats it, a strong break."""

SLOWEST, FASTEST = 0.1, 10.0
"""The rates that a browser takes."""

LONGEST_BREAK_MS = 10_000
"""The longest pause that SSML for Alexa may have at one place."""

SPELLED = frozenset({"digits", "characters", "spell-out", "telephone"})
"""What ``say-as`` reads one character after the other."""


@dataclass(kw_only=True)
class _Piece:
    shown: str = ""
    spoken: str = ""
    rate: float = 1.0
    pause_ms: int = 0


def pieces(ssml: str) -> list[dict[str, Any]]:
    """Return the pieces of ``ssml``: ``shown`` for the caption, ``spoken``, ``rate`` (1 is normal), ``pause_ms``."""
    done: list[_Piece] = []
    now = _Piece()
    for kind, value in _events(ET.fromstring(ssml), 1.0):  # noqa: S314 the skill's own words, checked before
        match kind:
            case "text" | "spelled":
                text, rate = value
                if now.spoken.strip() and rate != now.rate:
                    done.append(now)
                    now = _Piece()
                now.rate = rate
                now.shown += text
                now.spoken += " ".join(text.strip()) if kind == "spelled" else text
            case "end":
                if now.spoken.strip():
                    done.append(now)
                    now = _Piece()
            case "pause":
                if now.spoken.strip():
                    done.append(now)
                    now = _Piece()
                now.pause_ms += value
    if now.spoken.strip():
        done.append(now)
    return [
        {"shown": _tidy(piece.shown), "spoken": _tidy(piece.spoken), "rate": piece.rate, "pause_ms": piece.pause_ms}
        for piece in done
    ]


def _events(element: ET.Element, rate: float) -> Iterator[tuple[str, Any]]:
    """Yield what happens in ``element``, in order: text with its rate, pauses, ends of sentences."""
    kind = "text"
    match element.tag:
        case "break":
            yield "pause", _milliseconds(element)
        case "prosody":
            rate *= _rate(element.get("rate", "medium"))
        case "say-as" if element.get("interpret-as") in SPELLED:
            kind = "spelled"
    if element.text:
        yield kind, (element.text, rate)
    for child in element:
        yield from _events(child, rate)
        if child.tail:
            yield "text", (child.tail, rate)
    if element.tag in ("s", "p"):
        yield "end", None
    if element.tag == "p":
        yield "pause", PARAGRAPH_MS


def _milliseconds(element: ET.Element) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", element.get("time", ""))
    if found:
        return round(min(LONGEST_BREAK_MS, float(found[1]) * (1 if found[2] == "ms" else 1000)))
    return BREAKS_MS.get(element.get("strength", "medium"), BREAKS_MS["medium"])


def _rate(value: str) -> float:
    percent = re.fullmatch(r"(\d+(?:\.\d+)?)%", value)
    return max(SLOWEST, min(FASTEST, float(percent[1]) / 100)) if percent else RATES.get(value, 1.0)


def _tidy(text: str) -> str:
    return " ".join(text.split())
