"""The ends of a conversation that the person brings about: a call for help, words of despair, stop, nothing else."""

from typing import TYPE_CHECKING

from skill.dialog import dispositions, states
from skill.dialog.mark import Mark
from skill.dialog.reply import Card
from skill.engine.triage import Disposition
from skill.follow_up.effects import Plan
from skill.prompts import constructors as say
from skill.protocol.model import Level

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


def emergency(turn: "Turn") -> "Turned":
    """The person calls for help: the emergency disposition at once, without a question and without a reason."""
    called = Disposition(level=Level.EMERGENCY, reasons=(), instructions=())
    spoken = tuple(say.disposition(Level.EMERGENCY, part) for part in ("do", "how", "again"))
    card = dispositions.card(turn.guide.protocol, called, turn.assessment)
    return turn.end(spoken, card, Level.EMERGENCY)


def crisis(turn: "Turn") -> "Turned":
    """The person wants to die or to hurt themselves: with care, the crisis line and the emergency number at once."""
    spoken = (say.CRISIS_CARE, say.CRISIS_CALL, say.CRISIS_CANNOT)
    card = Card(title=say.CRISIS_TITLE, paragraphs=(spoken, (say.DISCLAIMER,)))
    return turn.end(spoken, card)


def stop(turn: "Turn") -> "Turned":
    """Take leave in a few words, with the emergency sentence where the emergency findings were not cleared."""
    return turn.end((say.LEAVE_CLEARED,) if turn.cleared else (say.LEAVE_OPEN, say.NET))


def leave(turn: "Turn") -> "Turned":
    """The person wants nothing else: take leave. After home care the reminder is offered first, once in a session."""
    marks = turn.session.marks
    if turn.level is not Level.SELF_CARE or Mark.OFFERED in marks:
        return stop(turn)
    if Mark.KEPT in marks:
        kept = states.KeepingOther()
        return turn.to(kept, say=kept.tell(turn))
    return stop(turn).wanting(Plan())
