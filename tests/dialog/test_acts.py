"""An act that needs something cannot be made without it."""

import pytest

from skill.acts import Deny, Doubt, Lasted, Report, Unclear


@pytest.mark.parametrize("kind", [Report, Deny, Doubt, Unclear])
def test_an_act_about_findings_names_one(kind: type[Report | Deny | Doubt | Unclear]) -> None:
    with pytest.raises(ValueError, match=f"{kind.__name__} names no finding; name one or leave the act out"):
        kind(())


@pytest.mark.parametrize("days", [-1, float("inf"), float("nan")])
def test_a_duration_is_finite_and_not_negative(days: float) -> None:
    with pytest.raises(ValueError, match="give a finite number that is 0 or more"):
        Lasted(days)
