"""What to have ready for the doctor was told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import dispositions
from skill.dialog.reply import Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn


@dataclass(frozen=True)
class Ready(AfterDisposition):
    """The list was told, with the operator's clinic; it was asked whether anything else is wanted."""

    name = "ready"

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return whether anything else is wanted."""
        return (say.ANYTHING_ELSE,)

    def tell(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the list."""
        return (say.READY_LIST, *dispositions.CLINIC)
