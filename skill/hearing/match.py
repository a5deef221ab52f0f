"""Finds every pattern of the trie in a row of tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

from skill.hearing.forms import Token
from skill.hearing.trie import Node

GAP = 4
"""How many words ``..`` may stand for."""
SKIPS = 4
"""How many words that only colour may stand between two elements."""
FEW_STEPS = 40_000
"""The most steps taken for one utterance: what is longer than anybody speaks stays unaccounted for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that was found."""

    output: int
    start: int
    end: int
    mask: int
    """The tokens that its elements took, as bits; those in a gap are not among them."""

    @property
    def size(self) -> int:
        """How many tokens it took."""
        return self.mask.bit_count()


def find(trie: Node, tokens: Sequence[Token]) -> list[Match]:
    """Return all that is found, also inside of one another."""
    bridges = _bridges(tokens)
    kinds = [(token.keys, "<skip>" in token.keys, bridges[at]) for at, token in enumerate(tokens)]
    found: dict[tuple[int, int, int], int] = {}
    steps = 0
    for start in range(len(tokens)):
        steps = _walk(trie, kinds, start, steps, found)
    return [Match(output, start, end, mask) for (output, start, end), mask in found.items()]


def _walk(
    trie: Node,
    kinds: Sequence[tuple[frozenset[str], bool, bool]],
    start: int,
    steps: int,
    found: dict[tuple[int, int, int], int],
) -> int:
    """Add to ``found`` what begins at ``start``, and return the steps taken until then.

    A path on the stack is a node, the next token, the tokens taken, and how many words it skipped since the last one
    that it took (-1 inside of a gap) or may still leave out.
    """
    count = len(kinds)
    stack = [(trie[key], start + 1, 1 << start, 0, 0) for key in kinds[start][0] if key in trie]
    seen: set[tuple[int, int, int]] = set()
    while stack:
        node, at, mask, skips, gap = stack.pop()
        steps += 1
        if skips == 0:
            for output in node.get("!", ()):
                end = (output, start, at)
                if end not in found or found[end].bit_count() < mask.bit_count():
                    found[end] = mask
        state = (id(node), at, gap)
        if at >= count or steps > FEW_STEPS or state in seen:
            continue
        seen.add(state)
        keys, skipped, bridged = kinds[at]
        bit = mask | 1 << at
        fewer, more = (node, keys) if len(node) < len(keys) else (keys, node)
        stack += [(node[key], at + 1, bit, 0, 0) for key in fewer if key in more]
        if not skips:
            if "&" in node:
                strict = node["&"]
                stack += [(strict[key], at + 1, bit, 0, 0) for key in strict if key in keys]
            if ".." in node:
                stack.append((node[".."], at, mask, -1, GAP + 1))
        if gap:
            if gap > 1 and bridged:
                stack.append((node, at + 1, mask, -1, gap - 1))
        elif skipped and skips < SKIPS:
            stack.append((node, at + 1, mask, skips + 1, 0))
    return steps


def _bridges(tokens: Sequence[Token]) -> list[bool]:
    """Return for each token whether a gap may reach over it.

    Not over a denial, a new clause or subject, nor over another part or quality; but over "and" between two of a kind,
    with what it joins ("chest and jaw are fine").
    """
    content = [_content(token) for token in tokens]
    joined = [own or ("<part>" if "<region>" in token.keys else "") for own, token in zip(content, tokens, strict=True)]
    bridged = []
    for at, token in enumerate(tokens):
        if "<stops_gap>" in token.keys:
            bridged.append(False)
        elif "<joins>" in token.keys:
            bridged.append(_joined(joined, at))
        elif content[at]:
            bridged.append(_in_chain(tokens, joined, at))
        else:
            bridged.append(True)
    return bridged


def _content(token: Token) -> str:
    for kind in ("<fine>", "<part>", "<quality>"):
        if kind in token.keys:
            return kind
    return ""


def _near(content: Sequence[str], at: int, step: int) -> str:
    for distance in (1, 2, 3):
        other = at + step * distance
        if 0 <= other < len(content) and content[other]:
            return content[other]
    return ""


def _joined(content: Sequence[str], at: int) -> bool:
    before, after = _near(content, at, -1), _near(content, at, 1)
    return bool(before) and before == after != "<fine>"


def _in_chain(tokens: Sequence[Token], content: Sequence[str], at: int) -> bool:
    return content[at] != "<fine>" and any(
        0 <= other < len(tokens) and "<joins>" in tokens[other].keys and _joined(content, other)
        for other in (at - 3, at - 2, at - 1, at + 1, at + 2, at + 3)
    )
