"""Tells whether a word sounds like a word of a finding that is asked about."""

from collections.abc import Iterable, Iterator

from skill.hearing.lexicon import Lexicon
from skill.hearing.trie import Node
from skill.protocol.model import FindingId


def resembles(lexicon: Lexicon, token: str, findings: Iterable[FindingId]) -> bool:
    """Return whether ``token`` is what a recognizer writes for a word of one of ``findings``."""
    meant = lexicon.words["sounds"].get(token)
    if meant is None:
        return False
    keys = lexicon.vocabulary.forms.keys(meant)
    outputs = lexicon.vocabulary.outputs
    wanted = set(findings)
    return any(
        outputs[end][1] in wanted for key in keys if key in lexicon.vocabulary.trie for end in _ends(lexicon.vocabulary.trie[key])
    )


def _ends(node: Node) -> Iterator[int]:
    """Return all outputs that can follow from a node."""
    yield from node.get("!", ())
    for key, child in node.items():
        if key != "!":
            yield from _ends(child)
