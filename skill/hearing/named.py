"""Finds the findings and the parts of the body that an utterance names, and how each is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from skill.hearing.heard import Expecting
from skill.hearing.lexicon import Lexicon
from skill.hearing.patterns import Found
from skill.hearing.scope import Meant, Scopes
from skill.protocol.model import FindingId

Ids = list[FindingId]

_WORST_FIRST = (
    *(Meant.PRESENT, Meant.UNCLEAR, Meant.DOUBTED, Meant.SOFTLY_DENIED, Meant.DENIED),
    Meant.OTHER,
)
"""Of several ways in which one finding is named, the first one counts."""


_DENYING = {Meant.PRESENT: Meant.DENIED, Meant.DENIED: Meant.UNCLEAR, Meant.SOFTLY_DENIED: Meant.UNCLEAR}
"""What a saying that denies comes to, by how it is meant itself: a denied denial is asked about."""


@dataclass
class Named:
    """What an utterance names, and which tokens name it."""

    meant: dict[FindingId, Meant] = field(default_factory=dict)
    tokens: set[int] = field(default_factory=set)
    """Tokens of findings and parts."""
    senses: set[int] = field(default_factory=set)
    """Tokens that have another sense."""

    def ids(self, meant: Meant) -> tuple[FindingId, ...]:
        """Return the findings that are meant so, in the order in which they were found."""
        return tuple(id_ for id_, found in self.meant.items() if found is meant)

    def add(self, ids: Iterable[FindingId], meant: Meant) -> None:
        """Add findings; of two ways the one that is more urgent stays."""
        for id_ in ids:
            known = self.meant.get(id_, Meant.OTHER)
            self.meant[id_] = min(known, meant, key=_WORST_FIRST.index)


def named(lexicon: Lexicon, tokens: Sequence[str], expecting: Expecting) -> Named:
    """Return what ``tokens`` name."""
    result, scopes = Named(), Scopes(lexicon, tokens)
    breaks = [token in lexicon.scope["breaks"] for token in tokens]
    for sense in lexicon.senses.find(lexicon.senses.elements_of(tokens), [False] * len(tokens)):
        if sense.places[-1] - sense.start + 1 == len(sense.places) or len(sense.places) > 1:
            result.senses.update(sense.places)
    fits = [
        frozenset() if at in result.senses else numbers
        for at, numbers in enumerate(lexicon.findings.elements_of(tokens))
    ]
    unknown = {
        at for at, token in enumerate(tokens) if token not in lexicon.small and token not in lexicon.parts
    } - result.senses
    best: dict[tuple[str, Meant], Found] = {}
    for found in lexicon.findings.find(fits, breaks):
        if _counts(lexicon, found, expecting):
            meant = scopes.meant(found.start, found.end, kind=found.pattern.kind, inside=found.places)
            if found.pattern.kind == "denies":
                meant = _DENYING.get(meant, meant)
            elif meant is Meant.PRESENT and (
                (found.pattern.kind == "word" and unknown - {*found.places})
                or (not any(tokens[at] in lexicon.parts for at in found.places) and scopes.is_of_a_thing(found.start))
            ):
                meant = Meant.UNCLEAR
            key = (found.pattern.label, meant)
            if key not in best or found.pattern.weight > best[key].pattern.weight:
                best[key] = found
    for (label, meant), found in _resolved(best):
        result.add((FindingId(label),), meant)
        result.tokens.update(found.places)
    _add_parts(lexicon, tokens, scopes, expecting, result)
    return result


def _counts(lexicon: Lexicon, found: Found, expecting: Expecting) -> bool:
    asked = found.pattern.label in expecting.findings
    if found.pattern.kind in ("asked", "denies") or FindingId(found.pattern.label) in lexicon.asked_only:
        return asked
    return True


def _resolved(best: dict[tuple[str, Meant], Found]) -> list[tuple[tuple[str, Meant], Found]]:
    """Return what stands after overlaps of one finding are settled: the longer reading of the same words counts."""
    kept = []
    for (label, meant), found in best.items():
        rivals = [
            other
            for (name, how), other in best.items()
            if name == label and how is not meant and set(other.places) & set(found.places)
        ]
        own = found.pattern.kind == "own"
        if meant is Meant.PRESENT and any(
            how is Meant.DENIED and name == label and set(found.places) <= set(other.places)
            for (name, how), other in best.items()
        ):
            continue  # "no chest pain": the same words hold no sentence of their own
        if any(other.pattern.kind == "own" and not own for other in rivals) and meant is Meant.DENIED:
            continue  # "can't breathe": the denial belongs to the finding
        if any(other.pattern.weight > found.pattern.weight and meant is not Meant.PRESENT for other in rivals):
            continue
        kept.append(((label, meant), found))
    return kept


def _add_parts(lexicon: Lexicon, tokens: Sequence[str], scopes: Scopes, expecting: Expecting, result: Named) -> None:
    covered = set(result.tokens)
    for at, token in enumerate(tokens):
        if token not in lexicon.parts or at in result.senses:
            continue
        ids: Ids = []
        loud: Ids = []
        for part in lexicon.parts[token]:
            if not part.only_asked or set(part.findings) & set(expecting.findings):
                ids += part.findings
                loud += () if part.quiet else part.findings
        asked = [id_ for id_ in ids if id_ in expecting.findings]
        if scopes.is_well(at):
            result.tokens.add(at)
            for id_ in asked or ids:
                if result.meant.get(id_) not in (Meant.PRESENT, Meant.UNCLEAR) or at in covered:
                    result.meant[id_] = Meant.DENIED if at in covered else result.meant.get(id_, Meant.DENIED)
            continue
        if at in covered:
            continue
        result.tokens.add(at)
        meant = scopes.meant(at, at, kind="part", inside=(at,))
        if meant is Meant.OTHER:
            continue
        if meant is Meant.PRESENT:
            bare = _of_a_bare_part(lexicon, tokens, [id_ for id_ in asked if id_ in loud])
            if bare is None:
                continue
            meant = bare
        wanted = ids if meant in (Meant.DENIED, Meant.SOFTLY_DENIED) else loud
        fresh = [id_ for id_ in ([i for i in asked if i in wanted] or wanted) if id_ not in result.meant]
        result.add(fresh, meant)


def _of_a_bare_part(lexicon: Lexicon, tokens: Sequence[str], asked: Ids) -> Meant | None:
    """Return how a part is meant with no finding about it: what was asked fills the gap, else unknown words ask."""
    unknown = [token for token in tokens if token not in lexicon.small and token not in lexicon.parts]
    if asked:
        return Meant.UNCLEAR if unknown or len(tokens) > _FEW else Meant.PRESENT
    return Meant.UNCLEAR if unknown else None


_FEW = 5
"""Tokens of an answer that can be nothing but a place: "in my left arm"."""
