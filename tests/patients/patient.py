"""A patient who answers truthfully from its facts, in the manner of its case.

It hears what the trace tells: which findings are asked about, and whether they are asked about again.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from patients.bank import HERE, Drawer, Half, Line, banks, findings, joined, of_others

from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

MANNERS = ("quick", "plain", "talkative", "shy", "plays_down", "explains_away", "corrects", "asks_back")
SPEAKERS = ("self", "daughter", "husband", "carer")

LIMITS = frozenset(str(limit.id) for limit in UPPER_BACK.limits)
DURATION = frozenset(str(id_) for rule in UPPER_BACK.durations for id_ in (*rule.denies, *rule.confirms))
RECENT_DAYS = 3
TURNS_BETWEEN = 2
"""Something beside the point is said once in so many turns, at most."""

_PRESENT: Mapping[str, Mapping[str, float]] = {
    "quick": {"yes_briefly": 4, "named": 4, "report": 1},
    "plain": {"report": 5, "yes_report": 2, "yes": 2, "named": 1},
    "talkative": {"report": 3, "yes_report": 4, "yes": 1},
    "shy": {"hedged": 3, "yes_softly": 2, "report": 3, "yes": 1},
    "plays_down": {"hedged": 6, "report": 2, "yes_softly": 1},
    "explains_away": {"hedged": 7, "report": 2},
    "corrects": {"no_then_yes": 3, "too_late": 2, "report": 2, "yes_report": 1},
    "asks_back": {"report": 3, "yes_report": 2, "yes": 2, "unsure": 0.5},
}
_ABSENT: Mapping[str, Mapping[str, float]] = {
    "quick": {"no_briefly": 8, "no": 1},
    "plain": {"no": 4, "no_question": 3, "reason": 1, "denials": 1.5, "one_denial": 0.4},
    "talkative": {"reason": 4, "no_question": 3, "denials": 1, "no": 1},
    "shy": {"soft_no": 4, "no": 3, "no_question": 1},
    "plays_down": {"no": 3, "no_question": 3, "denials": 2, "one_denial": 0.4, "reason": 1},
    "explains_away": {"reason": 6, "no_question": 2, "no": 1},
    "corrects": {"yes_then_no": 1, "no": 4, "no_question": 2, "denials": 1},
    "asks_back": {"no": 4, "no_question": 2, "denials": 1, "reason": 1},
}
_SPRINKLED = frozenset(("hedged", "yes_softly", "unsure", "soft_no", "yes_then_no"))
"""Kinds of answers that are told at most once in TURNS_BETWEEN turns, like what is said beside an answer."""
_BY_DESIGN = frozenset(("hedged", "yes_softly", "unsure", "soft_no", "yes_then_no"))
"""Kinds of answers that the protocol itself confirms by asking once more."""
_ASIDES: Mapping[str, Mapping[str, float]] = {
    "talkative": {"before": 0.2, "after": 0.25, "alone": 0.05, "hesitation": 0.1},
    "shy": {"hesitation": 0.4},
    "asks_back": {"why": 0.2, "what": 0.2},
    "corrects": {"hesitation": 0.15},
    "explains_away": {"after": 0.1},
    "plain": {"before": 0.04, "after": 0.05, "hesitation": 0.05},
    "plays_down": {"after": 0.1},
    "quick": {},
}
_OF_TWO = frozenset(("both",))
_OF_SEVERAL = frozenset(("both", "neither", "none", "those", "one", "all", "them"))
"""Words of a no that fits a question about so many findings only."""
_ALONE = ("why", "what", "alone")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person: what is true of them, who speaks, and how."""

    name: str
    why: str
    speaker: str
    of: str
    """Whom the words are about: ``self``, ``she`` or ``he``."""
    manner: str
    present: tuple[str, ...]
    """Findings and limits that they have; all others are absent."""
    days: int
    """How long it has hurt."""
    better: bool = False
    """Whether it eases."""
    expected: str
    """The level that the protocol gives them."""

    @property
    def signs(self) -> tuple[str, ...]:
        """What is asked about, and present."""
        return tuple(id_ for id_ in self.present if id_ not in LIMITS)


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases, in their order."""
    kept = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))["cases"]
    return tuple(Case(**{**case, "present": tuple(case["present"])}) for case in kept)


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """What a patient says in one turn, and what is meant by it."""

    text: str
    """Empty where the guide is opened by its name."""
    kind: str
    """How it is said, for groups in the report."""
    set_aside: bool = False
    tells: frozenset[str] = frozenset()
    """Findings that are meant to be present."""
    denies: frozenset[str] = frozenset()
    """Findings that are meant to be absent."""
    yes: bool = False
    """Whether it holds a yes to all that was asked."""
    clear: bool = False
    """Whether it settles all that was asked, so that there is no need to ask again."""


@dataclass
class Patient:
    """One case with a random of its own."""

    case: Case
    seed: int
    half: Half = "even"
    drawer: Drawer = field(init=False)
    turn: int = 0
    sprinkled: int = -TURNS_BETWEEN
    told: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    """What the guide has taken as present."""
    owed: str | None = None
    """A finding that was denied too soon and is put right in the next turn."""
    last: Utterance | None = None

    def __post_init__(self) -> None:
        self.drawer = Drawer(Random(f"{self.case.name} {self.seed}"), self.half)  # noqa: S311 nothing is secret

    def speak(self, heard: Mapping[str, Any] | None) -> Utterance | None:
        """Return what is said after ``heard``, the trace of the turn before; None where there is nothing to say."""
        said: Utterance | None
        if heard is None:
            said = self._opening()
        else:
            self.taken.update(heard["present"])
            if heard["ends"] or (heard["disposition"] and not self.owed):
                return None
            said = self._reply(heard)
        self.turn += 1
        self.last = said
        if said is not None:
            self.told |= said.tells
        return said

    # In each state.

    def _opening(self) -> Utterance:
        mine = banks()["openings"][self.case.speaker][self.case.of]
        limits = [id_ for id_ in self.case.present if id_ in LIMITS]
        if limits:
            line = joined([self.drawer.draw(mine["about"]), *(self._of(id_, "reports") for id_ in limits)])
            return _utterance(line, "opening with a limit", tells=limits)
        if self.case.manner == "quick" or self.drawer.chance(0.6):
            return Utterance(text="", kind="launch")
        line = self.drawer.draw(mine["opening"])
        if self.drawer.chance(0.35):
            line += self.drawer.draw(self._span()["since"])
        if self.case.signs and self.drawer.chance(0.35):
            told = self.drawer.random.choice(self.case.signs)
            line = joined([line, self._of(told, "reports")])
            return _utterance(line, f"opening with {told}", tells=[told])
        return _utterance(line, "opening")

    def _reply(self, heard: Mapping[str, Any]) -> Utterance | None:
        if self.owed:
            return self._put_right()
        match heard["state"]:
            case "asking":
                return self._answer(tuple(heard["pending"]), repeated=heard["repeated"])
            case "reading_back":
                return self._read_back()
            case "clearing_up" | "correcting" as state:
                return self._missing(state)
            case "offering_check":
                return _utterance(self.drawer.draw(self._shared("accept")), "accept", yes=True)
            case "fresh":
                return _utterance(self._shared_line("yes_briefly"), "yes at the beginning", yes=True)
            case _:
                return None

    def _read_back(self) -> Utterance:
        if not self.case.signs:
            fits = _brief if self.case.manner == "quick" else _any
            line = self.drawer.draw(self._shared("readback_right"), fits)
            return _utterance(line, "readback_right", yes=True, clear=True)
        wrong = self.drawer.draw(self._shared("readback_wrong"))
        if self.drawer.chance(0.3):
            return _utterance(wrong, "readback_wrong")
        told = self._worst()
        return _utterance(wrong + self._of(told, "reports"), f"readback_wrong with {told}", tells=[told])

    def _missing(self, state: str) -> Utterance:
        """Say what was lost, where something was."""
        lost = [id_ for id_ in self.case.signs if id_ not in self.taken]
        if lost:
            line = self._of(lost[0], "reports")
            if state == "clearing_up":
                line = self._shared_line("before_report") + line
            return _utterance(line, f"{state} with {lost[0]}", tells=lost[:1])
        if state == "clearing_up":
            return _utterance(self._no(), "clearing_up no", clear=True)
        return _utterance(self.drawer.draw(self._shared("nothing_wrong")), "nothing_wrong")

    def _put_right(self) -> Utterance:
        told, self.owed = str(self.owed), None
        line = self.drawer.draw(self._shared("too_late")) + self._of(told, "reports")
        return _utterance(line, f"too_late with {told}", tells=[told])

    # The answer to a question.

    def _answer(self, pending: tuple[str, ...], *, repeated: bool) -> Utterance:
        have = [id_ for id_ in pending if id_ in self.case.present]
        answered = self.last is not None and (self.last.clear or bool(self.last.tells or self.last.denies))
        plainly = (repeated and answered) or any(id_ in self.told for id_ in have)
        if plainly:
            return self._plainly(pending, have)
        beside = self._beside()
        if beside in _ALONE:
            bank = "aside_alone" if beside == "alone" else beside
            return _utterance(self.drawer.draw(self._shared(bank)), f"{beside}, no answer")
        said = self._present(pending, have) if have else self._absent(pending)
        return self._with(beside, said)

    def _beside(self) -> str | None:
        """Return what is said beside the answer, where it is time for it."""
        if self.turn - self.sprinkled < TURNS_BETWEEN:
            return None
        shares = _ASIDES[self.case.manner]
        picked = self.drawer.weighed({**shares, "": 1 - sum(shares.values())})
        if not picked:
            return None
        self.sprinkled = self.turn
        return picked

    def _with(self, beside: str | None, said: Utterance) -> Utterance:
        if beside is None:
            return said
        line = Line(said.text, said.set_aside)
        if beside == "hesitation":
            line = self.drawer.draw(self._shared("hesitation")) + line
        else:
            bank = f"aside_{beside}"
            own = banks()["shared"][self.case.of].get(bank, []) if "child" not in self.case.present else []
            aside = self.drawer.draw(own if own and self.drawer.chance(0.5) else self._shared(bank))
            line = aside + line if beside == "before" else line + aside
        return Utterance(**{**vars(said), **vars(line), "kind": f"{said.kind}, {beside}"})

    def _plainly(self, pending: tuple[str, ...], have: Sequence[str]) -> Utterance:
        """Answer again in as few and clear words as can be; the third time with one."""
        again = self.last is not None and self.last.kind.startswith("plainly")
        if have:
            if again:
                return _utterance(Line("yes"), "plainly yes", tells=have, yes=True, clear=True)
            line = Line("yes") + self._of(have[0], "reports")
            return _utterance(line, f"plainly yes with {have[0]}", tells=have[:1], yes=True, clear=True)
        if again or self.drawer.chance(0.5):
            return _utterance(Line("no"), "plainly no", denies=pending, clear=True)
        return _utterance(self._denials(pending), "plainly denials", denies=pending, clear=True)

    def _kind(self, kinds: Mapping[str, float]) -> str:
        """Return one of ``kinds``; one that is soft only where it is time for it."""
        early = self.turn - self.sprinkled < TURNS_BETWEEN
        kind = self.drawer.weighed(
            {kind: weight for kind, weight in kinds.items() if not (early and kind in _SPRINKLED)}
        )
        if kind in _SPRINKLED:
            self.sprinkled = self.turn
        return kind

    def _present(self, pending: tuple[str, ...], have: Sequence[str]) -> Utterance:
        kind, told = self._kind(_PRESENT[self.case.manner]), self.drawer.random.choice(have)
        whole = pending == _question(pending)[1]
        if len(have) == len(pending) > 1 and kind.startswith("yes") and self.drawer.chance(0.5):
            return _utterance(self.drawer.draw(self._shared("yes_all")), "yes_all", tells=have, yes=True, clear=True)
        if told in DURATION and "persistent" in have and self.drawer.chance(0.4):
            return _utterance(self._lasted(), "lasted", tells=["persistent"], clear=True)
        if kind == "too_late":
            if self._may_wait(pending):
                self.owed = told
                return _utterance(self._no(len(pending)), "no, put right later")
            kind = "no_then_yes"
        match kind:
            case "yes_briefly" | "no_then_yes" | "yes_softly" | "unsure":
                line = self._shared_line(kind)
            case "yes":
                line = self._yes()
            case "named" if whole:
                line = self.drawer.draw(findings()[told]["named"], self._fits)
            case "hedged":
                line = self._of(told, "hedged")
            case "yes_report":
                line = self._shared_line("before_report") + self._of(told, "reports")
            case _:
                kind, lines = "report", [self._of(id_, "reports") for id_ in have]
                both = len(lines) > 1 and self.drawer.chance(0.5)
                if both:
                    return _utterance(joined(lines), "reports", tells=have, clear=True)
                line = self._of(told, "reports")
        named = kind in ("named", "hedged", "yes_report", "report")
        return _utterance(
            line,
            f"{kind} {told}" if named else kind,
            tells=[told] if named else have,
            yes=kind.startswith(("yes", "unsure", "no_then")),
            clear=kind not in _BY_DESIGN,
        )

    def _absent(self, pending: tuple[str, ...]) -> Utterance:
        question, whole = _question(pending)
        if question not in banks()["questions"]:  # of what is only listened for, after it was half heard
            return _utterance(Line("no"), "plainly no", denies=pending, clear=True)
        untold = [id_ for id_ in self.case.signs if id_ not in self.told and id_ not in self.taken]
        if untold and self.drawer.chance(0.3 if self.case.manner == "talkative" else 0.06):
            line = self.drawer.draw(self._shared("but")) + self._of(untold[0], "reports")
            return _utterance(line, f"no but {untold[0]}", tells=untold[:1])
        if DURATION.issuperset(pending) and (line_of_time := self._time(pending)):
            return line_of_time
        kind = self._kind(_ABSENT[self.case.manner])
        mine = banks()["questions"][question][self.case.of]
        if kind in ("no_question", "reason") and pending != whole:
            kind = "denials"
        if kind == "reason" and question == "duration" and self.case.days > RECENT_DAYS:
            kind = "no_question"
        if kind == "one_denial" and (len(pending) == 1 or question == "duration"):
            kind = "denials"
        if kind == "denials" and self.case.better and DURATION.issuperset(pending):
            kind = "no"
        match kind:
            case "no_briefly":
                line = self._no_of(kind, len(pending))
            case "yes_then_no":
                line = self._shared_line(kind)
            case "no_question":
                line = self.drawer.draw(mine["no"])
            case "reason":
                line = self.drawer.draw(mine["reason"])
            case "denials":
                line = self._denials(pending)
            case "one_denial":
                one = self.drawer.random.choice(pending)
                return _utterance(self._of(one, "denials"), f"one_denial {one}", denies=[one])
            case "soft_no":
                line = self.drawer.draw(self._own("soft_no"))
            case _:
                line = self._no(len(pending))
        named = f"{kind} {question}" if kind in ("no_question", "reason", "denials") else kind
        return _utterance(line, named, denies=pending, clear=kind not in _BY_DESIGN)

    def _time(self, pending: tuple[str, ...]) -> Utterance | None:
        """Return how long or how it goes, where that says no; None where another no is to be said."""
        mine = banks()["questions"]["duration"][self.case.of]
        if self.case.better and self.drawer.chance(0.6):
            return _utterance(self.drawer.draw(mine["no_better"]), "no_better", denies=pending, clear=True)
        if "persistent" in pending and self.drawer.chance(0.15 if self.case.manner == "quick" else 0.45):
            enough = self.case.days < RECENT_DAYS or pending == ("persistent",)
            denied = pending if enough else ("persistent",)
            return _utterance(self._lasted(), "lasted", denies=denied, clear=enough)
        return None

    def _may_wait(self, pending: Collection[str]) -> bool:
        """Whether a no can be put right in the next turn, before anything is concluded from it."""
        last = (UPPER_BACK.questions[4].findings, UPPER_BACK.questions[-1].findings)
        return not self.told and not any(str(finding.id) in pending for asked in last for finding in asked)

    # Lines.

    def _of(self, id_: str, bank: str) -> Line:
        return self.drawer.draw(findings()[id_][self.case.of][bank])

    def _denials(self, pending: Sequence[str]) -> Line:
        return joined([self._of(id_, "denials") for id_ in pending])

    def _no(self, asked: int = 3) -> Line:
        """Return a no to a question about so many findings."""
        if self.case.manner == "quick":
            return self._no_of("no_briefly", asked)
        own = self.drawer.chance(0.1 if self.case.of == "self" else 0.5)
        return self.drawer.draw(self._own("no")) if own else self._no_of("no", asked)

    def _no_of(self, bank: str, asked: int) -> Line:
        wrong = {1: _OF_SEVERAL, 2: frozenset[str]()}.get(asked, _OF_TWO)
        return self.drawer.draw(
            self._shared(bank), lambda text: self._fits(text) and not wrong.intersection(text.split())
        )

    def _yes(self) -> Line:
        own = self.case.of != "self" and self.drawer.chance(0.5)
        return self.drawer.draw(self._own("yes")) if own else self._shared_line("yes")

    def _lasted(self) -> Line:
        key = "whole" if self.case.of == "self" or self.drawer.chance(0.4) else f"whole_{self.case.of}"
        return self.drawer.draw(self._span()[key], self._fits)

    def _span(self) -> Mapping[str, Any]:
        return next(span for span in banks()["durations"]["spans"] if span["from"] <= self.case.days <= span["to"])

    def _own(self, bank: str) -> Sequence[str]:
        own: Sequence[str] = banks()["shared"][self.case.of].get(bank) or self._shared(bank)
        return own

    def _shared(self, bank: str) -> Sequence[str]:
        lines: Sequence[str] = banks()["shared"]["any"][bank]
        return lines

    def _shared_line(self, bank: str) -> Line:
        return self.drawer.draw(self._shared(bank), self._fits)

    def _fits(self, text: str) -> bool:
        return self.case.of == "self" or of_others(text)

    def _worst(self) -> str:
        return max(self.case.signs, key=lambda id_: UPPER_BACK.finding[_finding_id(id_)].level)


def expected(present: Collection[str]) -> Level:
    """Return the level that ``present`` come to, each alone or some of them together."""
    return UPPER_BACK.level_of(frozenset(map(_finding_id, present)))


def _finding_id(id_: str) -> Any:
    return next(known for known in UPPER_BACK.finding if known == id_)


def _question(pending: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return the question that asks about ``pending``, and all its findings."""
    for asked in UPPER_BACK.question.values():
        ids = tuple(str(finding.id) for finding in asked.findings)
        if set(ids).issuperset(pending):
            return asked.id, ids
    raise ValueError(f"no question asks about {pending}.")


def _utterance(  # noqa: PLR0913 what is said, and what is meant
    line: Line,
    kind: str,
    *,
    tells: Collection[str] = (),
    denies: Collection[str] = (),
    yes: bool = False,
    clear: bool = False,
) -> Utterance:
    return Utterance(
        text=line.text,
        kind=kind,
        set_aside=line.set_aside,
        tells=frozenset(tells),
        denies=frozenset(denies),
        yes=yes,
        clear=clear,
    )


def _brief(text: str) -> bool:
    return len(text.split()) <= 2


def _any(_: str) -> bool:
    return True
