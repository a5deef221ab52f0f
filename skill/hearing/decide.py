"""Decides which acts an utterance comes to, from what it names and from its other words."""

from collections.abc import Sequence

from skill.acts import (
    Act,
    Answer,
    Aside,
    AskTopic,
    Call,
    Control,
    Correction,
    Deny,
    Doubt,
    Lasted,
    Missed,
    Report,
    Trend,
    Unclear,
)
from skill.hearing.heard import Asked, Expecting
from skill.hearing.lexicon import Lexicon
from skill.hearing.named import Named
from skill.hearing.patterns import Found
from skill.hearing.scope import Meant
from skill.hearing.sounds import resembles
from skill.hearing.tokens import Utterance
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId

_KINDS = {"answer": Answer, "control": Control, "call": Call, "trend": Trend, "aside": Aside, "correction": Correction}


class _Phrases:
    """The phrases of one utterance that are no findings, by what they do."""

    def __init__(self, lexicon: Lexicon, said: Utterance, found: Named) -> None:
        self._tokens = said.tokens
        fits = lexicon.acts.elements_of(said.tokens)
        breaks = [token in lexicon.scope["breaks"] for token in said.tokens]
        self._found: dict[str, list[Found]] = {}
        for phrase in lexicon.acts.find(fits, breaks):
            self._found.setdefault(phrase.pattern.label, []).append(phrase)
        self.lexicon, self.named = lexicon, found
        for label in list(self._found):  # "no sweat": words in another sense answer nothing
            self._found[label] = [one for one in self._found[label] if not set(one.places) <= found.senses]

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


ASSERTS_WITHIN = 5
"""Tokens after its subject in which a sentence shows that it denies."""


def acts(
    lexicon: Lexicon,
    said: Utterance,
    found: Named,
    expecting: Expecting,
    time: tuple[float | None, frozenset[int]],
) -> tuple[list[Act], tuple[str, ...]]:
    """Return the acts of an utterance and the words that none of them accounts for.

    Args:
        lexicon: of the locale.
        said: the utterance.
        found: the findings and parts that it names.
        expecting: what was asked last.
        time: how long the pain has lasted, in days, and the tokens that say it.
    """
    days, timed = time
    phrases = _Phrases(lexicon, said, found)
    if calls := _calls(phrases):
        return calls, ()
    unknown = [token for token in phrases.unknown() if token not in {said.tokens[at] for at in timed}]
    if said.cut:
        unknown.append(said.tokens[-1])
    findings = _of_findings(found, phrases, expecting)
    lasted: list[Act] = [Lasted(days)] if days is not None else []
    if findings:
        return [*findings, *lasted, *_trend(phrases, expecting, findings)], tuple(unknown)
    trend = _trend(phrases, expecting, [])
    answer = _answer(said, phrases, expecting, unknown)
    asked_of_guide = _asked_of_guide(phrases, expecting, answer)
    if asked_of_guide:
        return [*asked_of_guide, *lasted], ()
    if answer is not None and not (lasted and answer is Answer.UNSURE):
        return [answer, *lasted, *trend], tuple(unknown)
    if lasted or trend:
        return [*lasted, *trend], tuple(unknown)
    return _else(lexicon, said, phrases, expecting, unknown)


def _calls(phrases: _Phrases) -> list[Act]:
    for call in (Call.CRISIS, Call.EMERGENCY, Call.DISTRESS):
        label = f"call.{call.value}"
        if call is Call.DISTRESS and phrases.outweighs("control", label):
            continue
        if phrases.has(label) and not (phrases.denied(label) and call is not Call.CRISIS):
            if call is Call.EMERGENCY and (phrases.has("topic.emergency_signs") or phrases.has("control.why")):
                return [AskTopic(TopicId("emergency_signs"))]
            return [call]
    return []


def _of_findings(found: Named, phrases: _Phrases, expecting: Expecting) -> list[Act]:
    """Return the acts about findings that were named, with what a yes or a no beside them says."""
    present, absent = found.ids(Meant.PRESENT), found.ids(Meant.DENIED)
    unclear, doubted = found.ids(Meant.UNCLEAR), found.ids(Meant.DOUBTED)
    softly = found.ids(Meant.SOFTLY_DENIED)
    result: list[Act] = []
    if present:
        result.append(Report(present))
    if doubted:
        result.append(Doubt(doubted))
    if softly and not set(softly) <= set(expecting.findings):
        unclear += tuple(id_ for id_ in softly if id_ not in expecting.findings)
    if unclear:
        result.append(Unclear(unclear))
    if absent:
        result.append(Deny(absent))
    if not present and not unclear and not doubted and set(softly) & set(expecting.findings):
        result.append(Answer.SOFT_NO)
    if absent and not present and expecting.asked is Asked.FINDINGS:
        rest = tuple(id_ for id_ in expecting.findings if id_ not in absent and id_ not in unclear)
        yes = phrases.has("answer.yes", "lead") and not phrases.has("answer.no", "lead")
        if yes and rest and len(rest) < len(expecting.findings) and phrases.has("answer.yes", "but"):
            result.append(Report(rest))
        elif not unclear and phrases.has("answer.no", "whole") and not phrases.has("answer.yes", "lead"):
            result.append(Answer.NO)
    return result


def _trend(phrases: _Phrases, expecting: Expecting, findings: list[Act]) -> list[Act]:
    reported = [id_ for act in findings if isinstance(act, Report) for id_ in act.findings]
    if phrases.has("trend.worse") or FindingId("getting_worse") in reported:
        return []  # the finding of that name says it
    if phrases.has("trend.better") and not phrases.denied("trend.better") and not reported:
        return [Trend.BETTER] if expecting.asked is not Asked.READBACK else []
    return []


def _answer(said: Utterance, phrases: _Phrases, expecting: Expecting, unknown: Sequence[str]) -> Answer | None:
    """Return the yes or no of an utterance that names no finding."""
    asked = expecting.asked
    leads_no, leads_yes = phrases.has("answer.no", "lead"), phrases.has("answer.yes", "lead")
    about_findings = asked is Asked.FINDINGS
    if phrases.has("answer.yes", "final"):
        return Answer.YES
    if phrases.has("answer.no", "final"):
        return Answer.SOFT_NO if about_findings else Answer.NO
    if phrases.has("answer.no", "firm") and phrases.lexicon.words["affirming"] not in said.tokens:
        return _checked_no(phrases, expecting, unknown)
    if phrases.has("answer.soft_no") and (asked is not Asked.NOTHING or leads_no) and not leads_yes:
        return Answer.SOFT_NO
    if phrases.has("answer.unsure") and not leads_yes:
        return Answer.UNSURE if asked is not Asked.NOTHING or len(said.tokens) <= _SHORT else None
    if about_findings and phrases.has("answer.yes", "says") and not leads_no:
        return Answer.YES
    if leads_no or (about_findings and phrases.has("answer.no", "says")):
        return _checked_no(phrases, expecting, unknown)
    if leads_yes:
        return Answer.YES if asked is not Asked.READBACK or not unknown else None
    return None


_SHORT = 5
"""Tokens of an answer that can only be one."""


def _checked_no(phrases: _Phrases, expecting: Expecting, unknown: Sequence[str]) -> Answer:
    """Return a no as firm as its other words let it be."""
    if expecting.asked is not Asked.FINDINGS:
        return Answer.NO
    if phrases.has("answer.yes", "says") or unknown or not phrases.is_empty() or phrases.asserts():
        return Answer.SOFT_NO
    return Answer.SOFT_NO if phrases.sounds_like(expecting) else Answer.NO


_ALWAYS = (
    "control.restart",
    "control.back",
    "control.louder",
    "control.repeat",
    "control.rephrase",
    "control.why",
    "control.stop",
)
"""Meant also where the utterance begins with a yes or a no."""


def _asked_of_guide(phrases: _Phrases, expecting: Expecting, answer: Answer | None) -> list[Act]:
    """Return what is asked of the guide, or about care."""
    correction = phrases.best("correction")
    if correction is not None:
        return [Correction(correction)]
    name, topic = phrases.best("control"), phrases.best("topic")
    if phrases.has("control.louder") or phrases.has("control.slower"):
        name = "louder" if phrases.has("control.louder") else "slower"
    if name == "what_else" and expecting.asked is Asked.NOTHING:
        name = "help"
    if answer is not None and expecting.asked is Asked.FINDINGS:
        firm = [label for label in _ALWAYS if phrases.has(label)]
        if firm and not (firm == ["control.stop"] and answer in (Answer.NO, Answer.SOFT_NO)):
            return [Control(firm[0].partition(".")[2])]
        return []
    if answer is not None and expecting.asked is not Asked.NOTHING and topic is None and name in _SAME_AS_ANSWER:
        return []
    if name in ("repeat", "rephrase", "why", "back", "restart", "louder", "slower", "pause", "send", "ready"):
        return [Control(name)]
    if topic is not None and (name in (None, "check", "what_else", "help", "guide", "more", "why") or name == "stop"):
        if name == "guide":
            return [Control.GUIDE]
        return [AskTopic(TopicId(topic))]
    if name is not None:
        return [Control(name)]
    return []


_SAME_AS_ANSWER = (None, "more", "check", "hurts")


def _else(
    lexicon: Lexicon, said: Utterance, phrases: _Phrases, expecting: Expecting, unknown: Sequence[str]
) -> tuple[list[Act], tuple[str, ...]]:
    """Return the acts of an utterance that answers nothing: kind words, or a miss."""
    if phrases.named.ids(Meant.OTHER):  # named in a question or under a condition
        return [AskTopic(TopicId("emergency_signs"))], ()
    near = [token for token in said.tokens if resembles(lexicon, token, expecting.findings)]
    aside = phrases.best("aside")
    if aside is not None and not near:
        return [Aside(aside)], ()
    if phrases.named.senses and not near:
        return [Aside.FINE], ()
    return [Missed(named=bool(near))], tuple(unknown) or tuple(said.tokens[:1])
