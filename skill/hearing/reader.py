"""The trained reader: a second opinion on which findings an utterance names, and whether it says or denies them.

A linear model over marked words, pairs and triples of words, and groups of letters. ``tools/train_reader.py`` trains
it; this reads its table with the standard library.
"""

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from zlib import crc32

from skill.hearing.marked import Clause, Marker
from skill.protocol.model import FindingId

MAGIC = b"reader2\n"
TABLE_FILE = "reader.bin"
"""The trained table of a locale, in its folder ``hearing``."""
ANSWERS = ("yes", "no", "soft_no", "unsure", "question", "harmless", "control")
LONGEST = 500
"""Characters that are read; the rest is cut."""
BLOCK = 6
"""Buckets in a block, as a power of 2. A row is found by where its block begins and the low 16 bits of its place."""
_LETTERS_FROM = 4
"""Shorter words have no groups of letters of their own."""
_MENTIONED = -2.5
"""The log-odds from which a finding counts as mentioned at all: 8 in 100."""
_LOCALES = Path(__file__).parent.parent / "locales"


@dataclass(frozen=True)
class Reading:
    """What the reader takes one finding for; each a probability by itself, from 0 to 1."""

    present: float
    absent: float
    other: float
    """Named, but asked about, under a condition, about somebody else, or the words in another sense."""


@dataclass(frozen=True)
class Thresholds:
    """From where a probability counts. Set by the training on sentences that it did not learn from."""

    present: float
    """Said to be present, with few false alarms on harmless sentences."""
    suspicious: float
    """Present cannot be excluded: not to be denied, and asked by name."""
    absent: float
    """Denied; never taken alone."""


@dataclass(frozen=True)
class Opinion:
    """All that the reader says about one utterance."""

    findings: Mapping[FindingId, Reading]
    """Only those that are not clearly unmentioned."""
    answer: Mapping[str, float]
    """A probability for each of ``ANSWERS``, for the utterance as a whole."""


class Clusters:
    """Which words are near in meaning: the number of the cluster that a word belongs to."""

    def __init__(self, hashed: "array[int]", numbers: "array[int]") -> None:
        """Take the hashes of words in ascending order, and the number of each word's cluster."""
        self._hashed, self._numbers = hashed, numbers

    def of(self, word: bytes) -> int:
        """Return the number of a word's cluster, from 0; -1 where the word is not known."""
        wanted = crc32(word)
        at = bisect_left(self._hashed, wanted)
        return self._numbers[at] if at < len(self._hashed) and self._hashed[at] == wanted else -1


def hashes(clause: Clause, clusters: Clusters) -> list[int]:
    """Return the features of a clause, each as a hash of 32 bits."""
    tokens = [b"\x1e", *((word.encode() + b"%d" % mark) for word, mark in clause), b"\x1f"]
    found: list[int] = []
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        one = crc32(token)
        found.append(one)
        if at < last:
            two = crc32(tokens[at + 1], one)
            found.append(two)
            if at < last - 1:
                third = tokens[at + 2]
                found.append(crc32(third, two))
                found.append(crc32(third, one ^ 0xFFFFFFFF))
    before = b"\x1d"
    for word, mark in clause:
        cluster = clusters.of(word.encode())
        near = b"\x1c%d" % mark if cluster < 0 else b"\x1d%d_%d" % (cluster, mark)
        found.append(crc32(near))
        found.append(crc32(near, crc32(before)))
        before = near
        if len(word) >= _LETTERS_FROM:
            letters = b"^%b$" % word.encode()
            for at in range(len(letters) - 2):
                three = crc32(letters[at : at + 3], mark)
                found.append(three)
                four = letters[at + 3 : at + 4]
                if four:
                    three = crc32(four, three)
                    found.append(three)
                    five = letters[at + 4 : at + 5]
                    if five:
                        found.append(crc32(five, three))
    return found


class Reader:
    """Reads utterances of one locale with a trained table."""

    def __init__(self, packed: bytes) -> None:
        if not packed.startswith(MAGIC):
            raise ValueError("not a reader's table; make it with tools/train_reader.py.")
        size = int.from_bytes(packed[len(MAGIC) : len(MAGIC) + 4], "little")
        at = len(MAGIC) + 4 + size
        header = json.loads(packed[len(MAGIC) + 4 : at])
        buckets = 1 << header["bits"]
        self._mask = buckets - 1
        self._checks = packed[at : at + buckets]
        at += buckets
        self._firsts = _numbers("I", packed[at : at + 4 * (buckets >> BLOCK)])
        at += 4 * (buckets >> BLOCK)
        self._lows = _numbers("H", packed[at : at + 2 * (buckets + 1)])
        at += 2 * (buckets + 1)
        pairs: int = header["pairs"]
        self._labels = packed[at : at + pairs]
        self._weights = array("b", packed[at + pairs : at + 2 * pairs])
        at += 2 * pairs
        words: int = header["words"]
        self._clusters = Clusters(
            _numbers("I", packed[at : at + 4 * words]), _numbers("H", packed[at + 4 * words : at + 6 * words])
        )
        self._bias: list[int] = header["bias"]
        self._unit: float = header["unit"]
        self.findings: tuple[FindingId, ...] = tuple(FindingId(name) for name in header["findings"])
        """The findings that the table knows."""
        self.known = frozenset(self.findings)
        self.thresholds = Thresholds(**header["thresholds"])
        self._places = {finding: place for place, finding in enumerate(self.findings)}
        self._marker = Marker(header["marks"])

    def read(self, words: str, asked: Sequence[FindingId] = ()) -> Mapping[FindingId, Reading]:
        """Return a reading of each finding that is not clearly unmentioned; ``asked`` are those asked about."""
        return self.opinion(words, asked).findings

    def opinion(self, words: str, asked: Sequence[FindingId] = ()) -> Opinion:
        """Return the readings of the findings, and of the utterance as an answer."""
        sums = [self._sum(hashes(clause, self._clusters)) for clause in self._marker.clauses(words[:LONGEST])]
        whole = [sum(parts) for parts in zip(*sums, strict=True)] if sums else [0] * len(self._bias)
        count = len(self.findings)
        views = [*sums, whole] if len(sums) > 1 else [whole]
        asked_places = {self._places[finding] for finding in asked if finding in self._places}
        readings: dict[FindingId, Reading] = {}
        unit, bias, least = self._unit, self._bias, _MENTIONED / self._unit
        for place in range(count):
            denied, other = place + count, place + 2 * count
            if place in asked_places:
                when, unless = place + 3 * count, place + 4 * count
                present = max(view[place] + view[when] for view in views) + bias[place] + bias[when]
                absent = max(view[denied] + view[unless] for view in views) + bias[denied] + bias[unless]
            else:
                present = max([view[place] for view in views]) + bias[place]
                absent = max([view[denied] for view in views]) + bias[denied]
            otherwise = max([view[other] for view in views]) + bias[other]
            if present > least or absent > least or otherwise > least:
                said = _odds(present * unit)
                readings[self.findings[place]] = Reading(
                    said, min(_odds(absent * unit), 1 - said), _odds(otherwise * unit)
                )
        first = 5 * count
        answer = {name: _odds((whole[first + at] + bias[first + at]) * unit) for at, name in enumerate(ANSWERS)}
        return Opinion(readings, answer)

    def _sum(self, found: list[int]) -> list[int]:
        """Return for each label the sum of the weights of some features."""
        sums = [0] * len(self._bias)
        mask, checks, firsts, lows = self._mask, self._checks, self._firsts, self._lows
        labels, weights = self._labels, self._weights
        for feature in found:
            bucket = feature & mask
            if checks[bucket] == feature >> 24:
                low, first = lows[bucket], firsts[bucket >> BLOCK]
                start = first + (low - first & 0xFFFF)
                for pair in range(start, start + (lows[bucket + 1] - low & 0xFFFF)):
                    sums[labels[pair]] += weights[pair]
        return sums


def _numbers(kind: str, packed: bytes) -> "array[int]":
    """Return numbers that were packed with the low byte first."""
    made = array(kind, packed)
    if sys.byteorder == "big":
        made.byteswap()
    return made


def _odds(logit: float) -> float:
    """Return the probability that log-odds mean."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


@cache
def load(locale: str = "en-US") -> Reader:
    """Return the reader of a locale.

    Raises:
        FileNotFoundError: if the locale has no table.
    """
    return Reader((_LOCALES / locale / "hearing" / TABLE_FILE).read_bytes())
