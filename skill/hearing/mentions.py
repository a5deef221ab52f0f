"""Finds the mentions of findings and parts that count: other senses hide them, and longer ones hold shorter ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from skill.hearing.denials import DENIALS
from skill.hearing.forms import Token
from skill.hearing.heard import Expecting
from skill.hearing.match import Match, find
from skill.hearing.vocabulary import Vocabulary
from skill.protocol.model import FindingId


@dataclass(frozen=True)
class Mention:
    """A match that counts, with what it names."""

    match: Match
    kind: str
    """As in ``vocabulary.KINDS``."""
    id: FindingId

    @property
    def places(self) -> list[int]:
        """The tokens that it took."""
        return [at for at in range(self.match.start, self.match.end) if self.match.mask >> at & 1]


@dataclass(frozen=True)
class Mentions:
    """The mentions of one utterance."""

    all: list[Mention]
    """Longest first."""
    masked: set[int]
    """The tokens that have another sense."""
    hidden: set[FindingId]
    """The findings whose words have another sense."""
    long_over: bool
    """Whether all of it was so long ago that it is over."""


def mentions(vocabulary: Vocabulary, tokens: Sequence[Token], expecting: Expecting) -> Mentions:
    """Return the mentions that count in ``tokens``."""
    found, masks, long_over = _found(vocabulary, tokens, expecting)
    masks = [mask for mask in masks if not any(_outweighs(mention, mask) for mention in found)]
    hidden = 0
    for mask in masks:
        hidden |= (1 << mask.end) - (1 << mask.start)
    lost = {mention.id for mention in found if mention.match.mask & hidden and mention.kind != "part"}
    found = [mention for mention in found if not mention.match.mask & hidden]
    parts = {mention.id for mention in found if mention.kind == "part"}
    found = [mention for mention in found if mention.kind != "asked_says" or mention.id in parts or not parts]
    found.sort(key=lambda mention: (-mention.match.size, mention.kind not in DENIALS, mention.kind != "noun"))
    kept: list[Mention] = []
    for mention in found:
        if not any(_covers(other, mention, tokens) for other in kept if other.id == mention.id):
            kept.append(_as_noun(mention, found, tokens))
    return Mentions(kept, {at for at in range(len(tokens)) if hidden >> at & 1}, lost, long_over)


def _found(
    vocabulary: Vocabulary, tokens: Sequence[Token], expecting: Expecting
) -> tuple[list[Mention], list[Match], bool]:
    """Return what is found; apart from it the other senses; and whether all of it is long over."""
    found: list[Mention] = []
    masks: list[Match] = []
    long_over = False
    for match in find(vocabulary.trie, tokens):
        flagged, id_ = vocabulary.outputs[match.output]
        kind = flagged.rstrip("^$")
        if not _is_placed(flagged, match, tokens):
            continue
        if kind == "mask":
            masks.append(match)
        elif kind == "long_over":
            long_over = True
        elif not kind.startswith("asked") or id_ in expecting.findings:
            found.append(Mention(match, kind, FindingId(id_)))
    return found, masks, long_over and not any("<goes_on>" in token.keys for token in tokens)


def _is_placed(flagged: str, match: Match, tokens: Sequence[Token]) -> bool:
    """Return whether a pattern that is held to the ends of the utterance stands there, but for small words."""
    starts = "^" not in flagged or all(
        "<polite>" in token.keys or "<lead>" in token.keys for token in tokens[: match.start]
    )
    return starts and ("$" not in flagged or all("<polite>" in token.keys for token in tokens[match.end :]))


def _outweighs(mention: Mention, mask: Match) -> bool:
    """Return whether a mention takes more words than another sense of some of them; a denial as many."""
    overlaps = bool(mention.match.mask & mask.mask)
    return overlaps and mention.match.size >= mask.size + (mention.kind not in DENIALS)


def _covers(other: Mention, mention: Mention, tokens: Sequence[Token]) -> bool:
    """Return whether ``other``, which is as long or longer, says all that ``mention`` says, or denies its words."""
    if mention.match.mask & ~other.match.mask == 0:
        return True
    shared = [at for at in mention.places if other.match.mask >> at & 1]
    if not shared or other.kind not in DENIALS or mention.kind in DENIALS:
        return False
    return mention.match.size < other.match.size or any("<neg>" in tokens[at].keys for at in shared)


def _as_noun(mention: Mention, found: Sequence[Mention], tokens: Sequence[Token]) -> Mention:
    """Return a sentence that is a noun with more about it ("tingling in my hand") as what a bare no denies."""
    if mention.kind not in ("says", "asked_says"):
        return mention
    start, end = mention.match.start, mention.match.end
    for token in tokens[start:end]:
        if "<subject>" in token.keys or ("<verb>" in token.keys and not token.text.endswith("ing")):
            return mention
    holds_noun = any(
        other.kind == "noun"
        and other.id == mention.id
        and start <= other.match.start <= start + 1
        and other.match.end <= end
        for other in found
    )
    return replace(mention, kind="noun") if holds_noun else mention
