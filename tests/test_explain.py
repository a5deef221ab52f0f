"""What ``python -m simulator.explain`` says of what people paste: all recorded requests, and what goes wrong."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator import explain
from simulator.client import AlexaClient
from simulator.pasted import NothingFoundError, Pasted, Sort, found
from skill.adapters.alexa import skill

RECORDED = sorted((Path(__file__).parent / "requests").glob("*.json"))
SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"


def told(text: str, **options: Any) -> str:
    """Return everything that is said of ``text``, each fact on one line."""
    pieces = found(text)
    return "\n".join(" ".join(line.split()) for piece in pieces for line in explain.explained(piece, **options))


def exchange() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an event with an emergency, and the guide's response."""
    client = AlexaClient(handler=skill.create({}))
    client.launch()
    client.intent("ReportSignIntent", {"sign": ("chest pain", "chest_pain")})
    return client.exchanges[-1]


def test_an_event_is_told_with_what_the_guide_makes_of_it() -> None:
    event, _ = exchange()
    said = told(json.dumps(event))
    for line in (
        "An event of the type IntentRequest.",
        "intent ReportSignIntent",
        "slot sign: chest pain, resolved to chest_pain",
        "heard report chest_pain",
        "level emergency",
        "session is over",
        "Alexa takes this response.",
    ):
        assert line in said.splitlines(), said
    assert "Call 911" in said
    assert "card Call 911 now" in said
    assert explain.REFUSED not in said


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_every_recorded_request_can_be_explained(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))["event"]
    try:
        said = told(json.dumps(recorded))
    except NothingFoundError:
        assert not isinstance(recorded, dict) or not isinstance(recorded.get("request"), dict)
        return
    assert said.startswith("An event of the type ")
    assert "Alexa takes this response." in said


def test_control_there_are_recorded_requests() -> None:
    assert len(RECORDED) > 20


# --- Wherever it was copied from


def test_the_consoles_wrapping_and_the_time_of_a_log_line_do_not_matter() -> None:
    event, response = exchange()
    call = {"invocationRequest": {"body": event}, "invocationResponse": {"body": response}}
    wrapped = {"result": {"skillExecutionInfo": {"invocations": [call]}}}
    text = f"2026-11-29T10:00:00Z INFO {{not JSON}} {json.dumps(wrapped)} and more"
    assert [piece.sort for piece in found(text)] == [Sort.EVENT, Sort.RESPONSE]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no JSON in it"),
        ("{", "There is no JSON in it"),
        ('{"a": [1, {"b": {}}]}', "neither an event"),
        ('{"a":' * 20_000, "There is no JSON in it"),
    ],
)
def test_what_holds_no_envelope_is_said_with_the_remedy(text: str, says: str) -> None:
    with pytest.raises(NothingFoundError, match=says):
        found(text)


# --- What is refused, and why


def changed(**body: Any) -> str:
    """Return a good response to a launch, with parts of it changed; None takes a part out."""
    client = AlexaClient(handler=skill.create({}))
    response = dict(client.launch().response)
    merged = {**response["response"], **body}
    response["response"] = {key: value for key, value in merged.items() if value is not None}
    return json.dumps(response)


SSML = {"type": "SSML", "ssml": "<speak>Hello"}
REFUSALS = {
    "broken SSML": (changed(outputSpeech=SSML, reprompt=None, shouldEndSession=True), "the SSML is not well-formed"),
    "too long": (changed(card={"title": "x", "content": "y" * 9000}), "the card is longer than 8000 characters"),
    "an open microphone": (changed(reprompt=None), "open without a reprompt"),
    "no decision": (changed(shouldEndSession=None), "shouldEndSession is not set"),
    "nothing said": (changed(outputSpeech=None), "nothing is said"),
    "another kind": (changed(outputSpeech="Hello"), "missing or of the wrong kind"),
    "no version": ('{"sessionAttributes": {}, "response": {}}', "no version 1.0 response"),
}


@pytest.mark.parametrize(("text", "says"), REFUSALS.values(), ids=REFUSALS)
def test_what_alexa_would_refuse_of_a_response_is_named(text: str, says: str) -> None:
    said = told(text)
    assert explain.REFUSED in said
    assert says in said


def test_a_good_response_alone_is_taken() -> None:
    _, response = exchange()
    said = told(json.dumps(response))
    assert said.startswith("A response, taken as the answer to a request of the type IntentRequest.")
    assert said.endswith("Alexa takes this response.")


def test_speech_to_the_end_of_a_session_is_refused() -> None:
    _, response = exchange()
    assert "a skill cannot speak to it" in told(json.dumps(response), to="SessionEndedRequest")


def test_an_event_of_another_skill_is_refused() -> None:
    event, _ = exchange()
    assert f"a request for skill {SKILL_ID}" in told(json.dumps(event), skill_id=SKILL_ID.replace("0", "1"))
    assert explain.REFUSED not in told(json.dumps(event), skill_id=SKILL_ID)


def test_an_unknown_intent_is_said_to_be_heard_as_a_miss() -> None:
    event, _ = exchange()
    event["request"]["intent"]["name"] = "OrderPizzaIntent"
    said = told(json.dumps(event))
    assert "AMAZON.FallbackIntent, since OrderPizzaIntent is in no model of the guide" in said
    event["request"]["intent"] = {"name": "AMAZON.NoIntent", "slots": {"size": {"name": "size", "value": "large"}}}
    assert "the slots size, which AMAZON.NoIntent does not have" in told(json.dumps(event))


@pytest.mark.parametrize("kind", [*explain.ALEXA_ERRORS, "SOMETHING_NEW"])
def test_why_alexa_ended_a_session_is_told_with_the_remedy(kind: str) -> None:
    event, _ = exchange()
    event["request"] = {
        "type": "SessionEndedRequest",
        "reason": "ERROR",
        "error": {"type": kind, "message": "shouldEndSession must be boolean"},
    }
    said = told(json.dumps(event))
    assert f"{explain.REFUSED} by Alexa: {kind}." in said
    assert explain.ALEXA_ERRORS.get(kind, "Look at the function log") in said
    assert "its words shouldEndSession must be boolean" in said


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ({"errorType": "WrongSkillError", "errorMessage": "a request for skill x"}, "make doctor does it"),
        ({"errorType": "ZeroDivisionError", "errorMessage": "x", "stackTrace": []}, "the same request id"),
    ],
)
def test_an_error_of_the_function_is_no_response(error: dict[str, Any], says: str) -> None:
    said = told(json.dumps(error))
    assert "an error is no response" in said
    assert says in said


def test_a_line_of_the_log_is_told() -> None:
    line = {"level": "ERROR", "message": "A turn failed.", "kind": "KeyError", "places": ["a.py:1 f"]}
    said = told(f"2026-11-29 {json.dumps(line)}")
    assert "kind KeyError" in said
    assert "at a.py:1 f" in said
    assert explain.REFUSED not in told(json.dumps({"level": "INFO", "message": "fine"}))


def test_a_profile_is_told() -> None:
    slots = {"sign": {"name": "sign", "value": "fever"}, "state": {"name": "state"}}
    profile = {
        "selectedIntent": {"name": "ReportSignIntent", "slots": slots},
        "consideredIntents": [{"name": "AMAZON.YesIntent"}],
    }
    said = told(json.dumps(profile))
    assert "Alexa picks ReportSignIntent." in said
    assert "slot sign: fever" in said
    assert "and not AMAZON.YesIntent" in said
    assert "it has no such intent" in told('{"selectedIntent": {"name": "Pizza"}}')


def test_a_turn_that_failed_inside_is_said_to_be_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    event, _ = exchange()
    answered = skill.create({})(event, None)
    monkeypatch.setattr(explain, "create", lambda *_, **__: lambda *_: answered)
    said = " ".join(explain.explained(Pasted(sort=Sort.EVENT, content=event)))
    assert "the safety net answers" in said


# --- The program


def test_the_program_reads_a_file_or_what_is_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event, response = exchange()
    path = tmp_path / "event.json"
    path.write_text(json.dumps(event), "utf-8")
    assert explain.main([str(path)]) == 0
    assert "heard" in capsys.readouterr().out
    both = f"{json.dumps(event)}\n{json.dumps(response)}"
    assert explain.main(["-"], lambda: both) == 0
    assert "the answer to a request of the type IntentRequest" in capsys.readouterr().out
    assert explain.main(["-"], lambda: REFUSALS["no decision"][0]) == 1


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain.main([str(tmp_path / "none.json")]) == 1
    assert explain.main(["-"], lambda: "hello") == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == ["explain", "explain"]


def test_it_runs_as_the_page_says() -> None:
    event, _ = exchange()
    command = [sys.executable, "-W", "ignore", "-m", "simulator.explain", "-"]
    done = subprocess.run(command, input=json.dumps(event), capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "emergency" in done.stdout
