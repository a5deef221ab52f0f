"""An understanding by sentence embeddings: the nearest sentence by all-MiniLM-L6-v2 (``tools/sentence_encoder.py``)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.sentence_encoder import Encoder

CACHE = Path(__file__).resolve().parent.parent / "build" / "bench" / "minilm.npz"
"""Sentences of earlier runs and their embeddings: seventeen thousand take some minutes the first time."""


class Embeddings:
    """Sentence embeddings, compared by cosine."""

    name = "sentence embeddings"
    falls_back_below: Mapping[str, float] = {"LOW": 0.4, "MEDIUM": 0.5, "HIGH": 0.6}

    def __init__(self) -> None:
        self._encoder: Encoder | None = None
        self._known: dict[str, NDArray[np.float32]] = {}
        if CACHE.exists():
            with np.load(CACHE) as cached:
                self._known = dict(zip(cached["sentences"].tolist(), cached["vectors"], strict=True))
        self._sentences: NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def learn(self, sentences: Sequence[str]) -> None:
        """Take the sentences that utterances are compared with."""
        self._sentences = self._embedded(sentences)

    def nearest(self, utterances: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return, for each utterance, the number of the nearest sentence and the cosine to it."""
        near = self._embedded(utterances) @ self._sentences.T
        return near.argmax(axis=1), near.max(axis=1)

    def _embedded(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        if new := sorted(set(sentences) - self._known.keys()):
            self._encoder = self._encoder or Encoder()
            self._known |= zip(new, self._encoder.encoded(new), strict=True)
            CACHE.parent.mkdir(parents=True, exist_ok=True)
            np.savez(CACHE, sentences=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        return np.stack([self._known[sentence] for sentence in sentences])
