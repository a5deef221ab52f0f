"""A reminder to look again was offered, with its time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import endings
from skill.dialog.reply import Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.follow_up.appointment import Appointment
from skill.follow_up.effects import Remind
from skill.prompts import constructors as say
from skill.protocol.model import Level

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class OfferingFollowUp(AfterDisposition):
    """It was asked whether to set a reminder at this time. Only a clear yes does."""

    name = "offering_follow_up"

    date: str = ""
    """As in ``Appointment``."""
    zone: str = ""

    @property
    def appointment(self) -> Appointment:
        """The time that was named."""
        return Appointment(date=self.date, zone=self.zone)

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the offer."""
        return (say.offer_reminder(self.appointment.day),)

    def fits(self, turn: "Turn") -> bool:
        """Return whether there is such a time, after home care."""
        return turn.level is Level.SELF_CARE and self.appointment.is_sound

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why a reminder is offered."""
        return (say.REMINDER_WHY,)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what a reminder is and what can be said."""
        return (say.REMINDER_HELP,)

    def yes(self, turn: "Turn") -> "Turned":
        """Set it; as it stands, that cannot be done now."""
        return turn.end((say.NO_REMINDER_NOW, say.LEAVE_CLEARED)).wanting(Remind(self.appointment))

    def no(self, turn: "Turn") -> "Turned":
        """Take leave, and say nothing of it again."""
        return endings.stop(turn)

    def unsure(self, turn: "Turn") -> "Turned":
        """Take it as a no: a reminder needs a clear yes."""
        return endings.stop(turn)

    def more(self, turn: "Turn") -> "Turned":
        """Put the question again: "go on" is no consent."""
        return turn.again()
