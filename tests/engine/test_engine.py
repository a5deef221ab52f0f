"""Facts about every interview that a person can have with yes, no and not sure."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.engine.interviews import Interview, every_interview
from skill.engine.triage import (
    Answer,
    Ask,
    Conclude,
    Reply,
    assess,
    emergencies_cleared,
    next_step,
    settled_by_duration,
)
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

FINDINGS = [finding.id for finding in UPPER_BACK.findings]
QUESTIONS = [question.id for question in UPPER_BACK.questions]
ANSWERS = st.builds(
    Answer,
    question=st.sampled_from(QUESTIONS),
    reply=st.sampled_from(Reply),
    present=st.lists(st.sampled_from(FINDINGS), max_size=2).map(tuple),
    absent=st.lists(st.sampled_from(FINDINGS), max_size=2).map(tuple),
    doubted=st.lists(st.sampled_from(FINDINGS), max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def interviews() -> list[Interview]:
    """Every complete interview."""
    return list(every_interview(UPPER_BACK))


def level_of(answers: list[Answer]) -> Level:
    """Return the worst level that ``answers`` confirm."""
    return assess(UPPER_BACK, answers).level


def test_there_are_thousands_of_interviews_and_each_ends(interviews: list[Interview]) -> None:
    assert len(interviews) > 3_000
    assert max(len(interview.answers) for interview in interviews) <= 2 * len(QUESTIONS)


def test_an_emergency_yes_ends_the_interview_on_that_turn(interviews: list[Interview]) -> None:
    for interview in interviews:
        before = [next_step(UPPER_BACK, interview.answers[:turn]) for turn in range(len(interview.answers))]
        for step, answer in zip(before[:-1], interview.answers[:-1], strict=True):
            assert isinstance(step, Ask)
            assert not (step.question.level is Level.EMERGENCY and answer.reply is Reply.YES)


def test_turning_any_no_into_a_yes_never_lowers_the_level(interviews: list[Interview]) -> None:
    for interview in interviews:
        for turn, answer in enumerate(interview.answers):
            if answer.reply is Reply.NO:
                changed = [*interview.answers]
                changed[turn] = Answer(question=answer.question, reply=Reply.YES)
                assert level_of(changed) >= interview.conclusion.level


def test_unsure_twice_on_an_emergency_question_is_an_emergency(interviews: list[Interview]) -> None:
    urgent = {question.id for question in UPPER_BACK.questions if question.level is Level.EMERGENCY}
    seen = 0
    for interview in interviews:
        for first, second in itertools.pairwise(interview.answers):
            if first.question == second.question and first.question in urgent:
                assert first.reply is Reply.UNSURE
                if second.reply is Reply.UNSURE:
                    seen += 1
                    assert interview.conclusion.level is Level.EMERGENCY
                    assert interview.conclusion.reasons[0].unsure
    assert seen


def test_every_level_and_every_instruction_is_reached(interviews: list[Interview]) -> None:
    assert {interview.conclusion.level for interview in interviews} == set(Level)
    said = {id_ for interview in interviews for id_ in interview.conclusion.instructions}
    assert said == {instruction.id for instruction in UPPER_BACK.instructions}


def test_no_interview_asks_more_than_ten_questions(interviews: list[Interview]) -> None:
    assert max(len({answer.question for answer in interview.answers}) for interview in interviews) == 10


def test_with_yes_and_no_alone_there_is_one_interview_a_question_and_one_more() -> None:
    assert len(list(every_interview(UPPER_BACK, (Reply.YES, Reply.NO)))) == len(QUESTIONS) + 1


def test_home_care_has_every_sign_denied(interviews: list[Interview]) -> None:
    for interview in interviews:
        if interview.conclusion.level is Level.SELF_CARE:
            assert assess(UPPER_BACK, interview.answers).absent == set(FINDINGS)


@pytest.mark.parametrize("finding", UPPER_BACK.findings, ids=lambda finding: finding.id)
def test_a_named_sign_reaches_its_level_alone(finding: object) -> None:
    id_ = finding.id  # type: ignore[attr-defined]
    assert level_of([Answer(present=(id_,))]) is UPPER_BACK.finding[id_].level


@pytest.mark.parametrize("finding", UPPER_BACK.findings, ids=lambda finding: finding.id)
def test_denying_one_sign_leaves_the_others_of_its_question_open(finding: object) -> None:
    id_ = finding.id  # type: ignore[attr-defined]
    question = UPPER_BACK.question_of[id_]
    others = [other.id for other in UPPER_BACK.findings if other not in question.findings]
    step = next_step(UPPER_BACK, [Answer(absent=(*others, id_))])
    assert isinstance(step, Ask)
    assert step.question is question
    assert set(step.open) == {other.id for other in question.findings} - {id_}


def test_no_chest_pain_does_not_answer_the_question_about_breathing() -> None:
    step = next_step(UPPER_BACK, [Answer(absent=(FindingId("chest_pain"),))])
    assert isinstance(step, Ask)
    assert step.open == ("short_of_breath",)


def test_a_named_sign_is_not_asked_about_again_and_milder_questions_are_skipped() -> None:
    answers = [Answer(present=(FindingId("fever"),))]
    asked = []
    while isinstance(step := next_step(UPPER_BACK, answers), Ask):
        asked.append(step.question.id)
        answers.append(Answer(question=step.question.id, reply=Reply.NO))
    assert asked == QUESTIONS[:5]
    assert isinstance(step, Conclude)
    assert step.level is Level.DOCTOR_TODAY


def test_a_yes_that_names_its_sign_confirms_that_sign_alone() -> None:
    answer = Answer(question=QUESTIONS[5], reply=Reply.YES, present=(FindingId("fever"),))
    (reason,) = assess(UPPER_BACK, [answer]).reasons
    assert reason.findings == ("fever",)


@given(st.lists(ANSWERS, max_size=12), ANSWERS)
def test_the_level_never_falls_because_more_was_said(answers: list[Answer], more: Answer) -> None:
    assert level_of([*answers, more]) >= level_of(answers)


@given(st.lists(ANSWERS, max_size=12))
def test_every_list_of_answers_has_a_next_step_and_an_emergency_concludes(answers: list[Answer]) -> None:
    step = next_step(UPPER_BACK, answers)
    if level_of(answers) is Level.EMERGENCY:
        assert isinstance(step, Conclude)
        assert step.reasons
    if isinstance(step, Ask):
        assert step.open
        assert not set(step.open) & assess(UPPER_BACK, answers).settled


def test_emergencies_are_cleared_only_when_every_one_was_denied() -> None:
    answers = [Answer(question=id_, reply=Reply.NO) for id_ in QUESTIONS[:5]]
    assert emergencies_cleared(UPPER_BACK, answers)
    for left_out in range(5):
        assert not emergencies_cleared(UPPER_BACK, answers[:left_out] + answers[left_out + 1 :])
    assert not emergencies_cleared(UPPER_BACK, [*answers, Answer(present=(FindingId("chest_pain"),))])


DURATIONS = [
    # days, confirmed, denied
    (0.5, (), ("not_improving", "persistent")),
    (2.9, (), ("not_improving", "persistent")),
    (3, (), ("persistent",)),
    (20, (), ("persistent",)),
    (21, (), ()),
    (22, ("persistent",), ()),
    (90, ("persistent",), ()),
]


@pytest.mark.parametrize(("days", "confirmed", "denied"), DURATIONS)
def test_a_duration_settles_what_the_clinical_ground_says(
    days: float, confirmed: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    assert settled_by_duration(UPPER_BACK, [], days) == (confirmed, denied)


def test_time_alone_does_not_confirm_what_was_denied_by_name() -> None:
    better = [Answer(absent=tuple(finding.id for finding in UPPER_BACK.denied_when_improving))]
    assert settled_by_duration(UPPER_BACK, better, 90) == ((), ())


def test_unknown_ids_are_refused() -> None:
    with pytest.raises(KeyError, match="ufo"):
        assess(UPPER_BACK, [Answer(present=(FindingId("ufo"),))])
