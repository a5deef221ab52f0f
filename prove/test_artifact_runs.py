"""The built artifact under Amazon's own runtime client: whole interviews, SnapStart, logs, and what goes wrong."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.client import AlexaClient
from simulator.entry import load_handler
from tools import artifact_content
from tools.local_lambda import LambdaError, LocalLambda
from tools.runtime_python import Interpreter

NO, YES = "AMAZON.NoIntent", "AMAZON.YesIntent"
SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
LONGEST_INTERVIEW = 20
"""Turns: the longest ordinary one has fourteen."""

INTERVIEWS: dict[str, Any] = {
    "emergency": [(NO, {}), ("ReportSignIntent", {"sign": ("my jaw", "jaw_pain")})],
    "doctor today": [(NO, {})] * 5 + [("YesSignIntent", {"sign": ("a fever", "fever")}), (YES, {})],
    "doctor": [(NO, {})] * 8 + [("WhyIntent", {}), (YES, {}), (YES, {})],
    "home care": [(NO, {})] * 2 + [("UnsureIntent", {})] + [(NO, {})] * 8 + [(YES, {}), (NO, {})],
}


@pytest.fixture(scope="module", params=[False, True], ids=["on demand", "SnapStart"])
def function(request: pytest.FixtureRequest, artifact: Path, python: Interpreter) -> Iterator[LocalLambda]:
    """Return one running instance of the function, as the template sets it up."""
    environ = {"SKILL_ID": SKILL_ID, "CLINIC_NAME": "", "CLINIC_PHONE": "", "FIND_DOCTOR": ""}
    with LocalLambda(folder=artifact, python=python, environ=environ, snap_start=request.param) as running:
        yield running


def said(handler: Any, interview: str) -> list[str]:
    """Return all that is said in an interview."""
    client = AlexaClient(handler=handler, device="large screen", skill_id=SKILL_ID)
    heard = [client.launch(), *(client.intent(intent, slots) for intent, slots in INTERVIEWS[interview])]
    while client.is_open and len(heard) < LONGEST_INTERVIEW:
        heard.append(client.intent(NO))  # nothing else
    assert heard[-1].ends
    return [one.ssml for one in heard]


def test_the_snapshot_is_taken_after_init_and_restored_before_the_first_turn(function: LocalLambda) -> None:
    assert function.steps[0] == ("restore" if function.snap_start else "next")
    AlexaClient(handler=function, skill_id=SKILL_ID).launch()
    assert function.steps == (["restore", "next"] if function.snap_start else ["next"])


@pytest.mark.parametrize("interview", INTERVIEWS)
def test_a_whole_interview_is_said_word_for_word_as_in_the_checkout(function: LocalLambda, interview: str) -> None:
    assert said(function, interview) == said(load_handler(), interview)


def test_silence_ends_a_session_without_a_word(function: LocalLambda) -> None:
    client = AlexaClient(handler=function, skill_id=SKILL_ID)
    client.launch()
    assert client.end("EXCEEDED_MAX_REPROMPTS").response["response"] == {}


@pytest.mark.parametrize("event", [None, [], {}, {"request": {"type": "Ufo"}}, "text"], ids=repr)
def test_nothing_that_arrives_breaks_the_instance(function: LocalLambda, event: Any) -> None:
    assert not function.invoke(event).failed
    assert AlexaClient(handler=function, skill_id=SKILL_ID).launch().text


def test_a_request_for_another_skill_is_an_error_that_names_the_remedy(function: LocalLambda) -> None:
    client = AlexaClient(handler=function, skill_id=SKILL_ID.replace("0", "1"))
    with pytest.raises(LambdaError, match="check SKILL_ID and the trigger"):
        client.launch()


def test_log_lines_are_json_with_a_level_and_hold_no_words_of_the_person(function: LocalLambda) -> None:
    client = AlexaClient(handler=function, skill_id=SKILL_ID, user_id="PERSON")
    client.intent("ReportSignIntent", {"sign": ("my sore jaw", "jaw_pain")})
    client.request({"type": "AudioPlayer.PlaybackFailed"})
    lines = [json.loads(line) for line in function.log().splitlines() if line.startswith("{")]
    assert any(line["level"] == "INFO" and line["logger"] == "upper_back_guide" for line in lines)
    assert not [secret for secret in ("PERSON", "jaw") if secret in function.log()]


def test_a_failed_turn_is_logged_with_the_level_that_the_alarm_counts(
    artifact: Path, python: Interpreter, tmp_path: Path
) -> None:
    folder = tmp_path / "lambda"
    shutil.copytree(artifact, folder)
    path = folder / "skill" / "locales" / "en-US" / "prompts.json"
    words = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({key: said for key, said in words.items() if not key.startswith("help.")}), "utf-8")
    with LocalLambda(folder=folder, python=python) as function:
        client = AlexaClient(handler=function)
        client.launch()
        assert client.intent("AMAZON.HelpIntent").text.startswith("In an emergency, call 911")
        (line,) = [json.loads(line) for line in function.log().splitlines() if '"ERROR"' in line]
    assert line["level"] == "ERROR"
    assert line["kind"] == "CatalogueError"
    assert "nothing is said" not in json.dumps(line), "the message of an error may hold an answer"


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("skill/engine/triage.py", "No module named 'skill.engine.triage'"),
        ("six.py", "No module named 'six'"),
        ("skill/locales/en-US/prompts.json", "CatalogueError"),
    ],
)
def test_control_an_artifact_that_lacks_something_does_not_start(
    artifact: Path, python: Interpreter, tmp_path: Path, broken: str, words: str
) -> None:
    folder = tmp_path / "lambda"
    shutil.copytree(artifact, folder)
    (folder / broken).unlink()
    with pytest.raises(LambdaError, match=words), LocalLambda(folder=folder, python=python):
        pass


def test_the_first_turn_of_a_primed_instance_is_quick(artifact: Path, python: Interpreter) -> None:
    """A generous bound: the figure itself is in docs/benchmarks.md."""
    with LocalLambda(folder=artifact, python=python) as function:
        client = AlexaClient(handler=function)
        answer = function.invoke(client.envelope({"type": "LaunchRequest"}))
    assert not answer.failed
    assert answer.seconds < 0.1


def test_the_artifact_is_pure_python_and_small(artifact: Path) -> None:
    """So it runs on arm64 whatever it was built on."""
    files = [path for path in artifact.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".py", ".pyc", ".json", ".bin"}
    assert {path.name for path in artifact.iterdir()} == {
        *("__pycache__", "lambda_function.py", "skill", "six.py"),
        *("ask_sdk_core", "ask_sdk_model", "ask_sdk_runtime"),
    }
    assert sum(path.stat().st_size for path in files) < 10_000_000


def test_no_http_client_is_in_it(artifact: Path) -> None:
    """Nothing of what a person says could be sent anywhere by the packages that are deployed."""
    names = {path.stem for path in artifact.iterdir()}
    assert not names & {name.replace("-", "_") for name in artifact_content.NEVER_IMPORTED}
