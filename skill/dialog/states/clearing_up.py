"""Words of this session could not be placed; it is asked whether they were about a sign, before the read-back."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.acts import Answer
from skill.dialog import interview, states
from skill.dialog.reply import Prompts
from skill.dialog.states.state import State
from skill.hearing.heard import Asked
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class ClearingUp(State):
    """Home care is not reached before it is known that nothing was lost."""

    name = "clearing_up"
    asked = Asked.CORRECTION

    in_plain_words: bool = False

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return whether what was not understood was about a sign."""
        return (say.WAS_ANY_OF_IT_PLAINLY,) if self.in_plain_words else (say.WAS_ANY_OF_IT,)

    def fits(self, turn: "Turn") -> bool:
        """Return whether home care is what the answers come to."""
        return turn.is_home_care

    def plainly(self, turn: "Turn") -> State:  # noqa: ARG002
        """Return the same question in other words."""
        return ClearingUp(in_plain_words=True)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why it is asked."""
        return (say.READBACK_WHY,)

    def reply(self, turn: "Turn", answer: Answer) -> "Turned":
        """Take the answer; after a soft no the question is put once more, in other words."""
        if answer is Answer.SOFT_NO and not self.in_plain_words:
            return self.rephrase(turn)
        return super().reply(turn, answer)

    def yes(self, turn: "Turn") -> "Turned":
        """Ask what it was."""
        return turn.to(states.Correcting())

    def no(self, turn: "Turn") -> "Turned":
        """Nothing was lost: go on to the read-back."""
        return interview.read_back(turn.moved(replace(turn.session, unplaced=False)))

    unsure = yes
