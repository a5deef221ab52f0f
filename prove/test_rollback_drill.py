"""A rollback drill: the watch proves the built artifact under Lambda's own client, and stops broken ones of it."""

import importlib.util
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.artifact_content import ROOT
from tools.local_lambda import LambdaError, LocalLambda
from tools.runtime_python import Interpreter

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
HOOK = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("watch_function", ROOT / "lambda" / "watch_function.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CodeDeploy:
    """Takes what it is told, in the form of boto3's client."""

    def __init__(self) -> None:
        self.statuses: list[str] = []

    def put_lifecycle_event_hook_execution_status(self, **told: str) -> None:
        """Take the status of one hook."""
        self.statuses.append(told["status"])


class Lambda:
    """Invokes the function that runs here, in the form of boto3's client."""

    def __init__(self, running: LocalLambda) -> None:
        self._running = running

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: ARG002, N803 as boto3 names them
        """Return the response of the function."""
        answer = self._running.invoke(json.loads(Payload))
        error = {"FunctionError": "Unhandled"} if answer.failed else {}
        return {"Payload": io.BytesIO(json.dumps(answer.body).encode()), **error}


def deployed(folder: Path, python: Interpreter) -> str:
    """Return what CodeDeploy is told of the version in ``folder``."""
    watch, told = _load(), CodeDeploy()
    try:
        with LocalLambda(folder=folder, python=python, environ={"SKILL_ID": SKILL_ID}, snap_start=True) as running:
            found = watch.prove(watch.invoker(Lambda(running), "new"))
    except LambdaError as error:  # it does not start: on AWS no version with a snapshot is published then
        found = [str(error)]
    watch.report(told, HOOK, found)
    (status,) = told.statuses
    return status


def _breaks(file: str, old: str, new: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new), "utf-8")
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()

    return apply


BROKEN: dict[str, Callable[[Path], None]] = {
    "a word that is gone": _breaks(
        "skill/locales/en-US/prompts.json", '"outcomes.emergency.do"', '"outcomes.emergency.x"'
    ),
    "every turn fails": _breaks("skill/dialog/conversation.py", "said = sort(acts", "said = None(acts"),
    "an emergency that does not end the session": _breaks(
        "skill/adapters/alexa/render.py", "set_should_end_session(reply.ends)", "set_should_end_session(False)"
    ),
    "it does not start": _breaks(
        "skill/adapters/alexa/skill.py", "def create(", "import nothing_like_it\n\n\ndef create("
    ),
}


@pytest.fixture(autouse=True)
def skill_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILL_ID", SKILL_ID)


def test_the_built_version_is_let_through(artifact: Path, python: Interpreter) -> None:
    assert deployed(artifact, python) == "Succeeded"


@pytest.mark.parametrize("breaks", BROKEN.values(), ids=BROKEN)
def test_a_broken_version_gets_no_turn(
    artifact: Path, python: Interpreter, tmp_path: Path, breaks: Callable[[Path], None]
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(artifact, folder)
    breaks(folder)
    assert deployed(folder, python) == "Failed"
