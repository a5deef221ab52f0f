"""Two protocols take turns in one session: what one asks and confirms counts for the other, and nothing else does."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from talking import NO, SOFT_NO, UNSURE, YES

from skill.acts import Act, Answer, Control
from skill.dialog import states
from skill.dialog.conversation import converse
from skill.dialog.reply import Reply
from skill.dialog.session import Session
from skill.dialog.stored_answers import MOST_FOREIGN
from skill.dialog.turn import Turn
from skill.engine.triage import assess
from skill.prompts import constructors as say
from skill.protocol.guide import UPPER_BACK_GUIDE, Guide
from skill.protocol.model import Finding, FindingId, Ground, Level, Protocol, Question, QuestionId
from skill.protocol.upper_back import UPPER_BACK

LONGEST = 120
"""Turns within which an interview is over, however often the protocol changes."""


def _finding(id_: str, level: Level) -> Finding:
    return Finding(id=FindingId(id_), level=level, ground=Ground.BEYOND, sources=(), description="Made up.")


NEW = (_finding("new_pulse", Level.EMERGENCY), _finding("new_sight", Level.EMERGENCY))
LATER = (_finding("new_itch", Level.DOCTOR_TODAY),)
_FIRST, _SECOND, *_OTHERS = UPPER_BACK.questions


def _asked(id_: str, findings: tuple[Finding, ...]) -> Question:
    return Question(id=QuestionId(id_), findings=findings, unsure_counts_as_yes=True, rationale="Made up.")


_QUESTIONS = (
    _FIRST,
    _asked("new_vessel", NEW),
    # The same id, and it asks about another finding.
    replace(_SECOND, findings=_SECOND.findings[:1]),
    _asked("new_signs", _SECOND.findings[1:]),
    *_OTHERS[:3],
    _asked("new_skin", LATER),
    *_OTHERS[3:],
)
NEWER = Guide(
    protocol=replace(UPPER_BACK, version="9.0.0", findings=(*UPPER_BACK.findings, *NEW, *LATER), questions=_QUESTIONS),
    care=UPPER_BACK_GUIDE.care,
)
"""The guide of a release that asks more, and asks about other findings under the same id."""

FINDINGS = sorted(finding.id for finding in NEWER.protocol.findings)


def turned(attributes: dict[str, Any], guide: Guide, *acts: Act) -> tuple[dict[str, Any], Reply]:
    """Return the attributes and the reply after one turn with the release that has ``guide``."""
    session = Session.from_attributes(json.loads(json.dumps(attributes)), guide)
    session, reply = converse(guide, session, acts)
    return session.to_attributes(guide), reply


def _interview(has: str | None, chance: random.Random) -> tuple[Reply, set[str], list[str]]:
    """Hold an interview with somebody who has one finding, and return the result, what was denied, and faults."""
    attributes, reply = turned({}, chance.choice((UPPER_BACK_GUIDE, NEWER)), Control.OPEN)
    denied: set[str] = set()
    faults: list[str] = []
    for _ in range(LONGEST):
        asked = attributes.get("asked", {"about": [], "level": 0})
        is_there = has in asked["about"]
        answer: Answer = YES if is_there or not asked["about"] else NO
        if answer is NO:
            denied.update(asked["about"])
        guide = chance.choice((UPPER_BACK_GUIDE, NEWER))
        attributes, reply = turned(attributes, guide, answer)
        if is_there and asked["level"] == Level.EMERGENCY and reply.disposition is not Level.EMERGENCY:
            faults.append(f"a yes to {asked['about']} came to {reply}")
        if say.WELCOME in reply.say:
            faults.append(f"{answer} to {asked} was answered with the welcome")
        for each in (UPPER_BACK_GUIDE, NEWER):
            session = Session.from_attributes(attributes, each)
            if never := assess(each.protocol, session.answers).absent - denied:
                faults.append(f"{sorted(never)} counts as denied, and nobody denied it")
        if reply.disposition is not None:
            return reply, denied, faults
    return reply, denied, [*faults, "it did not come to an end"]


@pytest.mark.parametrize("has", [None, *FINDINGS])
def test_two_protocols_taking_turns_lose_nothing_and_invent_nothing(has: str | None) -> None:
    chance = random.Random(f"{has}")  # noqa: S311 no secret
    for _ in range(12):
        reply, denied, faults = _interview(has, chance)
        assert faults == []
        if has is None:
            assert reply.disposition is Level.SELF_CARE
            assert denied >= {finding.id for finding in UPPER_BACK.findings}
        elif has in UPPER_BACK.finding:
            level = max(each.finding[FindingId(has)].level for each in (UPPER_BACK, NEWER.protocol))
            assert reply.disposition is level


def _asking(protocol: Protocol, question: Question) -> dict[str, Any]:
    """Return the attributes of the newer release, in which everything before ``question`` was denied."""
    attributes, _ = turned({}, NEWER, Control.OPEN)
    while attributes["asked"]["about"] != list(question.ids):
        attributes, _ = turned(attributes, NEWER, NO)
    assert protocol is NEWER.protocol
    return attributes


@pytest.mark.parametrize("beside", [(), (Control.WHY,), (Control.REPEAT,)], ids=repr)
def test_a_yes_to_an_emergency_that_is_not_known_is_an_emergency(beside: tuple[Act, ...]) -> None:
    attributes = _asking(NEWER.protocol, NEWER.protocol.questions[1])
    _, reply = turned(attributes, UPPER_BACK_GUIDE, YES, *beside)
    assert (reply.disposition is Level.EMERGENCY) == (not beside)
    assert say.WELCOME not in reply.say


def test_a_second_doubt_about_what_is_not_known_counts_as_a_yes() -> None:
    attributes = _asking(NEWER.protocol, NEWER.protocol.questions[1])
    attributes, once = turned(attributes, UPPER_BACK_GUIDE, UNSURE)
    assert once.disposition is None
    attributes, asked = turned(attributes, NEWER, Control.REPEAT)
    assert asked.disposition is None
    assert turned(attributes, UPPER_BACK_GUIDE, UNSURE)[1].disposition is Level.EMERGENCY


def test_what_is_not_known_is_denied_once_for_both() -> None:
    attributes = _asking(NEWER.protocol, NEWER.protocol.questions[1])
    attributes, _ = turned(attributes, UPPER_BACK_GUIDE, NO)
    for guide in (UPPER_BACK_GUIDE, NEWER, UPPER_BACK_GUIDE):
        attributes, _ = turned(attributes, guide, Control.REPEAT)
    known = assess(NEWER.protocol, Session.from_attributes(attributes, NEWER).answers)
    assert known.absent >= {finding.id for finding in NEW}


def test_a_soft_no_to_what_another_release_asked_is_asked_about_by_name() -> None:
    attributes, _ = turned({}, UPPER_BACK_GUIDE, Control.OPEN)
    attributes, _ = turned(attributes, UPPER_BACK_GUIDE, NO)
    before = attributes["asked"]["about"]
    attributes, reply = turned(attributes, NEWER, SOFT_NO)  # it has a question of its own before these
    assert say.TO_BE_SURE in reply.say
    for _ in range(LONGEST):
        attributes, _ = turned(attributes, NEWER, NO)
        if attributes["state"]["name"] == states.ReadingBack.name:
            break
    else:
        pytest.fail("it did not come to an end")
    known = assess(NEWER.protocol, Session.from_attributes(attributes, NEWER).answers)
    assert known.absent >= set(before)


def test_a_level_is_kept_of_what_is_not_known_until_the_check_begins_again() -> None:
    itch = [{"present": ["new_itch"], "level": int(Level.DOCTOR_TODAY)}]
    noes = [{"question": asked.id, "answer": "no", "about": list(asked.ids)} for asked in UPPER_BACK.questions]
    session = Session.from_attributes({"version": 4, "answers": [*noes, *itch]}, UPPER_BACK_GUIDE)
    assert Turn(guide=UPPER_BACK_GUIDE, session=session).level is Level.DOCTOR_TODAY
    again, _ = turned(session.to_attributes(UPPER_BACK_GUIDE), UPPER_BACK_GUIDE, Control.RESTART)
    assert again["answers"] == []


@pytest.mark.parametrize("level", [None, "3", True, 1.0, 9, -1], ids=repr)
def test_a_finding_that_is_not_known_and_has_no_level_is_too_urgent_for_home_care(level: object) -> None:
    session = Session.from_attributes({"answers": [{"present": ["ufo"], "level": level}]}, UPPER_BACK_GUIDE)
    assert Turn(guide=UPPER_BACK_GUIDE, session=session).assessment.level is Level.DOCTOR


def test_a_yes_to_a_question_of_an_unknown_state_confirms_nothing() -> None:
    attributes, _ = turned({}, UPPER_BACK_GUIDE, Control.OPEN)
    for _ in UPPER_BACK.questions:
        attributes, _ = turned(attributes, UPPER_BACK_GUIDE, NO)
    attributes["state"] = {"name": "offering_something_new"}
    attributes, reply = turned(attributes, UPPER_BACK_GUIDE, YES)
    assert attributes["state"]["name"] == states.ReadingBack.name
    assert reply.disposition is None


@pytest.mark.parametrize("level", [*range(4)])
def test_more_than_a_release_stores_is_cut_to_the_most_urgent(level: int) -> None:
    many: list[dict[str, Any]] = [{"absent": [f"ufo_{number}"]} for number in range(4_000)]
    answers = [*many, {"present": ["ufo"], "level": level}, *many]
    session = Session.from_attributes({"answers": answers}, UPPER_BACK_GUIDE)
    assert session.foreign
    assert session.foreign.level == level
    assert len(session.foreign.answers) <= MOST_FOREIGN
