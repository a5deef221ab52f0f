"""When a step of guided relief says what, and what is drawn and counted with it, from the words that are spoken.

The times are estimated: a device does not tell where it is in its speech. A renderer that plays the speech itself goes
by the order of the cues and not by their times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skill.prompts import ssml

WORDS_A_SECOND = 2.5
"""A calm voice: 75 words in 30 seconds."""

REST = "rest"
"""The pose where none was named."""


@dataclass(frozen=True, kw_only=True)
class Cue:
    """What is said, drawn and counted from one moment on."""

    at: float
    """Seconds from the beginning of the step."""
    seconds: float
    """How long it lasts, speech and the silence after it."""
    text: str
    pose: str
    """One of ``ssml.POSES``."""
    count: int | None


def cues(sentences: Sequence[str], after: float = 0.0) -> tuple[Cue, ...]:
    """Return the cues of ``sentences``, which hold their marks; the first begins ``after`` so many seconds."""
    made: list[Cue] = []
    pose, count = REST, None
    for chunk in _chunks(sentences):
        if found := ssml.SHOW.search(chunk):
            pose, count = found["pose"], int(found["count"]) if found["count"] else None
        text = ssml.plain([chunk])
        seconds = spoken_seconds(text) + sum(ssml.pauses(chunk))
        made.append(Cue(at=round(after, 1), seconds=round(seconds, 1), text=text, pose=pose, count=count))
        after += seconds
    return tuple(made)


def spoken_seconds(text: str) -> float:
    """Return about how many seconds ``text`` takes to say."""
    return len(text.split()) / WORDS_A_SECOND


def _chunks(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the sentences, cut after each pause."""
    for sentence in sentences:
        start = 0
        for end in ssml.pause_ends(sentence):
            yield sentence[start:end]
            start = end
        if sentence[start:].strip():
            yield sentence[start:]
