"""Finds the findings and the parts of the body that an utterance names, and how each is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from skill.hearing.forms import Token
from skill.hearing.heard import Expecting
from skill.hearing.lexicon import Lexicon
from skill.hearing.meant import Meant, View
from skill.hearing.mentions import Mention, mentions
from skill.hearing.scope import Thing, meant
from skill.protocol.model import FindingId

_WORST_FIRST = (
    *(Meant.PRESENT, Meant.UNCLEAR, Meant.DOUBTED, Meant.SOFTLY_DENIED, Meant.DENIED),
    *(Meant.ASKED_ABOUT, Meant.OTHER),
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
    has_other_sense: bool = False
    """Whether all words but small ones have another sense, and so nothing is named."""
    firm: set[FindingId] = field(default_factory=set)
    """Findings that are denied in so many words, by a denial or a well beside the thing itself."""
    settled: set[FindingId] = field(default_factory=set)
    """Findings whose words have another sense, or are asked about, or are somebody else's, or are softly denied."""
    closed: set[FindingId] = field(default_factory=set)
    """Those of ``settled`` that are no emergencies: nothing is asked about them."""

    def ids(self, how: Meant) -> tuple[FindingId, ...]:
        """Return the findings that are meant so, in the order in which they were found."""
        return tuple(id_ for id_, found in self.meant.items() if found is how)

    def add(self, id_: FindingId, how: Meant) -> None:
        """Add a finding; of two ways the one that is more urgent stays."""
        self.meant[id_] = min(self.meant.get(id_, Meant.OTHER), how, key=_WORST_FIRST.index)


def named(lexicon: Lexicon, said: Sequence[str], expecting: Expecting) -> Named:
    """Return what the tokens of an utterance name."""
    return _Naming(lexicon, lexicon.vocabulary.forms.tokens(said), expecting).result()


class _Naming:
    """The naming of one utterance."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token], expecting: Expecting) -> None:
        self._lexicon, self._tokens, self._expecting = lexicon, tokens, expecting
        self._mentions = mentions(lexicon.vocabulary, tokens, expecting)
        self._named = [False] * len(tokens)
        for mention in self._mentions.all:
            for at in mention.places:
                self._named[at] = True
        self._view = View(tokens, self._named)
        self._covered = {at for mention in self._mentions.all if mention.kind != "part" for at in mention.places}

    def result(self) -> Named:
        """Return all that is named."""
        result = Named(
            tokens={self._tokens[at].place for at, is_named in enumerate(self._named) if is_named},
            senses={self._tokens[at].place for at in self._mentions.masked},
        )
        for mention in self._mentions.all:
            if mention.kind != "part":
                self._add(mention, result)
        for mention in self._mentions.all:
            if mention.kind == "part" and self._covered.isdisjoint(mention.places):
                self._add_part(mention, result)
        known = self._lexicon.small
        left = [token for token in self._tokens if token.place not in result.senses and token.text not in known]
        result.has_other_sense = bool(result.senses) and not left and not result.meant
        passed = (Meant.ASKED_ABOUT, Meant.OTHER, Meant.SOFTLY_DENIED)
        heard = {id_ for id_, how in result.meant.items() if how not in passed}
        result.settled = (self._mentions.hidden | set(result.meant)) - heard
        result.closed = result.settled - self._lexicon.urgent
        return result

    def _meant(self, mention: Mention) -> Meant:
        thing = Thing(
            start=mention.match.start,
            end=mention.match.end,
            kind=mention.kind,
            holds_denial=any("<neg>" in self._tokens[at].keys for at in mention.places),
            urgent=mention.id in self._lexicon.urgent,
        )
        how = meant(self._view, thing)
        if how is Meant.PRESENT and self._mentions.long_over and thing.urgent:
            # Only emergencies: the history that a doctor asks about counts however long ago it was.
            return Meant.UNCLEAR if mention.id in self._expecting.findings else Meant.OTHER
        return how

    def _add(self, mention: Mention, result: Named) -> None:
        how = self._meant(mention)
        if how is Meant.DENIED and any(self._view.has(at - 1, "than") for at in mention.places):
            how = Meant.UNCLEAR  # "faster than normal" compares
        if how is not Meant.DENIED or mention.id in self._expecting.findings or self._is_plain(mention):
            result.add(mention.id, how)
            if how is Meant.DENIED and mention.kind == "denies":
                result.firm.add(mention.id)

    def _is_plain(self, mention: Mention) -> bool:
        """Return whether a denial of what nobody asked about is plain: in the words of denial, or of its part."""
        part = f"<{mention.id}.part>"
        keys = [self._tokens[at].keys for at in mention.places]
        return mention.kind != "denies" or any("<neg>" in one or part in one for one in keys)

    def _add_part(self, mention: Mention, result: Named) -> None:
        """Add what a part of the body means that stands without a finding about it."""
        asked = mention.id in self._expecting.findings
        if mention.id in result.meant or not (asked or mention.id in self._lexicon.urgent):
            return
        how, is_shared = self._meant(mention), "<limb>" in self._tokens[mention.match.start].keys
        if how is Meant.PRESENT:
            unknown = self._has_unknown()
            if not asked and (is_shared or not unknown):
                return
            alone = not unknown and len(self._tokens) <= FEW and "<no>" not in self._tokens[0].keys
            how = Meant.PRESENT if alone else Meant.UNCLEAR
        elif how in (Meant.ASKED_ABOUT, Meant.OTHER) or (how is Meant.DENIED and is_shared and not asked):
            return
        result.add(mention.id, how)

    def _has_unknown(self) -> bool:
        """Return whether a word is neither small nor named nor a part of the body."""
        known = self._covered | self._mentions.masked
        return any(
            at not in known and token.text not in self._lexicon.small and token.keys.isdisjoint(("<part>", "<skip>"))
            for at, token in enumerate(self._tokens)
        )
