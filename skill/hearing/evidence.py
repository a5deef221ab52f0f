"""Weighs single findings that the lexicon reports or half heard against what the trained reader makes of them."""

from dataclasses import dataclass

from skill.hearing.named import Named
from skill.hearing.view import HARDLY, HARMLESS, LIKELY, SURELY, ReaderView
from skill.protocol.model import FindingId


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the lexicon knows of the words beyond its acts."""

    found: Named
    is_sentence: bool
    """Whether enough of the words are known ones for small talk."""
    is_complete: bool
    """Whether the acts account for all words."""
    is_of_somebody: bool
    """Whether a person is spoken of: nobody reports a sign without one, but in a few words."""


@dataclass(frozen=True)
class Evidence:
    """Both readings of one utterance, finding by finding."""

    view: ReaderView
    known: Known
    urgent: frozenset[FindingId]
    """The findings that are emergencies."""

    def may_be(self, id_: FindingId) -> bool:
        """Return whether what the lexicon half heard may be there."""
        view = self.view
        if view.present(id_) >= view.thresholds.suspicious:
            return True
        if id_ in view.expecting.findings:
            return not view.is_small_talk
        if id_ in self.urgent and self.known.is_of_somebody and view.says("harmless") < SURELY:
            return True
        return view.present(id_) > HARDLY or view.says("harmless") < HARMLESS

    def is_other(self, id_: FindingId) -> bool:
        """Return whether the reader does not find it there, or takes the whole utterance for small talk."""
        view = self.view
        if id_ not in view.known or id_ not in self.known.found.meant:
            return False
        if view.present(id_) <= HARDLY:
            return True
        if view.says("harmless") >= SURELY and view.present(id_) < LIKELY and not self._is_plain_report(id_):
            return True
        return view.says("harmless", "question") >= HARMLESS and view.present(id_) < view.thresholds.suspicious

    def is_no_limit(self, id_: FindingId) -> bool:
        """Return whether a limit of the protocol is spoken of and is none: "when i was pregnant with sam"."""
        view = self.view
        return id_ in view.known and view.says("harmless") >= HARMLESS and view.present(id_) < LIKELY

    def _is_plain_report(self, id_: FindingId) -> bool:
        """Return whether a person reports an emergency that was asked about."""
        return id_ in self.urgent and id_ in self.view.expecting.findings and self.known.is_of_somebody
