"""The states of a conversation by name, and whether a finding said in one gets lost: for tests and measurements."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from skill.dialog.conversation import converse
from skill.dialog.moves import Move, MoveKind
from skill.dialog.session import Session, Stage
from skill.engine.triage import assess
from skill.protocol.model import Level, FindingId
from skill.protocol.upper_back import UPPER_BACK

_OPEN, _YES, _NO, _GUIDE = (Move(kind=kind) for kind in (MoveKind.OPEN, MoveKind.YES, MoveKind.NO, MoveKind.GUIDE))
_ALL_NO = (_OPEN, *[_NO] * len(UPPER_BACK.questions))

STATES: Mapping[str, tuple[Move, ...]] = {
    "new": (),
    **{str(question.id): (_OPEN, *[_NO] * before) for before, question in enumerate(UPPER_BACK.questions)},
    "readback": _ALL_NO,
    "correcting": (*_ALL_NO, _NO),
    "home_care": (*_ALL_NO, _YES),
    "guided": (*_ALL_NO, _YES, _GUIDE),
    "doctor": (*_ALL_NO[:-1], _YES),
}
"""The moves that lead to each state; a question's id is the state in which it is pending."""


def session(state: str) -> Session:
    """Return the session in ``state``. Raises KeyError when there is no such state."""
    current = Session()
    for move in STATES[state]:
        current, _ = converse(UPPER_BACK, current, move)
    return current


def passes_by(state: str, move: Move, said: AbstractSet[FindingId]) -> bool:
    """Return whether the findings ``said`` with ``move`` in ``state`` get lost: taken as a no, or no longer asked about.

    They are not when the move is acted on as an emergency, or when a question is put again.
    """
    before = session(state)
    after, reply = converse(UPPER_BACK, before, move)
    found = assess(UPPER_BACK, after.answers)
    if found.level is Level.EMERGENCY:
        return False
    newly_absent = found.absent - assess(UPPER_BACK, before.answers).absent
    asked_again = not reply.ends and after.stage in (before.stage, Stage.ASKING)
    return bool(newly_absent & said) or not asked_again
