"""What is remembered between two turns: the state and the answers. No words, and nothing afterwards.

A session travels in Alexa's session attributes as JSON. What arrives there may be anything, and it may be another
release's: while a deployment shifts traffic, one session meets the old and the new version turn by turn. So it is read
leniently: what can be read is kept, the rest is dropped. How an answer is stored stands in ``stored_answers.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from skill.dialog import states, stored_answers
from skill.dialog.mark import Mark
from skill.dialog.misses import MOST_MISSES
from skill.dialog.stored_answers import Foreign
from skill.engine.triage import Evidence
from skill.hearing.heard import Asked, Expecting
from skill.protocol.care import TopicId
from skill.protocol.guide import Guide
from skill.protocol.model import FindingId

if TYPE_CHECKING:
    from skill.dialog.states import State
    from skill.dialog.turn import Turn

VERSION = 4
"""Of the shape below. Raise it where a release that reads the last shape could not go on with the new one: the
deployment then switches at once (docs/decisions/0013). A field more is not such a change, it is ignored."""

RELEASED_1_0 = 2
"""The version that release 1.0.0 writes; ``released_1_0.py`` translates it."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One person's conversation so far. Frozen: a turn makes a new one."""

    state: "State" = field(default_factory=lambda: states.Fresh())  # noqa: PLW0108 the package may be half loaded
    answers: tuple[Evidence, ...] = ()
    asked: tuple[FindingId, ...] = ()
    """The findings that were asked about last; empty where none were."""
    misses: int = 0
    """How many turns in a row were not understood."""
    told: frozenset[TopicId] = frozenset()
    """The topics that were told: they are not offered again."""
    unplaced: bool = False
    """Whether words of this session stayed unaccounted for: home care is not reached before that is cleared up."""
    foreign: Foreign | None = None
    """What another release knows and this one does not; None in nearly every session."""
    marks: frozenset[Mark] = frozenset()
    """What is known of the look again."""

    def marked(self, *marks: Mark, without: tuple[Mark, ...] = ()) -> "Session":
        """Return the session with ``marks`` added, and those of ``without`` taken away."""
        return replace(self, marks=self.marks.difference(without).union(marks))

    def expecting(self, turn: "Turn") -> Expecting:
        """Return what a yes or a no replies to; nothing where the state does not fit the answers."""
        if turn.pending:
            return turn.pending
        return Expecting(asked=Asked.FINDINGS, findings=self.asked) if self.asked else Expecting()

    def to_attributes(self, guide: Guide) -> dict[str, Any]:
        """Return the session as JSON values for the session attributes."""
        finding = guide.protocol.finding
        attributes: dict[str, Any] = {
            "version": VERSION,
            "state": {"name": self.state.name, **_data(self.state)},
            "answers": stored_answers.write(self.answers, guide.protocol),
            "misses": self.misses,
            "told": sorted(self.told),
            "unplaced": self.unplaced,
            **({"marks": sorted(self.marks)} if self.marks else {}),
        }
        if self.asked:
            level = max([finding[id_].level for id_ in self.asked])
            attributes["asked"] = {"about": list(self.asked), "level": int(level)}
        if self.foreign:
            attributes["answers"] += self.foreign.answers  # after our own: what is taken back is the last of ours
        return attributes

    @classmethod
    def from_attributes(cls, attributes: object, guide: Guide) -> "Session":
        """Return the session in ``attributes``, as far as ``guide`` can go on with it."""
        if not isinstance(attributes, Mapping) or not attributes:
            return cls()
        if attributes.get("version") == RELEASED_1_0:
            from skill.dialog import released_1_0  # noqa: PLC0415 only a session of that release needs it

            attributes = released_1_0.translated(attributes)
        answers, foreign = stored_answers.read(attributes.get("answers"), guide.protocol)
        asked, unknown, level = stored_answers.asked(attributes.get("asked"), guide.protocol)
        if unknown:
            foreign = Foreign(answers=foreign.answers if foreign else (), asked=unknown, asked_level=level)
        return cls(
            state=_state(attributes.get("state")) or (states.Asking() if answers else states.Fresh()),
            answers=answers,
            asked=asked,
            misses=_number(attributes.get("misses"), MOST_MISSES),
            told=_topics(attributes.get("told"), guide),
            unplaced=attributes.get("unplaced") is True,
            foreign=foreign,
            marks=_marks(attributes.get("marks")),
        )


def _marks(stored: object) -> frozenset[Mark]:
    return frozenset(mark for mark in Mark if mark in stored) if isinstance(stored, list) else frozenset()


def _number(stored: object, most: int) -> int:
    """Return the whole number from 0 to ``most`` that was stored; 0 where it is none."""
    return min(most, max(0, stored)) if type(stored) is int else 0


def _topics(stored: object, guide: Guide) -> frozenset[TopicId]:
    topics = guide.care.topic
    known = (topics.get(TopicId(id_)) for id_ in stored if isinstance(id_, str)) if isinstance(stored, list) else ()
    return frozenset(topic.id for topic in known if topic)


def _data(state: "State") -> dict[str, Any]:
    return {name: getattr(state, name) for name, _ in _fields(state.name)}


def _state(stored: object) -> "State | None":
    """Return the state that was stored; None where there is none of that name, or its data is of another type."""
    name = stored.get("name") if isinstance(stored, dict) else None
    kind = states.NAMED.get(name) if isinstance(name, str) else None
    if not kind or not isinstance(stored, dict):
        return None
    usual, attributes = _usual(kind.name)
    if stored == attributes:
        return usual
    data = {name: stored[name] for name, _ in _fields(kind.name) if name in stored}
    if any(type(data[name]) not in types for name, types in _fields(kind.name) if name in data):
        return None
    try:
        return kind(**data)
    except TypeError:  # a field that has no default is missing
        return None


@cache
def _usual(name: str) -> tuple["State | None", dict[str, Any]]:
    """Return the state of that name as it is most often, and how it is stored; None where it needs more."""
    try:
        state = states.NAMED[name]()
    except TypeError:
        return None, {}
    return state, {"name": name, **_data(state)}


@cache
def _fields(state: str) -> tuple[tuple[str, tuple[type, ...]], ...]:
    """Return the fields of the state of that name, each with the types that it may have; an id is a string."""
    return tuple(
        (known.name, tuple(getattr(type_, "__supertype__", type_) for type_ in get_args(known.type) or (known.type,)))
        for known in fields(states.NAMED[state])
    )
