"""Weighs what the lexicon reads against the trained reader: present if either says so, denied only if both agree.

Two imperfect readers are safe together where they may only raise each other. What only the reader finds is asked about
by name; what the lexicon reports and the reader is sure is something else is asked about as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from skill.acts import Act, Answer, Aside, AskTopic, Deny, Missed, Report, Unclear
from skill.hearing.heard import Asked, Expecting
from skill.hearing.named import Named
from skill.hearing.reader import Opinion, Reader, Thresholds
from skill.protocol.model import FindingId

SURELY_OTHER = 0.6
"""From this probability of another sense, and with hardly any of being present, a report is asked about by name."""

HARDLY = 0.05
VETO = 0.7
"""From this probability of being present a denial of the lexicon is asked about by name."""

SURELY = 0.8
"""From this probability the reader reports by itself."""

FIRM = 0.97
"""The same, where it is denied in so many words."""

HARMLESS = 0.5
"""From this probability an utterance that says nothing else is small talk, and not a miss."""


@dataclass(frozen=True)
class SecondOpinion:
    """The reader of one locale, and what it may change."""

    reader: Reader
    askable: frozenset[FindingId]
    """The findings that a question can ask about by name; limits of the protocol are not."""

    def weigh(
        self,
        acts: Sequence[Act],
        words: str,
        expecting: Expecting,
        *,
        found: Named,
        is_sentence: bool,
    ) -> list[Act]:
        """Return ``acts`` with what the reader has against them.

        Args:
            acts: of the lexicon.
            words: as they were said.
            expecting: what was asked last.
            found: what the lexicon knows of the words beyond its acts.
            is_sentence: whether enough of the words are known ones for small talk.
        """
        if found.has_other_sense:
            return list(acts)
        opinion = self.reader.opinion(words, expecting.findings)
        return _weighed(acts, opinion, self, expecting, _Known(found=found, is_sentence=is_sentence))


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the lexicon knows of the words beyond its acts."""

    found: Named
    is_sentence: bool


def _weighed(
    acts: Sequence[Act], opinion: Opinion, second: SecondOpinion, expecting: Expecting, known: _Known
) -> list[Act]:
    thresholds, askable = second.reader.thresholds, second.askable
    found, is_sentence = known.found, known.is_sentence
    present = {id_ for id_, reading in opinion.findings.items() if reading.present >= thresholds.present}
    suspicious = {id_ for id_, reading in opinion.findings.items() if reading.present >= thresholds.suspicious}
    vetoed = {
        id_ for id_, reading in opinion.findings.items() if reading.present >= (FIRM if id_ in found.firm else VETO)
    }
    surely = {
        id_
        for id_, reading in opinion.findings.items()
        if reading.present >= SURELY
        and id_ not in found.settled
        and (id_ in expecting.findings or opinion.answer["harmless"] < HARMLESS)
    }
    acts = [_raised(act, surely) for act in acts]
    named = {id_ for act in acts for id_ in getattr(act, "findings", ())}
    result: list[Act] = []
    unclear: set[FindingId] = set()
    for act in acts:
        match act:
            case Deny() if vetoed & set(act.findings):
                unclear |= vetoed & set(act.findings)
                if agreed := tuple(id_ for id_ in act.findings if id_ not in vetoed):
                    result.append(Deny(agreed))
            case Unclear() if opinion.answer["harmless"] >= HARMLESS:
                if kept := tuple(id_ for id_ in act.findings if id_ in suspicious or id_ in expecting.findings):
                    result.append(Unclear(kept))
            case AskTopic() if suspicious - named:
                unclear |= {id_ for id_ in suspicious - named if id_ in askable}
            case Report():
                other = {id_ for id_ in act.findings if id_ in askable and _is_other(opinion, id_, thresholds)}
                unclear |= other
                if kept := tuple(id_ for id_ in act.findings if id_ not in other):
                    result.append(Report(kept))
            case Answer.YES if _is_small_talk(opinion, expecting):
                result.append(Aside.FINE)
            case Answer.NO if expecting.asked is Asked.FINDINGS and suspicious & set(expecting.findings) - named:
                result.append(Answer.SOFT_NO)
            case Missed() if is_sentence and opinion.answer["question"] >= HARMLESS and not suspicious:
                result.append(AskTopic(None))
            case Missed() if is_sentence and opinion.answer["harmless"] >= HARMLESS and not suspicious:
                result.append(Aside.FINE)
            case _:
                result.append(act)
    # Where the lexicon knew what the words are about, the reader adds nothing of its own to what was not asked about.
    named |= set(expecting.findings) if Answer.YES in acts else set()
    open_ = {id_ for id_ in askable - named if id_ in expecting.findings or not named}
    if new := tuple(sorted(surely & open_)):
        result = [act for act in result if not isinstance(act, Missed | Aside | Answer)]
        result.append(Report(new))
    softly = found.settled if Answer.SOFT_NO in acts else set()
    unclear |= (present & open_) - surely - found.closed - softly
    if unclear:
        result = [act for act in result if not isinstance(act, Missed | Aside)]
        result.append(Unclear(tuple(sorted(unclear))))
    return result or [Aside.FINE]


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
