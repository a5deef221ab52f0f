"""Finds what an utterance is about when it fits no sample: findings, topics, durations and calls for help inside of it.

Alexa's own understanding generalizes from the samples; this stands in for that, and leans to the urgent side. No finding
is ever taken as denied here, and an answer as no only where every single word is known to be harmless.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from simulator import builtin
from simulator import cues as english
from skill.protocol.model import FindingId
from skill.protocol.upper_back import UPPER_BACK

SIGN_TYPES = {"SIGN": "sign", "SIGN_STATE": "state", "SIGN_STATEMENT": "statement", "SIGN_DENIAL": "denial"}
"""The slot types of findings, and the slot of the report that holds each."""

FEWEST_WORDS = 3
"""Of a sample that may stand inside a longer utterance; shorter ones stand in too many."""

FEWEST_WORDS_OF_A_CALL = 2
"""Of a call for help: "help me" counts wherever it stands, "emergency" alone also stands in "the emergency room"."""

ALWAYS_FIRST = ("CrisisIntent", "EmergencyIntent", "DistressIntent")
"""The calls for help: nothing else in the utterance is looked at before them."""

SAID_INSIDE = (
    *("AMAZON.RepeatIntent", "RephraseIntent", "WhyIntent", "AMAZON.PreviousIntent", "AMAZON.StartOverIntent"),
    *("AMAZON.HelpIntent", "AMAZON.StopIntent", "CorrectYesIntent", "WhatElseIntent", "SendIntent", "GuideIntent"),
    *("WorseningIntent", "StartCheckIntent", "SlowerIntent", "HurtsIntent", "AMAZON.NextIntent"),
)
"""The intents that may be recognized by a sample inside a longer utterance. None of them clears a finding."""


@dataclass(frozen=True, kw_only=True)
class Spotted:
    """An intent and its slots, each with the words and the value id."""

    intent: str
    slots: Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True, kw_only=True)
class _Phrase:
    """A slot value found in an utterance."""

    start: int
    end: int
    type: str
    id: str
    words: str


class Spotter:
    """What one locale's model lets be found inside an utterance."""

    def __init__(
        self,
        values: Mapping[str, Mapping[str, str]],
        samples: Mapping[str, Sequence[str]],
        cues: Mapping[str, Sequence[str]],
        calls: Mapping[str, Sequence[str]],
    ) -> None:
        """Take what may be found.

        Args:
            values: the words of each slot type, normalized, with their ids.
            samples: the samples without slots, normalized, by intent.
            cues: words that make a finding when they stand together, by finding.
            calls: words that make a call for help when they stand together, by intent.
        """
        self._cues = {id_: [_compiled(cue) for cue in listed] for id_, listed in cues.items()}
        self._calls = {intent: [_compiled(cue) for cue in listed] for intent, listed in calls.items()}
        self._values = values
        self._longest = max((len(words.split()) for type_ in values.values() for words in type_), default=1)
        self._inside = {
            sample: intent
            for intent in (*SAID_INSIDE, *ALWAYS_FIRST)
            for sample in samples.get(intent, ())
            if len(sample.split()) >= (FEWEST_WORDS_OF_A_CALL if intent in ALWAYS_FIRST else FEWEST_WORDS)
        }

    def spot(self, said: str) -> Spotted | None:
        """Return what ``said``, normalized, is about, or None."""
        words = english.without_adverbs(said).split()
        inside = self._sample_inside(said.split()) or self._called(said.split())
        if inside in ALWAYS_FIRST:
            return Spotted(intent=inside, slots={})
        return (
            self._findings(words)
            or self._cue(said.split())
            or (Spotted(intent=inside, slots={}) if inside else None)
            or self._topic(words)
            or self._duration(said)
            or self._answer(said.split())
        )

    def _sample_inside(self, words: list[str]) -> str | None:
        found = [
            (end - start, self._inside[phrase])
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
            if (phrase := " ".join(words[start:end])) in self._inside
        ]
        first = [(length, intent) for length, intent in found if intent in ALWAYS_FIRST]
        return max(first or found, default=(0, None))[1]

    def _called(self, words: list[str]) -> str | None:
        """Return the call for help whose cues stand together, or None."""
        return next((intent for intent, cues in self._calls.items() if any(_hits(cue, words) for cue in cues)), None)

    def _phrases(self, words: list[str], types: Sequence[str]) -> list[_Phrase]:
        """Return the longest phrases of ``types``, from left to right, none inside another."""
        found, start = [], 0
        while start < len(words):
            for end in range(min(len(words), start + self._longest), start, -1):
                phrase = " ".join(words[start:end])
                hit = next((type_ for type_ in types if phrase in self._values.get(type_, {})), None)
                if hit:
                    found.append(_Phrase(start=start, end=end, type=hit, id=self._values[hit][phrase], words=phrase))
                    start = end - 1
                    break
            start += 1
        return found

    def _findings(self, words: list[str]) -> Spotted | None:
        phrases = self._phrases(words, ("SIGN_STATEMENT", "SIGN_DENIAL", "SIGN", "SIGN_STATE"))
        # A report has two slots of a kind: the most urgent findings come first, so that none of them is the one left out.
        present = sorted(
            (phrase for phrase in phrases if not self._is_denied(phrase, words)),
            key=lambda phrase: UPPER_BACK.finding[FindingId(phrase.id)].level,
            reverse=True,
        )
        if present:
            slots: dict[str, tuple[str, str | None]] = {}
            for phrase in present:
                name = SIGN_TYPES[phrase.type]
                name = name if name not in slots else f"other_{name}"
                slots.setdefault(name, (phrase.words, phrase.id))
            return Spotted(intent=_report(words), slots=slots)
        return None

    def _cue(self, words: list[str]) -> Spotted | None:
        """Return the first finding whose cues stand together in one clause that denies nothing else."""
        for clause in _clauses(words):
            # "No my chest is bad" reports; "no chest trouble" does not.
            answered = clause[0] in english.NO and clause[1:2] and clause[1] in english.SUBJECTS
            denies = set(clause[1:] if answered else clause) & english.DENIES
            for id_, cues in self._cues.items():
                if any((hits := _hits(cue, clause)) and not denies - hits for cue in cues):
                    return Spotted(intent=_report(words), slots={"statement": (" ".join(clause), id_)})
        return None

    def _is_denied(self, phrase: _Phrase, words: list[str]) -> bool:
        if phrase.type == "SIGN_DENIAL":
            return True
        before = words[: phrase.start]
        for number, word in reversed(list(enumerate(before))):
            if word in english.BREAKS:
                return False
            # A "no" that answers ("no my chest hurts") denies no sentence; "don't" and "not" do.
            if word in english.DENIES and not (phrase.type == "SIGN_STATEMENT" and word in english.NO):
                return not (word in english.NO and number == 0 and phrase.type == "SIGN_STATE")
        return False

    def _topic(self, words: list[str]) -> Spotted | None:
        topics = self._phrases(words, ("TOPIC",))
        if topics and words[0] in english.ASKS:
            longest = max(topics, key=lambda phrase: phrase.end - phrase.start)
            return Spotted(intent="TopicIntent", slots={"topic": (longest.words, longest.id)})
        return None

    def _duration(self, said: str) -> Spotted | None:
        words = said.split()
        if words[0] in english.ASKS or any(word in english.DENIES for word in words):
            return None
        if duration := builtin.duration(said):
            return Spotted(intent="DurationIntent", slots={"duration": (duration.iso, None)})
        spans = self._phrases(words, ("SPAN",))
        if spans:
            longest = max(spans, key=lambda phrase: phrase.end - phrase.start)
            return Spotted(intent="DurationIntent", slots={"span": (longest.words, longest.id)})
        return None

    def _answer(self, words: list[str]) -> Spotted | None:
        denies = any(word in english.DENIES or word in english.BREAKS - {"and"} for word in words)
        text = f" {' '.join(words)} "
        if any(f" {doubt} " in text for doubt in english.DOUBTS):
            return Spotted(intent="UnsureIntent", slots={})
        if not denies and (
            (words[:1] and words[0] in english.YES) or any(f" {some} " in text for some in english.SOMEWHAT)
        ):
            return Spotted(intent="AMAZON.YesIntent", slots={})
        if denies and all(word in english.HARMLESS for word in words) and not (_affirms(words) or _breaks_off(words)):
            return Spotted(intent="AMAZON.NoIntent", slots={})
        return None


Cue = list[re.Pattern[str]]
"""The parts of a cue: a word for each has to be there."""


def _compiled(cue: str) -> Cue:
    return [re.compile(part.replace("*", r"\w*")) for part in cue.split()]


def _hits(cue: Cue, words: Sequence[str]) -> set[str]:
    """Return the words that the parts of ``cue`` find; empty where one part finds none."""
    hits = [{word for word in words if part.fullmatch(word)} for part in cue]
    return set().union(*hits) if all(hits) else set()


def _clauses(words: list[str]) -> list[list[str]]:
    """Return ``words`` cut at each word after which something new begins."""
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in english.BREAKS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [clause for clause in clauses if clause]


def _affirms(words: Sequence[str]) -> bool:
    """Return whether a verb says yes after all, as in "no I did": nothing but a plain no stands before it."""
    plain = True
    for word in words:
        if word in english.AFFIRMS and plain:
            return True
        plain = plain and (word not in english.DENIES or word in english.NO)
    return False


def _breaks_off(words: Sequence[str]) -> bool:
    """Return whether a word is missing at the end, as in "no I ...", or after a "not": it may be the finding."""
    before_no = any(word == "not" and after in english.NO for word, after in pairwise(words))
    return words[-1] in english.DANGLING or before_no


def _report(words: list[str]) -> str:
    if words[0] in english.YES:
        return "YesSignIntent"
    return "NoSignIntent" if words[0] in english.NO else "ReportSignIntent"


def spotter(language: Mapping[str, Any], normalized: Callable[[str], str]) -> Spotter:
    """Return the spotter of a ``languageModel``; ``normalized`` brings words into the form of the utterances."""
    values = {
        type_["name"]: {
            normalized(words): value["id"]
            for value in type_["values"]
            for words in (value["name"]["value"], *value["name"]["synonyms"])
        }
        for type_ in language["types"]
    }
    without_adverbs = {
        name: {plain: id_ for words, id_ in found.items() if " " in (plain := english.without_adverbs(words))} | found
        for name, found in values.items()
    }
    samples = {
        intent["name"]: [normalized(sample) for sample in intent["samples"] if "{" not in sample]
        for intent in language["intents"]
    }
    return Spotter(without_adverbs, samples, english.CUES, english.CALLS)
