"""Finds the Python that compiles for the Lambda runtime: bytecode is read only by the minor version that wrote it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

RUNTIME = "3.13"
"""The minor version of ``Runtime`` in template.yaml; a test holds the two together."""

VARIABLE = "RUNTIME_PYTHON"
"""The environment variable that names the interpreter where it is not on the PATH."""


class NoRuntimePythonError(Exception):
    """When no interpreter of the runtime's version is found; the message is one sentence with the remedy."""


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """A Python that runs on this machine."""

    path: str
    version: str
    """Its minor version, such as ``3.13``."""

    @property
    def is_the_runtimes(self) -> bool:
        """Whether Lambda reads the bytecode that it writes."""
        return self.version == RUNTIME


def find(environ: Mapping[str, str] = os.environ, *, any_version: bool = False) -> Interpreter:
    """Return the interpreter that the variable names, or else the first of the runtime's version that really runs.

    Args:
        environ: where ``PATH``, ``RUNTIME_PYTHON`` and ``PYENV_ROOT`` are looked up.
        any_version: for a proof: fall back to the interpreter that runs this, whatever its version.

    Raises:
        NoRuntimePythonError: when there is none, or the named one is of another version.
    """
    if named := environ.get(VARIABLE):
        version = _version(named)
        if version != RUNTIME:
            found = f"is Python {version}" if version else "does not run"
            raise NoRuntimePythonError(
                f"{VARIABLE}={named} {found}; set it to a Python {RUNTIME}, the version of the Lambda runtime."
            )
        return Interpreter(path=named, version=version)
    for candidate in _candidates(environ):
        if _version(candidate) == RUNTIME:
            return Interpreter(path=candidate, version=RUNTIME)
    if any_version:
        return Interpreter(path=sys.executable, version=".".join(map(str, sys.version_info[:2])))
    raise NoRuntimePythonError(
        f"No Python {RUNTIME} was found, which the Lambda runtime needs for its bytecode; install it, or set "
        f"{VARIABLE} to its path."
    )


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    # A version manager puts a shim on the PATH for versions that it will not run; hence each is tried.
    for folder in environ.get("PATH", "").split(os.pathsep):
        if found := shutil.which(f"python{RUNTIME}", path=folder):
            yield found
    if root := environ.get("PYENV_ROOT"):
        yield from map(str, sorted(Path(root).glob(f"versions/{RUNTIME}.*/bin/python{RUNTIME}"), reverse=True))


def _version(path: str) -> str:
    """Return the minor version of the interpreter at ``path``; empty where it does not run."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([path, "-c", program], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
