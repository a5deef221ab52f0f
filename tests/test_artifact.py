"""What Lambda runs: exactly what a turn needs, and what is said when it cannot be built."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from skill.adapters import clinic
from skill.hearing import lexicon, reader
from skill.prompts import catalogue
from tools import artifact_content, ask_states, build_artifact, deploy, runtime_python
from tools.artifact_content import ROOT
from tools.runtime_python import RUNTIME, Interpreter, NoRuntimePythonError

SKILL_ID = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an artifact of ours alone: the packages from the index are the proof's to try (``make prove``)."""
    folder = tmp_path_factory.mktemp("built") / "lambda"
    version = ".".join(map(str, sys.version_info[:2]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_artifact, "_install", lambda *_: None)
        build_artifact.build(folder, Interpreter(path=sys.executable, version=version))
    return folder


# --- Content


def test_the_modules_are_those_that_the_entry_reaches() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in artifact_content.modules()}
    assert {"skill/__init__.py", "skill/adapters/alexa/skill.py", "skill/dialog/conversation.py"} <= names
    assert not names & {
        *("skill/prompts/check.py", "skill/protocol/check.py", "skill/engine/interviews.py"),
        *("skill/adapters/web/service.py", "skill/adapters/web/verification.py"),
    }


def test_every_module_that_a_turn_loads_is_among_them() -> None:
    program = (
        f"import runpy, sys; runpy.run_path({str(artifact_content.ENTRY)!r});"
        "print(*[module.__file__ for name, module in sys.modules.items() if name.split('.')[0] == 'skill'])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert {Path(file) for file in done.stdout.split()} <= set(artifact_content.modules())


def test_no_package_is_left_out_that_a_turn_loads() -> None:
    imported = {name.replace("-", "_") for name in artifact_content.NEVER_IMPORTED} | {"dateutil"}
    program = (
        f"import runpy, sys; runpy.run_path({str(artifact_content.ENTRY)!r});"
        f"print(sorted({imported!r} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_lock_is_that_of_the_runtime_with_its_hashes() -> None:
    lock = artifact_content.locked_packages()
    for name in ("ask-sdk-core==", "ask-sdk-model==", "ask-sdk-runtime==", "six=="):
        assert f"\n{name}" in f"\n{lock}"
    assert "--hash=sha256:" in lock
    assert not [name for name in artifact_content.NEVER_IMPORTED if f"\n{name}==" in f"\n{lock}"]


def test_what_is_left_out_stands_in_the_lock() -> None:
    """Control: a package that the SDK no longer needs is taken off the list."""
    lock = artifact_content.LOCK.read_text("utf-8")
    assert all(f"\n{name}==" in f"\n{lock}" for name in artifact_content.NEVER_IMPORTED)


def test_it_holds_code_bytecode_and_compiled_words_only(built: Path) -> None:
    kinds = {path.suffix for path in built.rglob("*") if path.is_file()}
    assert kinds == {".py", ".pyc", ".json", ".bin"}
    assert sorted(path.name for path in built.iterdir()) == ["__pycache__", "lambda_function.py", "skill"]


def test_every_locale_is_compiled_and_says_the_same(built: Path) -> None:
    folder = built / "skill" / "locales"
    assert sorted(path.name for path in folder.iterdir()) == catalogue.locales()
    for locale in catalogue.locales():
        held = {path.relative_to(folder / locale).as_posix() for path in (folder / locale).rglob("*") if path.is_file()}
        said = {catalogue.COMPILED_FILE, clinic.COMPILED_OPERATOR}
        assert held == {*said, lexicon.COMPILED_FILE, f"{lexicon.FOLDER}/{reader.TABLE_FILE}"}
        assert json.loads((folder / locale / lexicon.COMPILED_FILE).read_text("utf-8")) == lexicon.tables(locale)
        assert catalogue.read(locale, folder / locale) == catalogue.load(locale)


def test_the_documents_of_the_screens_are_in_it(built: Path) -> None:
    documents = artifact_content.documents()
    assert len(documents) == 7
    for document in documents:
        shipped = built / document.relative_to(ROOT)
        assert json.loads(shipped.read_text("utf-8")) == json.loads(document.read_text("utf-8"))


def test_every_module_has_bytecode_that_is_never_compared_with_its_source(built: Path) -> None:
    sources = list(built.rglob("*.py"))
    assert sources
    for source in sources:
        (compiled,) = (source.parent / "__pycache__").glob(f"{source.stem}.*.pyc")
        assert int.from_bytes(compiled.read_bytes()[4:8], "little") == 0b01, "hash-based and unchecked"


def test_the_built_handler_answers(built: Path, tmp_path: Path) -> None:
    program = (
        "from lambda_function import lambda_handler as h;"
        "print(h({'session': {}, 'request': {'type': 'LaunchRequest', 'locale': 'en-US'}}, None)['response'])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"import sys; sys.path.insert(0, {str(built)!r}); {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Welcome" in done.stdout


def test_the_same_content_makes_the_same_archive(built: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "other.zip"):
        build_artifact.archive(built, tmp_path / name)
        next(built.rglob("conversation.py")).touch()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_the_table_of_content_names_each_part_and_its_size(built: Path) -> None:
    table = build_artifact.content(built)
    assert "skill " in table
    assert " KB" in table
    assert "together" in table


def test_a_folder_with_other_things_in_it_is_not_emptied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    assert build_artifact.main(["--into", str(tmp_path), "--any-python"]) == 1
    assert (tmp_path / "thesis.txt").exists()
    assert "name an empty folder" in capsys.readouterr().err


def test_packages_that_cannot_be_installed_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(artifact_content, "locked_packages", lambda: "no-hash==1.0\n")
        assert build_artifact.main(["--into", str(tmp_path / "new"), "--any-python"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("make build: The locked packages could not be installed; check pip and the network")
    assert error.count("\n") == 1


# --- The interpreter


def fake_python(folder: Path, prints: str, status: int = 0) -> str:
    """Return the path of a program that calls itself a Python of the runtime's version."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"python{RUNTIME}"
    path.write_text(f"#!/bin/sh\necho {prints}\nexit {status}\n")
    path.chmod(0o755)
    return str(path)


def test_an_interpreter_on_the_path_is_found_and_a_shim_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    shim, real = fake_python(tmp_path / "shims", "not found", 127), fake_python(tmp_path / "bin", RUNTIME)
    found = runtime_python.find({"PATH": f"{Path(shim).parent}:{Path(real).parent}"})
    assert found == Interpreter(path=real, version=RUNTIME)
    assert found.is_the_runtimes


def test_an_interpreter_of_a_version_manager_is_found(tmp_path: Path) -> None:
    real = fake_python(tmp_path / "versions" / f"{RUNTIME}.1" / "bin", RUNTIME)
    assert runtime_python.find({"PYENV_ROOT": str(tmp_path)}).path == real


def test_the_named_interpreter_wins(tmp_path: Path) -> None:
    named = fake_python(tmp_path / "named", RUNTIME)
    other = fake_python(tmp_path / "bin", RUNTIME)
    assert runtime_python.find({"RUNTIME_PYTHON": named, "PATH": str(Path(other).parent)}).path == named


@pytest.mark.parametrize(
    ("prints", "status", "sentence"), [("3.9", 0, "is Python 3.9"), ("", 1, "does not run")], ids=["old", "broken"]
)
def test_a_named_interpreter_that_will_not_do_is_refused(
    tmp_path: Path, prints: str, status: int, sentence: str
) -> None:
    named = fake_python(tmp_path, prints, status)
    with pytest.raises(NoRuntimePythonError, match=f"{sentence}; set it to a Python {RUNTIME}"):
        runtime_python.find({"RUNTIME_PYTHON": named})


def test_a_missing_interpreter_is_one_sentence_with_the_remedy() -> None:
    command = [sys.executable, "-m", "tools.build_artifact"]
    done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"make build: No Python {RUNTIME} was found")
    assert "set RUNTIME_PYTHON to its path" in done.stderr
    assert done.stderr.count("\n") == 1


def test_for_a_proof_any_python_will_do() -> None:
    assert runtime_python.find({}, any_version=True).path == sys.executable


# --- Before a deployment


def test_an_id_as_the_console_shows_it_is_taken() -> None:
    assert deploy.checked_skill_id(SKILL_ID) == SKILL_ID


@pytest.mark.parametrize("wrong", ["", "upper back guide", SKILL_ID.upper(), SKILL_ID[:-1], f"{SKILL_ID} "])
def test_a_malformed_skill_id_is_refused_with_the_remedy(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy.main(["--check", "--skill-id", wrong]) == 1
    error = capsys.readouterr().err
    assert "is not a skill id; copy it from the developer console" in error
    assert error.count("\n") == 1


SAVED: Mapping[str, str | None] = {
    "": "No skill id was given; copy it",
    '[default.deploy.parameters]\nparameter_overrides = "SkillId=oops"': "'oops' is not a skill id",
    f'[default.deploy.parameters]\nparameter_overrides = \'SkillId="{SKILL_ID}" ClinicName="A"\'': None,
    f'[default.deploy.parameters]\nparameter_overrides = ["SkillId={SKILL_ID}"]': None,
}


@pytest.mark.parametrize(("saved", "sentence"), SAVED.items(), ids=["none", "malformed", "text", "list"])
def test_the_id_that_a_guided_deployment_saved_is_checked_too(saved: str, sentence: str | None, tmp_path: Path) -> None:
    config = tmp_path / "samconfig.toml"
    config.write_text(saved)
    if sentence is None:
        assert deploy.checked_skill_id(None, config, package=tmp_path) is None
    else:
        with pytest.raises(deploy.NotReadyError, match=sentence):
            deploy.checked_skill_id(None, config, package=tmp_path)


def test_the_skill_that_ask_cli_created_is_the_one_to_deploy_for(tmp_path: Path) -> None:
    config = tmp_path / "samconfig.toml"
    config.write_text("")
    ask_states.remember(tmp_path, SKILL_ID, ["default"])
    assert deploy.checked_skill_id(None, config, package=tmp_path) == SKILL_ID
    with pytest.raises(deploy.NotReadyError, match="No skill id was given"):
        deploy.checked_skill_id(None, config, "staging", package=tmp_path)


def test_each_part_of_the_saved_settings_has_its_own_id(tmp_path: Path) -> None:
    config = tmp_path / "samconfig.toml"
    config.write_text(
        '[default.global.parameters]\nregion = "eu-west-1"\n'
        '[staging.global.parameters]\nstack_name = "guide-staging"\n'
        f'[staging.deploy.parameters]\nparameter_overrides = "SkillId={SKILL_ID}"\n'
    )
    assert deploy.checked_skill_id(None, config, "staging", package=tmp_path) is None
    assert deploy.saved_parameters(config, "staging")["stack_name"] == "guide-staging"
    assert deploy.saved_parameters(config) == {"region": "eu-west-1"}


def test_a_missing_sam_is_one_sentence_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deploy, "PROVE_SAM", tmp_path / "sam")
    with pytest.raises(deploy.NotReadyError, match="pip install aws-sam-cli"):
        deploy.sam({"PATH": str(tmp_path)})


def test_sam_is_found_on_the_path_or_where_the_proof_put_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "sam"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert deploy.sam({"PATH": str(tmp_path)}) == str(program)
    monkeypatch.setattr(deploy, "PROVE_SAM", program)
    assert deploy.sam({"PATH": ""}) == str(program)
