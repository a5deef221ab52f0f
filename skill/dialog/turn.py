"""What every turn starts from, and the three ways in which it can end: with a question, the same question, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from skill.dialog.reply import Card, Prompts, Reply
from skill.dialog.session import Session
from skill.engine.triage import Ask, Assessment, Disposition, Evidence, assess, step_after
from skill.follow_up.appointment import Appointment
from skill.follow_up.effects import Effect
from skill.hearing.heard import Expecting
from skill.protocol.guide import Guide
from skill.protocol.model import Level

if TYPE_CHECKING:
    from skill.dialog.states.state import State


class Turned(NamedTuple):
    """What a turn comes to: the next session and the reply."""

    session: Session
    reply: Reply

    def wanting(self, effect: Effect) -> "Turned":
        """Return the same, with ``effect`` to be done outside before the reply is spoken."""
        return self._replace(reply=replace(self.reply, effect=effect))


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
        return self.assessed(self.session.answers)

    def assessed(self, answers: Sequence[Evidence]) -> Assessment:
        """Return what ``answers`` would establish in this session."""
        foreign = self.session.foreign
        return assess(self.guide.protocol, answers, foreign.level if foreign else None)

    @cached_property
    def cleared(self) -> bool:
        """Whether every emergency finding was denied in this session."""
        return self.guide.protocol.emergencies <= self.assessment.absent

    @cached_property
    def pending(self) -> Expecting | None:
        """What a plain answer replies to; None where the state does not fit the answers, or asks for something else.

        So it is where another release put the last question, and where nobody's conversation made the session.
        """
        session = self.session
        if not session.state.fits(self) or (session.foreign and session.foreign.asked):
            return None
        expecting = session.state.expecting(self)
        return expecting if expecting.findings == session.asked else None

    @property
    def level(self) -> Level | None:
        """The level of the disposition; None while there is something to ask."""
        return self.next.level if isinstance(self.next, Disposition) else None

    @property
    def is_home_care(self) -> bool:
        """Whether nothing was found, so that home care is told: alone, or where a region asks for a doctor with it."""
        return isinstance(self.next, Disposition) and self.next.is_home_care

    @property
    def care_level(self) -> Level | None:
        """The level whose topics of care are offered; None while there is something to ask."""
        return Level.SELF_CARE if self.is_home_care else self.level

    def moved(self, session: Session, assessment: Assessment | None = None) -> "Turn":
        """Return the turn with another ``session``; ``assessment`` of its answers where it is known already."""
        turn = Turn(guide=self.guide, session=session)
        known = self.session
        if assessment is None and session.answers is known.answers and session.foreign is known.foreign:
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
        session = replace(self.session, state=state, asked=state.expecting(self).findings)
        asked = state.ask(self.moved(session))
        return Turned(session, Reply(say=say, ask=asked, card=card, disposition=disposition))

    def again(self, lead: Prompts = (), card: Card | None = None) -> Turned:
        """Say ``lead`` and put the pending question again."""
        return self.to(self.session.state, say=lead, card=card)

    def end(self, say: Prompts, card: Card | None = None, disposition: Level | None = None) -> Turned:
        """Say ``say`` and close the session."""
        return Turned(self.session, Reply(say=say, card=card, disposition=disposition))

    def ask_permission(self, say: Prompts, appointment: Appointment) -> Turned:
        """Say ``say`` and let Alexa ask whether this skill may set reminders; what comes of it comes as news."""
        return Turned(self.session, Reply(say=say, permission_for=appointment))
