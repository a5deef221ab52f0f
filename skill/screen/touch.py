"""A touch as it travels: a short list of words for an act, and back; and the mark of the screen that was touched."""

import zlib
from collections.abc import Mapping, Sequence

from skill.acts import Act, Answer, AskTopic, Control, Report, Unclear
from skill.dialog.session import Session
from skill.protocol.care import TopicId
from skill.protocol.guide import Guide
from skill.protocol.model import FindingId

_BY_WORD: Mapping[str, Act] = {act.value: act for act in (*Answer, *Control)}

STALE: Act = Control.REPEAT
"""What a touch is where it cannot be told what was meant: the question is put again, and nothing changes."""


def arguments(act: Act) -> list[str]:
    """Return ``act`` as the arguments of a touch. Raises TypeError for an act that no screen offers."""
    match act:
        case Answer() | Control():
            return [act.value]
        case AskTopic(topic=str(topic)):
            return ["topic", topic]
        case Report(findings=findings):
            return ["report", *findings]
        case Unclear(findings=findings):
            return ["unclear", *findings]
        case _:
            raise TypeError(f"{act!r} cannot be touched; give touch.arguments a form for it.")


def act_of(sent: Sequence[str], guide: Guide) -> Act:
    """Return the act that ``sent`` stands for; ``STALE`` where it stands for none that ``guide`` knows."""
    protocol, care = guide.protocol, guide.care
    match list(sent):
        case [word] if word in _BY_WORD:
            return _BY_WORD[word]
        case ["topic", topic] if topic in care.topic:
            return AskTopic(TopicId(topic))
        case ["report", *ids] if ids and all(id_ in protocol.finding for id_ in ids):
            return Report(tuple(map(FindingId, ids)))
        case ["unclear", *ids] if ids and all(id_ in protocol.question_of for id_ in ids):
            return Unclear(tuple(map(FindingId, ids)))
        case _:
            return STALE


def token(session: Session) -> str:
    """Return a mark of the screen that goes with ``session``: the same session has the same mark.

    A second touch on a screen that was answered already brings the old mark, and is no answer to the next question.
    It says nothing about the answers: it is a checksum.
    """
    held = (session.state, session.answers, session.asked, session.misses, sorted(session.told), session.unplaced)
    return f"upper-back-guide-{zlib.crc32(repr(held).encode()):08x}"
