"""The terminal as people use it: a real process, typed words, closed pipes."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from skill.prompts import catalogue
from tools import generate

ROOT = Path(__file__).resolve().parent.parent
TALK = [sys.executable, "-W", "ignore", "-m", "simulator.terminal"]


def talk(*options: str, typed: str = "", path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Return the finished conversation."""
    environ = {**os.environ, **({"PATH": path} if path is not None else {})}
    return subprocess.run(
        [*TALK, *options], cwd=ROOT, input=typed, capture_output=True, text=True, check=False, env=environ, timeout=60
    )


def test_a_piped_conversation_runs_to_its_end() -> None:
    done = talk(typed="no\nyes\nthis is not read any more\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "You:   yes" in done.stdout
    assert "Call 911 or your local emergency number now" in done.stdout
    assert done.stdout.rstrip().endswith("(The session is over.)")


def test_leaving_in_the_middle_is_fine() -> None:
    done = talk(typed="no\n")
    assert done.returncode == 0
    assert "You left" in done.stdout


def test_events_are_shown_on_request() -> None:
    done = talk("--events", typed="stop\n")
    assert '"type": "LaunchRequest"' in done.stdout
    assert '"shouldEndSession": true' in done.stdout


def test_speech_without_espeak_goes_on_in_writing_and_says_so(tmp_path: Path) -> None:
    done = talk("--speak", typed="stop\n", path=str(tmp_path))
    assert done.returncode == 0
    assert "espeak-ng is not installed" in done.stdout


def test_speech_is_handed_to_espeak_as_ssml(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/heard"\n', "utf-8")
    program.chmod(0o755)
    talk("--speak", typed="stop\n", path=f"{tmp_path}:{os.environ['PATH']}")
    assert (tmp_path / "heard").read_text("utf-8").startswith("-m -s 165 <speak>")


def test_a_missing_sound_device_is_said_in_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho noise >&2\nexit 1\n", "utf-8")
    program.chmod(0o755)
    done = talk("--speak", typed="stop\n", path=f"{tmp_path}:{os.environ['PATH']}")
    assert "found no way to play sound" in done.stdout
    assert done.stderr == ""


def test_an_unknown_locale_gets_one_sentence_and_fails() -> None:
    done = talk("--locale", "xx-YY")
    assert done.returncode == 1
    assert done.stderr == "xx-YY: no such locale; choose one of en-US, or add the folder locales/xx-YY.\n"


def test_a_closed_pipe_gets_one_sentence_and_fails() -> None:
    with subprocess.Popen(
        TALK, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write("no\n" * 3)
        process.stdin.close()
        errors = process.stderr.read()
        assert process.wait(timeout=60) == 1
    assert errors.count("\n") == 1
    assert "closed the pipe" in errors


def test_everything_generated_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0, capsys.readouterr().err


def test_all_faults_of_the_content_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = catalogue.load("en-US")
    gone = {"topics.rest.tip", "findings.fever.ask"}
    kept = {key: said for key, said in broken.sentences.items() if key not in gone}
    monkeypatch.setattr(catalogue, "load", lambda _: replace(broken, sentences=kept))
    assert generate.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "findings.fever.ask is missing; add it to prompts.toml." in told
    assert "topics.rest.tip is missing; add it to topics.toml." in told


def test_a_stale_file_is_named_with_the_remedy_and_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "made" / "sheet.md"
    monkeypatch.setattr(generate, "BUILDERS", (lambda: {file: "new"},))
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.main(["--check"]) == 1
    assert "made/sheet.md: stale; run `make generate` and commit it." in capsys.readouterr().err
    assert generate.main([]) == 0
    assert file.read_text("utf-8") == "new"
    assert generate.main(["--check"]) == 0


def test_what_a_line_is_understood_as_can_be_asked() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "simulator.understand"]
    done = subprocess.run(command, cwd=ROOT, input="my jaw hurts\n", capture_output=True, text=True, check=True)
    assert '"intent": "ReportSignIntent"' in done.stdout
    assert '"value_id": "jaw_pain"' in done.stdout
    refused = subprocess.run([*command, "--locale", "xx-YY"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
