"""Whatever the session attributes hold: stop stops, start over starts over, a call for help gets the number.

And the reply is strict JSON that Alexa takes, and home care is spoken only where the engine comes to it.
"""

import json
import logging
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talking import PATHS, after

from simulator.client import LARGEST_RESPONSE_BYTES, check_contract
from skill.adapters.alexa.handler import Observed
from skill.adapters.alexa.skill import create
from skill.dialog.turn import Turn
from skill.prompts import constructors as say
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import Level

STOP, RESTART, HELP, YES, NO, REPEAT, MORE, GUIDE = (
    *("AMAZON.StopIntent", "AMAZON.StartOverIntent", "EmergencyIntent", "AMAZON.YesIntent", "AMAZON.NoIntent"),
    *("AMAZON.RepeatIntent", "AMAZON.NextIntent", "GuideIntent"),
)
NUMBERS = st.one_of(
    st.sampled_from([float("inf"), float("-inf"), float("nan"), 10**400, -(10**400), 1.5, True, -1, 0, 99]),
    st.integers(),
    st.floats(),
)
LEAVES = st.one_of(
    *(st.none(), NUMBERS, st.text(max_size=8), st.sampled_from(["chest_pain", "ufo", "x" * 30_000, "\ud800"])),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
HOME_CARE = {
    *(say.disposition(Level.SELF_CARE, part).key for part in ("do", "until")),
    *(say.step(step.id).key for step in UPPER_BACK_GUIDE.care.steps),
}
TOPICS = {
    say.topic_part(topic.id, number).key
    for topic in UPPER_BACK_GUIDE.care.topics
    for number, _ in enumerate(topic.parts, 1)
}
SEEN: list[Observed] = []


@cache
def handler() -> Callable[[object, object], dict[str, Any]]:
    return create({}, observe=SEEN.append)


@cache
def real_sessions() -> tuple[str, ...]:
    """Return the attributes of every state, as JSON."""
    return tuple(json.dumps(after(*path).session.to_attributes(UPPER_BACK_GUIDE)) for path in PATHS.values())


@st.composite
def mangled(draw: st.DrawFn) -> Any:
    """Return the attributes of a real session with some values put in the place of others."""
    attributes = json.loads(draw(st.sampled_from(real_sessions())))
    for _ in range(draw(st.integers(1, 3))):
        inner, key = attributes, draw(st.sampled_from(sorted(attributes)))
        while isinstance(inner[key], dict | list) and inner[key] and draw(st.booleans()):
            inner = inner[key]
            key = draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        inner[key] = draw(ANYTHING)
    return attributes


SESSIONS = st.one_of(ANYTHING, mangled())


def turn(attributes: object, intent: str) -> dict[str, Any]:
    """Return the response, checked: strict JSON, small enough, a reply of the conversation and not the safety net."""
    SEEN.clear()
    request = {"type": "IntentRequest", "locale": "en-US", "intent": {"name": intent}}
    response = handler()({"session": {"attributes": attributes}, "request": request}, None)
    assert len(json.dumps(response, allow_nan=False).encode()) < LARGEST_RESPONSE_BYTES
    check_contract(response, to="IntentRequest")
    (seen,) = SEEN  # the safety net is no turn that is seen
    spoken = {prompt.key for prompt in seen.turned.reply.say}
    level = Turn(guide=UPPER_BACK_GUIDE, session=seen.turned.session).level
    if spoken & HOME_CARE:
        assert level is Level.SELF_CARE
    if spoken & TOPICS:
        assert level is not None
        assert level < Level.EMERGENCY
    return response


@given(SESSIONS)
def test_stop_stops_start_over_starts_over_and_a_call_for_help_gets_the_number(attributes: object) -> None:
    stopped = turn(attributes, STOP)["response"]
    assert stopped["shouldEndSession"]
    again = turn(attributes, RESTART)
    fresh = turn({}, RESTART)
    assert again["response"]["reprompt"] == fresh["response"]["reprompt"]
    assert again["sessionAttributes"]["answers"] == []
    called = turn(attributes, HELP)["response"]
    assert "911" in called["outputSpeech"]["ssml"]
    assert called["shouldEndSession"]


@given(SESSIONS, st.lists(st.sampled_from([YES, NO, REPEAT, MORE, GUIDE, "WhatElseIntent", "HurtsIntent"]), max_size=4))
def test_any_session_goes_on_and_reaches_home_care_only_through_the_engine(
    attributes: object, intents: list[str]
) -> None:
    for intent in intents:
        attributes = json.loads(json.dumps(turn(attributes, intent)["sessionAttributes"]))


@pytest.mark.parametrize("pace", ["1e999", "-1e999", "NaN", "1e308", "9" * 4_000, '"slow"'])
def test_a_number_beyond_all_bounds_keeps_nobody_in_the_safety_net(pace: str) -> None:
    """A session of release 1.0.0 with such a pace never left the safety net."""
    line = f'{{"key": "guided.next", "names": [], "count": null, "pace": {pace}}}'
    old = f'{{"version": 2, "stage": "guided", "answers": [], "part": {pace}, "said": [{line}], "asked": [{line}]}}'
    attributes = json.loads(old)
    assert "911" in turn(attributes, HELP)["response"]["outputSpeech"]["ssml"]
    assert turn(attributes, STOP)["response"]["shouldEndSession"]


@pytest.mark.parametrize("state", ["guiding", "advised", "choosing", "telling", "anything_else", "ready", "hurting"])
def test_a_crafted_state_gets_no_stretches_where_chest_pain_is_present(state: str) -> None:
    data = {"name": state, "step": 0, "topic_id": "exercise", "part": 1}
    for answers in ([{"present": ["chest_pain"]}], [], [{"absent": ["chest_pain"]}]):
        for intent in (YES, NO, MORE, REPEAT, GUIDE, "SlowerIntent"):
            turn({"version": 4, "state": data, "answers": answers}, intent)


def test_a_safety_net_would_be_seen(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The control: a turn that fails is none that is seen."""
    monkeypatch.setattr("skill.adapters.alexa.handler.answer", None)
    with caplog.at_level(logging.CRITICAL), pytest.raises(ValueError, match="not enough values"):
        turn({}, STOP)
