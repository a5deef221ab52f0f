"""Runs every benchmark and writes docs/benchmarks.md. Run it as ``make bench``: about three minutes."""

import argparse
import platform
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import contenders, measure, profile, report
from benchmarks.contenders import Contender
from benchmarks.figures import Figures
from benchmarks.measure import Cold, ProcessorShare, Warm
from tools import runtime_python
from tools.artifact_content import ROOT
from tools.runtime_python import Interpreter

SHARES_MB = (128, 256, 512)
"""Lambda memory sizes whose processor share is tried out."""

PAIRS = 12
"""How many pairs of processes the locales are measured with."""

QUESTIONS = (2, 5, 10, 20, 40)
ANSWERS = (0, 2, 4, 6, 8)


def say(words: str) -> None:
    """Say on one line what is going on."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)
    else:
        print(words, file=sys.stderr, flush=True)


def machine() -> str:
    """Return what the measurements were taken on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text("utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
        count = sum(line.startswith("processor") for line in lines)
        model = f"{count} x {model}"
    return f"{model}, {platform.machine()}, {platform.system()} {platform.release().partition('-')[0]}"


def measured(python: Interpreter, *, quick: bool) -> Figures:
    """Build what is to be measured, measure it, and return the findings."""
    say("building the artifacts")
    ours, hello, bare = contenders.ours(python), contenders.hello_world(python), contenders.bare()
    rounds, blocks = (2, 4) if quick else (15, 50)
    three = [hello, ours, bare]
    cold = measure.cold(three, python, rounds=rounds, progress=say)
    launch = measure.warm(three, python, measure.launch, blocks=blocks, progress=say)
    no = measure.warm(three, python, measure.after_answers(4), blocks=blocks, progress=say)
    return Figures(
        machine=machine(),
        python=python,
        cold=cold,
        launch=launch,
        no=no,
        zips={one.name: one.zip_mb() for one in three},
        locales=_locales(ours, python, blocks),
        questions=_questions(ours, python, blocks // 2),
        answers=_answers(ours, python, blocks // 2),
        attributes={count: measure.size_of_attributes(ours, python, count) for count in ANSWERS},
        imports={one.name: profile.cold_start(one, python) for one in (hello, ours)},
        turn=profile.warm_turn(ours, python, _attributes(ours, python)),
        shares=_shares([hello, ours], python, quick=quick),
    )


def _locales(ours: Contender, python: Interpreter, blocks: int) -> dict[str, Warm]:
    # Two processes of one and the same program differ by a tenth, by where their memory happens to lie. So there are
    # many pairs of new processes, and each contender goes first as often as the other.
    both = [Contender(name="1 locale", folder=ours.folder), contenders.with_all_locales(ours)]
    pooled = {one.name: Warm() for one in both}
    for number in range(PAIRS):
        pair = both if number % 2 else both[::-1]
        found = measure.warm(pair, python, measure.after_answers(4), blocks=max(2, blocks // PAIRS), progress=say)
        for name, warm in found.items():
            pooled[name].inside.extend(warm.inside)
    return pooled


def _questions(ours: Contender, python: Interpreter, blocks: int) -> dict[int, Warm]:
    wide = {count: contenders.with_questions(ours, count) for count in QUESTIONS}
    found = measure.warm(wide.values(), python, measure.after_answers(1), blocks=blocks, progress=say)
    return {count: found[one.name] for count, one in wide.items()}


def _answers(ours: Contender, python: Interpreter, blocks: int) -> dict[int, Warm]:
    return {
        count: measure.warm([ours], python, measure.after_answers(count), blocks=blocks, progress=say)[ours.name]
        for count in ANSWERS
    }


def _attributes(ours: Contender, python: Interpreter) -> dict[str, Any]:
    with ours.start(python) as function:
        event = measure.after_answers(4)(function)
    attributes: dict[str, Any] = event["session"]["attributes"]
    return attributes


def _shares(
    two: list[Contender], python: Interpreter, *, quick: bool
) -> dict[int, tuple[Mapping[str, Cold], Mapping[str, Warm]]]:
    found: dict[int, tuple[Mapping[str, Cold], Mapping[str, Warm]]] = {}
    for memory in SHARES_MB if ProcessorShare.possible() else ():
        with ProcessorShare(memory) as prefix:
            found[memory] = (
                measure.cold(two, python, rounds=1 if quick else 3, progress=say, prefix=prefix),
                measure.warm(
                    two, python, measure.after_answers(4), blocks=2 if quick else 5, progress=say, prefix=prefix
                ),
            )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report, and return the exit status."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, and print the report instead of writing it")
    quick = parser.parse_args(arguments).quick
    started = time.monotonic()
    python = runtime_python.find(any_version=True)
    findings = measured(python, quick=quick)
    text = report.rendered(findings, minutes=(time.monotonic() - started) / 60)
    if quick:
        print(text)
    else:
        report.PATH.write_text(text, "utf-8")
        say("")
        print(f"wrote {report.PATH.relative_to(ROOT)}")
        print(report.goals(findings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
