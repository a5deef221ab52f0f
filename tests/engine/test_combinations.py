"""Facts about findings that are told together: no more of them lowers a level, in any order and any interview."""

import itertools
from functools import cache

import pytest

from skill.acts import Answer
from skill.engine.interviews import every_interview
from skill.engine.triage import Ask, Disposition, Evidence, assess, next_step
from skill.protocol.model import Combination, FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

EVERY = tuple(UPPER_BACK.finding)
EMERGENCIES = [finding.id for finding in UPPER_BACK.finding.values() if finding.level is Level.EMERGENCY]
PAIRS = sorted(
    {
        pair
        for combined in UPPER_BACK.combinations
        for pair in itertools.product(*([finding.id for finding in group] for group in combined.when))
    }
)
NO_TO_ALL = tuple(Evidence(question=question.id, answer=Answer.NO) for question in UPPER_BACK.questions)


@cache
def level_of(*ids: FindingId) -> Level:
    """Return the level of findings that are told one after the other."""
    return assess(UPPER_BACK, [Evidence(present=(id_,)) for id_ in ids]).level


def step_of(*ids: FindingId) -> Ask | Disposition:
    """Return what comes after findings are told one after the other."""
    return next_step(UPPER_BACK, [Evidence(present=(id_,)) for id_ in ids])


def test_no_finding_more_lowers_the_level_of_any_one_or_two() -> None:
    assert len(EVERY) == 40
    for one, two, three in itertools.combinations(EVERY, 3):
        together = level_of(one, two, three)
        assert together >= max(level_of(one, two), level_of(one, three), level_of(two, three))
        assert together >= max(UPPER_BACK.finding[id_].level for id_ in (one, two, three))


def test_the_order_in_which_two_or_three_are_told_changes_nothing() -> None:
    for pair in itertools.permutations(EVERY, 2):
        assert level_of(*pair) is level_of(*reversed(pair))
        assert level_of(*pair) is assess(UPPER_BACK, [Evidence(present=pair)]).level
    for three in itertools.combinations(sorted({id_ for pair in PAIRS for id_ in pair}), 3):
        assert len({level_of(*order) for order in itertools.permutations(three)}) == 1


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_a_combination_is_an_emergency_at_once_and_names_both(pair: tuple[FindingId, FindingId]) -> None:
    for order in itertools.permutations(pair):
        step = step_of(*order)
        assert isinstance(step, Disposition)
        assert step.level is Level.EMERGENCY
        (reason,) = step.reasons
        assert set(reason.findings) == set(pair)
        assert reason.together
    assert all(UPPER_BACK.finding[id_].level < Level.EMERGENCY for id_ in pair)


@pytest.mark.parametrize("id_", EMERGENCIES)
@pytest.mark.parametrize("before", [(), *((question.id,) for question in UPPER_BACK.questions)], ids=str)
def test_an_emergency_ends_every_interview_at_once(id_: FindingId, before: tuple[str, ...]) -> None:
    """Told before the first question, or after any of the others was denied."""
    known = NO_TO_ALL[: next((at for at, one in enumerate(NO_TO_ALL) if one.question in before), 0)]
    step = next_step(UPPER_BACK, [*known, Evidence(present=(id_,))])
    assert isinstance(step, Disposition)
    assert step.level is Level.EMERGENCY


@pytest.mark.parametrize("id_", EVERY)
def test_an_interview_that_begins_with_a_finding_never_ends_below_it(id_: FindingId) -> None:
    begun = (Evidence(present=(id_,)),)
    without = {
        interview.answers: interview.disposition.level
        for interview in every_interview(UPPER_BACK, (Answer.YES, Answer.NO))
    }
    for interview in every_interview(UPPER_BACK, (Answer.YES, Answer.NO), begun):
        assert interview.disposition.level >= UPPER_BACK.finding[id_].level
        assert interview.disposition.level >= without.get(interview.answers[1:], Level.SELF_CARE)


@pytest.mark.parametrize("id_", EVERY)
def test_a_finding_that_is_added_to_any_finished_interview_never_lowers_it(id_: FindingId) -> None:
    for interview in every_interview(UPPER_BACK, (Answer.YES, Answer.NO)):
        more = assess(UPPER_BACK, [*interview.answers, Evidence(present=(id_,))]).level
        assert more >= interview.disposition.level


@pytest.mark.parametrize("combined", UPPER_BACK.combinations, ids=lambda combined: combined.id)
def test_what_is_asked_about_in_a_combination_is_asked_where_it_may_raise_the_level(combined: Combination) -> None:
    """Once one half is known, the other half is asked about, though alone it could not raise the level."""
    asked = {finding.id for finding in UPPER_BACK.findings}
    for one, other in itertools.permutations(combined.when, 2):
        for finding in one:
            answers = [Evidence(present=(finding.id,))]
            named = set()
            while isinstance(step := next_step(UPPER_BACK, answers), Ask):
                named |= set(step.open)
                answers.append(Evidence(absent=step.open))
            assert {wanted.id for wanted in other if wanted.id in asked} <= named


def test_a_question_is_narrowed_to_what_may_raise_the_level_and_a_no_denies_nothing_else() -> None:
    told = [Evidence(present=(FindingId("fever"),)), *NO_TO_ALL[:5]]
    step = next_step(UPPER_BACK, told)
    assert isinstance(step, Ask)
    assert (step.question.id, step.open, step.is_narrowed) == ("history", ("injects_drugs",), True)
    denied = assess(UPPER_BACK, [*told, Evidence(absent=step.open)])
    assert FindingId("cancer_history") not in denied.absent


# --- What is only listened for


@pytest.mark.parametrize("finding", UPPER_BACK.listened, ids=lambda finding: finding.id)
def test_what_is_listened_for_is_never_asked_about_unless_it_was_half_heard(finding: object) -> None:
    assert all(finding not in question.findings for question in UPPER_BACK.questions)


@pytest.mark.parametrize("id_", [finding.id for finding in UPPER_BACK.listened if finding.level > Level.SELF_CARE])
@pytest.mark.parametrize("how", ["unclear", "doubted"])
def test_half_heard_or_doubted_it_is_asked_about_by_name(id_: FindingId, how: str) -> None:
    given = Evidence(unclear=(id_,)) if how == "unclear" else Evidence(doubted=(id_,))
    answers = [given]
    while isinstance(step := next_step(UPPER_BACK, answers), Ask) and step.open != (id_,):
        answers.append(Evidence(question=step.question.id, answer=Answer.NO))
    assert isinstance(step, Ask)
    assert assess(UPPER_BACK, answers).level is Level.SELF_CARE
    yes = [*answers, Evidence(question=step.question.id, answer=Answer.YES)]
    no = [*answers, Evidence(question=step.question.id, answer=Answer.NO)]
    assert assess(UPPER_BACK, yes).level is UPPER_BACK.finding[id_].level
    assert id_ in assess(UPPER_BACK, no).absent


def test_what_changes_no_level_is_no_reason() -> None:
    step = next_step(UPPER_BACK, [Evidence(present=(FindingId("clot_risk"), FindingId("blood_thinner"))), *NO_TO_ALL])
    assert step == Disposition(level=Level.SELF_CARE, reasons=(), instructions=())


# --- Guards: a known shorter time rules out what needs a longer one


@pytest.mark.parametrize(
    ("days", "id_", "counts"),
    [
        (1, "not_improving", False),
        (1, "persistent", False),
        (5, "not_improving", True),
        (5, "persistent", False),
        (30, "not_improving", True),
        (30, "persistent", True),
    ],
)
def test_a_known_shorter_time_rules_out_what_is_said_later(days: float, id_: str, *, counts: bool) -> None:
    told = [Evidence(days=days), Evidence(present=(FindingId(id_),))]
    assert (assess(UPPER_BACK, told).level is Level.DOCTOR) is counts
    at_once = [Evidence(days=days, present=(FindingId(id_),))]
    assert (assess(UPPER_BACK, at_once).level is Level.DOCTOR) is counts


def test_what_the_time_rules_out_is_asked_about_by_name_once_it_is_reported_and_a_yes_counts() -> None:
    """The time may have been misheard: "he woke up stiff one day" says nothing of how long."""
    told = [Evidence(days=1), *NO_TO_ALL[:-1], Evidence(present=(FindingId("not_improving"),))]
    step = next_step(UPPER_BACK, told)
    assert isinstance(step, Ask)
    assert step.open == ("not_improving",)
    assert assess(UPPER_BACK, [*told, Evidence(question=step.question.id, answer=Answer.YES)]).level is Level.DOCTOR
    assert assess(UPPER_BACK, [*told, Evidence(question=step.question.id, answer=Answer.NO)]).level is Level.SELF_CARE


def test_a_longer_time_opens_again_what_a_shorter_one_ruled_out() -> None:
    short, longer = Evidence(days=1), Evidence(days=30)
    assert FindingId("not_improving") in assess(UPPER_BACK, [short]).absent
    assert FindingId("not_improving") not in assess(UPPER_BACK, [short, longer]).absent
    assert assess(UPPER_BACK, [short, longer, Evidence(present=(FindingId("not_improving"),))]).level is Level.DOCTOR


def test_what_was_confirmed_before_the_time_was_known_stays() -> None:
    told = [Evidence(present=(FindingId("not_improving"),)), Evidence(days=1)]
    assert assess(UPPER_BACK, told).level is Level.DOCTOR


# --- Regions


def test_in_a_region_that_asks_for_more_home_care_is_a_doctor_at_least_and_nothing_is_lowered() -> None:
    britain = UPPER_BACK.of_region("GB")
    for interview in every_interview(UPPER_BACK):
        step = next_step(britain, interview.answers)
        assert isinstance(step, Disposition)
        assert step.level is max(interview.disposition.level, Level.DOCTOR)
        assert step.is_home_care is (interview.disposition.level is Level.SELF_CARE)
