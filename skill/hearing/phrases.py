"""Finds the phrases of an utterance that name no finding: answers, what is asked of the guide, kind words."""

from collections.abc import Sequence

from skill.hearing.heard import Expecting
from skill.hearing.lexicon import Lexicon
from skill.hearing.named import Named
from skill.hearing.patterns import Found
from skill.hearing.sounds import resembles
from skill.hearing.tokens import Utterance

ASSERTS_WITHIN = 5
"""Tokens after its subject in which a sentence shows that it denies."""


class Phrases:
    """The phrases of one utterance that are no findings, by what they do."""

    def __init__(self, lexicon: Lexicon, said: Utterance, found: Named, timed: frozenset[int]) -> None:
        """Find them. What ``timed`` says about how long, or what has another sense, is no answer."""
        self._tokens = said.tokens
        fits = lexicon.acts.elements_of(said.tokens)
        breaks = [token in lexicon.scope["breaks"] for token in said.tokens]
        self._found: dict[str, list[Found]] = {}
        for phrase in lexicon.acts.find(fits, breaks):
            self._found.setdefault(phrase.pattern.label, []).append(phrase)
        self.lexicon, self.named = lexicon, found
        for label in list(self._found):  # "no sweat", "a couple of days"
            passed = found.senses | (timed if label.startswith("answer.") else set())
            self._found[label] = [one for one in self._found[label] if not set(one.places) <= passed]

    def has(self, label: str, kind: str | None = None) -> bool:
        """Return whether a phrase of ``label`` stands in the utterance."""
        return any(kind is None or phrase.pattern.kind == kind for phrase in self._found.get(label, ()))

    def best(self, group: str) -> str | None:
        """Return the name in ``group`` whose phrase covers most of the utterance; None where there is none."""
        scored = [
            (phrase.pattern.weight, -phrase.start, label.partition(".")[2])
            for label, phrases in self._found.items()
            if label.startswith(f"{group}.")
            for phrase in phrases
        ]
        return max(scored)[2] if scored else None

    def outweighs(self, group: str, label: str) -> bool:
        """Return whether a phrase of ``group`` has more words than every one of ``label``."""

        def most(names: list[str]) -> int:
            return max((phrase.pattern.weight for name in names for phrase in self._found[name]), default=0)

        return most([name for name in self._found if name.startswith(f"{group}.")]) > most(
            [label] if label in self._found else []
        )

    def covered(self, group: str) -> set[int]:
        """Return the tokens of all phrases in ``group``."""
        return {
            place
            for label, phrases in self._found.items()
            if label.startswith(group)
            for phrase in phrases
            for place in phrase.places
        }

    def tells_of_pain(self) -> bool:
        """Return whether the pain is spoken of that brought the person here, and no finding."""
        return not self.lexicon.scope["pains"].isdisjoint(self._tokens)

    def says_yes(self) -> bool:
        """Return whether something small is said beside the no, and not of the back alone."""
        scope = self.lexicon.scope
        of_back = not scope["backs"].isdisjoint(self._tokens)
        denied = self.covered("answer.no")
        return any(
            phrase.pattern.kind == "says"
            and not set(phrase.places) <= denied
            and not (of_back and self._tokens[phrase.start] in scope["breaks"])
            and scope["negators"].isdisjoint(self._tokens[max(0, phrase.start - 2) : phrase.start])
            for phrase in self._found.get("answer.yes", ())
        )

    def is_empty(self) -> bool:
        """Return whether all words say nothing, but for those that are a no in themselves."""
        whole = self.covered("answer.no")
        return all(token in self.lexicon.empty or at in whole for at, token in enumerate(self._tokens))

    def asserts(self) -> bool:
        """Return whether a sentence begins after the no that neither denies nor says that all is well."""
        scope = self.lexicon.scope
        for at, token in enumerate(self._tokens):
            if token in scope["asserting"] and not (at and self._tokens[at - 1] in scope["negators"] | scope["thanks"]):
                rest = self._tokens[at + 1 : at + ASSERTS_WITHIN]
                if not set(rest) & (scope["negators"] | scope["well"] | scope["harmless_after"] | scope["nouns_only"]):
                    return True
        return False

    def sounds_like(self, expecting: Expecting) -> bool:
        """Return whether a word outside of a whole denial sounds like a finding that is asked about."""
        whole = self.covered("answer.no")
        return any(
            resembles(self.lexicon, token, expecting.findings) and not (at in whole and _is_first(self._tokens, at))
            for at, token in enumerate(self._tokens)
        )

    def denied(self, label: str) -> bool:
        """Return whether every phrase of ``label`` has a denial right before it: "I don't want to die"."""
        negators = self.lexicon.scope["negators"]
        return all(
            any(token in negators for token in self._tokens[max(0, phrase.start - 3) : phrase.start])
            for phrase in self._found[label]
        )

    def unknown(self) -> list[str]:
        """Return the words that are not small, no finding, and in no phrase."""
        known = self.named.tokens | self.named.senses | self.covered("")
        return [token for at, token in enumerate(self._tokens) if at not in known and token not in self.lexicon.small]


def _is_first(tokens: Sequence[str], at: int) -> bool:
    """Return whether nobody is spoken of before a token: "none of that", and not "I'm none"."""
    return len(set(tokens[:at])) <= 1
