"""What the guide answers in one turn, as prompts: the words and their rendering come later."""

from dataclasses import dataclass

from skill.follow_up.appointment import Appointment
from skill.follow_up.effects import Effect
from skill.prompts.prompt import Prompt
from skill.protocol.model import Level

Prompts = tuple[Prompt, ...]
"""What is said, in order."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """What the Alexa app shows with a result."""

    title: Prompt
    paragraphs: tuple[Prompts, ...]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is said, what is asked, and what is shown."""

    say: Prompts
    ask: Prompts = ()
    """The question at the end of the turn. The microphone stays open if and only if there is one."""
    card: Card | None = None
    """With results only, never with a question of the interview."""
    disposition: Level | None = None
    """The level whose disposition is spoken with this reply; None where none is."""
    listen: bool = False
    """True where the next utterance is wanted word for word, since the last one was not understood."""
    effect: Effect | None = None
    """What is to be done outside before this is spoken. It is spoken where no news of it comes back."""
    permission_for: Appointment | None = None
    """The reminder for which Alexa is to ask whether this skill may set one; it ends the reply."""
    permission_card: bool = False
    """Whether the card is shown with which the permission is given in the Alexa app."""

    @property
    def ends(self) -> bool:
        """Whether the session ends with this reply."""
        return not self.ask
