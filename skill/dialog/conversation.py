"""The conversation: one session and what was done in one turn, to the next session and the reply.

Start reading here. ``converse`` hands the acts to the state in which the session is (``states/``, one file each; what
holds in all of them is in ``states/state.py``). A state answers, asks the engine what comes next through
``interview.py``, and names the state to go to. Nothing on this floor knows a word of any language, or Alexa.
"""

from collections.abc import Sequence
from dataclasses import replace

from skill.acts import Act, Call, Control, Missed
from skill.dialog import another_release, interview, states
from skill.dialog.said import Said, sort
from skill.dialog.session import Session
from skill.dialog.turn import Turn, Turned
from skill.engine.triage import Ask, Disposition
from skill.prompts import constructors as say
from skill.protocol.guide import Guide
from skill.protocol.model import Level


def converse(guide: Guide, session: Session, acts: Sequence[Act], *, unplaced: bool = False) -> Turned:
    """Return the session after ``acts`` and the reply to them. Total: any acts have a reply in any session.

    Args:
        guide: the protocol and its care.
        session: where the conversation stands.
        acts: what the person did; none at all counts as not understood.
        unplaced: whether words stayed unaccounted for. They are remembered until a question has cleared them up.
    """
    return answer(Turn(guide=guide, session=session), acts, unplaced=unplaced)


def answer(turn: Turn, acts: Sequence[Act], *, unplaced: bool = False) -> Turned:
    """Return what ``converse`` does, for a turn that was begun already."""
    if unplaced and not turn.session.unplaced:
        turn = turn.moved(replace(turn.session, unplaced=True))
    said = sort(acts or (Missed(),))
    replied = None
    if turn.pending is None:
        replied = another_release.replied(said)
        turn, said = another_release.named(turn, said)
        if not turn.session.state.fits(turn):
            turn = turn.moved(replace(turn.session, state=fitting(turn)))
    state = turn.session.state
    if turn.level is Level.EMERGENCY and said.call is not Call.CRISIS:
        if said.control in _LEAVES_EMERGENCY and not said.call and not said.alarms:
            return state.control(turn, said.control)
        return interview.advise(turn, _disposition(turn))
    if said.news is not None:
        from skill.dialog import follow_up  # noqa: PLC0415 where the look again is switched off, nothing needs it

        return follow_up.take(turn, said.news)
    turned = _go_on(turn, said) if replied else state.answer(turn, said)
    if unplaced and not isinstance(state, states.ClearingUp):  # where it was asked about, the answer to that counts
        turned = turned._replace(session=replace(turned.session, unplaced=True))
    return turned


def _go_on(turn: Turn, said: Said) -> Turned:
    """Go on after an answer to what this state did not ask: a result counts as not told."""
    turn = turn.moved(replace(turn.session, state=states.Asking()))
    return interview.settle(turn, said) if said.settles else interview.go_on(turn, turn.session.answers, (say.OKAY,))


def fitting(turn: Turn) -> states.State:
    """Return the state in which a session with these answers can go on, where its own does not fit them."""
    if isinstance(turn.next, Ask):
        return states.Asking() if turn.session.answers else states.Fresh()
    return states.ReadingBack() if turn.is_home_care else states.Advised()


def _disposition(turn: Turn) -> Disposition:
    assert isinstance(turn.next, Disposition)
    return turn.next


_LEAVES_EMERGENCY = (Control.STOP, Control.RESTART, Control.BACK, Control.OPEN)
"""What is done in a session that has come to an emergency; everything else is told the emergency again."""
