"""What the dialog makes of news about the look again: the offer, its outcome, the return, and forgetting.

News may come in any state, since it comes with the turn after the one that wanted it, or from Alexa's own question.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from skill.dialog import endings, interview, states
from skill.dialog.mark import Mark
from skill.dialog.reply import Prompts
from skill.follow_up.appointment import Appointment
from skill.follow_up.effects import Remind
from skill.follow_up.news import Consent, Consented, Found, News, PermissionMissing, Planned, Refusal, Reminded, Undone
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

REFUSALS = {
    Refusal.TOO_MANY: say.TOO_MANY_REMINDERS,
    Refusal.DEVICE: say.NO_REMINDER_HERE,
    Refusal.BUSY: say.REMINDERS_BUSY,
    Refusal.DOWN: say.NO_REMINDER_NOW,
    Refusal.REFUSED: say.REMINDER_REFUSED,
}
"""What is said of each refusal; that another reminder is kept is asked about."""


def take(turn: "Turn", news: News) -> "Turned":
    """Return the session and the reply after ``news``."""
    match news:
        case Found():
            return _found(turn, news)
        case Undone():
            return _undone(turn, news)
        case Refusal.OTHER_KEPT:
            state = states.KeepingOther()
            kept = turn.moved(turn.session.marked(Mark.KEPT, without=(Mark.NONE_KEPT,)))
            return kept.to(state, say=state.tell(kept)) if state.fits(kept) else _farewell(turn, (say.ONE_REMINDER,))
        case Refusal():
            return _farewell(turn, (REFUSALS[news],))
        case Planned(appointment=appointment):
            offer = states.OfferingFollowUp(appointment.date, appointment.zone)
            if not offer.fits(turn):
                return _answered(turn, ())
            return turn.moved(turn.session.marked(Mark.OFFERED)).to(offer, say=(say.OKAY,))
        case Reminded(appointment=appointment):
            return _farewell(turn, (say.reminder_set(appointment.day), say.HOW_TO_FORGET))
        case PermissionMissing(appointment=appointment):
            return turn.ask_permission((say.PERMISSION_FIRST,), appointment)
        case Consented(consent=consent, appointment=appointment):
            return _consented(turn, consent, appointment)


def _found(turn: "Turn", found: Found) -> "Turned":
    session = turn.session
    if session.answers:
        return _answered(turn, ())
    match found:
        case Found.DUE:
            state = states.Returning()
            turn = turn.moved(session.marked(Mark.KEPT))
            return turn.to(state, say=state.tell(turn))
        case Found.KEPT:
            return states.State.open(session.state, turn.moved(session.marked(Mark.KEPT)))
        case Found.NOTHING:
            return states.State.open(session.state, turn.moved(session.marked(Mark.NONE_KEPT)))


def _undone(turn: "Turn", undone: Undone) -> "Turned":
    session = turn.session
    match undone:
        case Undone.CANCELLED:
            return endings.leave(turn.moved(session.marked(Mark.NONE_KEPT, without=(Mark.KEPT, Mark.OFFERED))))
        case Undone.NOT_CANCELLED:
            return _farewell(turn, (say.NOT_CANCELLED,))
        case Undone.FORGOTTEN:
            forgotten = session.marked(Mark.NONE_KEPT, Mark.OFFERED, without=(Mark.KEPT,))
            return _answered(turn.moved(forgotten), (say.FORGOTTEN,))
        case Undone.REMINDER_LEFT:
            return _answered(turn, (say.REMINDER_LEFT,))
        case Undone.NOT_FORGOTTEN:
            return _answered(turn, (say.NOT_FORGOTTEN,))


def _answered(turn: "Turn", lead: Prompts) -> "Turned":
    """Say ``lead`` and put the pending question again; where nothing was answered yet, with the emergency sentence."""
    if not turn.session.answers:
        lead = (*lead, *interview.SHORT_OPENING)
    if not turn.session.state.ask(turn):
        return interview.from_the_start(turn, lead)
    return turn.again(lead)


def _consented(turn: "Turn", consent: Consent, appointment: Appointment) -> "Turned":
    """Go on after Alexa's own question. With the permission the reminder is set; a second question is never put."""
    match consent:
        case Consent.ACCEPTED:
            return _farewell(turn, (say.NO_REMINDER_NOW,)).wanting(Remind(appointment, asked_before=True))
        case Consent.CANNOT_ASK:
            told = _farewell(turn, (say.PERMISSION_IN_APP,))
            return told._replace(reply=replace(told.reply, permission_card=True))
        case Consent.DENIED | Consent.NOT_ANSWERED:
            return _farewell(turn, (say.WITHOUT_REMINDER,))


def _farewell(turn: "Turn", lead: Prompts) -> "Turned":
    """Say ``lead`` and take leave."""
    return turn.end((*lead, say.LEAVE_CLEARED))
