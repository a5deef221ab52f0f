"""What people really say: understood, and above all never lost. The utterances are data in ``tests/utterances``."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from skill.adapters.slots import move_of
from skill.dialog.moves import Move

from simulator import builtin, states
from simulator.client import AlexaClient
from simulator.conversations import say
from simulator.understand import NEAR, SlotValue, Understanding, Understood, normalized
from skill.adapters import alexa
from skill.dialog.conversation import converse
from skill.dialog.session import Session, Stage
from skill.engine.triage import assess
from skill.prompts import catalogue
from skill.protocol.care import TOPIC
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK
from tools import build_models

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((Path(__file__).parent / "utterances").glob("*.toml"))
LOCALES = [path.stem for path in FILES]
FEWEST = 500
RIGHT_SHARE = 0.95
NEW_SHARE = 0.60


@dataclass(frozen=True)
class Said:
    """One utterance, where it is said, and what it must do."""

    locale: str
    words: str
    when: str
    intents: tuple[str, ...]
    present: frozenset[str]
    absent: frozenset[str]
    doubted: frozenset[str]
    days: float | None
    topic: str | None

    @property
    def urgent(self) -> bool:
        """Whether the words hold a present emergency finding."""
        return any(UPPER_BACK.finding[FindingId(id_)].level is Level.EMERGENCY for id_ in self.present | self.doubted)


def _read(path: Path) -> list[Said]:
    return [
        Said(
            path.stem,
            words,
            group["when"],
            tuple([group["intent"]] if isinstance(group["intent"], str) else group["intent"]),
            frozenset(group.get("present", ())),
            frozenset(group.get("absent", ())),
            frozenset(group.get("doubted", ())),
            group.get("days"),
            group.get("topic"),
        )
        for group in tomllib.loads(path.read_text("utf-8"))["group"]
        for words in group["words"]
    ]


ALL = [said for path in FILES for said in _read(path)]


def understood_apart(locale: str, words: Iterable[str]) -> dict[str, Understood]:
    """Return what the simulator makes of each of ``words``, in a process of its own without coverage.

    There are thousands of them, and from Python 3.12 on they take ten times as long where threads are traced.
    """
    asked = list(dict.fromkeys(words))
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-W", "ignore", "-m", "simulator.understand", "--locale", locale]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, input="\n".join(asked), capture_output=True, text=True, check=True
    )
    made = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        said: Understood(
            intent=found["intent"],
            score=found["score"],
            slots={name: SlotValue(**slot) for name, slot in found["slots"].items()},
        )
        for said, found in zip(asked, made, strict=True)
    }


@cache
def _understood(locale: str) -> dict[str, Understood]:
    return understood_apart(locale, (said.words for said in ALL if said.locale == locale))


def understood(said: Said) -> Understood:
    """Return what the simulator makes of the words."""
    return _understood(said.locale)[said.words]


def move(said: Said, found: Understood | None = None) -> Move:
    """Return the move that the adapter makes of it, or of ``found``."""
    found = found or understood(said)
    slots = {
        name: {"value": slot.spoken, "ids": [slot.value_id] if slot.value_id else []}
        for name, slot in found.slots.items()
    }
    return move_of(found.intent, slots, UPPER_BACK, catalogue.load(said.locale).is_sentence)


def is_right(said: Said) -> bool:
    """Return whether the words do what their group says."""
    made = move(said)
    if said.intents == ("any",):
        return not _passes_by(said)
    return (
        understood(said).intent in said.intents
        and set(made.present) == said.present
        and set(made.absent) == said.absent
        and made.days == said.days
        and made.topic == said.topic
    )


def _passes_by(said: Said) -> bool:
    """Return whether an emergency finding in the words was taken as a no, or went by without a question about it."""
    return states.passes_by(said.when, move(said), {FindingId(id_) for id_ in said.present | said.doubted})


def test_there_are_enough_utterances_and_most_are_new_to_the_model() -> None:
    for locale in LOCALES:
        utterances = [said for said in ALL if said.locale == locale]
        heard = build_models.heard(locale)
        samples = {normalized(sample) for intent in heard["intents"] for sample in build_models.samples(heard, intent)}
        samples |= {phrase for phrases in builtin.PHRASES.values() for phrase in phrases}
        new = [said for said in utterances if normalized(said.words) not in samples]
        assert len({(said.when, said.words) for said in utterances}) == len(utterances) >= FEWEST
        assert len(new) / len(utterances) >= NEW_SHARE
    assert catalogue.locales() == LOCALES


@pytest.mark.parametrize("locale", LOCALES)
def test_at_least_95_of_100_are_understood(locale: str) -> None:
    utterances = [said for said in ALL if said.locale == locale]
    wrong = [(said.when, said.words, understood(said).intent) for said in utterances if not is_right(said)]
    assert 1 - len(wrong) / len(utterances) >= RIGHT_SHARE, wrong


@pytest.mark.parametrize("said", [said for said in ALL if said.urgent], ids=lambda said: f"{said.when}-{said.words}")
def test_no_emergency_sign_is_taken_as_a_no_or_passes_by(said: Said) -> None:
    assert not _passes_by(said), understood(said)


LOST_WITH_A_WORD = {
    "no a small fall",  # of "no just a small fall": "no" before a noun denies it
    "i can breathe",  # of "i can barely breathe": what is left says the opposite
}


def _without_each(words: list[str]) -> Iterator[tuple[list[str], str, list[str]]]:
    for number, word in enumerate(words):
        yield words[:number], word, words[number + 1 :]


def test_a_word_that_was_not_heard_never_turns_an_emergency_sign_into_a_denial() -> None:
    left_over = {
        " ".join([*before, *after]): said
        for said in ALL
        if said.urgent and said.locale == "en-US"
        for before, word, after in _without_each(said.words.split())
        if not builtin.polarity(normalized(word)) and (before or after)
    }
    made = understood_apart("en-US", left_over)
    denied = {
        words
        for words, said in left_over.items()
        if made[words].intent == "AMAZON.NoIntent"
        or set(move(said, made[words]).absent) & (said.present | said.doubted)
    }
    assert len(left_over) > 1_000
    assert denied == LOST_WITH_A_WORD


def test_emergency_signs_are_said_in_many_ways() -> None:
    ways = Counter(id_ for said in ALL if said.urgent for id_ in said.present)
    emergencies = {finding.id for finding in UPPER_BACK.findings if finding.level is Level.EMERGENCY}
    assert set(ways) == emergencies
    assert min(ways.values()) >= 5


def test_each_topic_is_reached_in_eight_ways_and_more() -> None:
    ways = Counter(said.topic for said in ALL if said.topic)
    assert set(ways) == set(TOPIC)
    assert min(ways.values()) >= 8
    assert [said.words for said in ALL if said.topic and not is_right(said)] == []


CALLS = [said for said in ALL if {"EmergencyIntent", "CrisisIntent", "DistressIntent"} & set(said.intents)]


@pytest.mark.parametrize("when", states.STATES)
def test_a_call_for_help_gets_the_number_first_from_every_state(when: str, words: catalogue.Catalogue) -> None:
    assert len(CALLS) > 30
    for said in CALLS:
        _, reply = converse(UPPER_BACK, states.session(when), move(said))
        first = words.text(reply.say[:2])
        assert "911" in first, said


# --- The model itself


def _by_intent(locale: str) -> dict[str, list[str]]:
    """Return the samples of each intent; a slot is as long as the words that fill it usually are."""
    heard = build_models.heard(locale)
    return {
        intent: list(
            dict.fromkeys(
                normalized(re.sub(r"{(\w+)}", lambda slot: f" {slot[1] * 3} ", sample))
                for sample in build_models.samples(heard, intent)
            )
        )
        for intent in heard["intents"]
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sample_is_nearer_to_another_intent_than_to_its_own(locale: str) -> None:
    """Near is what the matcher takes for near: whole-string ratio, the same words of yes and no."""
    samples = _by_intent(locale)
    rivals: dict[tuple[str, tuple[str, ...]], dict[str, str]] = defaultdict(dict)
    for intent in samples:
        for other, sentences in samples.items():
            if other != intent:
                for sentence in sentences:
                    rivals[intent, tuple(builtin.polarity(sentence))][sentence] = other
    over = []
    for intent, sentences in samples.items():
        for number, sentence in enumerate(sentences):
            own = process.extractOne(sentence, sentences[:number] + sentences[number + 1 :], scorer=fuzz.ratio)
            reach = max(NEAR, own[1] if own else 0)
            others = rivals[intent, tuple(builtin.polarity(sentence))]
            if found := process.extractOne(sentence, list(others), scorer=fuzz.ratio, score_cutoff=reach + 0.01):
                over.append((intent, sentence, others[found[0]], found[0]))
    assert sum(map(len, samples.values())) > 1_000
    assert over == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_hedge_has_a_reason_and_leads_where_it_says(locale: str) -> None:
    hedges: dict[str, Any] = build_models.heard(locale)["hedges"]
    counted = {
        sentence: hedge["counts_as"]
        for hedge in hedges.values()
        for template in hedge["samples"]
        for sentence in build_models.expanded(template)
        if "{" not in sentence
    }
    made = understood_apart(locale, counted)
    assert len(hedges) >= 6
    assert all(hedge["reason"] for hedge in hedges.values())
    assert {sentence: made[sentence].intent for sentence in counted} == counted


SIGN_VALUES = {
    type_["name"]: [
        words for value in type_["values"] for words in (value["name"]["value"], *value["name"]["synonyms"])
    ]
    for locale in LOCALES
    for type_ in build_models.model(build_models.heard(locale))["interactionModel"]["languageModel"]["types"]
}


def test_a_sentence_that_reports_a_sign_is_a_report_after_a_no_as_well() -> None:
    said = [f"{before}{words}" for words in SIGN_VALUES["SIGN_STATEMENT"] for before in ("", "no ", "no but ", "yes ")]
    made = understood_apart("en-US", said)
    assert len(said) > 1_000
    reports = ("ReportSignIntent", "NoSignIntent", "YesSignIntent")
    assert {words: found.intent for words, found in made.items() if found.intent not in reports} == {}


# --- The shapes in which Alexa sends slots


@pytest.mark.parametrize(
    ("ids", "value", "present", "unresolved"),
    [
        (["fever"], "a fever", ("fever",), False),
        ([], "a gizmo", (), True),
        (["fever", "chest_pain"], "hot chest", ("chest_pain",), False),
        (["ufo"], "a ufo", (), True),
        (["ufo", "fever"], "hot", ("fever",), False),
        ([], None, (), True),
    ],
    ids=["match", "no match", "several: the more urgent", "unknown id", "unknown and known", "no value"],
)
def test_a_slot_counts_in_every_shape(ids: list[str], value: str | None, present: tuple[str], unresolved: bool) -> None:
    made = move_of("ReportSignIntent", {"finding": {"value": value, "ids": ids}}, UPPER_BACK)
    assert (made.present, made.unresolved) == (present, unresolved)


IS_SENTENCE = catalogue.load("en-US").is_sentence
SENTENCES = ("my arm is numb", "I can't breathe", "my chest hurts", "I fell off a ladder", "it's hard to breathe")


@pytest.mark.parametrize("words", SENTENCES)
@pytest.mark.parametrize(("intent", "slot"), [("DenySignIntent", "finding"), ("MixedSignIntent", "denied_state")])
def test_a_sentence_in_the_slot_of_a_denied_noun_denies_nothing(intent: str, slot: str, words: str) -> None:
    """Whatever Alexa resolves it to: the question is put again."""
    made = move_of(intent, {slot: {"value": words, "ids": ["chest_pain"]}}, UPPER_BACK, IS_SENTENCE)
    assert (made.absent, made.unresolved) == ((), True)
    session, reply = converse(UPPER_BACK, states.session("heart_lungs"), made)
    assert not session.answers
    assert not reply.ends


def test_a_noun_and_a_sentence_that_denies_are_denials() -> None:
    for slot, words in (("finding", "chest pain"), ("state", "short of breath"), ("denial", "my chest doesn't hurt")):
        made = move_of("DenySignIntent", {slot: {"value": words, "ids": ["chest_pain"]}}, UPPER_BACK, IS_SENTENCE)
        assert made.absent == ("chest_pain",)


@pytest.mark.parametrize("type_", ["SIGN", "SIGN_STATE"])
def test_no_noun_of_the_model_is_a_sentence(type_: str) -> None:
    assert [words for words in SIGN_VALUES[type_] if IS_SENTENCE(words)] == []


def test_the_sentences_that_report_are_told_from_nouns() -> None:
    known = [words for words in SIGN_VALUES["SIGN_STATEMENT"] if IS_SENTENCE(words)]
    assert len(known) / len(SIGN_VALUES["SIGN_STATEMENT"]) > 0.95


def test_a_sign_without_a_match_gets_the_pending_question_in_plainer_words(words: catalogue.Catalogue) -> None:
    unknown = move_of("ReportSignIntent", {"finding": {"value": "a gizmo", "ids": []}}, UPPER_BACK)
    session, reply = converse(UPPER_BACK, states.session("nerves"), unknown)
    said = words.text((*reply.say, *reply.ask))
    assert session.stage is Stage.ASKING
    assert "Is one arm or leg hard to lift" in said
    assert "Did you say" not in said


def test_a_denial_with_an_unknown_report_keeps_both_open(words: catalogue.Catalogue) -> None:
    mixed = move_of(
        "MixedSignIntent",
        {"denied_sign": {"value": "chest pain", "ids": ["chest_pain"]}, "finding": {"value": "a gizmo", "ids": []}},
        UPPER_BACK,
    )
    session, reply = converse(UPPER_BACK, states.session("heart_lungs"), mixed)
    said = words.text((*reply.say, *reply.ask))
    assert assess(UPPER_BACK, session.answers).absent == {"chest_pain"}
    assert said.startswith("I do not know that finding by name.")
    assert "Is it hard to catch your breath" in said


# --- Random sequences of real utterances

HANDLER = alexa.create({})
TAKES_BACK = {
    *("AMAZON.PreviousIntent", "AMAZON.StartOverIntent", "CorrectNoIntent", "StartCheckIntent"),
    *("AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent"),  # after the read-back a no goes through all again
}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(ALL), max_size=12))
def test_any_sequence_of_real_utterances_has_a_way_out_and_never_lowers_the_level(sequence: list[Said]) -> None:
    client = AlexaClient(handler=HANDLER, locale="en-US")
    understanding = Understanding.for_locale("en-US")
    client.launch()
    for said in sequence:
        before = _level(client)
        heard = say(client, understanding, said.words)
        assert heard.text
        if heard.ends:
            return
        if understood(said).intent not in TAKES_BACK:
            assert _level(client) >= before
    assert say(client, understanding, "stop").ends


def _level(client: AlexaClient) -> Level:
    session = Session.from_attributes(json.loads(json.dumps(client.attributes)), UPPER_BACK)
    return assess(UPPER_BACK, session.answers).level
