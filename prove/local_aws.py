"""A local stand-in for AWS, and a deployment to it: the stack with its parameters, and the zip of the function."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from prove.offline import translated
from tools import build_artifact

BUCKET, KEY = "artifacts", "upper-back-guide.zip"
REGION = "us-east-1"

NOT_MADE_BY_MOTO = {
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",  # it wants a function's name where ours names the alias
    "AWS::Logs::MetricFilter",
    "AWS::CloudWatch::Alarm",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
}
"""What the stand-in cannot make. test_template.py states what they are."""

_SECRETS = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}


@dataclass(frozen=True, kw_only=True)
class LocalAws:
    """The stand-in, while it runs."""

    endpoint: str

    def client(self, service: str) -> Any:
        """Return a client for ``service``."""
        return boto3.client(service, endpoint_url=self.endpoint, region_name=REGION, **_SECRETS)

    @property
    def environ(self) -> dict[str, str]:
        """What the function needs to find it."""
        keys = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
        return {"AWS_ENDPOINT_URL": self.endpoint, "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION, **keys}


@contextmanager
def running() -> Iterator[LocalAws]:
    """Start the stand-in, and end it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    endpoint = f"http://localhost:{port}"  # moto tells services apart by host, and knows localhost, not 127.0.0.1
    # What moto holds belongs to the process, not to the server: another module's stack goes first.
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST")).close()  # noqa: S310 loopback
    yield LocalAws(endpoint=endpoint)
    server.stop()


def makeable() -> dict[str, Any]:
    """Return the translated template without what moto cannot make, and without outputs, which name the alias."""
    template = translated(f"s3://{BUCKET}/{KEY}")
    template["Resources"] = {
        name: resource for name, resource in template["Resources"].items() if resource["Type"] not in NOT_MADE_BY_MOTO
    }
    template.pop("Outputs")
    return template


def deploy(aws: LocalAws, artifact: Path, scratch: Path, parameters: Mapping[str, str]) -> dict[str, str]:
    """Deploy ``artifact`` and return the resources of the stack, logical id to physical id, once it is complete."""
    packed = scratch / KEY
    build_artifact.archive(artifact, packed)
    aws.client("s3").create_bucket(Bucket=BUCKET)
    aws.client("s3").put_object(Bucket=BUCKET, Key=KEY, Body=packed.read_bytes())
    cloudformation = aws.client("cloudformation")
    cloudformation.create_stack(
        StackName="upper-back-guide",
        TemplateBody=json.dumps(makeable()),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    (stack,) = cloudformation.describe_stacks(StackName="upper-back-guide")["Stacks"]
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise AssertionError(f"The stack is {stack['StackStatus']}.")
    resources = cloudformation.list_stack_resources(StackName="upper-back-guide")["StackResourceSummaries"]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources}
