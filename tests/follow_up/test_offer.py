"""The offer, the consent and the reminder, through the real handler, SQLite and Alexa's services on loopback."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from following_up import EMERGENCIES_DENIED, HOME_CARE, KEY, NO, TUESDAY, YES, Household
from hypothesis import given
from hypothesis import strategies as st

from simulator.alexa_services import CREATE, DELETE, MOST_REMINDERS, ZONE, AlexaServices, Trouble
from skill.follow_up.appointment import LATE_SECONDS, Appointment, offset_seconds
from skill.follow_up.person import PersonKeys

OFFER = "Shall I remind you in three days, on Friday at ten in the morning?"
SET = "I will remind you on Friday at ten in the morning."
DOCTOR = "If it is no better in three days, call a doctor."
BYE = "Take care. Ask again any time."


def one(services: AlexaServices) -> dict[str, str]:
    """Return the trigger of the only reminder."""
    (asked,) = services.reminders.values()
    trigger: dict[str, str] = asked["trigger"]
    return trigger


# --- The offer


def test_after_home_care_the_reminder_is_offered_with_its_time(household: Household) -> None:
    _, offer = household.offered()
    assert offer.text == f"Okay. {OFFER}"
    assert not offer.ends
    assert household.services.calls == [ZONE], "nothing is set before a yes"


def test_a_yes_sets_the_reminder_and_says_so(household: Household) -> None:
    answered = household.reminded()
    assert answered.text.startswith(SET)
    assert "forget me" in answered.text
    assert answered.ends
    assert one(household.services) == {
        "type": "SCHEDULED_ABSOLUTE",
        "scheduledTime": "2026-12-04T10:00:00.000",
        "timeZoneId": "America/New_York",
    }


def test_what_is_kept_is_a_hash_two_times_and_a_token(household: Household) -> None:
    household.reminded()
    (person,) = PersonKeys.parse(KEY).names(household.client.user_id)
    record = household.store.find([person], 0)
    assert record is not None
    assert record.due == datetime(2026, 12, 4, 15, 0, tzinfo=UTC).timestamp()
    assert record.expires == record.due + LATE_SECONDS
    assert [record.reminder] == list(household.services.reminders)


@pytest.mark.parametrize("words", ["no", "no thanks", "not really", "not sure", "stop", "maybe later"])
def test_only_a_clear_yes_is_consent_and_after_a_no_nothing_is_said_of_it(household: Household, words: str) -> None:
    client, _ = household.offered()
    answered = client.say(words)
    assert answered.ends
    assert "remind" not in answered.text
    assert not household.services.reminders


@pytest.mark.parametrize("words", ["what", "why", "help", "repeat", "i like cats"])
def test_what_is_no_answer_puts_the_question_again(household: Household, words: str) -> None:
    client, _ = household.offered()
    answered = client.say(words)
    assert answered.text.endswith(OFFER)
    assert not household.services.reminders


def test_it_is_offered_once_in_a_session(household: Household) -> None:
    client, _ = household.offered()
    client.intent("TopicIntent", {"topic": ("heat and ice", "heat_ice")})
    answered = client.intent(NO)
    for _ in range(3):
        if client.is_open:
            answered = client.intent(NO)
    assert answered.text == BYE


def test_a_sign_that_is_named_at_the_offer_comes_first(household: Household) -> None:
    client, _ = household.offered()
    assert client.say("yes but my chest hurts").text.startswith("Call 911")
    assert not household.services.reminders


@pytest.mark.parametrize("said", [(*[NO] * 8, YES, NO), (YES,), (*[NO] * 5, YES, NO)], ids=["doctor", "911", "today"])
def test_it_is_offered_after_home_care_only(household: Household, said: tuple[str, ...]) -> None:
    client = household.client
    client.launch()
    assert "remind" not in " ".join(client.intent(intent).text for intent in said)


def test_stop_after_home_care_exits_at_once(household: Household) -> None:
    client = household.client
    client.launch()
    answered = [client.intent(intent) for intent in (*HOME_CARE, "AMAZON.StopIntent")][-1]
    assert answered.ends
    assert answered.text == BYE


# --- When


WHEN = {
    "the end of a month": ("2026-01-29T12:00-05:00", "America/New_York", "Sunday", "2026-02-01T10:00:00.000"),
    "the end of a year": ("2026-12-30T12:00-05:00", "America/New_York", "Saturday", "2027-01-02T10:00:00.000"),
    "a leap day": ("2028-02-26T12:00-05:00", "America/New_York", "Tuesday", "2028-02-29T10:00:00.000"),
    "an hour is lost": ("2026-03-06T23:30-05:00", "America/New_York", "Monday", "2026-03-09T10:00:00.000"),
    "an hour is won": ("2026-10-30T00:30-04:00", "America/New_York", "Monday", "2026-11-02T10:00:00.000"),
    "before midnight": ("2026-12-01T23:59-05:00", "America/New_York", "Friday", "2026-12-04T10:00:00.000"),
    "after midnight": ("2026-12-02T00:01-05:00", "America/New_York", "Saturday", "2026-12-05T10:00:00.000"),
    "a day ahead of Greenwich": ("2026-12-01T20:00+00:00", "Pacific/Auckland", "Saturday", "2026-12-05T10:00:00.000"),
    "half an hour off": ("2026-12-01T20:00+00:00", "Asia/Kolkata", "Saturday", "2026-12-05T10:00:00.000"),
}


@pytest.mark.parametrize("case", WHEN)
def test_the_time_that_is_named_is_the_time_that_is_set(household: Household, case: str) -> None:
    now, zone, day, time = WHEN[case]
    household.clock.start, household.services.time_zone = datetime.fromisoformat(now), zone
    client, offer = household.offered()
    assert f"on {day} at ten in the morning" in offer.text
    assert f"on {day} at ten in the morning" in client.intent(YES).text
    assert one(household.services)["scheduledTime"] == time
    (person,) = PersonKeys.parse(KEY).names(client.user_id)
    record = household.store.find([person], 0)
    assert record
    assert record.due == datetime.fromisoformat(time).replace(tzinfo=ZoneInfo(zone)).timestamp()


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 bounds are naive
    st.sampled_from(["America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo"]),
)
def test_it_is_always_ten_on_the_third_day(now: datetime, zone: str) -> None:
    of = ZoneInfo(zone)
    appointment = Appointment.in_zone(now, zone, of)
    due = datetime.fromtimestamp(appointment.due(now, of), of)
    assert (due.hour, due.minute) == (10, 0)
    assert (due.date() - now.astimezone(of).date()).days == 3
    assert timedelta(days=2, hours=9) < due - now < timedelta(days=3, hours=11)


NO_ZONE = {
    "none set": (None, Trouble(status=204, body="")),
    "not allowed": (None, Trouble(status=403)),
    "no such zone": ("Middle/Earth", None),
    "not a name": ("../../etc/passwd", None),
    "a folder": ("America", None),
    "busy": (None, Trouble(status=429)),
    "broken": (None, Trouble(status=503)),
    "no JSON": (None, Trouble(status=200, body="<html>")),
    "hung up": (None, Trouble()),
}


@pytest.mark.parametrize("case", NO_ZONE)
def test_without_a_known_zone_it_is_in_three_days_at_this_time(household: Household, case: str) -> None:
    zone, trouble = NO_ZONE[case]
    household.services.time_zone = zone
    if trouble:
        household.services.trouble[ZONE] = trouble
    client, offer = household.offered()
    assert offer.text == "Okay. Shall I remind you in three days, at about this time?"
    assert client.intent(YES).text.startswith("I will remind you in three days, at about this time.")
    assert one(household.services) == {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": offset_seconds()}
    (person,) = PersonKeys.parse(KEY).names(client.user_id)
    record = household.store.find([person], 0)
    assert record
    assert record.due == TUESDAY.timestamp() + 3 * 24 * 3600


def test_the_zone_is_asked_for_once(household: Household) -> None:
    household.reminded()
    assert household.services.calls.count(ZONE) == 1


# --- The permission

ANSWERS = {
    "ACCEPTED": SET,
    "DENIED": f"Okay, no reminder. {DOCTOR} {BYE}",
    "NOT_ANSWERED": f"Okay, no reminder. {DOCTOR} {BYE}",
    "MAYBE": f"Okay, no reminder. {DOCTOR} {BYE}",
}


@pytest.mark.parametrize("resumed", [False, True], ids=["Connections.Response", "SessionResumedRequest"])
@pytest.mark.parametrize("lost", [False, True], ids=["session kept", "session lost"])
@pytest.mark.parametrize("status", ANSWERS)
def test_without_the_permission_alexa_asks_and_the_conversation_goes_on(
    household: Household, status: str, *, resumed: bool, lost: bool
) -> None:
    household.services.permitted = False
    client, _ = household.offered()
    first = client.intent(YES)
    assert first.text == "For that, Alexa needs your okay."
    assert client.asks_permission
    household.services.permitted = status == "ACCEPTED"
    answered = client.permit(status, resumed=resumed, lost=lost)
    assert answered.text.startswith(ANSWERS[status])
    assert answered.ends
    assert len(household.services.reminders) == (status == "ACCEPTED")
    if status == "ACCEPTED":
        assert one(household.services)["scheduledTime"] == "2026-12-04T10:00:00.000", "the day that was named"


def test_the_question_is_for_this_permission_alone_and_its_token_tells_a_day_and_a_zone(household: Household) -> None:
    household.services.permitted = False
    client, _ = household.offered()
    (directive,) = client.intent(YES).response["response"]["directives"]
    assert directive["type"] == "Connections.SendRequest"
    assert directive["name"] == "AskFor"
    assert directive["payload"]["@type"] == "AskForPermissionsConsentRequest"
    assert [scope["permissionScope"] for scope in directive["payload"]["permissionScopes"]] == [
        "alexa::alerts:reminders:skill:readwrite"
    ]
    assert directive["token"].split() == ["2026-12-04", "America/New_York"]


@pytest.mark.parametrize("resumed", [False, True])
@pytest.mark.parametrize("code", ["400", "404", "500"])
def test_where_alexa_cannot_ask_a_card_goes_to_the_app(household: Household, code: str, *, resumed: bool) -> None:
    household.services.permitted = False
    client, _ = household.offered()
    client.intent(YES)
    answered = client.permit(code=code, resumed=resumed)
    assert answered.text.startswith("I cannot ask for your okay here.")
    assert answered.card == {
        "type": "AskForPermissionsConsent",
        "permissions": ["alexa::alerts:reminders:skill:readwrite"],
    }


def test_an_okay_that_alexa_does_not_know_of_yet_is_not_asked_for_twice(household: Household) -> None:
    household.services.permitted = False
    client, _ = household.offered()
    client.intent(YES)
    assert client.permit("ACCEPTED").text.startswith("I cannot ask for your okay here.")


@pytest.mark.parametrize(
    "token", ["", "soon", "2026-12-04", " America/New_York", "2026-13-45 America/New_York", "x" * 999]
)
def test_a_token_that_is_none_of_ours_is_a_reminder_without_a_day(token: str) -> None:
    assert Appointment.from_token(token) == Appointment()


# --- What Alexa's service may answer

REFUSALS = {
    "as many reminders as it keeps (403)": (Trouble(status=403, code="MAX_REMINDERS_EXCEEDED"), "as many reminders"),
    "a device that cannot (403)": (Trouble(status=403, code="DEVICE_NOT_SUPPORTED"), "This device cannot"),
    "forbidden for another reason (403)": (Trouble(status=403, code="SOMETHING_NEW"), "did not take the reminder"),
    "no reason (403)": (Trouble(status=403, body="no JSON"), "did not take the reminder"),
    "malformed (400)": (Trouble(status=400, code="INVALID_TRIGGER"), "did not take the reminder"),
    "throttled (429)": (Trouble(status=429, code="REQUEST_THROTTLED"), "Too many people"),
    "broken (500)": (Trouble(status=500), "I cannot set a reminder now."),
    "away (503)": (Trouble(status=503, body=""), "I cannot set a reminder now."),
    "a gateway (504)": (Trouble(status=504, body="<html>"), "I cannot set a reminder now."),
    "hung up": (Trouble(), "I cannot set a reminder now."),
    "slow": (Trouble(seconds=20), "I cannot set a reminder now."),
    "no token": (Trouble(status=200, body="{}"), "I cannot set a reminder now."),
    "a token of another kind": (Trouble(status=200, body='{"alertToken": 7}'), "did not take the reminder"),
    "no JSON": (Trouble(status=200, body="<html>"), "I cannot set a reminder now."),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_each_refusal_has_its_sentence_and_the_advice_and_keeps_nothing(household: Household, case: str) -> None:
    trouble, words = REFUSALS[case]
    household.services.trouble[CREATE] = trouble
    answered = household.reminded()
    assert words in answered.text
    assert answered.text.endswith(f"{DOCTOR} {BYE}")
    assert answered.ends
    assert household.store.find(PersonKeys.parse(KEY).names(household.client.user_id), 0) is None


def test_the_service_itself_counts_reminders(household: Household) -> None:
    household.services.reminders = {str(number): {} for number in range(MOST_REMINDERS)}
    assert "as many reminders" in household.reminded().text


def test_alexas_service_may_be_nowhere(household: Household) -> None:
    client, _ = household.offered()
    client.endpoint = "http://127.0.0.1:9"
    assert client.intent(YES).text.startswith("I cannot set a reminder now.")


@pytest.mark.parametrize(
    "endpoint",
    [
        *("http://api.amazonalexa.com", "https://api.amazonalexa.com.example.org", "https://notamazonalexa.com"),
        *("https://127.0.0.1", "ftp://api.amazonalexa.com", "http://10.0.0.1", "file:///etc/passwd", "", "x"),
    ],
)
def test_the_access_token_goes_to_amazon_alone(
    household: Household, endpoint: str, caplog: pytest.LogCaptureFixture
) -> None:
    client, _ = household.offered()
    client.endpoint = endpoint
    assert client.intent(YES).text.startswith("I cannot set a reminder now.")
    assert "Remind: RefusedError" in [getattr(record, "kind", "") for record in caplog.records]


# --- What is heard in the room


def test_the_reminder_tells_nothing_of_a_body_and_is_the_same_for_everybody(household: Household) -> None:
    household.reminded()
    (asked,) = household.services.reminders.values()
    (content,) = asked["alertInfo"]["spokenInfo"]["content"]
    assert content["text"] == "It is time for your check-in with Upper Back Guide."
    assert not re.search(r"pain|hurt|ache|sign|doctor|emergency|better|worse|medic", json.dumps(asked), re.IGNORECASE)


def test_in_another_english_it_is_in_that_locale(household: Household) -> None:
    client = household.client
    client.locale = "en-CA"
    client.launch()
    for intent in (*HOME_CARE, NO, YES):
        client.intent(intent)
    (asked,) = household.services.reminders.values()
    assert asked["alertInfo"]["spokenInfo"]["content"][0]["locale"] == "en-CA"


def test_control_the_emergency_questions_are_as_many_as_the_tests_deny(household: Household) -> None:
    client = household.client
    client.launch()
    said = [client.intent(intent).text for intent in EMERGENCIES_DENIED]
    assert "The most urgent part is done" in said[-1]
    assert DELETE not in household.services.calls
