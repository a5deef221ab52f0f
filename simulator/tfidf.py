"""Short texts as weighted n-grams, and how near another text is to each: TF-IDF and cosine, without a library.

The figures are those of scikit-learn's TfidfVectorizer with the same n-grams; a test holds that. What serves the pages
and the terminal has no scikit-learn, and 17,000 sentences are few.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

Features = Callable[[str], list[str]]
"""The n-grams of a text, each as often as it stands there."""

WORDS, LETTERS = (1, 3), (2, 4)
"""The fewest and the most words or letters in an n-gram."""


def words(text: str) -> list[str]:
    """Return the n-grams of the words of ``text``."""
    tokens = text.split()
    return [
        " ".join(tokens[start : start + length])
        for length in range(WORDS[0], WORDS[1] + 1)
        for start in range(len(tokens) - length + 1)
    ]


def letters(text: str) -> list[str]:
    """Return the n-grams of the letters of each word, with a space before and after it; a short word counts once."""
    return [gram for token in text.split() for gram in _letters(token)]


@cache
def _letters(token: str) -> tuple[str, ...]:
    padded = f" {token} "
    longest = min(LETTERS[1], len(padded))
    return tuple(
        padded[start : start + length]
        for length in range(LETTERS[0], longest + 1)
        for start in range(len(padded) - length + 1)
    )


@dataclass
class _Posting:
    """Where a feature stands: in which texts, and with which weight."""

    texts: "array[int]"
    weights: "array[float]"


class Index:
    """Texts that others are compared with."""

    def __init__(self, texts: Sequence[str], features: Features, *, sublinear: bool = False) -> None:
        """Learn ``texts``. ``sublinear``: an n-gram that stands there often counts by the logarithm of how often."""
        self._features, self._sublinear = features, sublinear
        counted = [Counter(features(text)) for text in texts]
        self._length = len(texts)
        frequency = Counter(feature for counts in counted for feature in counts)
        self._rarity = {feature: math.log((1 + len(texts)) / (1 + found)) + 1 for feature, found in frequency.items()}
        self._postings = {feature: _Posting(array("I"), array("d")) for feature in frequency}
        for number, counts in enumerate(counted):
            for feature, weight in self._weighed(counts).items():
                posting = self._postings[feature]
                posting.texts.append(number)
                posting.weights.append(weight)

    def cosines(self, text: str) -> list[float]:
        """Return how near ``text`` is to each of the texts, from 0 to 1."""
        near = [0.0] * self._length
        known = Counter(feature for feature in self._features(text) if feature in self._rarity)
        for feature, weight in self._weighed(known).items():
            posting = self._postings[feature]
            for number, other in zip(posting.texts, posting.weights, strict=True):
                near[number] += weight * other
        return near

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        """Return the weight of each feature; together they have length 1."""
        weights = {
            feature: (1 + math.log(count) if self._sublinear else count) * self._rarity[feature]
            for feature, count in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {feature: weight / length for feature, weight in weights.items()}
