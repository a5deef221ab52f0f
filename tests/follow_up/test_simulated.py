"""The terminal and the page play it all: Alexa's question, three days that pass, the reminder, and the return."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from simulator.home import ALEXA_ASKS, LATER, Home
from simulator.web.app import create_page
from tools.artifact_content import ROOT

TO_HOME_CARE = ["no"] * 10 + ["yes", "no"]
REMINDER = "It is time for your check-in with Upper Back Guide."


def talk(*typed: str) -> str:
    """Return the transcript of a conversation in the terminal, on one line."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "simulator.terminal", "--remind"],
        cwd=ROOT,
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return " ".join(done.stdout.split())


def test_the_terminal_plays_consent_the_days_the_reminder_and_the_return() -> None:
    heard = talk(*TO_HOME_CARE, "yes", "i approve", "yes", *["no"] * 5, "better", "stop")
    parts = [
        "Shall I remind you in three days, on",
        f"Alexa: {ALEXA_ASKS} You: i approve Guide: I will remind you on",
        f"Alexa: (Three days later.) Here is your reminder: {REMINDER}",
        "Is this for the same back pain? You: yes",
        "Is the pain better than three days ago? You: better",
        "Good to hear.",
    ]
    places = [heard.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("answer", ["no", "what a nice day"])
def test_without_the_permission_the_terminal_says_goodbye(answer: str) -> None:
    heard = talk(*TO_HOME_CARE, "yes", answer, "this is not read any more")
    assert "Okay, no reminder." in heard
    assert REMINDER not in heard


class Page:
    """A browser's part: it sends what the page's own code would send."""

    def __init__(self, web: FlaskClient) -> None:
        """Open the page."""
        self._web = web
        self._last: dict[str, Any] | None = None

    def turn(self, **done: Any) -> dict[str, Any]:
        """Do one turn and return what is played."""
        asked = self._web.post("/api/hear", json={"last": self._last, **done}).get_json()
        response = self._web.post("/alexa", json=asked["envelope"]).get_json()
        self._last = {"request": asked["envelope"], "response": response}
        played: dict[str, Any] = self._web.post("/api/heard", json=self._last).get_json()
        played["text"] = " ".join(piece["shown"] for piece in played["pieces"])
        return played


@pytest.fixture
def page() -> Iterator[Page]:
    """The page with the look again switched on."""
    with Home() as home:
        yield Page(create_page(home=home).test_client())


def offered(page: Page) -> dict[str, Any]:
    """Return what is played once a yes to the reminder was said."""
    page.turn(said=None)
    for words in TO_HOME_CARE:
        page.turn(said=words)
    return page.turn(said="yes")


def test_the_page_plays_consent_the_days_the_reminder_and_the_return(page: Page) -> None:
    asked = offered(page)
    assert asked["text"].endswith(ALEXA_ASKS)
    assert asked["open"], "the microphone is open for Alexa's own question"
    assert page.turn(said="yes")["text"].startswith("I will remind you on")
    back = page.turn(said=LATER)
    assert back["text"].startswith(f"Here is your reminder: {REMINDER}")
    assert back["text"].endswith("Is this for the same back pain?")
    assert "most urgent signs first" in page.turn(said="yes")["text"]


@pytest.mark.parametrize("done", [{"said": "no"}, {"silence": 1}])
def test_the_page_takes_a_no_and_silence_to_alexas_question(page: Page, done: dict[str, Any]) -> None:
    offered(page)
    assert page.turn(**done)["text"].startswith("Okay, no reminder.")
    later = page.turn(said=LATER)
    assert later["text"].startswith("Welcome to")


def test_the_page_without_it_takes_the_words_as_words() -> None:
    page = Page(create_page().test_client())
    assert REMINDER not in page.turn(said=LATER)["text"]
