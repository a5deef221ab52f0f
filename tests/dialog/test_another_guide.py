"""A protocol is a value: the whole dialog runs with another one, and nothing on its floors reads a global one."""

import ast
from pathlib import Path

import pytest
from dialog.another_guide import KNEE, KNEE_GUIDE, words
from talking import MISSED, MUMBLED, NO, OPEN, SOFT_NO, UNSURE, YES, Turns, about, after, deny, do, keys, noes, report

import skill
from skill.acts import Aside, Call, Control, Correction, Lasted, Trend
from skill.dialog.states.reading_back import SENTENCES
from skill.engine.interviews import Interview, every_interview
from skill.engine.triage import emergencies_cleared
from skill.prompts import check
from skill.prompts import constructors as say
from skill.protocol.check import faults
from skill.protocol.model import Level

WORDS = words()
INTERVIEWS = list(every_interview(KNEE, (YES, NO)))
ALL_NO: Turns = (OPEN, *noes(KNEE))
CLEARING_UP: Turns = (OPEN, MUMBLED, NO, *noes(KNEE))
HOME_CARE: Turns = (*ALL_NO, YES)
LAST = KNEE.questions[-1]


def test_the_other_guide_has_no_fault_and_all_its_words() -> None:
    assert faults(KNEE) == []
    assert check.faults(WORDS, KNEE_GUIDE) == []


def test_there_is_one_interview_a_question_and_one_more() -> None:
    assert len(INTERVIEWS) == len(KNEE.questions) + 1


@pytest.mark.parametrize(
    "interview", INTERVIEWS, ids=lambda found: f"{len(found.answers)} {found.disposition.level.key}"
)
def test_every_interview_of_yes_and_no_comes_to_its_disposition(interview: Interview) -> None:
    session, reply = after(OPEN, guide=KNEE_GUIDE)
    for answer in interview.answers:
        assert answer.question
        assert answer.answer
        assert keys(reply)[-1] == say.question(answer.question, "ask").key
        session, reply = do(session, answer.answer, KNEE_GUIDE)
    if interview.disposition.level is Level.SELF_CARE:
        assert keys(reply)[:-1] == [say.read_back([]).key] * SENTENCES
        assert keys(reply)[-1] == say.READBACK_ASK.key
        session, reply = do(session, YES, KNEE_GUIDE)
    assert reply.disposition is interview.disposition.level
    assert keys(reply)[0] == say.disposition(interview.disposition.level, "do").key
    assert reply.card
    assert WORDS.text(prompt for paragraph in reply.card.paragraphs for prompt in paragraph)


def test_a_second_unsure_counts_as_the_protocol_says() -> None:
    assert keys(after(*ALL_NO[:-1], UNSURE, UNSURE, NO, guide=KNEE_GUIDE).reply)[-1] == say.READBACK_ASK.key
    assert after(OPEN, UNSURE, UNSURE, guide=KNEE_GUIDE).reply.disposition is Level.EMERGENCY


def test_its_own_care_is_offered_told_and_guided() -> None:
    session, reply = after(*HOME_CARE, YES, guide=KNEE_GUIDE)
    assert reply.ask[0].names == tuple(say.topic_name(topic.id).key for topic in KNEE_GUIDE.care.topics)
    told = []
    while not reply.ends:
        session, reply = do(session, YES, KNEE_GUIDE)
        told += [key for key in keys(reply) if key.startswith("topics.")]
    assert told == ["topics.cushion.part_1", "topics.cushion.part_2", "topics.stairs.part_1"]
    steps = keys(after(*HOME_CARE, Control.GUIDE, YES, guide=KNEE_GUIDE).reply)
    assert steps == [say.step("stretch").key, say.GUIDED_DONE.key, say.ANYTHING_ELSE.key]


def test_its_own_caution_holds() -> None:
    assert keys(after(OPEN, NO, NO, report("swelling_one"), about("stairs"), guide=KNEE_GUIDE).reply)[0] == (
        say.WAIT_FOR_DOCTOR.key
    )


TURNS: Turns = (
    *(*Control, *Call, *Trend, *Correction, *Aside),
    *(YES, NO, UNSURE, SOFT_NO, MISSED, MUMBLED, Lasted(90), about("cushion"), about("rest")),
    *(report("bone_one"), report("locking_two"), deny("clicking_two"), (deny("bone_one"), report("locking_one"))),
)
PATHS: tuple[Turns, ...] = (
    *((), (OPEN,), (OPEN, MISSED), (OPEN, SOFT_NO), ALL_NO, CLEARING_UP, HOME_CARE),
    *((*HOME_CARE, about("cushion")), (*HOME_CARE, Control.GUIDE), (*HOME_CARE, Control.HURTS), (*ALL_NO[:-1], YES)),
)


@pytest.mark.parametrize("path", PATHS, ids=len)
def test_every_act_has_words_of_the_other_guide(path: Turns) -> None:
    session = after(*path, guide=KNEE_GUIDE).session
    for done in TURNS:
        later, reply = do(session, done, KNEE_GUIDE)
        assert WORDS.text((*reply.say, *reply.ask))
        if reply.disposition is Level.SELF_CARE:
            assert emergencies_cleared(KNEE, later.answers)


GLOBAL = {"UPPER_BACK", "UPPER_BACK_CARE", "UPPER_BACK_GUIDE", "upper_back"}


@pytest.mark.parametrize("floor", ["engine", "dialog", "prompts", "hearing"])
def test_nothing_reads_a_global_protocol(floor: str) -> None:
    files = sorted((Path(next(iter(skill.__path__))) / floor).rglob("*.py"))
    assert files
    assert [file.name for file in files if GLOBAL & set(_names(ast.parse(file.read_text("utf-8"))))] == []


def _names(tree: ast.AST) -> list[str]:
    """Return every name that is imported or looked up."""
    found: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module, names=imported):
                found += [*(module or "").split("."), *(alias.name for alias in imported)]
            case ast.Import(names=imported):
                found += [part for alias in imported for part in alias.name.split(".")]
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.append(name)
    return found
