"""The stand-in for Alexa's services is held to Amazon's own specification, in both directions."""

import json
import urllib.request
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer

from simulator.alexa_services import REQUEST, AlexaServices
from simulator.specification import faults
from skill.adapters.follow_up.alexa_reminders import AlexaReminders
from skill.follow_up.appointment import Appointment
from skill.follow_up.news import Refusal
from skill.follow_up.reminders import PermissionMissingError, RefusedError, Spoken

GOOD: dict[str, Any] = {
    "requestTime": "2026-12-01T15:30:00.000",
    "trigger": {
        "type": "SCHEDULED_ABSOLUTE",
        "scheduledTime": "2026-12-04T10:00:00.000",
        "timeZoneId": "America/New_York",
    },
    "alertInfo": {"spokenInfo": {"content": [{"locale": "en-US", "text": "x", "ssml": "<speak>x</speak>"}]}},
    "pushNotification": {"status": "ENABLED"},
}
RELATIVE = {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": 60}


def without(name: str) -> dict[str, Any]:
    """Return the good request without one of its parts."""
    return {key: value for key, value in GOOD.items() if key != name}


WRONG: dict[str, dict[str, Any]] = {
    "no trigger": without("trigger"),
    "no time of the request": without("requestTime"),
    "no words": without("alertInfo"),
    "an unknown field": {**GOOD, "title": "x"},
    "a field under the SDK's own name": {**GOOD, "request_time": "2026-12-01T15:30:00.000"},
    "an unknown trigger": {**GOOD, "trigger": {"type": "SOMETIME"}},
    "no zone": {**GOOD, "trigger": {"type": "SCHEDULED_ABSOLUTE", "scheduledTime": "2026-12-04T10:00:00.000"}},
    "a time with an offset": {**GOOD, "trigger": {**GOOD["trigger"], "scheduledTime": "2026-12-04T10:00:00.000-05:00"}},
    "no time at all": {**GOOD, "trigger": {**GOOD["trigger"], "scheduledTime": "Friday"}},
    "a time that is over": {**GOOD, "trigger": {**GOOD["trigger"], "scheduledTime": "2026-11-04T10:00:00.000"}},
    "no offset": {**GOOD, "trigger": {"type": "SCHEDULED_RELATIVE"}},
    "an offset in words": {**GOOD, "trigger": {**RELATIVE, "offsetInSeconds": "60"}},
    "no locale": {**GOOD, "alertInfo": {"spokenInfo": {"content": [{"text": "x"}]}}},
    "content that is no list": {**GOOD, "alertInfo": {"spokenInfo": {"content": {"locale": "en-US", "text": "x"}}}},
    "an unknown status": {**GOOD, "pushNotification": {"status": "LOUD"}},
}


def post(services: AlexaServices, body: Any) -> tuple[int, Any]:
    """Return the status and the JSON of the answer to a request for a reminder."""
    request = urllib.request.Request(  # noqa: S310 loopback
        f"{services.endpoint}/v1/alerts/reminders",
        json.dumps(body).encode(),
        {"Authorization": "Bearer none", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 as above
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.mark.parametrize("trigger", [GOOD["trigger"], RELATIVE], ids=["absolute", "relative"])
def test_a_request_as_amazon_documents_it_is_taken(services: AlexaServices, trigger: dict[str, Any]) -> None:
    status, _ = post(services, {**GOOD, "trigger": trigger})
    assert status == 200


@pytest.mark.parametrize("case", WRONG)
def test_any_other_request_is_refused_with_what_is_wrong(services: AlexaServices, case: str) -> None:
    status, answer = post(services, WRONG[case])
    assert status == 400
    assert answer["message"]
    assert services.reminders == {}


def test_what_it_answers_the_sdks_own_deserializer_reads(services: AlexaServices) -> None:
    _, answer = post(services, GOOD)
    kind = "ask_sdk_model.services.reminder_management.reminder_response.ReminderResponse"
    assert list(faults(answer, kind)) == []
    read = DefaultSerializer().deserialize(json.dumps(answer), kind)
    assert read.alert_token in services.reminders
    assert read.status.value == "ON"
    services.permitted = False
    _, refused = post(services, GOOD)
    error = "ask_sdk_model.services.reminder_management.error.Error"
    assert DefaultSerializer().deserialize(json.dumps(refused), error).code == "UNAUTHORIZED"


def test_the_good_request_is_good_by_the_specification() -> None:
    """Control: the cases above are wrong in what they name, and in nothing else."""
    assert list(faults(GOOD, REQUEST)) == []


def test_a_type_that_the_sdk_does_not_have_is_an_error() -> None:
    with pytest.raises(LookupError, match="is no type of the SDK"):
        list(faults({}, "dict(str, object)"))


def test_a_call_with_another_token_is_refused(services: AlexaServices) -> None:
    reminders = AlexaReminders(endpoint=services.endpoint, access_token="other", device_id="d")  # noqa: S106 a wrong one
    with pytest.raises(PermissionMissingError):
        reminders.create(Appointment(), GOOD["requestTime"], Spoken(locale="en-US", text="x", ssml="x"))
    assert services.reminders == {}


def test_an_unknown_address_is_refused(services: AlexaServices) -> None:
    services.time_zone = "Europe/Paris"
    here = AlexaReminders(endpoint=services.endpoint, access_token="none", device_id="d")  # noqa: S106 the simulator's
    assert here.time_zone() == "Europe/Paris"
    elsewhere = AlexaReminders(endpoint=f"{services.endpoint}/v9", access_token="none", device_id="d")  # noqa: S106 as above
    with pytest.raises(RefusedError) as caught:
        elsewhere.create(Appointment(), GOOD["requestTime"], Spoken(locale="en-US", text="x", ssml="x"))
    assert caught.value.refusal is Refusal.REFUSED
