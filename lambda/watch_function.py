"""Holds interviews with the function as Alexa does: with a new version before it serves, and with the live one.

CodeDeploy calls it before it shifts traffic, and takes the answer for a yes or a no. A schedule calls it every five
minutes; it raises where something is wrong, and an alarm counts that. It imports nothing of the skill, whose answers it
judges, and follows no wording: only the level of what is asked, cards, and whether the session ends.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

SELF_CARE, EMERGENCY = 0, 3
"""The least and the most urgent level, as a session stores it with what was asked about."""

MOST_TURNS = 40
"""Turns in which every interview is over: the longest has fourteen with one protocol."""

MOST_SKIPPED = 5
"""Questions of one level that are tried."""

YES, NO, STOP, CALL = ("AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.StopIntent", "EmergencyIntent")

Invoke = Callable[[Mapping[str, Any]], Any]
"""Sends an event to the function and returns its response; it may raise anything."""


class NotWellError(Exception):
    """When the live function does not answer as it should."""


def lambda_handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 as Lambda calls it
    """Prove the new version for CodeDeploy, or ask the live one. Raises NotWellError where that does not answer."""
    import boto3  # noqa: PLC0415 part of Lambda's runtime; the proof brings its own clients

    if "DeploymentId" in event:
        found = prove(invoker(boto3.client("lambda"), os.environ["NEW_VERSION"]))
        return report(boto3.client("codedeploy"), event, found)
    found = heartbeat(invoker(boto3.client("lambda"), os.environ["LIVE"]))
    if found:
        raise NotWellError("; ".join(found))
    return {"faults": []}


def invoker(client: Any, function: str) -> Invoke:
    """Return what sends an event to ``function`` through ``client``, boto3's for Lambda."""

    def invoke(event: Mapping[str, Any]) -> Any:
        answered = client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
        if "FunctionError" in answered:
            raise NotWellError("the function failed")
        return json.loads(answered["Payload"].read())

    return invoke


def report(client: Any, event: Mapping[str, Any], found: list[str]) -> dict[str, Any]:
    """Tell CodeDeploy, through boto3's ``client``, whether the new version may serve, and return what was found."""
    for fault in found:
        print(json.dumps({"level": "ERROR", "message": "The new version may not serve.", "fault": fault}))  # noqa: T201 Lambda logs what is printed
    client.put_lifecycle_event_hook_execution_status(
        deploymentId=event["DeploymentId"],
        lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
        status="Failed" if found else "Succeeded",
    )
    return {"faults": found}


def prove(invoke: Invoke) -> list[str]:
    """Return what is wrong with a version: an interview of each kind is held, and the ways out are tried."""
    titles: dict[int, str] = {}
    found: list[str] = []
    for level in range(SELF_CARE, EMERGENCY + 1):
        try:
            titles[level] = _result(invoke, level)
        except Exception as error:  # noqa: BLE001 whatever it is, the version may not serve
            found.append(f"an interview that comes to level {level}: {error}"[:300])
    if not found and len(set(titles.values())) != len(titles):
        found.append("interviews that differ in urgency come to the same card")
    return found + heartbeat(invoke)


def heartbeat(invoke: Invoke) -> list[str]:
    """Return what is wrong with the first turns and the ways out."""
    found = []
    for name, check in {"stop": _stop, "a call for help": _call}.items():
        try:
            check(invoke)
        except Exception as error:  # noqa: BLE001 as above
            found.append(f"{name}: {error}"[:300])
    return found


def _result(invoke: Invoke, level: int) -> str:
    """Return the title of the card of interviews that come to ``level``.

    A yes to a whole question can come to an emergency, by what it confirms together: then the next one is confirmed.
    """
    for skipped in range(MOST_SKIPPED):
        title, ends = _interview(invoke, level, skipped)
        if ends is (level == EMERGENCY):
            return title
    raise NotWellError("the session is open after an emergency, or closed after a milder result")


def _interview(invoke: Invoke, level: int, skipped: int) -> tuple[str, bool]:
    """Deny what is more urgent than ``level`` and so many questions of it, confirm the next.

    Returns the title of the card, and whether the session ended.
    """
    answered = _turn(invoke, {}, "LaunchRequest")
    for _ in range(MOST_TURNS):
        attributes = answered["sessionAttributes"]
        asked = attributes.get("asked")
        fits = asked is not None and asked["level"] == level != SELF_CARE
        confirms = asked is None or (fits and skipped <= 0)
        skipped -= fits
        answered = _turn(invoke, attributes, "IntentRequest", YES if confirms else NO)
        body = answered["response"]
        if "card" in body:
            _expect(confirms, f"a no came to {body['card']['title']!r}")
            return str(body["card"]["title"]), bool(body["shouldEndSession"])
        _expect(not body["shouldEndSession"], "the session ended without a result")
    raise NotWellError("it did not come to an end")


def _stop(invoke: Invoke) -> None:
    attributes = _turn(invoke, {}, "LaunchRequest")["sessionAttributes"]
    _expect(_turn(invoke, attributes, "IntentRequest", STOP)["response"]["shouldEndSession"], "it goes on")


def _call(invoke: Invoke) -> None:
    attributes = _turn(invoke, {}, "LaunchRequest")["sessionAttributes"]
    body = _turn(invoke, attributes, "IntentRequest", CALL)["response"]
    _expect(body["shouldEndSession"] and "card" in body, "it is not answered as an emergency")


def _turn(invoke: Invoke, attributes: Mapping[str, Any], type_: str, intent: str | None = None) -> dict[str, Any]:
    """Return the response to one turn. Raises NotWellError, KeyError or TypeError where it is none."""
    application = {"applicationId": os.environ["SKILL_ID"]}
    request: dict[str, Any] = {"type": type_, "requestId": "watch", "locale": "en-US"}
    if intent:
        request["intent"] = {"name": intent, "slots": {}}
    answered: dict[str, Any] = invoke(
        {
            "version": "1.0",
            "session": {"new": not attributes, "application": application, "attributes": dict(attributes)},
            "context": {"System": {"application": application}},
            "request": request,
        }
    )
    spoken = answered["response"]["outputSpeech"]["ssml"]
    _expect(spoken.startswith("<speak>") and len(spoken) > len("<speak></speak>"), "nothing is said")
    _expect(bool(list(_session(answered))), "there is no session")  # the safety net stores none where there was none
    return answered


def _session(answered: Mapping[str, Any]) -> Iterator[Any]:
    yield from answered.get("sessionAttributes") or ()


def _expect(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise NotWellError(otherwise)
