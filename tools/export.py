"""Exports the conversations and utterances of the tests for other tools, all from the one source.

Run it as ``python -m tools.export [--skill-id ID] [--into FOLDER]``. It writes, for each locale,
``ask-dialog/*.json`` for ``ask dialog --replay``, ``bespoken/*.yml`` for Bespoken's test runner, and ``utterances.csv``
for whoever wants to measure another understanding.
"""

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator import conversations
from skill.prompts import catalogue
from skill.prompts.catalogue import CatalogueError
from tools import ask_states, build_manifest, utterances
from tools.artifact_content import ROOT
from tools.ask_states import AskStatesError
from tools.deploy import NotReadyError, checked_skill_id
from tools.utterances import Utterance

CONVERSATIONS = ROOT / "tests" / "conversations"
FOLDER = ROOT / "build" / "exports"

DEFAULT_LOCALE = "en-US"
"""Of a conversation whose file lies in no folder of a locale."""

COLUMNS = (
    *("locale", "dangerous", "words", "asked", "intents", "means", "present", "absent", "doubted", "topic", "days"),
    *("unseen", "source"),
)
"""Of the CSV. Several values in one field have a space between them; ``days`` is a number, or empty."""


def opening(locale: str) -> tuple[str, str]:
    """Return what opens the skill, and what stands before the words of somebody who opens it and says more at once.

    Both come from the example phrases of the store, without the wake word.
    """
    invocation = build_manifest.language_model(locale)["invocationName"]
    phrases = [phrase.partition(", ")[2] for phrase in build_manifest.store(locale)["example_phrases"]]
    with_more = next(
        (phrase for phrase in phrases if re.search(rf"{re.escape(invocation)} .", phrase, re.IGNORECASE)), phrases[0]
    )
    end = with_more.lower().index(invocation) + len(invocation)
    return phrases[0], with_more[:end]


def said(conversation: Mapping[str, Any], locale: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what is said in each turn, as it is said to an Echo, with the turn."""
    opens, before = opening(locale)
    for number, turn in enumerate(conversation["turns"]):
        words = turn.get("say")
        yield (opens if words is None else words if number else f"{before} {words}"), turn


def dialog(conversation: Mapping[str, Any], locale: str, skill_id: str) -> str:
    """Return a conversation as ``ask dialog --replay`` takes it; it ends by itself."""
    inputs = [words for words, _ in said(conversation, locale)]
    replay = {"skillId": skill_id, "locale": locale, "type": "text", "userInput": [*inputs, ".quit"]}
    return json.dumps(replay, indent=2, ensure_ascii=False) + "\n"


def bespoken(conversation: Mapping[str, Any], locale: str) -> str:
    """Return a conversation as a test for Bespoken's runner: what each reply has to hold, and what it must not."""
    lines = ["---", "configuration:", f"  locale: {locale}", "---", f"- test: {_quoted(conversation['title'])}"]
    for words, turn in said(conversation, locale):
        expected = [
            *(f"  - prompt: {_quoted(f'*{held}*')}" for held in turn.get("hears", ())),
            *(f"  - {_quoted(f'prompt != {held}')}" for held in turn.get("never", ())),
        ]
        lines += [f"- {_quoted(words)}:", *expected] if expected else [f"- {_quoted(words)}"]
    return "\n".join(lines) + "\n"


def table(rows: list[Utterance]) -> str:
    """Return utterances as CSV, with the names of the columns in the first line."""
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(COLUMNS)
    out.writerows([_field(row, column) for column in COLUMNS] for row in rows)
    return written.getvalue()


def _field(row: Utterance, column: str) -> str:
    value = row.is_dangerous if column == "dangerous" else getattr(row, column)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _quoted(text: str) -> str:
    """Return ``text`` as a scalar of YAML: every string of JSON is one."""
    return json.dumps(text, ensure_ascii=False)


def files(skill_id: str) -> dict[str, str]:
    """Return each exported file: its path in the folder, and its content."""
    built: dict[str, str] = {}
    known = catalogue.locales()
    for path in sorted(CONVERSATIONS.rglob("*.toml")):
        locale = path.parent.name if path.parent.name in known else DEFAULT_LOCALE
        conversation = conversations.read(path)
        built[f"{locale}/ask-dialog/{path.stem}.json"] = dialog(conversation, locale, skill_id)
        built[f"{locale}/bespoken/{path.stem}.yml"] = bespoken(conversation, locale)
    everything = [*utterances.prepared(), *utterances.spoken()]
    for locale in sorted({one.locale for one in everything}):
        built[f"{locale}/utterances.csv"] = table([one for one in everything if one.locale == locale])
    return built


def main(arguments: list[str] | None = None) -> int:
    """Write the exports, say where they are, and return the exit status."""
    parser = argparse.ArgumentParser(prog="export", description=__doc__)
    parser.add_argument("--skill-id", help="for ask dialog; without it the one that make package knows")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder for the exports")
    chosen = parser.parse_args(arguments)
    try:
        given = checked_skill_id(chosen.skill_id) if chosen.skill_id else ask_states.skill_id(ask_states.PACKAGE)
        built = files(given or "")
    except (NotReadyError, AskStatesError, CatalogueError) as error:
        print(f"export: {error}", file=sys.stderr)
        return 1
    for name, content in built.items():
        path = chosen.into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    print(f"{len(built)} files are in {chosen.into}.")
    if not given:
        print("ask dialog --replay wants a skill's id in each file; run it again with --skill-id amzn1.ask.skill...")
    return 0


if __name__ == "__main__":
    sys.exit(main())
