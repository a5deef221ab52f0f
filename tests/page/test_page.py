"""The page for people in a real Chromium: interviews, voice, microphone, a lost server, a reload, the keyboard."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import ROOT
from flask.testing import FlaskClient
from page.states import MOST_QUESTIONS, STATES, kept, seed, structure
from playwright.sync_api import Page, Route, expect

from simulator.conversations import LONGEST
from simulator.web.app import create_page
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

PHONE = (390, 844)
YES, NO = "#answer-0", "#answer-1"
Visit = Callable[..., Page]
BEFORE_TODAY = [question.level for question in UPPER_BACK.questions].index(Level.DOCTOR_TODAY)
"""How many questions are for an emergency."""

CUT = """() => [...document.querySelectorAll("button, a, h1, p")]
    .filter((one) => one.checkVisibility() && one.id !== "live" && getComputedStyle(one).display !== "inline")
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML)"""
"""What shows less than the whole of its words."""

OUTCOMES = {
    "emergency": ([YES], "Call 911 now"),
    "doctor today": ([NO] * BEFORE_TODAY + [YES], "Call a doctor today"),
    "home care": ([NO] * len(UPPER_BACK.questions) + [YES], "Care for your upper back at home"),
}
"""What is touched, then no as long as something is asked, and the title of the result."""


@pytest.fixture
def opened(visit: Visit) -> Visit:
    """Opens the page, with the guide begun and in writing unless ``aloud``."""

    def open_(
        *,
        aloud: bool = False,
        speech: bool = True,
        refusals: bool = False,
        begun: bool = True,
        script: str = "",
        **options: Any,
    ) -> Page:
        page = visit("/", PHONE, speech=speech, refusals=refusals, script=script, **options)
        if not aloud:
            page.uncheck("#aloud-at-first")
        if begun:
            page.click("#begin")
            asked(page, "Do you have chest pain")
        return page

    return open_


@pytest.fixture
def page(opened: Visit) -> Page:
    return opened()


@pytest.fixture(scope="session")
def web() -> FlaskClient:
    return create_page().test_client()


@pytest.fixture
def resumed(visit: Visit, web: FlaskClient) -> Visit:
    """Opens the page in a state that was kept in its tab."""

    def open_(state: str, *, aloud: bool = False, **options: Any) -> Page:
        script = seed(kept(web, STATES[state]), aloud=aloud)
        return visit("/", PHONE, speech=True, refusals=False, script=script, **options)

    return open_


def asked(page: Page, words: str) -> None:
    expect(page.locator("#screen h1")).to_contain_text(words)


def touch(page: Page, selector: str) -> None:
    """Touch an answer of the bar, after the moment in which a second tap is not taken for one."""
    expect(page.locator("#bar")).to_have_attribute("data-settled", "")
    page.click(selector)
    expect(page.locator("#bar:not([aria-busy=true])")).to_have_count(1)


def type_(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.press("#words", "Enter")


def tab(page: Page) -> dict[str, str]:
    """Return what the tab stores."""
    return dict(page.evaluate("({ ...sessionStorage })"))


# --- Whole interviews


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_interview_reaches_its_outcome_and_no_answer_moves(page: Page, outcome: str) -> None:
    touched, title = OUTCOMES[outcome]
    boxes = []
    for selector in touched:
        boxes.append([page.locator(one).bounding_box() for one in (YES, NO)])
        touch(page, selector)
    for _ in range(MOST_QUESTIONS):
        if page.locator(".sheet, .alarm").count():
            break
        touch(page, NO)
    assert all(box == boxes[0] for box in boxes)
    expect(page.locator("h1")).to_have_text(title)


def test_an_emergency_fills_the_page_with_the_number_and_nothing_else_to_press(page: Page) -> None:
    type_(page, "no but my jaw hurts")
    alarm = page.get_by_role("alert")
    expect(alarm).to_contain_text("You told me about jaw pain.")
    expect(alarm).to_contain_text("From a phone")
    pressed = page.locator("a:visible, button:visible, input:visible, summary:visible")
    expect(pressed).to_have_count(1)
    expect(pressed).to_have_attribute("href", "tel:911")
    expect(pressed).to_be_focused()
    box = alarm.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE)


def test_a_result_tells_what_was_said_and_denied_when_and_by_which_rules(page: Page) -> None:
    type_(page, "I have a fever")
    expect(page.locator("#log li.you")).to_have_count(1)
    while not page.locator(".sheet").count():
        touch(page, NO)
    sheet = page.locator(".sheet")
    for words in (
        "Call a doctor today",
        "fever or chills",
        "You said no to",
        "Chest pain",
        "Told:",
        "Protocol version:",
    ):
        expect(sheet).to_contain_text(words)
    expect(page.locator("#bar-ask")).to_have_text("Shall I say what to have ready?")
    expect(sheet.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")


def test_a_sheet_is_printed_shared_and_copied_whole(resumed: Visit) -> None:
    page = resumed("home care", permissions=["clipboard-read", "clipboard-write"])
    page.click("#begin")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#notice")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    for words in ("Care for your upper back at home", "Start with home care.", "- Chest pain", "March 4, 2026"):
        assert words in copied
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("fakeLight.shared") == {"title": "Care for your upper back at home", "text": copied}
    page.emulate_media(media="print")
    expect(page.locator(".sheet h1")).to_be_visible()
    for part in (".top", "#bar", "#more", ".tools"):
        expect(page.locator(part)).to_be_hidden()


def test_a_second_tap_of_the_same_hand_answers_nothing(page: Page) -> None:
    expect(page.locator("#bar")).to_have_attribute("data-settled", "")
    page.dblclick(NO)
    asked(page, "Are you sweating")
    expect(page.locator("#log li.you")).to_have_count(1)


def test_what_is_named_on_a_button_is_reported(page: Page) -> None:
    page.get_by_role("button", name="Trouble breathing").click()
    expect(page.get_by_role("alert")).to_contain_text("You told me about trouble breathing.")


def test_a_line_of_the_read_back_is_asked_about_again_when_it_is_touched(resumed: Visit) -> None:
    page = resumed("checklist")
    page.click("#begin")
    expect(page.locator(".check")).to_have_count(len(UPPER_BACK.questions))
    page.locator(".check").first.click()
    asked(page, "Do you have chest pain")


def test_what_a_person_asks_to_keep_stands_on_the_page_since_there_is_no_app(resumed: Visit) -> None:
    page = resumed("topic")
    page.click("#begin")
    expect(page.get_by_role("button", name="Send")).to_have_count(1)  # of the form; the model's own is left out
    type_(page, "send that to my phone")
    expect(page.locator(".sheet")).to_contain_text("Never put ice on bare skin.")


def test_an_end_takes_leave_and_begins_again(page: Page) -> None:
    page.get_by_role("button", name="Stop").click()
    asked(page, "Take care. We did not finish the safety check.")
    expect(page.locator("#talk")).to_be_hidden()
    page.get_by_role("button", name="Begin again").click()
    asked(page, "Do you have chest pain")


def test_a_turn_that_failed_on_the_other_side_keeps_its_answers(opened: Visit) -> None:
    page = opened()
    ssml = "<speak><s>In an emergency, call 911.</s> <s>Please say it again.</s></speak>"
    again = {"outputSpeech": {"type": "SSML", "ssml": "<speak><s>Please say it again.</s></speak>"}}
    body = {"outputSpeech": {"type": "SSML", "ssml": ssml}, "reprompt": again, "shouldEndSession": False}

    def failed(route: Route) -> None:
        sent: Any = route.request.post_data_json
        before = sent["session"]["attributes"]
        route.fulfill(json={"version": "1.0", "sessionAttributes": before, "response": body})

    page.route("**/alexa", failed)
    touch(page, NO)
    asked(page, "Please say it again.")
    expect(page.locator(".lead")).to_have_text("In an emergency, call 911.")
    page.unroute("**/alexa")
    touch(page, NO)
    asked(page, "Are you sweating")


# --- Voice


def spoken(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate("fakeVoice.spoken"))


def test_the_page_reads_aloud_with_the_voice_and_the_pace_that_were_chosen(opened: Visit) -> None:
    page = opened(aloud=True, begun=False)
    page.click("#settings-open")
    expect(page.locator("#voice option")).to_have_text(["The browser's own", "Ada", "Brian"])
    page.select_option("#voice", label="Brian")
    page.select_option("#pace", label="Slower")
    page.get_by_role("button", name="Done").click()
    page.click("#begin")
    asked(page, "Do you have chest pain")
    expect(page.locator("#live")).to_be_empty()  # one voice: a screen reader has nothing to read by itself
    page.wait_for_timeout(200)
    said = spoken(page)
    assert said[0]["text"] == "Welcome to Upper Back Guide."
    assert {(one["voice"], one["rate"], one["lang"]) for one in said} == {("Brian", 0.8, "en-US")}


def test_in_writing_a_screen_reader_is_told_and_no_voice_speaks(page: Page) -> None:
    touch(page, NO)
    expect(page.get_by_role("status").last).to_contain_text("Okay. Are you sweating more than usual")
    assert spoken(page) == []


def test_a_voice_that_never_begins_leaves_the_reading_to_the_screen_reader(opened: Visit) -> None:
    page = opened(aloud=True, begun=False)
    page.clock.install(time=0)
    page.evaluate("fakeVoice.mute = true")
    page.click("#begin")
    asked(page, "Do you have chest pain")
    page.clock.run_for(10_000)
    expect(page.locator("#live")).to_contain_text("Do you have chest pain")
    page.click("#settings-open")
    expect(page.locator("#no-voice")).to_be_visible()


def test_a_touch_cuts_the_voice_short(opened: Visit) -> None:
    page = opened(aloud=True, begun=False)
    page.evaluate("fakeVoice.held = true")
    page.click("#begin")
    asked(page, "Do you have chest pain")
    page.evaluate("fakeVoice.held = false")
    touch(page, NO)
    asked(page, "Are you sweating")
    assert not any("I give general" in one["text"] for one in spoken(page))


# --- The microphone


def hear(page: Page, words: str) -> None:
    expect(page.locator("#talk")).to_have_attribute("aria-pressed", "true")
    page.evaluate("words => fakeEars.hear(words)", words)


def test_one_tap_listens_and_what_was_heard_is_shown(page: Page) -> None:
    page.click("#talk")
    expect(page.locator("#talk")).to_contain_text("Listening")
    page.evaluate("fakeEars.partly('not really')")
    expect(page.locator("#notice")).to_have_text("You said: “not really”")
    page.click("#talk")  # tapped again, it takes what was heard so far
    asked(page, "Just to be sure.")
    expect(page.locator(".heard")).to_have_text("You said: “not really”")
    expect(page.locator("#talk")).to_contain_text("Speak")


def test_it_listens_by_itself_until_nothing_is_said_twice(page: Page) -> None:
    page.click("#settings-open")
    page.check("#hands-free")
    page.keyboard.press("Escape")
    page.click("#talk")
    hear(page, "no")
    asked(page, "Are you sweating")
    hear(page, "")
    hear(page, "")
    expect(page.locator("#screen .lead")).to_contain_text("I did not hear anything")
    assert "upper-back-guide" not in tab(page)


def test_a_microphone_that_is_refused_is_told_with_the_remedy(page: Page) -> None:
    page.click("#talk")
    page.evaluate("fakeEars.fail('not-allowed')")
    expect(page.locator("#notice")).to_contain_text("Allow the microphone for this page, or type.")
    touch(page, NO)
    asked(page, "Are you sweating")


# --- A lost server, and a reload


@pytest.mark.parametrize("way", ["no answer", "not ours", "broken"])
def test_a_lost_server_is_told_plainly_with_the_number_and_the_same_is_done_again(opened: Visit, way: str) -> None:
    page = opened(refusals=True)
    touch(page, NO)
    asked(page, "Are you sweating")

    def lose(route: Route) -> None:
        if way == "no answer":
            route.abort()
        else:
            route.fulfill(status=502, body="<html>" if way == "not ours" else json.dumps({"error": "Bad Gateway"}))

    page.route("**/alexa", lose)
    touch(page, NO)
    lost = page.get_by_role("alert")
    expect(lost).to_contain_text("I cannot reach the guide right now. Your answers are still here.")
    expect(lost.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")
    expect(page.locator("h1")).to_contain_text("Are you sweating")
    page.unroute("**/alexa")
    lost.get_by_role("button", name="Try again").click()
    asked(page, "Did it start suddenly")
    expect(lost).to_be_hidden()
    expect(page.locator("#log li.you")).to_have_count(2)


def test_a_reload_offers_to_go_on_and_goes_on(page: Page) -> None:
    touch(page, NO)
    asked(page, "Are you sweating")
    page.reload()
    expect(page.locator("#screen")).to_contain_text("Are you sweating")
    page.get_by_role("button", name="Go on").click()
    touch(page, NO)
    asked(page, "Did it start suddenly")


def test_what_is_kept_is_in_this_tab_alone_and_can_be_erased(page: Page) -> None:
    type_(page, "I have a fever")
    expect(page.locator("#log li.you")).to_have_count(1)
    assert "I have a fever" in tab(page)["upper-back-guide"]
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    page.click("#settings-open")
    page.get_by_role("button", name="Erase this conversation").click()
    expect(page.locator("#begin")).to_have_text("Begin")
    assert set(tab(page)) == {"upper-back-guide-settings"}
    assert "fever" not in json.dumps(tab(page)) + str(page.locator("body").text_content())
    page.reload()
    expect(page.locator("#begin")).to_have_text("Begin")


def test_after_a_reload_an_emergency_still_names_the_number_first(resumed: Visit) -> None:
    page = resumed("emergency")
    expect(page.locator("#screen").get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    page.get_by_role("button", name="Erase and begin again").click()
    expect(page.locator("#begin")).to_have_text("Begin")
    assert "upper-back-guide" not in tab(page)


@pytest.mark.parametrize("stored", ["", "{", "null", "[]", '{"mark": "of another version", "screen": {}}'])
def test_what_cannot_be_gone_on_with_begins_anew(visit: Visit, stored: str) -> None:
    page = visit(
        "/",
        PHONE,
        speech=True,
        refusals=False,
        script=f"sessionStorage.setItem('upper-back-guide', {json.dumps(stored)});",
    )
    expect(page.locator("#begin")).to_have_text("Begin")


def test_a_tab_that_may_store_nothing_goes_on_all_the_same(opened: Visit) -> None:
    blocked = "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } });"
    page = opened(script=blocked)
    touch(page, NO)
    asked(page, "Are you sweating")


# --- Guided relief


def test_a_step_is_drawn_and_counted_with_the_voice_and_keeps_the_light_on(resumed: Visit) -> None:
    page = resumed("step", aloud=True)
    page.evaluate("fakeVoice.held = true")
    page.click("#begin")
    expect(page.locator(".cue")).to_have_text("Now gently draw your shoulder blades together, eight times.")
    page.evaluate("fakeVoice.finish()")
    expect(page.locator(".cue")).to_have_text("Squeeze, one.")
    expect(page.locator(".figure")).to_have_attribute("data-pose", "squeeze")
    expect(page.locator(".count")).to_have_text("1")
    assert page.evaluate("fakeLight.locks") == 1
    page.evaluate("fakeVoice.held = false")
    page.get_by_role("button", name="It hurts").click()
    asked(page, "Does it hurt more")
    assert page.evaluate("fakeLight.locks") == 0


def test_without_a_voice_a_step_goes_by_the_clock(resumed: Visit) -> None:
    page = resumed("step")
    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.click("#begin")
    expect(page.locator(".figure")).to_have_attribute("data-pose", "rest")
    page.clock.run_for(5_000)
    expect(page.locator(".cue")).to_have_text("Squeeze, one.")
    expect(page.locator("#live")).to_have_text("Squeeze, one.")
    page.clock.run_for(120_000)
    expect(page.locator(".count")).to_have_text("8")
    expect(page.locator("#live")).to_have_text("Ready for the next one?")


# --- By keyboard, in large text, and what is first seen


def test_everything_works_with_the_keyboard_alone(page: Page) -> None:
    reached: list[str] = []
    page.focus("#settings-open")
    while (name := page.evaluate("document.activeElement.id || document.activeElement.textContent")) not in reached:
        reached.append(name)
        page.keyboard.press("Tab")
    order = [
        "settings-open",
        "Emergency: 911",
        "911",
        "Chest pain",
        "words",
        "Why?",
        "Stop",
        "answer-0",
        "answer-1",
        "answer-2",
        "talk",
    ]
    assert [name for name in reached if name in order] == order
    expect(page.locator("#bar")).to_have_attribute("data-settled", "")
    page.keyboard.press("n")
    asked(page, "Are you sweating")
    before = page.locator("#live").inner_text()
    page.evaluate("document.querySelector('#live').textContent = ''")
    page.keyboard.press("r")
    expect(page.locator("#live")).to_have_text(before)
    page.focus("#settings-open")
    page.keyboard.press("Enter")
    expect(page.locator("#aloud")).to_be_focused()
    page.keyboard.press("y")  # nothing is answered from within the settings
    page.keyboard.press("Escape")
    expect(page.locator("#settings-open")).to_be_focused()
    expect(page.locator("#bar")).to_have_attribute("data-settled", "")
    page.keyboard.press("y")
    expect(page.get_by_role("alert")).to_contain_text("Call 911")


def test_keys_are_letters_again_where_the_person_turns_them_off_or_types(page: Page) -> None:
    page.focus("#words")
    page.keyboard.type("n")
    assert page.input_value("#words") == "n"
    page.click("#settings-open")
    page.uncheck("#keys")
    page.keyboard.press("Escape")
    expect(page.locator("#bar")).to_have_attribute("data-settled", "")
    page.keyboard.press("n")
    expect(page.locator("#log li.you")).to_have_count(0)


def test_the_focus_goes_to_the_question_where_its_place_is_gone_and_stays_where_it_is_not(page: Page) -> None:
    expect(page.locator("h1")).to_be_focused()  # the button that began is gone
    expect(page.locator("#bar")).to_have_attribute("data-settled", "")
    page.focus(NO)
    page.keyboard.press("Enter")
    asked(page, "Are you sweating")
    expect(page.locator(NO)).to_be_focused()


@pytest.mark.parametrize("state", ["first question", "checklist", "home care", "step", "emergency"])
def test_text_of_twice_the_size_fits_the_smallest_phone(resumed: Visit, state: str) -> None:
    page = resumed(state)
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.click("#begin")
    expect(page.locator("body")).not_to_have_attribute("data-kind", "resume")
    page.screenshot(path=ROOT / "build" / "screenshots" / f"twice-{state.replace(' ', '-')}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("view", ["welcome", "resume", "lost", "settings"])
def test_what_the_page_says_by_itself_reads_as_it_should(
    opened: Visit, resumed: Visit, web: FlaskClient, view: str
) -> None:
    page = resumed("question") if view == "resume" else opened(refusals=view == "lost", begun=view == "lost")
    if view == "lost":
        page.route("**/alexa", lambda route: route.abort())
        touch(page, NO)
        expect(page.get_by_role("alert")).to_be_visible()
    if view == "settings":
        page.click("#settings-open")
    found = page.locator("dialog" if view == "settings" else "body").aria_snapshot()
    guided = {"resume": "question", "lost": "first question"}
    found = structure(found, kept(web, STATES[guided[view]])) if view in guided else found + "\n"
    (ROOT / "build" / "reading").mkdir(parents=True, exist_ok=True)
    (ROOT / "build" / "reading" / f"{view}.yml").write_text(found, "utf-8")
    (ROOT / "build" / "screenshots").mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ROOT / "build" / "screenshots" / f"{view}.png")
    assert found == (ROOT / "tests" / "page" / "reading" / f"{view}.yml").read_text("utf-8"), (
        "build/reading has what was found"
    )
    rules = Axe().run(page)
    assert rules.violations_count == 0, rules.generate_report()


def test_the_first_view_needs_no_script_and_little_else(visit: Visit) -> None:
    asked_for: list[tuple[str, int]] = []
    page = visit("/", PHONE, speech=False, refusals=True, script="")
    page.on("response", lambda response: asked_for.append((response.url, len(response.body()))))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert sum(size for _, size in asked_for) < 80_000
    assert len(asked_for) < 20
    plain = visit("/", PHONE, speech=False, refusals=True, script="", java_script_enabled=False)
    expect(plain.locator("h1")).to_have_text("Pain in your upper back?")
    assert "In an emergency, call 911 or your local emergency number, from a phone.</p></noscript>" in plain.content()


def test_no_more_can_be_typed_than_is_understood(page: Page) -> None:
    assert page.get_attribute("#words", "maxlength") == str(LONGEST)
