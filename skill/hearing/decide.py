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
from skill.hearing.meant import Meant
from skill.hearing.named import Named
from skill.hearing.phrases import Phrases
from skill.hearing.sounds import resembles
from skill.hearing.tokens import Utterance
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId

_KINDS = {"answer": Answer, "control": Control, "call": Call, "trend": Trend, "aside": Aside, "correction": Correction}


def acts(
    lexicon: Lexicon,
    said: Utterance,
    found: Named,
    expecting: Expecting,
    lasted: tuple[float | None, frozenset[int]],
) -> tuple[list[Act], tuple[str, ...]]:
    """Return the acts of an utterance and the words that none of them accounts for.

    Args:
        lexicon: of the locale.
        said: the utterance.
        found: what it names.
        expecting: what was asked last.
        lasted: how many days the pain has lasted, and the tokens that say so.
    """
    days, timed = lasted
    phrases = Phrases(lexicon, said, found, timed)
    calls = _calls(phrases)
    if calls and calls != [Call.DISTRESS]:
        return calls, ()
    unknown = [token for token in phrases.unknown() if token not in {said.tokens[at] for at in timed}]
    if said.cut:
        unknown.append(said.tokens[-1])
    findings = _of_findings(found, phrases, expecting)
    of_pain = not found.ids(Meant.OTHER)  # "my wife had that last year" says nothing of how long this lasts
    time: list[Act] = [Lasted(days)] if days is not None and of_pain else []
    if calls:
        return [*calls, *(act for act in findings if isinstance(act, Report))], ()
    if findings:
        return [*findings, *time, *_trend(phrases, expecting, findings)], tuple(unknown)
    trend = _trend(phrases, expecting, [])
    answer = Answer.NO if _no_better(phrases, expecting) else _answer(lexicon, said, phrases, expecting, unknown)
    asked_of_guide = _asked_of_guide(phrases, expecting, answer)
    if asked_of_guide:
        return [*asked_of_guide, *time], ()
    if answer is not None and not (time and answer is Answer.UNSURE):
        return [answer, *time, *trend], tuple(unknown)
    if time or trend:
        return [*time, *trend], tuple(unknown)
    return _else(lexicon, said, phrases, expecting, unknown)


def _calls(phrases: Phrases) -> list[Act]:
    for call in (Call.CRISIS, Call.EMERGENCY, Call.DISTRESS):
        label = f"call.{call.value}"
        if call is Call.DISTRESS and phrases.outweighs("control", label):
            continue
        if phrases.has(label) and not (phrases.denied(label) and call is not Call.CRISIS):
            if call is Call.EMERGENCY and (phrases.has("topic.emergency_signs") or phrases.has("control.why")):
                return [AskTopic(TopicId("emergency_signs"))]
            return [call]
    return []


def _of_findings(found: Named, phrases: Phrases, expecting: Expecting) -> list[Act]:
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


def _trend(phrases: Phrases, expecting: Expecting, findings: list[Act]) -> list[Act]:
    reported = [id_ for act in findings if isinstance(act, Report) for id_ in act.findings]
    if phrases.has("trend.worse") or FindingId("getting_worse") in reported:
        return []  # the finding of that name says it
    if phrases.has("trend.better") and not phrases.denied("trend.better") and not reported:
        return [Trend.BETTER] if expecting.asked is not Asked.READBACK else []
    return []


def _no_better(phrases: Phrases, expecting: Expecting) -> bool:
    """Return whether the words say "the same" or "worse" to the question whether it is better."""
    return expecting.asked is Asked.BETTER and (phrases.has("trend.same") or phrases.has("trend.worse"))


def _answer(
    lexicon: Lexicon, said: Utterance, phrases: Phrases, expecting: Expecting, unknown: Sequence[str]
) -> Answer | Unclear | None:
    """Return the yes or no of an utterance that names no finding."""
    asked = expecting.asked
    leads_no, leads_yes = phrases.has("answer.no", "lead"), phrases.has("answer.yes", "lead")
    about_findings = asked in (Asked.FINDINGS, Asked.WORSE, Asked.BETTER)
    plain_no = any(token in lexicon.scope["nouns_only"] for token in said.tokens)
    if phrases.has("answer.yes", "final"):
        return Answer.YES
    if phrases.has("answer.no", "firm") and phrases.lexicon.words["affirming"] not in said.tokens:
        return _checked_no(phrases, expecting, unknown)
    if (particles := _particles(lexicon, said.tokens)) and len(set(particles)) > 1:
        return _of_both(particles, about_findings=about_findings)
    if about_findings and asked is not Asked.BETTER and phrases.has("answer.yes", "past") and not leads_no:
        return Answer.YES
    softens = phrases.has("answer.soft_no", "says") or (phrases.has("answer.soft_no", "fine") and not plain_no)
    if softens and not leads_yes and (asked is Asked.FINDINGS or phrases.has("answer.soft_no", "says")):
        return Answer.SOFT_NO if asked is not Asked.NOTHING or leads_no else None
    if phrases.has("answer.unsure") and not leads_yes:
        return Answer.UNSURE if asked is not Asked.NOTHING or len(said.tokens) <= _SHORT else None
    if about_findings and phrases.has("answer.yes", "says") and not leads_no:
        return _half_said(phrases, expecting, unknown)
    if leads_no or (about_findings and phrases.has("answer.no", "says")):
        return _checked_no(phrases, expecting, unknown)
    if leads_yes:
        return Answer.YES if asked is not Asked.READBACK or not unknown else None
    return None


CHANGES_SUBJECT = 2
"""Words that nobody knows, from which half a sentence may be about something else."""


def _half_said(phrases: Phrases, expecting: Expecting, unknown: Sequence[str]) -> Answer | Unclear | None:
    """Return what half a sentence says that would be a yes by itself: "a bit", "when I sit"."""
    if phrases.named.ids(Meant.OTHER):
        return None
    if (len(unknown) >= CHANGES_SUBJECT or phrases.tells_of_pain()) and expecting.findings:
        return Unclear(expecting.findings)
    return Answer.YES


def _particles(lexicon: Lexicon, tokens: Sequence[str]) -> list[bool]:
    """Return the plain yes and no that stand at the beginning, at the end and by themselves; True for a yes."""
    scope = lexicon.scope
    found = []
    for at, token in enumerate(tokens):
        alone = at in (0, len(tokens) - 1) or tokens[at - 1] in scope["turns"]
        if alone and token in scope["nouns_only"]:
            found.append(False)
        elif alone and token in scope["plain_yes"]:
            found.append(True)
    return found


def _of_both(particles: Sequence[bool], *, about_findings: bool) -> Answer:
    """Return what a yes and a no in one breath come to: the last counts, but an emergency is not lowered by it."""
    if particles[-1]:
        return Answer.YES
    if about_findings:
        return Answer.SOFT_NO
    return Answer.NO


_SHORT = 5
"""Tokens of an answer that can only be one."""


def _checked_no(phrases: Phrases, expecting: Expecting, unknown: Sequence[str]) -> Answer:
    """Return a no as firm as its other words let it be."""
    if expecting.asked is not Asked.FINDINGS:
        return Answer.NO
    if phrases.says_yes() or unknown or not phrases.is_empty() or phrases.asserts():
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


def _asked_of_guide(phrases: Phrases, expecting: Expecting, answer: Answer | Unclear | None) -> list[Act]:
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
    if name == "check" and not phrases.has("control.check", "says"):
        return [Aside.PAIN]
    if name is not None:
        return [Control(name)]
    return []


_SAME_AS_ANSWER = (None, "more", "check", "hurts")


def _else(
    lexicon: Lexicon, said: Utterance, phrases: Phrases, expecting: Expecting, unknown: Sequence[str]
) -> tuple[list[Act], tuple[str, ...]]:
    """Return the acts of an utterance that answers nothing: kind words, or a miss."""
    if phrases.named.ids(Meant.ASKED_ABOUT):
        return [AskTopic(TopicId("emergency_signs"))], ()
    if phrases.named.ids(Meant.OTHER):
        return [Aside.FINE], ()
    near = [token for token in said.tokens if resembles(lexicon, token, expecting.findings)]
    aside = phrases.best("aside")
    if aside is not None and not near:
        return [Aside(aside)], ()
    if phrases.named.senses and not near:
        return [Aside.FINE], ()
    return [Missed(named=bool(near))], tuple(unknown) or tuple(said.tokens[:1])
