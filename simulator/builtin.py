"""What Amazon's own intents and slot types understand in US English by themselves; it is not in the model file."""

import re

PHRASES = {
    "AMAZON.YesIntent": ("yes", "yeah", "yep", "yup", "sure", "okay", "ok", "uh huh", "correct", "right", "yes please"),
    "AMAZON.NoIntent": ("no", "nope", "nah", "no thanks", "no thank you", "uh uh", "no way"),
    "AMAZON.HelpIntent": ("help", "can you help me", "help me out"),
    "AMAZON.StopIntent": ("stop", "off", "shut up", "quit", "exit", "end"),
    "AMAZON.CancelIntent": ("cancel", "never mind", "forget it"),
    "AMAZON.NavigateHomeIntent": ("home", "go home", "home screen"),
    "AMAZON.RepeatIntent": ("repeat", "repeat that", "say that again"),
    "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
    "AMAZON.PreviousIntent": ("previous", "go back", "back", "skip back", "back up"),
}

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            ("zero",),
            ("a", "an", "one"),
            ("two", "couple"),
            ("three", "few"),
            ("four",),
            ("five",),
            ("six",),
            ("seven", "several"),
            ("eight",),
            ("nine",),
            ("ten",),
            ("eleven",),
            ("twelve",),
        )
    )
    for word in words
}
_UNITS = {
    "hour": "PT{}H",
    "day": "P{}D",
    "night": "P{}D",
    "week": "P{}W",
    "fortnight": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
}
_DURATION = re.compile(
    rf"(?P<number>\d+|(?:a )?(?:{'|'.join(_NUMBERS)})) (?:of )?(?P<unit>{'|'.join(_UNITS)})s?", re.IGNORECASE
)


def duration(words: str) -> str | None:
    """Return ``words`` as AMAZON.DURATION resolves them: ``P3W`` for "three weeks"; None where they are no duration."""
    found = _DURATION.fullmatch(words)
    if not found:
        return None
    spoken = found["number"].lower().split()[-1]
    number = int(spoken) if spoken.isdigit() else _NUMBERS[spoken]
    if found["unit"].lower() == "fortnight":
        number *= 2
    return _UNITS[found["unit"].lower()].format(number)


def duration_words() -> re.Pattern[str]:
    """Return the pattern of a duration inside a longer utterance."""
    return _DURATION
