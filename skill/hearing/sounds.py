"""Tells whether a word sounds like a word of a finding that is asked about."""

from collections.abc import Iterable

from skill.hearing.lexicon import Lexicon
from skill.protocol.model import FindingId


def resembles(lexicon: Lexicon, token: str, findings: Iterable[FindingId]) -> bool:
    """Return whether ``token`` is what a recognizer writes for a word of one of ``findings``."""
    meant = lexicon.words["sounds"].get(token)
    return meant is not None and not lexicon.vocabulary.findings_of(meant).isdisjoint(findings)
