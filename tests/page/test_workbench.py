"""The workbench in a real Chromium: interviews, hands-free, the keyboard, a screen reader's rules, three widths."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import ROOT
from playwright.sync_api import Page, expect

from simulator.client import DEVICES, AlexaClient
from simulator.conversations import read, replay
from skill.protocol.upper_back import UPPER_BACK

ARTIFACTS = ROOT / "build" / "screenshots"
WIDTHS = {320: 640, 390: 844, 768: 1024, 1280: 800}
YES, NO = "yes", "no"

OUTCOMES = {
    "emergency": ([YES], "Call 911 now", True),
    "home care": ([NO] * len(UPPER_BACK.questions) + [YES], "Care for your upper back at home", False),
}
"""What is said, the title of the card, and whether the session is over."""


@pytest.fixture
def opened(visit: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the workbench, with a voice and ears that the test steers."""

    def open_(*, width: int = 1280, speech: bool = True, refusals: bool = False, **options: Any) -> Page:
        page = visit("/workbench", (width, WIDTHS[width]), speech=speech, refusals=refusals, script="", **options)
        expect(page.locator(".chip").first).to_be_visible()
        return page

    return open_


@pytest.fixture
def page(opened: Callable[..., Page]) -> Page:
    return opened()


def state(page: Page, name: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-state", name)


def silent(page: Page) -> Page:
    """Return ``page`` with its voice off and the guide opened."""
    page.uncheck("#sound")
    page.click("#open")
    expect(page.locator("#caption")).to_contain_text("Welcome to Upper Back Guide.")
    return page


def type_(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.press("#words", "Enter")


def turns(page: Page, number: int) -> None:
    expect(page.locator("#log li:not(.log-you)")).to_have_count(number)


# --- Whole interviews


@pytest.mark.parametrize(("outcome", "way"), [("emergency", "buttons"), ("home care", "typing")])
def test_an_interview_reaches_its_outcome(page: Page, outcome: str, way: str) -> None:
    said, title, over = OUTCOMES[outcome]
    silent(page)
    for number, words in enumerate(said, 2):
        type_(page, words) if way == "typing" else page.click(f".chip[data-say={words}]")
        turns(page, number)
    expect(page.locator("#you")).to_have_text(f"You: {said[-1]}")
    expect(page.locator(".card h3")).to_have_text(title)
    expect(page.locator(".card")).to_contain_text("For information and education only.")
    expect(page.locator("#caption")).not_to_be_empty()
    state(page, "over" if over else "idle")
    expect(page.locator("#open")).to_have_text("Open the guide" if over else "Close the guide")


def test_words_that_open_the_skill_and_ask_at_once_are_understood(page: Page) -> None:
    page.uncheck("#sound")
    type_(page, "Alexa, open Upper Back Guide")
    expect(page.locator("#caption")).to_contain_text("Welcome to Upper Back Guide.")
    page.click("#open")
    state(page, "over")
    type_(page, "tell upper back guide that my jaw hurts")
    expect(page.locator("#caption")).to_contain_text("You told me about jaw pain.")


def test_turns_that_are_typed_at_once_are_taken_one_after_the_other(page: Page) -> None:
    silent(page)
    for _ in range(4):
        page.click(".chip[data-say=no]", no_wait_after=True)
    turns(page, 5)
    expect(page.locator("#caption")).to_contain_text("bladder or bowel control")


def test_closing_the_guide_ends_the_session(page: Page) -> None:
    silent(page)
    page.click("#open")
    state(page, "over")
    page.click("#drawer-button")
    expect(page.locator("#turns li").first).to_contain_text("SessionEndedRequest")


def test_a_switch_of_the_locale_begins_anew_in_that_locale(opened: Callable[..., Page]) -> None:
    page = opened(refusals=True)
    silent(page)

    def two_locales(route: Any) -> None:
        known = route.fetch(url=route.request.url.partition("?")[0]).json()
        chosen = "en-GB" if "en-GB" in route.request.url else "en-US"
        route.fulfill(json={**known, "locales": ["en-GB", "en-US"], "locale": chosen})

    page.route("**/api/setup*", two_locales)
    page.reload()
    expect(page.locator("#locale option")).to_have_text(["English (UK)", "English (US)"])
    page.select_option("#locale", "en-GB")
    expect(page.locator("#caption")).to_have_attribute("lang", "en-GB")
    with page.expect_request("**/api/hear") as asked:
        page.click("#open")
    sent: Any = asked.value.post_data_json
    assert (sent["locale"], sent["last"]) == ("en-GB", None)


# --- Voice and captions


def spoken(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate("fakeVoice.spoken"))


def test_the_reply_is_spoken_sentence_by_sentence_and_the_caption_follows(page: Page) -> None:
    page.evaluate("fakeVoice.held = true")
    page.click("#open")
    state(page, "speaking")
    expect(page.locator("#caption .now")).to_have_text("Welcome to Upper Back Guide.")
    page.evaluate("fakeVoice.finish()")
    expect(page.locator("#caption .now")).to_contain_text("For adults.")
    page.evaluate("fakeVoice.held = false; fakeVoice.finish()")
    state(page, "idle")
    expect(page.locator("#caption .now")).to_have_count(0)
    assert any("call 9 1 1 or" in one["text"] for one in spoken(page))
    assert {one["lang"] for one in spoken(page)} == {"en-US"}
    expect(page.locator("#caption")).to_contain_text("call 911 or")


def test_pauses_and_rates_of_the_speech_are_kept(page: Page) -> None:
    slow = [
        {"shown": "One.", "spoken": "One.", "rate": 0.8, "pause_ms": 0},
        {"shown": "Two.", "spoken": "Two.", "rate": 1.25, "pause_ms": 300},
    ]

    def with_prosody(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "pieces": slow})

    page.route("**/api/heard", with_prosody)
    page.click("#open")
    expect(page.locator("#caption")).to_have_text("One. Two.")
    state(page, "idle")
    one, two = spoken(page)
    assert (one["rate"], two["rate"]) == pytest.approx((0.8, 1.25))
    assert two["at"] - one["at"] >= 295


def test_new_words_cut_the_voice_short(page: Page) -> None:
    page.evaluate("fakeVoice.held = true")
    page.click("#open")
    state(page, "speaking")
    page.evaluate("fakeVoice.held = false")
    type_(page, "no")
    expect(page.locator("#caption")).to_contain_text("Are you sweating")
    state(page, "idle")
    assert len([one for one in spoken(page) if "For adults" in one["text"]]) == 0


def test_a_browser_whose_voice_never_begins_goes_on_with_captions(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1)  # time goes on only where the test says so, however busy the machine is
    page.evaluate("fakeVoice.mute = true")
    page.click("#open")
    state(page, "speaking")
    page.clock.fast_forward(3_000)
    expect(page.locator("#caption .now")).to_contain_text("For adults")
    page.clock.run_for(3_000)
    state(page, "idle")
    expect(page.locator("#talk-help")).to_contain_text("no voice")
    page.uncheck("#sound")
    page.check("#sound")
    expect(page.locator("#talk-help")).not_to_contain_text("no voice")


def test_a_browser_without_recognition_says_so_and_can_be_typed_to(opened: Callable[..., Page]) -> None:
    page = opened(speech=False)
    if page.evaluate("!(window.SpeechRecognition || window.webkitSpeechRecognition)"):
        expect(page.locator("#talk")).to_be_disabled()
        expect(page.locator("#talk-help")).to_contain_text("cannot recognise speech")
    silent(page)
    type_(page, "no")
    expect(page.locator("#caption")).to_contain_text("Are you sweating")


# --- Talking


def listening(page: Page) -> bool:
    return bool(page.evaluate("fakeEars.state().listening"))


def hear(page: Page, words: str) -> None:
    state(page, "listening")
    page.evaluate("words => fakeEars.hear(words)", words)


def test_hold_to_talk_listens_while_it_is_held(page: Page) -> None:
    silent(page)
    page.hover("#talk")
    page.mouse.down()
    state(page, "listening")
    page.evaluate("fakeEars.partly('no but my')")
    expect(page.locator("#you")).to_have_text("You: no but my")
    page.evaluate("fakeEars.partly('no but my jaw hurts')")
    page.wait_for_timeout(400)
    page.mouse.up()
    expect(page.locator("#caption")).to_contain_text("You told me about jaw pain.")
    assert not listening(page)


def test_a_tap_listens_until_the_person_has_finished(page: Page) -> None:
    silent(page)
    page.click("#talk")
    hear(page, "no")
    expect(page.locator("#caption")).to_contain_text("Are you sweating")


def test_hands_free_listens_while_the_session_is_open_and_stops_when_it_closes(page: Page) -> None:
    page.check("#hands-free")
    assert not listening(page)
    page.evaluate("fakeVoice.held = true")
    page.click("#open")
    state(page, "speaking")
    assert not listening(page)
    page.evaluate("fakeVoice.held = false; fakeVoice.finish()")
    hear(page, "no")
    expect(page.locator("#caption")).to_contain_text("Are you sweating")
    hear(page, "I fainted")
    expect(page.locator(".card h3")).to_have_text("Call 911 now")
    state(page, "over")
    assert not listening(page)
    begun = page.evaluate("fakeEars.state().begun")
    page.wait_for_timeout(300)
    assert page.evaluate("fakeEars.state().begun") == begun


def test_silence_is_asked_again_once_and_then_ends_the_session(page: Page) -> None:
    page.check("#hands-free")
    page.click("#open")
    state(page, "listening")
    before = len(spoken(page))
    page.evaluate("fakeEars.end()")
    state(page, "listening")
    again = [one["text"] for one in spoken(page)[before:]]
    assert again == ["Do you have chest pain, pressure or tightness, or trouble breathing?"]
    page.evaluate("fakeEars.fail('no-speech')")
    state(page, "over")
    assert not listening(page)


def test_a_microphone_that_is_refused_turns_hands_free_off_and_says_why(page: Page) -> None:
    page.check("#hands-free")
    page.click("#open")
    state(page, "listening")
    page.evaluate("fakeEars.fail('not-allowed')")
    expect(page.locator("#talk-help")).to_contain_text("may not listen (not-allowed)")
    expect(page.locator("#hands-free")).not_to_be_checked()
    state(page, "idle")


def test_turning_hands_free_off_stops_the_listening(page: Page) -> None:
    page.check("#hands-free")
    page.click("#open")
    state(page, "listening")
    page.uncheck("#hands-free")
    state(page, "idle")
    assert not listening(page)


# --- By keyboard, by screen reader, at every width


def test_everything_works_with_the_keyboard_alone(page: Page) -> None:
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        id_ = page.evaluate("(one => one.id || one.dataset.say || one.textContent)(document.activeElement)")
        if id_ in reached:
            break
        reached.append(id_)
    for control in ("drawer-button", "open", "talk", "yes", "no", "words", "device", "locale", "hands-free", "sound"):
        assert control in reached, f"{control} is not reached by Tab: {reached}"
    page.focus("#sound")
    page.keyboard.press("Space")
    page.focus("#open")
    page.keyboard.press("Enter")
    expect(page.locator("#caption")).to_contain_text("Welcome")
    page.focus("#talk")
    page.keyboard.down("Space")
    state(page, "listening")
    page.evaluate("fakeEars.partly('no')")
    page.wait_for_timeout(400)
    page.keyboard.up("Space")
    expect(page.locator("#caption")).to_contain_text("Are you sweating")
    page.focus(".chip[data-say=yes]")
    page.keyboard.press("Enter")
    expect(page.locator(".card h3")).to_have_text("Call 911 now")
    page.focus("#drawer-button")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(page.locator("#drawer-button")).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_rule_of_accessibility_is_broken_and_nothing_sticks_out(opened: Callable[..., Page], width: int) -> None:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page = opened(width=width, reduced_motion="reduce")

    def look(name: str, *, rules: bool = True) -> None:
        page.screenshot(path=ARTIFACTS / f"{width}-{name}.png", full_page=name != "drawer")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == min(WIDTHS) or not rules:
            return  # the same page as at the next width, only narrower; the same page with another picture of a device
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    look("1-closed")
    page.evaluate("fakeVoice.held = true")
    page.click("#open")
    state(page, "speaking")
    look("2-speaking")
    page.evaluate("fakeVoice.held = false; fakeVoice.finish()")
    state(page, "idle")
    for device in list(DEVICES)[1:]:
        page.select_option("#device", device)
        look(f"3-{device.replace(' ', '-')}", rules=False)
    page.click("#talk")
    state(page, "listening")
    look("4-listening")
    hear(page, "my chest hurts")
    expect(page.locator(".card h3")).to_have_text("Call 911 now")
    state(page, "over")
    page.click("details.whole summary")
    look("5-emergency")
    page.click("#drawer-button")
    expect(page.locator("#drawer")).to_be_visible()
    look("drawer")
    behind = page.evaluate(
        "[...document.querySelectorAll('main button')].filter(button => button.checkVisibility())"
        ".some(button => { const box = button.getBoundingClientRect();"
        " return document.elementFromPoint(box.x + 9, box.y + 9)?.closest('main'); })"
    )
    assert bool(behind) == (width > 560), "on a phone the drawer covers everything, elsewhere one can go on talking"


def test_the_words_are_in_a_live_region_and_the_state_is_a_status(page: Page) -> None:
    expect(page.locator("#caption")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("status").first).to_have_text("Ready")


def test_nothing_moves_where_people_ask_for_less_motion(opened: Callable[..., Page]) -> None:
    for motion, name in (("reduce", "none"), ("no-preference", "breathe")):
        page = opened(reduced_motion=motion)
        page.evaluate("fakeVoice.held = true")
        page.click("#open")
        state(page, "speaking")
        assert page.evaluate("getComputedStyle(document.querySelector('.ring')).animationName") == name


# --- The developer's drawer


def test_the_drawer_shows_each_turn_and_the_place_in_the_protocol(page: Page) -> None:
    page.select_option("#device", "large screen")
    silent(page)
    page.click("#drawer-button")
    expect(page.locator(".node.here")).to_contain_text("chest pain · trouble breathing")
    expect(page.locator(".node")).to_have_count(len(UPPER_BACK.questions) + 1)
    page.click(".chip[data-say=no]")
    expect(page.locator(".node.here .number")).to_have_text("2")
    expect(page.locator("[data-node=heart_lungs] .mark")).to_have_text("no")
    expect(page.locator("#session")).to_contain_text("Asking question 2 of 10: heart_signs.")
    type_(page, "no but my jaw hurts")
    newest = page.locator("#turns > li").first
    expect(newest.locator("summary")).to_contain_text("report jaw_pain")
    expect(newest).to_contain_text("understood: report jaw_pain")
    expect(newest).to_contain_text("ms over HTTP")
    assert '"Alexa.Presentation.APL"' in newest.locator("textarea").input_value()
    expect(newest.locator("pre").last).to_contain_text('"shouldEndSession": true')
    expect(page.locator(".levels .here")).to_have_text("Emergency")


def test_the_drawer_shows_the_words_that_were_not_accounted_for(page: Page) -> None:
    silent(page)
    page.click("#drawer-button")
    type_(page, "no blorptastic zxeq")
    turns(page, 2)
    expect(page.locator("#turns > li").first).to_contain_text("not accounted for: blorptastic, zxeq")
    expect(page.locator("#session")).to_contain_text("Words are not accounted for")


def test_words_that_are_too_long_are_refused_and_the_session_goes_on(opened: Callable[..., Page]) -> None:
    page = opened(refusals=True)
    silent(page)
    page.evaluate("document.querySelector('#words').removeAttribute('maxlength')")
    type_(page, "no " * 200)
    expect(page.locator("#caption")).to_contain_text("use 500 characters or fewer")
    expect(page.locator("#open")).to_have_text("Close the guide")
    type_(page, "no")
    expect(page.locator("#caption")).to_contain_text("Are you sweating")


def test_a_conversation_is_copied_as_a_test_that_passes(page: Page, handler: Any, tmp_path: Path) -> None:
    silent(page)
    for number, words in enumerate(['no, said the "cat"', "no", "not really", "I have a fever"], 2):
        type_(page, words)
        turns(page, number)
    page.click("#drawer-button")
    page.click("#copy")
    expect(page.locator("#copied")).not_to_be_empty()
    expect(page.locator("#test-text")).to_have_value(re.compile("title"))
    file = tmp_path / "copied.toml"
    file.write_text(page.input_value("#test-text"), "utf-8")
    assert "say" not in tomllib.loads(file.read_text("utf-8"))["turns"][0]
    assert len(replay(read(file), AlexaClient(handler=handler))) == 5


def test_a_response_that_alexa_would_refuse_is_said_in_the_caption(opened: Callable[..., Page]) -> None:
    page = opened(refusals=True)
    page.route("**/alexa", lambda route: route.fulfill(json={"version": "1.0", "response": {}}))
    page.click("#open")
    expect(page.locator("#caption")).to_contain_text("Alexa would refuse this response. LaunchRequest:")
    state(page, "idle")
    page.unroute("**/alexa")
    page.click("#open")
    expect(page.locator("#caption")).to_contain_text("Welcome to Upper Back Guide.")


def test_a_conversation_is_copied_for_other_tools_and_replayed(page: Page) -> None:
    silent(page)
    type_(page, "no")
    turns(page, 2)
    page.click("#drawer-button")
    page.get_by_role("button", name="Copy for ask dialog").click()
    expect(page.locator("#test-text")).to_have_value(re.compile("userInput"))
    assert json.loads(page.input_value("#test-text"))["userInput"] == ["open upper back guide", "no"]
    page.get_by_role("button", name="Copy for Bespoken").click()
    expect(page.locator("#test-text")).to_have_value(re.compile('- "no": "Okay[.][*]"'))
    page.get_by_role("button", name="Replay").click()
    expect(page.locator("#copied")).to_have_text("Replayed: all 2 turns went the same way.")
    page.route("**/api/hear", lambda route: route.continue_(post_data=json.dumps({**body(route), **JAW})))
    page.get_by_role("button", name="Replay").click()
    expect(page.locator("#copied")).to_have_text("Replayed: turn 1, 2 went another way.")


JAW = {"said": "my jaw hurts"}


def body(route: Any) -> dict[str, Any]:
    sent: dict[str, Any] = route.request.post_data_json
    return sent


def test_a_request_can_be_edited_and_sent_again(page: Page) -> None:
    silent(page)
    type_(page, "no")
    turns(page, 2)
    page.click("#drawer-button")
    newest = page.locator("#turns > li").first
    request = newest.locator("textarea").input_value()
    newest.locator("textarea").fill(request.replace('"no"', '"my jaw hurts"'))
    newest.get_by_role("button", name="Send it again").click()
    expect(page.locator("#caption")).to_contain_text("You told me about jaw pain.")
    expect(page.locator("#turns > li").first).to_contain_text("nothing was logged")
    newest = page.locator("#turns > li").first
    newest.locator("textarea").fill("{")
    newest.get_by_role("button", name="Send it again").click()
    expect(newest).to_contain_text("This was not sent:")


def test_what_alexa_would_hand_over_is_shown_beside_what_hearing_makes_of_it_and_can_be_sent(page: Page) -> None:
    silent(page)
    page.click("#drawer-button")
    page.check("#compare")
    page.select_option("#by", "alexa")
    type_(page, "no but my jaw hurts")
    newest = page.locator("#turns > li").first
    expect(newest.locator(".reading").first).to_contain_text("ReportSignIntent, nearness", timeout=60_000)
    expect(newest.locator(".reading").last).to_contain_text("words: no but my jaw hurts")
    expect(newest.locator(".reading").last).to_contain_text("present: jaw_pain")
    assert '"name": "ReportSignIntent"' in newest.locator("textarea").input_value()
    expect(page.locator(".shape")).to_have_count(5)
    expect(page.locator(".shape").first).to_contain_text("Call 911 now")
