"""What is remembered between two turns: the answers, the stage, the last words. Nothing else, and nothing afterwards.

A session travels in Alexa's session attributes as JSON. What arrives there may be anything, so a session that cannot be
read is a new session.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skill.engine.triage import Answer, Reply
from skill.protocol.care import TOPIC, TopicId
from skill.protocol.model import Protocol, QuestionId, FindingId
from skill.prompts.catalogue import Line

VERSION = 2
"""Of the shape below. A session of another version starts again politely."""


class Stage(StrEnum):
    """Where the conversation stands, and so what a yes or a no replies to."""

    NEW = "new"
    """Nothing was asked yet."""
    ASKING = "asking"
    """A question of the protocol is pending; which one follows from the answers."""
    READBACK = "readback"
    """It was asked whether all that was understood is right, before home care."""
    CORRECTING = "correcting"
    """Something in the read-back was wrong; the person is asked what."""
    ADVISED = "advised"
    """The outcome was given and more was offered."""
    CARE = "care"
    """A topic was told, or the topics were offered."""
    GUIDED = "guided"
    """A step of guided relief was spoken."""
    HURTING = "hurting"
    """It hurts; the person is asked whether more than before."""

    @property
    def advised(self) -> bool:
        """Whether the outcome was given already."""
        return self in (Stage.ADVISED, Stage.CARE, Stage.GUIDED, Stage.HURTING)


@dataclass(frozen=True, kw_only=True)
class Session:
    """One person's conversation so far. Frozen: a turn makes a new one."""

    stage: Stage = Stage.NEW
    answers: tuple[Answer, ...] = ()
    misses: int = 0
    """How many turns in a row were not understood."""
    topic: TopicId | None = None
    """The topic that is being told."""
    part: int = 0
    """How many parts of ``topic`` were told; in guided relief the number of the step, from 0."""
    heard: frozenset[TopicId] = frozenset()
    """The topics that were told: they are not offered again."""
    said: tuple[Line, ...] = ()
    """The last words without the question after them, for "repeat"."""
    asked: tuple[Line, ...] = ()
    """The last question."""

    @property
    def question(self) -> Line:
        """The last question; a line without a key where none was asked."""
        return self.asked[0] if self.asked else Line(key="")

    def to_attributes(self) -> dict[str, Any]:
        """Return the session as JSON values for the session attributes."""
        return {
            "version": VERSION,
            "stage": self.stage.value,
            "answers": [
                {
                    "question": answer.question,
                    "reply": answer.reply.value if answer.reply is not None else None,
                    "present": list(answer.present),
                    "absent": list(answer.absent),
                    "doubted": list(answer.doubted),
                }
                for answer in self.answers
            ],
            "misses": self.misses,
            "topic": self.topic,
            "part": self.part,
            "heard": sorted(self.heard),
            "said": [_stored_line(line) for line in self.said],
            "asked": [_stored_line(line) for line in self.asked],
        }

    @classmethod
    def from_attributes(cls, attributes: object, protocol: Protocol) -> "Session":
        """Return the session in ``attributes``, or a new one where they hold none that ``protocol`` can go on with."""
        if not isinstance(attributes, Mapping) or attributes.get("version") != VERSION:
            return cls()
        try:
            return cls(
                stage=Stage(attributes["stage"]),
                answers=tuple(_answer(answer, protocol) for answer in attributes["answers"]),
                misses=int(attributes["misses"]),
                topic=_topic(attributes["topic"]),
                part=int(attributes["part"]),
                heard=frozenset(TOPIC[TopicId(id_)].id for id_ in attributes["heard"]),
                said=tuple(_line(line) for line in attributes["said"]),
                asked=tuple(_line(line) for line in attributes["asked"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return cls()


def _answer(stored: Mapping[str, Any], protocol: Protocol) -> Answer:
    question, reply = stored["question"], stored["reply"]
    return Answer(
        question=protocol.question[QuestionId(question)].id if question is not None else None,
        reply=Reply(reply) if reply is not None else None,
        present=_findings(stored["present"], protocol),
        absent=_findings(stored["absent"], protocol),
        doubted=_findings(stored["doubted"], protocol),
    )


def _findings(stored: Any, protocol: Protocol) -> tuple[FindingId, ...]:
    # Most answers name none, and there are three of these for each answer of each turn.
    return tuple(protocol.finding[FindingId(id_)].id for id_ in stored) if stored != [] else ()


def _topic(stored: Any) -> TopicId | None:
    return TOPIC[TopicId(stored)].id if stored is not None else None


def _stored_line(line: Line) -> dict[str, Any]:
    return {"key": line.key, "names": list(line.names), "count": line.count, "pace": line.pace}


def _line(stored: Mapping[str, Any]) -> Line:
    count = stored["count"]
    return Line(
        key=str(stored["key"]),
        names=tuple(str(name) for name in stored["names"]),
        count=int(count) if count is not None else None,
        pace=float(stored["pace"]),
    )
