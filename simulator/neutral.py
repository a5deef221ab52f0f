"""A neutral understanding that knows nothing but an interaction model: it stands for Alexa on the page and in figures.

It picks the sample that is nearest to an utterance, fills the sample's slots with the words that the sample's own words
leave, and returns an intent as Alexa sends it. ``Neutral.understand`` takes many utterances at once.

What it takes from Amazon's documents:

- A slot of a custom type whose words are no value of the type still arrives, unresolved, with the raw words.
- AMAZON.SearchQuery takes whatever follows the sample's first words, raw. It is greedy: ``GREED``.
- AMAZON.DURATION arrives as ISO 8601, or as "?" where no duration was said.
- What is near to no sample is AMAZON.FallbackIntent, without any words. How near follows from the model's
  fallbackIntentSensitivity.

Nothing here is tuned on utterances: the constants are round numbers, chosen before the first measurement.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from simulator import amazon, tfidf

FILLINGS = 3
"""How often each sample with a slot is filled with values drawn at random, seeded by the sample. A sample that is
nothing but a slot is filled with every value."""

RESOLVES = 0.75
"""A slot's words resolve to the nearest value of its type from this cosine of letter n-grams on."""

GREED = 0.5
"""How near a sample with AMAZON.SearchQuery is to every utterance that begins with its words: samples that are nearer
win, all others lose to it. Alexa's own figure is unknown; a measurement should hold at 0.4 and 0.6 as well."""

SEARCH_QUERY = "AMAZON.SearchQuery"
DURATION = "AMAZON.DURATION"
FALLBACK = "AMAZON.FallbackIntent"
AUTHORITY = "amzn1.er-authority.echo-sdk.amzn1.ask.skill.00000000-0000-0000-0000-000000000000"

DURATIONS = tuple(f"{number} {unit}" for number in ("two", "3", "ten") for unit in ("days", "weeks", "months"))

_SLOT = re.compile(r"{(\w+)}")
_PUNCTUATION = re.compile(r"[^\w' ]+")


class Nearness(Protocol):
    """A way to say how near utterances are to sentences."""

    name: str
    falls_back_below: Mapping[str, float]
    """The nearness below which it is no sample, by the level of fallbackIntentSensitivity."""

    def learn(self, sentences: Sequence[str]) -> None:
        """Take the sentences that utterances are compared with."""

    def nearest(self, utterances: Sequence[str]) -> tuple[Iterable[int], Iterable[float]]:
        """Return, for each utterance, the number of the nearest sentence and how near it is, from 0 to 1."""


class Ngrams:
    """TF-IDF of words and of letters, compared by cosine."""

    name = "words and letters"
    falls_back_below: Mapping[str, float] = {"LOW": 0.3, "MEDIUM": 0.4, "HIGH": 0.5}

    def learn(self, sentences: Sequence[str]) -> None:
        """Take the sentences that utterances are compared with."""
        self._words = tfidf.Index(sentences, tfidf.words)
        self._letters = tfidf.Index(sentences, tfidf.letters, sublinear=True)

    def nearest(self, utterances: Sequence[str]) -> tuple[list[int], list[float]]:
        """Return the nearest sentence to each utterance: the mean of both cosines."""
        found = []
        for said in utterances:
            both = zip(self._words.cosines(said), self._letters.cosines(said), strict=True)
            near = [(by_words + by_letters) / 2 for by_words, by_letters in both]
            best = max(range(len(near)), key=near.__getitem__)
            found.append((best, near[best]))
        return [best for best, _ in found], [near for _, near in found]


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What the neutral understanding made of an utterance."""

    intent: str
    slots: Mapping[str, Mapping[str, Any]]
    """As Alexa sends them: each slot of the intent, also those that nothing was said for."""
    sample: str
    """The sample that was nearest; empty after a fallback."""
    nearness: float

    @property
    def unresolved(self) -> bool:
        """Whether the words of a slot are no value of its type."""
        return any(_code(slot) == "ER_SUCCESS_NO_MATCH" for slot in self.slots.values())


@dataclass(frozen=True, kw_only=True)
class _Sentence:
    words: str
    intent: str
    sample: str


class Neutral:
    """The understanding of one interaction model."""

    def __init__(self, model: Mapping[str, Any], nearness: Nearness, *, greed: float = GREED) -> None:
        """Learn the samples of ``model``, an interaction model as the developer console takes it."""
        language = model["interactionModel"]["languageModel"]
        self._slots = {
            intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for intent in language["intents"]
        }
        self._types = {type_["name"]: _Type(type_) for type_ in language["types"]}
        self._sentences = list(self._filled(language["intents"]))
        self._carriers = list(self._with_search_query(language["intents"]))
        self._nearness, self._greed = nearness, greed
        level = language.get("modelConfiguration", {}).get("fallbackIntentSensitivity", {}).get("level", "LOW")
        self._falls_back_below = nearness.falls_back_below[level]
        nearness.learn([sentence.words for sentence in self._sentences])

    def __len__(self) -> int:
        return len(self._sentences)

    def understand(self, utterances: Sequence[str]) -> list[Understood]:
        """Return the intent that each utterance is taken for."""
        spoken = [_Spoken.of(words) for words in utterances]
        best, near = self._nearness.nearest([" ".join(said.plain) for said in spoken])
        return [
            self._understood(said, self._sentences[int(number)], float(score))
            for said, number, score in zip(spoken, best, near, strict=True)
        ]

    def _understood(self, said: "_Spoken", nearest: _Sentence, score: float) -> Understood:
        if carrier := self._carrier(said, score):
            intent, sample, score = carrier.intent, carrier.sample, self._greed
        elif score >= self._falls_back_below:
            intent, sample = nearest.intent, nearest.sample
        else:
            return Understood(intent=FALLBACK, slots={}, sample="", nearness=score)
        spans = aligned([_plain(word) for word in sample.split()], said.plain)
        slots = {
            name: self._slot(name, type_, said, spans.get(name)) for name, type_ in self._slots.get(intent, {}).items()
        }
        return Understood(intent=intent, slots=slots, sample=sample, nearness=score)

    def _carrier(self, said: "_Spoken", score: float) -> _Sentence | None:
        """Return the longest sample with SearchQuery that the utterance begins with, unless another is nearer."""
        if score > self._greed:
            return None
        opening = " ".join(said.plain)
        fitting = [carrier for carrier in self._carriers if opening.startswith(f"{carrier.words} ")]
        return max(fitting, key=lambda carrier: len(carrier.words), default=None)

    def _slot(self, name: str, type_: str, said: "_Spoken", span: tuple[int, int] | None) -> dict[str, Any]:
        slot: dict[str, Any] = {"name": name, "confirmationStatus": "NONE"}
        if span is None:
            return slot
        slot |= {"value": " ".join(said.raw[slice(*span)]), "source": "USER"}
        plain = " ".join(said.plain[slice(*span)])
        if type_ == DURATION:
            found = amazon.duration(plain)
            slot["value"] = found.iso if found else "?"
        elif type_ in self._types:
            slot["resolutions"] = {"resolutionsPerAuthority": [self._types[type_].resolution(plain)]}
        return slot

    def _filled(self, intents: Sequence[Mapping[str, Any]]) -> Iterator[_Sentence]:
        """Yield the samples of all intents with their slots filled, and what Amazon's own intents know."""
        for intent in intents:
            name = intent["name"]
            for phrase in amazon.PHRASES.get(name, ()):
                yield _Sentence(words=_plain(phrase), intent=name, sample=phrase)
            for sample in intent["samples"]:
                types = {slot: self._slots[name][slot] for slot in _SLOT.findall(sample)}
                if SEARCH_QUERY in types.values():
                    continue
                for values in self._fillings(sample, types):
                    words = sample.format(**values)
                    yield _Sentence(words=_plain(words), intent=name, sample=sample)

    def _fillings(self, sample: str, types: Mapping[str, str]) -> Iterator[dict[str, str]]:
        values = {slot: DURATIONS if type_ == DURATION else self._types[type_].words for slot, type_ in types.items()}
        if not values:
            yield {}
        elif _SLOT.fullmatch(sample):
            ((slot, words),) = values.items()
            yield from ({slot: value} for value in words)
        else:
            draw = random.Random(sample)  # noqa: S311 a seeded choice of words, not a secret
            for _ in range(FILLINGS):
                yield {slot: draw.choice(words) for slot, words in values.items()}

    def _with_search_query(self, intents: Sequence[Mapping[str, Any]]) -> Iterator[_Sentence]:
        for intent in intents:
            for sample in intent["samples"]:
                if any(self._slots[intent["name"]][slot] == SEARCH_QUERY for slot in _SLOT.findall(sample)):
                    yield _Sentence(words=_plain(_SLOT.sub("", sample)), intent=intent["name"], sample=sample)


class _Type:
    """A custom slot type."""

    def __init__(self, type_: Mapping[str, Any]) -> None:
        self._name = type_["name"]
        spoken = [
            (words, value)
            for value in type_["values"]
            for words in (value["name"]["value"], *value["name"]["synonyms"])
        ]
        self.words = tuple(words for words, _ in spoken)
        self._values = [value for _, value in spoken]
        self._letters = tfidf.Index([_plain(words) for words in self.words], tfidf.letters)

    def resolution(self, plain: str) -> dict[str, Any]:
        """Return what the words of a slot resolve to, as Alexa sends it."""
        near = self._letters.cosines(plain)
        found: dict[str, Any] = {"authority": f"{AUTHORITY}.{self._name}", "status": {"code": "ER_SUCCESS_NO_MATCH"}}
        best = max(range(len(near)), key=near.__getitem__)
        if near[best] >= RESOLVES:
            value = self._values[best]
            found["status"] = {"code": "ER_SUCCESS_MATCH"}
            found["values"] = [{"value": {"name": value["name"]["value"], "id": value["id"]}}]
        return found


@dataclass(frozen=True)
class _Spoken:
    """An utterance word by word: as Alexa would write it, and as samples are compared."""

    raw: list[str]
    plain: list[str]

    @classmethod
    def of(cls, words: str) -> "_Spoken":
        raw = [word for word in _PUNCTUATION.sub(" ", words.lower()).split() if word.strip("'_")]
        return cls(raw=raw, plain=[word.replace("'", "") for word in raw])


def _plain(words: str) -> str:
    if _SLOT.fullmatch(words):
        return words
    return " ".join(_PUNCTUATION.sub(" ", words.lower()).replace("'", "").split())


_ODD_WORD, _MISSING_WORD, _EMPTY_SLOT, _WORD_IN_SLOT = 1.0, 1.0, 5.0, 0.1
"""What an alignment pays for: a word outside of every slot that the sample does not have, a word of the sample that was
not said, a slot without words, and each word in a slot."""


def aligned(sample: Sequence[str], words: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return which of ``words`` each slot of ``sample`` takes, as the first and one past the last.

    The cheapest alignment is taken: the sample's own words stand where they were said, and a slot takes what is
    between. A slot that no word is left for is not in the result.
    """
    none = (float("inf"), (-1, -1), False)
    best = [[none] * (len(words) + 1) for _ in range(len(sample) + 1)]
    best[0][0] = (0.0, (-1, -1), False)
    slots = [bool(_SLOT.fullmatch(part)) for part in sample]

    def offer(row: int, column: int, cost: float, came: tuple[int, int], *, in_slot: bool) -> None:
        if cost < best[row][column][0]:
            best[row][column] = (cost, came, in_slot)

    for row in range(len(sample) + 1):
        for column in range(len(words) + 1):
            cost, here = best[row][column][0], (row, column)
            said, wanted = column < len(words), row < len(sample)
            if said:
                in_slot = row > 0 and slots[row - 1]
                offer(row, column + 1, cost + (_WORD_IN_SLOT if in_slot else _ODD_WORD), here, in_slot=in_slot)
            if wanted:
                offer(row + 1, column, cost + (_EMPTY_SLOT if slots[row] else _MISSING_WORD), here, in_slot=False)
            if said and wanted and slots[row]:
                offer(row + 1, column + 1, cost + _WORD_IN_SLOT, here, in_slot=True)
            elif said and wanted and sample[row] == words[column]:
                offer(row + 1, column + 1, cost, here, in_slot=False)
    return _spans(sample, best, (len(sample), len(words)))


def _spans(
    sample: Sequence[str], best: list[list[tuple[float, tuple[int, int], bool]]], at: tuple[int, int]
) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    while at != (0, 0):
        (row, column), (_, came, in_slot) = at, best[at[0]][at[1]]
        if in_slot:
            slot = sample[row - 1][1:-1]
            spans[slot] = (column - 1, spans[slot][1] if slot in spans else column)
        at = came
    return spans


def _code(slot: Mapping[str, Any]) -> str:
    resolutions = slot.get("resolutions", {}).get("resolutionsPerAuthority", ())
    return next((str(found["status"]["code"]) for found in resolutions), "")
