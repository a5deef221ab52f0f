"""The doctor: each thing that can stand in the way is found, and named with its remedy.

AWS and ask-cli are stand-ins here; ``make prove`` runs the doctor against a local AWS, and with ask-cli itself.
"""

import io
import json
import sys
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError

from simulator.entry import load_handler
from skill.adapters.alexa.event import REMINDERS
from tools import ask_cli, ask_states, deploy
from tools.doctor import __main__ as doctor
from tools.doctor import function, machine, skill_side
from tools.doctor.finding import Finding, Verdict, summary

SKILL_ID = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"
OTHER = SKILL_ID.replace("0", "f")
ENDPOINT = "arn:aws:lambda:us-east-1:123456789012:function:upper-back-guide-TriageFunction-Ab1:live"
DEPLOYED = function.Deployed(endpoint=ENDPOINT, skill_id=SKILL_ID)
MANIFEST = json.loads((skill_side.PACKAGE / "skill.json").read_text("utf-8"))["manifest"]
MODELS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in (skill_side.PACKAGE / "interactionModels" / "custom").glob("*.json")
}


def worst(findings: Iterable[Finding]) -> Finding:
    """Return the first finding of the gravest verdict."""
    order = list(Verdict)
    return max(findings, key=lambda finding: order.index(finding.verdict))


# --- This machine


def programs(folder: Path, **printed: str) -> dict[str, str]:
    """Return an environment whose PATH holds programs that print what they are given; an empty one crashes."""
    for name, text in printed.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{f'echo {text}' if text else 'exit 1'}\n", "utf-8")
        path.chmod(0o755)
    return {"PATH": str(folder)}


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, on a machine where the project has installed nothing."""
    monkeypatch.setattr(deploy, "PROVE_SAM", tmp_path / "none")
    monkeypatch.setattr(ask_cli, "PROGRAM", tmp_path / "none")
    return tmp_path


READY = {"python3.13": "3.13", "sam": "SAM CLI, version 1.142.1", "ask": "2.30.7"}
MACHINES: dict[str, tuple[dict[str, str], Verdict, str]] = {
    "ready": ({}, Verdict.OK, ""),
    "no Python": ({"python3.13": ""}, Verdict.FAULT, "No Python 3.13"),
    "an old sam": ({"sam": "SAM CLI, version 1.9.0"}, Verdict.FAULT, "sam 1.9 is too old"),
    "a broken sam": ({"sam": ""}, Verdict.FAULT, "does not run"),
    "ask-cli as npm installs it": ({"ask": ""}, Verdict.WARNING, "crashes"),
    "an old ask-cli": ({"ask": "1.7.0"}, Verdict.WARNING, "older than the one that was tried"),
}


@pytest.mark.parametrize(("changed", "verdict", "says"), MACHINES.values(), ids=MACHINES)
def test_what_is_missing_here_is_named(changed: dict[str, str], verdict: Verdict, says: str, bare: Path) -> None:
    environ = programs(bare, **{**READY, **changed})
    found = worst(machine.findings(environ, today=date(2026, 11, 1)))
    assert found.verdict is verdict
    assert says in found.says
    assert bool(found.remedy) is (verdict is not Verdict.OK)


def test_a_machine_with_nothing_gets_a_remedy_for_each(bare: Path) -> None:
    found = list(machine.findings({"PATH": str(bare)}, today=date(2026, 11, 1)))
    assert [finding.verdict for finding in found] == [Verdict.FAULT, Verdict.OK, Verdict.FAULT, Verdict.WARNING]
    assert "pip install aws-sam-cli" in found[2].remedy
    assert "python3 -m tools.ask_cli" in found[3].remedy


@pytest.mark.parametrize(
    ("today", "verdict"),
    [(date(2028, 12, 1), Verdict.OK), (date(2029, 1, 15), Verdict.WARNING), (date(2029, 7, 1), Verdict.FAULT)],
)
def test_the_end_of_the_runtime_is_told_in_time(today: date, verdict: Verdict, bare: Path) -> None:
    (_, end, *_) = machine.findings(programs(bare, **READY), today=today)
    assert end.verdict is verdict


# --- AWS


def refused(code: str, message: str = "") -> ClientError:
    """Return what boto3 raises for an error of AWS."""
    return ClientError({"Error": {"Code": code, "Message": message}}, "Operation")


class Aws:
    """An account, as boto3's clients show it. What is an exception is raised."""

    def __init__(self) -> None:
        self.identity: Any = {"Account": "123456789012"}
        self.stack: Any = {
            "StackStatus": "CREATE_COMPLETE",
            "Outputs": [{"OutputKey": "Endpoint", "OutputValue": ENDPOINT}],
            "Parameters": [{"ParameterKey": "SkillId", "ParameterValue": SKILL_ID}],
        }
        self.configuration: Any = {
            "Runtime": "python3.13",
            "State": "Active",
            "Environment": {"Variables": {"SKILL_ID": SKILL_ID}},
        }
        self.policy: Any = {
            "Statement": [
                {
                    "Principal": {"Service": "alexa-appkit.amazon.com"},
                    "Condition": {"StringEquals": {"lambda:EventSourceToken": SKILL_ID}},
                }
            ]
        }
        self.handler: Any = load_handler()
        self.error = ""

    def __call__(self, _: str) -> "Aws":
        return self

    def get_caller_identity(self) -> Any:
        return given(self.identity)

    def describe_stacks(self, **_: str) -> Any:
        return {"Stacks": [given(self.stack)]}

    def get_function_configuration(self, *, FunctionName: str, Qualifier: str) -> Any:  # noqa: N803 boto3's names
        assert f"{FunctionName}:{Qualifier}" == ENDPOINT
        return given(self.configuration)

    def get_policy(self, *, FunctionName: str, Qualifier: str) -> Any:  # noqa: N803 as above
        assert f"{FunctionName}:{Qualifier}" == ENDPOINT
        return {"Policy": json.dumps(given(self.policy))}

    def invoke(self, *, FunctionName: str, Payload: bytes) -> Any:  # noqa: N803 as above
        assert FunctionName == ENDPOINT
        answer = {"errorType": self.error} if self.error else given(self.handler)(json.loads(Payload), None)
        return {"Payload": io.BytesIO(json.dumps(answer).encode()), **({"FunctionError": "x"} if self.error else {})}


def given(value: Any) -> Any:
    """Return ``value``, or raise it."""
    if isinstance(value, Exception):
        raise value
    return value


def silent(event: Any, _: object) -> Any:
    """Answer like a function that was deployed from something else."""
    said = {"type": "SSML", "ssml": "<speak>Hello?</speak>"}
    reply = {"outputSpeech": said, "reprompt": {"outputSpeech": said}, "shouldEndSession": False}
    return {"version": "1.0", "response": reply, "sessionAttributes": {"seen": event["request"]["type"]}}


def test_a_function_that_is_well_is_found_well() -> None:
    found = list(function.findings(Aws(), DEPLOYED))
    assert [finding.verdict for finding in found] == [Verdict.OK] * 3
    assert "ended with the emergency card" in found[-1].says


Change = Callable[[Aws], None]


def setting(name: str, value: Any) -> Change:
    """Return what makes the account's ``name`` another one."""
    return lambda aws: setattr(aws, name, value)


FUNCTIONS: dict[str, tuple[Change, Verdict, str, str]] = {
    "gone": (
        setting("configuration", refused("ResourceNotFoundException")),
        Verdict.FAULT,
        "is not there",
        "make deploy",
    ),
    "of another skill": (
        lambda aws: aws.configuration["Environment"]["Variables"].update(SKILL_ID=OTHER),
        Verdict.FAULT,
        f"serves the skill {OTHER}",
        f"SKILL_ID={SKILL_ID}",
    ),
    "another runtime": (
        lambda aws: aws.configuration.update(Runtime="python3.9"),
        Verdict.WARNING,
        "runs on python3.9",
        "make deploy",
    ),
    "not active": (
        lambda aws: aws.configuration.update(State="Failed", StateReason="no memory"),
        Verdict.FAULT,
        "is Failed: no memory",
        "make deploy",
    ),
    "no trigger": (
        setting("policy", refused("ResourceNotFoundException")),
        Verdict.FAULT,
        "Alexa may not call it",
        "make deploy",
    ),
    "a trigger for another skill": (
        lambda aws: aws.policy["Statement"][0]["Condition"]["StringEquals"].update({"lambda:EventSourceToken": OTHER}),
        Verdict.FAULT,
        f"lets the skill {OTHER} call",
        f"SKILL_ID={SKILL_ID}",
    ),
    "a trigger for every skill": (
        lambda aws: aws.policy["Statement"][0].pop("Condition"),
        Verdict.FAULT,
        "lets the skill (any) call",
        "make deploy",
    ),
    "a policy that may not be read": (
        setting("policy", refused("AccessDeniedException")),
        Verdict.SKIPPED,
        "Denied",
        "",
    ),
    "may not be called": (
        setting("handler", refused("AccessDeniedException")),
        Verdict.SKIPPED,
        "Denied",
        "InvokeFunction",
    ),
    "it fails": (setting("error", "WrongSkillError"), Verdict.FAULT, "WrongSkillError", "log"),
    "something else answers": (
        setting("handler", silent),
        Verdict.FAULT,
        "does not end with an emergency card",
        "make",
    ),
    "nothing answers": (setting("handler", lambda *_: None), Verdict.FAULT, "does not answer as Alexa needs it", "log"),
}


@pytest.mark.parametrize(("change", "verdict", "says", "remedy"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_what_is_wrong_with_the_function_is_named(change: Change, verdict: Verdict, says: str, remedy: str) -> None:
    aws = Aws()
    change(aws)
    found = worst(function.findings(aws, DEPLOYED))
    assert (found.verdict, says in found.says, remedy in found.remedy) == (verdict, True, True), found


def test_an_endpoint_without_the_alias_is_named() -> None:
    bare_function = function.Deployed(endpoint=ENDPOINT.removesuffix(":live"), skill_id=SKILL_ID)
    assert "no output Endpoint" in worst(function.findings(Aws(), bare_function)).says


STACKS: dict[str, tuple[Any, Verdict, str]] = {
    "none": (refused("ValidationError", "Stack with id x does not exist"), Verdict.FAULT, "There is no stack guide"),
    "not to be read": (refused("AccessDenied"), Verdict.FAULT, "cannot be read: AccessDenied"),
    "no network": (
        EndpointConnectionError(endpoint_url="https://x"),
        Verdict.FAULT,
        "cannot be read: Could not connect",
    ),
    "being changed": ("UPDATE_IN_PROGRESS", Verdict.WARNING, "is being changed"),
    "rolled back": ("UPDATE_ROLLBACK_COMPLETE", Verdict.WARNING, "was rolled back"),
    "never came up": ("ROLLBACK_COMPLETE", Verdict.FAULT, "is not usable"),
    "complete": ("UPDATE_COMPLETE", Verdict.OK, "is complete"),
}


@pytest.mark.parametrize(("state", "verdict", "says"), STACKS.values(), ids=STACKS)
def test_the_state_of_the_stack_is_told(state: Any, verdict: Verdict, says: str) -> None:
    aws = Aws()
    aws.stack = {**aws.stack, "StackStatus": state} if isinstance(state, str) else state
    found, deployed = function.stack(aws, "guide")
    assert (found.verdict, says in found.says) == (verdict, True), found
    assert (deployed is None) is (verdict is Verdict.FAULT)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (NoCredentialsError(), "Unable to locate credentials"),
        (refused("ExpiredToken"), "they are expired or unknown"),
        (EndpointConnectionError(endpoint_url="https://sts"), "Could not connect"),
    ],
)
def test_missing_credentials_are_a_sentence(error: Exception, says: str) -> None:
    aws = Aws()
    aws.identity = error
    found = function.credentials(aws)
    assert (found.verdict, says in found.says) == (Verdict.FAULT, True)
    assert "aws configure" in found.remedy


def test_alexa_calls_from_four_regions_only() -> None:
    assert function.region_finding("eu-west-1").verdict is Verdict.OK
    assert "us-east-1" in function.region_finding("eu-central-1").remedy
    assert "no region at all" in function.region_finding("").says


# --- The skill's own side


@pytest.fixture(autouse=True)
def unpackaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be packaged in this checkout."""
    monkeypatch.setattr(ask_states, "PACKAGE", tmp_path / "none")


class Account:
    """The developer account, as ask-cli shows it. What is an exception is raised."""

    def __init__(self) -> None:
        self.manifest: Any = deepcopy(MANIFEST)
        self.manifest["apis"]["custom"] = {"endpoint": {"uri": ENDPOINT}}
        self.manifest["privacyAndCompliance"]["locales"] = {
            "en-US": {"privacyPolicyUrl": "https://example.org/privacy"}
        }
        self.models: Any = deepcopy(MODELS)
        self.built: Any = {locale: {"lastUpdateRequest": {"status": "SUCCEEDED"}} for locale in MODELS}
        self.enablement: Any = None

    def __call__(self, command: str, *options: str) -> Any:
        assert options[:2] == ("-s", SKILL_ID)
        match command:
            case "get-skill-manifest":
                return {"manifest": given(self.manifest)}
            case "get-skill-status":
                return {"interactionModel": given(self.built)}
            case "get-interaction-model":
                return given(self.models)[options[-1]]
            case "get-skill-enablement-status":
                return given(self.enablement)
        raise AssertionError(command)


def test_a_skill_that_is_well_is_found_well() -> None:
    found = list(skill_side.findings(Account(), SKILL_ID, ENDPOINT, "en-US"))
    assert len(found) >= 4 + len(MODELS) - 1
    assert {finding.verdict for finding in found} == {Verdict.OK}


SKILLS: dict[str, tuple[Callable[[Account], Any], Verdict, str, str]] = {
    "not in this account": (
        lambda account: setattr(account, "manifest", ask_cli.NotFoundError("x")),
        Verdict.FAULT,
        "There is no skill",
        "ask configure",
    ),
    "not signed in": (
        lambda account: setattr(account, "manifest", ask_cli.AskCliError("ask-cli is not signed in; run it.")),
        Verdict.FAULT,
        "not signed in.",
        "run it.",
    ),
    "no endpoint": (
        lambda account: account.manifest["apis"]["custom"].clear(),
        Verdict.FAULT,
        "has no endpoint",
        f"ENDPOINT={ENDPOINT}",
    ),
    "another endpoint": (
        lambda account: account.manifest["apis"]["custom"]["endpoint"].update(uri=f"{ENDPOINT}ly"),
        Verdict.FAULT,
        "and the function is",
        f"ENDPOINT={ENDPOINT}",
    ),
    "a locale is missing": (
        lambda account: account.manifest["publishingInformation"]["locales"].pop("en-US"),
        Verdict.FAULT,
        "not offered in en-US",
        "make package",
    ),
    "an old summary": (
        lambda account: account.manifest["publishingInformation"]["locales"]["en-US"].update(summary="x"),
        Verdict.WARNING,
        "en-US summary",
        "make package",
    ),
    "no privacy page": (
        lambda account: account.manifest["privacyAndCompliance"].pop("locales"),
        Verdict.WARNING,
        "names no privacy page",
        "SITE=",
    ),
    "no model": (lambda account: account.built.clear(), Verdict.FAULT, "There is no model of en-US", "make package"),
    "a model that failed": (
        lambda account: account.built["en-US"].update(
            lastUpdateRequest={"status": "FAILED", "errors": [{"message": "bad sample"}]}
        ),
        Verdict.FAULT,
        "was not built: bad sample",
        "Mend it",
    ),
    "a model on its way": (
        lambda account: account.built["en-US"].update(lastUpdateRequest={"status": "IN_PROGRESS"}),
        Verdict.WARNING,
        "is being built",
        "Wait",
    ),
    "an old model": (
        lambda account: account.models["en-US"]["interactionModel"]["languageModel"]["intents"][0].update(samples=[]),
        Verdict.WARNING,
        "is not the repository's",
        "make package",
    ),
    "a status that cannot be read": (
        lambda account: setattr(account, "built", ask_cli.AskCliError("x")),
        Verdict.SKIPPED,
        "is not known",
        "",
    ),
    "a model that cannot be read": (
        lambda account: setattr(account, "models", ask_cli.AskCliError("x")),
        Verdict.SKIPPED,
        "cannot be read",
        "",
    ),
    "not enabled": (
        lambda account: setattr(account, "enablement", ask_cli.NotFoundError("x")),
        Verdict.FAULT,
        "no Echo opens it",
        "Development",
    ),
    "enablement unknown": (
        lambda account: setattr(account, "enablement", ask_cli.AskCliError("x")),
        Verdict.SKIPPED,
        "is not known",
        "",
    ),
}


@pytest.mark.parametrize(("change", "verdict", "says", "remedy"), SKILLS.values(), ids=SKILLS)
def test_what_is_wrong_with_the_skill_is_named(
    change: Callable[[Account], Any], verdict: Verdict, says: str, remedy: str
) -> None:
    account = Account()
    change(account)
    found = list(skill_side.findings(account, SKILL_ID, ENDPOINT, None))
    named = worst([finding for finding in found if finding.verdict is not Verdict.NOTE])
    assert (named.verdict, says in named.says, remedy in named.remedy) == (verdict, True, True), named


@pytest.mark.parametrize(
    ("asks", "follow_up", "verdict"),
    [
        (False, False, Verdict.OK),
        (True, True, Verdict.OK),
        (False, True, Verdict.FAULT),
        (True, False, Verdict.WARNING),
    ],
)
def test_the_permission_for_reminders_is_asked_for_where_they_are_set(
    asks: bool, follow_up: bool, verdict: Verdict
) -> None:
    account = Account()
    account.manifest["permissions"] = [{"name": REMINDERS}] if asks else []
    found = list(skill_side.findings(account, SKILL_ID, ENDPOINT, "en-US", follow_up=follow_up))
    assert worst(found).verdict is verdict
    assert any("permission" in finding.says for finding in found)


def test_the_words_are_compared_with_the_last_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_states, "PACKAGE", tmp_path)
    (tmp_path / "skill-package").mkdir()
    packaged = deepcopy(MANIFEST)
    packaged["publishingInformation"]["locales"]["en-US"]["summary"] = "another"
    (tmp_path / "skill-package" / "skill.json").write_text(json.dumps({"manifest": packaged}), "utf-8")
    assert "en-US summary" in worst(skill_side.findings(Account(), SKILL_ID, ENDPOINT, "en-US")).says


def test_a_stack_says_whether_the_look_again_is_on() -> None:
    aws = Aws()
    assert function.stack(aws, "guide")[1] == DEPLOYED
    aws.stack["Outputs"].append({"OutputKey": "FollowUpTable", "OutputValue": "table"})
    _, deployed = function.stack(aws, "guide")
    assert deployed is not None
    assert deployed.follow_up


def test_the_language_of_the_echo_is_asked_about_or_compared() -> None:
    assert list(skill_side.findings(Account(), SKILL_ID, ENDPOINT))[-1].verdict is Verdict.NOTE
    other = list(skill_side.findings(Account(), SKILL_ID, ENDPOINT, "fr-FR"))[-1]
    assert (other.verdict, "fr-FR does not find the skill" in other.says) == (Verdict.FAULT, True)


def test_an_endpoint_that_cannot_be_compared_is_no_fault() -> None:
    assert next(iter(skill_side.findings(Account(), SKILL_ID, ""))).verdict is Verdict.SKIPPED


# --- The whole


def run(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str, packaged: str | None = SKILL_ID
) -> int:
    """Run the doctor with an account, and with ask-cli's state in ``folder``."""
    monkeypatch.setattr(boto3, "client", lambda service, **_: aws(service))
    monkeypatch.setattr(ask_states, "PACKAGE", folder / "package")
    if packaged:
        ask_states.remember(folder / "package", packaged, ["default"])
    return doctor.main(list(arguments), {**programs(folder, **READY), "AWS_REGION": "us-east-1"})


def test_the_report_ends_with_what_to_do(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    account = Account()
    monkeypatch.setattr(ask_cli, "smapi", lambda *options, environ: account(*options) if environ else None)
    assert run(Aws(), monkeypatch, bare, "--echo", "en-US") == 0
    assert capsys.readouterr().out.endswith("Nothing stands in the way.\n")
    assert run(Aws(), monkeypatch, bare, packaged=OTHER) == 1
    told = capsys.readouterr().out
    assert f"The skill is {SKILL_ID}, but ask-cli's state in build/package says {OTHER}." in told
    assert "1 thing stands in the way." in told


def test_without_credentials_nothing_breaks_and_the_rest_is_looked_at(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    aws = Aws()
    aws.identity = NoCredentialsError()
    assert run(aws, monkeypatch, bare, packaged=None) == 1
    told = capsys.readouterr().out
    assert "were not looked at" in told
    assert "No skill is known yet." in told
    assert "Traceback" not in told


def test_a_broken_state_of_ask_cli_is_a_finding(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ask_cli, "smapi", lambda *options, environ: Account()(*options) if environ else None)
    ask_states.path_in(bare / "package").parent.mkdir(parents=True)
    ask_states.path_in(bare / "package").write_text("{", "utf-8")
    assert run(Aws(), monkeypatch, bare, packaged=None) == 1
    assert "is not the state that ask-cli writes" in capsys.readouterr().out


def test_without_ask_cli_the_skills_side_is_skipped(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(READY, "ask", READY["ask"])
    ready = {name: text for name, text in READY.items() if name != "ask"}
    monkeypatch.setattr(sys.modules[__name__], "READY", ready)
    assert run(Aws(), monkeypatch, bare) == 0
    assert "what was skipped is not known" in capsys.readouterr().out


def test_the_endpoint_alone_is_printed_for_make_package(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    aws = Aws()
    assert run(aws, monkeypatch, bare, "--print-endpoint") == 0
    assert capsys.readouterr().out == f"{ENDPOINT}\n"
    aws.stack = refused("ValidationError", "Stack with id x does not exist")
    assert run(aws, monkeypatch, bare, "--print-endpoint") == 1
    assert "There is no stack" in capsys.readouterr().err


def test_several_faults_are_counted() -> None:
    found = [Finding(verdict=Verdict.FAULT, says="x", remedy="y")] * 2
    assert summary(found).startswith("2 things stand in the way.")
    assert str(found[0]) == "fault    x\n         -> y"
