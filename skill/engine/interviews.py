"""Walks every interview that yes, no and not sure can make: tests and the review sheet look at all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from skill.engine.triage import Answer, Ask, Conclude, Reply, next_step
from skill.protocol.model import Protocol


@dataclass(frozen=True, kw_only=True)
class Interview:
    """A complete interview: what was answered, question by question, and what it came to."""

    answers: tuple[Answer, ...]
    conclusion: Conclude


def every_interview(protocol: Protocol, replies: tuple[Reply, ...] = tuple(Reply)) -> Iterator[Interview]:
    """Yield each complete interview in which every question gets one of ``replies``, in the protocol's order.

    With all three replies and ten questions there are some 3,000; with yes and no alone, one for each question and
    one more.
    """
    unfinished: list[tuple[Answer, ...]] = [()]
    while unfinished:
        answers = unfinished.pop()
        match next_step(protocol, answers):
            case Ask(question=question):
                unfinished.extend((*answers, Answer(question=question.id, reply=reply)) for reply in reversed(replies))
            case Conclude() as conclusion:
                yield Interview(answers=answers, conclusion=conclusion)
