"""Says what belongs in the artifact: what the entry file reaches by import, and what that needs. Nothing else."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from skill.adapters.alexa.apl.documents import FOLDER

ROOT = Path(__file__).resolve().parent.parent
ENTRY = ROOT / "lambda" / "lambda_function.py"
LOCK = ROOT / "requirements" / "runtime.txt"

NEVER_IMPORTED = frozenset(
    {
        # Of the SDK's own HTTP client, ask_sdk_core.api_client: this skill calls nobody.
        "requests",
        "certifi",
        "charset-normalizer",
        "idna",
        "urllib3",
        # Of the SDK's deserialization of timestamps, which the front door makes needless.
        "python-dateutil",
        "tzdata",
    }
)
"""Packages of the runtime lock that no turn imports. The proof runs whole interviews without them."""


def modules() -> list[Path]:
    """Return the files of ``skill/`` that the entry file reaches, in the order of their names.

    Imports inside functions count. What only the web service, the tools or the tests import is not reached.
    """
    reached: set[Path] = set()
    waiting = [ENTRY]
    while waiting:
        for path in _imported_by(waiting.pop()):
            if path not in reached:
                reached.add(path)
                waiting.append(path)
    return sorted(reached)


def documents() -> list[Path]:
    """Return the files with the screens' documents, in the order of their names."""
    return sorted(FOLDER.glob("*.json"))


def locked_packages() -> str:
    """Return the runtime lock, versions and hashes, without the packages in ``NEVER_IMPORTED``."""
    return locked(LOCK, lambda name: name not in NEVER_IMPORTED)


def locked(lock: Path, wanted: Callable[[str], bool]) -> str:
    """Return the entries of the file ``lock``, versions and hashes, whose package is ``wanted``."""
    entries = re.split(r"^(?=\S)", lock.read_text("utf-8"), flags=re.MULTILINE)
    return "".join(entry for entry in entries if wanted(re.split(r"[=\s]", entry, maxsplit=1)[0]))


def _imported_by(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                dotted = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                dotted = [module, *(f"{module}.{alias.name}" for alias in names)]
            case _:
                continue
        for name in dotted:
            yield from _files_of(name)


def _files_of(dotted: str) -> Iterator[Path]:
    """Yield the file of the module ``dotted`` and of each package above it, where they are ours."""
    parts = dotted.split(".")
    if parts[0] != "skill":
        return
    for length in range(1, len(parts) + 1):
        path = ROOT.joinpath(*parts[:length])
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                yield file
