"""Finds Amazon's ask-cli, installs it for this project alone, and runs its commands for the Skill Management API.

Run it as ``python3 -m tools.ask_cli`` to install. ``npm install -g ask-cli`` alone brings a version of antlr4ts with
which ask-cli crashes; the lock in ``prove/ask-cli`` overrides it.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.artifact_content import ROOT

LOCK = ROOT / "prove" / "ask-cli"
"""package.json, with the override, and the lock made from it."""

INSTALLED = ROOT / "build" / "ask-cli"
PROGRAM = INSTALLED / "node_modules" / ".bin" / "ask"

PATIENCE_SECONDS = 170
"""For one command: profiling and asking take seconds, installing a minute."""


class AskCliError(Exception):
    """When ask-cli is missing or a command of it fails; the message is one sentence with the remedy."""


class NotFoundError(AskCliError):
    """When Amazon knows nothing under what was asked for."""


class ThrottledError(AskCliError):
    """When Amazon asks to be left in peace for a while."""


def program(environ: Mapping[str, str] = os.environ) -> str:
    """Return the path of ask-cli: the project's own where it is installed, else the one on the PATH.

    Raises AskCliError where there is none.
    """
    if PROGRAM.exists():
        return str(PROGRAM)
    if found := shutil.which("ask", path=environ.get("PATH", "")):
        return found
    raise AskCliError("ask-cli was not found; install it for this project with `python3 -m tools.ask_cli`.")


def install(environ: Mapping[str, str] = os.environ) -> Path:
    """Install ask-cli from the lock, where that has not been done yet, and return its path.

    Raises AskCliError where npm is missing or cannot install it.
    """
    npm = shutil.which("npm", path=environ.get("PATH", ""))
    if npm is None:
        raise AskCliError("npm was not found; install Node.js 18 or later, which brings it (apt-get install npm).")
    INSTALLED.parent.mkdir(parents=True, exist_ok=True)
    with INSTALLED.with_suffix(".lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # the proof's processes all want it, at the same time
        wanted = hashlib.sha256((LOCK / "package-lock.json").read_bytes()).hexdigest()
        stamp = INSTALLED / "installed.sha256"
        if not stamp.exists() or stamp.read_text("utf-8") != wanted:
            shutil.rmtree(INSTALLED, ignore_errors=True)
            INSTALLED.mkdir()
            _install(npm)
            stamp.write_text(wanted, "utf-8")
    return PROGRAM


def _install(npm: str) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK / name, INSTALLED)
    command = (npm, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error")
    try:
        done = subprocess.run(
            command, cwd=INSTALLED, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise AskCliError("npm did not install ask-cli in time; check the network and try again.") from None
    if done.returncode:
        raise AskCliError(f"npm could not install ask-cli; check the network and try again: {done.stderr[-500:]}")


def smapi(command: str, *options: str, environ: Mapping[str, str] = os.environ) -> Any:
    """Return what ``ask smapi COMMAND`` answers: parsed JSON, or None where the answer holds none.

    Raises NotFoundError where Amazon finds nothing, ThrottledError where it is asked too often, and AskCliError for
    whatever else goes wrong.
    """
    try:
        done = subprocess.run(
            [program(environ), "smapi", command, *options],
            env={**environ, "ASK_SKIP_NEW_VERSION_REMINDER": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AskCliError(f"ask smapi {command} did not run ({error}); check the network and try again.") from None
    if done.returncode:
        raise _error(command, done.stderr + done.stdout)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None


def _error(command: str, printed: str) -> AskCliError:
    """Return the error for what ask-cli printed, which is JSON with a stack, or a crash of Node's."""
    if "cli_config" in printed or "Can't resolve profile" in printed:
        return AskCliError("ask-cli is not signed in; run `ask configure`.")
    if "status code 401" in printed or "invalid_grant" in printed or "not authorized" in printed.lower():
        return AskCliError("ask-cli's sign-in is no longer good; run `ask configure` again.")
    if "status code 404" in printed or "Resource not found" in printed:
        return NotFoundError(f"ask smapi {command}: Amazon finds nothing under this id in the account of ask-cli.")
    if "status code 429" in printed:
        return ThrottledError(f"ask smapi {command}: too many requests; wait a minute and go on.")
    if "XPathLexer" in printed or "Cannot find module" in printed:
        return AskCliError(
            "ask-cli crashes as npm installs it; install it with the override of antlr4ts: `python3 -m tools.ask_cli`."
        )
    first = next((line.strip() for line in printed.splitlines() if '"message"' in line), printed.strip()[:200])
    return AskCliError(f"ask smapi {command} failed: {first[:300]}")


def main() -> int:
    """Install ask-cli, say where it is, and return the exit status."""
    try:
        print(f"ask-cli is at {install().relative_to(ROOT)}. Sign in once: {PROGRAM.relative_to(ROOT)} configure")
    except AskCliError as error:
        print(f"ask-cli: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
