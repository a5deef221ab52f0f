"""Writes what a locale hears as one JSON file, so that a cold start neither parses TOML nor compiles its findings."""

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter

from skill.hearing import lexicon


def built(locale: str) -> str:
    """Return the compiled tables of ``locale`` as JSON."""
    return json.dumps(lexicon.read(locale), ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str]) -> None:
    """Write the file into ``--to``, by default beside the locale's other words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locales", nargs="*", default=["en-US"])
    parser.add_argument("--to", type=Path, default=lexicon.LOCALES, help="the folder of the locales")
    parser.add_argument("--time", action="store_true", help="say how long loading takes")
    options = parser.parse_args(arguments)
    for locale in options.locales:
        text = built(locale)
        file = options.to / locale / lexicon.COMPILED_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"{file}: {len(text)} characters")
        if options.time:
            begun = perf_counter()
            lexicon.made(json.loads(text))
            print(f"loaded in {1000 * (perf_counter() - begun):.1f} milliseconds")


if __name__ == "__main__":
    main(sys.argv[1:])
