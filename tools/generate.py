"""Writes every generated file, or with ``--check`` says which are stale.

Run it as ``make generate`` and ``make check``.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from skill.prompts import catalogue
from skill.prompts import check as prompts_check
from skill.prompts.catalogue import CatalogueError
from skill.protocol import check as protocol_check
from skill.protocol.guide import UPPER_BACK_GUIDE
from tools import build_manifest, build_models, build_readme, build_review

BUILDERS: tuple[Callable[[], Mapping[Path, str]], ...] = (
    build_models.files,
    build_review.files,
    build_manifest.files,
    build_readme.files,
)
"""Each returns the files that it owns, path to content."""

ROOT = build_models.ROOT


def faults() -> list[str]:
    """Return a sentence for each fault of the protocol and of every locale's words: all at once, each with a remedy."""
    words = (catalogue.load(locale) for locale in catalogue.locales())
    spoken = [fault for locale in words for fault in prompts_check.faults(locale, UPPER_BACK_GUIDE)]
    return [*protocol_check.faults(UPPER_BACK_GUIDE.protocol), *spoken]


def main(arguments: list[str] | None = None) -> int:
    """Write or check all generated files and return the exit status."""
    parser = argparse.ArgumentParser(prog="generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a file is stale")
    check = parser.parse_args(arguments).check
    try:
        if found := faults():
            print("\n".join(found), file=sys.stderr)
            return 1
        built = {path: content for builder in BUILDERS for path, content in builder().items()}
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [path for path, content in built.items() if not path.exists() or path.read_text("utf-8") != content]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)}: stale; run `make generate` and commit it.", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(built[path], "utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
