"""Builds the interaction model of a locale from its words and from the intent table."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from hassil.sample import sample_sentence

from skill.adapters.alexa.intents import INTENTS, WORDS_INTENT, WORDS_SLOT
from skill.prompts import catalogue

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "interaction_models"

PACKAGED = ROOT / "skill-package" / "interactionModels" / "custom"
"""The same models once more, where ask-cli and the Alexa Skills Toolkit look for them. ask-cli follows no links."""

FEWEST_WORDS = 2
"""Each value of a slot type has a name and at least one synonym, or SMAPI refuses the model."""

LARGEST_MODEL_BYTES = 1_500_000
"""Of one locale's model. We stay below the 1.5 MB that Amazon's tools were last documented to take."""

MOST_SYNONYMS = 100
"""Of one slot value: more of them are refused when the model is built."""


FREE_TEXT = ("elicit", "carriers")
"""How whole utterances reach the skill: only where it asks for them with Dialog.ElicitSlot, or also by the samples
under ``carriers``, each of which takes whatever follows a first word.
"""

_SLOT = re.compile(r"{(\w+)}")


def packaged(locale: str) -> Path:
    """Return where the model of ``locale`` is in the skill package."""
    return PACKAGED / f"{locale}.json"


def vocabulary(locale: str) -> dict[str, Any]:
    """Return the tables of the locale's ``model.toml``. Raises CatalogueError when it cannot be read."""
    return catalogue.read_toml(catalogue.LOCALES / locale / "model.toml")


def model(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the interaction model, as the developer console and SMAPI take it, for one locale's ``model.toml``."""
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": words["invocation"]["name"],
                "intents": [
                    _intent(intent.name, intent.slots, samples(words, intent.name)) for intent in INTENTS.values()
                ],
                "types": [_type(name, values) for name, values in words["types"].items()],
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": words["invocation"]["fallback"]}},
            },
            **_elicitation(words),
        }
    }


def _elicitation(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dialog model and its prompt: without the intent in it, Alexa ignores Dialog.ElicitSlot in silence."""
    prompt = f"Elicit.Slot.{WORDS_INTENT}.{WORDS_SLOT}"
    slot = {
        "name": WORDS_SLOT,
        "type": INTENTS[WORDS_INTENT].slots[WORDS_SLOT],
        "confirmationRequired": False,
        "elicitationRequired": True,
        "prompts": {"elicitation": prompt},
    }
    intent = {"name": WORDS_INTENT, "confirmationRequired": False, "prompts": {}, "slots": [slot]}
    variation = {"type": "PlainText", "value": words["invocation"]["elicitation"]}
    return {
        "dialog": {"intents": [intent], "delegationStrategy": "SKILL_RESPONSE"},
        "prompts": [{"id": prompt, "variations": [variation]}],
    }


def faults(locale: str, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each way in which the words and the intent table disagree."""
    file = f"{locale}/model.toml"
    if missing := {"invocation", "intents", "types"} - words.keys():
        yield f"{file}: {', '.join(sorted(missing))} is missing; copy it from another locale and translate it."
        return
    if not words["invocation"].get("name"):
        yield f"{file}: invocation.name is missing; write the name that opens the skill, two words or more."
    if words["invocation"].get("free_text") not in FREE_TEXT:
        yield f"{file}: invocation.free_text is missing or unknown; write one of {', '.join(FREE_TEXT)}."
    for name in INTENTS.keys() - words["intents"].keys():
        yield f"{file}: intents.{name} is missing; add it with its samples."
    for name in words["intents"].keys() - INTENTS.keys():
        yield f"{file}: intents.{name} is not in skill/adapters/alexa/intents.py; add it there or remove it here."
    used = {type_ for intent in INTENTS.values() for type_ in intent.slots.values() if not type_.startswith("AMAZON.")}
    for name in used ^ words["types"].keys():
        yield f"{file}: types.{name} stands in only one of this file and the intent table; make them agree."
    for name, values in words["types"].items():
        for id_, spoken in values.items():
            if len(spoken) < FEWEST_WORDS:
                yield f"{file}: types.{name}.{id_} has no synonym, which Amazon refuses; add one."
            if len(spoken) > MOST_SYNONYMS:
                yield f"{file}: types.{name}.{id_} has {len(spoken)} words; {MOST_SYNONYMS} are allowed, so drop some."
    for name, hedge in words.get("hedges", {}).items():
        if hedge.get("counts_as") not in INTENTS or not hedge.get("reason"):
            yield f"{file}: hedges.{name} needs counts_as, an intent, and a reason; add them."


def files() -> Mapping[Path, str]:
    """Return each interaction model's path and content. Raises CatalogueError with all faults when there are any."""
    built: dict[Path, str] = {}
    found: list[str] = []
    for locale in catalogue.locales():
        words = vocabulary(locale)
        if wrong := list(faults(locale, words)):
            found += wrong
            continue
        text = json.dumps(model(words), indent=2, ensure_ascii=False) + "\n"
        if len(text.encode()) > LARGEST_MODEL_BYTES:
            found.append(f"{locale}/model.toml: the model has {len(text.encode())} bytes; shorten its templates.")
        built[MODELS / f"{locale}.json"] = built[packaged(locale)] = text
    if found:
        raise catalogue.CatalogueError("\n".join(found))
    return built


def samples(words: Mapping[str, Any], intent: str) -> list[str]:
    """Return every sentence that the templates of ``intent`` make, with those of the hedges that count as it.

    Raises CatalogueError when a template's brackets do not close.
    """
    table = words["intents"].get(intent, {})
    templates = [
        *table.get("samples", ()),
        *(table.get("carriers", ()) if words["invocation"].get("free_text") == "carriers" else ()),
        *(
            template
            for hedge in words.get("hedges", {}).values()
            if hedge["counts_as"] == intent
            for template in hedge["samples"]
        ),
    ]
    return list(dict.fromkeys(sentence for template in templates for sentence in expanded(template)))


def expanded(template: str) -> list[str]:
    """Return the sentences that a template such as ``[yes] (a bit|a little) {sign}`` makes, slots left as they are."""
    # hassil would fill a {slot} from its list; as a plain word it stays.
    try:
        sentences = list(sample_sentence(parse_sentence(_SLOT.sub(r"SLOT\1SLOT", template))))
    except ParseError as error:
        raise catalogue.CatalogueError(
            f"model.toml: {template!r} is no template ({error}); close its brackets."
        ) from None
    return [
        " ".join(re.sub(r"SLOT(\w+?)SLOT", r"{\1}", sentence).split()) for sentence in sentences if sentence.strip()
    ]


def _intent(name: str, slots: Mapping[str, str], sentences: list[str]) -> dict[str, Any]:
    built: dict[str, Any] = {"name": name, "samples": sentences}
    if slots:
        built["slots"] = [{"name": slot, "type": type_} for slot, type_ in slots.items()]
    return built


def _type(name: str, values: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "name": name,
        "values": [
            {"id": id_, "name": {"value": first, "synonyms": synonyms}} for id_, (first, *synonyms) in values.items()
        ],
    }
