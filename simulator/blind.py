"""Measures understanding on utterances that were written blind: by somebody who had seen nothing of the model."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator import states
from simulator.understand import Understood
from skill.adapters.slots import move_of
from skill.dialog.moves import Move, MoveKind
from skill.protocol.model import Level, SignId
from skill.protocol.upper_back import UPPER_BACK
from skill.speech import catalogue

FILE = Path(__file__).resolve().parent.parent / "tests" / "blind" / "en-US.toml"
LOCALE = "en-US"

MOVES: Mapping[str, tuple[MoveKind, ...]] = {
    "correction_yes": (MoveKind.CORRECT_YES,),
    "correction_no": (MoveKind.CORRECT_NO,),
    "distress": (MoveKind.DISTRESS, MoveKind.EMERGENCY),
    "start_over": (MoveKind.RESTART,),
    "nothing": (MoveKind.OTHER,),
    "scope": (MoveKind.TELL,),
    "report": (MoveKind.TELL, MoveKind.YES, MoveKind.NO),
    "mixed": (MoveKind.TELL, MoveKind.YES, MoveKind.NO),
    "deny": (MoveKind.TELL,),
    "emergency": (MoveKind.EMERGENCY,),
}
"""What each meaning comes to; one that is not here is named like its move."""


@dataclass(frozen=True, kw_only=True)
class Blind:
    """One utterance, the state it is said in, and what the writer meant by it."""

    words: str
    when: str
    means: str
    present: frozenset[SignId]
    absent: frozenset[SignId]
    topic: str | None
    unseen: bool
    """Whether nothing was ever tuned on it."""

    @property
    def urgent(self) -> bool:
        """Whether it holds an emergency sign that is there."""
        return any(UPPER_BACK.sign[id_].level is Level.EMERGENCY for id_ in self.present)


def utterances() -> Iterator[Blind]:
    """Yield every utterance of the file."""
    for number, group in enumerate(tomllib.loads(FILE.read_text("utf-8"))["group"]):
        for words in group["words"]:
            yield Blind(
                words=words,
                when=group["when"],
                means=group["means"],
                present=frozenset(map(SignId, group.get("present", ()))),
                absent=frozenset(map(SignId, group.get("absent", ()))),
                topic=group.get("topic"),
                unseen=number % 2 == 1,
            )


def move(found: Understood) -> Move:
    """Return the move that the adapter makes of what was understood."""
    slots = {
        name: {"value": slot.spoken, "ids": [slot.value_id] if slot.value_id else []}
        for name, slot in found.slots.items()
    }
    return move_of(found.intent, slots, UPPER_BACK, catalogue.load(LOCALE).is_sentence)


def is_right(said: Blind, made: Move) -> bool:
    """Return whether ``made`` does what was meant; an emergency that acts as one is right, by whichever sign."""
    if said.means == "scope":
        return bool({limit.id for limit in UPPER_BACK.limits} & set(made.present))
    if made.kind not in MOVES.get(said.means, (MoveKind(said.means) if said.means in set(MoveKind) else None,)):
        return False
    if said.present:
        question = next((asked for asked in UPPER_BACK.questions if asked.id == said.when), None)
        asked = {sign.id for sign in question.signs} if question else set()
        confirmed = made.kind is MoveKind.YES and said.present <= asked
        urgent = said.urgent and any(UPPER_BACK.sign[id_].level is Level.EMERGENCY for id_ in made.present)
        return confirmed or urgent or said.present <= set(made.present)
    return (
        not made.present
        and (said.means != "topic" or made.topic == said.topic)
        and (said.means != "deny" or set(made.absent) == said.absent)
    )


def passes_by(said: Blind, made: Move) -> bool:
    """Return whether an emergency sign that was said is taken as a no, or goes by without a question about it."""
    return states.passes_by(said.when, made, said.present)
