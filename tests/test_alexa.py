"""The skill as Amazon meets it: the real handler, whole envelopes, real conversations."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.client import DEVICES, AlexaClient, ContractError, check_contract
from simulator.entry import ENTRY
from skill.adapters.alexa import handler as alexa_handler
from skill.adapters.alexa import render
from skill.adapters.alexa.event import WrongSkillError
from skill.adapters.alexa.intents import INTENTS
from skill.adapters.alexa.skill import create
from skill.protocol.upper_back import UPPER_BACK

Handle = Callable[[object, object], dict[str, Any]]
REQUESTS = sorted((Path(__file__).parent / "requests").glob("*.json"))
FINDINGS = [finding.id for finding in UPPER_BACK.findings]


def filled(intent: str) -> dict[str, tuple[str, str]]:
    """Return slots for ``intent``, each with a value that resolves."""
    fever = dict.fromkeys(("SIGN", "SIGN_STATE", "SIGN_STATEMENT", "SIGN_DENIAL"), ("a fever", "fever"))
    values = {
        **fever,
        "AMAZON.SearchQuery": ("my back is stiff", None),
        "SCOPE": ("neck", "neck"),
        "AMAZON.DURATION": ("P5D", None),
        "SPAN": ("a few days", "P5D"),
    }
    return {name: values.get(type_, ("", "")) for name, type_ in INTENTS[intent].slots.items()}  # type: ignore[misc]


def at(client: AlexaClient, *intents: str) -> AlexaClient:
    """Return ``client`` after a launch and some intents."""
    client.launch()
    for intent in intents:
        client.intent(intent)
    return client


NO, YES = "AMAZON.NoIntent", "AMAZON.YesIntent"
STATES = {
    "first question": (),
    "doctor questions": (NO,) * 5,
    "read-back": (NO,) * 10,
    "correcting": (NO,) * 11,
    "doctor": ((NO,) * 8 + (YES,)),
    "home care": ((NO,) * 10 + (YES,)),
    "a topic": ((NO,) * 10 + (YES, "WhatElseIntent", YES)),
    "guided relief": ((NO,) * 10 + (YES, "GuideIntent")),
}


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("state", STATES)
def test_every_intent_in_every_state_gets_words(client: AlexaClient, state: str, intent: str) -> None:
    assert at(client, *STATES[state]).intent(intent, filled(intent)).text


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_as_the_first_words_gets_a_relevant_answer(client: AlexaClient, intent: str) -> None:
    heard = client.intent(intent, filled(intent))
    assert heard.text
    if intent not in ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"):
        assert "911" in heard.text or client.is_open


@pytest.mark.parametrize("finding", [finding for finding in UPPER_BACK.findings if finding.level.key == "emergency"])
def test_a_one_shot_emergency_is_answered_with_the_number_and_a_card(client: AlexaClient, finding: Any) -> None:
    heard = client.intent("ReportSignIntent", {"sign": ("as they said it", finding.id)})
    assert heard.text.startswith("Call 911 or your local emergency number now, from a phone.")
    assert heard.ends
    assert heard.card
    assert heard.card["title"] == "Call 911 now"


def test_a_number_to_dial_is_read_digit_by_digit(client: AlexaClient) -> None:
    assert '<say-as interpret-as="digits">911</say-as>' in client.launch().ssml


@pytest.mark.parametrize("device", DEVICES)
def test_every_device_gets_the_same_words(handler: Handle, device: str) -> None:
    assert AlexaClient(handler=handler, device=device).launch().text.startswith("Welcome to Upper Back Guide.")


@pytest.mark.parametrize("locale", ["en-GB", "en-AU", "de-DE", "sv-SE", "?"])
def test_a_locale_that_is_not_spoken_hears_no_number_of_another_country(handler: Handle, locale: str) -> None:
    """Every reply and card of each disposition and call, in a locale without words of its own."""
    for intents in (*STATES.values(), (YES,), ("CrisisIntent",), ("EmergencyIntent",), ("DistressIntent",)):
        client = at(AlexaClient(handler=handler, locale=locale), *intents)
        client.intent("TopicIntent", {"topic": ("the signs", "emergency_signs")})
        client.intent("SendIntent")
        said = json.dumps([response["response"] for _, response in client.exchanges])
        assert "your local emergency number" in said
        assert not re.search("911|988|999|112", said)


def test_a_request_without_a_locale_gets_words(handler: Handle) -> None:
    assert AlexaClient(handler=handler, locale="").launch().text


def test_two_people_in_one_process_share_nothing(handler: Handle) -> None:
    ada, ben = AlexaClient(handler=handler, user_id="ada"), AlexaClient(handler=handler, user_id="ben")
    ada.launch()
    ben.launch()
    for _ in range(5):
        ada.intent(NO)
    ben.intent("ReportSignIntent", {"sign": ("fever", "fever")})
    assert "fever" in json.dumps(ben.attributes)
    assert ada.attributes["answers"] != ben.attributes["answers"]
    assert ben.intent("AMAZON.RepeatIntent").text.startswith("Do you have chest pain")
    assert ada.intent(NO).text.endswith("Used steroids for long, or injected drugs?")


def test_the_end_of_a_session_gets_silence(client: AlexaClient) -> None:
    assert at(client).end("EXCEEDED_MAX_REPROMPTS").response["response"] == {}


# --- What arrives


def test_there_are_recorded_requests() -> None:
    assert len(REQUESTS) >= 20


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_recorded_request_gets_its_right_answer(handler: Handle, path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    response = handler(recorded["event"], None)
    body = response["response"]
    assert response["version"] == "1.0"
    match recorded["answer"]:
        case "silence":
            assert body == {}
        case "cannot fulfill":
            assert body == {"canFulfillIntent": {"canFulfill": "NO"}}
        case words:
            assert words in body["outputSpeech"]["ssml"]
            check_contract(response, to="IntentRequest")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("request", "session", "context", "type", "intent", "slots", "sign", "attributes", "locale", "name", "reason")


@st.composite
def mangled(draw: st.DrawFn) -> object:
    """Return a good event in which some fields were replaced by anything at all."""
    event: Any = {
        "session": {"attributes": {}, "application": {"applicationId": "x"}},
        "context": {"System": {"application": {"applicationId": "x"}}},
        "request": {
            "type": draw(st.sampled_from(["LaunchRequest", "IntentRequest", "SessionEndedRequest", "Ufo", ""])),
            "locale": "en-US",
            "intent": {"name": draw(st.sampled_from(list(INTENTS))), "slots": {"sign": {"value": "x"}}},
        },
    }
    for field in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        event = _replaced(event, field, draw(JSON))
    return draw(st.one_of(st.just(event), JSON))


def _replaced(value: Any, field: str, by: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: by if key == field else _replaced(inner, field, by) for key, inner in value.items()}


@given(event=mangled())
def test_whatever_arrives_gets_a_valid_response(event: object) -> None:
    response = HANDLER(event, None)
    assert response["version"] == "1.0"
    json.dumps(response)


HANDLER = create({})


@given(st.lists(st.sampled_from(list(INTENTS)), max_size=15), st.sampled_from(FINDINGS))
def test_any_sequence_of_intents_keeps_the_contract(intents: list[str], finding: str) -> None:
    client = AlexaClient(handler=HANDLER)
    for intent in intents:
        slots: dict[str, Any] = {
            **filled(intent),
            **({"sign": (finding, finding)} if "sign" in INTENTS[intent].slots else {}),
        }
        client.intent(intent, slots)


def test_ten_thousand_slots_and_a_deep_event_are_no_burden(handler: Handle) -> None:
    deep: Any = {}
    for _ in range(500):
        deep = {"deep": deep}
    slots = {f"slot{n}": {"name": f"slot{n}", "value": "x" * 100} for n in range(10_000)}
    event = {
        "session": {"attributes": {}},
        "context": deep,
        "request": {"type": "IntentRequest", "intent": {"name": NO, "slots": slots}},
    }
    assert handler(event, None)["response"]["outputSpeech"]


# --- Whose requests are served


def test_a_request_for_another_skill_is_refused() -> None:
    client = AlexaClient(handler=create({"SKILL_ID": "amzn1.ask.skill.ours"}), skill_id="amzn1.ask.skill.other")
    with pytest.raises(WrongSkillError, match="check SKILL_ID"):
        client.launch()


def test_a_request_for_this_skill_is_served() -> None:
    handler = create({"SKILL_ID": "amzn1.ask.skill.ours"})
    assert AlexaClient(handler=handler, skill_id="amzn1.ask.skill.ours").launch().text


@pytest.mark.parametrize("event", [None, {}, [], {"request": {"type": "LaunchRequest"}}], ids=repr)
def test_a_request_that_names_no_skill_is_not_served_when_one_is_set(event: object) -> None:
    assert create({"SKILL_ID": "amzn1.ask.skill.ours"})(event, None)["response"] == {}


# --- When something breaks


@pytest.mark.parametrize("step", ["acts_of", "answer", "render"])
def test_a_turn_is_atomic_whichever_step_fails_the_safety_net_is_heard_and_the_session_is_what_it_was(
    step: str, client: AlexaClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("chest_pain")

    at(client, NO)
    kept = client.attributes
    with monkeypatch.context() as patch:
        if step == "render":
            failing = render.render
            patch.setattr(
                alexa_handler, "render", lambda reply, words: broken() if reply.card else failing(reply, words)
            )
        else:
            patch.setattr(alexa_handler, step, broken)
        heard = client.intent(YES)
    assert heard.text.startswith("In an emergency, call 911 or your local emergency number, from a phone.")
    assert client.is_open
    assert client.attributes == kept
    (record,) = caplog.records
    assert record.kind == "RuntimeError"  # type: ignore[attr-defined]
    assert "chest_pain" not in repr(vars(record))


def test_no_answer_sign_question_or_person_reaches_a_log(handler: Handle, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client = AlexaClient(handler=handler, user_id="amzn1.ask.account.PERSON")
        client.launch()
        client.intent("ReportSignIntent", {"sign": ("fever", "fever")})
        for _ in range(5):
            client.intent(NO)
        client.intent("AMAZON.StopIntent")
        client.request({"type": "AudioPlayer.PlaybackFailed"})
    logged = " ".join(repr(vars(record)) for record in caplog.records)
    secrets = [*FINDINGS, *(question.id for question in UPPER_BACK.questions), "PERSON", "NoIntent", "ReportSignIntent"]
    assert not [secret for secret in secrets if secret in logged]


def test_the_triage_path_loads_neither_boto3_nor_flask() -> None:
    program = (
        f"import runpy, sys; h = runpy.run_path({str(ENTRY)!r})['lambda_handler'];"
        "r = h({'session': {}, 'request': {'type': 'LaunchRequest', 'locale': 'en-US'}}, None);"
        "assert 'Welcome' in r['response']['outputSpeech']['ssml'];"
        "print([name for name in ('boto3', 'botocore', 'flask', 'hassil', 'simulator') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- The client itself


GOOD: dict[str, Any] = {
    "version": "1.0",
    "response": {
        "outputSpeech": {"ssml": "<speak>Hello. Well?</speak>"},
        "reprompt": {"outputSpeech": {"ssml": "<speak>Well?</speak>"}},
        "shouldEndSession": False,
    },
}
BAD = {
    "no version": ({"response": {}}, "no version 1.0"),
    "too large": ({**GOOD, "sessionAttributes": {"x": "x" * 25_000}}, "24000 are allowed"),
    "not closed, not open": ({**GOOD, "response": {**GOOD["response"], "shouldEndSession": None}}, "is not set"),
    "silent": ({**GOOD, "response": {"shouldEndSession": True}}, "nothing is said"),
    "closed with a reprompt": ({**GOOD, "response": {**GOOD["response"], "shouldEndSession": True}}, "or closed with"),
    "open without its question": (
        {**GOOD, "response": {**GOOD["response"], "outputSpeech": {"ssml": "<speak>Hello.</speak>"}}},
        "nothing|does not end with",
    ),
    "broken SSML": (
        {"version": "1.0", "response": {"outputSpeech": {"ssml": "<speak>a & b"}, "shouldEndSession": True}},
        "not well-formed",
    ),
    "another root": (
        {"version": "1.0", "response": {"outputSpeech": {"ssml": "<say>a</say>"}, "shouldEndSession": True}},
        "does not start with speak",
    ),
    "long speech": (
        {
            "version": "1.0",
            "response": {"outputSpeech": {"ssml": f"<speak>{'a ' * 4_000}</speak>"}, "shouldEndSession": True},
        },
        "8000 are allowed",
    ),
    "long card": ({**GOOD, "response": {**GOOD["response"], "card": {"content": "a" * 8_001}}}, "card is longer"),
}


def test_the_contract_accepts_a_good_response() -> None:
    check_contract(GOOD, to="IntentRequest")


@pytest.mark.parametrize(("response", "sentence"), BAD.values(), ids=BAD)
def test_the_contract_refuses_what_alexa_would(response: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ContractError, match=sentence):
        check_contract(response, to="IntentRequest")


def test_the_contract_refuses_words_to_the_end_of_a_session() -> None:
    with pytest.raises(ContractError, match="cannot speak"):
        check_contract(GOOD, to="SessionEndedRequest")
