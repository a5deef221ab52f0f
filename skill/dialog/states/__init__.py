"""The states of a conversation, one file each. A state knows its own question and answers every act.

States lead to one another, so they are reached through this package: ``states.Asking(...)``.
"""

from skill.dialog.states.advised import Advised
from skill.dialog.states.after_disposition import AnythingElse
from skill.dialog.states.asking import Asking
from skill.dialog.states.asking_if_better import AskingIfBetter
from skill.dialog.states.choosing import Choosing
from skill.dialog.states.clearing_up import ClearingUp
from skill.dialog.states.correcting import Correcting
from skill.dialog.states.fresh import Fresh
from skill.dialog.states.guiding import Guiding
from skill.dialog.states.hurting import Hurting
from skill.dialog.states.keeping_other import KeepingOther
from skill.dialog.states.offering_check import OfferingCheck
from skill.dialog.states.offering_follow_up import OfferingFollowUp
from skill.dialog.states.reading_back import ReadingBack
from skill.dialog.states.ready import Ready
from skill.dialog.states.returning import Returning
from skill.dialog.states.state import State
from skill.dialog.states.telling import Telling

NAMED: dict[str, type[State]] = {
    state.name: state
    for state in (
        *(Fresh, OfferingCheck, Asking, ClearingUp, ReadingBack, Correcting),
        *(Advised, Ready, AnythingElse, Choosing, Telling, Guiding, Hurting),
        *(OfferingFollowUp, KeepingOther, Returning, AskingIfBetter),
    )
}
"""The states by the name under which a session stores them."""

__all__ = [
    "NAMED",
    "Advised",
    "AnythingElse",
    "Asking",
    "AskingIfBetter",
    "Choosing",
    "ClearingUp",
    "Correcting",
    "Fresh",
    "Guiding",
    "Hurting",
    "KeepingOther",
    "OfferingCheck",
    "OfferingFollowUp",
    "ReadingBack",
    "Ready",
    "Returning",
    "State",
    "Telling",
]
