"""What proves a version before it serves, and asks the live one every five minutes, passes ours and no broken one."""

import importlib.util
import io
import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber

from simulator.entry import ENTRY

SKILL_ID = "amzn1.ask.skill.ours"
ARN = "arn:aws:lambda:us-east-1:000000000000:function:guide:7"
HOOK = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}
Handle = Callable[[Any, Any], dict[str, Any]]


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("watch_function", ENTRY.with_name("watch_function.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


watch = _load()


@pytest.fixture(autouse=True)
def skill_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILL_ID", SKILL_ID)


def through_json(handle: Handle, change: Callable[[dict[str, Any]], Any] = lambda response: response) -> Any:
    return lambda event: change(json.loads(json.dumps(handle(json.loads(json.dumps(event)), None))))


def test_our_own_version_may_serve(handler: Handle) -> None:
    assert watch.prove(through_json(handler)) == []
    assert watch.heartbeat(through_json(handler)) == []


def _without_card(response: dict[str, Any]) -> dict[str, Any]:
    response["response"].pop("card", None)
    return response


def _open(response: dict[str, Any]) -> dict[str, Any]:
    response["response"]["shouldEndSession"] = False
    return response


def _mute(response: dict[str, Any]) -> dict[str, Any]:
    response["response"]["outputSpeech"]["ssml"] = "<speak></speak>"
    return response


def _one_card(response: dict[str, Any]) -> dict[str, Any]:
    if "card" in response["response"]:
        response["response"]["card"]["title"] = "Care for your upper back at home"
    return response


def _forgets(response: dict[str, Any]) -> dict[str, Any]:
    return {**response, "sessionAttributes": {}}


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "results without a card": _without_card,
    "sessions that stay open": _open,
    "nothing is said": _mute,
    "the same card for all": _one_card,
    "a session that forgets": _forgets,
    "no response": lambda _: None,
    "another shape": lambda _: {"version": "1.0", "response": {}},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_version_that_answers_wrongly_may_not_serve(handler: Handle, change: Callable[[Any], Any]) -> None:
    assert watch.prove(through_json(handler, change)) != []


def test_a_version_whose_turns_fail_may_not_serve(handler: Handle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.adapters.alexa.handler.answer", None)
    assert len(watch.prove(through_json(handler))) == 6
    assert watch.heartbeat(through_json(handler)) != []


def test_a_version_that_never_asks_about_an_emergency_may_not_serve(handler: Handle) -> None:
    def milder(response: dict[str, Any]) -> dict[str, Any]:
        if asked := response["sessionAttributes"].get("asked"):
            asked["level"] = min(2, asked["level"])
        return response

    assert any("level 3" in fault for fault in watch.prove(through_json(handler, milder)))


@pytest.mark.parametrize(("found", "status"), [([], "Succeeded"), (["level 3"], "Failed")])
def test_codedeploy_is_told_in_the_form_that_it_takes(
    found: list[str], status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client = boto3.client("codedeploy", region_name="us-east-1")
    with Stubber(client) as stub:
        expected = {"deploymentId": "d-1", "lifecycleEventHookExecutionId": "e-1", "status": status}
        stub.add_response("put_lifecycle_event_hook_execution_status", {}, expected)
        assert watch.report(client, HOOK, found) == {"faults": found}
        stub.assert_no_pending_responses()
    assert ("level 3" in capsys.readouterr().out) == bool(found)


def test_the_function_is_invoked_in_the_form_that_lambda_takes() -> None:
    client = boto3.client("lambda", region_name="us-east-1")
    with Stubber(client) as stub:
        for more in ({}, {"FunctionError": "Unhandled"}):
            payload = StreamingBody(io.BytesIO(b'{"a": 1}'), 8)
            stub.add_response("invoke", {"Payload": payload, **more}, {"FunctionName": ARN, "Payload": ANY})
        invoke = watch.invoker(client, ARN)
        assert invoke({}) == {"a": 1}
        with pytest.raises(watch.NotWellError):
            invoke({})


def test_a_schedule_gets_an_error_where_the_live_function_is_silent(
    handler: Handle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVE", "live")
    monkeypatch.setattr(boto3, "client", lambda _: None)
    monkeypatch.setattr(watch, "invoker", lambda _, function: through_json(handler) if function == "live" else None)
    assert watch.lambda_handler({"source": "aws.events"}, None) == {"faults": []}
    monkeypatch.setattr(watch, "invoker", lambda *_: through_json(handler, _mute))
    with pytest.raises(watch.NotWellError, match="nothing is said"):
        watch.lambda_handler({"source": "aws.events"}, None)


def test_a_deployment_is_reported_on(handler: Handle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEW_VERSION", "new")
    told: list[dict[str, str]] = []

    class CodeDeploy:
        """Takes what it is told."""

        put_lifecycle_event_hook_execution_status = staticmethod(lambda **status: told.append(status))

    monkeypatch.setattr(boto3, "client", lambda _: CodeDeploy)
    for change in (lambda response: response, _open):
        monkeypatch.setattr(watch, "invoker", lambda *_, change=change: through_json(handler, change))
        watch.lambda_handler(HOOK, None)
    assert [one["status"] for one in told] == ["Succeeded", "Failed"]
