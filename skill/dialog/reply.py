"""What the skill answers in one turn, as keys of the catalogue: the words and their rendering come later."""

from dataclasses import dataclass

from skill.prompts.catalogue import Line


@dataclass(frozen=True, kw_only=True)
class Card:
    """What the Alexa app shows with a result."""

    title: Line
    paragraphs: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is said, what is asked, and what is shown."""

    say: tuple[Line, ...]
    ask: tuple[Line, ...] = ()
    """The question at the end of the turn. The microphone stays open if and only if there is one."""
    card: Card | None = None
    """With results only, never with a question of the interview."""

    @property
    def ends(self) -> bool:
        """Whether the session ends with this reply."""
        return not self.ask
