"""Something in the read-back was wrong; the person is asked what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import interview
from skill.dialog.reply import Prompts
from skill.dialog.states.state import State
from skill.hearing.heard import Asked
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Correcting(State):
    """A finding that is named now is an answer; a plain yes, no or "not sure" goes through the questions again."""

    name = "correcting"
    asked = Asked.CORRECTION

    in_plain_words: bool = False

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the question what was wrong."""
        return (say.CORRECT_PLAINLY,) if self.in_plain_words else (say.CORRECT,)

    def fits(self, turn: "Turn") -> bool:
        """Return whether home care is what the answers come to."""
        return turn.is_home_care

    def plainly(self, turn: "Turn") -> State:  # noqa: ARG002
        """Return the same question in other words."""
        return Correcting(in_plain_words=True)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said."""
        return (say.HELP_CORRECTING,)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why it is read back."""
        return (say.READBACK_WHY,)

    def yes(self, turn: "Turn") -> "Turned":
        """Go through all questions once more: something was misheard, and it is not known what."""
        return interview.from_the_start(turn, (say.THROUGH_AGAIN,))

    no = unsure = yes
