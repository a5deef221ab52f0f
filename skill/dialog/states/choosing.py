"""The topics were offered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog.reply import Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.prompts import constructors as say
from skill.protocol.care import TopicId

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

OFFERED_AT_ONCE = 4
"""Topics in one breath, at most: more than four are not remembered."""


@dataclass(frozen=True)
class Choosing(AfterDisposition):
    """It was asked which of the topics is wanted; a plain yes takes the first."""

    name = "choosing"

    @staticmethod
    def offered(turn: "Turn") -> tuple[TopicId, ...]:
        """Return the topics that fit the disposition and were not told yet, in their order."""
        fitting = (found for found in turn.guide.care.topics if turn.care_level in found.fits)
        return tuple(found.id for found in fitting if found.id not in turn.session.told)[:OFFERED_AT_ONCE]

    def ask(self, turn: "Turn") -> Prompts:
        """Return the offer."""
        offered = self.offered(turn)
        guided = turn.is_home_care and bool(turn.guide.care.steps)
        return (say.which_topic(offered, guided=guided),) if offered else (say.ANYTHING_ELSE,)

    def yes(self, turn: "Turn") -> "Turned":
        """Tell the first topic that was offered."""
        offered = self.offered(turn)
        return self.tell_part(turn, offered[0], 1) if offered else self.what_else(turn)
