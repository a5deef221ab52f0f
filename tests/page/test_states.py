"""Every state of the page for people at five sizes: how it looks, reads, and where its answers stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import ROOT
from flask.testing import FlaskClient
from page.states import STATES, kept, seed, structure
from playwright.sync_api import Page, expect

from simulator.web.app import create_page

SIZES = {"320": (320, 640), "390": (390, 844), "768": (768, 1024), "1280": (1280, 800), "lying": (844, 390)}
"""CSS pixels: the smallest phone, a phone, a tablet, a laptop, and a phone that lies on its side."""

READING = Path(__file__).parent / "reading"
"""What a screen reader comes to in each state, in its order."""

PICTURES = ROOT / "build" / "screenshots" / "page"
FOUND = ROOT / "build" / "reading"

WITHOUT_ANSWERS = {"farewell", "emergency", "crisis", "correcting", "topics"}
"""States that take no yes and no no."""

SMALLEST_ANSWER, SMALLEST_QUESTION = 64, 28
"""CSS pixels: the height of yes and no, and the letters of a question. What else can be touched has 44."""

IN_THE_DARK = {"question", "not understood", "checklist", "doctor", "step", "emergency"}
"""States that have, together, everything that has a colour."""

LETTERS = "parseFloat(getComputedStyle(document.querySelector('.ask, .sheet-title, .alarm h1, .cue')).fontSize)"
BOXES = "ids => ids.map(id => { const { x, y, width, height } = document.getElementById(id).getBoundingClientRect();"
BOXES += " return [x, y, width, height]; })"
TARGETS = """() => [...document.querySelectorAll("button, a, input, summary, select")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && getComputedStyle(one).display !== "inline")
    .map((one) => [one.closest("label") || one, one])
    .filter(([box]) => box.getBoundingClientRect().height < 44)
    .map(([, one]) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="session")
def web() -> FlaskClient:
    return create_page().test_client()


@pytest.fixture
def at(visit: Callable[..., Page]) -> Callable[[dict[str, Any]], Page]:
    """Opens the page with a conversation, as a reload and one tap do."""

    def open_(conversation: dict[str, Any]) -> Page:
        script = seed(conversation)
        page = visit("/", SIZES["390"], speech=True, refusals=False, script=script, reduced_motion="reduce")
        page.click("#begin")
        expect(page.locator("body")).not_to_have_attribute("data-kind", "resume")
        return page

    return open_


@pytest.fixture(scope="session")
def places() -> dict[str, list[list[float]]]:
    """Where yes and no stand at each size: the state that is looked at first says it for all others."""
    return {}


@pytest.mark.parametrize("state", STATES)
def test_a_state_looks_and_reads_as_it_should(
    at: Callable[[dict[str, Any]], Page], web: FlaskClient, state: str, places: dict[str, list[list[float]]]
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    conversation = kept(web, STATES[state])
    page = at(conversation)
    _same_reading(page, state, conversation)
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=PICTURES / f"{state.replace(' ', '-')}-{name}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name}: something sticks out"
        assert page.evaluate(TARGETS) == [], f"{name}: too small to touch"
        if state not in WITHOUT_ANSWERS:
            boxes = page.evaluate(BOXES, ["answer-0", "answer-1"])
            assert places.setdefault(name, boxes) == boxes, f"{name}: yes and no have moved"
            assert min(box[3] for box in boxes) >= SMALLEST_ANSWER
            assert max(box[1] + box[3] for box in boxes) <= height, f"{name}: yes and no are not in sight"
    assert page.evaluate(LETTERS) >= SMALLEST_QUESTION
    _no_rule_is_broken(page, dark=state in IN_THE_DARK)


def _same_reading(page: Page, state: str, conversation: dict[str, Any]) -> None:
    """Compare what a screen reader comes to with what was looked at and kept."""
    FOUND.mkdir(parents=True, exist_ok=True)
    name = f"{state.replace(' ', '-')}.yml"
    found = structure(page.locator("body").aria_snapshot(), conversation)
    (FOUND / name).write_text(found, "utf-8")
    file = READING / name
    assert file.exists(), f"{state}: nobody has looked at what is read; check {FOUND / name} and copy it to {READING}."
    assert found == file.read_text("utf-8"), f"{state}: if that is right, copy {FOUND / name} to {READING}."


def _no_rule_is_broken(page: Page, *, dark: bool) -> None:
    """Run axe in light, and its rule about contrast in the dark as well."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    if dark:
        page.emulate_media(color_scheme="dark")
        found = Axe().run(page, options={"runOnly": ["color-contrast"], "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()


def test_every_kept_reading_belongs_to_a_state() -> None:
    assert {file.stem for file in READING.glob("*.yml")} == {state.replace(" ", "-") for state in STATES} | {
        *("welcome", "resume", "lost", "settings")
    }
