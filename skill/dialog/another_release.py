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


def named(turn: "Turn", said: Said) -> tuple["Turn", Said]:
    """Return the turn and what was said in it, with a plain answer put as findings that were named.

    A soft no to findings of this release is asked about by name. Beside a control or a call for help the answer is
    dropped, and so is a reply to a question that is not known: a question is put again.
    """
    session, answer = turn.session, said.answer
    foreign = session.foreign or Foreign()
    plain = answer if not said.control and not said.call else None
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
