"""Facts about every interview that a person can have with yes, no, a soft no and not sure."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from dialog.another_guide import KNEE
from hypothesis import given
from hypothesis import strategies as st

from skill.acts import Answer
from skill.engine.interviews import Interview, every_interview
from skill.engine.triage import (
    Ask,
    Disposition,
    Evidence,
    assess,
    emergencies_cleared,
    next_step,
    settled_by_duration,
)
from skill.protocol.model import Finding, FindingId, Level, Protocol, Question
from skill.protocol.upper_back import UPPER_BACK

FINDINGS = [finding.id for finding in UPPER_BACK.findings]
LISTENED = [finding.id for finding in UPPER_BACK.listened]
QUESTIONS = [question.id for question in UPPER_BACK.questions]
URGENT = [question.id for question in UPPER_BACK.questions if question.level is Level.EMERGENCY]

NAMED = st.lists(st.sampled_from([*FINDINGS, *LISTENED]), max_size=2).map(tuple)
EVIDENCE = st.builds(
    Evidence,
    question=st.none() | st.sampled_from(QUESTIONS),
    answer=st.none() | st.sampled_from(Answer),
    present=NAMED,
    absent=NAMED,
    softly_absent=NAMED,
    doubted=NAMED,
    unclear=NAMED,
    days=st.none() | st.floats(min_value=0, max_value=400),
)


@cache
def interviews() -> list[Interview]:
    """Return every complete interview of yes, no and not sure."""
    return list(every_interview(UPPER_BACK))


@cache
def soft_interviews() -> list[tuple[Protocol, Interview]]:
    """Return every complete interview of yes and soft no, and of yes, no and soft no where there are few questions."""
    return [
        *((UPPER_BACK, interview) for interview in every_interview(UPPER_BACK, (Answer.YES, Answer.SOFT_NO))),
        *((KNEE, interview) for interview in every_interview(KNEE, (Answer.YES, Answer.NO, Answer.SOFT_NO))),
    ]


def told_together(*ids: str) -> Ask | Disposition:
    """Return what comes after findings were told at once."""
    return next_step(UPPER_BACK, [Evidence(present=tuple(map(FindingId, ids)))])


def level_of(answers: Sequence[Evidence]) -> Level:
    """Return the worst level that ``answers`` confirm."""
    return assess(UPPER_BACK, answers).level


def test_there_are_thousands_of_interviews_and_each_ends() -> None:
    assert len(interviews()) > 3_000
    assert max(len(interview.answers) for interview in interviews()) == 2 * len(QUESTIONS)


def test_an_emergency_yes_ends_the_interview_on_that_turn() -> None:
    for interview in interviews():
        early = [evidence for evidence in interview.answers[:-1] if evidence.question in URGENT]
        assert all(evidence.answer is not Answer.YES for evidence in early)


def test_turning_any_no_into_a_yes_never_lowers_the_level() -> None:
    for interview in (interview for interview in interviews() if interview.disposition.level > Level.SELF_CARE):
        for turn, evidence in enumerate(interview.answers):
            if evidence.answer is Answer.NO:
                changed = [*interview.answers]
                changed[turn] = Evidence(question=evidence.question, answer=Answer.YES)
                assert level_of(changed) >= interview.disposition.level


def test_unsure_twice_on_an_emergency_question_is_an_emergency() -> None:
    twice = [
        interview
        for interview in interviews()
        if any(
            first.question == second.question
            and first.question in URGENT
            and first.answer is second.answer is Answer.UNSURE
            for first, second in itertools.pairwise(interview.answers)
        )
    ]
    assert twice
    assert {interview.disposition.level for interview in twice} == {Level.EMERGENCY}
    assert all(interview.disposition.reasons[0].unsure for interview in twice)


def test_every_level_and_every_instruction_is_reached() -> None:
    assert {interview.disposition.level for interview in interviews()} == set(Level)
    told = (*UPPER_BACK.listened, *UPPER_BACK.findings)
    listened = [step for finding in told if (step := told_together(finding.id)) and isinstance(step, Disposition)]
    ends = [*(interview.disposition for interview in interviews()), *listened]
    said = {id_ for disposition in ends for id_ in disposition.instructions}
    assert said == {instruction.id for instruction in UPPER_BACK.instructions}


def test_some_interview_asks_every_question_and_none_asks_another() -> None:
    asked = [{evidence.question for evidence in interview.answers} for interview in interviews()]
    assert max(asked, key=len) == set(QUESTIONS)


def test_with_yes_and_no_alone_a_yes_ends_the_interview_but_where_a_combination_may_still_raise_it() -> None:
    found = list(every_interview(UPPER_BACK, (Answer.YES, Answer.NO)))
    assert len(found) == len(QUESTIONS) + 2
    (needles,) = (one for one in found if any(evidence.present for evidence in one.answers))
    assert [evidence.present for evidence in needles.answers][-1] == ("injects_drugs",)
    assert needles.disposition.level is Level.EMERGENCY


def test_home_care_has_every_finding_denied() -> None:
    for protocol, interview in (*((UPPER_BACK, interview) for interview in interviews()), *soft_interviews()):
        if interview.disposition.level is Level.SELF_CARE:
            assert assess(protocol, interview.answers).absent == {finding.id for finding in protocol.findings}


# --- A soft no


def test_every_interview_with_soft_noes_ends_and_asks_no_question_three_times() -> None:
    asked = [Counter(evidence.question for evidence in interview.answers) for _, interview in soft_interviews()]
    assert len(asked) > 300
    assert max(count for questions in asked for count in questions.values()) == 2


def test_two_noes_of_any_kind_are_a_no_and_a_yes_after_a_soft_no_is_a_yes() -> None:
    for protocol, interview in soft_interviews():
        known = assess(protocol, interview.answers)
        confirmed = {id_ for reason in known.reasons for id_ in reason.findings}
        for question in protocol.questions:
            named = {id_ for evidence in interview.answers for id_ in (*evidence.present, *evidence.softly_absent)}
            if question.finding_ids & named:
                continue  # asked about one finding of it only: see the combinations
            replies = [evidence.answer for evidence in interview.answers if evidence.question == question.id]
            assert (question.finding_ids <= confirmed) == (Answer.YES in replies)
            assert (question.finding_ids <= known.softly_absent) == (
                replies[:1] == [Answer.SOFT_NO] and not confirmed & question.finding_ids
            )


def test_soft_noes_come_to_the_level_of_plain_ones() -> None:
    for protocol, interview in soft_interviews():
        plain = [
            replace(evidence, answer=Answer.YES if evidence.answer is Answer.YES else Answer.NO)
            for evidence, following in zip(interview.answers, (*interview.answers[1:], None), strict=True)
            if not following or following.question != evidence.question
        ]
        step = next_step(protocol, plain)
        assert isinstance(step, Disposition)
        assert step == interview.disposition


@pytest.mark.parametrize("question", UPPER_BACK.questions, ids=lambda question: question.id)
def test_the_first_soft_no_leaves_the_question_open(question: Question) -> None:
    others = Evidence(absent=tuple(id_ for id_ in FINDINGS if id_ not in question.finding_ids))
    step = next_step(UPPER_BACK, [others, Evidence(question=question.id, answer=Answer.SOFT_NO)])
    assert isinstance(step, Ask)
    assert (step.question, step.softly_before, step.unsure_before) == (question, True, False)
    assert set(step.open) == question.finding_ids


def test_a_clear_denial_by_name_is_not_a_soft_one() -> None:
    soft = Evidence(question=QUESTIONS[0], answer=Answer.SOFT_NO)
    one, other = UPPER_BACK.questions[0].findings
    after_a_name = assess(UPPER_BACK, [soft, Evidence(absent=(one.id,)), soft])
    assert after_a_name.softly_absent == {other.id}
    assert assess(UPPER_BACK, [soft, soft, Evidence(absent=(one.id,))]).softly_absent == {other.id}
    assert assess(UPPER_BACK, [soft, Evidence(softly_absent=(one.id,))]).softly_absent == {one.id}
    assert assess(UPPER_BACK, [Evidence(absent=(one.id,)), Evidence(softly_absent=(one.id,))]).softly_absent == set()


# --- Findings by name


@pytest.mark.parametrize("finding", UPPER_BACK.finding.values(), ids=lambda finding: finding.id)
def test_a_named_finding_reaches_its_level_alone(finding: Finding) -> None:
    assert level_of([Evidence(present=(finding.id,))]) is finding.level


@pytest.mark.parametrize("finding", UPPER_BACK.findings, ids=lambda finding: finding.id)
def test_denying_one_finding_leaves_the_others_of_its_question_open(finding: Finding) -> None:
    question = UPPER_BACK.question_of[finding.id]
    others = [other.id for other in UPPER_BACK.findings if other not in question.findings]
    step = next_step(UPPER_BACK, [Evidence(absent=(*others, finding.id))])
    assert isinstance(step, Ask)
    assert step.question is question
    assert set(step.open) == question.finding_ids - {finding.id}


@pytest.mark.parametrize("finding", UPPER_BACK.findings, ids=lambda finding: finding.id)
def test_a_half_heard_finding_is_open_again_and_counts_as_nothing(finding: Finding) -> None:
    all_denied = [Evidence(question=id_, answer=Answer.NO) for id_ in QUESTIONS]
    answers = [*all_denied, Evidence(unclear=(finding.id,))]
    step = next_step(UPPER_BACK, answers)
    assert isinstance(step, Ask)
    assert step.open == (finding.id,)
    assert not step.unsure_before
    assert level_of(answers) is Level.SELF_CARE


@pytest.mark.parametrize("finding", UPPER_BACK.findings, ids=lambda finding: finding.id)
def test_a_doubt_opens_a_denied_finding_and_a_second_one_counts(finding: Finding) -> None:
    all_denied = [Evidence(question=id_, answer=Answer.NO) for id_ in QUESTIONS]
    doubted = Evidence(doubted=(finding.id,))
    step = next_step(UPPER_BACK, [*all_denied, doubted])
    assert isinstance(step, Ask)
    assert (step.open, step.unsure_before) == ((finding.id,), True)
    assert level_of([*all_denied, doubted, doubted]) is finding.level


def test_a_named_finding_is_not_asked_about_again_and_milder_questions_are_skipped() -> None:
    answers = [Evidence(present=(FindingId("fever"),))]
    asked = []
    while isinstance(step := next_step(UPPER_BACK, answers), Ask):
        asked.append(step.question.id)
        answers.append(Evidence(question=step.question.id, answer=Answer.NO))
    assert asked == [*URGENT, "history"]
    assert step.level is Level.DOCTOR_TODAY


def test_a_yes_that_names_its_finding_confirms_that_finding_alone() -> None:
    question = UPPER_BACK.question_of[FindingId("fever")]
    answer = Evidence(question=question.id, answer=Answer.YES, present=(FindingId("fever"),))
    (reason,) = assess(UPPER_BACK, [answer]).reasons
    assert reason.findings == ("fever",)


# --- Whatever was said


@given(st.lists(EVIDENCE, max_size=12), EVIDENCE)
def test_the_level_never_falls_because_more_was_said(answers: list[Evidence], more: Evidence) -> None:
    assert level_of([*answers, more]) >= level_of(answers)


@given(st.lists(EVIDENCE, max_size=12))
def test_every_list_of_answers_has_a_next_step_and_an_emergency_concludes(answers: list[Evidence]) -> None:
    step, known = next_step(UPPER_BACK, answers), assess(UPPER_BACK, answers)
    assert isinstance(step, Disposition) or known.level is not Level.EMERGENCY
    if isinstance(step, Disposition):
        assert step.level is known.level
        assert bool(step.reasons) == (step.level is not Level.SELF_CARE)
    else:
        assert step.open
        assert not set(step.open) & known.settled
        raised = UPPER_BACK.level_of(known.confirmed | {finding.id for finding in UPPER_BACK.findings})
        assert max(step.question.level, raised) > known.level


@given(st.lists(EVIDENCE, max_size=12))
def test_what_is_softly_absent_is_absent_and_nothing_is_both_absent_and_confirmed(answers: list[Evidence]) -> None:
    known = assess(UPPER_BACK, answers)
    assert known.softly_absent <= known.absent
    assert known.absent.isdisjoint({id_ for reason in known.reasons for id_ in reason.findings})


@given(st.lists(EVIDENCE, max_size=6), st.lists(st.sampled_from(Answer), min_size=3 * len(QUESTIONS)))
def test_from_any_answers_on_the_questions_come_to_an_end(answers: list[Evidence], replies: list[Answer]) -> None:
    for reply in replies:
        step = next_step(UPPER_BACK, answers)
        if isinstance(step, Disposition):
            return
        answers = [*answers, Evidence(question=step.question.id, answer=reply)]
    assert isinstance(next_step(UPPER_BACK, answers), Disposition)


def test_emergencies_are_cleared_only_when_every_one_was_denied() -> None:
    answers = [Evidence(question=id_, answer=Answer.NO) for id_ in URGENT]
    assert emergencies_cleared(UPPER_BACK, answers)
    for left_out, _ in enumerate(URGENT):
        assert not emergencies_cleared(UPPER_BACK, answers[:left_out] + answers[left_out + 1 :])
    for more in (Evidence(present=(FINDINGS[0],)), Evidence(doubted=(FINDINGS[0],)), Evidence(unclear=(FINDINGS[0],))):
        assert not emergencies_cleared(UPPER_BACK, [*answers, more])


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
    better = [Evidence(absent=tuple(finding.id for finding in UPPER_BACK.denied_when_improving))]
    assert settled_by_duration(UPPER_BACK, better, 90) == ((), ())


@pytest.mark.parametrize("field", ["present", "absent", "softly_absent", "doubted", "question"])
def test_unknown_ids_are_refused(field: str) -> None:
    given_: dict[str, object] = {"answer": Answer.YES, field: "ufo" if field == "question" else (FindingId("ufo"),)}
    with pytest.raises(KeyError, match="ufo"):
        assess(UPPER_BACK, [Evidence(**given_)])  # type: ignore[arg-type]
