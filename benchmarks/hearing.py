"""Measures hearing on utterances that others wrote: ``python -m benchmarks.hearing FILE... --half even``.

Each line of a file is one utterance: ``asked`` (a question, or new, readback, home_care, guided), ``words``, ``means``,
``present``, ``absent``, ``days``, ``control``. Rates come with 95 % Wilson intervals.
"""

import argparse
import gc
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from skill.acts import Act, Answer, Aside, AskTopic, Call, Control, Deny, Doubt, Lasted, Missed, Report, Trend, Unclear
from skill.hearing.hear import load
from skill.hearing.heard import Asked, Expecting
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK, USUAL_COURSE_DAYS

EMERGENCIES = {str(found.id) for found in UPPER_BACK.findings if found.level is Level.EMERGENCY}
QUESTIONS = {str(question.id): tuple(found.id for found in question.findings) for question in UPPER_BACK.questions}
CONTEXTS = {"new": Asked.NOTHING, "readback": Asked.READBACK, "home_care": Asked.OFFER, "guided": Asked.STEP}
KNOWN = {str(found.id) for found in (*UPPER_BACK.findings, *UPPER_BACK.limits)}
LIMITS = {str(found.id) for found in UPPER_BACK.limits}
NO_MEANS = {"no", "deny", "soft_no"}
FEW_WORDS = 2
LONG = 1.96
SHORTEST, LONGEST = 0.6, 3.0
"""How far a length of time may be from the one meant: words mean a span, and the longest time counts."""


def expecting(asked: str) -> Expecting:
    """Return what was asked, by the name that the files give it."""
    if asked in QUESTIONS:
        return Expecting(asked=Asked.FINDINGS, findings=QUESTIONS[asked])
    return Expecting(asked=CONTEXTS[asked])


@dataclass(frozen=True)
class Result:
    """One utterance and what it came to."""

    row: Mapping[str, Any]
    acts: tuple[Act, ...]
    asked: Expecting

    def named(self, *kinds: type) -> set[str]:
        """Return the findings in acts of ``kinds``."""
        return {str(id_) for act in self.acts if isinstance(act, kinds) for id_ in getattr(act, "findings", ())}

    @property
    def present(self) -> set[str]:
        """What counts as present, with what a yes confirms."""
        confirmed = set(map(str, self.asked.findings)) if Answer.YES in self.acts else set()
        long = any(isinstance(act, Lasted) and act.days > USUAL_COURSE_DAYS for act in self.acts)
        return (
            self.named(Report) | confirmed | ({"persistent"} if long and "persistent" in self.row["present"] else set())
        )

    @property
    def denied(self) -> set[str]:
        """What counts as absent, with what a no denies."""
        refused = set(map(str, self.asked.findings)) if Answer.NO in self.acts else set()
        return (self.named(Deny) | refused) - self.present

    @property
    def asks_again(self) -> bool:
        """Whether something is asked about once more."""
        again = (Answer.SOFT_NO, Answer.UNSURE)
        return any(act in again or isinstance(act, Missed | Doubt | Unclear) for act in self.acts)

    @property
    def said(self) -> set[str]:
        """The emergencies that the person meant."""
        return set(self.row["present"]) & EMERGENCIES


def is_right(result: Result) -> bool:
    """Return whether an utterance was understood as it was meant."""
    present, absent = set(result.row["present"]) & KNOWN, set(result.row["absent"]) & KNOWN
    acts, means = result.acts, result.row["means"]
    raised = result.present - present - LIMITS
    if means in ("report", "mixed"):
        called = any(isinstance(act, Call) for act in acts)
        return (present <= result.present or called) and not absent & result.present
    if means == "deny":
        return absent <= result.denied and not raised
    if means == "no":
        ends = Control.STOP in acts and result.asked.asked is not Asked.FINDINGS
        everything = bool(result.asked.findings) and set(map(str, result.asked.findings)) <= result.denied
        return (ends or everything or Answer.NO in acts) and not raised
    if means == "duration":
        return _is_long_enough(result.row["days"], [act.days for act in acts if isinstance(act, Lasted)])
    if means == "harmless":
        return not raised and not _raises_yes(result) and not result.denied
    if means == "control":
        return _is_control(result.row["control"], acts)
    wanted = {"soft_no": Answer.SOFT_NO, "unsure": Answer.UNSURE, "yes": Answer.YES}[means]
    return wanted in acts or (means == "yes" and bool(result.present & set(map(str, result.asked.findings))))


def _is_long_enough(meant: float | None, heard: list[float]) -> bool:
    if not heard:
        return False
    if meant is None or meant < 1:
        return heard[0] <= 1 or meant is None
    return SHORTEST * meant <= heard[0] <= LONGEST * meant


def _is_control(wanted: str, acts: Iterable[Act]) -> bool:
    names = {act.value for act in acts if isinstance(act, Control | Call | Aside | Trend)}
    names |= {"topic" for act in acts if isinstance(act, AskTopic)}
    return {"ready_for_doctor": "ready"}.get(wanted, wanted) in names


def _raises_yes(result: Result) -> bool:
    return Answer.YES in result.acts and result.asked.asked in (Asked.FINDINGS, Asked.WORSE)


@dataclass
class Tally:
    """Counts of what went right and wrong, and which utterances did."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[Result]] = field(default_factory=lambda: defaultdict(list))

    def add(self, result: Result) -> None:
        """Count one utterance."""
        means, right = result.row["means"], is_right(result)
        self.all[means] += 1
        self.right[means] += right
        if not right:
            self.wrong[means].append(result)
        missed = result.said - result.present
        if any(isinstance(act, Call) for act in result.acts):
            missed = set()
        if missed & result.denied:
            self.wrong["dangerous as no"].append(result)
        elif missed - result.named(Doubt, Unclear):
            self.wrong["dangerous asked again" if result.asks_again else "dangerous lost"].append(result)
        if means == "harmless" and (result.present - LIMITS or _raises_yes(result)):
            self.wrong["harmless raised"].append(result)
        elif means == "harmless" and result.named(Doubt, Unclear) & EMERGENCIES:
            self.wrong["asked needlessly"].append(result)
        if means in NO_MEANS and right:
            self.right["noes"] += 1
        self.all["noes"] += means in NO_MEANS
        if len(result.row["words"].split()) > FEW_WORDS and means not in ("soft_no", "unsure", "harmless"):
            self.all["long"] += 1
            if any(isinstance(act, Missed) for act in result.acts):
                self.wrong["long missed"].append(result)
        self.all["dangerous"] += bool(result.said)


def wilson(count: int, of: int) -> str:
    """Return a rate with its 95 % interval."""
    if not of:
        return "-"
    rate, square = count / of, LONG * LONG
    middle, reach = rate + square / (2 * of), LONG * sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    low, high = (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)
    return f"{100 * rate:5.1f} %  ({100 * low:.1f} to {100 * high:.1f})  {count} of {of}"


def report(tally: Tally) -> list[str]:
    """Return the figures as lines."""
    kinds = ["report", "mixed", "deny", "no", "soft_no", "yes", "unsure", "duration", "control", "harmless"]
    total = sum(tally.all[kind] for kind in kinds)
    lines = [f"{'right':24}{wilson(sum(tally.right[kind] for kind in kinds), total)}"]
    lines += [f"  {kind:22}{wilson(tally.right[kind], tally.all[kind])}" for kind in kinds if tally.all[kind]]
    for name in ("dangerous as no", "dangerous lost", "dangerous asked again"):
        lines.append(f"{name:24}{wilson(len(tally.wrong[name]), tally.all['dangerous'])}")
    for name in ("harmless raised", "asked needlessly"):
        lines.append(f"{name:24}{wilson(len(tally.wrong[name]), tally.all['harmless'])}")
    lines.append(f"{'natural noes':24}{wilson(tally.right['noes'], tally.all['noes'])}")
    lines.append(f"{'over two words, missed':24}{wilson(len(tally.wrong['long missed']), tally.all['long'])}")
    return lines


def _rows(files: Iterable[Path], half: str) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for file in files:
        lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
        kept += [
            json.loads(line)
            for number, line in enumerate(lines)
            if half == "all" or (number % 2 == 0) == (half == "even")
        ]
    return kept


def main(arguments: list[str]) -> None:
    """Print the figures, and with ``--show`` what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all")
    parser.add_argument(
        "--show", nargs="*", metavar="KIND", help="list what went wrong; of all kinds where none is named"
    )
    parser.add_argument("--speed", action="store_true", help="time every utterance")
    options = parser.parse_args(arguments)
    rows, hearing, tally = _rows(options.files, options.half), load("en-US"), Tally()
    for row in rows:
        asked = expecting(row["asked"])
        tally.add(Result(row, hearing.hear(row["words"], asked).acts, asked))
    print("\n".join(report(tally)))
    for name, results in tally.wrong.items() if options.show is not None else ():
        for result in results if not options.show or name in options.show else ():
            of = result.row
            meant = " ".join([*of["present"], *(f"-{id_}" for id_ in of["absent"]), str(of["control"] or "")])
            print(f"{name} | {of['asked']} | {of['words']} | {meant} | {[*map(_short, result.acts)]}")
    if options.speed:
        _speed(rows)


def _short(act: Act) -> str:
    value = getattr(act, "value", None) or ",".join(getattr(act, "findings", ())) or ""
    return f"{type(act).__name__}({value})"


def _speed(rows: list[dict[str, Any]]) -> None:
    hearing, times = load("en-US"), []
    gc.disable()
    for row in rows:
        asked = expecting(row["asked"])
        begun = perf_counter()
        hearing.hear(row["words"], asked)
        times.append(1000 * (perf_counter() - begun))
    gc.enable()
    print(
        f"milliseconds: median {median(times):.2f}, "
        f"99 of 100 under {quantiles(times, n=100)[-1]:.2f}, most {max(times):.2f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
