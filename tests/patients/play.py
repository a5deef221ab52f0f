"""Plays patients against the real handler, and says of each turn what went wrong in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from patients.bank import Half
from patients.patient import LIMITS, Case, Patient, Utterance, cases

from simulator.trace import Tracer
from skill.protocol.model import Level

MOST_TURNS = 40
LEVELS: Mapping[str, Level] = {level.key: level for level in Level}
LONG = 2
"""An utterance of more words than this holds enough to be understood by."""

Trace = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Played:
    """One turn: what was asked, what was said, and what was made of it."""

    before: Trace | None
    said: Utterance
    after: Trace

    @property
    def long(self) -> bool:
        """Whether more was said than two words."""
        return len(self.said.text.split()) > LONG

    @property
    def pending(self) -> tuple[str, ...]:
        """What had been asked about."""
        return tuple(self.before["pending"]) if self.before else ()

    @property
    def asked_again(self) -> bool:
        """Whether the question is put again."""
        return bool(self.before) and bool(self.after["repeated"])

    @property
    def lingers(self) -> bool:
        """Whether something is asked about again, the whole question or a part of it, though all was answered."""
        return self.said.clear and bool(set(self.pending).intersection(self.after["pending"]))

    def made_up(self, case: Case) -> frozenset[str]:
        """Return findings that were taken as present, though nobody said so."""
        meant = self.said.tells | (set(self.pending) if self.said.yes else set())
        return frozenset(self.after["present"]) - set(case.present) - meant

    @property
    def lost(self) -> frozenset[str]:
        """Return findings that were told and denied for it, or that are not asked about any more though nobody heard.

        A finding that was told before its question comes, and passed by, is not lost: it is asked about later.
        """
        if self.after["level"] == Level.EMERGENCY.key or self.said.tells.intersection(self.after["present"]):
            return frozenset()
        kept = {*self.after["doubted"], *self.after["pending"]}
        last_chance = {*self.pending, *LIMITS} - kept
        heard = {id_ for id_ in LIMITS if f"report {id_}" in self.after["acts"]}
        return self.said.tells.intersection({*self.after["absent"], *last_chance} - heard)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One case with one seed, from the opening to the outcome."""

    case: Case
    seed: int
    turns: tuple[Played, ...]

    @property
    def outcome(self) -> str | None:
        """The worst level whose disposition was spoken; None where none was."""
        spoken = [turn.after["disposition"] for turn in self.turns if turn.after["disposition"]]
        return max(spoken, key=LEVELS.__getitem__, default=None)

    @property
    def too_low(self) -> bool:
        """Whether it ended below the expected level. A home-care case cannot; no outcome is below all others."""
        if self.outcome is None:
            return self.case.expected != Level.SELF_CARE.key
        return LEVELS[self.outcome] < LEVELS[self.case.expected]

    @property
    def too_high(self) -> bool:
        """Whether it ended above the expected level."""
        return self.outcome is not None and LEVELS[self.outcome] > LEVELS[self.case.expected]

    @property
    def raised_by(self) -> Played | None:
        """The turn that took the level above the expected one, at first."""
        limit = LEVELS[self.case.expected]
        return next((turn for turn in self.turns if LEVELS[turn.after["level"]] > limit), None)

    @property
    def script(self) -> str:
        """The conversation, a line a turn."""
        lines = [f"{self.case.name}, seed {self.seed}: {self.outcome}, expected {self.case.expected}"]
        for turn in self.turns:
            acts = ", ".join(turn.after["acts"])
            lines.append(f"  {' '.join(turn.pending) or '-'}: {turn.said.text!r} ({turn.said.kind}) -> {acts or '-'}")
        return "\n".join(lines)


def play(case: Case, seed: int, tracer: Tracer, half: Half) -> Run:
    """Return the conversation of one patient with the guide."""
    patient, heard, turns = Patient(case, seed, half), None, list[Played]()
    while len(turns) < MOST_TURNS and (said := patient.speak(heard)) is not None:
        line = {"words": said.text} if said.text else {"launch": True}
        after = tracer.turn({"attributes": heard and heard["attributes"], **line})
        turns.append(Played(before=heard, said=said, after=after))
        heard = after
    return Run(case=case, seed=seed, turns=tuple(turns))


def play_all(seeds: int, half: Half) -> tuple[Run, ...]:
    """Return each case with each seed."""
    tracer = Tracer()
    return tuple(play(case, seed, tracer, half) for case in cases() for seed in range(seeds))
