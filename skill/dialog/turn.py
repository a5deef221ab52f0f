"""What every turn starts from, and the three ways in which it can end: with a question, the same question, or none."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from skill.dialog.reply import Card, Prompts, Reply
from skill.dialog.session import Session
from skill.engine.triage import Ask, Assessment, Disposition, assess, step_after
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
        return step_after(self.guide.protocol, self.assessment)

    @cached_property
    def assessment(self) -> Assessment:
        """What the answers so far establish."""
        return assess(self.guide.protocol, self.session.answers)

    @cached_property
    def cleared(self) -> bool:
        """Whether every emergency finding was denied in this session."""
        return self.guide.protocol.emergencies <= self.assessment.absent

    @property
    def level(self) -> Level | None:
        """The level of the disposition; None while there is something to ask."""
        return self.next.level if isinstance(self.next, Disposition) else None

    def moved(self, session: Session, assessment: Assessment | None = None) -> "Turn":
        """Return the turn with another ``session``; ``assessment`` of its answers where it is known already."""
        turn = Turn(guide=self.guide, session=session)
        if assessment is None and session.answers is self.session.answers:
            assessment = self.assessment
            if "next" in self.__dict__:
                turn.__dict__["next"] = self.next
        if assessment is not None:
            turn.__dict__["assessment"] = assessment
        return turn

    def to(
        self, state: "State", *, say: Prompts = (), card: Card | None = None, disposition: Level | None = None
    ) -> Turned:
        """Say ``say`` and go to ``state``, which puts its question."""
        session = replace(self.session, state=state)
        asked = state.ask(self.moved(session))
        return Turned(session, Reply(say=say, ask=asked, card=card, disposition=disposition))

    def again(self, lead: Prompts = (), card: Card | None = None) -> Turned:
        """Say ``lead`` and put the pending question again."""
        return self.to(self.session.state, say=lead, card=card)

    def end(self, say: Prompts, card: Card | None = None, disposition: Level | None = None) -> Turned:
        """Say ``say`` and close the session."""
        return Turned(self.session, Reply(say=say, card=card, disposition=disposition))
