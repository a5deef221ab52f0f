"""The hazard log names for each hazard a control and a test; a name that is gone is a control that nobody holds."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOG = (ROOT / "docs" / "hazards.md").read_text("utf-8")
HAZARD = re.compile(r"^\| (H\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| (\d), (\d) \| (\d), (\d) \|", re.MULTILINE)
CONTROL = re.compile(r"^\| (H\d+) \| ([^|]+) \| `([^`]+)::([^`]+)` \|$", re.MULTILINE)
NEEDED = (
    *("misheard", "lost", "wrong number", "False alarm", "delayed by a long interview", "stale", "nobody listens"),
    *("wrong person", "child", "crisis", "Privacy", "Outage"),
)


@cache
def named_in(path: str) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def gone(log: str) -> list[str]:
    """Return each control of ``log`` whose test is not there."""
    return [
        f"{id_}: {path}::{name}"
        for id_, _, path, name in CONTROL.findall(log)
        if not (ROOT / path).exists() or name not in named_in(path)
    ]


def test_every_test_that_the_log_names_is_there() -> None:
    assert len(CONTROL.findall(LOG)) >= 20
    assert gone(LOG) == []


def test_a_name_that_is_gone_is_noticed() -> None:
    """Control: a log that names a test which nobody wrote fails."""
    _, _, path, name = CONTROL.findall(LOG)[0]
    assert gone(LOG.replace(f"{path}::{name}", f"{path}::test_nobody_wrote"))
    assert gone(LOG.replace(path, "tests/test_nowhere.py"))


def test_every_hazard_has_a_control_and_no_risk_grows_by_it() -> None:
    hazards = {found[0]: found for found in HAZARD.findall(LOG)}
    assert set(hazards) == {id_ for id_, *_ in CONTROL.findall(LOG)}
    assert len(hazards) >= 12
    for *_, severity, likelihood, severity_after, likelihood_after in hazards.values():
        assert {severity, likelihood, severity_after, likelihood_after} <= {*"12345"}
        assert (severity_after, likelihood_after) <= (severity, likelihood)


@pytest.mark.parametrize("needed", NEEDED)
def test_the_log_holds_the_hazards_that_a_voice_has(needed: str) -> None:
    assert any(needed in hazard for _, hazard, *_ in HAZARD.findall(LOG))


def test_every_line_of_the_tables_is_read() -> None:
    """Control: a line in another shape would be held to nothing."""
    lines = [line for line in LOG.splitlines() if line.startswith("| H")]
    assert len(lines) == len(HAZARD.findall(LOG)) + len(CONTROL.findall(LOG))
