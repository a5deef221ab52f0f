"""One Chromium and one server for all tests of the pages that a worker runs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import launched, page_served
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect, sync_playwright

expect.set_options(timeout=20_000)  # on a machine that is busy with the other tests

FAKES = Path(__file__).parent / "fake_speech.js"
"""A voice, ears, and what else a headless browser does not have, for a test to steer."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the pages are served, by a process as ``make serve`` starts it."""
    with page_served() as served:
        yield served


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page. At the end nothing may be on its console, and nothing may have been asked of another host."""
    pages: list[Page] = []
    told: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith(f"{address}/"):
            told.append(f"another host: {request.url}")

    def open_(path: str, size: tuple[int, int], *, speech: bool, refusals: bool, script: str, **options: Any) -> Page:
        viewport = ViewportSize(width=size[0], height=size[1])
        page = chromium.new_page(viewport=viewport, locale="en-US", timezone_id="UTC", **options)
        pages.append(page)
        page.on("request", ask)
        if not refusals:
            page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
            page.on("requestfailed", lambda request: told.append(f"failed: {request.url}"))
        page.on("pageerror", lambda error: told.append(str(error)))
        if speech:
            page.add_init_script(path=FAKES)
        if script:
            page.add_init_script(script=script)
        page.goto(f"{address}{path}")
        return page

    yield open_
    for page in pages:
        page.close()
    assert told == []
