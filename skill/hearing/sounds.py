"""Tells whether a word sounds like a word of a finding that is asked about."""

from collections.abc import Iterable

from skill.hearing.lexicon import Lexicon
from skill.protocol.model import FindingId


def resembles(lexicon: Lexicon, token: str, findings: Iterable[FindingId]) -> bool:
    """Return whether ``token`` is what a recognizer writes for a word of one of ``findings``."""
    meant = lexicon.words["sounds"].get(token)
    if meant is None:
        return False
    wanted = set(findings)
    numbers = lexicon.findings.elements_of([meant])[0]
    labels = lexicon.findings.labels_of(numbers)
    parts = {id_ for part in lexicon.parts.get(meant, ()) for id_ in part.findings}
    return bool(wanted & (labels | parts))
