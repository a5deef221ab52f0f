"""The disposition was told and more was offered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import dispositions
from skill.dialog.mark import Mark
from skill.dialog.reply import Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.engine.triage import Disposition
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Advised(AfterDisposition):
    """It was offered to say what to have ready for a doctor, or more about home care."""

    name = "advised"

    def ask(self, turn: "Turn") -> Prompts:
        """Return the offer."""
        return dispositions.offer(turn.next) if isinstance(turn.next, Disposition) else ()

    def tell(self, turn: "Turn") -> Prompts:
        """Return the disposition."""
        if not isinstance(turn.next, Disposition):
            return ()
        second_look = Mark.SECOND_LOOK in turn.session.marks
        return dispositions.spoken(turn.guide.protocol, turn.next, second_look=second_look)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said."""
        return (say.HELP_DISPOSITION,)

    def reason(self, turn: "Turn") -> Prompts:
        """Return why the disposition was reached."""
        if not isinstance(turn.next, Disposition):
            return ()
        because = dispositions.because(turn.guide.protocol, turn.next.reasons)
        return (*because, say.disposition(turn.next.level, "why"))

    def yes(self, turn: "Turn") -> "Turned":
        """Say what was offered."""
        return self.what_else(turn) if turn.is_home_care else self.ready(turn)

    more = yes
