"""The operator's page: every command of this project on it is there, with the settings and options that it names."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "deploying.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
MADE = sorted(set(re.findall(r"\bmake (?:-s )?([a-z]+)\b(?=[` \n])", PAGE)) - {"a", "the", "its", "one", "this"})
MODULES = sorted(set(re.findall(r"python3? -m ((?:tools|simulator)\.\w+)", PAGE)))


def rule(target: str) -> str:
    """Return the Makefile's rule for ``target``."""
    found = re.search(rf"^{target}:.*(?:\n\t.*)*", MAKEFILE, flags=re.MULTILINE)
    assert found, f"make {target} is on the page and not in the Makefile"
    return found[0]


@pytest.mark.parametrize("target", MADE)
def test_every_target_on_the_page_is_in_the_makefile_with_its_settings(target: str) -> None:
    written = rule(target)
    for settings in re.findall(rf"\bmake (?:-s )?{target}((?: [A-Z_]+=(?:\"[^\"]*\"|[^\s`]*))*)", PAGE):
        for name in re.findall(r" ([A-Z_]+)=", settings):
            assert f"$({name})" in written, f"make {target} {name}="


def test_control_the_page_names_what_an_operator_needs() -> None:
    assert {"package", "deploy", "doctor", "profile", "prove", "talk", "serve", "build"} <= set(MADE)
    assert {"tools.ask_cli", "tools.export", "simulator.explain"} <= set(MODULES)


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("tools.doctor", ("--print-endpoint", "--config-env", "--echo", "--skill-id")),
        ("tools.profile_nlu", ("--dangerous", "--locale", "--stage")),
        ("tools.package", ("--profile", "--endpoint", "--site", "--skill-id")),
        ("tools.deploy", ("--config-env",)),
        ("tools.export", ("--skill-id", "--into")),
        ("simulator.explain", ("--skill-id", "--to")),
    ],
)
def test_a_program_has_the_options_that_are_named(module: str, options: tuple[str, ...]) -> None:
    command = [sys.executable, "-W", "ignore", "-m", module, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [option for option in options if option not in done.stdout] == []


def test_every_option_in_args_on_the_page_is_one_of_those_or_of_sam() -> None:
    given = {option for args in re.findall(r'ARGS="?([^"`\n]*)', PAGE) for option in re.findall(r"--[\w-]+", args)}
    assert given <= {
        *("--print-endpoint", "--config-env", "--dangerous", "--locale", "--stage", "--profile"),
    }


@pytest.mark.parametrize("module", MODULES)
def test_every_module_that_is_run_is_there(module: str) -> None:
    assert (ROOT / f"{module.replace('.', '/')}.py").exists()
