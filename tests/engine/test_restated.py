"""A few answers establish what many did: a session is kept small without losing a finding."""

from hypothesis import given
from hypothesis import strategies as st

from skill.acts import Answer
from skill.engine.restated import restated
from skill.engine.triage import Evidence, assess
from skill.protocol.upper_back import UPPER_BACK

MOST = 30
"""Answers that state any assessment: one for each question that waits, and three."""

IDS = st.lists(st.sampled_from(sorted(UPPER_BACK.finding)), max_size=3).map(tuple)
ASKED = st.lists(st.sampled_from(sorted(UPPER_BACK.question_of)), max_size=3).map(tuple)
EVIDENCE = st.one_of(
    st.builds(
        Evidence,
        question=st.sampled_from([question.id for question in UPPER_BACK.questions]),
        answer=st.sampled_from(list(Answer)),
    ),
    st.builds(
        Evidence,
        present=IDS,
        absent=IDS,
        softly_absent=ASKED,
        doubted=ASKED,
        unclear=ASKED,
        days=st.none() | st.floats(min_value=0, max_value=60),
    ),
)


@given(st.lists(EVIDENCE, max_size=80))
def test_what_is_restated_establishes_the_same(answers: list[Evidence]) -> None:
    before = assess(UPPER_BACK, answers)
    few = restated(UPPER_BACK, before)
    after = assess(UPPER_BACK, few)
    assert len(few) <= MOST
    assert after.level is before.level
    assert after.settled == before.settled
    assert after.absent == before.absent
    assert after.softly_absent >= before.softly_absent
    assert (after.unsure_once, after.softly_once) == (before.unsure_once, before.softly_once)
    assert after.denied_by_name == before.denied_by_name


@given(st.lists(EVIDENCE, max_size=40), st.lists(EVIDENCE, max_size=10))
def test_what_is_said_later_comes_to_the_same(answers: list[Evidence], later: list[Evidence]) -> None:
    whole = assess(UPPER_BACK, [*answers, *later])
    few = assess(UPPER_BACK, [*restated(UPPER_BACK, assess(UPPER_BACK, answers)), *later])
    assert few.level is whole.level
    assert few.settled == whole.settled
