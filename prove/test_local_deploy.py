"""A deployment to a local stand-in for AWS: the stack is created, the zip is fetched back, and what is in it runs."""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from prove.offline import run, translated
from simulator.client import AlexaClient
from tools import build_artifact
from tools.local_lambda import LocalLambda
from tools.runtime_python import RUNTIME, Interpreter

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
BUCKET, KEY = "artifacts", "upper-back-guide.zip"
NOT_MADE_BY_MOTO = {
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",  # it wants a function's name where ours names the alias
    "AWS::Logs::MetricFilter",
    "AWS::CloudWatch::Alarm",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
}
"""What the stand-in cannot make. test_template.py states what they are."""


def makeable() -> dict[str, Any]:
    """Return the translated template without what moto cannot make, and without outputs, which name the alias."""
    template = translated(f"s3://{BUCKET}/{KEY}")
    template["Resources"] = {
        name: resource for name, resource in template["Resources"].items() if resource["Type"] not in NOT_MADE_BY_MOTO
    }
    template.pop("Outputs")
    return template


@pytest.fixture(scope="module")
def aws() -> Iterator[Any]:
    """Return a maker of clients for a local AWS that ends with the module."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    endpoint = f"http://localhost:{port}"  # moto tells services apart by host, and knows localhost, not 127.0.0.1
    secrets = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
    yield lambda service: boto3.client(service, endpoint_url=endpoint, region_name="us-east-1", **secrets)
    server.stop()


@pytest.fixture(scope="module")
def deployed(aws: Any, artifact: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the outputs and resources of the stack, once it is complete."""
    packed = tmp_path_factory.mktemp("zip") / KEY
    build_artifact.archive(artifact, packed)
    aws("s3").create_bucket(Bucket=BUCKET)
    aws("s3").put_object(Bucket=BUCKET, Key=KEY, Body=packed.read_bytes())
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(
        StackName="upper-back-guide",
        TemplateBody=json.dumps(makeable()),
        Parameters=[{"ParameterKey": "SkillId", "ParameterValue": SKILL_ID}],
        Capabilities=["CAPABILITY_IAM"],
    )
    (stack,) = cloudformation.describe_stacks(StackName="upper-back-guide")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    resources = cloudformation.list_stack_resources(StackName="upper-back-guide")["StackResourceSummaries"]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources}


def test_control_what_is_left_out_stands_in_the_template() -> None:
    """A type that the template no longer has is taken off the list."""
    types = {resource["Type"] for resource in translated(f"s3://{BUCKET}/{KEY}")["Resources"].values()}
    assert types >= NOT_MADE_BY_MOTO


def test_the_stack_is_created(deployed: dict[str, Any]) -> None:
    assert {"TriageFunction", "TriageRole", "TriageLogs", "Dashboard"} <= deployed.keys()
    assert "AlarmTopic" not in deployed, "no address was given"


def test_the_function_is_there_with_its_settings(aws: Any, deployed: dict[str, Any]) -> None:
    function = aws("lambda").get_function_configuration(FunctionName=deployed["TriageFunction"])
    assert function["Runtime"] == f"python{RUNTIME}"
    assert function["Timeout"] == 7
    assert function["Environment"]["Variables"]["SKILL_ID"] == SKILL_ID


def test_the_zip_that_arrived_runs(aws: Any, deployed: dict[str, Any], python: Interpreter, tmp_path: Path) -> None:
    size = aws("lambda").get_function(FunctionName=deployed["TriageFunction"])["Configuration"]["CodeSize"]
    fetched = aws("s3").get_object(Bucket=BUCKET, Key=KEY)["Body"].read()
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
