"""Each promise in docs/promises.md has a figure, and a test, a proof or a benchmark that there is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "promises.md"
KEPT_BY = re.compile(r"`((?:tests|prove|benchmarks)/[\w/]+\.py)(?:::(\w+))?`")


def promises(text: str) -> list[tuple[str, str, str]]:
    """Return each row of the tables: the promise, its figure, and what keeps it."""
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [(row[0].strip(), row[1].strip(), row[2].strip()) for row in rows if row[0].strip() != "promise"]


def faults(promise: str, figure: str, kept: str, root: Path = ROOT) -> list[str]:
    """Return what is wrong with one promise."""
    found = [] if figure else [f"{promise}: it has no figure"]
    keepers = KEPT_BY.findall(kept)
    if not keepers or KEPT_BY.sub("", kept).strip(" ,"):
        found.append(f"{promise}: {kept!r} does not say what keeps it")
    for path, test in keepers:
        if not (root / path).is_file():
            found.append(f"{promise}: there is no {path}")
        elif test and test not in _tests(root / path):
            found.append(f"{promise}: {path} has no {test}")
        elif not test and not path.startswith("benchmarks/"):
            found.append(f"{promise}: name the test in {path}")
    return found


def _tests(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("promise", promises(PAGE.read_text("utf-8")), ids=lambda promise: promise[0][:60])
def test_no_promise_points_to_nothing(promise: tuple[str, str, str]) -> None:
    assert faults(*promise) == []


def test_the_page_is_read() -> None:
    """Control: a page in another shape would hold every promise."""
    text = PAGE.read_text("utf-8")
    assert len(promises(text)) == sum(line.startswith("| ") for line in text.splitlines()) - text.count("| promise |")
    assert len(promises(text)) > 30


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "a test",
        "`tests/test_nothing.py::test_x`",
        "`tests/test_promises.py::test_that_is_gone`",
        "`tests/test_promises.py`",
        "`benchmarks/nothing.py`",
        "`tests/test_promises.py::test_the_page_is_read` and more",
    ],
)
def test_a_promise_that_points_to_nothing_is_noticed(kept: str) -> None:
    assert len(faults("It holds", "1", kept)) == 1
    assert faults("It holds", "", "`tests/test_promises.py::test_the_page_is_read`") == ["It holds: it has no figure"]
