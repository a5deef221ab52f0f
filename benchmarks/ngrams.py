"""The same nearness as ``simulator.neutral.Ngrams``, by scikit-learn: thousands of utterances at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from simulator import neutral


class Ngrams:
    """TF-IDF of words and of letters, compared by cosine."""

    name = neutral.Ngrams.name
    falls_back_below: Mapping[str, float] = neutral.Ngrams.falls_back_below

    _AT_ONCE = 200

    def learn(self, sentences: Sequence[str]) -> None:
        """Take the sentences that utterances are compared with."""
        self._features = FeatureUnion(
            [
                ("words", TfidfVectorizer(tokenizer=str.split, token_pattern=None, ngram_range=(1, 3))),
                ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)),
            ]
        )
        self._sentences = self._features.fit_transform(sentences).T.tocsr()

    def nearest(self, utterances: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the nearest sentence to each utterance: the mean of both cosines."""
        found = [
            (self._features.transform(utterances[start : start + self._AT_ONCE]) @ self._sentences).toarray() / 2
            for start in range(0, len(utterances), self._AT_ONCE)
        ]
        return (
            np.concatenate([part.argmax(axis=1) for part in found]),
            np.concatenate([part.max(axis=1) for part in found]),
        )
