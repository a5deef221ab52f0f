"""What is said: complete, easy, short, well-formed. Measured on every turn of every interview."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import reading_level
from hypothesis import given
from hypothesis import strategies as st
from talking import NO, OPEN, PATHS, SOFT_NO, TURNS, UNSURE, YES, after, do

from skill.acts import Answer
from skill.dialog import states
from skill.dialog.conversation import converse
from skill.dialog.reply import Reply
from skill.dialog.session import Session
from skill.dialog.states import guiding
from skill.prompts import catalogue, ssml
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue, CatalogueError, gaps_in
from skill.prompts.check import GAPS, OWN_KEYS, expected_keys, faults
from skill.prompts.prompt import Prompt
from skill.protocol.care import LONGEST_GUIDED_SECONDS, Step
from skill.protocol.guide import UPPER_BACK_GUIDE

PROTOCOL, CARE = UPPER_BACK_GUIDE.protocol, UPPER_BACK_GUIDE.care
HIGHEST_GRADE = 6.0
LONGEST_TURN_SECONDS = 30.0


# --- For the ear


@pytest.fixture(scope="module")
def turns(words: Catalogue) -> dict[str, list[str]]:
    """Every turn of every interview, and what every act gets: the text, and the sentences it is made of."""
    heard: dict[str, list[str]] = {}
    for reply in _every_reply():
        said = words.said((*reply.say, *reply.ask))
        heard[ssml.plain(said)] = said
    return heard


def _every_reply() -> Iterator[Reply]:
    """Yield the replies of every interview of yes, no and not sure, of yes and soft no, and to every act everywhere."""
    for answers in ((YES, NO, UNSURE), (YES, SOFT_NO)):
        yield from _every_reply_to(answers)
    for path in PATHS.values():
        session = after(*path).session
        replies = (do(session, done).reply for done in TURNS)
        yield from (reply for reply in replies if not any(map(_is_silence, reply.say)))


def _every_reply_to(answers: tuple[Answer, ...]) -> Iterator[Reply]:
    """Yield the replies of every interview of ``answers``, each session reached only once."""
    seen: set[Session] = set()
    unfinished = [after(OPEN)]
    while unfinished:
        session, reply = unfinished.pop()
        yield reply
        if session in seen or not isinstance(session.state, states.Asking | states.ReadingBack):
            continue
        seen.add(session)
        given_ = (YES,) if isinstance(session.state, states.ReadingBack) else answers
        unfinished += [converse(UPPER_BACK_GUIDE, session, (answer,)) for answer in given_]


def _is_silence(prompt: Prompt) -> bool:
    """Whether a prompt is a step of guided relief or a pause: its silence is meant, and is held elsewhere."""
    return prompt.key.startswith("guided.steps.") or prompt == say.PAUSE


def test_no_turn_is_longer_than_thirty_seconds(turns: dict[str, list[str]]) -> None:
    assert len(turns) > 500
    assert [text for text, said in turns.items() if reading_level.seconds(said) > LONGEST_TURN_SECONDS] == []


def test_every_turn_is_read_easily_at_grade_six(turns: dict[str, list[str]]) -> None:
    assert [text for text in turns if reading_level.grade(text) > HIGHEST_GRADE] == []


def test_every_turn_is_short_enough_for_alexa(turns: dict[str, list[str]]) -> None:
    assert max(len(ssml.speak(said)) for said in turns.values()) < ssml.LONGEST_SPEECH


ALONE = [
    *(say.finding(finding.id, part) for finding in PROTOCOL.findings for part in ("ask", "plain")),
    *(say.question(question.id, part) for question in PROTOCOL.questions for part in ("ask", "why")),
]


@pytest.mark.parametrize("prompt", ALONE, ids=lambda prompt: prompt.key)
def test_every_question_and_reason_alone_is_read_easily_at_grade_six(prompt: Prompt, words: Catalogue) -> None:
    assert reading_level.grade(words.text([prompt])) <= HIGHEST_GRADE


TOLD = [
    (say.topic_part(topic.id, number), say.ANYTHING_ELSE)
    for topic in CARE.topics
    for number, _ in enumerate(topic.parts, 1)
] + [(say.topic_tip(topic.id), say.NET, say.CHECK_FIRST) for topic in CARE.topics]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told[0].key)
def test_each_part_and_tip_is_thirty_seconds_at_most_and_read_at_grade_six(
    told: tuple[Prompt, ...], words: Catalogue
) -> None:
    assert reading_level.seconds(words.said(told)) <= LONGEST_TURN_SECONDS
    assert reading_level.grade(words.text(told)) <= HIGHEST_GRADE


@pytest.mark.parametrize("step", CARE.steps, ids=lambda step: step.id)
def test_a_guided_step_fits_the_response_also_when_slow(step: Step, words: Catalogue) -> None:
    said = words.said([say.step(step.id, guiding.SLOWER)])
    assert reading_level.seconds(said) < LONGEST_GUIDED_SECONDS
    assert reading_level.grade(ssml.plain(said)) <= HIGHEST_GRADE


NEVER_SAID = (
    *("nothing serious", "opioid", "no pain, no gain", "no pain no gain", "milligram", " mg", "ibuprofen", "advil"),
    *("tylenol", "aspirin", "you need a scan", "i will call", "we will call", "your fault", "you have a heart attack"),
)


def test_nothing_is_said_that_must_never_be_said(words: Catalogue) -> None:
    everything = " ".join(sentence for said in words.sentences.values() for sentence in said).lower()
    assert [phrase for phrase in NEVER_SAID if phrase in everything] == []


# --- Complete


@pytest.mark.parametrize("locale", catalogue.locales())
def test_every_locale_has_words_for_every_prompt_and_no_others(locale: str) -> None:
    assert faults(catalogue.load(locale), UPPER_BACK_GUIDE) == []


def test_whatever_the_dialog_says_is_a_prompt_that_the_check_knows() -> None:
    known = expected_keys(UPPER_BACK_GUIDE)
    said = {
        key
        for reply in _every_act_everywhere()
        for prompt in (*reply.say, *reply.ask, *_on_card(reply))
        for key in (prompt.key, *prompt.names)
    }
    assert said - known == set()
    assert len(said) > 150


def _every_act_everywhere() -> Iterator[Reply]:
    for path in PATHS.values():
        session = after(*path).session
        yield from (do(session, done).reply for done in TURNS)


def _on_card(reply: Reply) -> list[Prompt]:
    return [reply.card.title, *(prompt for part in reply.card.paragraphs for prompt in part)] if reply.card else []


BROKEN = {
    "a missing finding": ({"findings.fever.ask": None}, "findings.fever.ask is missing; add it to prompts.toml"),
    "a missing part of a topic": ({"topics.rest.part_1": None}, "topics.rest.part_1 is missing; add it to topics.toml"),
    "a missing constant": ({"open.short": None}, "open.short is missing; add it"),
    "a missing number": ({"safety.emergency": None}, "safety.emergency is missing; add it"),
    "a missing way to list": ({"locale.pair_or": None}, "locale.pair_or is missing; add it"),
    "an unknown finding": ({"findings.ufo.ask": ("Seen a light?",)}, "findings.ufo.ask belongs to no prompt"),
    "words that nothing says": ({"open.extra": ("Hi.",)}, "open.extra belongs to no prompt"),
    "an unknown gap": ({"open.short": ("{ufo}",)}, "nothing fills {ufo}"),
    "the gap of another key": ({"open.short": ("{anywhere}",)}, "nothing fills {anywhere}"),
    "a broken gap": ({"open.short": ("{",)}, "write each gap as {name}"),
    "an empty prompt": ({"open.short": ("",)}, "open.short is empty"),
    "no sentence": ({"open.short": ()}, "open.short is empty"),
    "a long pause": ({"open.short": ("Wait. [pause 11s]",)}, "longer than 10 s"),
    "a broken mark": ({"open.short": ("Wait. [pauze 1s]",)}, "a mark in brackets"),
    "a long question": ({"questions.nerves.ask": ("word " * 21,)}, "has 21 words"),
    "a long question about a finding": ({"findings.fever.ask": ("word " * 21,)}, "has 21 words"),
}


@pytest.mark.parametrize(("changes", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_fault_of_the_words_is_named_with_its_remedy(
    changes: dict[str, tuple[str, ...] | None], sentence: str, words: Catalogue
) -> None:
    changed = {key: said for key, said in {**words.sentences, **changes}.items() if said is not None}
    (fault,) = faults(replace(words, locale="xx-YY", sentences=changed), UPPER_BACK_GUIDE)
    assert fault.startswith("xx-YY: ")
    assert sentence in fault


def test_every_gap_that_the_check_allows_is_filled(words: Catalogue) -> None:
    operator = dict.fromkeys(catalogue.OPTIONAL_GAPS, "Riverside.")
    said = replace(words, sentences={**words.sentences, "open.short": tuple(f"<{{{gap}}}>" for gap in sorted(GAPS))})
    names = (say.finding(PROTOCOL.findings[0].id, "name").key,)
    text = said.with_fields(operator).text([Prompt(key="open.short", names=names, count=1)])
    assert text.count("<") == len(GAPS)
    assert "<>" not in text
    assert "{" not in text


def test_what_is_not_a_prompt_is_what_the_catalogue_reads_itself(words: Catalogue) -> None:
    prompts = {prompt.key for prompt in say.every_prompt(UPPER_BACK_GUIDE)}
    assert words.sentences.keys() - prompts == OWN_KEYS


# --- The catalogue


def test_a_key_without_words_says_where_to_add_it(words: Catalogue) -> None:
    with pytest.raises(CatalogueError, match=r"en-US: nothing is said under open\.ufo; add it to prompts\.toml"):
        words.said([Prompt(key="open.ufo")])


def test_an_unknown_locale_lists_the_ones_there_are() -> None:
    with pytest.raises(CatalogueError, match="xx-YY: no such locale; choose one of en-US"):
        catalogue.load("xx-YY")


def test_a_broken_file_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "prompts.toml").write_text("[open\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"prompts\.toml: .*line 1.*mend the file there"):
        catalogue.read("xx-YY", tmp_path)


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"prompts\.toml: the file is missing; copy it"):
        catalogue.read("xx-YY", tmp_path)


def test_compiled_words_are_the_same_words(tmp_path: Path, words: Catalogue) -> None:
    (tmp_path / catalogue.COMPILED_FILE).write_text(catalogue.compiled(words), "utf-8")
    assert catalogue.read("en-US", tmp_path) == words


def test_a_place_without_numbers_of_its_own_hears_no_number(words: Catalogue) -> None:
    prompts = [say.CALL, say.NET, say.CRISIS_CALL, *say.every_prompt(UPPER_BACK_GUIDE)]
    assert "911" in words.text([say.CALL])
    text = catalogue.without_numbers(words).text(prompt for prompt in prompts if prompt.key not in OWN_KEYS)
    assert "911" not in text
    assert "988" not in text
    assert "your local emergency number or your local emergency number" not in text


def test_lists_are_joined_as_they_are_spoken(words: Catalogue) -> None:
    ids = [finding.id for finding in PROTOCOL.findings if finding.id in {"chest_pain", "jaw_pain", "fainting"}]
    assert [words.text([say.and_what_about(ids[:count])]) for count in (1, 2, 3)] == [
        "And what about chest pain?",
        "And what about chest pain, or jaw pain?",
        "And what about chest pain, jaw pain, or fainting?",
    ]


@given(st.text(max_size=60))
def test_any_text_becomes_well_formed_speech(text: str) -> None:
    clean = "".join(character for character in text if character.isprintable())
    assert ET.fromstring(ssml.speak([clean])).tag == "speak"  # noqa: S314 our own output


def test_pauses_are_silence_in_speech_and_nothing_on_a_card() -> None:
    assert ssml.speak(["Roll & rest. [pause 1.5s]"]) == '<speak><s>Roll &amp; rest. <break time="1.5s"/></s></speak>'
    assert ssml.plain(["Roll. [pause 500ms]", "Rest."]) == "Roll. Rest."
    assert ssml.pauses("[pause 500ms] [pause 2s]") == [0.5, 2.0]


def test_gaps_are_found() -> None:
    assert gaps_in("Call {emergency} or {crisis}.") == {"emergency", "crisis"}


# --- The measure itself


def test_the_reading_level_tells_easy_from_hard() -> None:
    easy = "Lie down. Put a pack on your back. Then roll your neck."
    hard = "Musculoskeletal pathology necessitates multidisciplinary physiotherapeutic intervention immediately."
    assert reading_level.grade(easy) < 3
    assert reading_level.grade(hard) > 15


def test_a_dialled_number_counts_as_its_digits() -> None:
    assert reading_level.words("Call 911 in 15 minutes") == ["Call", "nine", "one", "one", "in", "fifteen", "minutes"]
