"""Fits the reader's weights: logistic loss for every label at once, with a penalty that leaves most weights at 0."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from skill.hearing.marked import Marker
from skill.hearing.reader import ANSWERS, Clusters, hashes
from tools.training.examples import ABSENT, OTHER, PRESENT, Example

BITS = 17
"""Buckets of the table, as a power of 2."""
_BATCH = 2048
_RATE = 0.25
_FORGOTTEN = 0.3
"""Which part of the features of a sentence is left out in each step, so that no single word decides."""
_AGAINST = 2.0
"""How much more a weight that speaks against a finding is pulled toward 0: unknown company should not hide a report."""
_SAID = 3.0
"""How much more a finding that is said counts than one that is not: a report that is passed over is the worse fault."""
_HALF = 0.5
_RARE = 3
"""A feature seen in fewer sentences is left out."""


@dataclass
class Model:
    """Weights by feature and label."""

    features: list[int]
    """A hash for each row of ``weights``."""
    weights: np.ndarray
    bias: np.ndarray


def vocabulary(found: Sequence[list[int]]) -> dict[int, int]:
    """Return a row for each feature that is not rare. Of features with one bucket only the most frequent stays."""
    seen = Counter(feature for features in found for feature in set(features))
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for feature, count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        bucket = feature & ((1 << BITS) - 1)
        if count >= _RARE and bucket not in taken:
            taken.add(bucket)
            kept[feature] = len(kept)
    return kept


def features(examples: Sequence[Example], marker: Marker, clusters: Clusters) -> list[list[int]]:
    """Return the features of every sentence, over all its clauses."""
    return [
        [one for clause in marker.clauses(example.words) for one in hashes(clause, clusters)] for example in examples
    ]


def matrix(found: Sequence[list[int]], rows: dict[int, int]) -> csr_matrix:
    """Return the counts of known features, one sentence a row."""
    columns = [[rows[one] for one in sentence if one in rows] for sentence in found]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((column for sentence in columns for column in sentence), dtype=np.int32, count=int(ends[-1]))
    made = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(found), len(rows)))
    made.sum_duplicates()
    return made


def targets(examples: Sequence[Example], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return what each label should be, and which findings were asked about."""
    count = len(names)
    place = {name: at for at, name in enumerate(names)}
    part = {PRESENT: 0, ABSENT: count, OTHER: 2 * count}
    wanted: np.ndarray = np.zeros((len(examples), 3 * count + len(ANSWERS)), dtype=np.float32)
    asked: np.ndarray = np.zeros((len(examples), count), dtype=np.float32)
    for row, example in enumerate(examples):
        for (name, kind), value in example.means.items():
            if name in place:
                wanted[row, part[kind] + place[name]] = value
        if example.answer:
            wanted[row, 3 * count + ANSWERS.index(example.answer)] = 1.0
        for name in example.asked:
            if name in place:
                asked[row, place[name]] = 1.0
    return wanted, asked


def counted(examples: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    """Return how much each label of each sentence counts in the fit: 0 where it is not known."""
    count = len(names)
    place = {name: at for at, name in enumerate(names)}
    counts: np.ndarray = np.ones((len(examples), 3 * count + len(ANSWERS)), dtype=np.float32)
    for row, example in enumerate(examples):
        counts[row] *= example.weight
        for (name, kind), value in example.means.items():
            if kind == PRESENT and name in place and value > _HALF:
                counts[row, place[name]] *= _SAID
        if not example.knows_other:
            counts[row, 2 * count : 3 * count] = 0.0
    return counts


def logits(sums: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Return present, absent, other and answer logits; the weights that count only when asked are added in."""
    count = asked.shape[1]
    made: np.ndarray = np.concatenate([sums[:, : 3 * count], sums[:, 5 * count :]], axis=1)
    made[:, : 2 * count] += np.concatenate([asked, asked], axis=1) * sums[:, 3 * count : 5 * count]
    return made


def largest(weights: np.ndarray, most: int) -> np.ndarray:
    """Return which weights are among the ``most`` largest and not 0."""
    size = np.abs(weights).ravel()
    least = float(np.partition(size, -most)[-most]) if most < size.size else 0.0
    among: np.ndarray = (np.abs(weights) >= least) & (weights != 0)
    return among


def train(  # noqa: PLR0913 the figures of one fit
    rows: csr_matrix,
    wanted: np.ndarray,
    asked: np.ndarray,
    counts: np.ndarray,
    *,
    epochs: int,
    settle: int,
    most: int,
    sparse: float,
    seed: int,
) -> Model:
    """Return fitted weights: AdaGrad, and after each step a pull toward 0 by ``sparse``.

    In the last ``settle`` epochs only the ``most`` largest weights are left, and find their place without the others.
    """
    kept: np.ndarray | None = None
    count = asked.shape[1]
    labels = 5 * count + len(ANSWERS)
    weights = np.zeros((rows.shape[1], labels), dtype=np.float32)
    squares = np.full_like(weights, 1e-4)
    bias = np.full(labels, -3.0, dtype=np.float32)
    bias[3 * count : 5 * count] = 0.0
    bias_squares = np.full(labels, 1.0, dtype=np.float32)
    order = np.random.default_rng(seed)
    for epoch in range(epochs):
        loss = 0.0
        if epoch == epochs - settle:
            kept = largest(weights, most)
        for batch in np.array_split(order.permutation(rows.shape[0]), max(1, rows.shape[0] // _BATCH)):
            some = rows[batch]
            some.data = some.data * (order.random(some.nnz, dtype=np.float32) > _FORGOTTEN) / (1 - _FORGOTTEN)
            some.eliminate_zeros()
            touched, inside = np.unique(some.indices, return_inverse=True)
            some = csr_matrix((some.data, inside.astype(np.int32), some.indptr), shape=(len(batch), len(touched)))
            was = weights[touched]
            made = np.clip(logits(some @ was + bias, asked[batch]), -15, 15)
            chances = 1 / (1 + np.exp(-made))
            losses = wanted[batch] * np.log(chances) + (1 - wanted[batch]) * np.log1p(-chances)
            loss -= float(np.sum(counts[batch] * losses))
            error = counts[batch] * (chances - wanted[batch]) / 16.0
            crossed = np.concatenate([asked[batch], asked[batch]], axis=1) * error[:, : 2 * count]
            full = np.concatenate([error[:, : 3 * count], crossed, error[:, 3 * count :]], axis=1)
            slope = some.T @ full
            grown = squares[touched] + slope * slope
            squares[touched] = grown
            step = _RATE / np.sqrt(grown)
            was -= step * slope
            pull = sparse * step if kept is None else 0.0
            weights[touched] = np.maximum(was - pull, 0.0) + np.minimum(was + _AGAINST * pull, 0.0)
            if kept is not None:
                weights[touched] *= kept[touched]
            drift = full.sum(axis=0)
            bias_squares += drift * drift
            bias -= _RATE * drift / np.sqrt(bias_squares)
        print(f"epoch {epoch + 1}: {np.count_nonzero(weights)} weights, loss {loss / rows.shape[0]:.4f}", flush=True)
    return Model([], weights, bias)
