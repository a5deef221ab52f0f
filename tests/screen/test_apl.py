"""What a device with a screen is sent: documents that fit their data, small enough, and only to who declares APL."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from talking import HOME_CARE, OPEN, PATHS, Turns, after, report

from simulator.client import APL, DEVICES, LARGEST_RESPONSE_BYTES, RENDER_TYPE, AlexaClient, ContractError, check_screen
from skill.acts import Call, Control
from skill.adapters import journal
from skill.adapters.alexa.apl import directive as directives
from skill.adapters.alexa.apl import documents, motion
from skill.adapters.alexa.apl.directive import directive, version_for
from skill.dialog.session import Session
from skill.dialog.turn import Turned
from skill.follow_up.appointment import Appointment
from skill.prompts.catalogue import load
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.screen.model import KINDS

ROOT = Path(__file__).resolve().parent.parent.parent
ENTRY = ROOT / "lambda" / "lambda_function.py"
WORDS = load("en-US")
STEPS = UPPER_BACK_GUIDE.care.steps

SHOWN: dict[str, Turns] = {
    **{path: turns for path, turns in PATHS.items() if turns},
    **{f"step {number + 1}": (*HOME_CARE, Control.GUIDE, *[Control.MORE] * number) for number in range(len(STEPS))},
    "an emergency": (OPEN, report("chest_pain")),
    "a crisis": (OPEN, Call.CRISIS),
    "stopped": (OPEN, Control.STOP),
}


def sent(turned: Turned, declared: str = "2024.3") -> dict[str, Any]:
    made = directive(UPPER_BACK_GUIDE, turned, WORDS, declared)
    assert made
    return made


def named(document: Any, key: str) -> set[str]:
    """Return every string that stands under ``key`` anywhere in ``document``."""
    return {inner[key] for inner in values(document) if isinstance(inner, dict) and isinstance(inner.get(key), str)}


def values(value: Any) -> Iterator[Any]:
    """Yield ``value`` and all that it holds."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from values(one)


# --- The documents


def test_every_kind_of_screen_has_a_document_and_every_document_is_used() -> None:
    assert set(documents.DOCUMENTS) == set(KINDS)
    files = {path.stem for path in documents.FOLDER.glob("*.json")}
    assert files == {documents.BASE, *documents.DOCUMENTS.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_defines_every_layout_style_and_resource_that_it_names_and_ships_no_other_layout(kind: str) -> None:
    document = documents.document(kind)
    text = json.dumps(document)
    own = {"Container", "Text", "Frame", "ScrollView", "Sequence", "TouchWrapper", "VectorGraphic"}
    commands = {"SendEvent", "SetValue", "Parallel", "AnimateItem", "APL", "AVG", "path"}
    types = named(document, "type")
    assert types - own - commands == set(document["layouts"])
    assert {style for style in named(document, "style") if not style.startswith("$")} <= set(document["styles"])
    defined = {
        name for block in document["resources"] for name in (*block.get("colors", ()), *block.get("dimensions", ()))
    }
    assert set(re.findall(r"@(\w+)", text)) <= defined
    assert "description" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_can_be_touched_has_a_label_and_a_role_and_sends_its_act(kind: str) -> None:
    touched = [value for value in values(documents.document(kind)) if isinstance(value, dict) and "onPress" in value]
    assert bool(touched) is (kind not in ("emergency", "crisis", "farewell"))
    for item in touched:
        assert item["type"] == "TouchWrapper"
        assert "label}" in item["accessibilityLabel"]
        assert item["role"] == "button"
        (sent_,) = item["onPress"]
        assert sent_["type"] == "SendEvent"
        assert sent_["arguments"][0].endswith(".touch}")


def test_an_emergency_stays_on_the_screen_for_minutes() -> None:
    assert documents.document("emergency")["settings"]["idleTimeout"] >= 300_000


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_text_has_a_contrast_of_seven_on_what_it_stands_on_and_edges_of_three(theme: str) -> None:
    dark, light, alarm = documents.document("question")["resources"][:3]
    colours = {**dark["colors"], **(light["colors"] if theme == "light" else {}), **alarm["colors"]}
    for text, ground in (
        *((text, "ground") for text in ("ink", "soft", "accent")),
        *(("ink", "button"), ("ink", "pressed"), ("accent", "button"), ("onAlarm", "emergency"), ("onAlarm", "crisis")),
    ):
        least = 4.5 if (text, ground) in (("accent", "button"), ("ink", "pressed")) else 7
        assert contrast(colours[text], colours[ground]) >= least, (text, ground)
    assert contrast(colours["line"], colours["ground"]) >= 3
    assert contrast(colours["accent"], colours["track"]) >= 3
    assert contrast(colours["body"], colours["accent"]) >= 3


def test_no_letter_is_smaller_than_28_and_nothing_to_touch_smaller_than_56() -> None:
    for block in documents.document("question")["resources"]:
        for name, size in block.get("dimensions", {}).items():
            if name.endswith("Size"):
                assert int(size.removesuffix("dp")) >= 28, name
            if name in ("answerHeight", "chipHeight"):
                assert int(size.removesuffix("dp")) >= 56, name
    for kind in KINDS:
        sizes = named(documents.document(kind), "fontSize")
        assert {size for size in sizes if "@" not in size} == set(), "every size of letters is a resource"


# --- What is sent


@pytest.mark.parametrize("path", SHOWN)
def test_a_screen_holds_the_data_that_its_document_asks_for(path: str) -> None:
    made = sent(after(*SHOWN[path]))
    screen = made["datasources"]["screen"]
    assert screen["kind"] in KINDS
    asked = set(re.findall(r"screen\.(\w+)", json.dumps(made["document"])))
    optional = {"counts", "caption", "hint", "items", "progress", "calls"}
    open_ = screen["kind"] not in ("emergency", "crisis", "farewell")
    assert asked - optional - set(screen) <= (set() if open_ else {"ask"})
    check_screen({"response": {"directives": [made]}}, DEVICES["large screen"])


@pytest.mark.parametrize("path", SHOWN)
def test_the_whole_response_with_its_screen_is_small_enough(path: str, handler: Any) -> None:
    turned = after(*SHOWN[path])
    client = AlexaClient(handler=handler, device="large screen")
    client.resume(turned.session.to_attributes(UPPER_BACK_GUIDE))
    answered = client.intent("AMAZON.RepeatIntent")
    size = len(json.dumps(answered.response).encode())
    assert size < LARGEST_RESPONSE_BYTES
    assert answered.screen


def test_the_longest_session_with_the_longest_step_is_small_enough(handler: Any) -> None:
    """Every finding was denied by name, and the step that counts most is spoken at its slowest."""
    turned = after(*HOME_CARE, Control.GUIDE, Control.MORE, Control.SLOWER)
    client = AlexaClient(handler=handler, device="large screen")
    client.resume(turned.session.to_attributes(UPPER_BACK_GUIDE))
    size = len(json.dumps(client.intent("SlowerIntent").response).encode())
    assert size < 0.9 * LARGEST_RESPONSE_BYTES


@pytest.mark.parametrize(
    ("declared", "version"),
    [
        *(("2024.3", "2024.3"), ("2025.1", "2024.3"), ("2023.2", "2023.2"), ("1.9", "1.9"), ("1.10", "1.10")),
        *(("1.4", "1.4"), ("1.3", None), ("1.0", None), ("", None), ("new", None), ("2024", None), ("1.x", None)),
    ],
)
def test_a_device_gets_a_version_that_it_has_or_none(declared: str, version: str | None) -> None:
    assert version_for(declared) == version
    made = directive(UPPER_BACK_GUIDE, after(OPEN), WORDS, declared)
    assert (made["document"]["version"] if made else None) == version


def test_where_alexa_asks_for_a_permission_the_screen_is_hers() -> None:
    session, reply = after(OPEN)
    asked = replace(reply, permission_for=Appointment())
    assert directive(UPPER_BACK_GUIDE, Turned(session, asked), WORDS, "2024.3") is None


def test_a_shared_document_is_not_changed_by_a_screen_that_moves() -> None:
    before = json.dumps(documents.document("step"))
    sent(after(*SHOWN["step 2"]), "1.9")
    assert json.dumps(documents.document("step")) == before


# --- What moves


def test_each_cue_is_written_when_it_is_said_and_each_count_once() -> None:
    made = sent(after(*SHOWN["step 2"]))
    (together,) = made["document"]["onMount"]
    said = [command for command in together["commands"] if command["type"] == "Say" and "on" not in command]
    counted = [command["text"] for command in together["commands"] if command.get("on") == "count"]
    assert counted == [f"{number} / 8" for number in range(1, 9)]
    assert [command["at"] for command in said] == sorted(command["at"] for command in said)
    assert said[1]["text"] == "Squeeze, one."
    assert together["screenLock"] is True


def test_the_shoulder_blades_go_together_and_apart_and_end_where_they_began() -> None:
    (together,) = sent(after(*SHOWN["step 2"]))["document"]["onMount"]
    slides = [command for command in together["commands"] if command["type"] == "Slide"]
    assert len(slides) == 16
    assert [command["from"] for command in slides[1:]] == [command["to"] for command in slides[:-1]]
    assert (slides[0]["from"], slides[-1]["to"]) == (motion.APART, motion.APART)


def test_no_movement_begins_before_the_last_one_of_its_kind_has_ended() -> None:
    for number in range(len(STEPS)):
        made = sent(after(*SHOWN[f"step {number + 1}"]))["document"]["onMount"]
        for kind in ("Slide", "Roll", "Breathe"):
            times = [
                (command["at"], command["at"] + command["time"] * (2 if kind == "Roll" else 1))
                for command in made[0]["commands"]
                if command["type"] == kind
            ]
            assert all(end <= start for (_, end), (start, _) in pairwise(times)), (number, kind)


def test_nothing_moves_while_something_else_is_spoken() -> None:
    made = sent(after(*SHOWN["step 2"], Control.WHY))
    assert made["document"]["onMount"] == []
    assert made["datasources"]["screen"]["caption"]


# --- Who gets it


@pytest.mark.parametrize("device", DEVICES)
def test_a_screen_is_sent_to_who_declares_apl_and_to_nobody_else(device: str, handler: Any) -> None:
    client = AlexaClient(handler=handler, device=device)
    for answered in (client.launch(), client.say("no"), client.say("help"), client.say("my jaw hurts")):
        assert bool(answered.screen) is (APL in DEVICES[device])


def test_what_is_spoken_is_the_same_with_and_without_a_screen(handler: Any) -> None:
    spoken = []
    for device in ("speaker", "large screen"):
        client = AlexaClient(handler=handler, device=device)
        spoken.append([client.launch().ssml, client.say("no").ssml, client.say("blorp").ssml, client.say("no").ssml])
    assert spoken[0] == spoken[1]


def test_a_screen_and_the_directive_that_asks_for_words_go_together(handler: Any) -> None:
    client = AlexaClient(handler=handler, device="large screen")
    client.launch()
    types = [directive["type"] for directive in client.say("blorp").response["response"]["directives"]]
    assert types == ["Dialog.ElicitSlot", RENDER_TYPE]


def test_what_is_touched_on_the_screen_that_was_sent_is_taken(handler: Any) -> None:
    client = AlexaClient(handler=handler, device="round screen")
    shown = client.launch().screen
    assert shown
    no = next(choice for choice in shown["datasources"]["screen"]["answers"] if choice["label"] == "No")
    assert "jaw" in client.touch(no["touch"], shown["token"]).text


def test_a_screen_that_cannot_be_made_costs_nobody_the_reply(
    handler: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("no such kind")

    monkeypatch.setattr(directives, "show", fails)
    client = AlexaClient(handler=handler, device="large screen")
    answered = client.launch()
    assert answered.text.startswith("Welcome")
    assert answered.screen is None
    (record,) = [vars(record) for record in caplog.records if record.levelno == logging.ERROR]
    assert (record["event"], record["kind"]) == (journal.UNSHOWN, "KeyError")
    assert "no such kind" not in repr({**record, "exc_info": None})


@pytest.mark.parametrize("errors", [[{"type": "LIST_ERROR", "reason": "INTERNAL_ERROR"}], "my chest hurts", None])
def test_a_device_that_cannot_draw_gets_no_other_screen_and_no_words_and_its_session_goes_on(
    errors: object, handler: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = AlexaClient(handler=handler, device="large screen")
    client.launch()
    asked = client.say("no").reprompt
    attributes = client.attributes
    event = client.envelope({"type": "Alexa.Presentation.APL.RuntimeError", "token": "t", "errors": errors})
    assert handler(event, None) == {"version": "1.0", "sessionAttributes": attributes, "response": {}}
    assert client.intent("AMAZON.RepeatIntent").reprompt == asked
    (record,) = [vars(record) for record in caplog.records if record.levelno == logging.ERROR]
    assert record["event"] == journal.UNSHOWN
    assert "my chest hurts" not in repr(record)


def test_a_device_without_a_screen_imports_nothing_of_it() -> None:
    program = (
        f"import runpy, sys; h = runpy.run_path({str(ENTRY)!r})['lambda_handler'];"
        "request = {'type': 'IntentRequest', 'locale': 'en-US', 'intent': {'name': 'AMAZON.NoIntent'}};"
        "before = h({'session': {}, 'request': request}, None);"
        "print([name for name in sys.modules if 'apl' in name or name.startswith('skill.screen')]);"
        "device = {'supportedInterfaces': {'Alexa.Presentation.APL': {'runtime': {'maxVersion': '2024.3'}}}};"
        "h({'session': {}, 'context': {'System': {'device': device}}, 'request': request}, None);"
        "print('skill.adapters.alexa.apl.directive' in sys.modules);"
        "print([name for name in sys.modules if name.startswith('ask_sdk_model') and '.apl' in name])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True", "[]"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"document": {"type": "APL", "version": "2024.3"}}, "no APL document"),
        ({"document": {"type": "Link", "version": "1", "mainTemplate": {}}}, "no APL document"),
        ({"token": ""}, "no token"),
    ],
)
def test_the_contract_refuses_a_screen_that_a_device_would(changed: dict[str, Any], sentence: str) -> None:
    made = sent(after(OPEN)) | changed
    with pytest.raises(ContractError, match=sentence):
        check_screen({"response": {"directives": [made]}}, DEVICES["large screen"])


def test_the_contract_refuses_a_screen_for_a_device_without_one() -> None:
    with pytest.raises(ContractError, match="declares no APL"):
        check_screen({"response": {"directives": [sent(after(OPEN))]}}, DEVICES["speaker"])


@pytest.mark.parametrize("path", SHOWN)
def test_the_token_is_that_of_the_session_as_it_comes_back(path: str) -> None:
    turned = after(*SHOWN[path])
    attributes = json.loads(json.dumps(turned.session.to_attributes(UPPER_BACK_GUIDE)))
    again = Session.from_attributes(attributes, UPPER_BACK_GUIDE)
    assert sent(turned)["token"] == sent(Turned(again, turned.reply))["token"]
