"""The look again on a local stand-in for AWS: offer, consent, store, return and forget, through the built artifact."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prove import local_aws
from prove.local_aws import LocalAws
from simulator.alexa_services import AlexaServices
from simulator.client import AlexaClient
from tools.local_lambda import LocalLambda
from tools.runtime_python import Interpreter

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
NO, YES = "AMAZON.NoIntent", "AMAZON.YesIntent"
HOME_CARE = (*[NO] * 10, YES)
EMERGENCIES_DENIED = (NO,) * 5
PARAMETERS = {"SkillId": SKILL_ID, "FollowUpKeys": "k" * 32}


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    """Return a local AWS that ends with the module."""
    with local_aws.running() as aws:
        yield aws


@pytest.fixture(scope="module")
def deployed(aws: LocalAws, artifact: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the resources of a stack in which the look again is switched on."""
    return local_aws.deploy(aws, artifact, tmp_path_factory.mktemp("zip"), PARAMETERS)


@pytest.fixture(scope="module", params=[False, True], ids=["on demand", "SnapStart"])
def function(
    request: pytest.FixtureRequest, aws: LocalAws, deployed: dict[str, str], artifact: Path, python: Interpreter
) -> Iterator[LocalLambda]:
    """Return the function with the variables that the stack has given it."""
    configuration = aws.client("lambda").get_function_configuration(FunctionName=deployed["TriageFunction"])
    environ = {**configuration["Environment"]["Variables"], **aws.environ}
    with LocalLambda(
        folder=artifact, python=python, environ=environ, snap_start=request.param, aws_sdk=True
    ) as running:
        AlexaClient(handler=running, skill_id=SKILL_ID).launch()  # on demand, boto3 is imported now
        time.sleep(0 if request.param else 3)  # in its thread, while the launch was answered long ago
        yield running


def device(function: LocalLambda, services: AlexaServices, account: str) -> AlexaClient:
    """Return a device of ``account``."""
    return AlexaClient(handler=function, skill_id=SKILL_ID, endpoint=services.endpoint, user_id=account)


def table(aws: LocalAws, deployed: dict[str, str]) -> list[dict[str, dict[str, str]]]:
    """Return all items."""
    items: list[dict[str, dict[str, str]]] = aws.client("dynamodb").scan(TableName=deployed["FollowUpTable"])["Items"]
    return items


def three_days_later(aws: LocalAws, deployed: dict[str, str]) -> None:
    """Let the reminder of the one record be due now."""
    (item,) = table(aws, deployed)
    now = int(time.time())
    aws.client("dynamodb").update_item(
        TableName=deployed["FollowUpTable"],
        Key={"person": item["person"]},
        UpdateExpression="SET due = :due, expires = :expires",
        ExpressionAttributeValues={":due": {"N": str(now)}, ":expires": {"N": str(now + 3600)}},
    )


def test_offer_consent_store_return_and_forget(function: LocalLambda, aws: LocalAws, deployed: dict[str, str]) -> None:
    with AlexaServices(permitted=False) as services:
        client = device(function, services, "amzn1.ask.account.ONE")
        client.launch()
        offer = [client.intent(intent) for intent in (*HOME_CARE, NO)][-1]
        assert "Shall I remind you in three days, on" in offer.text
        assert client.intent(YES).text == "For that, Alexa needs your okay."
        services.permitted = True
        assert client.permit().text.startswith("I will remind you on")
        (item,) = table(aws, deployed)
        assert item.keys() == {"person", "due", "expires", "reminder", "consent"}
        assert "ONE" not in str(item)
        assert list(services.reminders) == [item["reminder"]["S"]]

        assert device(function, services, "amzn1.ask.account.OTHER").launch().text.startswith("Welcome to")
        three_days_later(aws, deployed)
        client = device(function, services, "amzn1.ask.account.ONE")
        assert client.launch().text.endswith("Is this for the same back pain?")
        said = [client.intent(intent).text for intent in (YES, *EMERGENCIES_DENIED)]
        assert said[-1].endswith("Is the pain better than three days ago?")
        assert table(aws, deployed) == []

        client = device(function, services, "amzn1.ask.account.ONE")
        client.launch()
        for intent in (*HOME_CARE, NO, YES):
            client.intent(intent)
        assert len(table(aws, deployed)) == len(services.reminders) == 1
        assert client.intent("ForgetIntent").text.startswith("I deleted the reminder")
        assert table(aws, deployed) == []
        assert services.reminders == {}
        assert "ONE" not in function.log()


def test_an_account_that_switches_the_skill_off_is_forgotten(
    function: LocalLambda, aws: LocalAws, deployed: dict[str, str]
) -> None:
    with AlexaServices() as services:
        client = device(function, services, "amzn1.ask.account.TWO")
        client.launch()
        for intent in (*HOME_CARE, NO, YES):
            client.intent(intent)
        assert len(table(aws, deployed)) == 1
        client.request({"type": "AlexaSkillEvent.SkillDisabled"})
        assert table(aws, deployed) == []


def test_the_table_is_as_the_template_says(aws: LocalAws, deployed: dict[str, str]) -> None:
    described = aws.client("dynamodb").describe_table(TableName=deployed["FollowUpTable"])["Table"]
    assert described["KeySchema"] == [{"AttributeName": "person", "KeyType": "HASH"}]
    assert described["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_without_boto3_the_function_starts_and_triages_as_ever(artifact: Path, python: Interpreter) -> None:
    """boto3 is Lambda's own, not the artifact's: where it were missing, only the look again would be."""
    environ = {"SKILL_ID": SKILL_ID, "FOLLOW_UP_KEYS": "k" * 32, "FOLLOW_UP_TABLE": "table"}
    with LocalLambda(folder=artifact, python=python, environ=environ, snap_start=True) as running, AlexaServices() as s:
        client = device(running, s, "amzn1.ask.account.THREE")
        assert client.launch().text.startswith("Welcome to")
        for intent in (*HOME_CARE, NO):
            client.intent(intent)
        assert client.intent(YES).text.startswith("I cannot set a reminder now.")


def test_switched_off_the_function_needs_no_boto3_and_offers_nothing(artifact: Path, python: Interpreter) -> None:
    environ = {"SKILL_ID": SKILL_ID, "FOLLOW_UP_KEYS": "", "FOLLOW_UP_TABLE": ""}
    with LocalLambda(folder=artifact, python=python, environ=environ) as running:
        client = AlexaClient(handler=running, skill_id=SKILL_ID)
        client.launch()
        said = [client.intent(intent).text for intent in (*HOME_CARE, NO)]
    assert "remind" not in " ".join(said).lower()


def test_the_turn_that_first_uses_the_store_is_quick_after_a_snapshot(
    aws: LocalAws, deployed: dict[str, str], artifact: Path, python: Interpreter
) -> None:
    """A generous bound: the figure itself is in docs/deploying.md."""
    environ = {"SKILL_ID": SKILL_ID, "FOLLOW_UP_KEYS": "k" * 32, "FOLLOW_UP_TABLE": deployed["FollowUpTable"]}
    with LocalLambda(
        folder=artifact, python=python, environ={**environ, **aws.environ}, snap_start=True, aws_sdk=True
    ) as running:
        client = AlexaClient(handler=running, skill_id=SKILL_ID)
        answer = running.invoke(client.envelope({"type": "LaunchRequest"}))
    assert not answer.failed
    assert answer.seconds < 1.2
