"""Walks every interview that yes, no and not sure can make: tests and the review sheet look at all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from skill.acts import Answer
from skill.engine.triage import Ask, Disposition, Evidence, evidence_of, next_step
from skill.protocol.model import Protocol

YES_NO_UNSURE = (Answer.YES, Answer.NO, Answer.UNSURE)
"""The plain answers to a question."""


@dataclass(frozen=True, kw_only=True)
class Interview:
    """A complete interview: what was answered, question by question, and what it came to."""

    answers: tuple[Evidence, ...]
    disposition: Disposition


def every_interview(
    protocol: Protocol, replies: tuple[Answer, ...] = YES_NO_UNSURE, begun: tuple[Evidence, ...] = ()
) -> Iterator[Interview]:
    """Yield each complete interview in which every question gets one of ``replies``, in the protocol's order.

    With all three replies and ten questions there are some 3,000; ``begun`` is what was told before the first question.
    """
    unfinished: list[tuple[Evidence, ...]] = [begun]
    while unfinished:
        answers = unfinished.pop()
        match next_step(protocol, answers):
            case Ask() as asked:
                unfinished.extend((*answers, evidence_of(asked, asked.open, said)) for said in reversed(replies))
            case Disposition() as disposition:
                yield Interview(answers=answers, disposition=disposition)
