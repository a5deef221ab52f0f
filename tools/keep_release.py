"""Keeps the code of a release, so that tests run it beside this one: ``python -m tools.keep_release COMMIT NAME``.

What is kept is git's own archive of the function and the skill at that commit, with the commit's id as its comment.
Hearing is left out: its trained reader is 1.5 MB, and what is tested are intents without words.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tools.artifact_content import ROOT

RELEASES = ROOT / "tests" / "data" / "releases"
"""Where the archives are."""

KEPT = ("lambda/lambda_function.py", "skill", ":(exclude,glob)skill/locales/*/hearing/**")
"""What is kept, as git's path specifications."""


def keep(commit: str, name: str, into: Path = RELEASES) -> Path:
    """Write the archive of ``commit`` as ``name`` and return its path. Raises CalledProcessError where git fails."""
    path = into / f"{name}.zip"
    command = ["git", "archive", "--format=zip", "-9", f"--output={path}", commit, "--", *KEPT]
    subprocess.run(command, cwd=ROOT, check=True)
    return path


def main(arguments: list[str] | None = None) -> int:
    """Keep one release and return the exit status."""
    parser = argparse.ArgumentParser(prog="keep_release", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("commit")
    parser.add_argument("name", help="of the release, such as 2.0.0")
    options = parser.parse_args(arguments)
    try:
        print(keep(options.commit, options.name))
    except subprocess.CalledProcessError:
        print(f"git knows no commit {options.commit}; fetch it, or give another.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
