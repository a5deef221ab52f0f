"""Runs the proof's own programs, without an account and without the network, and translates the template."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.artifact_content import ROOT

TEMPLATE = ROOT / "template.yaml"
BIN = Path(sys.executable).parent
"""Where the proof's own programs are: sam, cfn-lint, checkov."""

OFFLINE = {
    **os.environ,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "SAM_CLI_TELEMETRY": "0",
    "SAM_CLI_CHECK_FOR_UPDATES": "0",
}
"""The environment of every program that the proof runs: no account, no telemetry."""


def run(*command: str, **variables: str) -> str:
    """Return what one of the proof's programs prints; the test fails with its words where it exits with an error."""
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env={**OFFLINE, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout + done.stderr


def translated(code: str) -> dict[str, Any]:
    """Return the template as CloudFormation gets it, with the artifact at the S3 address ``code``."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")  # the translator asks for one
    from samcli.yamlhelper import yaml_parse  # noqa: PLC0415 only the proof has it
    from samtranslator.parser.parser import Parser  # noqa: PLC0415 as above
    from samtranslator.translator.translator import Translator  # noqa: PLC0415 as above

    template = json.loads(json.dumps(yaml_parse(TEMPLATE.read_text("utf-8"))))
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = code
    result: dict[str, Any] = Translator(managed_policy_map={}, sam_parser=Parser()).translate(template, {})
    return result
