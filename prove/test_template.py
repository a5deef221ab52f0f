"""The template: what its linters say, and what no linter checks."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from prove.offline import run
from skill.adapters import alexa, journal
from skill.adapters.clinic import from_environ
from skill.follow_up.person import PersonKeys
from tools import deploy, takeover
from tools.artifact_content import ROOT
from tools.runtime_python import RUNTIME

Stack = tuple[dict[str, Any], Path]


def of_type(stack: Stack, type_: str) -> dict[str, dict[str, Any]]:
    """Return the properties of each resource of a type, by its id."""
    return {
        name: resource["Properties"]
        for name, resource in stack[0]["Resources"].items()
        if resource["Type"] == f"AWS::{type_}"
    }


def only(stack: Stack, type_: str) -> dict[str, Any]:
    """Return the properties of the only resource of a type."""
    ((_, properties),) = of_type(stack, type_).items()
    return properties


# --- The linters


def test_sam_accepts_it() -> None:
    assert "is a valid SAM Template" in run("sam", "validate")


def test_sam_finds_nothing_to_say() -> None:
    assert "is a valid SAM Template" in run("sam", "validate", "--lint")


def test_cloudformation_lint_finds_nothing_in_the_translation(stack: Stack) -> None:
    run("cfn-lint", "--include-checks", "I", "--ignore-checks", "I3042", "I3100", "--", str(stack[1]))


@pytest.fixture(scope="module")
def checked(stack: Stack) -> dict[str, Any]:
    """Return what checkov finds, offline."""
    printed = run(
        *("checkov", "--skip-download", "--soft-fail", "--framework", "cloudformation", "-o", "json"),
        *("-f", str(stack[1])),
        LOG_LEVEL="ERROR",
    )
    found: dict[str, Any] = json.loads(printed[printed.index("{") :])
    return found


def test_checkov_finds_nothing_but_what_is_explained(checked: dict[str, Any]) -> None:
    failed = checked["results"]["failed_checks"]
    assert not [f"{check['check_id']} {check['resource']}: {check['check_name']}" for check in failed]


def test_each_skip_is_needed_and_explained(stack: Stack, checked: dict[str, Any]) -> None:
    declared = {
        (name, skip["id"])
        for name, resource in stack[0]["Resources"].items()
        for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", ())
        if len(skip["comment"]) > 40
    }
    skipped = {
        (check["resource"].rpartition(".")[2], check["check_id"]) for check in checked["results"]["skipped_checks"]
    }
    assert declared
    assert declared == skipped


def test_nothing_is_found_in_the_role_for_github_and_in_the_workflows() -> None:
    run("cfn-lint", "--", "hosting/github-role.yaml")
    for command in (
        ("--framework", "cloudformation", "-f", "hosting/github-role.yaml"),
        ("--framework", "github_actions", "-d", ".github"),
    ):
        printed = run("checkov", "--skip-download", "-o", "json", *command, LOG_LEVEL="ERROR")
        found: dict[str, Any] = json.loads(printed[printed.index("{") :])
        assert found["results"]["failed_checks"] == []
        assert found["summary"]["passed"] > 5, "control: something was looked at"


# --- Who may call


def alexas(stack: Stack) -> list[dict[str, Any]]:
    """Return the permissions to call the guide; the watch may be called by its schedule alone."""
    permissions = of_type(stack, "Lambda::Permission").values()
    watch = [found for found in permissions if found["FunctionName"] == {"Ref": "WatchFunction"}]
    assert [found["Principal"] for found in watch] == ["events.amazonaws.com"]
    return [found for found in permissions if found not in watch]


def test_only_alexa_may_call_and_only_for_the_one_skill(stack: Stack) -> None:
    (permission,) = alexas(stack)
    assert permission["Action"] == "lambda:InvokeFunction"
    assert permission["Principal"] == "alexa-appkit.amazon.com"
    assert permission["EventSourceToken"] == {"Ref": "SkillId"}


def test_they_call_the_alias_not_the_function(stack: Stack) -> None:
    (alias,) = of_type(stack, "Lambda::Alias")
    (permission,) = alexas(stack)
    assert permission["FunctionName"] == {"Ref": alias}


def test_the_id_is_required_and_checked_as_the_tools_check_it(stack: Stack) -> None:
    parameter = stack[0]["Parameters"]["SkillId"]
    assert "Default" not in parameter
    assert parameter["AllowedPattern"] == f"^{deploy.SKILL_ID.pattern}$".replace(
        "(?:-[0-9a-f]{4}){3}", "-[0-9a-f]{4}" * 3
    )
    assert "developer console" in parameter["ConstraintDescription"]


def test_the_code_checks_the_same_id(stack: Stack) -> None:
    variables = of_type(stack, "Lambda::Function")["TriageFunction"]["Environment"]["Variables"]
    assert variables["SKILL_ID"] == {"Ref": "SkillId"}


def test_every_variable_that_is_set_is_read(stack: Stack) -> None:
    adapters = Path(alexa.__file__).parent.parent
    read = "\n".join(path.read_text("utf-8") for path in adapters.rglob("*.py"))
    variables = of_type(stack, "Lambda::Function")["TriageFunction"]["Environment"]["Variables"]
    assert variables.keys() == {
        *("SKILL_ID", "CLINIC_NAME", "CLINIC_PHONE", "FIND_DOCTOR"),
        *("FOLLOW_UP_KEYS", "FOLLOW_UP_TABLE"),
    }
    assert all(f'"{name}"' in read for name in variables)


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        ("ClinicName", ["Riverside Clinic", "St. Mary's, 2nd floor", "A"], ["<clinic>", "x" * 41, " x"]),
        ("ClinicPhone", ["+1 (555) 010-0199", "555-010-0199"], ["call us", "911; rm", "12"]),
        ("FindDoctor", ["Your health plan has a list of doctors."], ["No full stop", f"{'x' * 120}.", "<b>."]),
        ("AlarmEmail", ["ops@example.org"], ["ops", "a@b", "a b@example.org"]),
        (
            "FollowUpKeys",
            ["k" * 32, f"{'a-_Z' * 16},{'9' * 200}"],
            ["k" * 31, f"{'k' * 32},", f"{'k' * 31} ", "k" * 201],
        ),
    ],
)
def test_optional_parameters_may_be_empty_and_are_checked(
    stack: Stack, parameter: str, good: list[str], bad: list[str]
) -> None:
    declared = stack[0]["Parameters"][parameter]
    assert declared["Default"] == ""
    assert all(re.search(declared["AllowedPattern"], value) for value in ["", *good])
    assert not [value for value in bad if re.search(declared["AllowedPattern"], value)]


def test_what_the_template_takes_for_a_clinic_the_skill_can_say() -> None:
    environ = {
        "CLINIC_NAME": "St. Mary's, 2nd floor",
        "CLINIC_PHONE": "+1 (555) 010-0199",
        "FIND_DOCTOR": "Your health plan has a list of doctors.",
    }
    clinic = from_environ(environ)
    assert clinic.faults == ()
    assert len(clinic.fields) == 3


@pytest.mark.parametrize("form", ['{0}="{1}"', ['{0}="{1}"'], ["{0}={1}"]], ids=["text", "list", "list without quotes"])
def test_sam_reads_a_clinic_of_several_words_as_it_was_saved(form: str | list[str]) -> None:
    from samcli.cli.types import CfnParameterOverridesType  # noqa: PLC0415 only the proof has it

    name = "St. Mary's, 2nd floor"
    saved = (
        form.format("ClinicName", name) if isinstance(form, str) else [one.format("ClinicName", name) for one in form]
    )
    words = takeover.overrides({"parameter_overrides": saved}, {"SkillId": "x"})
    read = CfnParameterOverridesType().convert(tuple(words), None, None)
    assert read == {"ClinicName": name, "SkillId": "x"}


def test_a_clinic_has_a_name_and_a_phone_or_neither(stack: Stack) -> None:
    assert stack[0]["Rules"].keys() == {"NameNeedsPhone", "PhoneNeedsName"}
    assert all("or neither" in rule["Assertions"][0]["AssertDescription"] for rule in stack[0]["Rules"].values())


# --- What runs


def test_the_function_is_as_measured(stack: Stack) -> None:
    function = of_type(stack, "Lambda::Function")["TriageFunction"]
    assert function["Runtime"] == f"python{RUNTIME}"
    assert function["Architectures"] == ["arm64"]
    assert function["MemorySize"] == 256
    assert function["Timeout"] == 7
    assert function["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert function["Handler"] == "lambda_function.lambda_handler"


def test_a_new_version_gets_a_tenth_of_the_calls_first_and_is_rolled_back_on_an_error(stack: Stack) -> None:
    alias = only(stack, "Lambda::Alias")
    assert alias["Name"] == "live"
    group = only(stack, "CodeDeploy::DeploymentGroup")
    condition, at_once, canary = group["DeploymentConfigName"]["Fn::If"]
    assert stack[0]["Conditions"][condition] == {"Fn::Equals": [{"Ref": "Deployment"}, "AllAtOnce"]}
    assert at_once["Fn::Sub"][1] == {"ConfigName": "AllAtOnce"}
    assert canary["Fn::Sub"][1] == {"ConfigName": "Canary10Percent5Minutes"}
    assert stack[0]["Parameters"]["Deployment"]["Default"] == "Canary10Percent5Minutes"
    assert group["AlarmConfiguration"]["Enabled"] is True
    assert {alarm["Name"]["Ref"] for alarm in group["AlarmConfiguration"]["Alarms"]} == {
        "ErrorsAlarm",
        "FailedTurnsAlarm",
        "RefusedAlarm",
    }
    assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]


def test_a_changed_setting_publishes_a_new_version() -> None:
    assert "AutoPublishAliasAllProperties: true" in (ROOT / "template.yaml").read_text("utf-8")


def test_the_role_may_write_its_own_log_and_nothing_else(stack: Stack) -> None:
    role = of_type(stack, "IAM::Role")["TriageRole"]
    assert "ManagedPolicyArns" not in role
    ((statement,),) = [policy["PolicyDocument"]["Statement"] for policy in role["Policies"]]
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert statement["Resource"] == {"Fn::GetAtt": ["TriageLogs", "Arn"]}
    assert of_type(stack, "Lambda::Function")["TriageFunction"]["Role"] == {"Fn::GetAtt": ["TriageRole", "Arn"]}


def test_logs_are_json_in_a_group_of_their_own_and_are_deleted_in_time(stack: Stack) -> None:
    logging = of_type(stack, "Lambda::Function")["TriageFunction"]["LoggingConfig"]
    assert logging["LogFormat"] == "JSON"
    assert logging["LogGroup"] == {"Ref": "TriageLogs"}
    assert of_type(stack, "Logs::LogGroup")["TriageLogs"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert stack[0]["Parameters"]["LogRetentionDays"]["Default"] == 30


def test_nothing_is_stored_unless_a_key_is_set(stack: Stack) -> None:
    resources = stack[0]["Resources"].values()
    kinds = {resource["Type"].split("::")[1] for resource in resources if resource.get("Condition") != "HasFollowUp"}
    assert kinds == {"Lambda", "IAM", "Logs", "CloudWatch", "CodeDeploy", "SNS", "Events"}
    assert stack[0]["Conditions"]["HasFollowUp"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "FollowUpKeys"}, ""]}]}
    assert stack[0]["Parameters"]["FollowUpKeys"]["Default"] == ""


# --- The look again


def test_the_table_is_on_demand_expires_and_is_encrypted(stack: Stack) -> None:
    table = only(stack, "DynamoDB::Table")
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["KeySchema"] == [{"AttributeName": "person", "KeyType": "HASH"}]
    assert stack[0]["Resources"]["FollowUpTable"]["Condition"] == "HasFollowUp"


def test_the_function_may_do_three_things_with_this_table_and_list_nobody(stack: Stack) -> None:
    policy = only(stack, "IAM::Policy")
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert stack[0]["Resources"]["KeepFollowUps"]["Condition"] == "HasFollowUp"
    assert policy["Roles"] == [{"Ref": "TriageRole"}]
    assert statement["Action"] == ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"]
    assert statement["Resource"] == {"Fn::GetAtt": ["FollowUpTable", "Arn"]}


def test_without_a_key_there_is_no_table_to_name(stack: Stack) -> None:
    variables = of_type(stack, "Lambda::Function")["TriageFunction"]["Environment"]["Variables"]
    assert variables["FOLLOW_UP_TABLE"] == {"Fn::If": ["HasFollowUp", {"Ref": "FollowUpTable"}, ""]}
    assert variables["FOLLOW_UP_KEYS"] == {"Ref": "FollowUpKeys"}
    assert stack[0]["Parameters"]["FollowUpKeys"]["NoEcho"] is True


def test_what_the_template_takes_for_keys_the_skill_can_use() -> None:
    assert len(PersonKeys.parse(f"{'k' * 32},{'o' * 32}").keys) == 2


def test_look_agains_that_fail_are_counted_by_the_line_that_the_journal_writes(stack: Stack) -> None:
    counted = of_type(stack, "Logs::MetricFilter")["FailedFollowUps"]
    assert counted["FilterPattern"] == f'{{ $.event = "{journal.FOLLOW_UP_FAILED}" }}'
    alarm = of_type(stack, "CloudWatch::Alarm")["FailedFollowUpsAlarm"]
    assert alarm["MetricName"] == counted["MetricTransformations"][0]["MetricName"]
    assert stack[0]["Resources"]["FailedFollowUpsAlarm"]["Condition"] == "HasFollowUp"


# --- What is watched


@pytest.mark.parametrize(
    ("alarm", "metric"),
    [
        ("ErrorsAlarm", "Errors"),
        ("DurationAlarm", "Duration"),
        ("ThrottlesAlarm", "Throttles"),
        ("FailedTurnsAlarm", ""),
        ("RefusedAlarm", ""),
        ("WatchFailedAlarm", "Errors"),
        ("SilenceAlarm", "Invocations"),
        ("FailedFollowUpsAlarm", ""),
    ],
)
def test_an_alarm_watches(stack: Stack, alarm: str, metric: str) -> None:
    properties = of_type(stack, "CloudWatch::Alarm")[alarm]
    assert properties["TreatMissingData"] == ("breaching" if alarm == "SilenceAlarm" else "notBreaching")
    assert properties["OKActions"] == properties["AlarmActions"], "whoever is told of it is told when it is over"
    assert properties["AlarmActions"] == [{"Fn::If": ["HasAlarmEmail", {"Ref": "AlarmTopic"}, {"Ref": "AWS::NoValue"}]}]
    if metric:
        assert properties["MetricName"] == metric


def test_the_slow_turn_alarm_looks_at_the_slowest_hundredth_well_before_alexa_gives_up(stack: Stack) -> None:
    alarm = of_type(stack, "CloudWatch::Alarm")["DurationAlarm"]
    assert alarm["ExtendedStatistic"] == "p99"
    assert alarm["Threshold"] < of_type(stack, "Lambda::Function")["TriageFunction"]["Timeout"] * 1000


@pytest.mark.parametrize(
    ("counts", "event"), [("FailedTurns", journal.FAILED_TURN), ("Refused", journal.REFUSED_BY_ALEXA)]
)
def test_what_lambda_counts_no_error_for_is_counted_by_its_event(stack: Stack, counts: str, event: str) -> None:
    """What the log lines are, test_journal.py shows. A setting that was left out is an error of another event."""
    counted = of_type(stack, "Logs::MetricFilter")[counts]
    alarm = of_type(stack, "CloudWatch::Alarm")[f"{counts}Alarm"]
    (transformation,) = counted["MetricTransformations"]
    assert counted["FilterPattern"] == f'{{ $.event = "{event}" }}'
    assert alarm["MetricName"] == transformation["MetricName"]
    assert alarm["Namespace"] == transformation["MetricNamespace"]


def test_mail_is_sent_only_where_an_address_is_given(stack: Stack) -> None:
    assert stack[0]["Resources"]["AlarmTopic"]["Condition"] == "HasAlarmEmail"


def test_the_dashboard_is_json_and_shows_what_the_alarms_watch(stack: Stack) -> None:
    body = only(stack, "CloudWatch::Dashboard")["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    assert {widget["type"] for widget in widgets} == {"alarm", "metric", "log"}
    always = {name for name, resource in stack[0]["Resources"].items() if "Condition" not in resource}
    alarms = {name: alarm for name, alarm in of_type(stack, "CloudWatch::Alarm").items() if name in always}
    assert len(alarms) == 7
    assert all(f":alarm:{alarm['AlarmName']['Fn::Sub']}" in body for alarm in alarms.values())


def test_a_version_proves_itself_before_it_serves(stack: Stack) -> None:
    alias = stack[0]["Resources"]["TriageFunctionAliaslive"]
    assert alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["BeforeAllowTrafficHook"] == {"Ref": "WatchFunction"}
    watch = of_type(stack, "Lambda::Function")["WatchFunction"]
    assert watch["FunctionName"]["Fn::Sub"].startswith("CodeDeployHook_")
    (rule,) = of_type(stack, "Events::Rule").values()
    assert rule["ScheduleExpression"] == "rate(5 minutes)"


def test_the_watch_may_call_the_guide_and_tell_codedeploy_and_nothing_else(stack: Stack) -> None:
    ((statements),) = [p["PolicyDocument"]["Statement"] for p in of_type(stack, "IAM::Role")["WatchRole"]["Policies"]]
    actions = [statement["Action"] for statement in statements]
    assert actions == [
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        "lambda:InvokeFunction",
        "codedeploy:PutLifecycleEventHookExecutionStatus",
    ]
    assert all(statement["Resource"] != "*" for statement in statements)


def test_without_an_address_the_deployment_says_that_nobody_is_told(stack: Stack) -> None:
    assert stack[0]["Outputs"]["NobodyIsTold"]["Condition"] == "NobodyIsTold"
    assert "nobody will be told" in stack[0]["Outputs"]["NobodyIsTold"]["Value"]


def test_the_endpoint_to_paste_is_the_alias(stack: Stack) -> None:
    (alias,) = of_type(stack, "Lambda::Alias")
    assert stack[0]["Outputs"]["Endpoint"]["Value"] == {"Ref": alias}
