"""The worked cases of the clinician's sheet: short conversations, each with what is heard."""

from collections.abc import Iterator, Sequence

from skill.dialog.conversation import converse
from skill.dialog.moves import Move, MoveKind
from skill.dialog.session import Session
from skill.protocol.model import Protocol, FindingId
from skill.prompts.catalogue import Catalogue

WORKED_CASES: Sequence[tuple[str, Sequence[Move]]] = (
    (
        "Chest pain is volunteered before any question",
        (Move(kind=MoveKind.TELL, present=(FindingId("chest_pain"),)),),
    ),
    (
        "Twice not sure about an emergency finding",
        (Move(kind=MoveKind.OPEN), Move(kind=MoveKind.UNSURE), Move(kind=MoveKind.UNSURE)),
    ),
    (
        "A fever is named early; the emergency questions are still asked, milder ones are not",
        (
            Move(kind=MoveKind.OPEN),
            Move(kind=MoveKind.TELL, present=(FindingId("fever"),)),
            *(Move(kind=MoveKind.NO) for _ in range(5)),
        ),
    ),
    (
        "Only chest pain is denied: the question about breathing stays open",
        (
            Move(kind=MoveKind.OPEN),
            Move(kind=MoveKind.TELL, absent=(FindingId("chest_pain"),)),
            Move(kind=MoveKind.YES),
        ),
    ),
    (
        "All no, and the read-back brings up what was misheard",
        (
            Move(kind=MoveKind.OPEN),
            *(Move(kind=MoveKind.NO) for _ in range(11)),
            Move(kind=MoveKind.TELL, present=(FindingId("numbness_tingling"),)),
        ),
    ),
    (
        "All no: home care",
        (Move(kind=MoveKind.OPEN), *(Move(kind=MoveKind.NO) for _ in range(10)), Move(kind=MoveKind.YES)),
    ),
)
"""A title, and the moves of the person."""


def cases(protocol: Protocol, words: Catalogue) -> Iterator[str]:
    """Yield the lines of every case."""
    for title, moves in WORKED_CASES:
        yield from _case(protocol, words, title, moves)


def _case(protocol: Protocol, words: Catalogue, title: str, moves: Sequence[Move]) -> Iterator[str]:
    yield f"### {title}\n"
    session = Session()
    for move in moves:
        session, reply = converse(protocol, session, move)
        named = [*(f"has {id_}" for id_ in move.present), *(f"has no {id_}" for id_ in move.absent)]
        yield f"- *{', '.join([move.kind.value.replace('_', ' '), *named])}*"
        yield f"  > {words.text((*reply.say, *reply.ask))}"
    yield ""
