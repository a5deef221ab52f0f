"""Looks at this machine: the runtime's Python, sam and ask-cli."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date

from tools import ask_cli, deploy, runtime_python
from tools.doctor.finding import Finding, fault, ok, warning
from tools.runtime_python import RUNTIME

OLDEST_SAM = (1, 100)
"""The first that was tried with this template."""

OLDEST_ASK = (2, 30)
"""The version whose state ``tools/ask_states.py`` writes."""

RUNTIME_ENDS = date(2029, 6, 30)
"""When Lambda ends its support of Python 3.13 (docs.aws.amazon.com, Lambda runtimes; read in 2026)."""

WARN_DAYS = 180
"""Before that date: time for one release with the next runtime."""


def findings(environ: Mapping[str, str] = os.environ, *, today: date | None = None) -> Iterator[Finding]:
    """Yield what is found, the first thing that is needed first."""
    yield _python(environ)
    yield _runtime_end(today or date.today())  # noqa: DTZ011 a day more or less does not matter
    yield _sam(environ)
    yield _ask(environ)


def _python(environ: Mapping[str, str]) -> Finding:
    try:
        python = runtime_python.find(environ)
    except runtime_python.NoRuntimePythonError as error:
        says, _, remedy = str(error).partition("; ")
        return fault(f"{says}.", f"{remedy[:1].upper()}{remedy[1:]}")
    return ok(f"Python {python.version}, which writes the function's bytecode, is at {python.path}.")


def _runtime_end(today: date) -> Finding:
    left = (RUNTIME_ENDS - today).days
    says = f"Lambda supports python{RUNTIME}, the function's runtime, until {RUNTIME_ENDS}."
    if left > WARN_DAYS:
        return ok(says)
    remedy = "Raise Runtime in template.yaml and RUNTIME in tools/runtime_python.py, run make prove, and deploy."
    return warning(says, remedy) if left >= 0 else fault(says, remedy)


def _sam(environ: Mapping[str, str]) -> Finding:
    try:
        program = deploy.sam(environ)
    except deploy.NotReadyError as error:
        says, _, remedy = str(error).partition("; ")
        return fault(f"{says}.", f"{remedy[:1].upper()}{remedy[1:]}")
    version = _version(program, environ)
    if version is None:
        return fault(f"{program} does not run.", "Remove it and run: pip install aws-sam-cli")
    if version < OLDEST_SAM:
        return fault(f"sam {_text(version)} is too old.", "Remove it and run: pip install aws-sam-cli")
    return ok(f"sam {_text(version)} is at {program}.")


def _ask(environ: Mapping[str, str]) -> Finding:
    remedy = "Install it for this project: python3 -m tools.ask_cli. Without it the skill is set up by hand."
    try:
        program = ask_cli.program(environ)
    except ask_cli.AskCliError:
        return warning("ask-cli was not found, so the skill's own side is not looked at.", remedy)
    version = _version(program, environ)
    if version is None:
        return warning(f"{program} crashes, as it does where npm installed it without an override of antlr4ts.", remedy)
    if version < OLDEST_ASK:
        return warning(f"ask-cli {_text(version)} is older than the one that was tried.", remedy)
    return ok(f"ask-cli {_text(version)} is at {program}.")


def _version(program: str, environ: Mapping[str, str]) -> tuple[int, ...] | None:
    """Return the version that ``program --version`` prints; None where it does not run."""
    quiet = {"SAM_CLI_TELEMETRY": "0", "ASK_SKIP_NEW_VERSION_REMINDER": "true"}
    try:
        done = subprocess.run(
            [program, "--version"],
            env={**environ, **quiet},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(\d+)\.(\d+)", done.stdout)
    return (int(found[1]), int(found[2])) if found and not done.returncode else None


def _text(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
