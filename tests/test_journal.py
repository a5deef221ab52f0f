"""What the operator sees: what Alexa refused, with a type from a closed list; ids are plain; settings are no turns."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from skill.adapters import journal
from skill.adapters.alexa.event import WrongSkillError
from skill.adapters.alexa.skill import ON_LAMBDA, create

REQUESTS = Path(__file__).parent / "requests"
IDS = {
    "amzn1.echo-api.request.0-1": "amzn1.echo-api.request.0-1",
    "\ud800": "",
    'x"\n{"level":"ERROR"}': "xlevelERROR",
    "é" * 300: "",
}


def ended(**changes: Any) -> dict[str, Any]:
    return {"request": {"type": "SessionEndedRequest", "requestId": "r.1", **changes}}


REPORTS: dict[str, tuple[dict[str, Any], str]] = {
    "a response was refused": (ended(reason="ERROR", error={"type": "INVALID_RESPONSE"}), "INVALID_RESPONSE"),
    "an answer came too late": (ended(reason="ERROR", error={"type": "ENDPOINT_TIMEOUT"}), "ENDPOINT_TIMEOUT"),
    "a type that is not known": (ended(reason="ERROR", error={"type": "my chest hurts"}), "OTHER"),
    "an error without a type": (ended(reason="ERROR"), "OTHER"),
    "an error of another shape": (ended(reason="ERROR", error=["x"]), "OTHER"),
    "a directive was refused": (
        {"request": {"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE"}}},
        "INVALID_RESPONSE",
    ),
}


@pytest.mark.parametrize(("event", "kind"), REPORTS.values(), ids=REPORTS)
def test_what_alexa_refuses_is_an_error_with_a_type_of_a_closed_list(
    event: dict[str, Any], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert create({})(event, None)["response"] == {}
    (record,) = [vars(record) for record in caplog.records if record.levelno == logging.ERROR]
    assert (record["event"], record["kind"]) == (journal.REFUSED_BY_ALEXA, kind)
    assert "my chest hurts" not in repr(record)


@pytest.mark.parametrize("reason", ["USER_INITIATED", "EXCEEDED_MAX_REPROMPTS", "SOLAR_FLARE", None])
def test_a_session_that_a_person_ends_is_no_error(reason: object, caplog: pytest.LogCaptureFixture) -> None:
    create({})(ended(reason=reason), None)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(("given", "logged"), IDS.items(), ids=repr)
def test_an_id_in_the_log_holds_what_ids_hold_and_never_raises(
    given: str, logged: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = create({})
    with caplog.at_level(logging.INFO):
        handle({"request": {"type": "Ufo", "requestId": given}}, None)
        monkeypatch.setattr("skill.adapters.alexa.handler.answer", None)
        launched = handle({"request": {"type": "LaunchRequest", "requestId": given, "locale": "en-US"}}, None)
    assert "went wrong" in launched["response"]["outputSpeech"]["ssml"]
    ids = [vars(record)["request_id"] for record in caplog.records]
    assert ids == [logged] * 2
    assert all(json.dumps(vars(record)["event"]) for record in caplog.records if record.levelno == logging.ERROR)


def test_an_id_of_another_skill_is_named_in_characters_that_a_log_takes() -> None:
    with pytest.raises(WrongSkillError) as raised:
        create({"SKILL_ID": "ours"})({"session": {"application": {"applicationId": "\ud800x"}}}, None)
    assert str(raised.value).encode()


@pytest.mark.parametrize(("environ", "warned"), [({}, 1), ({"SKILL_ID": "  "}, 1), ({"SKILL_ID": "ours"}, 0)])
def test_without_a_skill_id_lambda_is_told_at_the_start(
    environ: dict[str, str], warned: int, caplog: pytest.LogCaptureFixture
) -> None:
    create({**environ, ON_LAMBDA: "guide"})
    assert sum("SKILL_ID is not set" in record.getMessage() for record in caplog.records) == warned
    caplog.clear()
    create(environ)
    assert caplog.records == []


def test_blanks_around_a_skill_id_are_no_part_of_it() -> None:
    event = {
        "session": {"application": {"applicationId": "ours"}},
        "request": {"type": "LaunchRequest", "locale": "en-US"},
    }
    assert create({"SKILL_ID": " ours\n"})(event, None)["response"]["outputSpeech"]


def test_a_setting_that_is_left_out_counts_as_no_failed_turn(caplog: pytest.LogCaptureFixture) -> None:
    create({"CLINIC_PHONE": "911"})
    assert {vars(record)["event"] for record in caplog.records} == {journal.MISCONFIGURED}
