"""Builds what is measured: our artifact and its variants, a hello-world as ``sam build`` makes it, a bare handler."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skill.prompts import catalogue
from skill.protocol.upper_back import UPPER_BACK
from tools import build_artifact
from tools.artifact_content import LOCK, ROOT
from tools.local_lambda import LocalLambda
from tools.runtime_python import Interpreter

HERE = Path(__file__).resolve().parent
BUILT = ROOT / "build" / "bench"

LOCALES = (
    *("ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX"),
    *("es-US", "fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR"),
)
"""All that Alexa has for custom skills: 17."""

MOST_QUESTIONS = 40


@dataclass(frozen=True, kw_only=True)
class Contender:
    """An artifact to measure."""

    name: str
    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def start(self, python: Interpreter, *, timed: bool = False, prefix: tuple[str, ...] = ()) -> LocalLambda:
        """Return one instance of it, to be used in a ``with`` block; ``timed`` notes each call's duration inside."""
        handler = "timed.handler" if timed else f"{self.environ.get('TIMED_MODULE', 'lambda_function')}.lambda_handler"
        return LocalLambda(folder=self.folder, python=python, handler=handler, environ=self.environ, prefix=prefix)

    def zip_mb(self) -> float:
        """Return the size of its archive, in MB."""
        path = BUILT / f"{self.folder.name}.zip"
        build_artifact.archive(self.folder, path)
        return path.stat().st_size / 1e6


def ours(python: Interpreter) -> Contender:
    """Return our artifact, as ``make build`` makes it."""
    folder = BUILT / "ours"
    build_artifact.build(folder, python)
    return _measurable(Contender(name="Upper Back Guide", folder=folder))


def hello_world(python: Interpreter) -> Contender:
    """Return the hello-world skill with the packages of the runtime lock, all of them, and without bytecode."""
    folder = BUILT / "hello-world"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "hello_world", folder, ignore=shutil.ignore_patterns("__pycache__"))
    command = [
        *(sys.executable, "-m", "pip", "--python", python.path, "install", "--quiet", "--disable-pip-version-check"),
        *("--no-compile", "--no-deps", "--require-hashes", "--target", str(folder), "-r", str(LOCK)),
    ]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return _measurable(Contender(name="ask-sdk hello-world", folder=folder))


def bare() -> Contender:
    """Return the handler without any SDK."""
    folder = BUILT / "bare"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "bare", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return _measurable(Contender(name="bare handler", folder=folder))


def with_all_locales(base: Contender) -> Contender:
    """Return ``base`` with copies of its words for each of Alexa's locales."""
    folder = _copy(base, "ours-17-locales")
    locales = folder / catalogue.LOCALES.relative_to(ROOT)
    words = (locales / "en-US" / catalogue.COMPILED_FILE).read_text("utf-8")
    for locale in LOCALES:
        (locales / locale).mkdir(exist_ok=True)
        (locales / locale / catalogue.COMPILED_FILE).write_text(words, "utf-8")
    return Contender(name="17 locales", folder=folder)


def with_questions(base: Contender, count: int) -> Contender:
    """Return ``base`` with ``count`` questions instead of the protocol's ten."""
    folder = _copy(base, "ours-wide")
    shutil.copy(HERE / "wide.py", folder)
    path = folder / catalogue.LOCALES.relative_to(ROOT) / "en-US" / catalogue.COMPILED_FILE
    words = json.loads(path.read_text("utf-8"))
    last = UPPER_BACK.questions[-1]
    for number in range(len(UPPER_BACK.questions), MOST_QUESTIONS):
        for old in [f"questions.{last.id}", *(f"findings.{finding.id}" for finding in last.findings)]:
            words |= {
                key.replace(old, f"{old}_{number}"): said for key, said in words.items() if key.startswith(f"{old}.")
            }
    path.write_text(json.dumps(words), "utf-8")
    return Contender(
        name=f"{count} questions", folder=folder, environ={"TIMED_MODULE": "wide", "QUESTIONS": str(count)}
    )


def _copy(base: Contender, name: str) -> Path:
    folder = BUILT / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base.folder, folder)
    return folder


def _measurable(contender: Contender) -> Contender:
    shutil.copy(HERE / "timed.py", contender.folder)
    return contender
