"""The turn is total: any session that can be read gets a fitting reply to any act, any other starts politely again."""

import json
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talking import (
    ACTS,
    HOME_CARE,
    MUMBLED,
    OPEN,
    PATHS,
    STOP,
    TURNS,
    Done,
    after,
    deny,
    do,
    doubt,
    keys,
    report,
    unclear,
)

from skill.acts import Answer, Control, Correction, Lasted, Trend
from skill.dialog import states
from skill.dialog.conversation import converse
from skill.dialog.misses import MOST_MISSES
from skill.dialog.session import VERSION, Session
from skill.dialog.states import NAMED, State
from skill.dialog.turn import Turn, Turned
from skill.engine.triage import assess, emergencies_cleared
from skill.hearing.heard import Heard
from skill.prompts import constructors as say
from skill.prompts.catalogue import load
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import Level

PROTOCOL, CARE = UPPER_BACK_GUIDE.protocol, UPPER_BACK_GUIDE.care
WORDS = load("en-US")

ENDINGS = {
    say.disposition(Level.EMERGENCY, "do").key,
    *(
        say.HARM_CARE.key,
        say.CRISIS_CARE.key,
        say.GIVING_UP.key,
        say.NO_MORE.key,
        say.LEAVE_OPEN.key,
        say.LEAVE_CLEARED.key,
    ),
    *(say.NO_REMINDER_NOW.key, say.TOO_MANY_REMINDERS.key, say.NO_REMINDER_HERE.key, say.REMINDERS_BUSY.key),
    *(say.REMINDER_REFUSED.key, say.WITHOUT_REMINDER.key, say.PERMISSION_FIRST.key, say.PERMISSION_IN_APP.key),
    *(say.NOT_CANCELLED.key, say.ONE_REMINDER.key, say.reminder_set(None).key, say.reminder_set(date.min).key),
}
"""What is said first where a session ends: nothing else ends one."""

HOME_CARE_PARTS = {
    *(say.disposition(Level.SELF_CARE, part).key for part in ("do", "until")),
    *(say.step(step.id).key for step in CARE.steps),
    *(say.topic_part(topic.id, number).key for topic in CARE.topics for number, _ in enumerate(topic.parts, 1)),
}
"""What nobody may hear before every emergency finding was denied."""

IN_OTHER_WORDS = "read-back, in other words"

LARGEST_SESSION = 8_000
"""Bytes of session attributes: Alexa takes 24 KB for the whole response, and a reply with its card has 6 KB at most."""


def faults(turned: Turned) -> Iterator[str]:
    """Yield what is wrong with one turn."""
    session, reply = turned
    said = keys(reply)
    if not WORDS.text((*reply.say, *reply.ask)):
        yield "no words"
    if not reply.ask and said[:1] and said[0] not in ENDINGS:
        yield f"ends after {said}"
    if HOME_CARE_PARTS & set(said) and not emergencies_cleared(PROTOCOL, session.answers):
        yield f"home care with emergencies that were not cleared: {said}"
    if reply.disposition is not None and not reply.card:
        yield f"a disposition without a card: {said}"
    stored = json.loads(json.dumps(session.to_attributes(UPPER_BACK_GUIDE), allow_nan=False))
    if Session.from_attributes(stored, UPPER_BACK_GUIDE) != session:
        yield f"the session does not survive its attributes: {session}"
    if reply.ask and not session.state.fits(Turn(guide=UPPER_BACK_GUIDE, session=session)):
        yield f"asks in a state that does not fit the answers: {session}"


def test_the_paths_lead_to_every_state() -> None:
    assert {after(*path).session.state.name for path in PATHS.values()} == set(NAMED)


@pytest.mark.parametrize("path", PATHS)
def test_every_act_in_every_state_has_words_and_asks_or_ends(path: str) -> None:
    session = after(*PATHS[path]).session
    found = {repr(done): list(faults(do(session, done))) for done in TURNS}
    assert {done: wrong for done, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("state", NAMED.values(), ids=NAMED)
def test_each_control_is_a_method_of_every_state(state: type[State]) -> None:
    assert [control for control in Control if not callable(getattr(state, control.value, None))] == []


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("fresh") and path != IN_OTHER_WORDS])
def test_repeat_says_the_question_again_and_changes_nothing(path: str) -> None:
    session, reply = after(*PATHS[path])
    again = do(session, Control.REPEAT)
    assert again.session == session
    assert again.reply.ask == reply.ask
    assert set(keys(again.reply)) <= set(keys(reply))


def test_repeat_reads_all_back_again_also_after_a_miss() -> None:
    again = do(after(*PATHS[IN_OTHER_WORDS]).session, Control.REPEAT)
    assert keys(again.reply) == keys(after(*PATHS["read-back"]).reply)


TURN = st.one_of(
    st.sampled_from(TURNS),
    st.lists(st.sampled_from(ACTS), max_size=4).map(tuple),
    st.lists(st.sampled_from(ACTS), max_size=3).map(lambda acts: Heard(acts=tuple(acts), unaccounted=("blorp",))),
)
TAKES_BACK = {Control.BACK, Control.RESTART, Control.OPEN, Control.CHECK, Correction.TO_NO}


def _acts(done: Done) -> tuple[object, ...]:
    match done:
        case Heard(acts=acts):
            return acts
        case tuple():
            return done
        case act:
            return (act,)


@given(st.sampled_from(sorted(PATHS)), st.lists(TURN, max_size=12))
def test_any_conversation_keeps_what_was_said_and_always_has_a_way_out(path: str, turns: list[Done]) -> None:
    session = after(*PATHS[path]).session
    for done in turns:
        before = assess(PROTOCOL, session.answers).level
        questions_again = isinstance(session.state, states.Correcting | states.OfferingCheck | states.Fresh)
        turned = do(session, done)
        session = turned.session
        assert list(faults(turned)) == []
        if not TAKES_BACK & set(_acts(done)) and not questions_again:
            assert assess(PROTOCOL, session.answers).level >= before
        if turned.reply.ends:
            return
    assert do(session, STOP).reply.ends


def test_a_thousand_turns_of_anything_stay_small() -> None:
    chance = random.Random(20)  # noqa: S311 the same turns each time
    session, largest = Session(), 0
    for _ in range(1_000):
        turned = do(session, tuple(chance.choices(ACTS, k=chance.randint(1, 4))))
        assert list(faults(turned)) == []
        largest = max(largest, len(json.dumps(turned.session.to_attributes(UPPER_BACK_GUIDE))))
        session = Session() if turned.reply.disposition is Level.EMERGENCY else turned.session
    assert largest < LARGEST_SESSION


def test_a_thousand_turns_of_the_same_stay_small() -> None:
    everything = tuple(PROTOCOL.question_of)
    most: list[Done] = [
        Trend.BETTER,
        (deny(*everything), unclear(*everything)),
        (report(*(limit.id for limit in PROTOCOL.limits)), Trend.WORSE, doubt(*everything[-2:]), Lasted(60)),
        MUMBLED,
    ]
    for done in most:
        session = after(*HOME_CARE).session
        for _ in range(1_000):
            session = do(session, done).session
        assert len(json.dumps(session.to_attributes(UPPER_BACK_GUIDE))) < LARGEST_SESSION, done


def test_many_turns_of_any_one_act_stay_small() -> None:
    for done in TURNS:
        session = after(*HOME_CARE).session
        for _ in range(40):
            session, reply = do(session, done)
            if reply.ends:
                break
        assert len(json.dumps(session.to_attributes(UPPER_BACK_GUIDE))) < LARGEST_SESSION, done


def test_a_thousand_answers_to_and_fro_stay_small() -> None:
    chance = random.Random(21)  # noqa: S311 the same turns each time
    ids = list(PROTOCOL.question_of)
    session = after(*HOME_CARE).session
    for _ in range(1_000):
        id_ = chance.choice(ids)
        turn = unclear(id_) if id_ in assess(PROTOCOL, session.answers).absent else deny(id_)
        session = do(session, turn).session
    assert len(json.dumps(session.to_attributes(UPPER_BACK_GUIDE))) < LARGEST_SESSION


@pytest.mark.parametrize("path", PATHS)
def test_a_session_holds_no_prompt_and_no_words(path: str) -> None:
    prompts = {prompt.key for prompt in say.every_prompt(UPPER_BACK_GUIDE)}
    values = list(_strings(after(*PATHS[path]).session.to_attributes(UPPER_BACK_GUIDE)))
    assert [value for value in values if value in prompts or re.search(r"[\s.]", value)] == []


def _strings(value: object) -> Iterator[str]:
    """Yield each string in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


# --- Sessions that nobody's conversation made

GOOD = after(OPEN, Answer.NO).session.to_attributes(UPPER_BACK_GUIDE)
EMERGENCY = [{"present": ["chest_pain"]}]
DENIED = [{"question": asked.id, "answer": "no", "about": list(asked.ids)} for asked in PROTOCOL.questions]


NO_SESSION: list[Any] = [None, [], "x", 7, {}, {"version": 0}, {"version": VERSION}, {"version": "1e999"}]


@pytest.mark.parametrize("attributes", NO_SESSION, ids=repr)
def test_what_holds_no_session_is_a_new_one(attributes: object) -> None:
    assert Session.from_attributes(attributes, UPPER_BACK_GUIDE) == Session()


STATES_THAT_CANNOT_BE_READ: list[Any] = [
    *(None, [], "asking", {}, {"name": "ufo"}, {"name": []}, {"name": "guiding"}, {"name": "telling"}),
    *({"name": "guiding", "step": step} for step in ("1", None, 1.5, True, float("inf"), float("nan"), [0])),
    *({"name": "guiding", "step": 0, "slow": slow} for slow in (1, "yes", None)),
    *({"name": "telling", "topic_id": 7, "part": 1}, {"name": "asking", "focus": {}}, {"name": "hurting", "step": "0"}),
]


@pytest.mark.parametrize("state", STATES_THAT_CANNOT_BE_READ, ids=repr)
def test_a_state_that_cannot_be_read_is_worked_out_of_the_answers(state: object) -> None:
    session = Session.from_attributes({**GOOD, "state": state}, UPPER_BACK_GUIDE)
    assert session.answers == after(OPEN, Answer.NO).session.answers
    assert keys(do(session, Control.REPEAT).reply) == keys(after(OPEN, Answer.NO, Control.REPEAT).reply)


ANSWERS_THAT_CANNOT_BE_READ: list[Any] = [
    *(None, 7, "no", [], {}, {"question": "ufo", "answer": "no"}, {"question": [], "answer": "no"}),
    *({"question": "heart_lungs", "answer": "perhaps"}, {"question": "heart_lungs", "answer": []}),
    *({"question": "heart_lungs", "answer": None}, {"question": "heart_lungs", "answer": float("inf")}),
    {"question": "heart_lungs", "answer": "no"},  # of a question that may have asked about something else
    *({"absent": ["ufo"]}, {"doubted": ["child"]}, {"unclear": ["child"]}, {"softly_absent": ["child"]}),
    *({"present": present} for present in (7, "chest_pain", [["chest_pain"]], ["Chest pain"], [float("nan")])),
]


@pytest.mark.parametrize("answer", ANSWERS_THAT_CANNOT_BE_READ, ids=repr)
def test_an_answer_that_cannot_be_read_is_dropped_and_the_others_are_kept(answer: object) -> None:
    for answers in ([answer, *EMERGENCY], [*EMERGENCY, answer]):
        session = Session.from_attributes({**GOOD, "answers": answers}, UPPER_BACK_GUIDE)
        assert do(session, Control.HELP).reply.disposition is Level.EMERGENCY
    session = Session.from_attributes({**GOOD, "answers": [answer]}, UPPER_BACK_GUIDE)
    assert assess(PROTOCOL, session.answers) == assess(PROTOCOL, ())


@pytest.mark.parametrize("misses", ["x", None, [], 1.5, True, float("inf"), float("nan"), -1, "9" * 5_000], ids=repr)
def test_a_number_that_cannot_be_read_is_zero(misses: object) -> None:
    assert Session.from_attributes({**GOOD, "misses": misses}, UPPER_BACK_GUIDE).misses == 0


@pytest.mark.parametrize("told", [None, 7, ["ufo"], "rest", [["rest"]], {"rest": 1}], ids=repr)
def test_topics_that_cannot_be_read_are_dropped(told: object) -> None:
    assert Session.from_attributes({**GOOD, "told": told}, UPPER_BACK_GUIDE).told == frozenset()


STATES = st.one_of(
    st.sampled_from([{"name": name} for name in NAMED]),
    st.builds(lambda step, slow: {"name": "guiding", "step": step, "slow": slow}, st.integers(), st.booleans()),
    st.builds(lambda step: {"name": "hurting", "step": step}, st.none() | st.integers()),
    st.builds(
        lambda topic, part: {"name": "telling", "topic_id": topic, "part": part},
        st.sampled_from([*(topic.id for topic in CARE.topics), "ufo"]),
        st.integers(-1, 3),
    ),
    st.builds(
        lambda plain, singly, focus: {"name": "asking", "in_plain_words": plain, "singly": singly, "focus": focus},
        st.booleans(),
        st.booleans(),
        st.sampled_from([None, "chest_pain", "child", "ufo"]),
    ),
)
FINDING_LISTS = st.lists(st.sampled_from([*sorted(PROTOCOL.finding), "ufo"]), max_size=3)
EVIDENCE = st.fixed_dictionaries(
    {},
    optional={
        "question": st.sampled_from([question.id for question in PROTOCOL.questions]),
        "answer": st.sampled_from([answer.value for answer in Answer]),
        **dict.fromkeys(("present", "absent", "softly_absent", "doubted", "unclear", "about"), FINDING_LISTS),
        "level": st.integers(-1, 5),
    },
)
ANSWERS = st.one_of(
    st.lists(EVIDENCE, max_size=6),
    st.sampled_from([EMERGENCY, DENIED, [*DENIED, *EMERGENCY], DENIED[:-1], [*DENIED[:-1], {"present": ["fever"]}]]),
)
CRAFTED = st.fixed_dictionaries(
    {
        "version": st.just(VERSION),
        "state": STATES,
        "answers": ANSWERS,
        "misses": st.integers(),
        "told": st.lists(st.sampled_from([topic.id for topic in CARE.topics])),
        "unplaced": st.booleans() | st.just("yes"),
    },
    optional={"asked": st.fixed_dictionaries({"about": FINDING_LISTS | st.just(["ufo"]), "level": st.integers(-1, 5)})},
)


@given(CRAFTED, st.lists(TURN, min_size=1, max_size=4))
def test_a_crafted_session_gets_a_fitting_reply_to_anything(attributes: dict[str, Any], turns: list[Done]) -> None:
    session = Session.from_attributes(attributes, UPPER_BACK_GUIDE)
    assert 0 <= session.misses <= MOST_MISSES
    session.expecting(Turn(guide=UPPER_BACK_GUIDE, session=session))
    for done in turns:
        turned = do(session, done)
        assert list(faults(turned)) == []
        session = turned.session


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_any_json_in_place_of_a_session_starts_politely(value: Any) -> None:
    for attributes in (value, {**GOOD, "state": value}, {**GOOD, "answers": value}, {**GOOD, "told": value}):
        session = Session.from_attributes(attributes, UPPER_BACK_GUIDE)
        assert keys(do(session, OPEN).reply) == keys(after(OPEN).reply)


@cache
def _emergency_sessions() -> list[Session]:
    stored = [after(*path).session.to_attributes(UPPER_BACK_GUIDE)["state"] for path in PATHS.values()]
    crafted = [{**GOOD, "state": state, "answers": [*DENIED, *EMERGENCY]} for state in stored]
    sessions = [Session.from_attributes(attributes, UPPER_BACK_GUIDE) for attributes in crafted]
    return list({repr(session.state): session for session in sessions}.values())


LEAVES = {Control.STOP, Control.RESTART, Control.BACK, Control.OPEN}


def test_a_session_that_came_to_an_emergency_tells_it_again() -> None:
    calls = {say.disposition(Level.EMERGENCY, "do").key, say.CRISIS_CARE.key}
    for done in (done for done in TURNS if not LEAVES & set(_acts(done))):
        for session in _emergency_sessions():
            reply = do(session, done).reply
            assert keys(reply)[0] in calls, done
            assert reply.ends, done


@pytest.mark.parametrize("control", sorted(LEAVES))
def test_an_emergency_is_left_by_what_leaves_it_alone(control: Control) -> None:
    once_more = Session.from_attributes({**GOOD, "answers": [*EMERGENCY, *DENIED]}, UPPER_BACK_GUIDE)
    if control is Control.BACK:
        assert do(once_more, control).reply.disposition is Level.EMERGENCY
    for session in _emergency_sessions():
        for beside in ((), (Answer.YES,), (Answer.NO,)):
            turned = converse(UPPER_BACK_GUIDE, session, (control, *beside))
            assert keys(turned.reply)[0] not in {"ready.list", say.disposition(Level.EMERGENCY, "do").key}
        assert do(session, (control, report("chest_pain"))).reply.disposition is Level.EMERGENCY
