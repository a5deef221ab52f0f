"""A deployment to a local stand-in for AWS: the stack is created, the zip is fetched back, and what is in it runs."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prove import local_aws
from prove.local_aws import BUCKET, KEY, NOT_MADE_BY_MOTO, LocalAws
from prove.offline import run, translated
from simulator.client import AlexaClient
from tools.local_lambda import LocalLambda
from tools.runtime_python import RUNTIME, Interpreter

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    """Return a local AWS that ends with the module."""
    with local_aws.running() as aws:
        yield aws


@pytest.fixture(scope="module")
def deployed(aws: LocalAws, artifact: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the resources of the stack, once it is complete."""
    return local_aws.deploy(aws, artifact, tmp_path_factory.mktemp("zip"), {"SkillId": SKILL_ID})


def test_control_what_is_left_out_stands_in_the_template() -> None:
    """A type that the template no longer has is taken off the list."""
    types = {resource["Type"] for resource in translated(f"s3://{BUCKET}/{KEY}")["Resources"].values()}
    assert types >= NOT_MADE_BY_MOTO


def test_the_stack_is_created(deployed: dict[str, Any]) -> None:
    assert {"TriageFunction", "TriageRole", "TriageLogs", "Dashboard"} <= deployed.keys()
    assert "AlarmTopic" not in deployed, "no address was given"
    assert "FollowUpTable" not in deployed, "no key was given"


def test_the_function_is_there_with_its_settings(aws: LocalAws, deployed: dict[str, Any]) -> None:
    function = aws.client("lambda").get_function_configuration(FunctionName=deployed["TriageFunction"])
    assert function["Runtime"] == f"python{RUNTIME}"
    assert function["Timeout"] == 7
    assert function["Environment"]["Variables"]["SKILL_ID"] == SKILL_ID


def test_the_zip_that_arrived_runs(
    aws: LocalAws, deployed: dict[str, Any], python: Interpreter, tmp_path: Path
) -> None:
    size = aws.client("lambda").get_function(FunctionName=deployed["TriageFunction"])["Configuration"]["CodeSize"]
    fetched = aws.client("s3").get_object(Bucket=BUCKET, Key=KEY)["Body"].read()
    assert len(fetched) == size
    assert len(fetched) < 5_000_000
    with zipfile.ZipFile(io.BytesIO(fetched)) as packed:
        packed.extractall(tmp_path)
    environ = {"SKILL_ID": SKILL_ID}
    with LocalLambda(folder=tmp_path, python=python, environ=environ, snap_start=True) as function:
        assert AlexaClient(handler=function, skill_id=SKILL_ID).launch().text.startswith("Welcome")


def test_sam_builds_the_same_artifact(artifact: Path, python: Interpreter, tmp_path: Path) -> None:
    if not python.is_the_runtimes:
        pytest.skip(f"sam builds for Python {RUNTIME}, which is not on this machine")
    run("sam", "build", "--build-dir", str(tmp_path / "built"), PATH=f"{os.environ['PATH']}")
    built = tmp_path / "built" / "TriageFunction"
    ours = {path.relative_to(artifact): path.read_bytes() for path in artifact.rglob("*") if path.is_file()}
    sams = {path.relative_to(built): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert ours.keys() == sams.keys()
    assert [path for path, content in ours.items() if sams[path] != content] == []
