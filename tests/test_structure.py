"""Which part of the repository may import which: for tests and proof too, which import-linter does not see.

The floors inside of ``skill`` are import-linter's (``pyproject.toml``); here every file of every part is read.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PARTS = ("skill", "lambda", "simulator", "tools", "benchmarks", "prove", "tests")

FORBIDDEN: Mapping[str, frozenset[str]] = {
    "skill": frozenset(PARTS) - {"skill"},
    "lambda": frozenset(PARTS) - {"lambda", "skill"},
    "simulator": frozenset({"tools", "benchmarks", "prove", "tests"}),
    "tools": frozenset({"benchmarks", "prove", "tests"}),
    "benchmarks": frozenset({"prove", "tests"}),
    "prove": frozenset({"benchmarks", "tests"}),
    "tests": frozenset({"benchmarks", "prove"}),
}
"""What the files of each part do not import. What two of them need lives in a part that both may import."""

BY_BARE_NAME = ("tests", "prove")
"""Parts that are no packages: their modules are imported by their own names, or through ``sys.path``."""


def part_of(module: str, root: Path = ROOT) -> str | None:
    """Return the part that ``module`` belongs to, or None when it is not of this repository."""
    top = module.partition(".")[0]
    if top in PARTS:
        return top
    return next((part for part in BY_BARE_NAME if any((root / part).rglob(f"{top}.py"))), None)


def imported(source: str) -> Iterator[str]:
    """Yield every module that ``source`` imports, wherever the import stands, also by ``import_module``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(
                func=ast.Attribute(attr="import_module" | "run_module") | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield module


def files(part: str, root: Path = ROOT) -> list[Path]:
    """Return the files of ``part``."""
    return sorted((root / part).rglob("*.py"))


def broken(part: str, root: Path = ROOT) -> list[str]:
    """Return each import of ``part`` that is forbidden."""
    return [
        f"{path.relative_to(root)} imports {module}"
        for path in files(part, root)
        for module in sorted(set(imported(path.read_text("utf-8"))))
        if part_of(module, root) in FORBIDDEN[part]
    ]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_imports_none_that_it_must_not(part: str) -> None:
    assert broken(part) == []


def test_every_file_belongs_to_a_part() -> None:
    """Control: a folder of code that is not listed would be held to nothing."""
    folders = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("[!.]*/**/*.py")} - {"build"}
    assert folders == set(PARTS)
    assert all(files(part) for part in PARTS)


def test_allowed_imports_are_seen() -> None:
    """Control: what the parts do import of each other is found, so the imports are read."""
    seen = {
        (part, other)
        for part in PARTS
        for path in files(part)
        for module in imported(path.read_text("utf-8"))
        if (other := part_of(module)) and other != part
    }
    assert {
        *(("lambda", "skill"), ("simulator", "skill"), ("tools", "skill"), ("tests", "skill")),
        *(("tests", "simulator"), ("tests", "tools"), ("benchmarks", "simulator"), ("benchmarks", "tools")),
        *(("prove", "tools"), ("prove", "simulator")),
    } <= seen


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("tests", "from benchmarks import blind"),
        ("tests", "import prove.offline"),
        ("benchmarks", "def measure():\n    import helper"),
        ("benchmarks", "from tests.helper import made"),
        ("simulator", "import importlib\nimportlib.import_module('tools.generate')"),
        ("skill", "from simulator.client import AlexaClient"),
        ("tools", "import helper as made"),
        ("prove", "from helper import made"),
    ],
)
def test_a_forbidden_import_is_noticed(part: str, line: str, tmp_path: Path) -> None:
    for name in (part, "tests"):
        (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / "tests" / "helper.py").write_text("")
    (tmp_path / part / "module.py").write_text(line)
    (fault,) = broken(part, tmp_path)
    assert fault.startswith(f"{part}/module.py imports ")
