"""What is done when something was not understood: other words, then one thing at a time, then a safe end."""

from dataclasses import replace
from typing import TYPE_CHECKING

from skill.dialog import interview
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

MOST_MISSES = 100
"""Counted at most, so that a number in a session stays small."""

NAMES_SPOKEN = 5
"""Findings named after a third miss, at most: with the emergency sentence and a question that is 30 seconds."""

MISSES_BEFORE_GIVING_UP = 3
"""A person is never caught in a loop, unless words are unaccounted for: then the guide goes on asking."""


def miss(turn: "Turn", *, named: bool) -> "Turned":
    """Count what was not understood and ask again; ``named`` where it sounded like a finding.

    The next utterance is wanted word for word.
    """
    session = replace(turn.session, misses=min(MOST_MISSES, turn.session.misses + 1))
    state, turn = session.state, turn.moved(session)
    if not state.ask(turn):
        turned = interview.from_the_start(turn, (say.WELCOME, say.OPEN_NET, say.PLAN))
    elif session.misses >= MISSES_BEFORE_GIVING_UP:
        if not session.unplaced:
            return turn.end((say.GIVING_UP, say.NET, say.TRY_LATER))
        told = (id_ for reason in turn.assessment.reasons for id_ in reason.findings if id_ in _named(turn))
        known = tuple(dict.fromkeys(told))
        so_far = (say.you_told_me(known[:NAMES_SPOKEN]),) if known else (say.NOTHING_SO_FAR,)
        turned = turn.to(state.one_by_one(turn), say=(say.MISSED_AGAIN, *so_far, say.NET))
    elif session.misses > 1:
        choices = state.whereabouts(turn) if state.advised else state.choices(turn)
        turned = turn.to(state.one_by_one(turn), say=(say.MISSED_AGAIN, *choices))
    else:
        turned = turn.to(state.plainly(turn), say=(say.UNKNOWN_FINDING if named else say.MISSED,))
    return turned._replace(reply=replace(turned.reply, listen=True))


def _named(turn: "Turn") -> frozenset[str]:
    return frozenset(turn.guide.protocol.question_of)
