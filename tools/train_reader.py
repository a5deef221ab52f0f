"""Trains the reader and writes its table: ``python -m tools.train_reader``. It takes about two minutes.

The material is in ``tools/training/en-US``: templates, and utterances as people wrote them (``spoken/``). The same
material gives the same table, byte by byte, on one machine.
"""

import argparse
import sys
from pathlib import Path

from skill.hearing.marked import Marker
from skill.hearing.reader import Clusters
from skill.protocol.upper_back import UPPER_BACK
from tools.training import fit
from tools.training.examples import Material
from tools.training.pack import pack, words_of
from tools.training.spoken import SpokenMaterial
from tools.training.templates import read

TABLE = Path(__file__).parent.parent / "skill" / "locales" / "en-US" / "hearing" / "reader.bin"
CLUSTERS = Path(__file__).parent / "training" / "en-US" / "word_clusters.tsv"
"""Which words are near in meaning: ``tools/cluster_words.py`` makes it."""

THRESHOLDS = {"present": 0.5, "suspicious": 0.15, "absent": 0.8}


def main(arguments: list[str] | None = None) -> int:
    """Train, write the table, and return the exit status."""
    parser = argparse.ArgumentParser(prog="train_reader", description=__doc__)
    parser.add_argument("--each", type=int, default=600, help="reports made of each finding; sets the rest")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--settle", type=int, default=4, help="epochs after the small weights are gone")
    parser.add_argument("--sparse", type=float, default=0.0008)
    parser.add_argument("--most", type=int, default=545_000, help="weights kept")
    parser.add_argument("--spoken", type=float, default=3.0, help="how much an utterance of a person counts")
    parser.add_argument("--joined", type=int, default=1, help="pairs made for each of them")
    parser.add_argument("--into", type=Path, default=TABLE)
    given = parser.parse_args(arguments)
    material = Material(seed=7)
    spoken = [*SpokenMaterial(material, given.spoken, seed=7).all(given.joined)]
    examples = [*material.all(given.each), *spoken]
    names = [*(str(id_) for id_ in UPPER_BACK.finding), *(str(limit.id) for limit in UPPER_BACK.limits)]
    clusters = {
        word: int(number) for word, number in (line.split("\t") for line in CLUSTERS.read_text("utf-8").splitlines())
    }
    marks = {name: tuple(words) for name, words in read("marks").items()}
    found = fit.features(examples, Marker(marks), Clusters(*words_of(clusters)))
    rows = fit.vocabulary(found)
    print(f"{len(examples)} sentences, {len(rows)} features", flush=True)
    wanted, asked = fit.targets(examples, names)
    model = fit.train(
        fit.matrix(found, rows),
        wanted,
        asked,
        fit.counted(examples, names),
        epochs=given.epochs,
        settle=given.settle,
        most=given.most,
        sparse=given.sparse,
        seed=7,
    )
    model.features = [*rows]
    packed = pack(model, names, marks, THRESHOLDS, clusters)
    given.into.parent.mkdir(parents=True, exist_ok=True)
    given.into.write_bytes(packed)
    print(f"{given.into}: {len(packed)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
