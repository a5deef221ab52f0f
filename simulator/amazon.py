"""What Amazon's own intents and slot types understand in US English by themselves; it is not in the model file."""

import re
from dataclasses import dataclass

PHRASES = {
    "AMAZON.YesIntent": ("yes", "yeah", "yep", "yup", "sure", "okay", "ok", "uh huh", "correct", "right", "yes please"),
    "AMAZON.NoIntent": ("no", "nope", "nah", "no thanks", "no thank you", "uh uh", "no way"),
    "AMAZON.HelpIntent": ("help", "can you help me", "help me out"),
    "AMAZON.StopIntent": ("stop", "off", "shut up", "quit", "exit", "end"),
    "AMAZON.CancelIntent": ("cancel", "never mind", "forget it"),
    "AMAZON.NavigateHomeIntent": ("home", "go home", "home screen"),
    "AMAZON.RepeatIntent": ("repeat", "repeat that", "say that again"),
    "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
    "AMAZON.NextIntent": ("next", "skip", "skip forward"),
    "AMAZON.PauseIntent": ("pause", "pause it"),
    "AMAZON.ResumeIntent": ("resume", "continue", "keep going"),
    "AMAZON.PreviousIntent": ("go back", "previous", "back", "skip back", "back up"),
}

_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBERS = {
    **{word: number for number, word in enumerate(_COUNTED)},
    "a": 1,
    "an": 1,
    "couple": 2,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_UNITS = {
    "hour": "PT{}H",
    "day": "P{}D",
    "night": "P{}D",
    "week": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
}
_DURATION = re.compile(rf"\b(?:a )?(?P<number>\d+|{'|'.join(_NUMBERS)}) (?:of )?(?P<unit>{'|'.join(_UNITS)})s?\b")


@dataclass(frozen=True, kw_only=True)
class Duration:
    """A duration inside a longer utterance: where it begins and ends, and what AMAZON.DURATION resolves it to."""

    start: int
    end: int
    iso: str
    """ISO 8601: ``P3W`` for "three weeks"."""


def duration(words: str) -> Duration | None:
    """Return the first duration in normalized ``words``, or None."""
    found = _DURATION.search(words)
    if not found:
        return None
    number = int(found["number"]) if found["number"].isdigit() else _NUMBERS[found["number"]]
    return Duration(start=found.start(), end=found.end(), iso=_UNITS[found["unit"]].format(number))
