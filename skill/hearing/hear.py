"""Hears: words, and what was asked, to acts and the words that stayed unaccounted for."""

from dataclasses import dataclass
from functools import cache

from skill.acts import Act, Missed
from skill.hearing import decide, durations, lexicon, reader
from skill.hearing.evidence import Known
from skill.hearing.heard import Asked, Expecting, Heard
from skill.hearing.lexicon import Lexicon
from skill.hearing.named import named
from skill.hearing.second_opinion import SecondOpinion
from skill.hearing.tokens import utterance
from skill.protocol.model import FindingId

_TIME = frozenset({FindingId("not_improving"), FindingId("persistent")})
"""The findings whose question is answered by a length of time."""

_CORRECTS = (Asked.READBACK, Asked.CORRECTION)
"""Where a bare length of time corrects the one that was read back."""


KNOWN_SHARE = 0.4
"""Of small talk: words in which fewer are known are noise."""

LIMITS = frozenset(map(FindingId, ("lower_back", "neck", "child", "pregnancy")))
"""Whom and where the protocol was not made for: said, never asked about."""


@dataclass(frozen=True)
class Hearing:
    """The hearing of one locale. It has no state and reads no clock."""

    lexicon: Lexicon
    second: SecondOpinion

    def hear(self, words: str, expecting: Expecting) -> Heard:
        """Return what ``words`` come to, as a reply to what was asked."""
        said = utterance(words, self.lexicon.words["joined"], self.lexicon.words["contracted"]["words"])
        if not said.tokens:
            return Heard(acts=(Missed(),))
        of_time = bool(_TIME.intersection(expecting.findings)) or expecting.asked in _CORRECTS
        time = durations.lasted(self.lexicon, said.tokens, asked=of_time)
        found = named(self.lexicon, said.tokens, expecting)
        acts, unaccounted = decide.acts(self.lexicon, said, found, expecting, time)
        small = sum(token in self.lexicon.small for token in said.tokens)
        persons = self.lexicon.scope["persons"]
        known = Known(
            found=found,
            is_sentence=small >= KNOWN_SHARE * len(said.tokens),
            is_complete=not unaccounted,
            is_of_somebody=any(token in persons for token in said.tokens),
        )
        acts = self.second.weigh(acts, words, expecting, known)
        return Heard(acts=_without_doubles(acts), unaccounted=unaccounted)

    def after_no(self, words: str) -> str:
        """Return ``words`` with a no before them, as when a carrier has taken the no away."""
        return f"{self.lexicon.words['scope']['nouns_only'][0]} {words}"


def _without_doubles(acts: list[Act]) -> tuple[Act, ...]:
    return tuple(dict.fromkeys(acts)) or (Missed(),)


@cache
def load(locale: str) -> Hearing:
    """Return the hearing of ``locale``. Raises FileNotFoundError where there is none."""
    second = reader.load(locale)
    words = lexicon.load(locale)
    return Hearing(words, SecondOpinion(second, frozenset(second.findings) - LIMITS, words.urgent))


def hear(words: str, expecting: Expecting, locale: str = "en-US") -> Heard:
    """Return what ``words`` come to in ``locale``."""
    return load(locale).hear(words, expecting)
