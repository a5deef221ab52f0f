"""Coming back: the second look, early and late visits, other people of the household, and what cancels a reminder."""

import pytest
from following_up import EMERGENCIES_DENIED, HOME_CARE, KEY, NO, YES, Household

from simulator.alexa_services import CREATE, DELETE, Trouble
from simulator.client import AlexaClient, Answered
from skill.follow_up.person import PersonKeys
from skill.follow_up.record import Record

BACK = "I was asked to look again after three days."
SAME = "Is this for the same back pain?"
BETTER = "Is the pain better than three days ago?"
OFFER = "Shall I remind you in three days, on"


@pytest.fixture
def reminded(household: Household) -> Household:
    """A household in which a reminder is set for Friday at ten in the morning."""
    assert household.reminded().text.startswith("I will remind you")
    household.services.calls.clear()
    return household


def kept(household: Household, user_id: str = "") -> Record | None:
    """Return what is kept of the account, expired or not."""
    return household.store.find(PersonKeys.parse(KEY).names(user_id or household.client.user_id), 0)


def returned(household: Household) -> tuple[AlexaClient, Answered]:
    """Return a client who came back on the morning of the reminder, and its greeting."""
    household.clock.move(days=2, hours=20)
    household.services.spoken_by(household.clock())
    client = household.client
    return client, client.launch()


def asked_if_better(household: Household) -> AlexaClient:
    """Return a client who said that it is for the same pain, and denied every emergency sign."""
    client, _ = returned(household)
    client.intent(YES)
    answered = [client.intent(intent) for intent in EMERGENCIES_DENIED]
    assert answered[-1].text.endswith(BETTER)
    return client


# --- The second look


def test_the_guide_says_that_it_was_asked_to_look_again(reminded: Household) -> None:
    _, answered = returned(reminded)
    assert BACK in answered.text
    assert answered.text.endswith(SAME)
    assert "call 911 or your local emergency number" in answered.text
    assert "I am not a doctor" in answered.text


def test_the_emergency_signs_come_first_and_then_is_it_better(reminded: Household) -> None:
    client, _ = returned(reminded)
    said = [client.intent(intent).text for intent in (YES, *EMERGENCIES_DENIED)]
    assert "chest pain" in said[0]
    assert not [text for text in said[:-1] if BETTER in text]
    assert said[-1].endswith(BETTER)


@pytest.mark.parametrize(
    "words", ["no", "not really", "about the same", "it's worse", "no change", "not sure", "still hurts", "no better"]
)
def test_no_better_is_a_doctor(reminded: Household, words: str) -> None:
    client = asked_if_better(reminded)
    said = [client.say(words).text]
    while "Call your doctor" not in said[-1] and client.is_open and len(said) < 6:
        said.append(client.intent(NO).text)
    assert "Call your doctor for a visit in the next few days." in said[-1]
    assert len(said) == 3, "fever and pain at night are asked, since they are more urgent; nothing else"


@pytest.mark.parametrize("words", ["yes", "much better", "a little", "it's getting better", "yes it is"])
def test_better_is_home_care_with_what_comes_next_and_no_second_offer(reminded: Household, words: str) -> None:
    client = asked_if_better(reminded)
    said = [client.say(words).text]
    said += [client.intent(intent).text for intent in (NO, YES, NO)]
    assert "failed home care" in said[1], "all that was denied is read back, also what was denied three days ago"
    assert "cancer" in said[1]
    assert said[2].startswith("Keep up the home care")
    assert "not gone in three weeks" in said[2]
    assert said[3] == "Take care. Ask again any time."


def test_what_wants_a_doctor_today_is_still_asked_when_it_is_better(reminded: Household) -> None:
    client = asked_if_better(reminded)
    client.say("yes")
    assert "seen today" in client.intent(YES).text


def test_an_emergency_at_the_second_look_is_one(reminded: Household) -> None:
    client, _ = returned(reminded)
    client.intent(YES)
    assert client.intent(YES).text.startswith("Call 911")


@pytest.mark.parametrize("words", ["my chest hurts", "yes but i feel numb", "no and my arm is weak"])
def test_an_emergency_that_is_named_counts_at_each_question(reminded: Household, words: str) -> None:
    client, _ = returned(reminded)
    assert client.say(words).text.startswith("Call 911")
    client = AlexaClient(handler=reminded.handler, endpoint=reminded.services.endpoint)
    client.launch()
    for intent in (YES, *EMERGENCIES_DENIED):
        client.intent(intent)
    assert client.say(words).text.startswith("Call 911")


def test_the_record_goes_when_the_second_look_begins(reminded: Household) -> None:
    client, _ = returned(reminded)
    client.intent(YES)
    assert kept(reminded) is None
    client = reminded.client
    assert client.launch().text.startswith("Welcome to")


@pytest.mark.parametrize("words", ["it is better", "a bit better", "two days"])
def test_who_tells_at_once_how_it_is_looks_again_too(reminded: Household, words: str) -> None:
    client, _ = returned(reminded)
    assert "most urgent signs first" in client.say(words).text


def test_start_over_in_the_second_look_is_the_second_look_again(reminded: Household) -> None:
    client = asked_if_better(reminded)
    client.say("start over")
    assert [client.intent(intent) for intent in EMERGENCIES_DENIED][-1].text.endswith(BETTER)


@pytest.mark.parametrize(
    ("hours", "greeting"),
    [(0.5, "Welcome to"), (54, "Welcome to"), (55, "Welcome back"), (66.5, "Welcome back"), (162, "Welcome back")],
)
def test_the_window_is_from_half_a_day_before_to_four_days_after(
    reminded: Household, hours: float, greeting: str
) -> None:
    """The reminder is set 66.5 hours ahead."""
    reminded.clock.move(hours=hours)
    assert reminded.client.launch().text.startswith(greeting)


def test_after_the_window_it_is_an_ordinary_visit_and_the_record_counts_as_gone(reminded: Household) -> None:
    reminded.clock.move(hours=163)
    assert reminded.client.launch().text.startswith("Welcome to")
    _, offer = reminded.offered()
    assert OFFER in offer.text


# --- Other people of the household


def test_for_another_pain_it_is_an_ordinary_check_and_the_record_stays(reminded: Household) -> None:
    client, _ = returned(reminded)
    client.intent(NO)
    said = [client.intent(intent).text for intent in (*EMERGENCIES_DENIED, NO)]
    assert BETTER not in " ".join(said)
    assert kept(reminded)
    assert reminded.client.launch().text.endswith(SAME)


def test_an_emergency_of_another_person_leaves_the_record(reminded: Household) -> None:
    client, _ = returned(reminded)
    client.intent(NO)
    assert client.intent(YES).text.startswith("Call 911")
    assert kept(reminded)


def test_another_person_gets_no_reminder_over_the_first_one(reminded: Household) -> None:
    before = kept(reminded)
    client, _ = returned(reminded)
    client.intent(NO)
    for intent in (*HOME_CARE, NO):
        client.intent(intent)
    asked = client.intent(YES)
    assert asked.text == f"I keep a reminder for this account. {SAME}"
    assert client.intent(NO).text.startswith("Then I leave that reminder as it is.")
    assert kept(reminded) == before


def test_the_guide_never_asks_for_a_name(reminded: Household) -> None:
    client, answered = returned(reminded)
    said = [answered.text, *(client.intent(intent).text for intent in (NO, *HOME_CARE, NO, YES, NO))]
    assert not [text for text in said if "who" in text.lower().split() or "name" in text.lower()]


# --- An early visit


def test_an_early_visit_is_an_ordinary_one(reminded: Household) -> None:
    client = reminded.client
    assert client.launch().text.startswith("Welcome to Upper Back Guide. For adults.")
    assert len(reminded.services.reminders) == 1


@pytest.mark.parametrize(
    "said",
    [("my chest hurts",), ("i have a fever", *["no"] * 9), ("it gets worse every day", *["no"] * 9)],
    ids=["emergency", "doctor today", "doctor"],
)
def test_an_urgent_outcome_cancels_the_reminder(reminded: Household, said: tuple[str, ...]) -> None:
    client = reminded.client
    client.launch()
    for words in said:
        if client.is_open:
            client.say(words)
    assert reminded.services.reminders == {}
    assert kept(reminded) is None


def test_an_urgent_outcome_cancels_it_also_where_the_guide_was_not_opened_by_its_name(reminded: Household) -> None:
    assert reminded.client.say("my chest hurts").text.startswith("Call 911")
    assert reminded.services.reminders == {}
    assert kept(reminded) is None


def test_who_looks_again_earlier_gets_a_new_time_for_the_old_one(reminded: Household) -> None:
    reminded.clock.move(days=1)
    client, asked = reminded.offered()
    assert asked.text == f"I keep a reminder for this account. {SAME}"
    assert client.intent(YES).text.endswith("on Saturday at ten in the morning?")
    assert reminded.services.reminders == {}
    assert client.intent(YES).text.startswith("I will remind you on Saturday")
    assert len(reminded.services.reminders) == 1


def test_who_looks_again_earlier_and_wants_no_new_one_has_none(reminded: Household) -> None:
    client, _ = reminded.offered()
    client.intent(YES)
    client.intent(NO)
    assert reminded.services.reminders == {}
    assert kept(reminded) is None


def test_an_early_visit_of_another_person_leaves_it(reminded: Household) -> None:
    client, _ = reminded.offered()
    assert client.intent(NO).text.startswith("Then I leave that reminder as it is.")
    assert len(reminded.services.reminders) == 1


def test_a_reminder_that_cannot_be_taken_off_stays_known(reminded: Household) -> None:
    client, _ = reminded.offered()
    reminded.services.trouble[DELETE] = Trouble(status=500)
    assert client.intent(YES).text.startswith("I cannot take that reminder off now.")
    assert kept(reminded)


@pytest.mark.parametrize("status", [401, 404])
def test_a_reminder_that_is_gone_already_is_no_trouble(reminded: Household, status: int) -> None:
    client, _ = reminded.offered()
    reminded.services.trouble[DELETE] = Trouble(status=status)
    assert OFFER in client.intent(YES).text
    assert kept(reminded) is None


def test_a_record_that_cannot_be_kept_takes_its_reminder_back(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = household.offered()
    answer = household.services.answer

    def create_and_break_the_store(call: str, token: str, body: str) -> tuple[int, str]:
        answered = answer(call, token, body)
        if call == CREATE:
            household.file.unlink()
            household.file.mkdir()
        return answered

    monkeypatch.setattr(household.services, "answer", create_and_break_the_store)
    assert client.intent(YES).text.startswith("I cannot set a reminder now.")
    assert household.services.reminders == {}
    assert household.services.calls[-1] == DELETE


# --- A change of keys


def test_a_change_of_keys_loses_nobody(reminded: Household) -> None:
    new = "n" * 32
    changed = Household(
        file=reminded.file,
        services=reminded.services,
        clock=reminded.clock,
        environ={"FOLLOW_UP_KEYS": f"{new},{KEY}"},
    )
    _, answered = returned(changed)
    assert answered.text.endswith(SAME)


def test_without_the_old_key_nobody_is_known(reminded: Household) -> None:
    changed = Household(
        file=reminded.file, services=reminded.services, clock=reminded.clock, environ={"FOLLOW_UP_KEYS": "n" * 32}
    )
    _, answered = returned(changed)
    assert answered.text.startswith("Welcome to")
