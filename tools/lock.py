"""Rewrite every lock in requirements/ from its .in file, with hashes, for Python 3.11 to 3.13.

Run it as ``python tools/lock.py``. It needs ``uv`` (``pip install uv``) on the PATH; nothing else in the project does.
"""

import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
OLDEST_PYTHON = "3.11"


def main(only: list[str]) -> int:
    """Compile each ``.in`` (or only the named ones) and return the exit status."""
    uv = shutil.which("uv")
    if uv is None:
        print("tools/lock.py: uv was not found; install it with `pip install uv` and run this again.", file=sys.stderr)
        return 1
    for source in sorted(REQUIREMENTS.glob("*.in")):
        if only and source.stem not in only:
            continue
        print(f"locking {source.name}", flush=True)
        command = [
            *(uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
            *("--python-version", OLDEST_PYTHON, "--no-emit-index-url", "--no-emit-find-links"),
            *("--custom-compile-command", "python tools/lock.py"),
            *("--output-file", f"{source.stem}.txt", source.name),
        ]
        status = subprocess.run(command, cwd=REQUIREMENTS, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
