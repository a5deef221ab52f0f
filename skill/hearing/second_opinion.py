"""Weighs what the lexicon reads against the trained reader: present if either says so, denied only if both agree.

Two imperfect readers are safe together where they may only raise each other. What only the reader finds is asked about
by name; what the lexicon reports and the reader is sure is something else is asked about as well.
"""

from collections.abc import Collection, Sequence

from skill.acts import Act, Answer, Aside, AskTopic, Deny, Missed, Report, Unclear
from skill.hearing.heard import Asked, Expecting
from skill.hearing.reader import Opinion, Thresholds
from skill.protocol.model import FindingId

SURELY_OTHER = 0.6
"""From this probability of another sense, and with hardly any of being present, a report is asked about by name."""

HARDLY = 0.05
VETO = 0.7
"""From this probability of being present a denial of the lexicon is asked about by name."""

SURELY = 0.8
"""From this probability the reader reports by itself."""

HARMLESS = 0.5
"""From this probability an utterance that says nothing else is small talk, and not a miss."""


def weighed(
    acts: Sequence[Act], opinion: Opinion, thresholds: Thresholds, expecting: Expecting, askable: frozenset[FindingId],
    settled: Collection[FindingId] = (),
) -> list[Act]:
    """Return ``acts`` with what the reader has against them.

    Args:
        acts: of the lexicon.
        opinion: of the reader, of the same words.
        thresholds: of the reader.
        expecting: what was asked last.
        askable: the findings that a question asks about.
        settled: the findings whose words the lexicon knows in another sense: the reader alone does not report them.
    """
    present = {id_ for id_, reading in opinion.findings.items() if reading.present >= thresholds.present}
    suspicious = {id_ for id_, reading in opinion.findings.items() if reading.present >= thresholds.suspicious}
    vetoed = {id_ for id_, reading in opinion.findings.items() if reading.present >= VETO}
    surely = {
        id_
        for id_, reading in opinion.findings.items()
        if reading.present >= SURELY and id_ not in settled and (id_ in expecting.findings or opinion.answer["harmless"] < HARMLESS)
    }
    acts = [_raised(act, surely) for act in acts]
    named = {id_ for act in acts for id_ in getattr(act, "findings", ())}
    result, unclear = [], set[FindingId]()
    for act in acts:
        match act:
            case Deny() if vetoed & set(act.findings):
                unclear |= vetoed & set(act.findings)
                if agreed := tuple(id_ for id_ in act.findings if id_ not in vetoed):
                    result.append(Deny(agreed))
            case Report():
                other = {id_ for id_ in act.findings if id_ in askable and _is_other(opinion, id_, thresholds)}
                unclear |= other
                if kept := tuple(id_ for id_ in act.findings if id_ not in other):
                    result.append(Report(kept))
            case Answer.YES if _is_small_talk(opinion, expecting):
                result.append(Aside.FINE)
            case Answer.NO if expecting.asked is Asked.FINDINGS and suspicious & set(expecting.findings) - named:
                result.append(Answer.SOFT_NO)
            case Missed() if opinion.answer["question"] >= HARMLESS and not suspicious:
                result.append(AskTopic(None))
            case Missed() if opinion.answer["harmless"] >= HARMLESS and not suspicious:
                result.append(Aside.FINE)
            case _:
                result.append(act)
    if new := tuple(sorted(id_ for id_ in surely - named if id_ in askable)):
        result = [act for act in result if not isinstance(act, Missed | Aside | Answer)]
        result.append(Report(new))
    unclear |= {id_ for id_ in present - named - surely if id_ in askable}
    if unclear:
        result = [act for act in result if not isinstance(act, Missed | Aside)]
        result.append(Unclear(tuple(sorted(unclear))))
    return result


def _is_small_talk(opinion: Opinion, expecting: Expecting) -> bool:
    """Return whether a yes among other words is none: "at a loss for words I am"."""
    return expecting.asked is Asked.FINDINGS and opinion.answer["harmless"] >= HARMLESS > opinion.answer["yes"]


def _raised(act: Act, surely: set[FindingId]) -> Act:
    """Return a question about findings as a report of them where the reader is sure of all of them."""
    return Report(act.findings) if isinstance(act, Unclear) and set(act.findings) <= surely else act


def _is_other(opinion: Opinion, id_: FindingId, thresholds: Thresholds) -> bool:
    """Return whether the reader takes a finding for something else, or the whole utterance for small talk."""
    reading = opinion.findings.get(id_)
    present = reading.present if reading else 0.0
    if reading is not None and reading.other >= SURELY_OTHER and present <= HARDLY:
        return True
    said_nothing = max(opinion.answer["harmless"], opinion.answer["question"]) >= HARMLESS
    return said_nothing and present < thresholds.suspicious
