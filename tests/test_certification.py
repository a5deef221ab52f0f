"""What Amazon's reviewers test before a skill is published, rule by rule, on the real handler, model and manifest."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_interaction_model import suggestions

from simulator.client import AlexaClient
from skill.acts import Missed
from skill.adapters.alexa import skill
from skill.adapters.alexa.event import WrongSkillError
from skill.adapters.alexa.intents import INTENTS
from skill.hearing import hear
from skill.hearing.heard import Asked, Expecting
from skill.prompts import catalogue
from skill.prompts.catalogue import Catalogue
from skill.protocol.upper_back import UPPER_BACK
from tools import build_manifest, build_models, draw_icons
from tools.artifact_content import ROOT

NO, YES = "AMAZON.NoIntent", "AMAZON.YesIntent"
STATES: dict[str, tuple[str, ...]] = {
    "a question": (NO,),
    "the read-back": (NO,) * 10,
    "a correction": (NO,) * 11,
    "advice": (NO,) * 8 + (YES,),
    "topics on offer": (NO,) * 10 + (YES, "WhatElseIntent"),
    "a topic": (NO,) * 10 + (YES, "WhatElseIntent", YES),
    "guided relief": (NO,) * 10 + (YES, "GuideIntent"),
}
MANIFEST = json.loads(build_manifest.MANIFEST.read_text("utf-8"))["manifest"]
LOCALES = catalogue.locales()
TEXTS = MANIFEST["publishingInformation"]["locales"]

LAUNCH_WORDS = {"open", "ask", "tell", "start", "load", "begin", "enable", "launch", "run", "resume", "use"}
CONNECTING_WORDS = {"to", "from", "by", "if", "and", "whether", "that", "for", "with", "in", "using", "about", "or"}
WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "ziggy", "skill", "skills", "app"}
LITTLE_WORDS = {"a", "an", "the", "of", "on", "at", "as", "is"} | CONNECTING_WORDS

OPEN_SLOTS = {"AMAZON.SearchQuery", "AMAZON.Literal", "AMAZON.Person"}
"""Slot types that take whatever is said, or name a person."""

Handle = Callable[[object, object], dict[str, Any]]


def models() -> list[dict[str, Any]]:
    """Return the language model of each locale."""
    loaded = [json.loads((build_models.MODELS / f"{locale}.json").read_text("utf-8")) for locale in LOCALES]
    return [model["interactionModel"]["languageModel"] for model in loaded]


def at(client: AlexaClient, state: str) -> AlexaClient:
    """Return ``client`` in one of the states."""
    client.launch()
    for intent in STATES[state]:
        client.intent(intent)
    return client


def test_control_there_is_a_locale_to_certify() -> None:
    assert LOCALES
    assert sorted(TEXTS) == LOCALES


# --- Health policy


@pytest.mark.parametrize("locale", LOCALES)
def test_the_description_carries_the_disclaimer(locale: str) -> None:
    description = TEXTS[locale]["description"].lower()
    if locale.startswith("en-"):
        assert "not medical advice" in description
        assert "for information and education" in description
        assert "not a substitute for professional medical advice, diagnosis or treatment" in description
    assert catalogue.load(locale).fields["emergency"] in description


def test_the_first_launch_says_a_short_disclaimer(client: AlexaClient) -> None:
    said = client.launch().text
    assert "not medical advice" in said
    assert "I am not a doctor" in said
    assert "911 or your local emergency number" in said


def test_it_never_claims_to_call_emergency_services_or_to_save_lives(words: Catalogue) -> None:
    said = " ".join(sentence for sentences in words.sentences.values() for sentence in sentences)
    texts = json.dumps(TEXTS)
    for claim in (
        r"\bI(?: will|'ll| can| am going to) call\b",
        r"\bcalling 911\b",
        r"\bsaves? (?:your )?li(?:fe|ves)\b",
    ):
        assert not re.search(claim, said, re.IGNORECASE)
        assert not re.search(claim, texts, re.IGNORECASE)


@pytest.mark.parametrize("finding", [finding.id for finding in UPPER_BACK.findings if finding.level.key == "emergency"])
def test_every_emergency_says_that_the_skill_cannot_call(client: AlexaClient, finding: str) -> None:
    assert "I cannot call" in client.intent("ReportSignIntent", {"sign": ("so", finding)}).text


def test_health_information_is_not_collected(client: AlexaClient) -> None:
    assert skill.sdk_skill().persistence_adapter is None
    assert "permissions" not in MANIFEST
    at(client, "advice")
    assert AlexaClient(handler=client.handler, user_id=client.user_id).launch().text.startswith("Welcome")


def test_uses_health_info_stays_absent() -> None:
    assert "usesHealthInfo" not in MANIFEST["privacyAndCompliance"]


@pytest.mark.parametrize("page", ["privacy", "terms"])
def test_the_page_exists_and_is_about_this_skill(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    assert "Upper Back Guide" in text
    assert "stored" in text if page == "privacy" else "not medical advice" in text
    assert not re.search(r"\[[A-Z ]+\]|TODO|example\.com", text), "a gap was left open"


# --- The name and the words


@pytest.mark.parametrize("locale", LOCALES)
class TestInvocationName:
    """Amazon's rules for what people say to open the skill."""

    def test_it_has_two_words_or_more_in_small_letters(self, locale: str) -> None:
        name = build_models.vocabulary(locale)["invocation"]["name"]
        assert len(name.split()) >= 2
        assert name == name.lower()
        assert re.fullmatch(r"[^\W\d_]+(?:[ '.][^\W\d_]+)*", name)

    @pytest.mark.parametrize("forbidden", [LAUNCH_WORDS, CONNECTING_WORDS, WAKE_WORDS], ids=["launch", "link", "wake"])
    def test_it_holds_none_of_the_words_that_alexa_needs(self, locale: str, forbidden: set[str]) -> None:
        assert not set(build_models.vocabulary(locale)["invocation"]["name"].split()) & forbidden

    def test_a_name_of_two_words_holds_no_article_or_preposition(self, locale: str) -> None:
        words = build_models.vocabulary(locale)["invocation"]["name"].split()
        assert len(words) > 2 or not set(words) & LITTLE_WORDS

    def test_it_is_the_name_that_was_published(self, locale: str) -> None:
        if locale.startswith("en-"):
            assert build_models.vocabulary(locale)["invocation"]["name"] == "upper back guide"


@pytest.mark.parametrize("locale", LOCALES)
def test_there_are_three_example_phrases_and_the_first_opens_the_skill_by_name(locale: str) -> None:
    phrases = TEXTS[locale]["examplePhrases"]
    assert len(phrases) == 3
    assert build_models.vocabulary(locale)["invocation"]["name"] in phrases[0].lower()


@pytest.mark.parametrize("locale", LOCALES)
def test_each_example_phrase_is_a_sample_utterance(locale: str) -> None:
    heard = build_manifest.language_model(locale)
    samples = {sample.lower() for intent in heard["intents"] for sample in intent["samples"]}
    for phrase in TEXTS[locale]["examplePhrases"]:
        said = build_manifest.said_after_the_name(phrase, heard["invocationName"])
        assert said is not None
        assert not said or said.lower() in samples


@pytest.mark.parametrize("locale", LOCALES)
def test_every_phrase_that_speech_suggests_is_understood(locale: str) -> None:
    suggested = suggestions(catalogue.load(locale))
    assert suggested
    assert not [one for one in suggested if not understood(one, locale)]


def understood(words: str, locale: str) -> bool:
    """Return whether hearing makes anything of ``words``, as the first ones or in answer to a question."""
    question = UPPER_BACK.questions[0].findings
    asked = Expecting(asked=Asked.FINDINGS, findings=tuple(finding.id for finding in question))
    heard = [
        hear.load(locale).hear(words, expecting) for expecting in (Expecting(), asked, Expecting(asked=Asked.OFFER))
    ]
    return any(not isinstance(act, Missed) for found in heard for act in found.acts)


def test_the_intents_that_amazon_requires_are_there() -> None:
    required = {f"AMAZON.{name}Intent" for name in ("Help", "Stop", "Cancel", "NavigateHome", "Fallback")}
    for model in models():
        assert required <= {intent["name"] for intent in model["intents"]}


def test_whatever_is_said_is_taken_only_behind_a_carrier_by_one_slot() -> None:
    """docs/decisions: a free-text slot only as a second reading, never as the skill's whole understanding."""
    for model in models():
        own = {type_["name"] for type_ in model["types"]}
        for intent in model["intents"]:
            used = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            assert set(used.values()) <= own | {"AMAZON.DURATION", "AMAZON.SearchQuery"}
            if open_ := [name for name, type_ in used.items() if type_ in OPEN_SLOTS]:
                assert len(used) == len(open_) == 1
                assert all(re.fullmatch(r"\w[\w' ]* {words}", sample) for sample in intent["samples"])


# --- The conversation


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("state", STATES)
def test_every_intent_gets_an_answer_in_every_state(client: AlexaClient, state: str, intent: str) -> None:
    assert at(client, state).intent(intent).text


@pytest.mark.parametrize("intent", [YES, NO, "AMAZON.RepeatIntent"])
def test_a_one_shot_with_nothing_before_it_starts_the_check(client: AlexaClient, intent: str) -> None:
    heard = client.intent(intent)
    assert not heard.ends
    assert heard.text.endswith("?")
    assert "911" in heard.text


@pytest.mark.parametrize("state", STATES)
def test_help_ends_with_a_question_and_stays_open(client: AlexaClient, state: str) -> None:
    heard = at(client, state).intent("AMAZON.HelpIntent")
    assert not heard.ends
    assert "?" in heard.response["response"]["reprompt"]["outputSpeech"]["ssml"], "the words that the turn ends with"


@pytest.mark.parametrize("intent", ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"])
@pytest.mark.parametrize("state", STATES)
def test_stop_and_cancel_exit(client: AlexaClient, state: str, intent: str) -> None:
    assert at(client, state).intent(intent).ends


@pytest.mark.parametrize("state", STATES)
def test_repeat_puts_the_same_question_again_and_redoes_nothing(client: AlexaClient, state: str) -> None:
    before = at(client, state).exchanges[-1][1]
    attributes = client.attributes
    heard = client.intent("AMAZON.RepeatIntent")
    assert heard.response["response"]["reprompt"] == before["response"]["reprompt"]
    assert re.sub("</?speak>", "", heard.ssml) in before["response"]["outputSpeech"]["ssml"]
    assert client.attributes == attributes


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("state", STATES)
def test_the_microphone_is_open_if_and_only_if_something_was_asked(
    client: AlexaClient, state: str, intent: str
) -> None:
    heard = at(client, state).intent(intent)
    asked = "reprompt" in heard.response["response"]
    assert heard.response["response"]["shouldEndSession"] is not asked


def test_what_is_not_understood_keeps_the_conversation_going(client: AlexaClient) -> None:
    assert not at(client, "a question").intent("AMAZON.FallbackIntent").ends


def test_cards_come_with_results_only(client: AlexaClient) -> None:
    client.launch()
    assert [client.intent(NO).card for _ in range(10)] == [None] * 10
    assert client.intent(YES).card is not None


def test_unknown_properties_are_tolerated(client: AlexaClient) -> None:
    event = client.envelope({"type": "LaunchRequest", "aNewProperty": {"nested": [1, None]}})
    event["context"]["Some.New.Interface"] = {"state": "UNHEARD_OF"}
    event["context"]["System"]["device"]["supportedInterfaces"]["Another.New.Interface"] = {}
    event["anotherProperty"] = True
    assert client.handler(event, None)["response"]["outputSpeech"]["ssml"]


def test_the_end_of_a_session_is_not_spoken_to(client: AlexaClient) -> None:
    assert at(client, "a question").end("EXCEEDED_MAX_REPROMPTS").response["response"] == {}


# --- Who may call


def test_the_skill_id_is_verified_in_code() -> None:
    client = AlexaClient(handler=skill.create({"SKILL_ID": "amzn1.ask.skill.ours"}), skill_id="amzn1.ask.skill.other")
    with pytest.raises(WrongSkillError):
        client.launch()


def test_the_skill_id_is_verified_by_the_trigger() -> None:
    """The translation, where it becomes EventSourceToken, is looked at by ``make prove``."""
    template = (ROOT / "template.yaml").read_text("utf-8")
    assert re.search(r"Type: AlexaSkill\n\s+Properties:\n\s+SkillId: !Ref SkillId\n", template)


# --- The store


@pytest.mark.parametrize("size", [108, 512])
def test_the_icon_is_a_png_of_the_size_that_amazon_asks_for(size: int) -> None:
    png = draw_icons.path_of(size).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (size, size)


def test_it_is_in_the_health_category_and_not_for_children() -> None:
    assert MANIFEST["publishingInformation"]["category"] == "HEALTH_AND_FITNESS"
    assert MANIFEST["privacyAndCompliance"]["isChildDirected"] is False


def test_it_sells_nothing_and_shows_no_advertising() -> None:
    compliance = MANIFEST["privacyAndCompliance"]
    assert not [name for name in ("allowsPurchases", "containsAds", "usesPersonalInfo") if compliance[name]]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_offered_where_its_emergency_number_is_the_right_one(locale: str) -> None:
    numbers = {"US": "911", "CA": "911", "GB": "999", "IN": "112"}
    for country in build_manifest.store(locale)["countries"]:
        assert numbers.get(country, "") in catalogue.load(locale).fields["emergency"]


def test_the_testing_instructions_lead_where_they_say(handler: Handle) -> None:
    instructions = MANIFEST["publishingInformation"]["testingInstructions"]
    steps = {
        "Home care": ([NO] * 10 + [YES], "home care"),
        "Doctor": ([NO] * 8 + [YES], "doctor"),
        "Emergency": ([YES], "Call 911"),
    }
    for kind, (intents, words) in steps.items():
        assert f"{kind}: open upper back guide" in instructions
        client = AlexaClient(handler=handler)
        client.launch()
        heard = [client.intent(intent) for intent in intents][-1]
        assert words in heard.text
        assert heard.ends is (kind == "Emergency")


def test_the_pages_are_where_the_package_says() -> None:
    assert {path.stem for path in Path(ROOT / "docs").glob("*.md")} >= {"privacy", "terms"}
