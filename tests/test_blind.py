"""Speech that nobody prepared for: written by somebody who had seen nothing of the model."""

import pytest
from test_utterances import understood_apart

from simulator import blind
from skill.dialog.moves import Move, MoveKind

FEWEST = 500
RIGHT_SHARE = 0.65
"""Of all of them, by our matcher. It stands in for Alexa's, which generalizes more; the rest is asked about again."""

ALL = list(blind.utterances())


@pytest.fixture(scope="module")
def moves() -> dict[str, Move]:
    """What is made of each utterance."""
    found = understood_apart(blind.LOCALE, (said.words for said in ALL))
    return {words: blind.move(understood) for words, understood in found.items()}


def test_no_emergency_sign_is_taken_as_a_no_or_passes_by(moves: dict[str, Move]) -> None:
    urgent = [said for said in ALL if said.urgent]
    assert len(urgent) > 150
    assert [said.words for said in urgent if blind.passes_by(said, moves[said.words])] == []


def test_no_report_becomes_a_plain_no(moves: dict[str, Move]) -> None:
    reports = [said for said in ALL if said.present and said.means in ("report", "mixed")]
    assert len(reports) > 200
    plain = [said.words for said in reports if moves[said.words].kind is MoveKind.NO and not moves[said.words].present]
    assert plain == []


def test_every_cry_for_help_but_the_unknown_is_answered(moves: dict[str, Move]) -> None:
    calls = [said for said in ALL if said.means in ("emergency", "crisis", "distress")]
    assert len(calls) == 30
    assert sum(blind.is_right(said, moves[said.words]) for said in calls) >= 27


def test_most_of_it_is_understood(moves: dict[str, Move]) -> None:
    assert len(ALL) >= FEWEST
    assert sum(blind.is_right(said, moves[said.words]) for said in ALL) / len(ALL) >= RIGHT_SHARE


def test_what_was_never_seen_is_understood_nearly_as_well_as_the_rest(moves: dict[str, Move]) -> None:
    unseen = [said for said in ALL if said.unseen]
    assert len(unseen) > 200
    assert sum(blind.is_right(said, moves[said.words]) for said in unseen) / len(unseen) >= RIGHT_SHARE
