"""How a disposition is told: what to do first, then why, then how; and the card that goes with it."""

from skill.dialog.reply import Card, Prompts
from skill.engine.triage import Assessment, Disposition, Reason
from skill.prompts import constructors as say
from skill.protocol.model import Level, Protocol

CLINIC_NAME = (say.CLINIC_NAME,)
CLINIC = (say.CLINIC_CALL, say.CLINIC_FIND)
"""The operator's own words: silent where none were set. The name is said in the disposition, the number with what to
have ready: ten digits would make the disposition longer than 30 seconds."""
DISCLAIMER = (say.DISCLAIMER,)
WATCH = (say.WATCH,)

REASONS_SPOKEN = 1
"""Sentences of reasons in the disposition as it is said. All of them stand on the card."""

NAMES_SPOKEN = 3
"""Findings named in that sentence, so that the whole stays under 30 seconds."""


def spoken(protocol: Protocol, disposition: Disposition, *, second_look: bool = False) -> Prompts:
    """Return the disposition as it is said, without the question after it. 30 seconds at most.

    At a second look home care was told already, and the pain is better: it is told how that goes on.
    """
    level = disposition.level
    if second_look and level is Level.SELF_CARE:
        return (say.KEEP_GOING, say.disposition(level, "why"), say.WHAT_NEXT, *WATCH)
    reasons = because(protocol, disposition.reasons, names_at_most=NAMES_SPOKEN)[:REASONS_SPOKEN]
    why, do, until = say.disposition(level, "why"), say.disposition(level, "do"), say.disposition(level, "until")
    if disposition.level is Level.EMERGENCY:
        if say.ARE_YOU_SAFE in (say.instruction(id_) for id_ in disposition.instructions):
            return (say.HARM_CARE, do, *_instructions(disposition), say.disposition(level, "again"))
        return (
            do,
            *((*reasons, why) if reasons else ()),
            *_instructions(disposition),
            say.disposition(level, "how"),
            say.disposition(level, "again"),
        )
    if disposition.is_home_care:
        raised = () if level is Level.SELF_CARE else (do, say.REGION_WHY)
        home = [say.disposition(Level.SELF_CARE, part) for part in ("do", "why", "until")]
        return (*raised, *home[: 1 if raised else 3], *WATCH)
    return (do, *reasons, why, *CLINIC_NAME, until, *WATCH)


def offer(disposition: Disposition) -> Prompts:
    """Return what is offered after a disposition; nothing after an emergency, so that the session ends."""
    return (
        ()
        if disposition.level is Level.EMERGENCY
        else (say.disposition(Level.SELF_CARE if disposition.is_home_care else disposition.level, "offer"),)
    )


def card(protocol: Protocol, disposition: Disposition, assessment: Assessment) -> Card:
    """Return the card of a disposition, with everything that was confirmed at any level, so that it can be read out."""
    level = disposition.level
    do, reasons = say.disposition(level, "do"), because(protocol, assessment.reasons)
    title = say.disposition(level, "title")
    if disposition.level is Level.EMERGENCY:
        how = (*_instructions(disposition), say.disposition(level, "how"))
        return Card(title=title, paragraphs=((do,), reasons, how, DISCLAIMER))
    until = say.disposition(level, "until")
    if disposition.is_home_care and level is not Level.SELF_CARE:
        home = (say.disposition(Level.SELF_CARE, "do"), say.disposition(Level.SELF_CARE, "until"))
        return Card(title=title, paragraphs=((do, say.REGION_WHY), home, CLINIC, WATCH, DISCLAIMER))
    if disposition.is_home_care:
        return Card(title=title, paragraphs=((do,), (until,), WATCH, DISCLAIMER))
    return Card(title=title, paragraphs=((do,), reasons, CLINIC, (until,), (say.READY_LIST,), WATCH, DISCLAIMER))


def because(protocol: Protocol, reasons: tuple[Reason, ...], names_at_most: int | None = None) -> Prompts:
    """Return why a level was reached, in the person's own answers: what was named, what was answered, the limits."""
    combined = [say.together(reason.findings) for reason in reasons if reason.together]
    told = {id_ for reason in reasons if reason.together for id_ in reason.findings}
    reasons = tuple(reason for reason in reasons if not reason.together and not told.issuperset(reason.findings))
    limits = [limit.id for limit in protocol.limits if any(limit.id in reason.findings for reason in reasons)]
    changing = protocol.acknowledged | {f.id for f in protocol.listened if f.level is Level.SELF_CARE}
    said = [reason for reason in reasons if not set(reason.findings) & {*limits, *changing}]
    named = [reason.findings[0] for reason in said if len(reason.findings) == 1 and not reason.unsure]
    lines = [say.you_told_me(named[:names_at_most])] if named else []
    for reason in said:
        if reason.unsure:
            lines.append(say.not_sure_about(reason.findings))
        elif len(reason.findings) > 1:
            lines.append(say.you_said_yes(reason.findings))
    return (*combined, *lines, *(say.limit(id_) for id_ in limits))


def _instructions(disposition: Disposition) -> Prompts:
    return tuple(say.instruction(id_) for id_ in disposition.instructions)
