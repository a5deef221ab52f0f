"""What Amazon's reviewers test of a skill with reminders, rule by rule ("Alexa Reminders Guidelines")."""

import re

import pytest
from following_up import EMERGENCIES_DENIED, HOME_CARE, NO, YES, Household

from simulator.client import AlexaClient
from skill.adapters.alexa.intents import INTENTS
from skill.hearing.hear import hear
from skill.hearing.heard import Asked, Expecting
from skill.prompts.catalogue import Catalogue

OFFER, RETURN, BETTER, OTHER = "the offer", "the return", "is it better", "another reminder"
STATES = (OFFER, RETURN, BETTER, OTHER)


def at(household: Household, state: str) -> AlexaClient:
    """Return a client in one of the states of the look again."""
    if state != OFFER:
        household.reminded()
    if state in (RETURN, BETTER):
        household.clock.move(days=3)
    client = household.client
    client.launch()
    said = {OFFER: (*HOME_CARE, NO), OTHER: (*HOME_CARE, NO), BETTER: (YES, *EMERGENCIES_DENIED), RETURN: ()}[state]
    for intent in said:
        client.intent(intent)
    return client


@pytest.mark.parametrize("state", STATES)
def test_every_intent_gets_an_answer(household: Household, state: str) -> None:
    client = at(household, state)
    attributes = dict(client.attributes)
    assert attributes["state"]["name"] in ("offering_follow_up", "returning", "asking_if_better", "keeping_other")
    for intent in INTENTS:
        client.resume(attributes)
        assert client.intent(intent).text, intent


@pytest.mark.parametrize("state", STATES)
def test_help_ends_with_the_question_stop_exits_and_repeat_redoes_nothing(household: Household, state: str) -> None:
    client = at(household, state)
    attributes, asked = dict(client.attributes), client.exchanges[-1][1]["response"]["reprompt"]
    reminders = dict(household.services.reminders)
    for intent in ("AMAZON.HelpIntent", "AMAZON.RepeatIntent"):
        client.resume(attributes)
        answered = client.intent(intent)
        assert answered.response["response"]["reprompt"] == asked
        assert client.attributes == attributes
    client.resume(attributes)
    assert client.intent("AMAZON.StopIntent").ends
    assert household.services.reminders == reminders


def test_nothing_is_set_without_a_yes_to_the_very_reminder_whose_time_was_named(household: Household) -> None:
    client = at(household, OFFER)
    assert re.search(r"in three days, on \w+day at ten", client.exchanges[-1][1]["response"]["outputSpeech"]["ssml"])
    assert household.services.reminders == {}
    client.intent(YES)
    assert len(household.services.reminders) == 1


def test_the_permission_is_asked_for_only_when_it_is_needed(household: Household) -> None:
    household.services.permitted = False
    client = at(household, OFFER)
    asked = [answer for _, answer in client.exchanges if answer["response"].get("directives")]
    assert asked == []
    client.intent(YES)
    assert client.asks_permission


def test_a_person_who_says_no_is_not_asked_again_in_the_session(household: Household) -> None:
    client = at(household, OFFER)
    client.intent("TopicIntent", {"topic": ("heat and ice", "heat_ice")})
    said = [client.intent(intent).text for intent in (NO, NO) if client.is_open]
    assert "remind" not in " ".join(said).lower()


def test_one_reminder_at_a_time_and_never_a_recurring_one(household: Household) -> None:
    household.reminded()
    (asked,) = household.services.reminders.values()
    assert "recurrence" not in asked["trigger"]


def test_every_phrase_that_speech_suggests_about_it_is_understood(words: Catalogue) -> None:
    told = " ".join(words.sentences["reminder.how_to_forget"] + words.sentences["forget.failed"])
    assert "forget me" in told.lower()
    assert [str(act) for act in hear("forget me", Expecting(asked=Asked.NOTHING)).acts] == ["forget"]


def test_no_reminder_advertises_or_claims_anything(words: Catalogue) -> None:
    (text,) = words.sentences["reminder.text"]
    assert len(text) < 80
    assert not re.search(r"buy|offer|new|best|free|911|emergency|doctor", text, re.IGNORECASE)
