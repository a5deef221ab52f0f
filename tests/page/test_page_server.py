"""What plays Amazon for the page: who may ask, what becomes of words, of SSML and of a session."""

import json
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from browser import page_served
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from simulator.client import DEVICES, AlexaClient
from simulator.conversations import LONGEST, read, replay
from simulator.web import page
from simulator.web.app import LOG_HEADER, SCREEN_HEADER, UNDERSTOOD_HEADER, create_page
from simulator.web.page import LOCALES, STATIC, TEMPLATES
from simulator.web.setup import OFFERED, PageError, locales, setup
from simulator.web.speech import pieces
from simulator.web.state import state_in_words
from simulator.web.transcript import as_test
from skill.acts import Answer, Control
from skill.adapters.alexa.intents import INTENTS
from skill.adapters.clinic import Clinic, from_environ
from skill.hearing import hear
from skill.hearing.heard import Asked, Expecting
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.upper_back import UPPER_BACK

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("SKILL_ID", "amzn1.ask.skill.somebody")  # the page is a device of every skill
    return create_page().test_client()


@pytest.fixture(scope="module")
def page_application() -> FlaskClient:
    """The page, once for many requests: nothing is kept in it."""
    return create_page().test_client()


def turn(web: FlaskClient, **done: Any) -> dict[str, Any]:
    """Return one whole turn, as the page takes it."""
    asked = web.post("/api/hear", json=done).get_json()
    answered = web.post("/alexa", json=asked["envelope"])
    exchange = {"request": asked["envelope"], "response": answered.get_json()}
    return {
        "asked": asked,
        "last": exchange,
        "understood": json.loads(answered.headers.get(UNDERSTOOD_HEADER, "null")),
        "screen": json.loads(answered.headers.get(SCREEN_HEADER, "null")),
        "heard": web.post("/api/heard", json=exchange).get_json(),
    }


# --- Who may ask


def test_only_loopback_is_answered(web: FlaskClient) -> None:
    assert web.get("/health").status_code == 200
    assert web.get("/health", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200
    for address in ("192.0.2.1", "10.0.0.1"):
        for route in ("/", "/health", "/api/setup"):
            assert web.get(route, environ_overrides={"REMOTE_ADDR": address}).status_code == 403
        assert web.post("/alexa", json={}, environ_overrides={"REMOTE_ADDR": address}).status_code == 403


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0", "[", ""])  # noqa: S104 a name, not an address to listen on
def test_another_name_for_this_computer_is_refused(web: FlaskClient, name: str) -> None:
    assert web.get("/api/setup", headers={"Host": name}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9999", "http://[", ""])
def test_a_page_of_another_site_is_refused(web: FlaskClient, origin: str) -> None:
    assert web.post("/alexa", json={}, headers={"Origin": origin}).status_code == 403
    assert web.post("/api/hear", json={}, headers={"Origin": "http://localhost"}).status_code == 200


def test_the_page_may_load_from_itself_alone(web: FlaskClient) -> None:
    for route in ("/", "/workbench"):
        with web.get(route) as page:
            policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
            assert policy["default-src"] == "'none'"
            assert set(policy.values()) == {"'none'", "'self'", "'script'"}
            assert "://" not in page.get_data(as_text=True)
    files = [file for file in STATIC.rglob("*") if file.is_file()]
    assert len(files) > 10
    for file in files:
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, f"{file.name} names another host"
        with web.get(f"/static/{file.relative_to(STATIC)}") as served:
            assert served.status_code == 200
    assert web.get("/static/../app.py").status_code == 404


def test_it_binds_to_loopback_and_nothing_can_change_that() -> None:
    with page_served() as address:
        host, port = address.removeprefix("http://").split(":")
        assert host == "127.0.0.1"
        with socket.socket() as other:
            other.settimeout(0.5)
            assert other.connect_ex(("127.0.0.2", int(port))) != 0
    refused = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "simulator.web", "--host", "0.0.0.0"],  # noqa: S104 it has to be refused
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "unrecognized arguments: --host" in refused.stderr


@pytest.mark.parametrize(("port", "sentence"), [("abc", "abc is no port"), ("70000", "70000 is no port")])
def test_a_port_that_is_none_is_named(port: str, sentence: str) -> None:
    done = _serve(port)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_a_port_that_is_taken_is_named_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _serve(port)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} cannot be used (Address already in use); choose another with --port.\n"


def _serve(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "simulator.web", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


# --- Turns


def test_a_turn_goes_through_the_real_endpoint(web: FlaskClient) -> None:
    opened = turn(web, said=None)
    assert opened["heard"]["open"] is True
    assert opened["heard"]["pieces"][0]["shown"] == "Welcome to Upper Back Guide."
    assert opened["understood"] == {"acts": ["open"], "unaccounted": []}
    told = turn(web, said="no but my jaw hurts", last=opened["last"])
    assert told["understood"] == {"acts": ["report jaw_pain"], "unaccounted": []}
    assert told["heard"]["card"]["title"] == "Call 911 now"
    assert told["heard"]["open"] is False


def test_what_was_not_accounted_for_comes_back_whatever_was_said(web: FlaskClient) -> None:
    opened = turn(web, said=None)
    told = turn(web, said="no \u2713 \r\n zx\u00e9q \U0001f600 blorptastic", last=opened["last"])
    assert "blorptastic" in told["understood"]["unaccounted"]
    closed = turn(web, left=True, last=told["last"])
    assert closed["understood"] is None


def test_each_turn_tells_what_it_shows_and_what_is_touched_there_goes_the_same_way(web: FlaskClient) -> None:
    opened = turn(web, said=None)
    assert opened["screen"]["ask"] == "Do you have chest pain, pressure or tightness, or trouble breathing?"
    no = next(choice for choice in opened["screen"]["answers"] if choice["label"] == "No")
    touched = turn(web, touch=no["touch"], token=opened["screen"]["token"], last=opened["last"])
    said = turn(web, said="no", last=opened["last"])
    assert touched["understood"] == {"acts": ["no"], "unaccounted": []}
    assert touched["screen"] == said["screen"]
    assert touched["screen"]["progress"]["number"] == 2
    again = turn(web, touch=no["touch"], token=opened["screen"]["token"], last=touched["last"])
    assert again["screen"] == touched["screen"]  # touched twice: the second one answers nothing
    assert turn(web, left=True, last=touched["last"])["screen"] is None


def test_a_session_goes_on_only_while_the_response_keeps_it_open(web: FlaskClient) -> None:
    opened = turn(web, said=None)
    going_on = turn(web, said="no", last=opened["last"])
    assert going_on["asked"]["envelope"]["session"]["new"] is False
    assert going_on["asked"]["envelope"]["session"]["attributes"] == opened["last"]["response"]["sessionAttributes"]
    over = turn(web, said="stop", last=going_on["last"])
    afterwards = turn(web, said="my chest hurts", last=over["last"])
    assert afterwards["asked"]["envelope"]["session"]["new"] is True
    assert afterwards["asked"]["envelope"]["session"]["attributes"] == {}


@pytest.mark.parametrize("device", DEVICES)
def test_a_device_sends_its_interfaces(web: FlaskClient, device: str) -> None:
    envelope = turn(web, said=None, device=device)["asked"]["envelope"]
    assert envelope["context"]["System"]["device"]["supportedInterfaces"] == DEVICES[device]


OPENING = {
    "open upper back guide": None,
    "Alexa, open the Upper Back Guide.": None,
    "upper back guide": None,
    "alexa ask upper back guide": None,
    "ask upper back guide about chest pain": "about chest pain",
    "Alexa, tell Upper Back Guide that my jaw hurts": "my jaw hurts",
    "tell upper back guide I have a fever": "i have a fever",
    "No, my chest hurts!": "No, my chest hurts!",
    "open the window": "open the window",
}


@pytest.mark.parametrize(("said", "words"), OPENING.items())
def test_the_invocation_is_not_part_of_the_words(web: FlaskClient, said: str, words: str | None) -> None:
    asked = web.post("/api/hear", json={"said": said}).get_json()
    assert asked["words"] == words
    assert asked["envelope"]["request"]["type"] == ("IntentRequest" if words else "LaunchRequest")


def test_silence_is_asked_again_and_then_ends_the_session(web: FlaskClient) -> None:
    last = turn(web, said=None)["last"]
    assert web.post("/api/hear", json={"silence": 1, "last": last}).get_json() == {"reprompt": True}
    ended = turn(web, silence=2, last=last)
    assert ended["asked"]["envelope"]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert ended["heard"]["pieces"] == []
    assert turn(web, left=True, last=last)["asked"]["envelope"]["request"]["reason"] == "USER_INITIATED"


BODY = {"outputSpeech": {"ssml": "<speak>Hello.</speak>"}, "shouldEndSession": True}
"""A response that can be played."""


def played(**changed: Any) -> dict[str, Any]:
    """Return an exchange whose response differs from ``BODY``."""
    return {
        "request": {"request": {"type": "LaunchRequest"}},
        "response": {"version": "1.0", "response": {**BODY, **changed}},
    }


def test_a_plain_response_is_played(web: FlaskClient) -> None:
    assert web.post("/api/heard", json=played()).get_json()["pieces"][0]["shown"] == "Hello."


REFUSED: dict[str, tuple[str, Any, str]] = {
    "device": ("/api/hear", {"device": "toaster"}, "toaster: no such device"),
    "device of another type": ("/api/hear", {"device": ["speaker"]}, "no such device"),
    "locale": ("/api/hear", {"locale": "xx-YY"}, "xx-YY: no such locale"),
    "locale of another type": ("/api/hear", {"locale": {"en": "US"}}, "no such locale"),
    "a path": ("/api/hear", {"locale": "../../package"}, "no such locale"),
    "another way of handing over": ("/api/hear", {"said": "no", "by": "pigeon"}, "pigeon: no such way"),
    "no words to read": ("/api/readings", {"said": None}, "Only words have readings"),
    "blank": ("/api/hear", {"said": "  "}, "Nothing was said"),
    "no words": ("/api/hear", {"said": {"words": "no"}}, "Nothing was said"),
    "a touch of another type": ("/api/hear", {"touch": "yes"}, "That cannot be touched"),
    "a touch of no words": ("/api/hear", {"touch": [1]}, "That cannot be touched"),
    "too long": ("/api/hear", {"said": "x" * (LONGEST + 1)}, f"use {LONGEST} characters or fewer"),
    "a list": ("/api/hear", [], "The body is not a JSON object."),
    "a text": ("/api/test", "x", "The body is not a JSON object."),
    "no response": ("/api/heard", {"response": {}}, "Alexa would refuse this response."),
    "nothing": ("/api/heard", {}, "Alexa would refuse this response."),
    "speech of another type": ("/api/heard", played(outputSpeech="hello"), "Alexa would refuse this response."),
    "speech without words": ("/api/heard", played(outputSpeech={}), "Alexa would refuse this response."),
    "speech that nests": (
        "/api/heard",
        played(outputSpeech={"ssml": f"<speak>{'<s>' * 1100}{'</s>' * 1100}</speak>"}),
        "Alexa would refuse this response.",
    ),
    "card of another type": ("/api/heard", played(card=[1]), "Alexa would refuse this response."),
    "title of another type": ("/api/heard", played(card={"title": 1}), "Alexa would refuse this response."),
    "reprompt without speech": (
        "/api/heard",
        played(shouldEndSession=False, reprompt={}),
        "Alexa would refuse this response.",
    ),
}


@pytest.mark.parametrize(("route", "body", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_there_is_not_is_said_in_one_sentence(web: FlaskClient, route: str, body: Any, sentence: str) -> None:
    response = web.post(route, json=body)
    assert response.status_code == 400
    assert sentence in response.get_json()["error"]


@pytest.mark.parametrize("route", ["/api/hear", "/api/heard", "/api/test", "/api/bespoken"])
def test_a_body_that_is_not_json_is_refused(web: FlaskClient, route: str) -> None:
    for body in (b"", b"{", b"\xff", b'{"silence": NaN}', b"[" * 100_000, b'{"a":' * 70 + b"1" + b"}" * 70):
        refused = web.post(route, data=body, content_type="application/json")
        assert (refused.status_code, list(refused.get_json())) == (400, ["error"])
    assert web.post(route, data=b"{}", content_type="text/plain").status_code == 415
    assert web.get("/api/setup?locale=xx").status_code == 400


ODD = [None, True, -1, 1e300, "x", "\ud800", [], [None], {}, {"response": {"shouldEndSession": False}}]


@given(
    asked=st.dictionaries(
        st.sampled_from(["said", "silence", "left", "locale", "device", "last", "request", "response", "turns"]),
        st.sampled_from(ODD) | st.text(max_size=20),
        max_size=4,
    )
)
def test_whatever_the_page_is_sent_it_never_fails(page_application: FlaskClient, asked: dict[str, Any]) -> None:
    for route in ("/api/hear", "/api/heard", "/api/test", "/api/ask-dialog", "/api/bespoken"):
        assert page_application.post(route, json=asked).status_code in (200, 400)


BUTTONS = (
    *(Answer.YES, Answer.NO, Answer.UNSURE),
    *(Control.REPEAT, Control.WHY, Control.HELP, Control.BACK, Control.STOP),
)
"""What each button does, in their order."""


def test_every_button_has_words_that_are_understood() -> None:
    asked = Expecting(asked=Asked.FINDINGS, findings=tuple(finding.id for finding in UPPER_BACK.questions[0].findings))
    offered = OFFERED["en"]
    assert [hear.load("en-US").hear(words, asked).acts for words in offered] == [(act,) for act in BUTTONS]


def test_the_page_takes_no_more_than_can_be_said() -> None:
    assert f'maxlength="{LONGEST}"' in (TEMPLATES / "workbench.html").read_text("utf-8")


def test_the_page_is_told_what_does_not_change() -> None:
    known = setup("en-US", UPPER_BACK_GUIDE)
    assert known["suggestions"] == list(OFFERED["en"])
    assert "en-US" in known["locales"]
    assert [node["number"] for node in known["flowchart"]["nodes"]] == [*map(str, range(1, 11)), "✓"]
    assert [level["id"] for level in known["flowchart"]["levels"]] == [
        "emergency",
        "doctor_today",
        "doctor",
        "self_care",
    ]


def test_nothing_is_decided_in_javascript() -> None:
    """No script knows an intent, a finding, a question, a level or a word of the protocol: they come from here."""
    findings = [str(finding.id) for finding in UPPER_BACK.findings]
    questions = [str(question.id) for question in UPPER_BACK.questions]
    known = [*INTENTS, *findings, *questions, "readback", "self_care", "doctor", "911"]
    scripts = list(STATIC.rglob("*.js"))
    assert len(scripts) > 10
    for script in scripts:
        words = set(re.findall(r"[\w.]+", script.read_text("utf-8")))
        assert not words & {*known} - COMMON, f"{script.name} knows {words & {*known} - COMMON}"


COMMON = {"duration", "history", "severity"}
"""Ids that are words of their own as well."""


# --- The document for people


def keys(table: Mapping[str, Any], prefix: str = "") -> set[str]:
    return {
        key
        for name, value in table.items()
        for key in (keys(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}"})
    }


def test_the_page_has_words_of_its_own_in_every_locale() -> None:
    ours = keys(tomllib.loads((LOCALES / "en-US.toml").read_text("utf-8")))
    assert len(ours) > 50
    assert {file.stem for file in LOCALES.glob("*.toml")} == set(locales())
    for locale in locales():
        known = page.setup(locale, UPPER_BACK_GUIDE)
        assert keys(known["words"]) == ours, f"{locale}: the page's words do not have the keys of en-US"
        assert not re.search(r"\d", (LOCALES / f"{locale}.toml").read_text("utf-8")), (
            f"{locale}: numbers come from the guide"
        )


def test_every_word_of_the_page_is_used() -> None:
    read = "".join(file.read_text("utf-8") for file in [*STATIC.rglob("*.js"), *TEMPLATES.glob("*.html")])
    tables = tomllib.loads((LOCALES / "en-US.toml").read_text("utf-8"))
    unused = [
        f"{table}.{key}" for table, words in tables.items() for key in words if not re.search(rf"\b{key}\b", read)
    ]
    assert unused == []


def test_a_page_in_a_locale_that_there_is_not_is_refused_in_one_sentence(web: FlaskClient) -> None:
    refused = web.get("/?locale=xx-YY")
    assert (refused.status_code, refused.get_json()["error"][:22]) == (400, "xx-YY: no such locale;")


def test_a_locale_without_words_of_the_page_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "known_locale", lambda locale: locale)
    with pytest.raises(
        PageError, match=r"en-IE: the page has no words of its own; write simulator/web/locales/en-IE\.toml\."
    ):
        page.setup("en-IE", UPPER_BACK_GUIDE)


def test_the_numbers_that_can_be_dialled_come_from_the_guide_and_the_operator() -> None:
    clinic = from_environ({"CLINIC_NAME": "Riverside Clinic", "CLINIC_PHONE": "555-010-0199"})
    known = page.setup("en-US", UPPER_BACK_GUIDE, clinic)
    assert known["numbers"] == [
        {"label": "555-010-0199", "dial": "5550100199"},
        {"label": "911", "dial": "911"},
        {"label": "988", "dial": "988"},
    ]
    assert page.setup("en-US", UPPER_BACK_GUIDE)["numbers"] == known["numbers"][1:]


def test_what_was_set_cannot_break_out_of_the_document() -> None:
    html = page.document("en-US", UPPER_BACK_GUIDE, Clinic(fields=(("clinic_phone", "</script><b>1"),)))
    assert "<b>" not in html


# --- SSML for a browser


SSML = {
    "sentences": ("<s>One.</s> <s>Two.</s>", [("One.", "One.", 1, 0), ("Two.", "Two.", 1, 0)]),
    "no sentences": ("One &amp; two", [("One & two", "One & two", 1, 0)]),
    "digits": (
        '<s>Call <say-as interpret-as="digits">911</say-as> now.</s>',
        [("Call 911 now.", "Call 9 1 1 now.", 1, 0)],
    ),
    "other say-as": ('<say-as interpret-as="date">1/2</say-as>', [("1/2", "1/2", 1, 0)]),
    "a break within a sentence": (
        '<s>One <break time="500ms"/>two.</s>',
        [("One", "One", 1, 0), ("two.", "two.", 1, 500)],
    ),
    "breaks add up": (
        '<s>One</s><break time="1.5s"/><break/><s>two</s>',
        [("One",) * 2 + (1, 0), ("two", "two", 1, 1850)],
    ),
    "strength": ('a<break strength="strong"/>b', [("a", "a", 1, 0), ("b", "b", 1, 600)]),
    "no strength": ('a<break strength="none"/>b', [("a", "a", 1, 0), ("b", "b", 1, 0)]),
    "rates": (
        '<prosody rate="slow">a</prosody> b <prosody rate="150%">c</prosody>',
        [("a", "a", 0.8, 0), ("b", "b", 1, 0), ("c", "c", 1.5, 0)],
    ),
    "a rate in a rate": (
        '<prosody rate="slow"><prosody rate="50%">a</prosody></prosody>',
        [("a", "a", 0.4, 0)],
    ),
    "an unknown rate": ('<prosody rate="warp">a</prosody>', [("a", "a", 1, 0)]),
    "paragraphs": ("<p>a</p><p>b</p>", [("a", "a", 1, 0), ("b", "b", 1, 600)]),
    "emphasis is read plainly": ("a <emphasis>b</emphasis> c", [("a b c", "a b c", 1, 0)]),
    "a pause and a rate beyond reason": (
        f'<break time="{"9" * 400}s"/><prosody rate="{"9" * 400}%">a</prosody>',
        [("a", "a", 10, 10_000)],
    ),
    "nothing": (" ", []),
}


@pytest.mark.parametrize(("inside", "expected"), SSML.values(), ids=SSML)
def test_speech_is_cut_into_what_a_browser_can_say(inside: str, expected: list[tuple[Any, ...]]) -> None:
    cut = pieces(f"<speak>{inside}</speak>")
    assert [(piece["shown"], piece["spoken"], piece["rate"], piece["pause_ms"]) for piece in cut] == expected


# --- Behind the page


def test_the_session_is_told_in_words(client: AlexaClient) -> None:
    client.launch()
    client.intent("AMAZON.NoIntent")
    client.intent("UnsureIntent")
    told = state_in_words(client.attributes, "en-US", UPPER_BACK_GUIDE)
    assert told["place"] == "heart_signs"
    assert told["settled"] == {"heart_lungs": "no"}
    assert told["lines"] == [
        "Asking question 2 of 10: heart_signs.",
        "Asked about now: sweating more than usual.",
        "Said to be there: nothing.",
        "Said not to be there: chest pain, trouble breathing.",
        "Turns not understood in a row: 0.",
        "Not sure once: heart_signs.",
    ]


def test_the_read_back_and_the_outcome_have_their_place(client: AlexaClient) -> None:
    client.launch()
    for _ in range(10):
        client.intent("AMAZON.NoIntent")
    assert state_in_words(client.attributes, "en-US", UPPER_BACK_GUIDE)["place"] == "readback"
    client.intent("AMAZON.YesIntent")
    told = state_in_words(client.attributes, "sv-SE", UPPER_BACK_GUIDE)
    assert told["place"] == "self_care"
    assert set(told["settled"].values()) == {"no"}


@pytest.mark.parametrize("attributes", [None, {}, {"version": 0}, "x"])
def test_no_session_is_told_as_such(attributes: object) -> None:
    assert state_in_words(attributes, "en-US", UPPER_BACK_GUIDE) == {
        "lines": ["No session: nothing is remembered."],
        "place": None,
        "settled": {},
    }


def test_what_is_rare_in_a_session_is_told_as_well(client: AlexaClient) -> None:
    client.launch()
    client.intent("SoftNoIntent")
    client.attributes["unplaced"] = True
    lines = state_in_words(client.attributes, "en-US", UPPER_BACK_GUIDE)["lines"]
    assert "A soft no once: heart_lungs." in lines
    assert "Words are not accounted for: this is cleared up before home care." in lines
    for _ in range(10):
        client.intent("AMAZON.NoIntent")
    cleared_up = state_in_words(client.attributes, "en-US", UPPER_BACK_GUIDE)
    assert cleared_up["place"] == "readback"
    assert cleared_up["lines"][0] == "State: clearing_up, in_plain_words False."


def test_the_place_in_a_topic_is_told(client: AlexaClient) -> None:
    client.launch()
    for name in (*["AMAZON.NoIntent"] * 10, "AMAZON.YesIntent"):
        client.intent(name)
    client.intent("TopicIntent", {"topic": ("heat", "heat_ice")})
    told = state_in_words(client.attributes, "en-US", UPPER_BACK_GUIDE)
    assert told["lines"][0] == "State: telling, topic_id heat_ice, part 1."
    assert told["lines"][-1] == "Topics told: heat_ice."


def test_an_emergency_is_told_as_the_end(client: AlexaClient) -> None:
    client.launch()
    client.intent("AMAZON.YesIntent")
    told = state_in_words(client.exchanges[-1][1]["sessionAttributes"], "en-US", UPPER_BACK_GUIDE)
    assert told["lines"][0] == "The emergency was told, which ends the session."
    assert told["place"] == "emergency"


def test_a_state_that_does_not_fit_its_answers_is_told_as_the_next_turn_takes_it(client: AlexaClient) -> None:
    client.launch()
    client.intent("AMAZON.YesIntent")
    attributes = {**client.exchanges[-2][1]["sessionAttributes"], "state": {"name": "guiding", "step": 3}}
    assert state_in_words(attributes, "en-US", UPPER_BACK_GUIDE)["place"] is None


def test_a_conversation_is_written_as_a_test_whatever_was_said(tmp_path: Path, handler: Any) -> None:
    said = 'quotes " and \\ and \x7f and é \U0001f600 and\ttabs and half \ud83d'
    file = tmp_path / "written.toml"
    turns = [
        {"said": None, "first": "Welcome to Upper Back Guide.", "open": True},
        {"said": said, "open": True},
        {"said": "my chest hurts", "card": "Call 911 now", "open": False},
    ]
    file.write_text(as_test({"turns": turns})["text"], "utf-8")
    conversation = read(file)
    assert conversation["turns"][1]["say"] == said.replace("\ud83d", "?")
    assert len(replay(conversation, AlexaClient(handler=handler))) == 3


@pytest.mark.parametrize("conversation", [None, {}, {"turns": ["x", None]}, {"turns": 1}], ids=json.dumps)
def test_an_empty_conversation_has_no_turns(conversation: object) -> None:
    assert "[[turns]]" not in as_test(conversation)["text"]


def test_what_the_skill_logs_in_a_turn_comes_back_with_it(web: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = web.post("/api/hear", json={"said": None}).get_json()["envelope"]
    assert LOG_HEADER not in web.post("/alexa", json=opened).headers

    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("my chest hurts")

    monkeypatch.setattr("skill.adapters.alexa.handler.answer", fail)
    (line,) = json.loads(web.post("/alexa", json=opened).headers[LOG_HEADER])
    assert line.startswith("ERROR: A turn failed; the person heard the safety net.")
    assert "ValueError" in line
    assert "chest" not in line
