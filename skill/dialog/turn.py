"""What every turn starts from, and the three ways in which it can end: with a question, the same question, or none."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from skill.dialog.reply import Card, Prompts, Reply
from skill.dialog.session import Session
from skill.engine.triage import Ask, Assessment, Disposition, assess, emergencies_cleared, next_step
from skill.protocol.guide import Guide
from skill.protocol.model import Level

if TYPE_CHECKING:
    from skill.dialog.states.state import State


class Turned(NamedTuple):
    """What a turn comes to: the next session and the reply."""

    session: Session
    reply: Reply


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one turn starts from."""

    guide: Guide
    session: Session

    @cached_property
    def next(self) -> Ask | Disposition:
        """What the engine says of the answers so far."""
        return next_step(self.guide.protocol, self.session.answers)

    @cached_property
    def assessment(self) -> Assessment:
        """What the answers so far establish."""
        return assess(self.guide.protocol, self.session.answers)

    @cached_property
    def cleared(self) -> bool:
        """Whether every emergency finding was denied in this session."""
        return emergencies_cleared(self.guide.protocol, self.session.answers)

    @property
    def level(self) -> Level | None:
        """The level of the disposition; None while there is something to ask."""
        return self.next.level if isinstance(self.next, Disposition) else None

    def to(
        self, state: "State", *, say: Prompts = (), card: Card | None = None, disposition: Level | None = None
    ) -> Turned:
        """Say ``say`` and go to ``state``, which puts its question."""
        session = replace(self.session, state=state)
        asked = state.ask(replace(self, session=session))
        return Turned(session, Reply(say=say, ask=asked, card=card, disposition=disposition))

    def again(self, lead: Prompts = (), card: Card | None = None) -> Turned:
        """Say ``lead`` and put the pending question again."""
        return self.to(self.session.state, say=lead, card=card)

    def end(self, say: Prompts, card: Card | None = None, disposition: Level | None = None) -> Turned:
        """Say ``say`` and close the session."""
        return Turned(self.session, Reply(say=say, card=card, disposition=disposition))
