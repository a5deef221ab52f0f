"""Builds what Lambda runs: the entry, the modules it reaches, compiled words, locked packages, and bytecode.

Run it as ``make build``; ``sam build`` runs the same through ``lambda/Makefile``. It needs neither docker nor sam. The
content is pure Python, so one artifact serves x86 and arm64 alike; a test holds that.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from skill.adapters import clinic
from skill.hearing import lexicon, reader
from skill.prompts import catalogue
from tools import artifact_content, runtime_python
from tools.artifact_content import ROOT
from tools.runtime_python import Interpreter, NoRuntimePythonError

FOLDER = ROOT / "build" / "lambda"
ARCHIVE = ROOT / "build" / "upper-back-guide.zip"

TASK = "/var/task"
"""Where Lambda unpacks the function: tracebacks name files there."""

STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same content makes the same archive, byte for byte."""

NOT_RUN = ("*.dist-info", "*.pyi", "py.typed", "bin", "tests", "__pycache__")
"""What packages bring that nothing reads at run time."""


class BuildError(Exception):
    """When the artifact cannot be built; the message is one sentence with the remedy."""


def build(folder: Path, python: Interpreter) -> None:
    """Put the artifact into ``folder``, which is emptied first, with bytecode that ``python`` writes."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / artifact_content.ENTRY.name).exists():
        raise BuildError(f"{folder} holds something that is not an artifact; name an empty folder or a new one.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(artifact_content.ENTRY, folder)
    for module in artifact_content.modules():
        target = folder / module.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(module, target)
    for document in artifact_content.documents():
        target = folder / document.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(json.loads(document.read_text("utf-8")), ensure_ascii=False), "utf-8")
    for locale in catalogue.locales():
        compiled = folder / catalogue.LOCALES.relative_to(ROOT) / locale / catalogue.COMPILED_FILE
        compiled.parent.mkdir(parents=True)
        compiled.write_text(catalogue.compiled(catalogue.load(locale)), "utf-8")
        operator = catalogue.read_toml(catalogue.LOCALES / locale / clinic.OPERATOR)
        compiled.with_name(clinic.COMPILED_OPERATOR).write_text(json.dumps(operator, ensure_ascii=False), "utf-8")
        heard = compiled.with_name(lexicon.COMPILED_FILE)
        heard.write_text(json.dumps(lexicon.tables(locale), ensure_ascii=False), "utf-8")
        table = catalogue.LOCALES / locale / lexicon.FOLDER / reader.TABLE_FILE
        target = compiled.parent / lexicon.FOLDER / reader.TABLE_FILE
        target.parent.mkdir()
        shutil.copy(table, target)
    _install(folder, python)
    for pattern in NOT_RUN:
        for path in list(folder.rglob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    _compile(folder, python)


def archive(folder: Path, path: Path) -> None:
    """Write the content of ``folder`` to the zip file at ``path``, as it is uploaded."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), STAMP)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.read_bytes())


def content(folder: Path) -> str:
    """Return the content of ``folder`` as a table: each part, how many files it has, and their size in KB."""
    files, sizes = Counter[str](), Counter[str]()
    for file in (file for file in folder.rglob("*") if file.is_file()):
        part = file.relative_to(folder).parts[0]
        files[part] += 1
        sizes[part] += file.stat().st_size
    rows = [f"  {part:<24}{files[part]:>6} files{sizes[part] / 1000:>9.0f} KB" for part in sorted(files)]
    return "\n".join([*rows, f"  {'together':<24}{files.total():>6} files{sizes.total() / 1000:>9.0f} KB"])


def _install(folder: Path, python: Interpreter) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        lock = Path(scratch) / "runtime.txt"
        lock.write_text(artifact_content.locked_packages(), "utf-8")
        command = [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
            *("--no-deps", "--require-hashes", "--only-binary=:all:"),
            *("--implementation", "cp", "--python-version", python.version, "--platform", "manylinux2014_aarch64"),
            *("--target", str(folder), "-r", str(lock)),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip() or f"exit {done.returncode}").splitlines()[-1]
        raise BuildError(
            f"The locked packages could not be installed; check pip and the network, then build again: {reason}"
        )


def _compile(folder: Path, python: Interpreter) -> None:
    # Unchecked: Lambda's file times are not those of the build, and a checked hash would read every source again.
    command = [
        *(python.path, "-W", "ignore", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"),
        *("-s", str(folder), "-p", TASK, str(folder)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{python.path} could not compile {folder}; mend what it names: {done.stdout.strip()[-300:]}")


def main(arguments: list[str] | None = None) -> int:
    """Build the artifact, say what is in it, and return the exit status."""
    parser = argparse.ArgumentParser(prog="build_artifact", description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder for the artifact; it is emptied first")
    parser.add_argument("--zip", type=Path, help=f"the archive; {ARCHIVE.relative_to(ROOT)} where --into is not given")
    parser.add_argument(
        "--any-python", action="store_true", help="for a proof: compile with this Python where the runtime's is missing"
    )
    chosen = parser.parse_args(arguments)
    packed = chosen.zip or (ARCHIVE if chosen.into == FOLDER else None)
    try:
        python = runtime_python.find(any_version=chosen.any_python)
        build(chosen.into.resolve(), python)
    except (NoRuntimePythonError, BuildError, catalogue.CatalogueError) as error:
        print(f"make build: {error}", file=sys.stderr)
        return 1
    print(f"Bytecode for Python {python.version}, written by {python.path}")
    if not python.is_the_runtimes:
        print(
            f"For a proof only: Python {runtime_python.RUNTIME} was not found, so Lambda would not read this bytecode "
            f"and would start slowly. To deploy, install it or set {runtime_python.VARIABLE}."
        )
    print(content(chosen.into))
    if packed:
        archive(chosen.into, packed)
        print(f"  {packed.name:<24}{packed.stat().st_size / 1e6:>21.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
