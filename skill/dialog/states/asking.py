"""A question of the protocol is pending; which one follows from the answers."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.acts import Answer
from skill.dialog import interview, questions
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.engine.triage import Ask, Evidence, evidence_of
from skill.hearing.heard import Asked, Expecting
from skill.prompts import constructors as say
from skill.protocol.model import FindingId

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class Asking(State):
    """A question was put: whole, in other words, or about one finding at a time."""

    name = "asking"
    asked = Asked.FINDINGS

    in_plain_words: bool = False
    """Put in other words, with an example: about one finding at a time, so that it stays short."""
    singly: bool = False
    """Put about one finding at a time, after a second miss."""
    focus: FindingId | None = None
    """The finding that was half heard and is asked about by name; None where none was."""

    def pending(self, turn: "Turn") -> tuple[FindingId, ...]:
        """Return the findings that are asked about now, in the order of the question; never empty where this fits."""
        open_ = turn.next.open if isinstance(turn.next, Ask) else ()
        if self.focus in open_ and self.focus is not None:
            return (self.focus,)
        again = isinstance(turn.next, Ask) and turn.next.unsure_before
        return open_[:1] if self.singly or self.in_plain_words or again else open_

    def ask(self, turn: "Turn") -> Prompts:
        """Return the question about what is pending."""
        asked = turn.next
        if not isinstance(asked, Ask):
            return ()
        pending = self.pending(turn)
        if self.in_plain_words or asked.unsure_before:
            return questions.in_plain_words(pending[0])
        if asked.softly_before:
            one = (say.TO_BE_SURE, *questions.question(replace(asked, open=pending)))
            return one if len(pending) == 1 else (say.to_be_sure(pending),)
        return questions.question(asked if len(pending) > 1 else replace(asked, open=pending))

    def expecting(self, turn: "Turn") -> Expecting:
        """Return the pending findings."""
        return Expecting(asked=self.asked, findings=self.pending(turn))

    def fits(self, turn: "Turn") -> bool:
        """Return whether there is something to ask."""
        return isinstance(turn.next, Ask)

    def plainly(self, turn: "Turn") -> State:  # noqa: ARG002
        """Return the same question in other words."""
        return replace(self, in_plain_words=True)

    def one_by_one(self, turn: "Turn") -> State:  # noqa: ARG002
        """Return the question about its first open finding alone."""
        return Asking(singly=True, focus=self.focus)

    def whereabouts(self, turn: "Turn") -> Prompts:
        """Return the number of the question and what can be said."""
        if not isinstance(turn.next, Ask):
            return ()
        asked, help_ = turn.guide.protocol.questions, (say.HELP_CHOICES, say.HELP_SAY_FINDING)
        if turn.next.question not in asked:
            return help_
        return (say.question_number(asked.index(turn.next.question) + 1), *help_)

    def reason(self, turn: "Turn") -> Prompts:
        """Return why the question is asked."""
        if not isinstance(turn.next, Ask):
            return ()
        asked = turn.next.question
        return (say.question(asked.id, "why") if asked in turn.guide.protocol.questions else say.HALF_HEARD_WHY,)

    def settle(self, turn: "Turn", said: Said) -> "Turned":
        """Take what was named. A yes beside it answers the question as well; anything else only where all was clear."""
        unclear = bool(said.alarms or said.missed)
        answer = None if unclear and said.answer is not Answer.YES else said.answer
        return interview.settle(turn, said, self._evidence(turn, answer) if answer else None)

    def reply(self, turn: "Turn", answer: Answer) -> "Turned":
        """Take the answer to the question."""
        focus = (self.focus,) if self.focus and answer in (Answer.UNSURE, Answer.SOFT_NO) else ()
        how = interview.How(about=focus, one_by_one=self.singly or self.in_plain_words)
        return interview.proceed(turn, self._evidence(turn, answer), self._lead(turn, answer), how)

    def _lead(self, turn: "Turn", answer: Answer) -> Prompts:
        """Return the small words before what comes next."""
        match answer:
            case Answer.UNSURE:
                return (say.OTHER_WORDS,)
            case Answer.YES:
                return (say.SORRY_TO_HEAR,)
            case Answer.SOFT_NO if isinstance(turn.next, Ask) and not turn.next.softly_before:
                return ()
            case _:
                return say.small_word(len(turn.session.answers))

    def _evidence(self, turn: "Turn", answer: Answer) -> Evidence:
        """Return what ``answer`` says of the pending findings: of the whole question, or of the one that is asked."""
        return evidence_of(turn.next, self.pending(turn), answer) if isinstance(turn.next, Ask) else Evidence()
