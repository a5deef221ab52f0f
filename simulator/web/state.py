"""The session in words, and the place in the flowchart, for whoever looks behind the page."""

from typing import Any

from skill.dialog.session import Session, Stage
from skill.engine.triage import Ask, assess, next_step
from skill.protocol.model import QuestionId
from skill.protocol.upper_back import UPPER_BACK
from skill.prompts import catalogue
from skill.prompts.catalogue import Line

READBACK = "readback"
"""The place in the flowchart where everything is read back before home care."""


def state_in_words(attributes: object, locale: str) -> dict[str, Any]:
    """Return the session in ``attributes``: ``lines`` in words, ``place`` in the flowchart, ``settled`` questions."""
    session = Session.from_attributes(attributes, UPPER_BACK)
    if session.stage is Stage.NEW:
        return {"lines": ["No session: nothing is remembered."], "place": None, "settled": {}}
    assessment, step = assess(UPPER_BACK, session.answers), next_step(UPPER_BACK, session.answers)
    confirmed = [sign for reason in assessment.reasons for sign in reason.signs]
    place = step.question.id if isinstance(step, Ask) else step.level.key
    if session.stage in (Stage.READBACK, Stage.CORRECTING):
        place = READBACK
    lines = [
        _standing(session, step.question.id if isinstance(step, Ask) else None),
        f"Said to be there: {_names(confirmed, locale)}.",
        f"Said not to be there: {_names(sorted(assessment.absent, key=_order), locale)}.",
        f"Turns not understood in a row: {session.misses}.",
    ]
    if assessment.unsure_once:
        lines.append(f"Not sure once: {', '.join(sorted(assessment.unsure_once))}.")
    return {"lines": lines, "place": place, "settled": _settled(confirmed, assessment.absent)}


def _standing(session: Session, question: str | None) -> str:
    if session.stage is Stage.ASKING and question is not None:
        number = [one.id for one in UPPER_BACK.questions].index(QuestionId(question)) + 1
        return f"Asking question {number} of {len(UPPER_BACK.questions)}: {question}."
    return f"Stage: {session.stage.value}."


def _settled(confirmed: Any, absent: Any) -> dict[str, str]:
    """Return "yes" for each question of which a sign was confirmed, and "no" where all of them were denied."""
    settled = {}
    for question in UPPER_BACK.questions:
        signs = [sign.id for sign in question.signs]
        if any(sign in confirmed for sign in signs):
            settled[question.id] = "yes"
        elif all(sign in absent for sign in signs):
            settled[question.id] = "no"
    return {str(id_): answer for id_, answer in settled.items()}


def _order(sign: Any) -> int:
    return [one.id for one in UPPER_BACK.signs].index(sign)


def _names(signs: Any, locale: str) -> str:
    spoken = catalogue.load(locale) if locale in catalogue.locales() else catalogue.load("en-US")
    limits = {limit.id for limit in UPPER_BACK.limits}
    return (
        ", ".join(sign if sign in limits else spoken.text([Line(key=f"signs.{sign}.name")]) for sign in signs)
        or "nothing"
    )
