"""How a conclusion is told: what to do first, then why, then how; and the card that goes with it."""

from skill.dialog.reply import Card
from skill.engine.triage import Assessment, Conclude, Reason
from skill.protocol.model import Level, Protocol
from skill.prompts.catalogue import Line

CLINIC_NAME = (Line(key="clinic.name"),)
CLINIC = (Line(key="clinic.call"), Line(key="clinic.find"))
"""The operator's own words: silent where none were set. The name is said in the outcome, the number with what to have
ready: ten digits would make the outcome longer than 30 seconds."""
DISCLAIMER = (Line(key="card.disclaimer"),)
WATCH = (Line(key="safety.watch"),)

REASONS_SPOKEN = 1
"""Sentences of reasons in the outcome as it is said. All of them stand on the card."""

NAMES_SPOKEN = 3
"""Findings named in that sentence, so that the whole stays under 30 seconds."""


def spoken(protocol: Protocol, conclusion: Conclude) -> tuple[Line, ...]:
    """Return the outcome as it is said, without the question after it. 30 seconds at most."""
    key = f"outcomes.{conclusion.level.key}"
    reasons = because(protocol, conclusion.reasons, names_at_most=NAMES_SPOKEN)[:REASONS_SPOKEN]
    why, do, until = Line(key=f"{key}.why"), Line(key=f"{key}.do"), Line(key=f"{key}.until")
    if conclusion.level is Level.EMERGENCY:
        return (do, *reasons, why, *_instructions(conclusion), Line(key=f"{key}.how"), Line(key=f"{key}.again"))
    clinic = () if conclusion.level is Level.SELF_CARE else CLINIC_NAME
    return (do, *reasons, why, *clinic, until, *WATCH)


def offer(conclusion: Conclude) -> tuple[Line, ...]:
    """Return what is offered after an outcome; nothing after an emergency, so that the session ends."""
    return () if conclusion.level is Level.EMERGENCY else (Line(key=f"outcomes.{conclusion.level.key}.offer"),)


def card(protocol: Protocol, conclusion: Conclude, assessment: Assessment) -> Card:
    """Return the card of an outcome, with everything that was confirmed at any level, so that it can be read out."""
    key = f"outcomes.{conclusion.level.key}"
    do, reasons = Line(key=f"{key}.do"), because(protocol, assessment.reasons)
    title = Line(key=f"{key}.title")
    if conclusion.level is Level.EMERGENCY:
        how = (*_instructions(conclusion), Line(key=f"{key}.how"))
        return Card(title=title, paragraphs=((do,), reasons, how, DISCLAIMER))
    until = Line(key=f"{key}.until")
    if conclusion.level is Level.SELF_CARE:
        return Card(title=title, paragraphs=((do,), (until,), WATCH, DISCLAIMER))
    return Card(
        title=title, paragraphs=((do,), reasons, CLINIC, (until,), (Line(key="ready.list"),), WATCH, DISCLAIMER)
    )


def because(protocol: Protocol, reasons: tuple[Reason, ...], names_at_most: int | None = None) -> tuple[Line, ...]:
    """Return why a level was reached, in the person's own answers: what was named, what was answered, the limits."""
    limits = [limit.id for limit in protocol.limits if any(limit.id in reason.findings for reason in reasons)]
    said = [reason for reason in reasons if not set(reason.findings) & set(limits)]
    named = [f"findings.{reason.findings[0]}.name" for reason in said if len(reason.findings) == 1 and not reason.unsure]
    lines = [Line(key="reasons.named", names=tuple(named[:names_at_most]))] if named else []
    for reason in said:
        names = tuple(f"findings.{id_}.name" for id_ in reason.findings)
        if reason.unsure:
            lines.append(Line(key="reasons.unsure", names=names))
        elif len(names) > 1:
            lines.append(Line(key="reasons.either", names=names))
    return (*lines, *(Line(key=f"limits.{id_}") for id_ in limits))


def _instructions(conclusion: Conclude) -> tuple[Line, ...]:
    return tuple(Line(key=f"instructions.{id_}") for id_ in conclusion.instructions)
