"""The ten rules of hearing, as tables: what is said, when, and what must come of it."""

import pytest
from hearing.listening import ASKED, HEARING, asked_again, denied, heard, reported
from hypothesis import given
from hypothesis import strategies as st

from skill.acts import Answer, Aside, AskTopic, Call, Control, Correction, Lasted, Missed, Trend
from skill.hearing.heard import Expecting
from skill.hearing.tokens import LONGEST
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId


@pytest.mark.parametrize(
    ("asked", "words", "finding"),
    [
        ("heart_lungs", "yeah my chest feels tight", "chest_pain"),
        ("heart_lungs", "there's a weight pressing on my breastbone", "chest_pain"),
        ("heart_lungs", "my chest was sore this morning it's fine now", "chest_pain"),
        ("heart_lungs", "her chest hurts a little", "chest_pain"),
        ("heart_lungs", "i can't catch my breath", "short_of_breath"),
        ("heart_signs", "he's drenched in sweat", "sweating"),
        ("heart_signs", "i feel sick to my stomach", "nausea"),
        ("heart_signs", "my jaw has been aching but it's only my teeth grinding", "jaw_pain"),
        ("sudden_signs", "it came on all of a sudden", "sudden_tearing"),
        ("sudden_signs", "she nearly passed out in the kitchen", "fainting"),
        ("sudden_signs", "i coughed up a bit of blood", "coughing_blood"),
        ("nerves", "my left leg keeps giving out", "weakness"),
        ("nerves", "pins and needles in both hands now and then", "numbness_tingling"),
        ("bladder_injury", "i can't pee", "bowel_bladder"),
        ("bladder_injury", "she slid off the bed last month", "injury"),
        ("duration", "two days and my arm just went numb", "numbness_tingling"),
        ("home_care", "actually i have chest pain", "chest_pain"),
    ],
)
def test_1_a_finding_is_present_small_past_explained_away_or_of_somebody_else(
    asked: str, words: str, finding: str
) -> None:
    assert FindingId(finding) in reported(heard(words, asked))


@pytest.mark.parametrize(
    ("asked", "words", "absent"),
    [
        ("heart_lungs", "no my chest is good", {"chest_pain"}),
        ("heart_lungs", "no chest pain no sir", {"chest_pain"}),
        ("heart_lungs", "my chest and breathing are fine", {"chest_pain", "short_of_breath"}),
        ("heart_signs", "no not sweaty not sick", {"sweating", "nausea"}),
        ("heart_signs", "no sweating nausea or jaw pain", {"sweating", "nausea", "jaw_pain"}),
        ("bladder_injury", "i can pee fine and i never fell", {"bowel_bladder", "injury"}),
        ("nerves", "she can walk fine", {"weakness"}),
    ],
)
def test_2_a_denial_holds_what_is_in_its_scope(asked: str, words: str, absent: set[str]) -> None:
    acts = heard(words, asked)
    assert absent <= denied(acts, asked)
    assert not reported(acts)


@pytest.mark.parametrize(
    ("asked", "words", "present"),
    [
        ("heart_lungs", "no but my chest feels heavy", "chest_pain"),
        ("heart_lungs", "no chest pain but i can't breathe", "short_of_breath"),
        ("heart_lungs", "no my chest hurts", "chest_pain"),
        ("bladder_injury", "bladder is fine but i fell three weeks ago", "injury"),
        ("heart_signs", "no sweats just my jaw aches", "jaw_pain"),
    ],
)
def test_2_a_denial_ends_at_but_at_just_and_at_a_new_subject(asked: str, words: str, present: str) -> None:
    acts = heard(words, asked)
    assert FindingId(present) in reported(acts)
    assert FindingId(present) not in denied(acts, asked)


@pytest.mark.parametrize(
    ("asked", "words", "finding"),
    [
        ("heart_signs", "i'm sweating more than normal yeah", "sweating"),
        ("heart_lungs", "breathing is faster than usual", "short_of_breath"),
        ("heart_lungs", "her breathing sounds heavy", "short_of_breath"),
        ("bladder_injury", "peeing more than normal", "bowel_bladder"),
    ],
)
def test_2_a_comparison_with_what_is_normal_denies_nothing(asked: str, words: str, finding: str) -> None:
    assert FindingId(finding) not in denied(heard(words, asked), asked)


@pytest.mark.parametrize("words", ["no", "no sir", "nope", "no thank god", "none of those", "not at all", "no ma'am"])
def test_3_a_plain_no_is_a_no(words: str) -> None:
    assert heard(words, "heart_signs") == (Answer.NO,)


@pytest.mark.parametrize(
    "words", ["i don't think so", "not really", "not that i know of", "no not that i've noticed", "i'm fine"]
)
def test_3_a_soft_no_is_confirmed_by_name(words: str) -> None:
    assert heard(words, "heart_lungs") == (Answer.SOFT_NO,)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("heart_signs", "why does my jaw matter"),
        ("heart_lungs", "what if i get chest pain"),
        ("new", "what should i do if my chest hurts"),
        ("nerves", "does numbness mean a stroke"),
        ("heart_lungs", "if i had chest pain i'd have called somebody"),
    ],
)
def test_4_a_finding_in_a_question_or_under_a_condition_is_no_report(asked: str, words: str) -> None:
    acts = heard(words, asked)
    assert not reported(acts)
    assert Answer.YES not in acts


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("heart_signs", "i'm sick of this weather"),
        ("bladder_injury", "i fell asleep"),
        ("nerves", "i have to pick up my kid"),
        ("heart_signs", "sweating bullets about my exams"),
        ("heart_lungs", "i need to get this off my chest"),
        ("heart_lungs", "my heart goes out to her"),
        ("new", "these stairs are killing me with the repairs"),
    ],
)
def test_5_other_senses_are_no_findings(asked: str, words: str) -> None:
    acts = heard(words, asked)
    assert not reported(acts)
    assert Answer.YES not in acts


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("heart_signs", "i fainted years ago when i gave blood"),
        ("nerves", "i broke my collarbone as a kid"),
        ("sudden_signs", "my wife had chest pain last year"),
        ("nerves", "the lamp is a bit wobbly"),
        ("heart_lungs", "my shirt is a bit tight"),
        ("infection_lung", "careful with the knife it is sharp"),
        ("heart_signs", "i sweat a lot after yoga"),
        ("heart_signs", "i sweat a lot when i run"),
        ("heart_signs", "i always sweat when it is humid"),
        ("sudden_signs", "i nearly fainted when i heard the price"),
        ("history", "it hurts more when i sit at my desk"),
    ],
)
def test_5_what_is_of_things_of_others_or_long_over_raises_nothing(asked: str, words: str) -> None:
    acts = heard(words, asked)
    assert not reported(acts)
    assert Answer.YES not in acts


@pytest.mark.parametrize(
    ("asked", "words", "finding"),
    [
        ("heart_signs", "i had chest pain years ago and now it is back", "chest_pain"),
        ("nerves", "my wife has chest pain", "chest_pain"),
        ("nerves", "the left leg is a bit wobbly", "weakness"),
        ("heart_lungs", "the gym made my chest tight", "chest_pain"),
        ("heart_signs", "i broke out in a cold sweat at the gym", "sweating"),
        ("heart_signs", "i am sweating when i lie down", "sweating"),
        ("history", "i had cancer years ago", "cancer_history"),
        ("history", "i nearly fainted when i got up", "fainting"),
    ],
)
def test_5_what_goes_on_or_is_of_the_body_stays_a_report(asked: str, words: str, finding: str) -> None:
    assert finding in reported(heard(words, asked))


@pytest.mark.parametrize(
    ("asked", "words", "expected"),
    [
        ("heart_lungs", "a little", Answer.YES),
        ("heart_lungs", "sometimes", Answer.YES),
        ("nerves", "it comes and goes", Answer.YES),
        ("heart_signs", "yes", Answer.YES),
        ("heart_signs", "maybe", Answer.UNSURE),
        ("severity", "hard to say", Answer.UNSURE),
    ],
)
def test_7_what_was_asked_fills_what_was_left_out(asked: str, words: str, expected: Answer) -> None:
    assert expected in heard(words, asked)


def test_7_a_yes_except_for_one_finding_reports_the_other() -> None:
    acts = heard("yes but not the fever", "infection_lung")
    assert reported(acts) == {FindingId("pain_on_breathing")}
    assert FindingId("fever") in denied(acts) or asked_again(acts)


@pytest.mark.parametrize(
    ("asked", "words", "days"),
    [
        ("duration", "since yesterday", 2),
        ("duration", "about three weeks", 21),
        ("duration", "two months", 60),
        ("duration", "since tuesday", 7),
        ("new", "my back has been hurting for five days", 5),
    ],
)
def test_8_a_length_of_time_is_heard(asked: str, words: str, days: float) -> None:
    assert Lasted(float(days)) in heard(words, asked)


@pytest.mark.parametrize(
    "words", ["i am sixty two years old", "i'm five months pregnant", "fifteen years ago i had surgery on my knee"]
)
def test_8_other_lengths_of_time_are_not_of_this_pain(words: str) -> None:
    assert not [act for act in heard(words, "duration") if isinstance(act, Lasted)]


@pytest.mark.parametrize(
    ("words", "correction"), [("i meant to say yes", Correction.TO_YES), ("i meant to say no", Correction.TO_NO)]
)
def test_9_a_correction_is_one(words: str, correction: Correction) -> None:
    assert correction in heard(words, "heart_lungs")


def test_9_of_two_answers_in_one_breath_the_last_stands_and_a_no_is_confirmed() -> None:
    assert heard("no wait yes", "heart_signs") == (Answer.YES,)
    assert heard("yes no wait i mean no", "heart_signs") == (Answer.SOFT_NO,)


def test_10_words_that_nobody_knows_are_handed_back() -> None:
    found = HEARING.hear("no pain but a blorptastic zxeq", ASKED["heart_lungs"])
    assert {"blorptastic", "zxeq"} <= set(found.unaccounted)


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("call an ambulance", Call.EMERGENCY),
        ("i want to die", Call.CRISIS),
        ("i'd be better off dead", Call.CRISIS),
        ("somebody help me please", Call.DISTRESS),
    ],
)
@pytest.mark.parametrize("asked", ASKED)
def test_a_call_for_help_is_heard_in_every_state(words: str, act: Call, asked: str) -> None:
    assert heard(words, asked) == (act,)


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("start from scratch", Control.RESTART),
        ("no go back", Control.BACK),
        ("can you say that again", Control.REPEAT),
        ("what do you mean", Control.REPHRASE),
        ("leave me alone", Control.STOP),
        ("slow down please", Control.SLOWER),
        ("i can't hear you", Control.LOUDER),
        ("what do i tell the doctor", Control.READY),
        ("send that to my phone", Control.SEND),
        ("walk me through some stretches", Control.GUIDE),
        ("speak spanish", Aside.LANGUAGE),
        ("it's getting better", Trend.BETTER),
        ("can i take ibuprofen", AskTopic(TopicId("medicine"))),
    ],
)
def test_what_is_asked_of_the_guide_is_heard(words: str, act: object) -> None:
    assert act in heard(words, "home_care")


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("words", ["i am fine", "i am forty five", "i have a question", "hello", "thank you"])
def test_small_talk_is_no_yes_and_no_finding(asked: str, words: str) -> None:
    acts = heard(words, asked)
    assert Answer.YES not in acts
    assert not reported(acts)


@given(st.text(max_size=900), st.sampled_from(sorted(ASKED)))
def test_any_text_at_all_comes_to_some_act(words: str, asked: str) -> None:
    assert heard(words, asked)


def test_what_is_cut_off_is_not_forgotten() -> None:
    found = HEARING.hear("no " * LONGEST, Expecting())
    assert found.unaccounted
    assert Missed() not in found.acts or asked_again(found.acts)
