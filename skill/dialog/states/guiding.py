"""A step of guided relief was spoken: stretches with counts and pauses, for somebody who lies or sits still."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.dialog import dispositions, endings, states
from skill.dialog.reply import Card, Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.hearing.heard import Asked
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

SLOWER = 1.5
"""How much longer the pauses get when the person asks for it."""


@dataclass(frozen=True)
class Guiding(AfterDisposition):
    """Step ``step`` was spoken; it was asked whether the person is ready, or after the last one what else."""

    name = "guiding"
    asked = Asked.STEP

    step: int
    """From 0."""
    slow: bool = False
    """Whether the step was spoken with longer pauses."""

    def begin(self, turn: "Turn", lead: Prompts = ()) -> "Turned":
        """Speak the step."""
        return turn.to(self, say=(*lead, *self.tell(turn)))

    def fits(self, turn: "Turn") -> bool:
        """Return whether there is such a step, after home care."""
        return turn.is_home_care and 0 <= self.step < len(turn.guide.care.steps)

    def tell(self, turn: "Turn") -> Prompts:
        """Return the step, and after the last one that it is done."""
        spoken = say.step(turn.guide.care.steps[self.step].id, SLOWER if self.slow else 1.0)
        return (spoken, say.GUIDED_DONE) if self._is_last(turn) else (spoken,)

    def ask(self, turn: "Turn") -> Prompts:
        """Return whether the person is ready, or after the last step whether anything else is wanted."""
        return (say.ANYTHING_ELSE,) if self._is_last(turn) else (say.NEXT_STEP,)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said between two steps."""
        return (say.GUIDED_HELP,)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why the steps are slow."""
        return (say.GUIDED_WHY,)

    def yes(self, turn: "Turn") -> "Turned":
        """Speak the next step; after the last one offer the topics."""
        return self.what_else(turn) if self._is_last(turn) else Guiding(self.step + 1).begin(turn)

    more = yes

    def no(self, turn: "Turn") -> "Turned":
        """Ask whether anything else is wanted; after the last step take leave."""
        return endings.leave(turn) if self._is_last(turn) else turn.to(states.AnythingElse(), say=(say.OKAY,))

    def back(self, turn: "Turn") -> "Turned":
        """Go back one step, or say the first again."""
        return Guiding(max(0, self.step - 1)).begin(turn)

    def slower(self, turn: "Turn") -> "Turned":
        """Speak the step again with longer pauses."""
        return replace(self, slow=True).begin(turn, (say.SLOWER,))

    def hurts(self, turn: "Turn") -> "Turned":
        """Stop at once and ask whether it is worse."""
        return turn.to(states.Hurting(step=self.step), say=(say.STOP_THERE,))

    def send(self, turn: "Turn") -> "Turned":
        """Put the stretches on a card."""
        return turn.again((say.SENT,), card(turn))

    def _is_last(self, turn: "Turn") -> bool:
        return self.step + 1 >= len(turn.guide.care.steps)


def card(turn: "Turn") -> Card:
    """Return the stretches on a card."""
    steps = tuple((prompt,) for prompt in say.steps(turn.guide.care.steps))
    return Card(title=say.GUIDED_TITLE, paragraphs=(*steps, dispositions.WATCH, dispositions.DISCLAIMER))
