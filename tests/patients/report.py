"""Plays all patients and prints the figures: python -W ignore tests/patients/report.py --seeds 20 --show."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":  # run as a file, it finds this project and its tests by itself
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from patients.bank import HALVES
from patients.figures import failures, shares, turns_to_home_care
from patients.play import Run, play_all

EXAMPLES = 6


def figures(runs: Sequence[Run]) -> list[str]:
    """Return the lines of the table."""
    width = max(len(name) for name in shares(runs))
    median, most = turns_to_home_care(runs)
    return [
        f"{len(runs)} conversations, {sum(len(run.turns) for run in runs)} turns",
        *(f"{name:<{width}} {found}" for name, found in shares(runs).items()),
        f"{'turns to home care':<{width}} {median:g} at the median, {most} at most",
    ]


def groups(runs: Sequence[Run], most: int) -> list[str]:
    """Return the failing turns by group, with examples that are not set aside."""
    lines = []
    for (what, kind), turns in list(failures(runs).items())[:most]:
        lines.append(f"{len(turns):>5}  {what}: {kind}")
        shown = Counter(
            (turn.said.text, ", ".join(turn.after["acts"]), about) for turn, about in turns if not turn.said.set_aside
        )
        lines += [
            f"         {count:>3} x {text!r} -> {acts or 'nothing'} [{about}]"
            for (text, acts, about), count in shown.most_common(EXAMPLES)
        ]
    return lines


def raised(runs: Sequence[Run]) -> list[str]:
    """Return what took runs above the expected level."""
    turns = [run.raised_by for run in runs if run.too_high]
    counted = Counter(
        (turn.said.text, ", ".join(turn.after["acts"]), " ".join(turn.pending)) for turn in turns if turn is not None
    )
    return [f"{count:>5} x {text!r} -> {acts} [{asked}]" for (text, acts, asked), count in counted.most_common()]


def main(arguments: list[str] | None = None) -> int:
    """Print the report and return the exit status: 1 where a conversation ended too low."""
    parser = argparse.ArgumentParser(prog="report", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="conversations for each case (default: 20)")
    parser.add_argument("--half", choices=HALVES, default="all", help="which half of the banks is drawn from")
    parser.add_argument("--show", action="store_true", help="the failing turns too, with examples of the even half")
    parser.add_argument("--groups", type=int, default=60, help="how many groups of failing turns (default: 60)")
    asked = parser.parse_args(arguments)
    runs = play_all(asked.seeds, asked.half)
    lines = figures(runs)
    if asked.show:
        lines += ["", *groups(runs, asked.groups)]
        shown = [run for run in runs if not any(turn.said.set_aside for turn in run.turns)]
        lines += [f"\ntoo low, or no outcome: {run.script}" for run in shown if run.too_low or run.outcome is None]
        lines += ["", "raised too high by:", *raised(shown)]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(run.too_low for run in runs))


if __name__ == "__main__":
    sys.exit(main())
