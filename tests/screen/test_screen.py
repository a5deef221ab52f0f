"""Every reply has a screen that shows what is spoken, and what is touched on it is what its word means."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talking import (
    ALL_NO,
    DOCTOR,
    DOCTOR_TODAY,
    HOME_CARE,
    NO,
    OPEN,
    PATHS,
    STOP,
    TURNS,
    UNSURE,
    YES,
    Turns,
    about,
    after,
    deny,
    do,
    report,
)

from skill.acts import Act, Answer, Call, Control, Lasted, Report, Unclear
from skill.dialog import states
from skill.dialog.session import Session
from skill.dialog.turn import Turn, Turned
from skill.hearing.hear import hear
from skill.prompts.catalogue import load, without_numbers
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.screen import touch
from skill.screen.model import KINDS, Checklist, Choice, Crisis, Emergency, Farewell, Question, Result, Screen
from skill.screen.show import show
from skill.screen.words import Json, in_words

WORDS = load("en-US")
PROTOCOL = UPPER_BACK_GUIDE.protocol

ENDS: dict[str, Turns] = {
    "an emergency": (OPEN, report("chest_pain")),
    "an emergency after a fall": (OPEN, report("injury", "weakness")),
    "an ambulance is asked for": (OPEN, NO, Call.EMERGENCY),
    "a crisis": (OPEN, Call.CRISIS),
    "stopped in the check": (OPEN, STOP),
    "stopped after home care": (*HOME_CARE, STOP),
    "a doctor, with a limit of the protocol": (*ALL_NO[:-1], report("child"), NO),
}
EVERYWHERE = {path: turns for path, turns in (PATHS | ENDS).items() if turns}


def shown(*turns: object) -> Screen:
    return show(UPPER_BACK_GUIDE, after(*turns))  # type: ignore[arg-type]


def told(*turns: object) -> Json:
    return in_words(shown(*turns), WORDS)


def choices_of(screen: Screen) -> Iterator[Choice]:
    """Yield all that can be touched on ``screen``."""
    if isinstance(screen, Emergency | Crisis | Farewell):
        return
    yield from (*screen.pending.answers, *screen.pending.named, *screen.pending.controls)
    if isinstance(screen, Checklist):
        yield from (item.correction for item in screen.items)


def test_the_paths_lead_to_every_kind_of_screen() -> None:
    assert {shown(*turns).kind for turns in EVERYWHERE.values()} == set(KINDS)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_screen_asks_what_is_spoken_and_can_be_touched_if_and_only_if_something_is_asked(path: str) -> None:
    turned = after(*EVERYWHERE[path])
    screen = show(UPPER_BACK_GUIDE, turned)
    if turned.reply.ends:
        assert list(choices_of(screen)) == []
    else:
        assert not isinstance(screen, Emergency | Crisis | Farewell)
        assert screen.pending.ask == turned.reply.ask
        assert list(choices_of(screen))


@pytest.mark.parametrize("path", EVERYWHERE)
def test_what_a_screen_says_in_sentences_is_spoken_or_on_the_card(path: str) -> None:
    turned = after(*EVERYWHERE[path])
    reply = turned.reply
    card = [prompt for paragraph in reply.card.paragraphs for prompt in paragraph] if reply.card else []
    state = turned.session.state.tell(Turn(guide=UPPER_BACK_GUIDE, session=turned.session))
    spoken = WORDS.text((*reply.say, *reply.ask, *card, *state))
    screen = in_words(show(UPPER_BACK_GUIDE, turned), WORDS)
    sentences = [
        *(
            line
            for section in screen["sections"]
            if section["id"] not in ("absent", "doubted")
            for line in section["lines"]
        ),
        *screen.get("lead", ()),
        *(cue["text"] for cue in screen.get("cues", ())),
    ]
    assert sentences or screen["ask"]
    assert [sentence for sentence in sentences if sentence not in spoken] == []


@pytest.mark.parametrize("path", EVERYWHERE)
def test_everything_spoken_is_on_the_screen_unless_it_is_said_in_passing(path: str) -> None:
    turned = after(*EVERYWHERE[path])
    screen = json.dumps(in_words(show(UPPER_BACK_GUIDE, turned), WORDS), ensure_ascii=False)
    passing = {
        "ask.okay",
        "outcomes.emergency.again",
        "readback.no",  # the same findings, question by question
        "readback.softly",
        "ask.all_right",
        "ask.good",
        "guided.done",
        "clinic.name",
    }
    keys = [prompt for prompt in (*turned.reply.say, *turned.reply.ask) if prompt.key not in passing]
    heard = [sentence for prompt in keys for sentence in WORDS.said([prompt]) if "[" not in sentence]
    assert [sentence for sentence in heard if sentence not in screen] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_touch_travels_as_a_short_list_and_comes_back_as_its_act(path: str) -> None:
    for choice in choices_of(shown(*PATHS[path])):
        sent = json.loads(json.dumps(touch.arguments(choice.act)))
        assert touch.act_of(sent, UPPER_BACK_GUIDE) == choice.act


@pytest.mark.parametrize(
    "sent",
    [[], ["yes", "no"], ["dance"], ["topic"], ["topic", "nothing"], ["report"], ["report", "x"], ["unclear", "child"]],
)
def test_a_touch_that_no_screen_offers_puts_the_question_again(sent: list[str]) -> None:
    assert touch.act_of(sent, UPPER_BACK_GUIDE) is Control.REPEAT


def test_an_act_that_no_screen_offers_has_no_touch() -> None:
    with pytest.raises(TypeError, match="cannot be touched"):
        touch.arguments(Lasted(3))


AS_WRITTEN_ONLY = {"three days without relief", "more than three weeks of pain", "weak bones or immune system"} | {
    f"pain that {what}" for what in ("rest does not ease", "stops your normal day", "is getting worse")
}
"""Names of findings that are written for a list. Said by themselves they come to more, or to a question by name."""


@pytest.mark.parametrize("path", PATHS)
def test_the_word_on_what_is_touched_means_the_same_when_it_is_said(path: str) -> None:
    """The lines of the read-back are the exception: to touch one asks about it again, to say one denies it again."""
    turned = after(*PATHS[path])
    expecting = turned.session.expecting(Turn(guide=UPPER_BACK_GUIDE, session=turned.session))
    acts = {
        WORDS.text([choice.label]): choice.act
        for choice in choices_of(show(UPPER_BACK_GUIDE, turned))
        if not isinstance(choice.act, Unclear)
    }
    heard = {label: hear(label, expecting).acts for label in acts.keys() - AS_WRITTEN_ONLY}
    assert {label: found for label, found in heard.items() if acts[label] not in found} == {}


@given(st.sampled_from(sorted(PATHS)), st.lists(st.sampled_from(TURNS), max_size=4))
def test_whatever_is_done_there_is_a_screen_and_each_touch_on_it_is_answered(path: str, turns: list[object]) -> None:
    turned = after(*PATHS[path], *turns)  # type: ignore[arg-type]
    screen = show(UPPER_BACK_GUIDE, turned)
    assert json.loads(json.dumps(in_words(screen, WORDS)))["kind"] in KINDS
    for choice in choices_of(screen):
        assert do(turned.session, choice.act).reply.say or do(turned.session, choice.act).reply.ask


def test_a_question_names_the_findings_that_are_still_open_and_no_others() -> None:
    assert _named(OPEN) == ["Chest pain", "Trouble breathing"]
    assert _named(OPEN, NO, deny("jaw_pain")) == ["Sweating more than usual", "Feeling sick to your stomach"]
    assert _named(OPEN, deny("chest_pain")) == []  # one finding is left, and yes names it


def test_a_correction_names_what_was_denied_and_first_what_was_denied_with_a_doubt() -> None:
    turns = (OPEN, NO, Answer.SOFT_NO, *ALL_NO[2:], NO)
    names = _named(*turns)
    assert names[:4] == ["Sweating more than usual", "Feeling sick to your stomach", "Jaw pain", "Chest pain"]
    assert len(names) == len(PROTOCOL.findings)


def test_the_topics_that_can_be_touched_are_those_that_are_offered() -> None:
    turned = after(*HOME_CARE, Control.WHAT_ELSE)
    screen = in_words(show(UPPER_BACK_GUIDE, turned), WORDS)
    assert [choice["label"] for choice in screen["named"]] == ["Heat and ice", "Stretching", "Rest", "Pain medicine"]
    assert screen["answers"] == []


@pytest.mark.parametrize(("turns", "offered"), [((OPEN,), False), ((OPEN, NO), True), (HOME_CARE, True)])
def test_going_back_is_offered_where_there_is_an_answer_to_take_back(turns: Turns, offered: bool) -> None:
    assert ("Go back" in _labels(told(*turns)["controls"])) is offered


@pytest.mark.parametrize(("turns", "offered"), [(HOME_CARE, True), (DOCTOR, False), (DOCTOR_TODAY, False)])
def test_guided_relief_is_offered_after_home_care_only(turns: Turns, offered: bool) -> None:
    assert ("Guide me" in _labels(told(*turns)["controls"])) is offered


def test_progress_is_the_number_that_help_tells() -> None:
    for count in range(len(PROTOCOL.questions)):
        turned = after(OPEN, *[NO] * count)
        screen = show(UPPER_BACK_GUIDE, turned)
        assert isinstance(screen, Question)
        assert screen.progress
        spoken = WORDS.text(do(turned.session, Control.HELP).reply.say)
        assert f"question {screen.progress.number} of" in spoken
        assert screen.progress.number == count + 1


def test_a_line_of_the_read_back_that_is_touched_is_asked_about_again_finding_by_finding() -> None:
    read = after(*ALL_NO)
    line = next(item for item in _checklist(read).items if "numbness" in WORDS.text([item.line]))
    asked = do(read.session, line.correction.act)
    assert asked.session.state == states.Asking(focus=line.correction.act.findings[0])  # type: ignore[union-attr]
    assert shown(*ALL_NO, line.correction.act, YES).kind == "emergency"
    assert shown(*ALL_NO, line.correction.act, NO, NO).kind == "checklist"


def test_the_read_back_is_shown_in_the_order_in_which_it_is_read() -> None:
    turned = after(OPEN, Answer.SOFT_NO, *ALL_NO[1:])
    spoken = [key for prompt in turned.reply.say for key in prompt.names]
    checklist = _checklist(turned)
    assert [key for item in checklist.items for key in item.line.names] == spoken
    assert [item.softly for item in checklist.items] == [False] * 9 + [True]


def test_an_emergency_shows_the_number_the_reasons_and_what_not_to_do() -> None:
    screen = told(OPEN, report("chest_pain"))
    assert screen["title"] == "Call 911 now"
    assert screen["calls"] == [{"label": "911", "number": "911"}]
    lines = [line for section in screen["sections"] for line in section["lines"]]
    assert "You told me about chest pain." in lines
    assert "Do not drive yourself." in lines


def test_an_emergency_that_was_called_for_gives_no_reason_that_nobody_gave() -> None:
    assert "because" not in [section["id"] for section in told(OPEN, NO, Call.EMERGENCY)["sections"]]


def test_where_no_number_is_known_none_can_be_dialled() -> None:
    screen = in_words(shown(OPEN, report("chest_pain")), without_numbers(WORDS))
    assert screen["calls"] == [{"label": "your local emergency number", "number": None}]
    crisis = in_words(shown(OPEN, Call.CRISIS), without_numbers(WORDS))
    assert [call["number"] for call in crisis["calls"]] == [None, None]


def test_a_crisis_shows_both_lines() -> None:
    assert [call["number"] for call in told(OPEN, Call.CRISIS)["calls"]] == ["988", "911"]


def test_a_result_says_what_was_told_and_what_was_denied_and_by_which_rules() -> None:
    screen = shown(*ALL_NO[:-2], report("severe_limiting"))
    assert isinstance(screen, Result)
    result = in_words(screen, WORDS)
    sections = {section["id"]: section["lines"] for section in result["sections"]}
    assert result["kind"] == "doctor"
    assert result["protocol"] == PROTOCOL.version
    assert sections["because"][0] == "You told me about pain that stops your normal day."
    assert "Chest pain" in sections["absent"]
    assert "Pain that stops your normal day" not in sections["absent"]


def test_what_was_denied_with_a_doubt_stands_by_itself_in_the_result() -> None:
    sections = {section["id"]: section["lines"] for section in told(OPEN, Answer.SOFT_NO, *ALL_NO[1:], YES)["sections"]}
    assert sections["doubted"] == ["Chest pain", "Trouble breathing"]
    assert not set(sections["doubted"]) & set(sections["absent"])


def test_nothing_is_counted_while_something_else_than_the_step_is_spoken() -> None:
    turns = (*HOME_CARE, Control.GUIDE, Control.MORE)
    assert told(*turns)["counts"] == 8
    for aside in (Control.WHY, Control.HELP, Control.LOUDER):
        screen = told(*turns, aside)
        assert (screen["kind"], screen["cues"], screen["counts"]) == ("step", [], None)
    gentler = told(*turns, Control.HURTS, NO)
    assert (gentler["kind"], gentler["cues"]) == ("step", [])
    assert told(*turns, Control.REPEAT)["cues"] == told(*turns)["cues"]


def test_the_same_session_has_the_same_token_and_another_one_another() -> None:
    first, second = after(OPEN).session, after(OPEN, NO).session
    again = Session.from_attributes(json.loads(json.dumps(first.to_attributes(UPPER_BACK_GUIDE))), UPPER_BACK_GUIDE)
    assert touch.token(first) == touch.token(again)
    assert touch.token(first) != touch.token(second)
    assert all(id_ not in touch.token(after(*HOME_CARE).session) for id_ in PROTOCOL.finding)


def test_not_sure_is_offered_where_it_is_an_answer_of_its_own() -> None:
    assert _labels(told(OPEN)["answers"]) == ["Yes", "No", "Not sure"]
    assert _labels(told(OPEN, UNSURE)["answers"]) == ["Yes", "No", "Not sure"]
    assert _labels(told(*ALL_NO)["answers"]) == ["Yes", "No"]


def test_a_topic_shows_which_part_it_is() -> None:
    screen = told(*HOME_CARE, about("heat_ice"))
    assert screen["title"] == "Heat and ice"
    assert screen["progress"] == {"number": 1, "of": 2, "label": "Part 1 of 2"}


def _named(*turns: object) -> list[str]:
    return _labels(told(*turns)["named"])


def _labels(choices: list[Json]) -> list[str]:
    return [choice["label"] for choice in choices]


def _checklist(turned: Turned) -> Checklist:
    screen = show(UPPER_BACK_GUIDE, turned)
    assert isinstance(screen, Checklist)
    return screen


def test_a_report_is_one_finding_so_that_the_reason_names_it() -> None:
    acts: list[Act] = [choice.act for choice in choices_of(shown(OPEN, NO))]
    assert [act for act in acts if isinstance(act, Report) and len(act.findings) != 1] == []
