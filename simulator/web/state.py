"""The session in words, and the place in the flowchart, for whoever looks behind the page."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from skill.adapters.alexa.render import words_for
from skill.dialog.conversation import fitting
from skill.dialog.session import Session
from skill.dialog.states import Asking, ClearingUp, Correcting, Fresh, ReadingBack, State
from skill.dialog.turn import Turn
from skill.engine.triage import Ask
from skill.prompts import constructors
from skill.protocol.guide import Guide
from skill.protocol.model import FindingId, Level

READBACK = "readback"
"""The place in the flowchart where everything is read back before home care."""


def state_in_words(attributes: object, locale: str, guide: Guide) -> dict[str, Any]:
    """Return the session in ``attributes``: ``lines`` in words, ``place`` in the flowchart, ``settled`` questions."""
    guide = guide.of_region(locale.partition("-")[2])
    session = Session.from_attributes(attributes, guide)
    turn = Turn(guide=guide, session=session)
    state = session.state if session.state.fits(turn) else fitting(turn)
    if isinstance(state, Fresh):
        return {"lines": ["No session: nothing is remembered."], "place": None, "settled": {}}
    return {"lines": list(_lines(turn, state, locale)), "place": _place(turn, state), "settled": _settled(turn)}


def _lines(turn: Turn, state: State, locale: str) -> Iterator[str]:
    session, known, order = turn.session, turn.assessment, list(turn.guide.protocol.finding)
    yield _standing(turn, state)
    if isinstance(state, Asking):
        yield f"Asked about now: {_names(state.pending(turn), locale, turn.guide)}."
    yield f"Said to be there: {_names(_confirmed(turn), locale, turn.guide)}."
    yield f"Said not to be there: {_names(sorted(known.absent, key=order.index), locale, turn.guide)}."
    yield f"Turns not understood in a row: {session.misses}."
    if known.unsure_once:
        yield f"Not sure once: {', '.join(sorted(known.unsure_once))}."
    if known.softly_once:
        yield f"A soft no once: {', '.join(sorted(known.softly_once))}."
    if session.unplaced:
        yield "Words are not accounted for: this is cleared up before home care."
    if session.told:
        yield f"Topics told: {', '.join(sorted(session.told))}."


def _standing(turn: Turn, state: State) -> str:
    if turn.level is Level.EMERGENCY:
        return "The emergency was told, which ends the session."
    asked = turn.next
    if isinstance(state, Asking) and isinstance(asked, Ask):
        questions = turn.guide.protocol.questions
        return f"Asking question {questions.index(asked.question) + 1} of {len(questions)}: {asked.question.id}."
    data = [f"{field.name} {getattr(state, field.name)}" for field in fields(state)]
    return f"State: {', '.join([state.name, *data])}."


def _place(turn: Turn, state: State) -> str:
    if isinstance(state, ClearingUp | ReadingBack | Correcting):
        return READBACK
    return str(turn.next.question.id) if isinstance(turn.next, Ask) else turn.next.level.key


def _settled(turn: Turn) -> dict[str, str]:
    """Return "yes" for each question of which a finding was confirmed, and "no" where all of them were denied."""
    settled, confirmed = {}, set(_confirmed(turn))
    for question in turn.guide.protocol.questions:
        if question.finding_ids & confirmed:
            settled[str(question.id)] = "yes"
        elif question.finding_ids <= turn.assessment.absent:
            settled[str(question.id)] = "no"
    return settled


def _confirmed(turn: Turn) -> list[FindingId]:
    return [id_ for reason in turn.assessment.reasons for id_ in reason.findings]


def _names(ids: Iterable[FindingId], locale: str, guide: Guide) -> str:
    words, limits = words_for(locale), {limit.id for limit in guide.protocol.limits}
    names = [id_ if id_ in limits else words.text([constructors.finding(id_, "name")]) for id_ in ids]
    return ", ".join(names) or "nothing"
