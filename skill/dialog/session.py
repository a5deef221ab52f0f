"""What is remembered between two turns: the state and the answers. No words, and nothing afterwards.

A session travels in Alexa's session attributes as JSON. What arrives there may be anything: what can be read is kept, a
state that does not fit the answers is worked out anew, and a session that cannot be read is a new session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from skill.acts import Answer
from skill.dialog import states
from skill.dialog.misses import MOST_MISSES
from skill.engine.triage import Evidence
from skill.hearing.heard import Expecting
from skill.protocol.care import TopicId
from skill.protocol.guide import Guide
from skill.protocol.model import QuestionId

if TYPE_CHECKING:
    from skill.dialog.states import State
    from skill.dialog.turn import Turn

VERSION = 3
"""Of the shape below. A session of another version starts again politely."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One person's conversation so far. Frozen: a turn makes a new one."""

    state: "State" = field(default_factory=lambda: states.Fresh())  # noqa: PLW0108 the package may be half loaded
    answers: tuple[Evidence, ...] = ()
    misses: int = 0
    """How many turns in a row were not understood."""
    told: frozenset[TopicId] = frozenset()
    """The topics that were told: they are not offered again."""
    unplaced: bool = False
    """Whether words of this session stayed unaccounted for: home care is not reached before that is cleared up."""

    def expecting(self, turn: "Turn") -> Expecting:
        """Return what a yes or a no replies to; nothing where the state does not fit the answers."""
        return self.state.expecting(turn) if self.state.fits(turn) else Expecting()

    def to_attributes(self) -> dict[str, Any]:
        """Return the session as JSON values for the session attributes."""
        return {
            "version": VERSION,
            "state": {"name": self.state.name, **_data(self.state)},
            "answers": [_stored(evidence) for evidence in self.answers],
            "misses": self.misses,
            "told": sorted(self.told),
            "unplaced": self.unplaced,
        }

    @classmethod
    def from_attributes(cls, attributes: object, guide: Guide) -> "Session":
        """Return the session in ``attributes``, or a new one where they hold none that ``guide`` can go on with."""
        if not isinstance(attributes, Mapping) or attributes.get("version") != VERSION:
            return cls()
        try:
            return cls(
                state=_state(attributes["state"]),
                answers=tuple(_evidence(stored, guide) for stored in attributes["answers"]),
                misses=min(MOST_MISSES, max(0, int(attributes["misses"]))),
                told=frozenset(guide.care.topic[TopicId(id_)].id for id_ in attributes["told"]),
                unplaced=attributes["unplaced"] is True,
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return cls()


_NAMED = ("present", "absent", "softly_absent", "doubted", "unclear")
_ASKED_AGAIN = ("softly_absent", "doubted", "unclear")
"""Of findings that a question asks about; a limit is never asked about."""


def _data(state: "State") -> dict[str, Any]:
    return {name: getattr(state, name) for name, _ in _fields(state.name)}


def _state(stored: Mapping[str, Any]) -> "State":
    """Return the state that was stored. Raises KeyError or TypeError where there is no such state."""
    kind = states.NAMED[stored["name"]]
    data = {name: stored[name] for name, _ in _fields(kind.name) if name in stored}
    for name, types in _fields(kind.name):
        if name in data and not isinstance(data[name], types):
            raise TypeError(f"state {kind.name}: {name} is of another type; the session is not one of ours.")
    return kind(**data)


@cache
def _fields(state: str) -> tuple[tuple[str, tuple[type, ...]], ...]:
    """Return the fields of the state of that name, each with the types that it may have; an id is a string."""
    return tuple(
        (known.name, tuple(getattr(type_, "__supertype__", type_) for type_ in get_args(known.type) or (known.type,)))
        for known in fields(states.NAMED[state])
    )


def _stored(evidence: Evidence) -> dict[str, Any]:
    """Return what was said in one turn, without the fields that are empty."""
    stored: dict[str, Any] = {}
    if evidence.question is not None and evidence.answer is not None:
        stored |= {"question": evidence.question, "answer": evidence.answer.value}
    for name in _NAMED:
        if named := getattr(evidence, name):
            stored[name] = list(named)
    return stored


def _evidence(stored: object, guide: Guide) -> Evidence:
    """Return what was stored. Raises KeyError, TypeError or ValueError where it is none of ours."""
    if not isinstance(stored, Mapping):
        raise TypeError("an answer is not an object; the session is not one of ours.")
    known, asked = guide.protocol.finding, guide.protocol.question_of
    named: dict[str, Any] = {name: tuple(known[id_].id for id_ in stored[name]) for name in stored if name in _NAMED}
    if named and (stray := [id_ for name in _ASKED_AGAIN for id_ in named.get(name, ()) if id_ not in asked]):
        raise KeyError(f"{stray[0]} is never asked about, so it cannot be asked again; the session is not one of ours.")
    if "question" not in stored:
        return Evidence(**named)
    question = guide.protocol.question[QuestionId(stored["question"])].id
    if not named:
        return _reply(question, Answer(stored["answer"]))
    return Evidence(question=question, answer=Answer(stored["answer"]), **named)


@cache
def _reply(question: QuestionId, answer: Answer) -> Evidence:
    """Return the evidence of a plain reply: most stored answers are one, and it is the same each time."""
    return Evidence(question=question, answer=answer)
