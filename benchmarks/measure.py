"""Takes the figures, the contenders taking turns: whatever else the machine does, it does to all of them."""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import envelopes
from benchmarks.contenders import Contender
from tools.local_lambda import LocalLambda
from tools.runtime_python import Interpreter

MB_OF_ONE_PROCESSOR = 1769
"""Lambda gives a function one virtual processor at this memory size, and a share of it below (AWS documentation)."""

PERIOD_US = 20_000
"""How often the share of the processor is given out anew, in microseconds."""

Progress = Callable[[str], None]


@dataclass(kw_only=True)
class Cold:
    """Cold starts of one contender, in milliseconds and MB."""

    init: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    """The first turn, from handing out the event to the arrival of the response."""
    memory: list[float] = field(default_factory=list)
    """After the first turn."""
    processor: list[float] = field(default_factory=list)
    """Processor time of init and first turn together."""

    @property
    def total(self) -> float:
        """The median of init and first turn together."""
        return statistics.median(a + b for a, b in zip(self.init, self.first, strict=True))


@dataclass(kw_only=True)
class Warm:
    """Warm turns of one contender, in microseconds."""

    inside: list[float] = field(default_factory=list)
    """The handler alone."""
    around: list[float] = field(default_factory=list)
    """With the runtime client's JSON and HTTP."""


def p99(values: Sequence[float]) -> float:
    """Return the value that one in a hundred exceeds."""
    return sorted(values)[int(0.99 * (len(values) - 1))]


def cold(
    contenders: Iterable[Contender],
    python: Interpreter,
    *,
    rounds: int,
    progress: Progress,
    prefix: tuple[str, ...] = (),
) -> dict[str, Cold]:
    """Start each contender once in each round, and play a launch of a device with a screen."""
    found: dict[str, Cold] = defaultdict(Cold)
    contenders = list(contenders)
    for round_ in range(rounds + 1):
        progress(f"cold starts, round {round_} of {rounds}")
        for contender in contenders:
            with contender.start(python, prefix=prefix) as function:
                answer = function.invoke(envelopes.launch())
                if not round_:
                    continue  # the first round only fills the cache of the disk
                taken = found[contender.name]
                taken.init.append(function.init_seconds * 1e3)
                taken.first.append(answer.seconds * 1e3)
                taken.memory.append(function.resident_mb())
                taken.processor.append(function.cpu_seconds() * 1e3)
    return dict(found)


def warm(  # noqa: PLR0913 each says what is measured
    contenders: Iterable[Contender],
    python: Interpreter,
    events: Callable[[LocalLambda], Any],
    *,
    blocks: int,
    progress: Progress,
    prefix: tuple[str, ...] = (),
) -> dict[str, Warm]:
    """Send each contender the same event over and over, in short blocks that take turns.

    Args:
        contenders: what is measured; all of them run at once, and one works at a time.
        python: the interpreter that runs them.
        events: makes the event, given the running instance.
        blocks: how many blocks of 40 turns each gets. The first two are not counted.
        progress: told what is going on.
        prefix: a program that starts each instance.
    """
    found: dict[str, Warm] = defaultdict(Warm)
    with ExitStack() as running:
        functions = [
            (one.name, running.enter_context(one.start(python, timed=True, prefix=prefix))) for one in contenders
        ]
        sent = {name: events(function) for name, function in functions}
        for block in range(blocks + 2):
            if block % 10 == 0:
                progress(f"warm turns, block {block} of {blocks}")
            for name, function in functions:
                around = [function.invoke(sent[name]).seconds * 1e6 for _ in range(40)]
                inside = [taken / 1e3 for taken in function("times")]
                if block > 1:
                    found[name].around.extend(around)
                    found[name].inside.extend(inside[-40:])
    return dict(found)


def launch(_: LocalLambda) -> dict[str, Any]:
    """Return the launch, for ``warm``."""
    return envelopes.launch()


def after_answers(count: int) -> Callable[[LocalLambda], dict[str, Any]]:
    """Return what makes a no in a session with ``count`` answers, for ``warm``."""

    def event(function: LocalLambda) -> dict[str, Any]:
        attributes = function(envelopes.launch()).get("sessionAttributes") or {}
        for _ in range(count):
            attributes = function(envelopes.no(attributes)).get("sessionAttributes") or {}
        return envelopes.no(attributes)

    return event


class ProcessorShare:
    """A control group that gives its processes the processor share of a Lambda memory size. Linux, as root."""

    GROUPS = Path("/sys/fs/cgroup/cpu")

    def __init__(self, memory_mb: int) -> None:
        self._group = self.GROUPS / f"upper-back-guide-{memory_mb}"
        self._quota = max(1000, int(PERIOD_US * memory_mb / MB_OF_ONE_PROCESSOR))

    @classmethod
    def possible(cls) -> bool:
        """Return whether this machine can do it."""
        try:
            with cls(256):
                return True
        except OSError:
            return False

    def __enter__(self) -> tuple[str, ...]:
        """Make the group and return the program that starts a process in it."""
        self._group.mkdir(exist_ok=True)
        (self._group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
        (self._group / "cpu.cfs_quota_us").write_text(str(self._quota))
        return ("/bin/sh", "-c", f'echo $$ > {self._group}/cgroup.procs; exec "$@"', "sh")

    def __exit__(self, *_: object) -> None:
        """Remove the group, once its processes are gone."""
        for _attempt in range(50):
            try:
                self._group.rmdir()
            except OSError:
                time.sleep(0.02)
            else:
                return


def size_of_attributes(contender: Contender, python: Interpreter, count: int) -> int:
    """Return the bytes of the session attributes after ``count`` answers."""
    with contender.start(python) as function:
        attributes = function(envelopes.launch())["sessionAttributes"]
        for _ in range(count):
            attributes = function(envelopes.no(attributes)).get("sessionAttributes", {})
    return len(json.dumps(attributes).encode())
