"""Forget me, in every state and by the events of the account; and what the look again never holds or logs."""

import json
import logging
import random
import re
import sqlite3
from typing import Any

import pytest
from following_up import EMERGENCIES_DENIED, HOME_CARE, KEY, NO, YES, Household

from simulator.alexa_services import DELETE, Trouble
from simulator.client import AlexaClient
from skill.adapters.alexa.skill import create
from skill.follow_up.person import PersonKeys

STATES: dict[str, tuple[str, ...]] = {
    "a question": (NO,),
    "the read-back": (NO,) * 10,
    "a correction": (NO,) * 11,
    "home care": HOME_CARE,
    "topics on offer": (*HOME_CARE, "WhatElseIntent"),
    "a topic": (*HOME_CARE, "WhatElseIntent", YES),
    "guided relief": (*HOME_CARE, "GuideIntent"),
    "hurting": (*HOME_CARE, "GuideIntent", "HurtsIntent"),
    "another reminder": (*HOME_CARE, NO),
}
DELETED = "I deleted the reminder, and all I kept about you."
NOTHING = "I keep nothing about you."


@pytest.fixture
def reminded(household: Household) -> Household:
    """A household in which a reminder is set."""
    household.reminded()
    return household


def is_kept(household: Household) -> bool:
    """Return whether anything is kept of the account."""
    return bool(household.store.find(PersonKeys.parse(KEY).names(household.client.user_id), 0))


# --- By voice


@pytest.mark.parametrize("state", STATES)
def test_forget_me_deletes_record_and_reminder_in_every_state_and_says_so(reminded: Household, state: str) -> None:
    client = reminded.client
    client.launch()
    before = [client.intent(intent) for intent in STATES[state]][-1]
    answered = client.intent("ForgetIntent")
    assert DELETED in answered.text
    assert answered.reprompt == before.reprompt, "the conversation goes on where it was"
    assert not is_kept(reminded)
    assert reminded.services.reminders == {}


@pytest.mark.parametrize("words", ["forget me", "delete my data", "cancel my reminder", "forget everything you know"])
def test_it_is_understood_as_the_first_words(reminded: Household, words: str) -> None:
    answered = reminded.client.say(words)
    assert answered.text.startswith(DELETED)
    assert "In an emergency" in answered.text or "If this may be an emergency" in answered.text
    assert not answered.ends
    assert not is_kept(reminded)


@pytest.mark.parametrize("moved", [0, 3])
def test_it_is_understood_when_the_guide_looks_again(reminded: Household, moved: int) -> None:
    reminded.clock.move(days=moved)
    client = reminded.client
    client.launch()
    assert client.say("forget me").text.startswith(DELETED)
    assert client.launch().text.startswith("Welcome to")


def test_it_is_understood_at_the_offer_and_when_it_is_asked_whether_it_is_better(household: Household) -> None:
    client, offer = household.offered()
    assert client.say("forget me").text == f"{NOTHING} {offer.reprompt}"
    household.reminded()
    household.clock.move(days=3)
    client = household.client
    client.launch()
    for intent in (YES, *EMERGENCIES_DENIED):
        client.intent(intent)
    assert client.say("forget me").text == f"{NOTHING} Is the pain better than three days ago?"


def test_after_it_nothing_is_offered_in_that_session(reminded: Household) -> None:
    client = reminded.client
    client.launch()
    client.intent("ForgetIntent")
    assert "remind" not in [client.intent(intent).text for intent in (*HOME_CARE, NO)][-1].lower()


def test_where_nothing_is_kept_it_says_so(household: Household) -> None:
    assert household.client.say("forget me").text.startswith(NOTHING)


def test_where_the_reminder_cannot_be_taken_off_the_record_goes_all_the_same(reminded: Household) -> None:
    reminded.services.trouble[DELETE] = Trouble(status=503)
    assert reminded.client.say("forget me").text.startswith("I deleted what I kept. Take the reminder off")
    assert not is_kept(reminded)


def test_a_reminder_that_was_spoken_already_is_no_trouble(reminded: Household) -> None:
    reminded.services.reminders.clear()
    assert reminded.client.say("forget me").text.startswith(DELETED)


def test_where_the_store_is_broken_it_says_what_to_do(reminded: Household) -> None:
    reminded.file.unlink()
    reminded.file.mkdir()
    answered = reminded.client.say("forget me")
    assert answered.text.startswith("I cannot delete it now. Say forget me later, or turn this skill off.")


@pytest.mark.parametrize("words", ["never mind", "forget it", "i forgot my medicine", "i always forget things"])
def test_other_forgetting_deletes_nothing(reminded: Household, words: str) -> None:
    client = reminded.client
    client.launch()
    client.say(words)
    assert is_kept(reminded)


# --- By the account


def event(type_: str, **body: Any) -> dict[str, Any]:
    """Return an event of the account, as Amazon documents it."""
    times = {"eventCreationTime": "2026-12-02T10:00:00Z", "eventPublishingTime": "2026-12-02T10:00:01Z"}
    return {"type": f"AlexaSkillEvent.{type_}", **times, **({"body": body} if body else {})}


SCOPE = {"scope": "alexa::alerts:reminders:skill:readwrite"}


@pytest.mark.parametrize(
    ("request_", "gone"),
    [
        (event("SkillDisabled"), True),
        (event("SkillPermissionChanged", acceptedPermissions=[]), True),
        (event("SkillPermissionChanged"), True),
        (event("SkillPermissionChanged", acceptedPermissions=[SCOPE]), False),
        (event("SkillPermissionAccepted", acceptedPermissions=[SCOPE]), False),
        (event("SkillEnabled"), False),
        (event("SkillAccountLinked"), False),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_an_account_that_withdraws_is_forgotten(reminded: Household, request_: dict[str, Any], *, gone: bool) -> None:
    answered = reminded.client.request(request_)
    assert answered.response == {"version": "1.0", "response": {}}
    assert is_kept(reminded) is not gone


def test_another_account_that_withdraws_changes_nothing(reminded: Household) -> None:
    other = reminded.client
    other.user_id = "amzn1.ask.account.OTHER"
    other.request(event("SkillDisabled"))
    assert is_kept(reminded)


def test_an_event_without_an_account_or_with_a_broken_store_is_answered(reminded: Household) -> None:
    nobody = reminded.client
    nobody.user_id = ""
    nobody.request(event("SkillDisabled"))
    assert is_kept(reminded)
    reminded.file.unlink()
    reminded.file.mkdir()
    assert reminded.client.request(event("SkillDisabled")).response["response"] == {}


# --- Switched off


def test_switched_off_nothing_is_offered_or_kept_and_forget_me_says_so() -> None:
    client = AlexaClient(handler=create({}))
    client.launch()
    said = [client.intent(intent).text for intent in (*HOME_CARE, NO)]
    assert "remind" not in " ".join(said).lower()
    assert client.say("forget me").text.startswith(NOTHING)


def test_keys_that_will_not_do_switch_it_off_with_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client = AlexaClient(handler=create({"FOLLOW_UP_KEYS": "short"}))
    client.launch()
    assert "remind" not in [client.intent(intent).text for intent in (*HOME_CARE, NO)][-1].lower()
    assert "FOLLOW_UP_KEYS: a key is shorter than 32 characters" in caplog.text


# --- Nothing that tells of a body, a question or a person

TELLING = re.compile(
    r"pain|chest|breath|sweat|jaw|numb|weak|fever|cancer|home|care|doctor|emergency|better|worse|yes|question|heart|"
    r"self_care|en-US|amzn1",
    re.IGNORECASE,
)


def test_after_two_hundred_interviews_no_record_log_or_reminder_tells_anything(
    household: Household, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(12)  # noqa: S311 the same interviews each time
    reminders: list[dict[str, Any]] = []
    for number in range(200):
        client = household.client
        client.user_id = f"amzn1.ask.account.PERSON{number}"
        household.services.permitted = chance.random() > 0.1
        _interview(client, chance)
        if client.asks_permission:
            household.services.permitted = True
            client.permit()
    reminders = list(household.services.reminders.values())
    rows = sqlite3.connect(household.file).execute("SELECT * FROM follow_up").fetchall()
    assert {row[3] for row in rows} >= set(household.services.reminders)
    assert len(reminders) > 50
    assert [row for row in rows if TELLING.search(json.dumps(row))] == []
    said = {json.dumps(asked["alertInfo"]["spokenInfo"]["content"][0]["text"]) for asked in reminders}
    assert said == {'"It is time for your check-in with Upper Back Guide."'}
    logged = [f"{record.getMessage()} {getattr(record, 'reason', '')}" for record in caplog.records]
    assert [line for line in logged if re.search(r"PERSON|amzn1|chest|fever", line)] == []
    assert len({row[0] for row in rows}) == len(rows)


def _interview(client: AlexaClient, chance: random.Random) -> None:
    """Answer anything, mostly no, and say yes to the reminder where one is offered."""
    answered = client.launch()
    for _ in range(30):
        if not client.is_open:
            return
        if "remind you" in answered.text or "Is that right?" in answered.text:
            answered = client.intent(YES)
        else:
            answered = client.intent(YES if chance.random() < 0.03 else NO)


def test_control_a_telling_record_would_be_noticed(household: Household) -> None:
    household.reminded()
    with sqlite3.connect(household.file) as open_:
        open_.execute("UPDATE follow_up SET reminder = 'chest_pain'")
    (row,) = sqlite3.connect(household.file).execute("SELECT * FROM follow_up").fetchall()
    assert TELLING.search(json.dumps(row))
