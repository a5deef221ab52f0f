"""Writes docs/benchmarks.md from the findings of one run: the goals first, then every figure, then how it was taken."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.figures import Figures
from benchmarks.measure import Warm, p99
from tools.artifact_content import ROOT

PATH = ROOT / "docs" / "benchmarks.md"
OURS, HELLO = "Upper Back Guide", "ask-sdk hello-world"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A figure of the requirement and what was measured."""

    name: str
    limit: float
    found: float
    unit: str = ""

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.found <= self.limit


def rendered(findings: Figures, *, minutes: float) -> str:
    """Return the whole report."""
    python = findings.python
    version = f"Python {python.version}" + ("" if python.is_the_runtimes else " (the runtime's 3.13 was not here)")
    taken = (
        f"Written by `make bench` in {minutes:.0f} minutes. Machine: {findings.machine}; {version}. All contenders "
        "run in one go and take turns, so ratios hold where milliseconds of another machine differ."
    )
    parts = [
        "# Benchmarks",
        taken,
        "## Goals",
        goals(findings),
        _missed(findings),
        "## Cold start",
        _cold(findings),
        "## Warm turn",
        _warm(findings),
        "## Does a turn cost more when there is more?",
        _growth(findings),
        "## Where the time goes",
        _profile(findings),
        "## How much memory to give it",
        _shares(findings),
        HOW,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def all_goals(findings: Figures) -> list[Goal]:
    """Return each goal of the requirement with what was found."""
    cold, zips = findings.cold, findings.zips
    by_turn = [_median(turn[OURS].inside) / _median(turn[HELLO].inside) for turn in (findings.launch, findings.no)]
    locales = findings.locales
    return [
        Goal(
            name="cold start, init + first turn, against hello-world",
            limit=0.40,
            found=cold[OURS].total / cold[HELLO].total,
        ),
        Goal(name="first turn after a primed init", limit=5, found=_median(cold[OURS].first), unit=" ms"),
        Goal(name="warm turn, median, display device, against hello-world", limit=0.50, found=max(by_turn)),
        Goal(
            name="memory after the first turn, against hello-world",
            limit=1.0,
            found=_median(cold[OURS].memory) / _median(cold[HELLO].memory),
        ),
        Goal(name="zip", limit=5, found=zips[OURS], unit=" MB"),
        Goal(
            name="turn cost with 17 locales against 1",
            limit=1.05,
            found=_median(locales["17 locales"].inside) / _median(locales["1 locale"].inside),
        ),
    ]


def goals(findings: Figures) -> str:
    """Return the table of goals."""
    return _table(
        ("figure", "goal", "measured", ""),
        [
            (
                goal.name,
                f"{goal.limit:g}{goal.unit} or less",
                f"{goal.found:.2f}{goal.unit}",
                "reached" if goal.reached else "**not reached**",
            )
            for goal in all_goals(findings)
        ],
    )


def _missed(findings: Figures) -> str:
    missed = [goal.name for goal in all_goals(findings) if not goal.reached]
    if not missed:
        return "Every goal is reached."
    return f"Not reached: {'; '.join(missed)}. The profile below shows where the time goes."


def _cold(findings: Figures) -> str:
    rows = []
    for name, cold in findings.cold.items():
        rows.append(
            (
                name,
                f"{_median(cold.init):.0f}",
                f"{_median(cold.first):.1f}",
                f"{cold.total:.0f}",
                f"{p99([a + b for a, b in zip(cold.init, cold.first, strict=True)]):.0f}",
                f"{_median(cold.processor):.0f}",
                f"{_median(cold.memory):.0f}",
                f"{findings.zips[name]:.2f}",
            )
        )
    head = ("", "init ms", "first turn ms", "together ms", "slowest ms", "processor ms", "memory MB", "zip MB")
    note = (
        f"Medians of {len(findings.cold[OURS].init)} starts of a new process each. Init is everything until the "
        "runtime client asks for the first event, the interpreter's own start included. With SnapStart, init is paid "
        "when a version is published; what a person waits for is Amazon's restore and the first turn."
    )
    return f"{_table(head, rows)}\n\n{note}"


def _warm(findings: Figures) -> str:
    rows = []
    for turn, found in (("launch", findings.launch), ("fifth answer", findings.no)):
        for name, warm in found.items():
            ratio = f"{_median(warm.inside) / _median(found[HELLO].inside):.2f}"
            rows.append((turn, name, *_figures(warm), ratio))
    head = ("turn", "", "handler median µs", "handler p99 µs", "with client median µs", "with client p99 µs", "ratio")
    note = (
        "Requests of a device with a screen, with the whole context that it sends. *Handler* is the function alone; "
        "*with client* adds the runtime client's JSON and HTTP on loopback, which are the same for all. The ratio is "
        "of the handler's median to the hello-world's, for the same kind of request: a greeting there, triage here."
    )
    return f"{_table(head, rows)}\n\n{note}"


def _growth(findings: Figures) -> str:
    questions = _table(
        ("questions in the protocol", "turn median µs"),
        [(str(count), f"{_median(warm.inside):.0f}") for count, warm in findings.questions.items()],
    )
    answers = _table(
        ("answers in the session", "turn median µs", "session attributes, bytes"),
        [
            (str(count), f"{_median(warm.inside):.0f}", str(findings.attributes[count]))
            for count, warm in findings.answers.items()
        ],
    )
    locales = _table(
        ("locales deployed", "turn median µs"),
        [(name.partition(" ")[0], f"{_median(warm.inside):.0f}") for name, warm in findings.locales.items()],
    )
    first, last = min(findings.answers), max(findings.answers)
    per_answer = (_median(findings.answers[last].inside) - _median(findings.answers[first].inside)) / (last - first)
    note = (
        f"Each answer in the session adds about {per_answer:.0f} µs: it is read from the session attributes and "
        "counted again, because the state is the list of answers and nothing else. With at most ten questions that is "
        "bounded, and small beside the rest of a turn. A question that is not reached costs nothing; locales that are "
        "not asked for are never read."
    )
    return f"{questions}\n\n{answers}\n\n{locales}\n\n{note}"


def _profile(findings: Figures) -> str:
    parts = sorted({part for taken in findings.imports.values() for part in taken})
    imports = _table(
        ("import of", *(f"{name} ms" for name in findings.imports)),
        [(part, *(f"{taken.get(part, 0):.1f}" for taken in findings.imports.values())) for part in parts],
    )
    turn = _table(
        ("part of a warm turn", "share %"),
        [(part, f"{share:.0f}") for part, share in sorted(findings.turn.items(), key=lambda one: -one[1])],
    )
    note = (
        "Import times under `-X importtime`, which itself costs a little. The hello-world pays for compiling each "
        "module, as its artifact holds no bytecode, and for eleven service clients. The warm turn is the fifth answer, "
        "under cProfile, which makes many small calls look dearer than they are."
    )
    return f"{imports}\n\n{turn}\n\n{note}"


def _shares(findings: Figures) -> str:
    if not findings.shares:
        return (
            "Not measured on this machine: it takes Linux control groups, version 1, and the right to make one. "
            "Lambda gives 256 MB a seventh of a processor."
        )
    rows = [
        (
            f"{memory} MB",
            name,
            f"{_median(cold[name].init):.0f}",
            f"{_median(cold[name].first):.1f}",
            f"{_median(warm[name].inside) / 1e3:.2f}",
            f"{p99(warm[name].inside) / 1e3:.1f}",
            f"{_median(cold[name].memory):.0f}",
        )
        for memory, (cold, warm) in findings.shares.items()
        for name in (HELLO, OURS)
    ]
    head = ("processor share of", "", "init ms", "first turn ms", "warm median ms", "warm p99 ms", "memory used MB")
    note = (
        "Lambda gives a function a share of a processor that grows with its memory: a whole one at 1,769 MB. Here a "
        "control group gives the same share, 20 ms at a time; a p99 near 20 ms is a turn that had to wait. "
        "256 MB is plenty: a tenth of it is used here, a turn is over long before anyone notices, and init, "
        "which would gain from more, is paid once per version thanks to SnapStart."
    )
    return f"{_table(head, rows)}\n\n{note}"


def _figures(warm: Warm) -> tuple[str, str, str, str]:
    return (
        f"{_median(warm.inside):.0f}",
        f"{p99(warm.inside):.0f}",
        f"{_median(warm.around):.0f}",
        f"{p99(warm.around):.0f}",
    )


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


HOW = """## How it was measured

- **Upper Back Guide** is the artifact of `make build`. **ask-sdk hello-world** is a greeting skill in the shape of
  Amazon's samples (`benchmarks/hello_world`), with the same locked packages, built as plain `sam build`
  builds: sources, no bytecode. **bare handler** answers without any SDK (`benchmarks/bare`): the floor.
- Each runs under awslambdaric, the runtime client that Lambda itself uses, against a Runtime API on loopback
  (`tools/local_lambda.py`). The client is installed once, with bytecode, as it is on Lambda.
- Cold starts: the contenders in turn, a new process each, after one uncounted round that fills the disk's cache. On
  Lambda the files come from a slower place, so the one with fewer and smaller files gains more there.
- Warm turns: all contenders run at once and get blocks of 40 turns in turn; two blocks are not counted. p99 on a shared
  machine includes whatever else it did.
- One locale against 17: twelve pairs of new processes, as two processes of the very same program differ by a tenth.
- Questions and locales beyond our own are generated copies (`benchmarks/contenders.py`).
- What cannot be measured here: Amazon's own time to restore a snapshot and to get the code to a machine.
"""
