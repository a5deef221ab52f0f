"""The trace is a contract: its keys, their meaning, and that they come from the real handler."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator import trace
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

DOCUMENT = (Path(__file__).parent.parent / "docs" / "trace.md").read_text("utf-8")
KEYS = (
    *("acts", "present", "absent", "doubted", "days", "topic", "unaccounted", "state", "pending", "level"),
    *("disposition", "repeated", "speech", "reprompt", "card", "directives", "ends", "attributes"),
)
YES, NO, UNSURE = "AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent"


@pytest.fixture(scope="module")
def tracer() -> trace.Tracer:
    """One tracer for all: a turn depends on its line alone."""
    return trace.Tracer()


def after(tracer: trace.Tracer, *intents: str) -> dict[str, Any]:
    """Return the last turn after a launch and ``intents``."""
    traced = tracer.turn({"attributes": None, "launch": True})
    for intent in intents:
        traced = tracer.turn({"attributes": traced["attributes"], "intent": intent, "slots": {}})
    return traced


def test_every_turn_has_the_documented_keys(tracer: trace.Tracer) -> None:
    assert tuple(after(tracer)) == KEYS
    out = DOCUMENT.partition("## Out")[2].partition("## An example")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", out, flags=re.MULTILINE)
    assert sorted(key for row in rows for key in re.findall(r"`(\w+)`", row)) == sorted(KEYS)


def test_a_launch_asks_the_first_question(tracer: trace.Tracer) -> None:
    traced = after(tracer)
    assert traced["acts"] == ["open"]
    assert traced["state"] == "asking"
    assert traced["pending"] == [finding.id for finding in UPPER_BACK.questions[0].findings]
    assert traced["speech"].endswith(traced["reprompt"])
    assert (traced["level"], traced["disposition"], traced["ends"]) == ("self_care", None, False)


def test_a_no_makes_what_was_pending_absent_and_goes_on(tracer: trace.Tracer) -> None:
    before = after(tracer)
    traced = after(tracer, NO)
    assert traced["absent"] == before["pending"]
    assert traced["pending"] != before["pending"]
    assert not traced["repeated"]


def test_a_yes_to_an_emergency_is_its_disposition_with_a_card_and_ends(tracer: trace.Tracer) -> None:
    traced = after(tracer, YES)
    assert traced["present"] == after(tracer)["pending"]
    assert (traced["level"], traced["disposition"], traced["ends"]) == ("emergency", "emergency", True)
    assert traced["card"]["title"] == "Call 911 now"
    assert traced["pending"] == []


ONE_BY_ONE = (UNSURE, "AMAZON.FallbackIntent")
"""After these the findings of a question are asked about one by one."""


@pytest.mark.parametrize("intent", [UNSURE, "SoftNoIntent", "AMAZON.RepeatIntent", "AMAZON.FallbackIntent"])
def test_a_question_that_is_put_again_is_repeated(tracer: trace.Tracer, intent: str) -> None:
    traced = after(tracer, intent)
    assert traced["repeated"]
    assert traced["pending"] == after(tracer)["pending"][: 1 if intent in ONE_BY_ONE else None]
    assert (traced["doubted"] != []) is (intent in (UNSURE, "SoftNoIntent"))


def test_words_are_asked_for_after_a_miss(tracer: trace.Tracer) -> None:
    (directive,) = after(tracer, "AMAZON.FallbackIntent")["directives"]
    assert directive["type"] == "Dialog.ElicitSlot"
    assert (directive["slotToElicit"], directive["updatedIntent"]["name"]) == ("words", "WordsIntent")
    assert after(tracer, NO)["directives"] == []


def test_home_care_is_a_disposition_after_the_read_back_alone(tracer: trace.Tracer) -> None:
    all_no = [NO] * len(UPPER_BACK.questions)
    read_back = after(tracer, *all_no)
    assert (read_back["state"], read_back["disposition"]) == ("reading_back", None)
    assert after(tracer, *all_no, YES)["disposition"] == Level.SELF_CARE.key


def test_words_and_slots_are_taken_as_alexa_sends_them(tracer: trace.Tracer) -> None:
    said = tracer.turn({"attributes": after(tracer)["attributes"], "words": "no"})
    assert said["acts"] == ["no"]
    resolved = {"status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"name": "fever", "id": "fever"}}]}
    slot = {"name": "sign", "value": "fever", "resolutions": {"resolutionsPerAuthority": [resolved]}}
    named = tracer.turn({"attributes": None, "intent": "ReportSignIntent", "slots": {"sign": slot}})
    assert (named["acts"], named["present"]) == (["report fever"], ["fever"])


def test_a_line_that_holds_no_turn_is_named_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.StringIO('{"attributes": null}\nnot JSON\n{"attributes": null, "launch": true}\n')
    )
    assert trace.main([]) == 1
    out, err = capsys.readouterr()
    written = [json.loads(line) for line in out.splitlines()]
    assert [sorted(line) == ["error"] for line in written] == [True, True, False]
    assert 'line 1: a line needs "launch": true, "words", or "intent".' in err
    assert "line 2:" in err


def test_the_locale_is_the_devices(tracer: trace.Tracer) -> None:
    assert "911" in after(tracer)["speech"]
    assert "911" not in after(trace.Tracer("en-GB"))["speech"]
