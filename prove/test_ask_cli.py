"""Amazon's own ask-cli deploys what ``make package`` lays out, to a stand-in for its API: a create, then updates."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from prove.asking import Ask
from simulator.smapi import Skill
from skill.prompts import catalogue
from tools import ask_cli, ask_states
from tools.artifact_content import ROOT

ENDPOINT = "arn:aws:lambda:us-east-1:123456789012:function:upper-back-guide-TriageFunction-Ab1:live"
FIRST = "amzn1.ask.skill.00000001-0000-4000-8000-000000000000"
OTHER = "amzn1.ask.skill.0000000f-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def first(ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package from which a skill was created, the first time."""
    folder = tmp_path_factory.mktemp("package")
    packaged(folder)
    assert f"Skill ID: {FIRST}" in ask("deploy", "--target", "skill-metadata", folder=folder)
    return folder


@pytest.fixture
def created(ask: Ask, first: Path, tmp_path: Path) -> Path:
    """Return a copy of that package, with an account in which nothing else has happened."""
    manifest = json.loads((first / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
    ask.account.skills.clear()
    ask.account.skills[FIRST] = Skill(manifest=manifest, models={})
    ask.account.requests.clear()
    return shutil.copytree(first, tmp_path / "package")


def packaged(folder: Path, *settings: str) -> None:
    """Run ``make package`` with its settings as a person writes them, such as ``ENDPOINT=arn...``."""
    # The make that runs the proof hands its options and its ARGS on; they are not meant for this one.
    environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = ("make", "-s", "package", f"INTO={folder}", *settings)
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_skill_is_created_once_and_then_updated(ask: Ask, created: Path) -> None:
    assert "endpoint" not in ask.account.skills[FIRST].manifest["apis"]["custom"]
    packaged(created, f"ENDPOINT={ENDPOINT}")
    ask("deploy", folder=created)
    packaged(created, "SITE=https://example.org")
    ask("deploy", folder=created)
    (skill,) = ask.account.skills.values()
    assert (skill.imports, skill.enabled) == (3, True)
    assert skill.manifest["apis"]["custom"]["endpoint"] == {"uri": ENDPOINT}, "the next package keeps it"
    assert sorted(skill.models) == catalogue.locales()
    assert skill.models["en-US"] == json.loads((ROOT / "interaction_models" / "en-US.json").read_text("utf-8"))


def test_a_skill_that_is_there_already_is_updated_by_its_id(ask: Ask, created: Path, tmp_path: Path) -> None:
    assert created.exists()
    packaged(tmp_path / "new", f"SKILL_ID={FIRST}", f"ENDPOINT={ENDPOINT}")
    ask("deploy", folder=tmp_path / "new")
    assert [skill.imports for skill in ask.account.skills.values()] == [2]


def test_control_an_id_in_the_resources_alone_creates_a_second_skill(ask: Ask, created: Path) -> None:
    """Where ask-cli does not look: this is why its state is written, and kept."""
    shutil.rmtree(created / ".ask")
    resources = json.loads((created / "ask-resources.json").read_text("utf-8"))
    for profile in resources["profiles"].values():
        profile["skillId"] = FIRST
    (created / "ask-resources.json").write_text(json.dumps(resources), "utf-8")
    ask("deploy", "--target", "skill-metadata", folder=created)
    assert len(ask.account.skills) == 2


def test_what_did_not_change_is_not_sent_again_but_another_skill_gets_it(ask: Ask, created: Path) -> None:
    assert "CLI will skip" in ask("deploy", folder=created)
    ask.account.skills[OTHER] = ask.account.skills[FIRST]
    packaged(created, f"SKILL_ID={OTHER}")
    assert "CLI will skip" not in ask("deploy", folder=created)
    assert f"POST /v1/skills/{OTHER}/imports" in ask.account.requests


def test_the_root_of_the_repository_is_a_project_of_ask_cli(ask: Ask, created: Path, tmp_path: Path) -> None:
    """A copy is deployed, so that the state is written there; the Alexa Skills Toolkit reads the same files."""
    assert created.exists()
    root = tmp_path / "root"
    shutil.copytree(ROOT / "skill-package", root / "skill-package")
    resources = json.loads((ROOT / "ask-resources.json").read_text("utf-8"))
    resources["profiles"][ask_states.ENVIRONMENT_PROFILE] = resources["profiles"]["default"]
    (root / "ask-resources.json").write_text(json.dumps(resources), "utf-8")
    ask("deploy", "--target", "skill-metadata", folder=root)
    _, skill = ask.account.skills.values()
    assert sorted(skill.models) == catalogue.locales()


def test_the_stand_in_answers_as_amazons_own_specification_says(ask: Ask, created: Path) -> None:
    ask.account.skills[FIRST].models["en-US"] = json.loads(
        (ROOT / "interaction_models" / "en-US.json").read_text("utf-8")
    )
    for command in (("get-skill-status",), ("get-skill-manifest",), ("profile-nlu", "-l", "en-US", "-u", "yes")):
        assert json.loads(ask("smapi", *command, "-s", FIRST, folder=created))
    spec = json.loads((ask_cli.INSTALLED / "node_modules" / "ask-smapi-model" / "spec.json").read_text("utf-8"))
    answered = {}
    for method, path, status, body in ask.account.responses:
        if body is not None and (operation := _operation(spec, method, path)):
            answered[operation["x-operation-name"]] = operation["responses"][str(status)].get("schema"), body
    assert {"createUploadUrlV1", "getImportStatusV1", "getSkillStatusV1", "getSkillManifestV1", "profileNluV1"} <= set(
        answered
    )
    for name, (schema, body) in answered.items():
        check = jsonschema.Draft4Validator({"definitions": spec["definitions"], **schema})
        assert [error.message for error in check.iter_errors(body)] == [], name
        assert not check.is_valid([]), f"control: {name} has a shape"


def test_an_exported_conversation_is_replayed_with_the_real_handler(ask: Ask, created: Path) -> None:
    """As ``python -m tools.export`` writes it, with the environment of make package."""
    manifest = json.loads((ROOT / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
    ask.account.skills[FIRST] = Skill(manifest=manifest, models={}, enabled=True)
    command = (str(ROOT / ".venv-talk" / "bin" / "python"), "-W", "ignore", "-m", "tools.export")
    subprocess.run((*command, "--skill-id", FIRST, "--into", str(created)), cwd=ROOT, check=True, capture_output=True)
    replay = created / "en-US" / "ask-dialog" / "misheard_no.json"
    said = ask("dialog", "--replay", str(replay), folder=created)
    assert "Welcome to Upper Back Guide" in said
    assert "numbness or tingling" in said
    assert "Session ended" in said


def test_the_deployed_model_is_profiled_and_it_goes_on_where_it_stopped(ask: Ask, created: Path) -> None:
    manifest = json.loads((ROOT / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
    model = json.loads((ROOT / "interaction_models" / "en-US.json").read_text("utf-8"))
    ask.account.skills[FIRST] = Skill(manifest=manifest, models={"en-US": model}, enabled=True)
    code = "from tools import profile_nlu as p, utterances as u; "
    code += "few = u.prepared(['en-US'])[:2]; u.prepared = lambda _: few; "
    code += f"print(p.main(['--skill-id', {FIRST!r}, '--into', {str(created)!r}]))"
    program = (str(ROOT / ".venv-talk" / "bin" / "python"), "-W", "ignore", "-c", code)
    asked = []
    for _ in range(2):
        done = subprocess.run(program, cwd=ROOT, env=ask.environ, capture_output=True, text=True, check=True)
        assert done.stdout.endswith("\n0\n"), done.stdout + done.stderr
        asked.append(sum("profileNlu" in request for request in ask.account.requests))
    assert asked == [2, 2]
    assert "MixedSignIntent" in (created / "en-US.md").read_text("utf-8")


def _operation(spec: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    parts = path.partition("?")[0].split("/")
    # Of two patterns that fit, the one with fewer gaps is meant: skills/uploads is no skill.
    for pattern, operations in sorted(spec["paths"].items(), key=lambda item: item[0].count("{")):
        wanted = pattern.split("/")
        if len(wanted) == len(parts) and all(
            one == two or one.startswith("{") for one, two in zip(wanted, parts, strict=True)
        ):
            found: dict[str, Any] | None = operations.get(method.lower())
            return found
    return None


def test_ask_cli_has_every_command_and_option_that_a_document_names(ask: Ask, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    named: dict[str, set[str]] = {}
    for found in re.finditer(r"\bask ((?:smapi |util )?[a-z]+(?:-[a-z]+)*)\b((?: [^\s`#;&|)]+)*)", text):
        if found[1] not in ("for", "smapi", "util"):  # "ask for", and commands named as a whole
            named.setdefault(found[1], set()).update(re.findall(r" (--?[a-z][\w-]*)", found[2]))
    assert {"configure", "smapi delete-skill", "smapi start-beta-test"} <= named.keys()
    assert {"--target", "--ignore-hash"} <= named["deploy"]
    for command, options in named.items():
        printed = ask(*command.split(), "--help", folder=tmp_path)
        assert f"Usage: ask {command} [options]" in printed, command
        assert [option for option in options if not re.search(rf"{option}\b", printed)] == [], command
