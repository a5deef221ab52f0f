"""What can be touched in a state: the answers that its question takes, what can be named, what can be asked for.

They fit what was said and denied: a question offers the findings that are still open, a correction those that were
denied, the topics those that speech offers. What has nothing to work on, such as "go back" at first, is left out.
"""

from collections.abc import Sequence

from skill.acts import Answer, AskTopic, Control, Report
from skill.dialog import states
from skill.dialog.states import State
from skill.dialog.turn import Turn
from skill.prompts import constructors as say
from skill.protocol.model import FindingId, Level
from skill.screen.model import Choice, Choices

YES, NO, UNSURE = (Choice(act=act, label=say.answer_label(act)) for act in (Answer.YES, Answer.NO, Answer.UNSURE))

_CONTROLS = {control: Choice(act=control, label=say.control_label(control)) for control in say.TOUCHED_CONTROLS}

_BETWEEN_STEPS = (Control.HURTS, Control.REPEAT, Control.SLOWER, Control.PAUSE)


def answers(state: State) -> Choices:
    """Return the answers that the question of ``state`` takes."""
    match state:
        case states.Asking() | states.ClearingUp():
            return (YES, NO, UNSURE)
        case states.Correcting() | states.Choosing():
            return ()  # what is asked is which one
        case _:
            return (YES, NO)


def named(turn: Turn, state: State) -> Choices:
    """Return the findings or topics that can be named; in a question with one finding a yes names it already."""
    match state:
        case states.Asking():
            pending = state.pending(turn)
            return _findings(pending) if len(pending) > 1 else ()
        case states.Correcting():
            return _findings(in_order(turn, turn.assessment.softly_absent) + in_order(turn, _clearly_absent(turn)))
        case states.Choosing():
            topics = states.Choosing.offered(turn)
            return tuple(Choice(act=AskTopic(id_), label=say.topic_name(id_)) for id_ in topics)
        case _:
            return ()


def controls(turn: Turn, state: State) -> Choices:
    """Return what can be asked of the guide in ``state``."""
    return tuple(_CONTROLS[control] for control in _controls(turn, state))


def in_order(turn: Turn, ids: Sequence[FindingId] | frozenset[FindingId]) -> tuple[FindingId, ...]:
    """Return those findings that are in ``ids``, in the order of the protocol. A limit is told as a reason instead."""
    return tuple(finding.id for finding in turn.guide.protocol.findings if finding.id in ids)


def _controls(turn: Turn, state: State) -> tuple[Control, ...]:
    back = (Control.BACK,) if turn.session.answers else ()
    guide = (Control.GUIDE,) if turn.level is Level.SELF_CARE and turn.guide.care.steps else ()
    match state:
        case states.Asking():
            return (Control.WHY, Control.REPHRASE, *back, Control.REPEAT, Control.STOP)
        case states.ReadingBack() | states.ClearingUp():
            return (Control.WHY, *back, Control.REPEAT, Control.STOP)
        case states.Correcting():
            return (Control.RESTART, *back, Control.STOP)
        case states.Advised():
            ready = () if turn.level is Level.SELF_CARE else (Control.READY,)
            return (*guide, *ready, Control.WHAT_ELSE, Control.WHY, Control.SEND, *back, Control.STOP)
        case states.Telling():
            return (Control.WHAT_ELSE, Control.BACK, Control.REPEAT, Control.SEND, Control.STOP)
        case states.Guiding():
            return (*_BETWEEN_STEPS, Control.BACK, Control.SEND, Control.STOP)
        case states.Choosing():
            return (*guide, Control.REPEAT, Control.STOP)
        case states.Hurting():
            return (Control.REPEAT, Control.STOP)
        case _ if state.advised:
            return (*guide, Control.WHAT_ELSE, Control.REPEAT, Control.STOP)
        case _:
            return (Control.REPEAT, Control.STOP)


def _findings(ids: Sequence[FindingId]) -> Choices:
    return tuple(Choice(act=Report((id_,)), label=say.finding(id_, "name")) for id_ in ids)


def _clearly_absent(turn: Turn) -> frozenset[FindingId]:
    return turn.assessment.absent - turn.assessment.softly_absent
