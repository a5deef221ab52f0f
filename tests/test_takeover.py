"""A deployment shares sessions by a canary where both versions can, switches at once where not, and says so."""

import stat
from pathlib import Path

import pytest

from skill.dialog.session import RELEASED_1_0, VERSION
from tools import takeover
from tools.artifact_content import ROOT
from tools.takeover import AT_ONCE, CANARY


@pytest.mark.parametrize(
    ("running", "deployment", "told"),
    [
        (None, CANARY, "Nothing is known"),
        (VERSION, CANARY, "a tenth of the turns"),
        (RELEASED_1_0, AT_ONCE, "switch to the new version at once"),
        (VERSION + 1, AT_ONCE, "switch to the new version at once"),
    ],
)
def test_versions_that_cannot_share_sessions_switch_at_once(running: int | None, deployment: str, told: str) -> None:
    chosen, sentence = takeover.way(running)
    assert chosen == deployment
    assert told in sentence


SAYS = {
    '[{"OutputKey": "SessionVersion", "OutputValue": "4"}]': 4,
    '[{"OutputKey": "Endpoint", "OutputValue": "arn"}]': RELEASED_1_0,
    "[]": RELEASED_1_0,
    '[{"OutputKey": "SessionVersion", "OutputValue": "four"}]': None,
    "no JSON": None,
    "{}": RELEASED_1_0,
}


@pytest.mark.parametrize(("says", "version"), SAYS.items())
def test_sam_is_asked_what_runs(says: str, version: int | None, tmp_path: Path) -> None:
    asked = tmp_path / "asked.txt"
    program = tmp_path / "sam"
    program.write_text(f"#!/bin/sh\necho \"$@\" > {asked}\ncat <<'END'\n{says}\nEND\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert takeover.running_version(str(program), "guide", ["--region", "us-east-1"]) == version
    assert asked.read_text() == "list stack-outputs --stack-name guide --output json --region us-east-1\n"


def test_where_nothing_is_deployed_nothing_is_known(tmp_path: Path) -> None:
    program = tmp_path / "sam"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    assert takeover.running_version(str(program), "guide", []) is None


def test_saved_parameters_are_kept_and_given_ones_take_their_place() -> None:
    for saved in ('SkillId="old" ClinicName="St. Mary"', ["SkillId=old", "ClinicName=St. Mary"]):
        words = takeover.overrides({"parameter_overrides": saved}, {"Deployment": CANARY, "SkillId": "new"})
        assert words == ['ClinicName="St. Mary"', f"Deployment={CANARY}", "SkillId=new"]
    assert takeover.overrides({}, {"Deployment": AT_ONCE}) == ["Deployment=AllAtOnce"]


@pytest.mark.parametrize(
    ("words", "told"),
    [([], False), (["AlarmEmail="], False), (["AlarmEmail=a@b.org"], True), (["X=AlarmEmail"], False)],
)
def test_without_an_address_nobody_is_told(words: list[str], told: bool) -> None:
    assert takeover.is_told(words) is told


def test_the_template_tells_the_version_of_the_code() -> None:
    template = (ROOT / "template.yaml").read_text("utf-8")
    assert "  SessionVersion:\n    Description: The shape" in template
    assert f'Value: "{VERSION}"' in template
    assert f"AllowedValues: [{CANARY}, {AT_ONCE}]" in template
