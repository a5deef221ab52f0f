"""The workflows run this project's own commands, store no key, and ask for staging before production."""

import importlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tools import deploy

ROOT = Path(__file__).resolve().parent.parent
yaml: Any = importlib.import_module("yaml")
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github/workflows").glob("*.yaml")}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of every job of a workflow."""
    return [step for job in WORKFLOWS[name]["jobs"].values() for step in job.get("steps", ())]


def test_the_same_checks_run_everywhere() -> None:
    assert {"ci", "deploy", "stack", "locks"} <= WORKFLOWS.keys()
    for name in ("ci", "deploy"):
        assert [step for step in steps(name) if step.get("run") == ".ci/run"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_make_target_and_module_that_a_workflow_runs_is_there(name: str) -> None:
    run = "\n".join(str(step.get("run", "")) for step in steps(name))
    for target in re.findall(r"^[^#\n]*?\bmake (?:-s )?([\w.-]+(?:/[\w.-]+)?)", run, flags=re.MULTILINE):
        assert re.search(rf"(?:^| ){re.escape(target)}(?: [^:=\n]*)?:(?!=)", MAKEFILE, flags=re.MULTILINE), target
    for module in re.findall(r"python3? -m (tools[\w.]+)", run):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists()


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_may_write_and_no_key_is_stored(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
    text = (ROOT / ".github" / "workflows" / f"{name}.yaml").read_text("utf-8")
    assert not re.search(r"secrets\.AWS|AWS_SECRET_ACCESS_KEY", text)
    for job in WORKFLOWS[name]["jobs"].values():
        assert set(job.get("permissions", {})) <= {"contents", "id-token"}


def test_production_comes_after_staging_and_staging_after_the_tests() -> None:
    jobs = WORKFLOWS["deploy"]["jobs"]
    assert (jobs["staging"]["needs"], jobs["production"]["needs"]) == ("test", "staging")
    for name in ("staging", "production"):
        assert jobs[name]["with"] == {"environment": name}
        assert jobs[name]["uses"] == "./.github/workflows/stack.yaml"
    (job,) = WORKFLOWS["stack"]["jobs"].values()
    assert job["environment"] == "${{ inputs.environment }}"


@pytest.mark.parametrize("name", ["staging", "production"])
def test_each_environment_is_a_stack_of_its_own_that_asks_nobody(name: str) -> None:
    saved = deploy.saved_parameters(config_env=name)
    assert saved["stack_name"] == f"upper-back-guide-{name}"
    assert saved["confirm_changeset"] is False
    assert saved.keys() == deploy.saved_parameters().keys()
    stacks = [part["global"]["parameters"]["stack_name"] for part in _parts()]
    assert len(stacks) == len(set(stacks)) == 3


def _parts() -> list[dict[str, Any]]:
    config = tomllib.loads((ROOT / "samconfig.toml").read_text("utf-8"))
    return [part for part in config.values() if isinstance(part, dict)]


def test_the_role_is_given_to_one_environment_of_one_repository_alone() -> None:
    text = (ROOT / "hosting" / "github-role.yaml").read_text("utf-8")
    assert "StringEquals:" in text
    assert "sub: !Sub repo:${Repository}:environment:${Environment}" in text
    assert "StringLike" not in text
