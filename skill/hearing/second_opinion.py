"""Weighs what the lexicon reads against the trained reader: present if either says so, denied only if both agree.

Two imperfect readers are safe together where they may only raise each other. What one of them finds and the other does
not is asked about by name. What both take for small talk changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from skill.acts import Act, Answer, Aside, AskTopic, Control, Deny, Lasted, Missed, Report, Unclear
from skill.hearing.answers import answered, understood
from skill.hearing.evidence import Evidence, Known
from skill.hearing.heard import Asked, Expecting
from skill.hearing.reader import Reader
from skill.hearing.view import CALM, CERTAIN, HARDLY, HARMLESS, LIKELY, SURELY, ReaderView
from skill.protocol.model import FindingId

VETO = 0.7
"""From this probability of being present a denial of the lexicon is asked about by name."""

FIRM = 0.995
"""The same, where it is denied in so many words."""

_TIME = frozenset(map(FindingId, ("not_improving", "persistent")))
"""The findings whose question a length of time answers."""


@dataclass(frozen=True)
class SecondOpinion:
    """The reader of one locale, and what it may change."""

    reader: Reader
    askable: frozenset[FindingId]
    """The findings that a question can ask about by name; limits of the protocol are not."""
    urgent: frozenset[FindingId]
    """The findings that are emergencies: what the lexicon reports of them is never passed over."""

    def weigh(self, acts: Sequence[Act], words: str, expecting: Expecting, known: Known) -> list[Act]:
        """Return ``acts`` with what the reader has against them.

        Args:
            acts: of the lexicon.
            words: as they were said.
            expecting: what was asked last.
            known: what the lexicon knows of the words beyond its acts.
        """
        view = ReaderView(
            opinion=self.reader.opinion(words, expecting.findings),
            thresholds=self.reader.thresholds,
            expecting=expecting,
            askable=self.askable,
            known=self.reader.known,
        )
        return _Weighing(view, known, self.urgent).result(acts)


class _Weighing:
    """The weighing of one utterance."""

    def __init__(self, view: ReaderView, known: Known, urgent: frozenset[FindingId]) -> None:
        self._view, self._known, self._found, self._urgent = view, known, known.found, urgent
        self._evidence = Evidence(view, known, urgent)
        self._unclear: set[FindingId] = set()

    def result(self, acts: Sequence[Act]) -> list[Act]:
        """Return the acts that stay, with what the reader adds."""
        view, found, expecting = self._view, self._found, self._view.expecting
        surely = {
            id_
            for id_ in view.at_least(SURELY) - found.settled
            if id_ in expecting.findings or view.says("harmless") < HARMLESS
        }
        acts = [self._raised(act) for act in acts]
        named = {id_ for act in acts for id_ in getattr(act, "findings", ())}
        result = [kept for act in acts for kept in self._kept(act, named)]
        # Where the lexicon knows what the words are about, the reader adds what was asked, and what it is certain of.
        yes = set(expecting.findings) if Answer.YES in acts else set()
        open_ = {id_ for id_ in view.askable - named - yes if id_ in expecting.findings or not named | yes}
        if found.has_other_sense:
            open_ = set()
        open_ |= {id_ for id_ in (view.at_least(CERTAIN) & view.askable) - named - yes if view.says("harmless") <= CALM}
        if new := tuple(sorted(surely & open_)):
            result = [act for act in result if not isinstance(act, Missed | Aside | Answer)]
            result.append(Report(new))
        softly = found.settled if Answer.SOFT_NO in acts else set()
        present = view.at_least(view.thresholds.present)
        self._unclear |= (present & open_) - surely - found.closed - softly
        self._unclear |= (view.at_least(CERTAIN) & view.askable) - named - yes - set(new)
        if self._unclear:
            result = [act for act in result if not isinstance(act, Missed | Aside)]
            result.append(Unclear(tuple(sorted(self._unclear))))
        return result or [Aside.FINE]

    def _kept(self, act: Act, named: set[FindingId]) -> list[Act]:
        """Return what stays of an act of the lexicon; what is to be asked about is noted."""
        view = self._view
        match act:
            case Deny():
                return self._denied(act)
            case Report():
                return self._reported(act)
            case Unclear():
                kept = tuple(id_ for id_ in act.findings if self._evidence.may_be(id_))
                return [Unclear(kept)] if kept else []
            case AskTopic() if new := (self._suspected - named) & view.askable:
                self._unclear |= new
                return []
            case Lasted() if view.says("harmless") >= (SURELY if self._asks_time else HARMLESS):
                return []
            case Control() if view.is_small_talk:
                return [Aside.FINE]
            case Answer():
                return answered(act, view, self._known, named)
            case Missed() if self._known.is_sentence and not act.named:
                return [understood(act, view)]
            case Aside.FINE if view.says("unsure") >= SURELY and view.asks_findings:
                return [Answer.UNSURE]
            case _:
                return [act]

    @property
    def _suspected(self) -> set[FindingId]:
        """The findings that a question about care may be about instead.

        Where topics were offered, "rest" or "heat and ice" names one: only an emergency is suspected as elsewhere.
        """
        view = self._view
        suspected = view.at_least(view.thresholds.suspicious)
        if view.expecting.asked is not Asked.OFFER:
            return suspected
        return suspected & (self._urgent | view.at_least(SURELY))

    @property
    def _asks_time(self) -> bool:
        return bool(_TIME.intersection(self._view.expecting.findings))

    def _denied(self, act: Deny) -> list[Act]:
        firm = self._found.firm
        vetoed = {id_ for id_ in act.findings if self._view.present(id_) >= (FIRM if id_ in firm else VETO)}
        self._unclear |= vetoed
        agreed = tuple(id_ for id_ in act.findings if id_ not in vetoed)
        return [Deny(agreed)] if agreed else []

    def _reported(self, act: Report) -> list[Act]:
        if self._view.is_small_talk and not self._known.is_of_somebody and set(act.findings) <= self._view.askable:
            return []  # "all of a sudden it's raining here"
        other = {id_ for id_ in act.findings if id_ in self._view.askable and self._evidence.is_other(id_)}
        # "he was tackled badly" is an injury and nothing else, where the reader is sure of that.
        passed = {id_ for id_ in other - self._urgent if self._view.present(id_) <= HARDLY}
        self._unclear |= other - passed if self._view.at_least(SURELY) else other
        other |= {id_ for id_ in act.findings if id_ not in self._view.askable and self._evidence.is_no_limit(id_)}
        kept = tuple(id_ for id_ in act.findings if id_ not in other)
        return [Report(kept)] if kept else []

    def _raised(self, act: Act) -> Act:
        """Return a question about findings as a report of them where the reader takes all of them for present."""
        view = self._view
        if isinstance(act, Unclear) and all(view.present(id_) >= LIKELY for id_ in act.findings):
            return Report(act.findings) if view.says("harmless") < HARMLESS else act
        return act
