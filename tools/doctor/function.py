"""Looks at the AWS account: credentials, region, the stack, the function behind its alias, and who may call it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from simulator.client import AlexaClient
from tools.deploy import ALIAS_ARN
from tools.doctor.finding import Finding, fault, ok, skipped, warning
from tools.runtime_python import RUNTIME

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1")
"""From which Alexa calls functions (developer.amazon.com, "Host a Custom Skill as an AWS Lambda Function")."""

COMPLETE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")

EXPIRED = ("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException")
"""What AWS answers to credentials that are no longer good."""

SIGN_IN = "Sign in: aws configure, or aws sso login, or your company's way; then run make doctor again."

Clients = Callable[[str], Any]
"""Returns boto3's client of a service, such as ``lambda``, in the stack's region."""


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """What the stack says of itself."""

    endpoint: str
    """The alias ARN, the skill's endpoint."""
    skill_id: str
    """The skill that the stack was deployed for."""
    follow_up: bool = False
    """Whether the look again is switched on: its table is there."""


def region_finding(region: str) -> Finding:
    """Return whether Alexa calls functions in ``region``."""
    if region in REGIONS:
        return ok(f"Alexa calls functions in {region}.")
    remedy = f"Write one of {', '.join(REGIONS)} as region into samconfig.toml, and deploy there."
    return fault(f"Alexa does not call functions in {region or 'no region at all'}.", remedy)


def credentials(clients: Clients) -> Finding:
    """Return whether AWS takes the credentials of this machine."""
    try:
        account = clients("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        return fault(f"AWS takes no credentials from this machine: {reason(error)}.", SIGN_IN)
    return ok(f"AWS takes the credentials of this machine, for account {account}.")


def stack(clients: Clients, name: str) -> tuple[Finding, Deployed | None]:
    """Return how the stack ``name`` stands, and what it says of itself where it is complete."""
    try:
        (found,) = clients("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return fault(f"There is no stack {name} in this region.", "make deploy SKILL_ID=amzn1.ask.skill..."), None
        return fault(f"The stack {name} cannot be read: {reason(error)}.", SIGN_IN), None
    except BotoCoreError as error:
        return fault(f"The stack {name} cannot be read: {reason(error)}.", SIGN_IN), None
    status = found["StackStatus"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())}
    parameters = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in found.get("Parameters", ())}
    deployed = Deployed(
        endpoint=outputs.get("Endpoint", ""),
        skill_id=parameters.get("SkillId", ""),
        follow_up="FollowUpTable" in outputs,
    )
    if status.endswith("IN_PROGRESS"):
        remedy = "Wait for it; a canary takes five minutes."
        return warning(f"The stack {name} is being changed ({status}).", remedy), deployed
    if status == "UPDATE_ROLLBACK_COMPLETE":
        remedy = "Look at the stack's events and the log for the reason, mend it, and deploy again."
        return warning(
            f"The last deployment of {name} was rolled back; the version before it answers.", remedy
        ), deployed
    if status in COMPLETE:
        return ok(f"The stack {name} is complete."), deployed
    remedy = "Delete it with sam delete, and run make deploy again."
    return fault(f"The stack {name} is not usable ({status}).", remedy), None


def findings(clients: Clients, deployed: Deployed) -> Iterator[Finding]:
    """Yield what is found of the function that was deployed."""
    if not ALIAS_ARN.fullmatch(deployed.endpoint):
        yield fault("The stack has no output Endpoint that ends in :live.", "Run make deploy with this template.yaml.")
        return
    name = deployed.endpoint.removesuffix(":live")
    try:
        function = clients("lambda").get_function_configuration(FunctionName=name, Qualifier="live")
    except (BotoCoreError, ClientError) as error:
        yield fault(f"The function behind {deployed.endpoint} is not there: {reason(error)}.", "make deploy")
        return
    yield from _function(function, deployed)
    yield _trigger(clients, name, deployed)
    yield _answers(clients, deployed)


def _function(function: Mapping[str, Any], deployed: Deployed) -> Iterator[Finding]:
    served = function.get("Environment", {}).get("Variables", {}).get("SKILL_ID", "")
    if served == deployed.skill_id:
        yield ok(f"The function serves the skill {served}.")
    else:
        says = (
            f"The function serves the skill {served or '(none)'}, and the stack was deployed for {deployed.skill_id}."
        )
        yield fault(says, f"make deploy SKILL_ID={deployed.skill_id}")
    if function["Runtime"] != f"python{RUNTIME}":
        says = f"The function runs on {function['Runtime']}, and this checkout is for python{RUNTIME}."
        yield warning(says, "make deploy")
    state = function.get("State", "Active")
    if state != "Active":
        yield fault(f"The function is {state}: {function.get('StateReason', 'no reason given')}.", "make deploy")


def _trigger(clients: Clients, name: str, deployed: Deployed) -> Finding:
    """Return whether Alexa may call the alias, for the right skill and for no other."""
    try:
        policy = json.loads(clients("lambda").get_policy(FunctionName=name, Qualifier="live")["Policy"])
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            return skipped(f"Who may call the function cannot be read: {reason(error)}.")
        policy = {"Statement": []}
    tokens = [
        statement.get("Condition", {}).get("StringEquals", {}).get("lambda:EventSourceToken", "")
        for statement in policy["Statement"]
        if statement.get("Principal", {}).get("Service") == "alexa-appkit.amazon.com"
    ]
    if deployed.skill_id in tokens:
        return ok("Alexa may call the function for this skill alone.")
    if not tokens:
        return fault("The function has no trigger: Alexa may not call it.", "make deploy")
    says = (
        f"The trigger lets the skill {tokens[0] or '(any)'} call, and the stack was deployed for {deployed.skill_id}."
    )
    return fault(says, f"make deploy SKILL_ID={deployed.skill_id}")


def _answers(clients: Clients, deployed: Deployed) -> Finding:
    """Return whether the function holds a conversation: the skill is opened, and an emergency is told."""

    def invoke(event: object, _: object) -> Any:
        answer = clients("lambda").invoke(FunctionName=deployed.endpoint, Payload=json.dumps(event).encode())
        body = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise AssertionError(f"it failed with {body.get('errorType', 'an error')}")
        return body

    client = AlexaClient(handler=invoke, skill_id=deployed.skill_id)
    try:
        client.launch()
        told = client.say("my chest hurts")
    except (BotoCoreError, ClientError) as error:
        return skipped(f"The function cannot be called from here: {reason(error)}.", "Allow lambda:InvokeFunction.")
    except (AssertionError, ValueError, TypeError, KeyError, AttributeError) as error:
        return fault(f"The function does not answer as Alexa needs it: {error}", "Look at its log: sam logs --tail")
    if not told.ends or told.card is None:
        return fault(
            "The function answers, but chest pain does not end with an emergency card.", "make test; make deploy"
        )
    return ok("The function answers: it was opened, told of chest pain, and ended with the emergency card.")


def reason(error: Exception) -> str:
    """Return in a few words why AWS did not answer, without a full stop."""
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
        return "they are expired or unknown" if code in EXPIRED else f"{code}"
    return str(error).splitlines()[0].rstrip(".")
