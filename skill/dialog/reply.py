"""What the guide answers in one turn, as prompts: the words and their rendering come later."""

from dataclasses import dataclass

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

    @property
    def ends(self) -> bool:
        """Whether the session ends with this reply."""
        return not self.ask
