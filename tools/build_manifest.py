"""Builds the skill's manifest from each locale's ``store.toml``, and finds what Amazon's reviewers would not accept."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from skill.adapters.alexa.event import REMINDERS
from skill.prompts import catalogue
from tools import build_models

PACKAGE = build_models.ROOT / "skill-package"
MANIFEST = PACKAGE / "skill.json"

RESOURCES = build_models.ROOT / "ask-resources.json"
"""What makes the repository's root a project of ask-cli and of the Alexa Skills Toolkit."""

LONGEST = {"summary": 160, "description": 4000, "testing_instructions": 4000}
"""Characters, from Amazon's specification (tests/schemas/smapi.json)."""

PHRASES = 3
"""As many as the store shows."""

OPENERS = ("open", "start", "launch", "begin", "ask", "tell")
"""What may stand between the wake word and the skill's name."""

DISCLAIMER = (
    "not medical advice",
    "for information and education",
    "not a substitute for professional medical advice, diagnosis or treatment",
    "local emergency number",
)
"""What the description must say, by Amazon's policy for health skills; other locales say the same in their words."""

EVENTS = ("SKILL_DISABLED", "SKILL_PERMISSION_ACCEPTED", "SKILL_PERMISSION_CHANGED")
"""What the skill hears of an account, where the look again is switched on."""

CLAIMS = ("save lives", "saves lives", "life-saving", "will call", "calls 911", "calls emergency")
"""What it must not claim."""


def store(locale: str) -> dict[str, Any]:
    """Return the store's texts of ``locale``. Raises CatalogueError when they are missing."""
    texts: dict[str, Any] = catalogue.read_toml(catalogue.LOCALES / locale / "store.toml").get("store", {})
    return texts


def manifest(stores: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the manifest for each locale's store texts, as SMAPI takes it; the endpoint comes with packaging."""
    first = next(iter(stores.values()))
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "locales": {locale: _published(texts) for locale, texts in stores.items()},
                "category": "HEALTH_AND_FITNESS",
                "distributionMode": "PUBLIC",
                "isAvailableWorldwide": False,
                "distributionCountries": sorted(
                    {country for texts in stores.values() for country in texts["countries"]}
                ),
                "testingInstructions": "\n".join(first["testing_instructions"]),
            },
            "privacyAndCompliance": {
                # usesHealthInfo is left out: it is for those whom HIPAA covers, and nothing is collected here.
                "allowsPurchases": False,
                "usesPersonalInfo": False,
                "isChildDirected": False,
                "isExportCompliant": True,
                "containsAds": False,
            },
            "apis": {"custom": {"interfaces": [{"type": "ALEXA_PRESENTATION_APL"}]}},
        }
    }


def with_follow_up(
    built: Mapping[str, Any], stores: Mapping[str, Mapping[str, Any]], endpoint: str | None
) -> dict[str, Any]:
    """Return the manifest of a skill whose operator has switched the look again on.

    It asks for the permission to set reminders, hears of accounts that withdraw, and tells people what is kept.

    Args:
        built: as ``manifest`` returns it, with the endpoint where there is one.
        stores: the store texts of each locale.
        endpoint: where the events of accounts go; None for a skill that is yet to be created, which gets none.
    """
    made: dict[str, Any] = json.loads(json.dumps(built))
    texts = made["manifest"]
    texts["permissions"] = [{"name": REMINDERS}]
    texts["privacyAndCompliance"]["usesPersonalInfo"] = True  # a keyed hash of the account, and the reminder's code
    if endpoint:
        subscriptions = [{"eventName": name} for name in EVENTS]
        texts["events"] = {"endpoint": {"uri": endpoint}, "subscriptions": subscriptions}
    for locale, published in texts["publishingInformation"]["locales"].items():
        said = stores[locale]["follow_up_description"]
        heading = said.partition(".")[0]
        paragraphs = [said if text.startswith(heading) else text for text in stores[locale]["description"]]
        published["description"] = _text(paragraphs)
    first = next(iter(stores.values()))
    instructions = [first["follow_up_testing"], *first["testing_instructions"][1:]]
    texts["publishingInformation"]["testingInstructions"] = "\n".join(instructions)
    return made


def faults(locale: str, texts: Mapping[str, Any], heard: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each fault of a locale's store texts, given the language model of its interaction model."""
    file = f"{locale}/store.toml"
    needed = ("name", "summary", "countries", "description", "example_phrases", "keywords", "testing_instructions")
    for key in (*needed, "follow_up_description", "follow_up_testing"):
        if not texts.get(key):
            yield f"{file}: store.{key} is missing; add it."
            return
    for key, longest in LONGEST.items():
        if (length := len(_text(texts[key]))) > longest:
            yield f"{file}: store.{key} has {length} characters; Amazon takes {longest}, so shorten it."
    yield from _faults_of_phrases(file, texts["example_phrases"], heard)
    description = " ".join(_text(texts["description"]).split()).lower()
    if locale.startswith("en-"):
        for words in DISCLAIMER:
            if words not in description:
                yield f'{file}: store.description does not say "{words}"; Amazon asks for it of health skills.'
    for claim in CLAIMS:
        if claim in f"{description} {texts['summary'].lower()}":
            yield f'{file}: "{claim}" claims what the skill must not; take it out.'


def files() -> Mapping[Path, str]:
    """Return paths and contents of the manifest and of ask-cli's resources.

    Raises CatalogueError with all faults when there are any.
    """
    stores: dict[str, dict[str, Any]] = {}
    found: list[str] = []
    for locale in catalogue.locales():
        stores[locale] = store(locale)
        found.extend(faults(locale, stores[locale], language_model(locale)))
    if found:
        raise catalogue.CatalogueError("\n".join(found))
    return {
        MANIFEST: json.dumps(manifest(stores), indent=2, ensure_ascii=False) + "\n",
        RESOURCES: json.dumps(resources("default"), indent=2) + "\n",
    }


def resources(*profiles: str) -> dict[str, Any]:
    """Return ``ask-resources.json``: where each of ask-cli's ``profiles`` finds the skill package."""
    package = {"skillMetadata": {"src": f"./{PACKAGE.name}"}}
    return {"askcliResourcesVersion": "2020-03-31", "profiles": dict.fromkeys(profiles, package)}


def language_model(locale: str) -> dict[str, Any]:
    """Return the language model that is built for ``locale``: its invocation name, intents and samples."""
    built: dict[str, Any] = build_models.model(build_models.vocabulary(locale))["interactionModel"]["languageModel"]
    return built


def said_after_the_name(phrase: str, invocation: str) -> str | None:
    """Return what an example phrase says after the skill's name; None where it does not hold the name."""
    found = re.fullmatch(
        rf"\w+, (?:{'|'.join(OPENERS)}) {re.escape(invocation)}(?: (?P<rest>.+))?", phrase, re.IGNORECASE
    )
    return (found["rest"] or "") if found else None


def _faults_of_phrases(file: str, phrases: list[str], heard: Mapping[str, Any]) -> Iterator[str]:
    if len(phrases) != PHRASES:
        yield f"{file}: store.example_phrases holds {len(phrases)}; the store shows {PHRASES}."
    invocation = heard["invocationName"]
    samples = {sample.lower() for intent in heard["intents"] for sample in intent["samples"]}
    for number, phrase in enumerate(phrases):
        said = said_after_the_name(phrase, invocation)
        if said is None and not number:
            yield f'{file}: the first example phrase does not hold the invocation name "{invocation}"; put it there.'
        elif said is None:
            said = phrase.partition(", ")[2]
        if said and said.lower() not in samples:
            yield f'{file}: "{said}" of an example phrase is no sample utterance of model.toml; use one that is.'


def _published(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": texts["name"],
        "summary": texts["summary"],
        "description": _text(texts["description"]),
        "examplePhrases": list(texts["example_phrases"]),
        "keywords": list(texts["keywords"]),
        "smallIconUri": "file://assets/images/icon-108.png",
        "largeIconUri": "file://assets/images/icon-512.png",
    }


def _text(paragraphs: str | list[str]) -> str:
    return paragraphs if isinstance(paragraphs, str) else "\n\n".join(paragraphs)
