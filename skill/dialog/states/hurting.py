"""It hurts; the person is asked whether more than before."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.acts import Answer, Trend
from skill.dialog import interview, states
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states import guiding
from skill.dialog.states.after_disposition import AfterDisposition
from skill.hearing.heard import Asked
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Hurting(AfterDisposition):
    """It hurts, in the middle of a step or at any time after the disposition."""

    name = "hurting"
    asked = Asked.WORSE

    step: int | None = None
    """The step of guided relief that was going on; None where none was."""

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return whether it hurts more than before."""
        return (say.WORSE_THAN_BEFORE,) if self.step is None else (say.WORSE_THAN_AT_FIRST,)

    def tell(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return that the person should stop there."""
        return (say.STOP_THERE,)

    def fits(self, turn: "Turn") -> bool:
        """Return whether there is such a step."""
        return super().fits(turn) and (self.step is None or states.Guiding(self.step).fits(turn))

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said between two steps."""
        return (say.GUIDED_HELP,)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why the steps are slow."""
        return (say.GUIDED_WHY,)

    def yes(self, turn: "Turn") -> "Turned":
        """Take it as pain that gets worse. Where that changes nothing, the offer is put and not this question again."""
        resting = turn.moved(replace(turn.session, state=states.Advised()))
        return interview.settle(resting, Said(trend=Trend.WORSE))

    unsure = yes

    def reply(self, turn: "Turn", answer: Answer) -> "Turned":
        """Take the answer; a soft no to more pain is no clear no, so it counts as a yes."""
        return self.yes(turn) if answer is Answer.SOFT_NO else super().reply(turn, answer)

    def no(self, turn: "Turn") -> "Turned":
        """Go on more gently where a step was going on."""
        if self.step is None:
            return turn.to(states.AnythingElse(), say=(say.OKAY,))
        return turn.to(states.Guiding(self.step), say=(say.GENTLER,))

    def hurts(self, turn: "Turn") -> "Turned":
        """Ask again, about the same step."""
        return turn.again((say.STOP_THERE,))

    def send(self, turn: "Turn") -> "Turned":
        """Put the stretches on a card."""
        return turn.again((say.SENT,), guiding.card(turn))
