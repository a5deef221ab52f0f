"""How little is said: the welcome, the questions, what is put again, the read-back; counted in words."""

import itertools

import pytest
from talking import ALL_NO, CLEARED, MISSED, NO, OPEN, SOFT_NO, UNSURE, YES, Turns, after, noes, report

from skill.dialog.reply import Reply
from skill.hearing.heard import Asked
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import FindingId, Level, Question

PROTOCOL = UPPER_BACK_GUIDE.protocol
WELCOME, QUESTION, AGAIN, READ_BACK, TURNS_TO_HOME_CARE = 40, 20, 25, 45, 12


def spoken(words: Catalogue, reply: Reply) -> int:
    """Return how many words a reply has."""
    return len(words.text((*reply.say, *reply.ask)).split())


def before(question: Question) -> Turns:
    """Return the turns that lead to ``question``."""
    return (OPEN, *[NO] * PROTOCOL.questions.index(question))


def test_the_welcome_has_forty_words_before_the_first_question(words: Catalogue) -> None:
    reply = after(OPEN).reply
    assert len(words.text(reply.say).split()) <= WELCOME
    text = words.text(reply.say)
    assert all(needed in text for needed in ("not a doctor", "not medical advice", "911", "adults", "not sure"))


@pytest.mark.parametrize("question", PROTOCOL.questions, ids=lambda question: question.id)
def test_a_question_has_twenty_words_first_and_twenty_five_with_all_around_it_when_it_is_put_again(
    question: Question, words: Catalogue
) -> None:
    asked = after(*before(question)).reply.ask
    assert len(words.text(asked).split()) <= QUESTION
    for doubt in (UNSURE, MISSED, SOFT_NO):
        turns = (*before(question), doubt)
        assert spoken(words, after(*turns).reply) <= AGAIN
        for _ in question.findings[1:]:
            turns = (*turns, NO)
            session, reply = after(*turns)
            if session.state.asked is Asked.FINDINGS:
                assert spoken(words, reply) <= AGAIN + 10, turns  # the end of the urgent part is said once
    assert spoken(words, after(*before(question), MISSED, MISSED).reply) <= AGAIN


def test_the_read_back_is_short_and_complete(words: Catalogue) -> None:
    reply = after(*ALL_NO).reply
    assert spoken(words, reply) <= READ_BACK
    named = [key for prompt in reply.say for key in prompt.names]
    assert named == [say.finding(finding.id, say.SHORT).key for finding in PROTOCOL.findings]


@pytest.mark.parametrize("question", PROTOCOL.questions, ids=lambda question: question.id)
def test_with_a_soft_no_it_is_as_short_and_names_that_by_itself(question: Question, words: Catalogue) -> None:
    at = PROTOCOL.questions.index(question)
    reply = after(*before(question), SOFT_NO, NO, *noes(PROTOCOL)[at + 1 :]).reply
    assert spoken(words, reply) <= READ_BACK
    *_, softly = reply.say
    assert softly.key == say.read_back_softly([]).key
    assert softly.names == tuple(say.finding(id_, say.SHORT).key for id_ in question.ids)


def test_plain_answers_reach_home_care_in_twelve_turns() -> None:
    turns = (*ALL_NO, YES)
    assert after(*turns).reply.disposition is Level.SELF_CARE
    assert len(turns) <= TURNS_TO_HOME_CARE


def test_the_small_words_before_a_question_vary_and_are_often_none() -> None:
    leads = [after(*ALL_NO[:count]).reply.say for count in range(2, len(CLEARED))]
    assert any(not lead for lead in leads)
    assert all(one != other for one, other in itertools.pairwise(leads))
    assert say.OKAY.key not in [prompt.key for lead in leads[1::2] for prompt in lead]


# --- What was told is taken up


MILDER = [finding.id for finding in (*PROTOCOL.findings, *PROTOCOL.listened) if finding.level < Level.EMERGENCY]


@pytest.mark.parametrize("id_", MILDER)
def test_what_was_told_is_taken_up_and_a_blow_is_never_thanked_for(id_: FindingId, words: Catalogue) -> None:
    reply = after(OPEN, report(id_)).reply
    assert reply.say == (say.taken_up(id_),)
    text = words.text(reply.say).lower()
    assert "noted" not in text
    assert "thank" not in text


def test_a_new_fact_after_the_result_is_judged_anew_or_it_is_said_that_it_changes_nothing() -> None:
    home = (*ALL_NO, YES)
    worse = after(*home, report("shape_or_lump")).reply
    assert worse.disposition is Level.DOCTOR_TODAY
    same = after(*home, report("blood_thinner")).reply
    assert same.disposition is None
    assert same.say == (say.taken_up(FindingId("blood_thinner")), say.SAME_ADVICE)
    assert after(*home, report("stroke_signs")).reply.ends


def test_somebody_who_was_hurt_hears_care_first_then_the_number_then_the_line(words: Catalogue) -> None:
    reply = after(OPEN, report("harmed_by_someone")).reply
    assert [prompt.key for prompt in reply.say[:2]] == [say.HARM_CARE.key, say.disposition(Level.EMERGENCY, "do").key]
    assert "1-800-799-7233" in words.text(reply.say)
    assert reply.ends
