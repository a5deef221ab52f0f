"""What is said: complete, easy, short, well-formed. Measured on every turn of every interview."""

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import reading_level
from hypothesis import given
from hypothesis import strategies as st
from talking import MOVES, NO, OPEN, STAGES, UNSURE, YES, after

import skill.dialog
from skill.dialog.conversation import converse
from skill.dialog.reply import Reply
from skill.dialog.session import Session, Stage
from skill.prompts import catalogue, ssml
from skill.prompts.catalogue import Catalogue, CatalogueError, Line, gaps_in
from skill.prompts.check import expected_keys, faults
from skill.protocol.upper_back import UPPER_BACK

HIGHEST_GRADE = 6.0
LONGEST_TURN_SECONDS = 30.0


@pytest.fixture(scope="module")
def turns(words: Catalogue) -> dict[str, list[str]]:
    """Every turn of every interview, and what every move gets: the text, and the sentences it is made of."""
    heard: dict[str, list[str]] = {}
    for _, reply in _every_reply():
        said = words.said((*reply.say, *reply.ask))
        heard[ssml.plain(said)] = said
    return heard


def _every_reply() -> Iterator[tuple[Session, Reply]]:
    """Yield the replies of every interview, each session reached only once, and of every move in every stage."""
    seen: set[Session] = set()
    unfinished = [converse(UPPER_BACK, Session(), OPEN)]
    while unfinished:
        session, reply = unfinished.pop()
        yield session, reply
        if session in seen or reply.ends or session.stage not in (Stage.ASKING, Stage.READBACK):
            continue
        seen.add(session)
        replies = (YES,) if session.stage is Stage.READBACK else (YES, NO, UNSURE)
        unfinished += [converse(UPPER_BACK, session, move) for move in replies]
    for moves in STAGES.values():
        for move in MOVES:
            session, reply = converse(UPPER_BACK, after(*moves)[0], move)
            if not any(
                line.key.startswith("guided.") for line in reply.say
            ):  # its silence is meant, and is held elsewhere
                yield session, reply


def test_no_turn_is_longer_than_thirty_seconds(turns: dict[str, list[str]]) -> None:
    assert len(turns) > 30
    assert [text for text, said in turns.items() if reading_level.seconds(said) > LONGEST_TURN_SECONDS] == []


def test_every_turn_is_read_easily_at_grade_six(turns: dict[str, list[str]]) -> None:
    assert [text for text in turns if reading_level.grade(text) > HIGHEST_GRADE] == []


@pytest.mark.parametrize(
    "key", [key for key in sorted(expected_keys(UPPER_BACK)) if key.endswith((".ask", ".plain", ".why"))]
)
def test_every_question_and_reason_alone_is_read_easily_at_grade_six(key: str, words: Catalogue) -> None:
    assert reading_level.grade(words.text([Line(key=key)])) <= HIGHEST_GRADE


def test_every_turn_is_well_formed_and_short_enough_for_alexa(turns: dict[str, list[str]]) -> None:
    assert max(len(ssml.speak(said)) for said in turns.values()) < ssml.LONGEST_SPEECH


NEVER_SAID = (
    *("nothing serious", "opioid", "no pain, no gain", "no pain no gain", "milligram", " mg", "ibuprofen", "advil"),
    *("tylenol", "aspirin", "you need a scan", "i will call", "we will call", "your fault", "you have a heart attack"),
)


def test_nothing_is_said_that_must_never_be_said(words: Catalogue) -> None:
    everything = " ".join(sentence for said in words.sentences.values() for sentence in said).lower()
    assert [phrase for phrase in NEVER_SAID if phrase in everything] == []


@pytest.mark.parametrize("locale", catalogue.locales())
def test_every_locale_is_complete(locale: str, words: Catalogue) -> None:
    assert faults(catalogue.load(locale), UPPER_BACK, reference=words) == []


def test_every_line_in_the_dialog_has_words_and_all_words_are_used(words: Catalogue) -> None:
    named = set(_keys_in_code())
    assert len(named) > 30
    ruled = tuple(key.partition(".")[0] + "." for key in expected_keys(UPPER_BACK))
    assert sorted(named - words.sentences.keys()) == []
    elsewhere = ("locale.", "safety.emergency", "safety.crisis", "card.", *ruled)
    assert sorted(key for key in words.sentences.keys() - named if not key.startswith(elsewhere)) == []


def _keys_in_code() -> Iterator[str]:
    """Yield every catalogue key that stands in the dialog and the Alexa adapter as a plain string."""
    files = [*Path(skill.dialog.__path__[0]).glob("*.py"), Path(skill.dialog.__path__[0]).parent / "adapters/alexa.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                first, dot, rest = node.value.partition(".")
                if dot and first.isidentifier() and rest.replace("_", "").isalnum() and first.islower():
                    yield node.value


BROKEN = {
    "a missing key": ({"findings.fever.ask": None}, "findings.fever.ask is missing; add it"),
    "an unknown finding": ({"findings.ufo.ask": ("Seen a light?",)}, "findings.ufo.ask belongs to nothing"),
    "an unknown gap": ({"open.short": ("{ufo}",)}, "nothing fills {ufo}"),
    "a broken gap": ({"open.short": ("{",)}, "write each gap as {name}"),
    "an empty line": ({"open.short": ("",)}, "open.short is empty"),
    "a long pause": ({"open.short": ("Wait. [pause 11s]",)}, "longer than 10 s"),
    "a broken mark": ({"open.short": ("Wait. [pauze 1s]",)}, "a mark in brackets"),
    "a long question": ({"questions.nerves.ask": ("word " * 21,)}, "has 21 words"),
    "a key that nobody else has": ({"open.extra": ("Hi.",)}, "open.extra is not in en-US"),
    "a key that all others have": ({"open.short": None}, "open.short is missing"),
}


@pytest.mark.parametrize(("changes", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_fault_of_the_words_is_named_with_its_remedy(
    changes: dict[str, tuple[str, ...] | None], sentence: str, words: Catalogue
) -> None:
    changed = {key: said for key, said in {**words.sentences, **changes}.items() if said is not None}
    found = faults(replace(words, locale="xx-YY", sentences=changed), UPPER_BACK, reference=words)
    assert any(sentence in fault for fault in found), found


def test_a_key_without_words_says_where_to_add_it(words: Catalogue) -> None:
    with pytest.raises(CatalogueError, match=r"en-US: nothing is said under open\.ufo; add it"):
        words.said([Line(key="open.ufo")])


def test_an_unknown_locale_lists_the_ones_there_are() -> None:
    with pytest.raises(CatalogueError, match="xx-YY: no such locale; choose one of en-US"):
        catalogue.load("xx-YY")


def test_a_broken_file_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "prompts.toml").write_text("[open\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"said\.toml: .*line 1.*mend the file there"):
        catalogue.read("xx-YY", tmp_path)


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"said\.toml: the file is missing; copy it"):
        catalogue.read("xx-YY", tmp_path)


def test_compiled_words_are_the_same_words(tmp_path: Path, words: Catalogue) -> None:
    (tmp_path / catalogue.COMPILED_FILE).write_text(catalogue.compiled(words), "utf-8")
    assert catalogue.read("en-US", tmp_path) == words


def test_lists_are_joined_as_they_are_spoken(words: Catalogue) -> None:
    names = tuple(f"findings.{id_}.name" for id_ in ("chest_pain", "jaw_pain", "fainting"))
    said = [words.text([Line(key="ask.partly", names=names[:count])]) for count in (1, 2, 3)]
    assert said == [
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


def test_the_reading_level_tells_easy_from_hard() -> None:
    easy = "Lie down. Put a pack on your back. Then roll your neck."
    hard = "Musculoskeletal pathology necessitates multidisciplinary physiotherapeutic intervention immediately."
    assert reading_level.grade(easy) < 3
    assert reading_level.grade(hard) > 15


def test_a_dialled_number_counts_as_its_digits() -> None:
    assert reading_level.words("Call 911 in 15 minutes") == ["Call", "nine", "one", "one", "in", "fifteen", "minutes"]
