"""A part of a topic was told."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.dialog import dispositions, endings, states
from skill.dialog.reply import Card, Prompts
from skill.dialog.states.after_disposition import AfterDisposition
from skill.hearing.heard import Asked
from skill.prompts import constructors as say
from skill.protocol.care import TopicId

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Telling(AfterDisposition):
    """Part ``part`` of ``topic`` was told; it was asked whether to go on, or whether anything else is wanted."""

    name = "telling"
    asked = Asked.OFFER

    topic_id: TopicId
    part: int
    """From 1."""

    @staticmethod
    def part_of(turn: "Turn", id_: TopicId, part: int) -> "Turned":
        """Tell ``part`` of a topic, unless what was confirmed speaks against it."""
        turn = turn.moved(replace(turn.session, told=turn.session.told | {id_}))
        confirmed = {finding for reason in turn.assessment.reasons for finding in reason.findings}
        if any(finding.id in confirmed for finding in turn.guide.care.topic[id_].not_with):
            return turn.to(states.AnythingElse(), say=(say.WAIT_FOR_DOCTOR,))
        return turn.to(Telling(id_, part), say=(say.topic_part(id_, part),))

    def fits(self, turn: "Turn") -> bool:
        """Return whether there is such a part, and the answers come to a disposition."""
        found = turn.guide.care.topic.get(self.topic_id)
        return super().fits(turn) and found is not None and 1 <= self.part <= len(found.parts)

    def ask(self, turn: "Turn") -> Prompts:
        """Return whether to go on, or whether anything else is wanted."""
        return (say.GO_ON,) if self._goes_on(turn) else (say.ANYTHING_ELSE,)

    def tell(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the part."""
        return (say.topic_part(self.topic_id, self.part),)

    def yes(self, turn: "Turn") -> "Turned":
        """Tell the next part, or offer the other topics."""
        return self.tell_part(turn, self.topic_id, self.part + 1) if self._goes_on(turn) else self.what_else(turn)

    more = yes

    def no(self, turn: "Turn") -> "Turned":
        """Ask whether anything else is wanted, or take leave."""
        if self._goes_on(turn):
            return turn.to(states.AnythingElse(), say=(say.OKAY,))
        return endings.leave(turn)

    def back(self, turn: "Turn") -> "Turned":
        """Tell the part before; from the first one go back to the topics. No answer is dropped."""
        if self.part > 1:
            return self.tell_part(turn, self.topic_id, self.part - 1)
        return self.what_else(turn)

    def send(self, turn: "Turn") -> "Turned":
        """Put the whole topic on a card."""
        parts = range(1, len(turn.guide.care.topic[self.topic_id].parts) + 1)
        told = tuple((say.topic_part(self.topic_id, number),) for number in parts)
        title = say.topic_title(self.topic_id)
        card = Card(title=title, paragraphs=(*told, dispositions.WATCH, dispositions.DISCLAIMER))
        return turn.again((say.SENT,), card)

    def _goes_on(self, turn: "Turn") -> bool:
        return self.part < len(turn.guide.care.topic[self.topic_id].parts)
