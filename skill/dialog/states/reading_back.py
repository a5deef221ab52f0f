"""It was asked whether all that was understood is right, before home care."""

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from skill.acts import Answer
from skill.dialog import interview, states
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.engine.triage import Disposition
from skill.hearing.heard import Asked
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

SENTENCES = 3
"""Into so many sentences the read-back is cut: each costs a word, and one alone is too long for the ear."""


@dataclass(frozen=True)
class ReadingBack(State):
    """What was understood was read back. Only a clear yes confirms it."""

    name = "reading_back"
    asked = Asked.READBACK

    in_plain_words: bool = False

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return whether it is right."""
        return (say.READBACK_PLAIN,) if self.in_plain_words else (say.READBACK_ASK,)

    def tell(self, turn: "Turn") -> Prompts:
        """Return every finding that was denied, in few sentences, and by itself what was denied with a doubt."""
        softly = turn.assessment.softly_absent
        findings = turn.guide.protocol.findings
        clear = [finding.id for finding in findings if finding.id not in softly]
        doubted = [finding.id for finding in findings if finding.id in softly]
        size = ceil(len(findings) / SENTENCES)
        return (
            *(say.read_back(clear[at : at + size]) for at in range(0, len(clear), size)),
            *(say.read_back_softly(doubted[at : at + size]) for at in range(0, len(doubted), size)),
        )

    def fits(self, turn: "Turn") -> bool:
        """Return whether home care is what the answers come to."""
        return turn.is_home_care

    def plainly(self, turn: "Turn") -> State:  # noqa: ARG002
        """Return the same question in other words."""
        return ReadingBack(in_plain_words=True)

    def repeat(self, turn: "Turn") -> "Turned":
        """Read back again, and ask in few words: with other words the turn would be longer than 30 seconds."""
        return interview.read_back(turn)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what a read-back is and what can be said."""
        return (say.HELP_READBACK, say.HELP_CHOICES)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why it is read back."""
        return (say.READBACK_WHY,)

    def settle(self, turn: "Turn", said: Said) -> "Turned":
        """Take what was named; a no beside a denial says that something was wrong."""
        if said.answer is Answer.NO and said.absent and not said.alarms:
            return self.no(turn)
        return super().settle(turn, said)

    def yes(self, turn: "Turn") -> "Turned":
        """Give the disposition, unless words of this very turn could not be placed: they are cleared up first."""
        if turn.session.unplaced:
            return turn.to(states.ClearingUp())
        if isinstance(turn.next, Disposition):
            return interview.advise(turn, turn.next)
        return turn.again()

    def no(self, turn: "Turn") -> "Turned":
        """Ask what was wrong."""
        return turn.to(states.Correcting(), say=(say.READBACK_WRONG,))

    unsure = no
