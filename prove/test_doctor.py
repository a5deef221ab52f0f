"""``make doctor`` as a person runs it: boto3 asks a local AWS, and ask-cli a stand-in for Amazon's API."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from prove import local_aws
from prove.asking import Ask
from simulator.smapi import Skill
from tools import ask_states
from tools.artifact_content import ROOT
from tools.runtime_python import RUNTIME

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
OTHER = SKILL_ID.replace("4000", "4001")
ROLE = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
STACK = {
    "Parameters": {"SkillId": {"Type": "String"}},
    "Resources": {
        "TriageRole": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": ROLE}},
        "TriageFunction": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "FunctionName": "guide",
                "Runtime": f"python{RUNTIME}",
                "Handler": "lambda_function.lambda_handler",
                "Role": {"Fn::GetAtt": ["TriageRole", "Arn"]},
                "Code": {"S3Bucket": "artifacts", "S3Key": "guide.zip"},
                "Environment": {"Variables": {"SKILL_ID": {"Ref": "SkillId"}}},
            },
        },
    },
    "Outputs": {"Endpoint": {"Value": {"Fn::Sub": "${TriageFunction.Arn}:live"}}},
}
"""The part of the template that the doctor reads; the alias and the trigger are made by hand, as moto makes neither."""


@pytest.fixture(scope="module")
def aws() -> Iterator[dict[str, str]]:
    """Return the environment of a local AWS in which the stack stands, for the skill."""
    with local_aws.running() as local:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as code:
            code.writestr("lambda_function.py", "")
        local.client("s3").create_bucket(Bucket="artifacts")
        local.client("s3").put_object(Bucket="artifacts", Key="guide.zip", Body=packed.getvalue())
        local.client("cloudformation").create_stack(
            StackName="upper-back-guide",
            TemplateBody=json.dumps(STACK),
            Parameters=[{"ParameterKey": "SkillId", "ParameterValue": SKILL_ID}],
            Capabilities=["CAPABILITY_IAM"],
        )
        version = local.client("lambda").publish_version(FunctionName="guide")["Version"]
        local.client("lambda").create_alias(FunctionName="guide", Name="live", FunctionVersion=version)
        yield local.environ


@pytest.fixture
def told(ask: Ask, aws: dict[str, str], tmp_path: Path) -> str:
    """Return what the doctor says where the skill calls another function and has no trigger."""
    manifest = json.loads((ROOT / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
    manifest["apis"]["custom"] = {"endpoint": {"uri": "arn:aws:lambda:us-east-1:123456789012:function:old:live"}}
    models = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in (ROOT / "skill-package" / "interactionModels" / "custom").glob("*.json")
    }
    ask.account.skills[SKILL_ID] = Skill(manifest=manifest, models=models, enabled=True)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tools.doctor", "--echo", "en-US", "--skill-id", SKILL_ID],
        cwd=ROOT,
        env={**os.environ, **ask.environ, **aws, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


def test_every_service_is_asked_and_every_fault_is_told_with_its_remedy(told: str) -> None:
    lines = told.splitlines()
    for well in (
        "ok       AWS takes the credentials of this machine, for account 123456789012.",
        "ok       The stack upper-back-guide is complete.",
        f"ok       The function serves the skill {SKILL_ID}.",
        "ok       The model of en-US is built, and is the repository's.",
        "ok       The skill is enabled for testing, on every Echo of this account.",
        "ok       An Echo that speaks en-US finds the skill.",
    ):
        assert well in lines, told
    assert "fault    The function has no trigger: Alexa may not call it." in lines, told
    assert "make package ENDPOINT=arn:aws:lambda:us-east-1:123456789012:function:guide:live" in told
    if ask_states.path_in(ask_states.PACKAGE).exists():  # whoever runs the proof may have packaged a skill of theirs
        return
    assert f"ok       The skill is {SKILL_ID}, on every side." in lines, told
