"""Weighs plain answers, and words that the lexicon does not understand, against what the trained reader makes of them.

The reader may raise by itself. It denies by itself only what was asked, where it is certain and nothing else is near.
"""

from skill.acts import Act, Answer, Aside, AskTopic, Deny, Missed, Unclear
from skill.hearing.evidence import Known
from skill.hearing.heard import Asked
from skill.hearing.view import CALM, CERTAIN, HARMLESS, LIKELY, SURELY, ReaderView
from skill.protocol.model import FindingId


def answered(act: Answer, view: ReaderView, known: Known, named: set[FindingId]) -> list[Act]:
    """Return a yes or no as firm as the reader lets it be; ``named`` are the findings that the lexicon names."""
    if not view.asks_findings:
        return [act]
    near = view.at_least(view.thresholds.suspicious) & set(view.expecting.findings) - named
    match act:
        case Answer.YES if view.says("harmless") >= HARMLESS > view.says("yes"):
            return [Aside.FINE]  # "at a loss for words I am"
        case Answer.YES if not known.is_complete and view.says("yes") <= CALM and view.is_calm:
            return [Unclear(view.expecting.findings)]  # "that's a bit personal isn't it"
        case Answer.NO if near:
            return [Answer.SOFT_NO]
        case Answer.SOFT_NO if known.is_sentence and view.says("no") >= SURELY and view.is_calm and not named:
            return [Answer.NO]  # the words that the lexicon does not know are near to no finding
        case _:
            return [act]


def understood(missed: Missed, view: ReaderView) -> Act:
    """Return what the reader makes of words that the lexicon does not understand."""
    suspicious = view.at_least(view.thresholds.suspicious)
    asked = view.expecting.asked is not Asked.NOTHING
    if asked and view.says("yes") >= SURELY:
        return Answer.YES
    if asked and view.says("unsure") >= LIKELY:
        return Answer.UNSURE
    if suspicious:
        return missed
    if denied := view.denies(view.expecting.findings, CERTAIN):
        return Deny(denied)
    if asked and view.says("no", "soft_no") >= LIKELY:
        return Answer.SOFT_NO if view.asks_findings else Answer.NO
    if view.says("question") >= HARMLESS:
        return AskTopic(None)
    return Aside.FINE if view.says("harmless") >= HARMLESS else missed
