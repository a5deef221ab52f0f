"""What the proof builds once: the artifact as Lambda gets it, and the template as CloudFormation gets it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prove.asking import Ask
from prove.offline import translated
from simulator.entry import load_handler
from simulator.smapi import SkillManagement, serving
from tools import ask_cli, build_artifact, runtime_python
from tools.runtime_python import RUNTIME, Interpreter


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say for which Python the artifact was built: without the runtime's own, the proof is of another one."""
    python = runtime_python.find(any_version=True)
    short = "" if python.is_the_runtimes else f"; Python {RUNTIME}, the runtime's, is not on this machine"
    terminalreporter.write_line(f"The artifact was built for and run by Python {python.version}{short}.")


@pytest.fixture(scope="session")
def python() -> Interpreter:
    """Return the runtime's Python, or the one that is here: for this proof the version does not matter."""
    return runtime_python.find(any_version=True)


@pytest.fixture(scope="session")
def artifact(python: Interpreter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a freshly built artifact, with the packages of the lock."""
    folder = tmp_path_factory.mktemp("artifact") / "lambda"
    build_artifact.build(folder, python)
    return folder


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """Return the translated template, and a file that holds it."""
    template = translated("s3://artifacts/upper-back-guide.zip")
    path = tmp_path_factory.mktemp("stack") / "translated.json"
    path.write_text(json.dumps(template, indent=1), "utf-8")
    return template, path


@pytest.fixture(scope="session")
def program() -> Path:
    """Return ask-cli as npm installs it, once for each lock; without npm the tests are skipped, and say so.

    The lock overrides antlr4ts with 0.5.0-alpha.4: what ask-cli asks for resolves to a release that makes it crash.
    """
    if shutil.which("npm") is None:
        pytest.skip(
            "npm is not on the PATH, so ask-cli is not proved; install Node.js 18 or later (apt-get install npm)"
        )
    return ask_cli.install()


@pytest.fixture(scope="module")
def ask(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Return ask-cli with an account in the stand-in."""
    with serving(SkillManagement(handler=load_handler())) as account:
        yield Ask(program, account, tmp_path_factory.mktemp("home"))
