"""Turns typed words into an intent with its slots, from the locale's own interaction model.

It stands in for Alexa's speech understanding. What fits a sample word for word is taken. A near miss is taken only when
no sample of another intent is nearly as near, and it is never taken for a yes or a no: those fall back.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hassil import Intents, recognize_best
from rapidfuzz import fuzz, process

from simulator import builtin
from skill.speech.catalogue import CatalogueError

MODELS = Path(__file__).resolve().parent.parent / "interaction_models"

NEAR = 85.0
"""The whole-string ratio, of 100, from which a near miss counts. Measured; lower ones took falls for yeses."""

CLEARLY_NEARER = 4.0
"""How much nearer the best sample has to be than the best one of any other intent."""

FALLBACK = "AMAZON.FallbackIntent"
NEVER_GUESSED = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent"})

_FILLERS = re.compile(
    r"^(?:(?:um+|uh+|er+|hm+|well|oh|so|like|please|okay so|ah|alexa|and|you know|i mean) )+", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class SlotValue:
    """What was said for a slot, and the value that it resolved to."""

    spoken: str
    value_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Understood:
    """An intent, its slots, and how sure the match is, from 0 to 100."""

    intent: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    score: float = 0.0


class Understanding:
    """The understanding of one locale."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        language = model["interactionModel"]["languageModel"]
        self._durations = {
            intent["name"]: [slot["name"] for slot in intent.get("slots", ()) if slot["type"] == "AMAZON.DURATION"]
            for intent in language["intents"]
        }
        self._intents = Intents.from_dict(_grammar(language))
        self._near = _expanded(language)

    @classmethod
    def for_locale(cls, locale: str) -> "Understanding":
        """Return the understanding of ``locale``. Raises CatalogueError when its interaction model is missing."""
        return _of(MODELS / f"{locale}.json")

    def understand(self, text: str) -> Understood:
        """Return what ``text`` means; what is not understood is the fallback intent."""
        words = normalized(text)
        return self._exact(words) or self._exact(_FILLERS.sub("", words)) or self._nearest(_FILLERS.sub("", words))

    def _exact(self, words: str) -> Understood | None:
        if found := self._as_spoken(words):
            return found
        if duration := builtin.duration_words().search(words):
            kept = f"{words[: duration.start()]}DURATION{words[duration.end() :]}"
            if found := self._as_spoken(kept):
                spoken, iso = duration[0], builtin.duration(duration[0])
                slots = {name: SlotValue(spoken=iso or spoken) for name in self._durations[found.intent]}
                return Understood(intent=found.intent, slots={**found.slots, **slots}, score=found.score)
        return None

    def _as_spoken(self, words: str) -> Understood | None:
        found = recognize_best(words, self._intents) if words else None
        if found is None:
            return None
        slots = {
            name: SlotValue(spoken=entity.text, value_id=str(entity.value))
            for name, entity in found.entities.items()
            if name not in self._durations[found.intent.name]
        }
        return Understood(intent=found.intent.name, slots=slots, score=100.0)

    def _nearest(self, words: str) -> Understood:
        best = process.extract(words, list(self._near), scorer=fuzz.ratio, score_cutoff=NEAR, limit=20)
        if not best:
            return Understood(intent=FALLBACK)
        intent, slots = self._near[best[0][0]]
        rivals = [score for sample, score, _ in best if self._near[sample] != (intent, slots)]
        if intent in NEVER_GUESSED or (rivals and best[0][1] - rivals[0] < CLEARLY_NEARER):
            return Understood(intent=FALLBACK, score=best[0][1])
        return Understood(intent=intent, slots=slots, score=best[0][1])


def normalized(text: str) -> str:
    """Return ``text`` as speech recognition writes it: lower case, no punctuation but apostrophes, single spaces."""
    plain = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(re.sub(r"[^\w' ]", " ", plain).split())


@cache
def _of(path: Path) -> Understanding:
    try:
        return Understanding(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: the interaction model is missing; run `make generate`.") from None


def _grammar(language: Mapping[str, Any]) -> dict[str, Any]:
    lists: dict[str, Any] = {
        slot_type["name"].lower(): {
            "values": [
                {"in": normalized(words), "out": value["id"]}
                for value in slot_type["values"]
                for words in (value["name"]["value"], *value["name"].get("synonyms", ()))
            ]
        }
        for slot_type in language["types"]
    }
    lists["amazon.duration"] = {"values": [{"in": "DURATION", "out": "DURATION"}]}
    intents = {}
    for intent in language["intents"]:
        sentences = [_template(sample, intent) for sample in intent["samples"]]
        sentences += builtin.PHRASES.get(intent["name"], ())
        if sentences:
            intents[intent["name"]] = {"data": [{"sentences": sentences}]}
    return {"language": "en", "intents": intents, "lists": lists}


def _template(sample: str, intent: Mapping[str, Any]) -> str:
    for slot in intent.get("slots", ()):
        sample = sample.replace(f"{{{slot['name']}}}", f"{{{slot['type'].lower()}:{slot['name']}}}")
    return sample


def _expanded(language: Mapping[str, Any]) -> dict[str, tuple[str, Mapping[str, SlotValue]]]:
    """Return every sample without slots, and every sample with one slot filled with each of its values."""
    types = {slot_type["name"]: slot_type["values"] for slot_type in language["types"]}
    near: dict[str, tuple[str, Mapping[str, SlotValue]]] = {}
    for intent in language["intents"]:
        name, slots = intent["name"], {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for phrase in builtin.PHRASES.get(name, ()):
            near[phrase] = (name, {})
        for sample in intent["samples"]:
            gaps = re.findall(r"{(\w+)}", sample)
            if not gaps:
                near[normalized(sample)] = (name, {})
            elif len(gaps) == 1 and slots[gaps[0]] in types:
                for value in types[slots[gaps[0]]]:
                    for words in (value["name"]["value"], *value["name"].get("synonyms", ())):
                        spoken = normalized(sample.replace(f"{{{gaps[0]}}}", words))
                        near[spoken] = (name, {gaps[0]: SlotValue(spoken=words, value_id=value["id"])})
    return near
