"""The acts of one turn, sorted: what names findings, what replies, what is asked of the guide."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from skill.acts import (
    Act,
    Answer,
    Aside,
    AskTopic,
    Call,
    Control,
    Correction,
    Deny,
    Doubt,
    Lasted,
    Missed,
    Report,
    Trend,
    Unclear,
)
from skill.follow_up.news import News
from skill.protocol.model import FindingId

Ids = tuple[FindingId, ...]


@dataclass(kw_only=True)
class Said:
    """What one utterance, one intent or one touch came to. Of two acts of one kind the more urgent one counts."""

    present: Ids = ()
    absent: Ids = ()
    doubted: Ids = ()
    unclear: Ids = ()
    answer: Answer | None = None
    call: Call | None = None
    control: Control | None = None
    trend: Trend | None = None
    days: float | None = None
    correction: Correction | None = None
    topic: AskTopic | None = None
    asides: list[Aside] = field(default_factory=list)
    missed: Missed | None = None
    news: News | None = None

    @property
    def settles(self) -> bool:
        """Whether something was said of findings, of time, or of how the pain changes."""
        return bool(self.present or self.absent or self.doubted or self.unclear or self.trend or self.days is not None)

    @property
    def alarms(self) -> bool:
        """Whether a finding was named in a way that may not be passed by."""
        return bool(self.present or self.doubted or self.unclear)


_ANSWERS = (Answer.YES, Answer.UNSURE, Answer.SOFT_NO, Answer.NO)
_CALLS = (Call.CRISIS, Call.EMERGENCY, Call.DISTRESS)


def sort(acts: Sequence[Act]) -> Said:
    """Return ``acts`` sorted by what they do."""
    said = Said()
    for act in acts:
        match act:
            case Report():
                said.present += act.findings
            case Deny():
                said.absent += act.findings
            case Doubt():
                said.doubted += act.findings
            case Unclear():
                said.unclear += act.findings
            case Answer():
                said.answer = act if said.answer is None else min(act, said.answer, key=_ANSWERS.index)
            case Call():
                said.call = act if said.call is None else min(act, said.call, key=_CALLS.index)
            case Lasted():
                said.days = max(act.days, said.days or 0.0)
            case Trend():
                said.trend = act if said.trend is None else Trend.WORSE
            case Aside():
                said.asides.append(act)
            case Control():
                said.control = said.control or act
            case Correction():
                said.correction = act
            case AskTopic():
                said.topic = said.topic or act
            case Missed():
                said.missed = act
            case _:
                said.news = act
    return said
