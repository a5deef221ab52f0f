"""What holds after the disposition was told; and the plain question whether anything else is wanted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.dialog import dispositions, endings, states
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.engine.triage import Disposition
from skill.prompts import constructors as say
from skill.protocol.care import TopicId
from skill.protocol.model import Level

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


class AfterDisposition(State):
    """A state after the result: topics are told whole, stretches are guided where home care is what is due."""

    advised = True

    def fits(self, turn: "Turn") -> bool:
        """Return whether the answers come to a disposition after which a session goes on."""
        return turn.level is not None and turn.level is not Level.EMERGENCY

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said about care."""
        return (say.CARE_HELP,)

    def choices(self, turn: "Turn") -> Prompts:
        """Return what can be said about care."""
        return self.whereabouts(turn)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why care is told."""
        return (say.CARE_WHY,)

    def topic(self, turn: "Turn", said: Said) -> "Turned":
        """Tell the topic, unless what was confirmed speaks against it."""
        found = turn.guide.care.topic.get(said.topic.topic) if said.topic and said.topic.topic else None
        if found is None:
            return turn.again((say.UNKNOWN_TOPIC,))
        return self.tell_part(turn, found.id, 1)

    def tell_part(self, turn: "Turn", id_: TopicId, part: int) -> "Turned":
        """Tell ``part`` of a topic, from 1, unless what was confirmed speaks against it."""
        return states.Telling.part_of(turn, id_, part)

    def yes(self, turn: "Turn") -> "Turned":
        """Offer what can be told."""
        return self.what_else(turn)

    def no(self, turn: "Turn") -> "Turned":
        """Take leave; after home care the reminder is offered first."""
        return endings.leave(turn)

    def check(self, turn: "Turn") -> "Turned":
        """Begin a new check."""
        return self.open(turn)

    def more(self, turn: "Turn") -> "Turned":
        """Offer what can be told."""
        return self.what_else(turn)

    def what_else(self, turn: "Turn") -> "Turned":
        """Offer the topics that fit and were not told yet; with none left take leave."""
        if not states.Choosing.offered(turn):
            return turn.end((say.NO_MORE, say.LEAVE_CLEARED))
        return turn.to(states.Choosing())

    def ready(self, turn: "Turn") -> "Turned":
        """Say what to have ready for the doctor."""
        state = states.Ready()
        return turn.to(state, say=state.tell(turn))

    def send(self, turn: "Turn") -> "Turned":
        """Put the disposition on a card."""
        if not isinstance(turn.next, Disposition):
            return turn.again((say.NOTHING_TO_SEND,))
        return turn.again((say.SENT,), dispositions.card(turn.guide.protocol, turn.next, turn.assessment))

    def guide(self, turn: "Turn") -> "Turned":
        """Begin guided relief, after home care only: then every finding that speaks against stretching was denied."""
        if not turn.is_home_care or not turn.guide.care.steps:
            return turn.again((say.GUIDED_NOT_NOW,))
        return states.Guiding(step=0).begin(turn)

    def hurts(self, turn: "Turn") -> "Turned":
        """Stop at once and ask whether it is worse."""
        return turn.to(states.Hurting(), say=(say.STOP_THERE,))

    def stop(self, turn: "Turn") -> "Turned":
        """Take leave."""
        return endings.stop(turn)


@dataclass(frozen=True)
class AnythingElse(AfterDisposition):
    """It was asked whether anything else is wanted."""

    name = "anything_else"

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return whether anything else is wanted."""
        return (say.ANYTHING_ELSE,)
