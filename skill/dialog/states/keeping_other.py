"""A reminder is kept for this account already; it may be another person's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog.reply import Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.follow_up.effects import Cancel
from skill.prompts import constructors as say
from skill.protocol.model import Level

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class KeepingOther(AfterDisposition):
    """It was asked whether the reminder that is kept is for the same back pain. Who it is for is not asked."""

    name = "keeping_other"

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the question."""
        return (say.SAME_PAIN,)

    def tell(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return that a reminder is kept."""
        return (say.REMINDER_KEPT,)

    def fits(self, turn: "Turn") -> bool:
        """Return whether this is after home care."""
        return turn.level is Level.SELF_CARE

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why it is asked."""
        return (say.SAME_PAIN_WHY,)

    def whereabouts(self, turn: "Turn") -> Prompts:
        """Return that a reminder is kept."""
        return self.tell(turn)

    def yes(self, turn: "Turn") -> "Turned":
        """Take that reminder off, since the person looked again already; then one is offered anew."""
        return turn.end((say.NOT_CANCELLED, say.LEAVE_CLEARED)).wanting(Cancel(told=True))

    def no(self, turn: "Turn") -> "Turned":
        """Leave it as it is: it is another person's."""
        return turn.end((say.ONE_REMINDER, say.LEAVE_CLEARED))

    unsure = no

    def more(self, turn: "Turn") -> "Turned":
        """Put the question again."""
        return turn.again()
