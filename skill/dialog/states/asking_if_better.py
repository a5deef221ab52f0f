"""The emergency signs were denied again after three days; it was asked whether the pain is better."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skill.acts import Answer, Trend
from skill.dialog import interview
from skill.dialog.mark import Mark
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.dialog.states.state import State
from skill.engine.triage import Ask, Evidence
from skill.hearing.heard import Asked
from skill.prompts import constructors as say
from skill.protocol.model import Finding, FindingId, Level, Protocol

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned


@dataclass(frozen=True)
class AskingIfBetter(State):
    """Better is home care, with all that was denied read back; anything else is a doctor."""

    name = "asking_if_better"
    asked = Asked.BETTER

    in_plain_words: bool = False

    @staticmethod
    def is_due(turn: "Turn") -> bool:
        """Return whether this question is next: at the second look, after the emergency signs, once."""
        return (
            Mark.SECOND_LOOK in turn.session.marks
            and isinstance(turn.next, Ask)
            and turn.next.question.level < Level.EMERGENCY
            and not turn.assessment.settled.issuperset(_ids(turn.guide.protocol.confirmed_when_no_better))
        )

    def ask(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return the question."""
        return (say.IS_IT_BETTER_PLAINLY,) if self.in_plain_words else (say.IS_IT_BETTER,)

    def fits(self, turn: "Turn") -> bool:
        """Return whether the question is due."""
        return self.is_due(turn)

    def plainly(self, turn: "Turn") -> State:  # noqa: ARG002
        """Return the same question in other words."""
        return AskingIfBetter(in_plain_words=True)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said."""
        return (say.HELP_CHOICES, say.HELP_SAY_FINDING)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why it is asked."""
        return (say.IS_IT_BETTER_WHY,)

    def settle(self, turn: "Turn", said: Said) -> "Turned":
        """Take what was named; a trend answers the question, and so does a yes or a no beside a finding."""
        if said.alarms:
            protocol = turn.guide.protocol
            no_better = _ids((*protocol.confirmed_when_no_better, *protocol.confirmed_when_worsening))
            named = {*said.present, *said.doubted, *said.unclear}
            says_no = said.answer is Answer.NO or not named.isdisjoint(no_better)  # a half heard no is no yes
            return interview.settle(turn, said, _no_better(protocol) if says_no else None)
        if said.trend is Trend.WORSE:
            return self._worse(turn)
        if said.trend is Trend.BETTER or said.answer is Answer.YES:
            return self.yes(turn)
        if said.answer or set(said.absent) & {finding.id for finding in turn.guide.protocol.confirmed_when_worsening}:
            return self.no(turn)  # "no change" is no better
        return interview.settle(turn, said)

    def yes(self, turn: "Turn") -> "Turned":
        """Better: what three days may have brought is still asked, then it is home care."""
        protocol = turn.guide.protocol
        absent = (*_ids(protocol.denied_when_better), *_ids(protocol.settled_at_first_look))
        return interview.proceed(turn, Evidence(absent=absent), (say.GOOD_TO_HEAR,))

    def no(self, turn: "Turn") -> "Turned":
        """No better after three days of home care: that is for a doctor. What is more urgent is asked first."""
        return interview.proceed(turn, _no_better(turn.guide.protocol), (say.OKAY,))

    unsure = no

    def _worse(self, turn: "Turn") -> "Turned":
        protocol = turn.guide.protocol
        known = _no_better(protocol)
        worse = (*known.present, *_ids(protocol.confirmed_when_worsening))
        return interview.proceed(turn, replace(known, present=worse), (say.OKAY,))


def _no_better(protocol: Protocol) -> Evidence:
    return Evidence(
        present=_ids(protocol.confirmed_when_no_better),
        absent=_ids(protocol.settled_at_first_look),
    )


def _ids(findings: tuple[Finding, ...]) -> tuple[FindingId, ...]:
    return tuple(finding.id for finding in findings)
