"""What the trained reader makes of one utterance, as the questions that the weighing asks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from skill.hearing.heard import Asked, Expecting
from skill.hearing.reader import Opinion, Thresholds
from skill.protocol.model import FindingId

SURELY = 0.8
"""From this probability the reader says something by itself."""

LIKELY = 0.5
"""From this probability it agrees with what the lexicon is not sure of."""

HARDLY = 0.02
"""Up to this probability a finding is not there for the reader."""

CALM = 0.05
"""The same for what nobody named: up to this probability of every finding a plain answer may be believed."""

CERTAIN = 0.97
"""From this probability the reader is believed though the lexicon knows the words in another sense, or does not."""

HARMLESS = 0.5
"""From this probability an utterance that says nothing else is small talk, and not a miss."""

OTHER_SENSE = 0.6
"""From this probability a finding is named in another sense."""


@dataclass(frozen=True, kw_only=True)
class ReaderView:
    """One opinion, in one place of the dialog."""

    opinion: Opinion
    thresholds: Thresholds
    expecting: Expecting
    askable: frozenset[FindingId]
    """The findings that a question can ask about by name; limits of the protocol are not."""
    known: frozenset[FindingId]
    """The findings that the reader has learned."""

    def present(self, id_: FindingId) -> float:
        """Return how probable it is that a finding is said to be present."""
        reading = self.opinion.findings.get(id_)
        return reading.present if reading else 0.0

    def other(self, id_: FindingId) -> float:
        """Return how probable it is that a finding is named in another sense."""
        reading = self.opinion.findings.get(id_)
        return reading.other if reading else 0.0

    def at_least(self, probability: float) -> set[FindingId]:
        """Return the findings that are so probably present."""
        return {id_ for id_, reading in self.opinion.findings.items() if reading.present >= probability}

    def says(self, *answers: str) -> float:
        """Return how probable the likeliest of some answers is."""
        return max(self.opinion.answer[answer] for answer in answers)

    @property
    def is_calm(self) -> bool:
        """Whether no finding that can be asked about is anywhere near, but in another sense."""
        return not {
            id_
            for id_ in self.at_least(CALM) & self.askable
            if self.other(id_) < OTHER_SENSE or self.present(id_) >= self.thresholds.suspicious
        }

    @property
    def is_small_talk(self) -> bool:
        """Whether the utterance is surely harmless: it says nothing of the pain, and asks nothing of the guide."""
        return self.says("harmless") >= SURELY and self.is_calm

    @property
    def asks_findings(self) -> bool:
        """Whether findings were asked about."""
        return self.expecting.asked is Asked.FINDINGS

    def denies(self, ids: Iterable[FindingId], least: float) -> tuple[FindingId, ...]:
        """Return those of some findings that the reader takes for denied, and not for present at all."""
        found = ((id_, self.opinion.findings.get(id_)) for id_ in ids)
        return tuple(id_ for id_, read in found if read and read.absent >= least and read.present <= HARDLY)
