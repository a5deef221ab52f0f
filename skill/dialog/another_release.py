"""An answer to a question that another release put: its findings are taken by name, whatever this one would have asked.

While a deployment shifts traffic, the next turn of a session may come to the other version. Where its protocol asks
about other findings, a plain yes would be taken for a yes to the wrong question, and an emergency be lost.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from skill.acts import Answer
from skill.dialog.said import Said
from skill.dialog.stored_answers import Foreign

if TYPE_CHECKING:
    from skill.dialog.turn import Turn


def replied(said: Said) -> Answer | None:
    """Return the answer that counts; None where there is none, or what was said beside it leaves it open."""
    if said.control or said.call or (said.answer is not Answer.YES and (said.alarms or said.missed)):
        return None
    return said.answer


def named(turn: "Turn", said: Said) -> tuple["Turn", Said]:
    """Return the turn and what was said in it, with a plain answer put as findings that were named.

    A soft no to findings of this release is asked about by name. An answer that does not count, and a reply to a
    question that is not known, are dropped: a question is put again.
    """
    session, plain = turn.session, replied(said)
    foreign = session.foreign or Foreign()
    if plain:
        foreign = foreign.answered(plain)
    turn = turn.moved(replace(session, asked=(), foreign=foreign if foreign.answers else None))
    match plain:
        case Answer.YES:
            said = replace(said, present=said.present + session.asked)
        case Answer.NO:
            said = replace(said, absent=said.absent + session.asked)
        case Answer.UNSURE:
            said = replace(said, doubted=said.doubted + session.asked[:1])
        case Answer.SOFT_NO:
            said = replace(said, unclear=said.unclear + session.asked)
    return turn, replace(said, answer=None)
