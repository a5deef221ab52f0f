"""Nothing was asked yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.acts import Answer, Correction
from skill.dialog import interview, states
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.follow_up.effects import Forget, LookUp
from skill.hearing.heard import Asked
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Fresh(State):
    """The session has just begun. Whatever needs a question before it opens the guide."""

    name = "fresh"
    asked = Asked.NOTHING

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return nothing: no question is pending."""
        return ()

    def open(self, turn: "Turn") -> "Turned":
        """Open the guide, and find out whether the person is here to look again."""
        return super().open(turn).wanting(LookUp())

    def reply(self, turn: "Turn", answer: Answer) -> "Turned":  # noqa: ARG002
        """Open the guide: nothing was asked that a yes or a no could reply to."""
        return self.open(turn)

    def acknowledge(self, turn: "Turn", lead: Prompts) -> "Turned":
        """Say a few kind words and begin."""
        return interview.from_the_start(turn, (*lead, *interview.SHORT_OPENING))

    def correct(self, turn: "Turn", correction: Correction) -> "Turned":  # noqa: ARG002
        """Open the guide: there is no answer to turn round."""
        return self.open(turn)

    def topic(self, turn: "Turn", said: Said) -> "Turned":
        """Give the short tip with the emergency sentence, then offer the check."""
        found = turn.guide.care.topic.get(said.topic.topic) if said.topic and said.topic.topic else None
        if found is None:
            return interview.from_the_start(turn, (say.UNKNOWN_TOPIC, *interview.SHORT_OPENING))
        return turn.to(states.OfferingCheck(), say=(say.topic_tip(found.id), say.NET))

    def guide(self, turn: "Turn") -> "Turned":
        """Offer the check, which guided relief needs."""
        return turn.to(states.OfferingCheck(), say=(say.GUIDED_NOT_NOW,))

    def distress(self, turn: "Turn") -> "Turned":
        """Say the number first, then begin."""
        return interview.from_the_start(turn, (say.CALL, say.DISTRESS, say.NOT_A_DOCTOR))

    def check(self, turn: "Turn") -> "Turned":
        """Open the guide."""
        return self.open(turn)

    repeat = rephrase = help = restart = hurts = slower = check

    def pain(self, turn: "Turn") -> "Turned":
        """Say a kind word to somebody who says that it hurts, and begin."""
        return self.acknowledge(turn, (say.SORRY_FOR_PAIN,)).wanting(LookUp())

    def back(self, turn: "Turn") -> "Turned":
        """Say that there is nothing to take back, and begin."""
        return self.acknowledge(turn, (say.NOTHING_TO_TAKE_BACK,))

    def what_else(self, turn: "Turn") -> "Turned":
        """Begin: what can be told comes after the check."""
        return self.acknowledge(turn, ())

    why = more = ready = what_else

    def send(self, turn: "Turn") -> "Turned":
        """Say that there is nothing to send yet, and begin."""
        return self.acknowledge(turn, (say.NOTHING_TO_SEND,))

    def pause(self, turn: "Turn") -> "Turned":
        """Wait, then begin."""
        return self.acknowledge(turn, (say.PAUSE,))

    def forget(self, turn: "Turn") -> "Turned":
        """Delete what is kept of the person, and begin."""
        return self.acknowledge(turn, (say.NOTHING_KEPT,)).wanting(Forget())

    def louder(self, turn: "Turn") -> "Turned":
        """Say how the speaker is turned up, and begin."""
        return self.acknowledge(turn, (say.LOUDER,))
