"""The figures over many runs, with Wilson's intervals of 95 %."""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from patients.play import Played, Run

from skill.protocol.model import Level

Z = 1.959964
"""Of a normal distribution, for 95 %."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share, from 0 to 1; 0 of nothing is 0."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        if not self.of:
            return 0.0, 1.0
        p, n = self.value, self.of
        middle, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + Z * Z / n)), min(1.0, (middle + spread) / (1 + Z * Z / n))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.count:>6} of {self.of:<6} {self.value:>7.2%}  ({low:.2%} to {high:.2%})"


def share(flags: Iterable[bool]) -> Share:
    """Return how many of ``flags`` are true."""
    kept = list(flags)
    return Share(sum(kept), len(kept))


def answers(runs: Sequence[Run]) -> list[Played]:
    """Return the turns that answer something, with more than two words."""
    return [turn for run in runs for turn in run.turns if turn.before and turn.long]


def shares(runs: Sequence[Run]) -> Mapping[str, Share]:
    """Return every share of the report by its name."""
    long, clear = answers(runs), [turn for turn in answers(runs) if turn.said.clear]
    every = [(run.case, turn) for run in runs for turn in run.turns]
    telling = [turn for _, turn in every if turn.said.tells]
    emergencies = [run for run in runs if run.case.expected == Level.EMERGENCY.key]
    return {
        "too low": share(run.too_low for run in runs),
        "too low, of emergencies": share(run.too_low for run in emergencies),
        "too high": share(run.too_high for run in runs),
        "no outcome": share(run.outcome is None for run in runs),
        "asked again, more than two words": share(turn.asked_again for turn in long),
        "asked again after a clear answer of more than two words": share(turn.asked_again for turn in clear),
        "asked again or in part, after the same": share(turn.lingers for turn in clear),
        "told and passed by, of turns that tell": share(bool(turn.lost) for turn in telling),
        "taken though not told, of all turns": share(bool(turn.made_up(case)) for case, turn in every),
    }


def turns_to_home_care(runs: Sequence[Run]) -> tuple[float, int]:
    """Return the median and the most turns of runs that end in home care."""
    lengths = [len(run.turns) for run in runs if run.outcome == Level.SELF_CARE.key]
    return (statistics.median(lengths), max(lengths)) if lengths else (math.inf, 0)


def failures(runs: Sequence[Run]) -> Mapping[tuple[str, str], list[tuple[Played, str]]]:
    """Return the turns in which something went wrong, by what went wrong and the kind of what was said."""
    found = defaultdict[tuple[str, str], list[tuple[Played, str]]](list)
    for run in runs:
        for turn in run.turns:
            made_up = turn.made_up(run.case)
            if turn.lost:
                found["told and passed by", turn.said.kind].append((turn, " ".join(sorted(turn.lost))))
            elif made_up:
                found["taken though not told", turn.said.kind].append((turn, " ".join(sorted(made_up))))
            elif turn.lingers:
                what = "asked again" if turn.asked_again else "asked again in part"
                found[what, turn.said.kind].append((turn, " ".join(turn.after["unaccounted"])))
    return dict(sorted(found.items(), key=lambda group: -len(group[1])))
