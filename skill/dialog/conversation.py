"""The conversation: one session and one move in, the next session and the reply out.

Start reading here. ``converse`` sends each kind of move to one function: answers to ``answers.py``, topics to
``care.py``, stretches to ``guided.py``, help and misunderstandings to ``wayfinding.py``, calls for help to
``endings.py``. All of them ask the engine what comes next through ``interview.py``. Nothing on this floor knows a word
of any language, or Alexa.
"""

from collections.abc import Callable, Mapping

from skill.dialog import answers, care, endings, guided, wayfinding
from skill.dialog.moves import Move, MoveKind
from skill.dialog.session import Session, Stage
from skill.dialog.turn import Outcome, Turn
from skill.protocol.model import Protocol


def converse(protocol: Protocol, session: Session, move: Move) -> Outcome:
    """Return the session after ``move`` and the reply to it. Total: every move has a reply in every stage."""
    turn = Turn(protocol=protocol, session=session, move=move)
    if move.present or (move.absent and not _refuses_readback(turn)):
        return answers.tell(turn)
    if move.doubted:
        return answers.doubt(turn)
    if move.unresolved and move.kind is not MoveKind.YES:
        return wayfinding.miss(turn)  # "no, but my ..." is not a no
    return _MOVES[move.kind](turn)


def _refuses_readback(turn: Turn) -> bool:
    """Whether a "no, no fever" replies to the read-back: something in it was wrong, so it is asked what."""
    return turn.move.kind is MoveKind.NO and turn.stage is Stage.READBACK


_MOVES: Mapping[MoveKind, Callable[[Turn], Outcome]] = {
    MoveKind.OPEN: wayfinding.open_,
    MoveKind.START: wayfinding.start,
    MoveKind.YES: answers.yes,
    MoveKind.NO: answers.no,
    MoveKind.UNSURE: answers.unsure,
    MoveKind.TELL: wayfinding.miss,
    MoveKind.DURATION: answers.duration,
    MoveKind.IMPROVING: answers.improving,
    MoveKind.WORSENING: answers.worsening,
    MoveKind.CORRECT_YES: answers.correct_yes,
    MoveKind.CORRECT_NO: answers.correct_no,
    MoveKind.EMERGENCY: endings.emergency,
    MoveKind.DISTRESS: wayfinding.distress,
    MoveKind.CRISIS: endings.crisis,
    MoveKind.TOPIC: care.topic,
    MoveKind.MORE: care.more,
    MoveKind.WHAT_ELSE: care.what_else,
    MoveKind.SEND: care.send,
    MoveKind.GUIDE: guided.guide,
    MoveKind.HURTS: guided.hurts,
    MoveKind.SLOWER: guided.slower,
    MoveKind.PAUSE: guided.pause,
    MoveKind.REPEAT: wayfinding.repeat,
    MoveKind.REPHRASE: wayfinding.rephrase,
    MoveKind.WHY: wayfinding.why,
    MoveKind.BACK: answers.back,
    MoveKind.HELP: wayfinding.help_,
    MoveKind.RESTART: wayfinding.restart,
    MoveKind.STOP: endings.stop,
    MoveKind.OTHER: wayfinding.miss,
}
