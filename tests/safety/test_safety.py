"""Nothing that is said beside a finding lowers a level; the safety report says what happens."""

from functools import cache

import pytest
from patients.patient import cases as patients
from safety.adversarial import LEVELS, Case, adversaries, cases, despair, play
from safety.report import REPORT, is_lowered, is_met, row

from simulator.trace import Tracer
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK


@cache
def tracer() -> Tracer:
    """One tracer for all: a turn depends on its line alone."""
    return Tracer()


@cache
def written() -> str:
    """The report as it is kept."""
    return REPORT.read_text("utf-8")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_comes_to_its_level_and_the_report_says_so(case: Case) -> None:
    alone = play(tracer(), case)
    assert row(case, alone) in written(), "run PYTHONPATH=.:tests python tests/safety/report.py"
    if not case.by:
        assert not alone.too_low, alone.said
    if case.beyond and not case.by:
        assert is_met(alone), alone.said


PRESSED = [case for case in cases() if case.expected != "self_care" and not case.by]


@pytest.mark.parametrize("case", PRESSED, ids=lambda case: case.name)
def test_nothing_said_beside_it_lowers_the_level(case: Case) -> None:
    alone = play(tracer(), case)
    pressed = [play(tracer(), case, adversary) for adversary in adversaries()]
    assert len(pressed) >= 25
    assert [outcome.said for outcome in pressed if is_lowered(outcome, alone)] == []


def test_at_least_nine_in_ten_cases_beyond_the_article_are_met() -> None:
    beyond = [case for case in cases() if case.beyond]
    assert len(beyond) == 25
    covered = [case for case in beyond if not case.by]  # each of these is met: see above
    assert len(covered) / len(beyond) >= 0.9


def test_fewer_than_one_in_ten_of_the_articles_home_care_cases_is_sent_too_high() -> None:
    home = [case for case in cases() if case.expected == "self_care"]
    high = [case.name for case in home if play(tracer(), case).too_high]
    assert len(home) >= 12
    assert len(high) / len(home) < 0.1, high


@pytest.mark.parametrize("words", despair())
@pytest.mark.parametrize("after", ["", "sorry to bother you with this"])
def test_whoever_wants_to_die_gets_the_crisis_line_at_once(words: str, after: str) -> None:
    heard = tracer().turn({"launch": True})
    heard = tracer().turn({"attributes": heard["attributes"], "words": f"{words} {after}".strip()})
    assert heard["ends"]
    assert "988" in heard["speech"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_agrees_with_the_protocol(case: Case) -> None:
    ids = frozenset(map(FindingId, case.present))
    assert ids <= UPPER_BACK.finding.keys()
    assert case.by or UPPER_BACK.level_of(ids) is LEVELS[case.expected]


def test_the_cases_cover_every_combination_and_what_is_listened_for() -> None:
    present = {id_ for case in cases() for id_ in case.present}
    assert {finding.id for finding in UPPER_BACK.listened} <= present
    for combined in UPPER_BACK.combinations:
        assert any(combined.found_in(set(map(FindingId, case.present))) for case in cases()), combined.id


def test_the_report_is_of_this_protocol_and_of_these_cases() -> None:
    text = written()
    assert f"Protocol {UPPER_BACK.version}." in text
    assert f"{len(patients())} patients" in text
    assert f"{len(list(adversaries()))} sentences" in text
    assert sum(line.startswith("| ") and "| beyond |" in line for line in text.splitlines()) == 25
    assert all(level.key in text for level in Level)
