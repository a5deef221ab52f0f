"""What one run of the benchmarks measured, on its way to the report."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.measure import Cold, Warm
from tools.runtime_python import Interpreter


@dataclass(kw_only=True)
class Figures:
    """All that one run measured."""

    machine: str
    python: Interpreter
    cold: Mapping[str, Cold]
    launch: Mapping[str, Warm]
    no: Mapping[str, Warm]
    zips: Mapping[str, float]
    locales: Mapping[str, Warm]
    questions: Mapping[int, Warm]
    answers: Mapping[int, Warm]
    attributes: Mapping[int, int]
    imports: Mapping[str, Mapping[str, float]]
    turn: Mapping[str, float]
    shares: Mapping[int, tuple[Mapping[str, Cold], Mapping[str, Warm]]] = field(default_factory=dict)
    """By memory size in MB; empty where the machine cannot share out its processor."""
