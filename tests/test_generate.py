"""What is generated is current, and what is wrong with the content is told with the remedy."""

from dataclasses import replace
from pathlib import Path

import pytest

from skill.prompts import catalogue
from tools import generate


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
