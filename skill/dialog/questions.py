"""How a question of the protocol is put, first and again, when some of its findings are already known."""

from skill.engine.triage import Ask
from skill.protocol.model import Protocol
from skill.prompts.catalogue import Line


def question(step: Ask, *, plainly: bool = False) -> tuple[Line, ...]:
    """Return the question of ``step``; ``plainly`` in other words with an example for each finding still open."""
    if plainly:
        return (
            *(Line(key=f"findings.{id_}.plain") for id_ in step.open),
            Line(key="ask.fits" if len(step.open) > 1 else "ask.fits_one"),
        )
    if len(step.open) == len(step.question.findings):
        return (Line(key=f"questions.{step.question.id}.ask"),)
    if len(step.open) == 1:
        return (Line(key=f"findings.{step.open[0]}.ask"),)
    return (Line(key="ask.partly", names=tuple(f"findings.{id_}.name" for id_ in step.open)),)


def readback(protocol: Protocol) -> tuple[Line, ...]:
    """Return what was understood, question by question; it is the same for everyone who comes to home care."""
    return (
        Line(key="readback.intro"),
        *(Line(key=f"questions.{asked.id}.readback") for asked in protocol.questions),
    )
