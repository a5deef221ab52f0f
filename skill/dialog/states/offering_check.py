"""The check was offered to somebody who asked for something else first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import endings, interview, states
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class OfferingCheck(State):
    """It was asked whether to begin the check."""

    name = "offering_check"

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the offer."""
        return (say.CHECK_FIRST,)

    def yes(self, turn: "Turn") -> "Turned":
        """Begin."""
        return interview.from_the_start(turn, interview.SHORT_OPENING)

    def no(self, turn: "Turn") -> "Turned":
        """Take leave."""
        return endings.stop(turn)

    def topic(self, turn: "Turn", said: Said) -> "Turned":
        """Give another short tip with the emergency sentence, and offer the check again."""
        return states.Fresh().topic(turn, said)

    def guide(self, turn: "Turn") -> "Turned":
        """Say that guided relief needs a check."""
        return turn.again((say.GUIDED_NOT_NOW,))

    def what_else(self, turn: "Turn") -> "Turned":
        """Offer the check again."""
        return turn.again()

    ready = what_else

    def check(self, turn: "Turn") -> "Turned":
        """Begin, with the welcome."""
        return self.open(turn)

    restart = pain = check

    def distress(self, turn: "Turn") -> "Turned":
        """Say the number first, then what can be said here."""
        return turn.again((say.CALL, say.DISTRESS, say.DISTRESS_CHOICES))
