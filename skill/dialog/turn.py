"""What every turn starts from, and the three ways in which it can end: with a question, the same question, or none."""

from dataclasses import dataclass, replace
from functools import cached_property

from skill.dialog.moves import Move
from skill.dialog.reply import Card, Reply
from skill.dialog.session import Session, Stage
from skill.engine.triage import Ask, Conclude, emergencies_cleared, next_step
from skill.protocol.model import Protocol
from skill.prompts.catalogue import Line

Outcome = tuple[Session, Reply]
"""What a turn comes to: the next session and the reply."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one turn starts from."""

    protocol: Protocol
    session: Session
    move: Move

    @property
    def stage(self) -> Stage:
        """Where the conversation stands."""
        return self.session.stage

    @property
    def cleared(self) -> bool:
        """Whether every emergency finding was denied in this session."""
        return emergencies_cleared(self.protocol, self.session.answers)

    def step(self) -> Ask | Conclude:
        """Return what the engine says of the answers so far; asked for once a turn."""
        return self._step

    @cached_property
    def _step(self) -> Ask | Conclude:
        return next_step(self.protocol, self.session.answers)


def ask(
    session: Session,
    stage: Stage,
    *,
    say: tuple[Line, ...],
    ask: tuple[Line, ...],
    card: Card | None = None,
) -> Outcome:
    """Say ``say``, then put the question ``ask``; the microphone stays open if there is one."""
    return replace(session, stage=stage, said=say, asked=ask), Reply(say=say, ask=ask, card=card)


def ask_again(turn: Turn, lead: tuple[Line, ...], card: Card | None = None) -> Outcome:
    """Say ``lead`` and put the pending question again."""
    return ask(turn.session, turn.stage, say=lead, ask=turn.session.asked, card=card)


def end(session: Session, say: tuple[Line, ...], card: Card | None = None) -> Outcome:
    """Say ``say`` and close the session."""
    return ask(session, session.stage, say=say, ask=(), card=card)
