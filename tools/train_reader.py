"""Trains the reader and writes its table: ``python -m tools.train_reader``. It takes about five minutes.

The material is in ``tools/training/en-US``. The same material gives the same table, byte by byte, on one machine.
"""

import argparse
import sys
from pathlib import Path

from skill.hearing.marked import Marker
from tools.training import fit
from tools.training.examples import Material
from tools.training.pack import pack
from tools.training.templates import read

TABLE = Path(__file__).parent.parent / "skill" / "locales" / "en-US" / "hearing" / "reader.bin"
THRESHOLDS = {"present": 0.5, "suspicious": 0.15, "absent": 0.8}


def main(arguments: list[str] | None = None) -> int:
    """Train, write the table, and return the exit status."""
    parser = argparse.ArgumentParser(prog="train_reader", description=__doc__)
    parser.add_argument("--each", type=int, default=1500, help="reports made of each finding; sets the rest")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--settle", type=int, default=5, help="epochs after the small weights are gone")
    parser.add_argument("--sparse", type=float, default=0.0008)
    parser.add_argument("--most", type=int, default=545_000, help="weights kept")
    parser.add_argument("--into", type=Path, default=TABLE)
    given = parser.parse_args(arguments)
    material = Material(seed=7)
    names = [*material.findings]
    examples = [*material.all(given.each)]
    marks = {name: tuple(words) for name, words in read("marks").items()}
    found = fit.features(examples, Marker(marks))
    rows = fit.vocabulary(found)
    print(f"{len(examples)} sentences, {len(rows)} features", flush=True)
    wanted, asked = fit.targets(examples, names)
    model = fit.train(
        fit.matrix(found, rows),
        wanted,
        asked,
        epochs=given.epochs,
        settle=given.settle,
        most=given.most,
        sparse=given.sparse,
        seed=7,
    )
    model.features = [*rows]
    packed = pack(model, names, marks, THRESHOLDS)
    given.into.parent.mkdir(parents=True, exist_ok=True)
    given.into.write_bytes(packed)
    print(f"{given.into}: {len(packed)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
