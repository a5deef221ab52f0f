"""The clinician's sheet can be signed, and its print is of this sheet."""

import re

import pytest

from skill.protocol.upper_back import UPPER_BACK
from tools.build_review import SHEET
from tools.print_review import PRINTED, fingerprint, is_current, page

TEXT = SHEET.read_text("utf-8")


def test_the_print_is_of_this_sheet() -> None:
    assert is_current(), "run `make generate`: it prints the sheet again"
    assert PRINTED.read_bytes().startswith(b"%PDF-")
    assert fingerprint(TEXT) != fingerprint(TEXT + " ")


def test_it_names_version_date_owner_and_when_the_review_is_due() -> None:
    for needed in (UPPER_BACK.version, UPPER_BACK.dated, UPPER_BACK.owner, UPPER_BACK.review_due):
        assert needed
        assert f"| {needed} |" in TEXT
    assert UPPER_BACK.dated < UPPER_BACK.review_due
    assert all(f"- {change}" in TEXT for change in UPPER_BACK.changes)


def test_every_rule_has_a_line_to_agree_with_or_to_change() -> None:
    rules = [line for line in TEXT.splitlines() if "☐" in line]
    named = [*UPPER_BACK.finding, *(f"{one.id} (together)" for one in UPPER_BACK.combinations)]
    assert all(any(f"| `{name}` |" in line or f"| {name} |" in line for line in rules) for name in named)
    assert len(rules) >= len(named) + len(UPPER_BACK.questions)


def test_it_stands_by_itself() -> None:
    assert re.findall(r"clinical ground|shared/|section \d", TEXT) == []


def test_each_source_has_its_address_and_the_day() -> None:
    addresses = {source.address for finding in UPPER_BACK.finding.values() for source in finding.sources}
    assert all(f"<{address}>, read 20" in TEXT for address in addresses - {""})


@pytest.mark.parametrize("combined", UPPER_BACK.combinations, ids=lambda combined: combined.id)
def test_each_combination_has_a_worked_case_and_its_words(combined: object) -> None:
    id_ = getattr(combined, "id", "")
    assert f"### Together: {id_}" in TEXT
    assert f"together: {id_}**" in TEXT


def test_levels_are_coloured_on_the_page_and_the_chart_of_github_is_left_out() -> None:
    printed = page(TEXT)
    assert "mermaid" not in printed
    assert printed.count("background:#f4b6b6") >= 5
