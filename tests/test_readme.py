"""The documents name what there is: every command, every setting, and no file that is gone."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "requirements" / "README.md"]
TARGETS = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)[0].split()
SETTINGS = ("SKILL_ID", "CLINIC_NAME", "CLINIC_PHONE", "FIND_DOCTOR", "RUNTIME_PYTHON")


def test_there_are_sixteen_commands_or_fewer_and_the_readme_names_each() -> None:
    assert 5 <= len(TARGETS) <= 16
    assert [target for target in TARGETS if f"make {target}" not in README] == []


def test_every_setting_is_in_a_document() -> None:
    written = " ".join(path.read_text("utf-8") for path in DOCUMENTS)
    assert [setting for setting in SETTINGS if setting not in written] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert [link for link in linked if not (path.parent / link).exists()] == []
    named = re.findall(r"`((?:skill|tests|tools|docs|lambda|simulator|benchmarks|prove)/[\w./-]+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_document_is_found_from_the_readme() -> None:
    pages = sorted((ROOT / "docs").glob("*.md"))
    assert len(pages) >= 6
    reached = README + "".join(
        (ROOT / link).read_text("utf-8") for link in re.findall(r"\]\((docs/[\w-]+\.md)\)", README)
    )
    assert [page.name for page in pages if page.name not in reached] == []
