"""Patients who answer truthfully, in many manners of speaking, come to the level that the protocol gives them.

PATIENT_SEEDS is the number of conversations for each case (default: 3), PATIENT_HALF the half of the banks that is
drawn from (default: even; the other half is set aside for the report). More: tests/patients/report.py.
"""

import os
import re
from collections import Counter
from functools import cache
from typing import cast

import pytest
from patients import report
from patients.bank import HALVES, Half, banks, every_list, findings
from patients.figures import Share, answers, share, turns_to_home_care
from patients.patient import LIMITS, MANNERS, SPEAKERS, Case, cases, expected
from patients.play import MOST_TURNS, Run, play

from simulator.trace import Tracer
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

SEEDS = int(os.environ.get("PATIENT_SEEDS", "3"))
HALF = cast("Half", os.environ.get("PATIENT_HALF", "even"))
SPOKEN = re.compile(r"[a-z]+('[a-z]+)*( [a-z]+('[a-z]+)*)*")


@cache
def tracer() -> Tracer:
    """One tracer for all: a turn depends on its line alone."""
    return Tracer()


@cache
def runs_of(case: Case) -> tuple[Run, ...]:
    """The conversations of one case."""
    return tuple(play(case, seed, tracer(), HALF) for seed in range(SEEDS))


@cache
def every_run() -> tuple[Run, ...]:
    """The conversations of all cases."""
    return tuple(run for case in cases() for run in runs_of(case))


# What comes of it.


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_nobody_is_sent_too_low(case: Case) -> None:
    low = [run.script for run in runs_of(case) if run.too_low]
    assert not low, "\n\n" + "\n\n".join(low)


def test_few_are_sent_too_high() -> None:
    high = [run for run in every_run() if run.too_high]
    assert share(run.too_high for run in every_run()).value < 0.03, "\n".join(["", *report.raised(high)])


@pytest.mark.xfail(reason="a quarter of the clear answers of more than two words is asked again", strict=True)
def test_few_clear_answers_of_more_than_two_words_are_asked_for_again() -> None:
    """Questions back, asides without an answer, soft noes and hedges are asked about again by design."""
    clear = [turn for turn in answers(every_run()) if turn.said.clear]
    again = Counter(turn.said.text for turn in clear if turn.asked_again)
    assert share(turn.asked_again for turn in clear).value < 0.1, again.most_common(20)


@pytest.mark.xfail(reason="home care is reached in 18 turns at the median", strict=True)
def test_home_care_is_reached_in_twelve_turns_at_the_median() -> None:
    assert turns_to_home_care(every_run())[0] <= 12


@pytest.mark.xfail(reason="some conversations stop at the question about words that nobody placed", strict=True)
def test_every_conversation_comes_to_an_end() -> None:
    assert not [run.script for run in every_run() if len(run.turns) == MOST_TURNS or run.outcome is None]


# What the cases and the banks hold.


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_agrees_with_the_protocol(case: Case) -> None:
    assert case.expected == expected(case.present).key
    assert ("persistent" in case.present) == (case.days > 21)
    assert "not_improving" not in case.present or (case.days >= 3 and not case.better)
    assert case.manner in MANNERS
    assert case.speaker in SPEAKERS
    assert case.of in banks()["openings"][case.speaker]


def test_the_cases_cover_every_outcome_and_every_finding() -> None:
    outcomes = Counter(case.expected for case in cases())
    assert len({case.name for case in cases()}) == len(cases()) >= 60
    assert set(outcomes) == {level.key for level in Level}
    assert outcomes["self_care"] >= 20
    alone = {case.present[0] for case in cases() if len(case.present) == 1}
    assert alone == {finding.id for finding in (*UPPER_BACK.findings, *UPPER_BACK.limits)}
    assert {case.manner for case in cases() if case.expected == "self_care"} == {*MANNERS}


@pytest.mark.parametrize(("path", "lines"), [*every_list()], ids=lambda value: value if isinstance(value, str) else "")
def test_a_bank_holds_what_speech_recognition_writes(path: str, lines: list[str]) -> None:
    assert not [line for line in lines if not SPOKEN.fullmatch(line)]
    assert len(set(lines)) == len(lines) >= 2, path


def test_the_banks_are_wide_enough() -> None:
    for id_, finding in ((one.id, one) for one in (*UPPER_BACK.findings, *UPPER_BACK.limits)):
        mine = findings()[id_]
        if id_ in LIMITS:
            assert sum(len(person["reports"]) for person in mine.values()) >= 8
            continue
        assert len(mine["self"]["reports"]) >= (12 if finding.level is Level.EMERGENCY else 8)
        assert len(mine["self"]["denials"]) >= 8
        assert all(mine[person][bank] for person in ("she", "he") for bank in ("reports", "hedged", "denials"))
    shared = banks()["shared"]["any"]
    assert len(shared["no"]) >= 40
    assert len(shared["yes"]) >= 30


# The tools.


def test_a_conversation_depends_on_its_case_and_seed_alone() -> None:
    assert play(cases()[0], 1, tracer(), HALF) == play(cases()[0], 1, tracer(), HALF)


def test_the_half_that_is_set_aside_is_not_drawn_from() -> None:
    said = [turn.said for case in cases()[::7] for turn in play(case, 0, tracer(), "even").turns]
    assert not [utterance.text for utterance in said if utterance.set_aside]
    assert HALF in HALVES


def test_an_interval_is_wilsons() -> None:
    assert [round(bound, 4) for bound in Share(1, 100).interval] == [0.0018, 0.0545]
    assert Share(0, 0).interval == (0.0, 1.0)


def test_the_report_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    report.main(["--seeds", "1", "--half", "even", "--show", "--groups", "3"])
    printed = capsys.readouterr().out
    assert "too low" in printed
    assert "turns to home care" in printed
