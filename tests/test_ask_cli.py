"""ask-cli as the tools run it: where it is found, and what its errors become. ``make prove`` runs ask-cli itself."""

import json
from pathlib import Path

import pytest

from tools import ask_cli
from tools.ask_cli import AskCliError, NotFoundError, ThrottledError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be installed, and nothing be installed into this checkout."""
    monkeypatch.setattr(ask_cli, "INSTALLED", tmp_path / "build" / "ask-cli")
    monkeypatch.setattr(ask_cli, "PROGRAM", tmp_path / "build" / "ask-cli" / "ask")


def program(folder: Path, name: str, script: str) -> dict[str, str]:
    """Return an environment whose PATH holds a program of this name, before the machine's own."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


def test_its_json_is_parsed_and_its_bare_success_is_none(tmp_path: Path) -> None:
    environ = program(tmp_path, "ask", 'case "$2" in get-vendor-list) echo \'{"vendors": []}\';; *) echo done;; esac')
    assert ask_cli.smapi("get-vendor-list", environ=environ) == {"vendors": []}
    assert ask_cli.smapi("set-skill-enablement", environ=environ) is None


ERRORS: dict[str, tuple[str, type[AskCliError], str]] = {
    "never signed in": ("File /home/somebody/.ask/cli_config not exists.", AskCliError, "run `ask configure`"),
    "no such profile": ("Can't resolve profile [x] as it doesn't exist.", AskCliError, "run `ask configure`"),
    "signed out": ("AxiosError: Request failed with status code 401", AskCliError, "run `ask configure` again"),
    "nothing there": ("AxiosError: Request failed with status code 404", NotFoundError, "Amazon finds nothing"),
    "too often": ("AxiosError: Request failed with status code 429", ThrottledError, "wait a minute"),
    "a crash": ("XPathLexer.ts:18 TypeError: Class extends value undefined", AskCliError, "override of antlr4ts"),
    "anything else": (json.dumps({"message": "boom"}), AskCliError, 'failed: {"message": "boom"}'),
}


@pytest.mark.parametrize(("printed", "kind", "says"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_a_sentence(printed: str, kind: type[AskCliError], says: str, tmp_path: Path) -> None:
    (tmp_path / "printed").write_text(printed, "utf-8")
    environ = program(tmp_path, "ask", f"cat {tmp_path / 'printed'} >&2; exit 1")
    with pytest.raises(kind) as caught:
        ask_cli.smapi("get-skill-status", environ=environ)
    assert says in str(caught.value)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)


def test_a_missing_program_is_a_sentence_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(AskCliError, match="for this project with"):
        ask_cli.program({"PATH": str(tmp_path)})
    with pytest.raises(AskCliError, match="install Node"):
        ask_cli.install({"PATH": str(tmp_path)})


def test_it_is_installed_once_for_each_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The npm here is a stand-in that counts; ``make prove`` installs with npm itself."""
    environ = program(tmp_path, "npm", f"echo x >> {tmp_path / 'count'}; touch ask")
    lock = tmp_path / "lock"
    lock.mkdir()
    (lock / "package.json").write_text("{}")
    (lock / "package-lock.json").write_text("{}")
    monkeypatch.setattr(ask_cli, "LOCK", lock)
    for _ in range(2):
        assert ask_cli.install(environ).exists()
    (lock / "package-lock.json").write_text('{"changed": 1}')
    ask_cli.install(environ)
    assert (tmp_path / "count").read_text().count("x") == 2
    assert ask_cli.program({"PATH": ""}) == str(ask_cli.PROGRAM)


def test_what_npm_cannot_install_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AskCliError, match="check the network and try again: no route"):
        ask_cli.install(program(tmp_path, "npm", "echo no route >&2; exit 1"))
    assert capsys.readouterr().err == ""


def test_the_override_without_which_ask_cli_crashes_is_in_the_lock() -> None:
    wanted = json.loads((ask_cli.LOCK / "package.json").read_text("utf-8"))
    locked = json.loads((ask_cli.LOCK / "package-lock.json").read_text("utf-8"))["packages"]
    assert wanted["overrides"] == {"antlr4ts": "0.5.0-alpha.4"}
    assert locked["node_modules/antlr4ts"]["version"] == "0.5.0-alpha.4"
    assert locked["node_modules/ask-cli"]["version"] == wanted["dependencies"]["ask-cli"]
