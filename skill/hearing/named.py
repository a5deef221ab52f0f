"""Finds the findings and the parts of the body that an utterance names, and how each is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from skill.hearing.forms import Token
from skill.hearing.heard import Expecting
from skill.hearing.lexicon import Lexicon
from skill.hearing.match import Match, find
from skill.hearing.scope import Meant, Scopes
from skill.protocol.model import FindingId

_WORST_FIRST = (
    *(Meant.PRESENT, Meant.UNCLEAR, Meant.DOUBTED, Meant.SOFTLY_DENIED, Meant.DENIED),
    Meant.OTHER,
)
"""Of several ways in which one finding is named, the first one counts."""

FEW = 6
"""Tokens of an answer that can be nothing but a place: "in my left arm"."""


@dataclass
class Named:
    """What an utterance names, and which tokens name it."""

    meant: dict[FindingId, Meant] = field(default_factory=dict)
    tokens: set[int] = field(default_factory=set)
    """Tokens of findings and parts."""
    senses: set[int] = field(default_factory=set)
    """Tokens that have another sense."""
    settled: set[FindingId] = field(default_factory=set)
    """Findings whose words have another sense, or are asked about, or are somebody else's."""

    def ids(self, meant: Meant) -> tuple[FindingId, ...]:
        """Return the findings that are meant so, in the order in which they were found."""
        return tuple(id_ for id_, found in self.meant.items() if found is meant)

    def add(self, ids: Iterable[FindingId], meant: Meant) -> None:
        """Add findings; of two ways the one that is more urgent stays."""
        for id_ in ids:
            self.meant[id_] = min(self.meant.get(id_, Meant.OTHER), meant, key=_WORST_FIRST.index)


@dataclass(frozen=True)
class _Mention:
    """A match that counts, with what it names."""

    match: Match
    kind: str
    id: FindingId


def named(lexicon: Lexicon, said: Sequence[str], expecting: Expecting) -> Named:
    """Return what the tokens of an utterance name."""
    tokens = lexicon.vocabulary.forms.tokens(said)
    mentions, masked, hidden = _mentions(lexicon, tokens, expecting)
    result = Named(senses={tokens[at].place for at in masked}, settled=hidden)
    names = [False] * len(tokens)
    for mention in mentions:
        for at in _places(mention.match):
            names[at] = True
    scopes = Scopes(tokens, names)
    covered: set[int] = set()
    for mention in mentions:
        if mention.kind != "part":
            covered.update(_places(mention.match))
    for mention in mentions:
        if mention.kind != "part":
            meant = _meant(scopes, tokens, mention, lexicon)
            if meant is Meant.DENIED and any(at and "<than>" in tokens[at - 1].keys for at in _places(mention.match)):
                meant = Meant.UNCLEAR  # "faster than normal" compares
            if meant is not Meant.DENIED or mention.id in expecting.findings or _is_plain(tokens, mention):
                result.add((mention.id,), meant)
    known = covered | masked
    for mention in mentions:
        if mention.kind == "part" and not covered.intersection(_places(mention.match)):
            _add_part(lexicon, tokens, scopes, mention, expecting, result, known)
    result.settled |= set(result.ids(Meant.OTHER))
    result.settled -= {id_ for id_, meant in result.meant.items() if meant is not Meant.OTHER}
    result.tokens = {tokens[at].place for at, is_named in enumerate(names) if is_named}
    return result


def _is_plain(tokens: Sequence[Token], mention: _Mention) -> bool:
    """Return whether a denial of what nobody asked about is plain: in the words of denial, or of its part."""
    if mention.kind != "denies":
        return True
    part = f"<{mention.id}.part>"
    return any("<neg>" in tokens[at].keys or part in tokens[at].keys for at in _places(mention.match))


def _meant(scopes: Scopes, tokens: Sequence[Token], mention: _Mention, lexicon: Lexicon) -> Meant:
    places = _places(mention.match)
    holds_denial = any("<neg>" in tokens[at].keys for at in places)
    return scopes.meant(
        mention.match.start,
        mention.match.end,
        kind=mention.kind,
        holds_denial=holds_denial,
        urgent=mention.id in lexicon.urgent,
    )


def _mentions(
    lexicon: Lexicon, tokens: Sequence[Token], expecting: Expecting
) -> tuple[list[_Mention], set[int], set[FindingId]]:
    """Return the mentions that count, longest first, and the tokens and findings that have another sense."""
    outputs = lexicon.vocabulary.outputs
    found: list[_Mention] = []
    masks: list[Match] = []
    for match in find(lexicon.vocabulary.trie, tokens):
        kind, id_ = outputs[match.output]
        if not _is_placed(kind, match, tokens):
            continue
        kind = kind.rstrip("^$")
        if kind == "mask":
            masks.append(match)
        elif not kind.startswith("asked") or id_ in expecting.findings:
            found.append(_Mention(match, kind, FindingId(id_)))
    masks = [mask for mask in masks if not any(_outweighs(other, mask) for other in found)]
    hidden = 0
    for mask in masks:
        hidden |= (1 << mask.end) - (1 << mask.start)
    settled = {mention.id for mention in found if mention.match.mask & hidden and mention.kind != "part"}
    found = [mention for mention in found if not mention.match.mask & hidden]
    found.sort(
        key=lambda mention: (
            -mention.match.size,
            mention.kind not in ("denies", "asked_denies"),
            mention.kind != "noun",
        )
    )
    kept: list[_Mention] = []
    for mention in found:
        if not any(_covers(other, mention, tokens) for other in kept if other.id == mention.id):
            kept.append(_as_noun(mention, found, tokens))
    return kept, {at for at in range(len(tokens)) if hidden >> at & 1}, settled


def _covers(other: _Mention, mention: _Mention, tokens: Sequence[Token]) -> bool:
    """Return whether ``other``, which is as long or longer, says all that ``mention`` says, or denies its words."""
    if mention.match.mask & ~other.match.mask == 0:
        return True
    shared = [at for at in _places(mention.match) if other.match.mask >> at & 1]
    denies = other.kind in ("denies", "asked_denies") and mention.kind not in ("denies", "asked_denies")
    return (
        denies
        and bool(shared)
        and (mention.match.size < other.match.size or any("<neg>" in tokens[at].keys for at in shared))
    )


def _as_noun(mention: _Mention, found: Sequence[_Mention], tokens: Sequence[Token]) -> _Mention:
    """Return a sentence that is a noun with more about it ("tingling in my hand") as what a bare no denies."""
    if mention.kind not in ("says", "asked_says"):
        return mention
    span = range(mention.match.start, mention.match.end)
    if any("<verb>" in tokens[at].keys and not tokens[at].text.endswith("ing") for at in span):
        return mention
    if any("<subject>" in tokens[at].keys for at in span):
        return mention
    holds_noun = any(
        other.kind == "noun"
        and other.id == mention.id
        and span.start <= other.match.start <= span.start + 1
        and other.match.end <= span.stop
        for other in found
    )
    return _Mention(mention.match, "noun", mention.id) if holds_noun else mention


def _outweighs(mention: _Mention, mask: Match) -> bool:
    """Return whether a mention takes more words than another sense of some of them; a denial as many."""
    denies = mention.kind in ("denies", "asked_denies")
    return bool(mention.match.mask & mask.mask) and mention.match.size >= mask.size + (not denies)


def _is_placed(kind: str, match: Match, tokens: Sequence[Token]) -> bool:
    """Return whether a pattern that is held to the ends of the utterance stands there, but for small words."""
    starts = not kind.rstrip("$").endswith("^") or all(
        "<polite>" in token.keys or "<lead>" in token.keys for token in tokens[: match.start]
    )
    return starts and (not kind.endswith("$") or all("<polite>" in token.keys for token in tokens[match.end :]))


def _places(match: Match) -> list[int]:
    return [at for at in range(match.start, match.end) if match.mask >> at & 1]


def _add_part(  # noqa: PLR0913, PLR0917 what one part means depends on all of these
    lexicon: Lexicon,
    tokens: Sequence[Token],
    scopes: Scopes,
    mention: _Mention,
    expecting: Expecting,
    result: Named,
    known: set[int],
) -> None:
    """Add what a part of the body means that stands without a finding about it."""
    asked = mention.id in expecting.findings
    meant = _meant(scopes, tokens, mention, lexicon)
    if mention.id in result.meant or (mention.id not in lexicon.urgent and not asked):
        return
    if meant is Meant.PRESENT:
        unknown = [
            at
            for at, token in enumerate(tokens)
            if at not in known
            and token.text not in lexicon.small
            and "<part>" not in token.keys
            and "<skip>" not in token.keys
        ]
        if asked and not unknown and len(tokens) <= FEW and "<no>" not in tokens[0].keys:
            result.add((mention.id,), Meant.PRESENT)
        elif asked or (unknown and not _is_shared(mention, tokens)):
            result.add((mention.id,), Meant.UNCLEAR)
    elif meant is not Meant.OTHER and (meant is not Meant.DENIED or asked or not _is_shared(mention, tokens)):
        result.add((mention.id,), meant)


def _is_shared(mention: _Mention, tokens: Sequence[Token]) -> bool:
    return "<limb>" in tokens[mention.match.start].keys
