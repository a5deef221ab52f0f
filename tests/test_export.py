"""What is exported for other tools: it is all there, in their formats, and says what the tests say.

That ask-cli replays it, ``make prove`` shows. Bespoken's own parser (skill-testing-ml 1.4.8) was run on them by hand.
"""

import csv
import importlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from simulator import conversations
from simulator.client import AlexaClient
from skill.adapters.alexa import skill
from tools import ask_states, export, utterances
from tools.utterances import Utterance

SKILL_ID = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"
FILES = export.files(SKILL_ID)
TITLES = {path.stem: conversations.read(path) for path in sorted(export.CONVERSATIONS.rglob("*.toml"))}
yaml: Any = importlib.import_module("yaml")


def test_every_conversation_is_exported_twice_and_every_locale_has_its_utterances() -> None:
    assert len(TITLES) > 10
    for folder, ending in (("ask-dialog", "json"), ("bespoken", "yml")):
        assert {Path(name).stem for name in FILES if f"/{folder}/" in name} == TITLES.keys()
        assert all(name.endswith(ending) for name in FILES if f"/{folder}/" in name)
    assert "en-US/utterances.csv" in FILES


@pytest.mark.parametrize("name", [name for name in FILES if "/ask-dialog/" in name])
def test_a_replay_says_what_the_conversation_says_and_ends_by_itself(name: str) -> None:
    replay = json.loads(FILES[name])
    turns = TITLES[Path(name).stem]["turns"]
    assert (replay["skillId"], replay["locale"], replay["type"]) == (SKILL_ID, name.split("/", maxsplit=1)[0], "text")
    *inputs, last = replay["userInput"]
    assert last == ".quit"
    assert len(inputs) == len(turns)
    assert inputs[1:] == [turn["say"] for turn in turns[1:]]
    first = turns[0].get("say")
    opens, before = export.opening(replay["locale"])
    assert inputs[0] == (f"{before} {first}" if first else opens)


def test_the_skill_is_opened_by_its_name_with_and_without_more() -> None:
    assert export.opening("en-US") == ("open upper back guide", "ask upper back guide")


@pytest.mark.parametrize("name", [name for name in FILES if "/bespoken/" in name])
def test_a_bespoken_test_expects_what_the_guide_says(name: str) -> None:
    """The file is read as YAML and held against the real handler, as Bespoken's runner would."""
    configuration, (title, *steps) = yaml.safe_load_all(FILES[name])
    conversation = TITLES[Path(name).stem]
    assert configuration == {"configuration": {"locale": "en-US"}}
    assert title == {"test": conversation["title"]}
    client = AlexaClient(handler=skill.create({}))
    assert len(steps) == len(conversation["turns"])
    expected = 0
    for step, turn in zip(steps, conversation["turns"], strict=True):
        reply = conversations.say(client, turn.get("say")).text
        for check in [one for checks in step.values() for one in checks] if isinstance(step, dict) else []:
            expected += 1
            if isinstance(check, dict):
                assert check["prompt"].strip("*") in reply
            else:
                assert check.removeprefix("prompt != ") not in reply
    assert expected == sum(len(turn.get(key, ())) for turn in conversation["turns"] for key in ("hears", "never"))


def test_the_table_holds_every_utterance_with_what_was_meant() -> None:
    rows = list(csv.DictReader(io.StringIO(FILES["en-US/utterances.csv"])))
    assert tuple(rows[0]) == export.COLUMNS
    everything = [one for one in [*utterances.prepared(), *utterances.spoken()] if one.locale == "en-US"]
    assert [row["words"] for row in rows] == [one.words for one in everything]
    (row,) = [row for row in rows if row["words"] == "no chest pain but i'm sweating" and row["intents"]]
    assert (row["present"], row["absent"], row["dangerous"]) == ("sweating", "chest_pain", "yes")
    assert {row["unseen"] for row in rows} == {"yes", "no"}
    assert any(row["days"] for row in rows)


@pytest.mark.parametrize(
    ("meant", "dangerous"),
    [
        ({"present": ("chest_pain",)}, True),
        ({"doubted": ("chest_pain",)}, True),
        ({"intents": ("any",)}, True),
        ({"intents": ("CrisisIntent",)}, True),
        ({"present": ("fever",)}, False),
        ({"absent": ("chest_pain",)}, False),
        ({"present": ("no_such_finding",)}, False),
        ({}, False),
    ],
)
def test_what_may_do_harm_when_it_is_missed_is_dangerous(meant: dict[str, Any], dangerous: bool) -> None:
    one = Utterance(locale="en-US", words="x", source="x", asked="new", **meant)
    assert one.is_dangerous is dangerous


def test_the_dangerous_come_first_in_each_locale() -> None:
    ordered = utterances.dangerous_first(utterances.prepared())
    for locale in {one.locale for one in ordered}:
        kinds = [one.is_dangerous for one in ordered if one.locale == locale]
        assert kinds == sorted(kinds, reverse=True)
        assert set(kinds) == {True, False}


def test_the_program_writes_the_files_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ask_states, "PACKAGE", tmp_path / "package")
    assert export.main(["--into", str(tmp_path / "out")]) == 0
    assert "run it again with --skill-id" in capsys.readouterr().out
    ask_states.remember(tmp_path / "package", SKILL_ID, ["default"])
    assert export.main(["--into", str(tmp_path / "out")]) == 0
    assert "--skill-id" not in capsys.readouterr().out
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert written == FILES.keys()
    assert export.main(["--skill-id", "oops"]) == 1
    assert "is not a skill id" in capsys.readouterr().err
