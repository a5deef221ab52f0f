"""Moves, and conversations made of them, for tests of the dialog: no Alexa, no words."""

from collections.abc import Iterable

from skill.dialog.conversation import converse
from skill.dialog.moves import Move, MoveKind
from skill.dialog.reply import Reply
from skill.dialog.session import Session
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId
from skill.protocol.upper_back import UPPER_BACK

OPEN, YES, NO, UNSURE, OTHER = (
    Move(kind=kind) for kind in (MoveKind.OPEN, MoveKind.YES, MoveKind.NO, MoveKind.UNSURE, MoveKind.OTHER)
)
BACK, REPEAT, PAUSE, SLOWER = (
    Move(kind=kind) for kind in (MoveKind.BACK, MoveKind.REPEAT, MoveKind.PAUSE, MoveKind.SLOWER)
)
MORE, WHAT_ELSE, GUIDE, SEND, HURTS = (
    Move(kind=kind) for kind in (MoveKind.MORE, MoveKind.WHAT_ELSE, MoveKind.GUIDE, MoveKind.SEND, MoveKind.HURTS)
)


def told(*present: str, no: Iterable[str] = (), kind: MoveKind = MoveKind.TELL) -> Move:
    """Return a move that names findings."""
    return Move(kind=kind, present=tuple(map(FindingId, present)), absent=tuple(map(FindingId, no)))


def about(topic: str) -> Move:
    """Return the move that asks about ``topic``."""
    return Move(kind=MoveKind.TOPIC, topic=TopicId(topic))


def after(*moves: Move) -> tuple[Session, Reply]:
    """Return the session and the last reply after ``moves``."""
    session, reply = Session(), Reply(say=())
    for move in moves:
        session, reply = converse(UPPER_BACK, session, move)
    return session, reply


def keys(reply: Reply) -> list[str]:
    """Return the catalogue keys of a reply."""
    return [line.key for line in (*reply.say, *reply.ask)]


HOME_CARE = (OPEN, *[NO] * 10, YES)
DOCTOR = (OPEN, *[NO] * 7, YES)
DOCTOR_TODAY = (OPEN, *[NO] * 6, YES)

STAGES = {
    "new": (),
    "offered the check": (about("rest"),),
    "first question": (OPEN,),
    "after a no": (OPEN, NO),
    "after a first unsure": (OPEN, UNSURE),
    "doctor questions": (OPEN, *[NO] * 5),
    "partly answered": (OPEN, told(no=["chest_pain"])),
    "read-back": (OPEN, *[NO] * 10),
    "correcting": (OPEN, *[NO] * 11),
    "home care": HOME_CARE,
    "doctor": DOCTOR,
    "doctor today": DOCTOR_TODAY,
    "in a topic": (*HOME_CARE, about("heat_ice")),
    "topics offered": (*HOME_CARE, WHAT_ELSE),
    "guided": (*HOME_CARE, GUIDE),
    "hurting": (*HOME_CARE, GUIDE, HURTS),
}
"""The moves that lead to each state of the conversation."""

MOVES = [
    *(Move(kind=kind) for kind in MoveKind if kind is not MoveKind.DURATION),
    *(Move(kind=MoveKind.TELL, present=(limit.id,)) for limit in UPPER_BACK.limits),
    *(Move(kind=MoveKind.DURATION, days=days) for days in (1, 5, 60)),
    *(about(topic) for topic in ("rest", "exercise", "emergency_signs")),
    *(told(id_) for id_ in ("chest_pain", "fever", "night_pain")),
    *(told("fever", kind=kind) for kind in (MoveKind.YES, MoveKind.NO)),
    *(told(no=[id_]) for id_ in ("chest_pain", "fever")),
    *(Move(kind=MoveKind.UNSURE, doubted=(FindingId(id_),)) for id_ in ("chest_pain", "night_pain")),
    Move(kind=MoveKind.TELL, unresolved=True),
    Move(kind=MoveKind.TELL, absent=(FindingId("chest_pain"),), unresolved=True),
    Move(kind=MoveKind.NO, unresolved=True),
    Move(kind=MoveKind.DURATION),
]
"""Every kind of move, with what can come with it."""
