"""What must not happen to a report when its words are changed a little: the gate of hearing.

Each sentence is said in one way here and in many ways by the tests: with one word missing, with more words, after a no,
in every state, joined to another, and as a recognizer mishears it.
"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.acts import Act, Answer, Call, Deny, Doubt, Report, Unclear
from skill.hearing.hear import hear
from skill.hearing.heard import Asked, Expecting
from skill.protocol.model import FindingId
from skill.protocol.upper_back import UPPER_BACK

_PARTS = {
    "chest_pain": (
        ("i have", "i get", "there is", "i woke with", "he has"),
        (
            "pressure in my chest",
            "a tight chest",
            "a burning behind my breastbone",
            "chest pain",
            "an ache across the chest",
        ),
    ),
    "short_of_breath": (
        ("i have", "he has", "i've got", "there is"),
        ("trouble breathing", "shortness of breath", "a hard time catching my breath"),
    ),
    "sweating": (("i'm", "she is", "i feel", "i woke up"), ("sweating", "clammy", "drenched in sweat", "all sweaty")),
    "nausea": (
        ("i'm", "i feel", "she feels", "i've been"),
        ("nauseous", "sick to my stomach", "throwing up", "queasy"),
    ),
    "jaw_pain": (("i have", "i get", "he has"), ("pain in my jaw", "a sore jaw", "a toothache", "jaw ache")),
    "sudden_tearing": (("it came", "it hit me", "it started"), ("all of a sudden", "out of nowhere", "suddenly")),
    "fainting": (("i", "she", "i nearly", "i almost"), ("passed out", "fainted", "blacked out", "keeled over")),
    "coughing_blood": (("i'm", "he was", "i keep"), ("coughing up blood", "spitting blood", "bringing up blood")),
    "weakness": (
        ("my leg", "my left arm", "his knee", "my hand"),
        ("gave out", "is weak", "feels like jelly", "went floppy"),
    ),
    "numbness_tingling": (
        ("my hand", "my foot", "her leg", "my fingers"),
        ("went numb", "is tingling", "feels numb", "fell asleep and stays so"),
    ),
    "bowel_bladder": (("i", "he", "i nearly always"), ("wet the bed", "can't pee", "lost control of my bladder")),
    "injury": (
        ("i", "she", "my dad"),
        ("fell down the stairs", "tripped over the rug", "was hit by a car", "slipped on ice"),
    ),
}
REPORTS = [
    (FindingId(id_), f"{begins} {says}")
    for id_, (beginnings, sayings) in _PARTS.items()
    for begins in beginnings
    for says in sayings
]
"""A finding, and a sentence that reports it: a few hundred, made of the parts above."""

QUESTION_OF = {found.id: question for question in UPPER_BACK.questions for found in question.findings}
STATES = [
    *(Expecting(asked=asked) for asked in (Asked.NOTHING, Asked.READBACK, Asked.CORRECTION, Asked.OFFER, Asked.STEP)),
    *(
        Expecting(asked=Asked.FINDINGS, findings=tuple(found.id for found in question.findings))
        for question in UPPER_BACK.questions
    ),
]
SOUNDS = {"numb": "none", "fell": "felt", "jaw": "draw", "bladder": "ladder", "pee": "pea", "chest": "chess"}
DENIALS = [
    (FindingId("chest_pain"), "i don't have chest pain"),
    (FindingId("short_of_breath"), "i'm not short of breath"),
    (FindingId("sweating"), "i'm not sweating"),
    (FindingId("nausea"), "i don't feel sick"),
    (FindingId("jaw_pain"), "my jaw doesn't hurt"),
    (FindingId("fainting"), "i didn't faint"),
    (FindingId("coughing_blood"), "i'm not coughing up blood"),
    (FindingId("numbness_tingling"), "my hands aren't numb"),
    (FindingId("bowel_bladder"), "i didn't wet the bed"),
    (FindingId("injury"), "i didn't fall"),
]


def asked_about(id_: FindingId) -> Expecting:
    return Expecting(asked=Asked.FINDINGS, findings=tuple(found.id for found in QUESTION_OF[id_].findings))


def denied(acts: tuple[Act, ...], expecting: Expecting) -> set[FindingId]:
    refused = set(expecting.findings) if Answer.NO in acts else set()
    present = {id_ for act in acts if isinstance(act, Report) for id_ in act.findings}
    return (refused | {id_ for act in acts if isinstance(act, Deny) for id_ in act.findings}) - present


def kept(acts: tuple[Act, ...]) -> set[FindingId]:
    return {id_ for act in acts if isinstance(act, Report | Doubt | Unclear) for id_ in act.findings}


def is_kept(id_: FindingId, acts: tuple[Act, ...]) -> bool:
    return id_ in kept(acts) or any(isinstance(act, Call) for act in acts) or Answer.YES in acts


def test_there_are_enough_sentences() -> None:
    assert len(REPORTS) > 100


def test_every_report_is_heard_where_it_is_asked_about() -> None:
    missing = [words for id_, words in REPORTS if not is_kept(id_, hear(words, asked_about(id_)).acts)]
    assert not missing


def test_no_missing_word_turns_a_report_into_a_denial() -> None:
    turned = []
    for id_, words in REPORTS:
        said = words.split()
        for at in range(len(said)):
            left, expecting = " ".join(said[:at] + said[at + 1 :]), asked_about(id_)
            if left and id_ in denied(hear(left, expecting).acts, expecting) and "can't" not in words:
                turned.append(f"{words}: {left}")
    assert not turned


@pytest.mark.parametrize(
    "more", ["{} at my sister's place", "well you know {}", "the plumber came and {}", "{} i guess"]
)
def test_more_words_never_take_a_finding_away(more: str) -> None:
    lost = [
        more.format(words)
        for id_, words in REPORTS
        if id_ in kept(hear(words, asked_about(id_)).acts)
        and not is_kept(id_, hear(more.format(words), asked_about(id_)).acts)
    ]
    assert not lost


def test_a_no_before_a_report_denies_no_sentence() -> None:
    turned = []
    for id_, words in REPORTS:
        expecting = asked_about(id_)
        if id_ in denied(hear(f"no {words}", expecting).acts, expecting):
            turned.append(words)
    assert not turned


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state.asked}-{'-'.join(state.findings)}")
def test_no_state_loses_or_denies_an_emergency(state: Expecting) -> None:
    wrong = [
        words
        for id_, words in REPORTS
        if id_ in kept(hear(words, asked_about(id_)).acts)
        and (not is_kept(id_, (acts := hear(words, state).acts)) or id_ in denied(acts, state))
    ]
    assert not wrong


def test_two_sentences_keep_the_findings_of_both() -> None:
    lost = []
    for (first, words), (second, others) in pairwise(REPORTS[::3]):
        for joined in ("but", "and"):
            expecting = asked_about(first)
            acts = hear(f"{words} {joined} {others}", expecting).acts
            if not (is_kept(first, acts) and is_kept(second, acts)):
                lost.append(f"{words} {joined} {others}")
    assert not lost


def test_a_denial_of_a_denial_is_none() -> None:
    turned = []
    for id_, words in DENIALS:
        expecting = asked_about(id_)
        assert id_ in denied(hear(words, expecting).acts, expecting), words
        for twice in (f"it's not like {words}", words.replace("n't", "n't not").replace(" not ", " not not ", 1)):
            turned += [twice] if id_ in denied(hear(twice, expecting).acts, expecting) else []
    assert not turned


def test_misheard_words_are_never_a_denial() -> None:
    turned = []
    for id_, words in REPORTS:
        said, expecting = words.split(), asked_about(id_)
        misheard = " ".join(SOUNDS.get(word, word) for word in said)
        for spoken in (misheard, f"no {misheard}"):
            if misheard != words:
                turned += [spoken] if id_ in denied(hear(spoken, expecting).acts, expecting) else []
    assert not turned


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(REPORTS),
    st.sampled_from(STATES),
    st.lists(st.sampled_from(["um", "uh", "like", "really", "so"]), max_size=3),
)
def test_fillers_change_nothing(report: tuple[FindingId, str], state: Expecting, fillers: list[str]) -> None:
    id_, words = report
    said = words.split()
    for filler in fillers:
        said.insert(1, filler)
    acts = hear(" ".join(said), state).acts
    assert id_ not in denied(acts, state)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=700), st.sampled_from(STATES))
def test_any_text_is_heard(words: str, state: Expecting) -> None:
    heard = hear(words, state)
    assert heard.acts
    assert heard == hear(words, state)
