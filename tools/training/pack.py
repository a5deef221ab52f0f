"""Packs fitted weights into the table that ``skill/hearing/reader.py`` reads."""

import json
from array import array
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from skill.hearing.reader import BLOCK, MAGIC
from tools.training.fit import BITS, Model

_LARGEST = 127


def words_of(clusters: Mapping[str, int]) -> "tuple[array[int], array[int]]":
    """Return the hashes of words in ascending order, and their clusters; of words with one hash the first stays."""
    found: dict[int, int] = {}
    for word, cluster in clusters.items():
        found.setdefault(crc32(word.encode()), cluster)
    ordered = sorted(found.items())
    return array("I", [key for key, _ in ordered]), array("H", [number for _, number in ordered])


def pack(
    model: Model,
    findings: Sequence[str],
    marks: Mapping[str, Sequence[str]],
    thresholds: Mapping[str, float],
    clusters: Mapping[str, int],
) -> bytes:
    """Return the table: a header in JSON, a check byte a bucket, where its pairs start, their labels, their weights.

    Args:
        model: what was fitted.
        findings: the ids, in the order of the labels.
        marks: the word classes of the clause scan.
        thresholds: as in ``skill.hearing.reader.Thresholds``.
        clusters: the number of each word's cluster.
    """
    unit = float(min(np.abs(model.weights).max(), 4.0)) / _LARGEST
    whole = np.rint(model.weights / unit)
    whole = np.clip(whole, -_LARGEST, _LARGEST).astype(np.int8)
    buckets = 1 << BITS
    checks = bytearray(buckets)
    starts = [0]
    labels, weights = bytearray(), bytearray()
    row_of = {feature & (buckets - 1): (feature, row) for row, feature in enumerate(model.features)}
    for bucket in range(buckets):
        if bucket in row_of:
            feature, row = row_of[bucket]
            places = np.flatnonzero(whole[row])
            if len(places):
                checks[bucket] = feature >> 24
                labels += bytes(places.astype(np.uint8).tolist())
                weights += whole[row][places].tobytes()
        starts.append(len(labels))
    header = {
        "bits": BITS,
        "pairs": len(labels),
        "unit": unit,
        "bias": [int(value) for value in np.rint(model.bias / unit)],
        "findings": list(findings),
        "thresholds": dict(thresholds),
        "words": len(clusters),
        "marks": {name: list(words) for name, words in marks.items()},
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % 4)
    firsts = array("I", [starts[bucket] for bucket in range(0, buckets, 1 << BLOCK)])
    lows = array("H", [start & 0xFFFF for start in starts])
    hashed, numbers = words_of(clusters)
    packed = bytes(checks) + firsts.tobytes() + lows.tobytes() + bytes(labels + weights)
    packed += hashed.tobytes() + numbers.tobytes()
    return MAGIC + len(text).to_bytes(4, "little") + text + packed
