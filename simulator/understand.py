"""Turns typed words into an intent with its slots, from the locale's own interaction model.

It stands in for Alexa's speech understanding. What fits a sample word for word is taken, if need be without the ums
and the politeness around it. A near miss is taken only for a phrase without slots or for a finding said by itself, only
when it has the same words of yes and no in it, and only when nothing else is nearly as near. It is never taken for an
answer that could clear a finding: those fall back.

Try it with ``echo "my jaw hurts" | python -m simulator.understand``.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hassil import Intents, recognize_best
from rapidfuzz import fuzz, process

from simulator import builtin
from simulator.spotting import spotter
from skill.prompts.catalogue import CatalogueError

MODELS = Path(__file__).resolve().parent.parent / "interaction_models"

NEAR = 85.0
"""The whole-string ratio, of 100, from which a near miss counts. Measured; lower ones took falls for yeses."""

CLEARLY_NEARER = 4.0
"""How much nearer the best sample has to be than the best one of any other intent."""

SPOTTED_SCORE = 50.0
"""The score of what was found inside a longer utterance."""

FALLBACK = "AMAZON.FallbackIntent"
NEVER_GUESSED = frozenset(
    {
        *("AMAZON.YesIntent", "AMAZON.NoIntent", "DenySignIntent", "ImprovingIntent", "CorrectNoIntent"),
        *("CorrectYesIntent", "DurationIntent"),
    }
)
"""The intents that could clear a finding, or confirm what nobody said, when a near miss were taken for them."""

GUESSED_ALONE = ("{sign}", "{state}", "{statement}")
"""The samples whose slot may be a near miss: a finding said by itself."""


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
        self._spotter = spotter(language, normalized)

    @classmethod
    def for_locale(cls, locale: str) -> "Understanding":
        """Return the understanding of ``locale``. Raises CatalogueError when its interaction model is missing."""
        return _of(MODELS / f"{locale}.json")

    def understand(self, text: str) -> Understood:
        """Return what ``text`` means; what is not understood is the fallback intent."""
        words = normalized(text)
        bare = builtin.without_fillers(words)
        return self._exact(words) or self._exact(bare) or self._nearest(bare) or self._spotted(bare)

    def _exact(self, words: str) -> Understood | None:
        if found := self._as_spoken(words):
            return found
        if (duration := builtin.duration(words)) and (
            found := self._as_spoken(f"{words[: duration.start]}DURATION{words[duration.end :]}")
        ):
            slots = {name: SlotValue(spoken=duration.iso) for name in self._durations[found.intent]}
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

    def _spotted(self, words: str) -> Understood:
        found = self._spotter.spot(words) if words else None
        if found is None:
            return Understood(intent=FALLBACK)
        slots = {name: SlotValue(spoken=spoken, value_id=id_) for name, (spoken, id_) in found.slots.items()}
        return Understood(intent=found.intent, slots=slots, score=SPOTTED_SCORE)

    def _nearest(self, words: str) -> Understood | None:
        best = process.extract(words, list(self._near), scorer=fuzz.ratio, score_cutoff=NEAR, limit=20)
        if not best:
            return None
        intent, slots = self._near[best[0][0]]
        if builtin.polarity(words) != builtin.polarity(best[0][0]):
            return None
        rivals = [score for sample, score, _ in best if self._near[sample] != (intent, slots)]
        if intent in NEVER_GUESSED or (rivals and best[0][1] - rivals[0] < CLEARLY_NEARER):
            return None
        return Understood(intent=intent, slots=slots, score=best[0][1])


def normalized(text: str) -> str:
    """Return ``text`` as speech recognition may write it: lower case, single spaces, no punctuation.

    Apostrophes go as well: "its" and "it's" are the same to the ear, and to a person who types.
    """
    plain = re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", text.lower())
    return " ".join(re.sub(r"[^\w ]", " ", plain).split())


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
                for words in (value["name"]["value"], *value["name"]["synonyms"])
            ]
        }
        for slot_type in language["types"]
    }
    lists["amazon.duration"] = {"values": [{"in": "DURATION", "out": "DURATION"}]}
    intents = {}
    for intent in language["intents"]:
        sentences = [_template(sample, intent) for sample in intent["samples"]]
        sentences += [normalized(phrase) for phrase in builtin.PHRASES.get(intent["name"], ())]
        if sentences:
            intents[intent["name"]] = {"data": [{"sentences": sentences}]}
    return {"language": "en", "intents": intents, "lists": lists}


def _template(sample: str, intent: Mapping[str, Any]) -> str:
    types = {slot["name"]: slot["type"].lower() for slot in intent.get("slots", ())}
    words = (normalized(part) if not part.startswith("{") else part for part in re.split(r"({\w+})", sample))
    return " ".join(f"{{{types[word[1:-1]]}:{word[1:-1]}}}" if word[:1] == "{" else word for word in words if word)


def _expanded(language: Mapping[str, Any]) -> dict[str, tuple[str, Mapping[str, SlotValue]]]:
    """Return what may be guessed: every sample without slots, and every finding said by itself."""
    types = {slot_type["name"]: slot_type["values"] for slot_type in language["types"]}
    near: dict[str, tuple[str, Mapping[str, SlotValue]]] = {}
    for intent in language["intents"]:
        name, slots = intent["name"], {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for phrase in (*builtin.PHRASES.get(name, ()), *intent["samples"]):
            if "{" not in phrase:
                near[normalized(phrase)] = (name, {})
            elif phrase in GUESSED_ALONE:
                for value in types[slots[phrase[1:-1]]]:
                    for words in (value["name"]["value"], *value["name"]["synonyms"]):
                        near[normalized(words)] = (name, {phrase[1:-1]: SlotValue(spoken=words, value_id=value["id"])})
    return near


def main(arguments: list[str] | None = None) -> int:
    """Say of each line on standard input what it is understood as, one JSON object a line; return the exit status."""
    parser = argparse.ArgumentParser(prog="understand", description="What does the interaction model make of a line?")
    parser.add_argument("--locale", default="en-US")
    try:
        understanding = Understanding.for_locale(parser.parse_args(arguments).locale)
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    for line in sys.stdin:
        print(json.dumps(asdict(understanding.understand(line)), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
