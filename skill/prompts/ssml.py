"""Turns catalogue text into SSML for the ear and into plain text for cards and the terminal.

The catalogue knows two marks of its own: ``[pause 500ms]``, and ``[show squeeze 3]``, which says what a screen draws
and counts from there on, and is silent. Only elements that all locales speak are produced: ``speak``, ``s``, ``break``
and ``say-as``.
"""

import re
from collections.abc import Iterable

LONGEST_SPEECH = 8_000
"""Characters of SSML that Alexa takes in one outputSpeech, tags included."""

LONGEST_PAUSE_SECONDS = 10.0
"""The longest single break that Alexa plays."""

POSES = frozenset({"rest", "squeeze", "release", "roll", "in", "out"})
"""What a screen can draw: a body at rest, shoulder blades together and apart, shoulders rolling, breath in and out."""

SHOW = re.compile(rf"\[show (?P<pose>{'|'.join(sorted(POSES))})(?: (?P<count>\d{{1,2}}))?\] ?")
"""A mark of what a screen draws, with the count that it shows."""

_PAUSE = re.compile(r"\[pause (?P<time>\d+(?:\.\d+)?)(?P<unit>ms|s)\]")
_NUMBERS = re.compile(r"(?P<telephone>\+?\(?\d[\d() .-]{5,}\d)|(?<!\d)(?P<digits>\d{3})(?!\d)")


def speak(sentences: Iterable[str]) -> str:
    """Return one SSML document that speaks ``sentences`` one after the other."""
    return document(map(marked_up, sentences))


def document(marked: Iterable[str]) -> str:
    """Return one SSML document of sentences that are marked up already."""
    return f"<speak>{' '.join(f'<s>{sentence}</s>' for sentence in marked)}</speak>"


def plain(sentences: Iterable[str]) -> str:
    """Return ``sentences`` as they read on a card or in a terminal: no marks, single spaces."""
    return " ".join(" ".join(_PAUSE.sub(" ", SHOW.sub("", sentence)).split()) for sentence in sentences)


def pauses(text: str) -> list[float]:
    """Return the length of each pause mark in ``text``, in seconds."""
    return [float(found["time"]) / (1000 if found["unit"] == "ms" else 1) for found in _PAUSE.finditer(text)]


def pause_ends(text: str) -> list[int]:
    """Return where each pause mark in ``text`` ends."""
    return [found.end() for found in _PAUSE.finditer(text)]


def paced(text: str, pace: float) -> str:
    """Return ``text`` with each pause ``pace`` times as long, up to the longest that Alexa plays."""
    if pace == 1:
        return text
    longest = LONGEST_PAUSE_SECONDS
    return _PAUSE.sub(lambda found: f"[pause {min(longest, pauses(found[0])[0] * pace):g}s]", text)


def marked_up(sentence: str) -> str:
    """Return ``sentence`` as it stands between the tags of an SSML document."""
    # A number of three digits, or of seven and more, is always one to dial: it is read digit by digit.
    spelled = _NUMBERS.sub(
        lambda found: f'<say-as interpret-as="{found.lastgroup}">{found[0]}</say-as>', _escaped(SHOW.sub("", sentence))
    )
    return _PAUSE.sub(lambda found: f'<break time="{found["time"]}{found["unit"]}"/>', spelled)


def _escaped(text: str) -> str:
    # Not the standard library's function of this kind: its module imports an HTTP client, 20 ms of every cold start.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
