"""Hearing in a few words, for its tests."""

from collections.abc import Mapping

from skill.acts import Act, Answer, Deny, Doubt, Missed, Report, Unclear
from skill.hearing.hear import load
from skill.hearing.heard import Asked, Expecting
from skill.protocol.model import FindingId
from skill.protocol.upper_back import UPPER_BACK

ASKED: Mapping[str, Expecting] = {
    "new": Expecting(),
    "readback": Expecting(asked=Asked.READBACK),
    "home_care": Expecting(asked=Asked.OFFER),
    "guided": Expecting(asked=Asked.STEP),
    **{
        str(question.id): Expecting(asked=Asked.FINDINGS, findings=tuple(f.id for f in question.findings))
        for question in UPPER_BACK.questions
    },
}
"""What was asked, by the name of the question or of the state."""

HEARING = load("en-US")


def heard(words: str, asked: str = "new") -> tuple[Act, ...]:
    """Return the acts of ``words`` as a reply to what was ``asked``."""
    return HEARING.hear(words, ASKED[asked]).acts


def reported(acts: tuple[Act, ...]) -> set[FindingId]:
    """Return the findings that were said to be present."""
    return {id_ for act in acts if isinstance(act, Report) for id_ in act.findings}


def denied(acts: tuple[Act, ...], asked: str = "new") -> set[FindingId]:
    """Return the findings that were denied, by name or by a plain no to what was ``asked``."""
    named = {id_ for act in acts if isinstance(act, Deny) for id_ in act.findings}
    return named | (set(ASKED[asked].findings) if Answer.NO in acts else set())


def asked_again(acts: tuple[Act, ...]) -> bool:
    """Return whether something is asked about by name, or once more."""
    return any(isinstance(act, Doubt | Unclear | Missed) or act in (Answer.SOFT_NO, Answer.UNSURE) for act in acts)
