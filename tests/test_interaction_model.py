"""The interaction model: valid for Amazon, unambiguous, and complete with what speech tells people to say."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from simulator.amazon import PHRASES
from skill.adapters.alexa.intents import INTENTS
from skill.prompts import catalogue
from skill.prompts.catalogue import CatalogueError
from skill.protocol.upper_back import UPPER_BACK
from tools import build_models

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "smapi.json").read_text("utf-8"))
LOCALES = catalogue.locales()

LONGEST_SLOT_VALUE = 140
"""Characters of a slot value or synonym that Amazon takes."""


def language_model(locale: str) -> dict[str, Any]:
    """Return the languageModel of the generated file."""
    loaded: dict[str, Any] = json.loads((build_models.MODELS / f"{locale}.json").read_text("utf-8"))
    return loaded["interactionModel"]["languageModel"]  # type: ignore[no-any-return]


def test_each_locale_spoken_has_a_model_and_each_model_a_locale() -> None:
    assert LOCALES
    assert sorted(path.stem for path in build_models.MODELS.glob("*.json")) == LOCALES


@pytest.mark.parametrize("locale", LOCALES)
class TestModel:
    """Facts about each locale's model."""

    def test_amazons_own_specification_accepts_it(self, locale: str) -> None:
        model = json.loads((build_models.MODELS / f"{locale}.json").read_text("utf-8"))
        root = {**SCHEMA, "$ref": "#/definitions/v1.skill.interactionModel.InteractionModelData"}
        jsonschema.validate(model, root)

    def test_the_intents_of_the_model_are_the_intents_handled(self, locale: str) -> None:
        assert [intent["name"] for intent in language_model(locale)["intents"]] == list(INTENTS)

    def test_no_sample_belongs_to_two_intents_or_stands_twice(self, locale: str) -> None:
        samples = Counter(
            normalized(re.sub(r"{\w+}", "slot", sample)) if "{" not in sample else sample.lower()
            for intent in language_model(locale)["intents"]
            for sample in {*intent["samples"], *PHRASES.get(intent["name"], ())}
        )
        assert [sample for sample, count in samples.items() if count > 1] == []

    def test_no_synonym_means_two_signs(self, locale: str) -> None:
        for type_ in language_model(locale)["types"]:
            spoken = Counter(
                normalized(words)
                for value in type_["values"]
                for words in [value["name"]["value"], *value["name"]["synonyms"]]
            )
            assert [words for words, count in spoken.items() if count > 1] == []

    def test_the_sign_ids_are_the_protocols(self, locale: str) -> None:
        (findings,) = (type_ for type_ in language_model(locale)["types"] if type_["name"] == "SIGN")
        assert {value["id"] for value in findings["values"]} == {finding.id for finding in UPPER_BACK.findings}

    def test_samples_hold_only_what_alexa_takes(self, locale: str) -> None:
        model = language_model(locale)
        for intent in model["intents"]:
            slots = {slot["name"] for slot in intent.get("slots", ())}
            for sample in intent["samples"]:
                assert set(re.findall(r"{(\w+)}", sample)) <= slots, sample
                assert re.fullmatch(r"[^\W_]+(?:[ '.\-{}_]|[^\W_])*", sample.replace("{", " ").strip()), sample
            if slots:
                used = {slot for sample in intent["samples"] for slot in re.findall(r"{(\w+)}", sample)}
                assert used == slots, f"{intent['name']}: slots without a sample"

    def test_slot_values_hold_only_what_alexa_takes(self, locale: str) -> None:
        for type_ in language_model(locale)["types"]:
            for value in type_["values"]:
                for words in [value["name"]["value"], *value["name"]["synonyms"]]:
                    assert re.fullmatch(r"[^\W_](?:[ '.\-]|[^\W_])*", words), words
                    assert len(words) <= LONGEST_SLOT_VALUE, words

    def test_every_intent_but_amazons_has_samples(self, locale: str) -> None:
        for intent in language_model(locale)["intents"]:
            assert intent["samples"] or intent["name"].startswith("AMAZON."), intent["name"]

    def test_the_invocation_name_obeys_the_rules(self, locale: str) -> None:
        name = language_model(locale)["invocationName"]
        words = name.split()
        assert len(words) >= 2
        assert name == name.lower()
        forbidden = {
            *("open", "ask", "tell", "start", "load", "begin", "enable", "launch", "run", "alexa", "amazon", "echo"),
            *(
                "computer",
                "skill",
                "app",
                "from",
                "in",
                "using",
                "with",
                "to",
                "about",
                "for",
                "that",
                "by",
                "if",
                "and",
            ),
        }
        assert not forbidden & set(words)
        assert re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", name)


def normalized(text: str) -> str:
    """Return ``text`` as speech recognition may write it: lower case, single spaces, no punctuation."""
    return " ".join(re.sub(r"[^\w ]", " ", text.lower().replace("'", "")).split())


def suggestions(words: catalogue.Catalogue) -> list[str]:
    """Return the phrases in "You can say a, b, or c." and "Say a, b, or c.", over everything that is said."""
    found: dict[str, None] = {}
    for sentences in words.sentences.values():
        for sentence in sentences:
            for listed in re.findall(r"\b(?:[Yy]ou can say|^Say|[Pp]lease say|or say),? ([^.?]+)[.]", sentence):
                phrases = re.split(r",? or,? |, ", listed.partition(" if ")[0])
                found.update(dict.fromkeys(phrase.strip() for phrase in phrases if phrase.strip()))
    return list(found)


def test_disagreement_between_words_and_table_is_named_with_its_remedy() -> None:
    words = build_models.vocabulary("en-US")
    words["intents"].pop("WhyIntent")
    words["intents"]["UfoIntent"] = {"samples": []}
    words["types"]["UFO"] = {}
    sentences = list(build_models.faults("en-US", words))
    assert any("intents.WhyIntent is missing; add it" in sentence for sentence in sentences)
    assert any("intents.UfoIntent is not in skill/adapters/alexa/intents.py" in sentence for sentence in sentences)
    assert any("types.UFO stands in only one" in sentence for sentence in sentences)


def test_a_template_with_an_open_bracket_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"'\(my back' is no template .*; close its brackets"):
        build_models.expanded("(my back")


def test_a_file_without_its_tables_or_its_name_says_so() -> None:
    words = build_models.vocabulary("en-US")
    assert "invocation.name is missing" in next(build_models.faults("en-US", {**words, "invocation": {}}))
    del words["types"]
    assert "types is missing; copy it" in next(build_models.faults("en-US", words))
