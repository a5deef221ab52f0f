"""Somebody is here when a reminder is due; it may be another person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import endings, interview
from skill.dialog.mark import Mark
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.follow_up.effects import Cancel
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Returning(State):
    """It was said that the guide was asked to look again, and asked whether it is for the same back pain."""

    name = "returning"

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the question; who the person is, is not asked."""
        return (say.SAME_PAIN,)

    def tell(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the greeting."""
        return (say.WELCOME_BACK, say.OPEN_NET, say.NOT_A_DOCTOR, say.ASKED_TO_LOOK_AGAIN)

    def fits(self, turn: "Turn") -> bool:
        """Return whether nothing was answered yet."""
        return not turn.session.answers

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why it is asked."""
        return (say.SAME_PAIN_WHY,)

    def whereabouts(self, turn: "Turn") -> Prompts:
        """Return the greeting."""
        return self.tell(turn)

    def settle(self, turn: "Turn", said: Said) -> "Turned":
        """Take what was named; who only tells how the pain is by now is here to look again."""
        return interview.settle(turn, said) if said.alarms or said.absent else self.yes(turn)

    def yes(self, turn: "Turn") -> "Turned":
        """Look again: the emergency signs first. The record has done its work, and goes."""
        session = turn.session.marked(Mark.SECOND_LOOK, Mark.OFFERED, Mark.NONE_KEPT, without=(Mark.KEPT,))
        turned = interview.from_the_start(turn.moved(session), (say.URGENT_FIRST,))
        return turned.wanting(Cancel(told=False))

    def no(self, turn: "Turn") -> "Turned":
        """Begin an ordinary check, and leave the other person's record alone."""
        session = turn.session.marked(Mark.NONE_KEPT, without=(Mark.KEPT,))
        return interview.from_the_start(turn.moved(session), (say.OKAY, say.PLAN))

    unsure = no

    def check(self, turn: "Turn") -> "Turned":
        """Put the question: it decides which check it is."""
        return turn.again()

    def stop(self, turn: "Turn") -> "Turned":
        """Take leave."""
        return endings.stop(turn)
