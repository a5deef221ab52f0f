"""Judges what the dialog made of an utterance, by what can be seen in the trace of one or two turns.

Right: the dialog did what was meant. Asked again: nothing was lost, the person is asked once more. Wrong: all else.
Where the words hold an emergency finding and the dialog gives the emergency disposition, that is right, by whichever
finding. A harmless utterance is right where nothing changes, whether it is answered or not understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from benchmarks.utterances import Context, Utterance
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

Ids = frozenset[FindingId]

LEVELS = {level.key: level for level in Level}

ACTS: Mapping[str, tuple[str, ...]] = {
    "ready_for_doctor": ("ready",),
    "start_over": ("restart",),
    "distress": ("distress", "emergency", "help"),
    "help": ("help", "distress"),
    "emergency": ("emergency", "crisis"),
    "improving": ("better",),
    "worsening": ("worse",),
    "slower": ("slower", "repeat"),
    "more": ("more", "yes", "what_else"),
}
"""The acts that do what a control means, where it is not the act of the same name alone."""


_CALLS = frozenset({"emergency", "crisis"})
"""Acts after which the emergency is told at once, whatever the findings come to."""

_IMPLIED = frozenset(
    finding.id
    for findings in (UPPER_BACK.denied_when_improving, *(rule.denies for rule in UPPER_BACK.durations))
    for finding in findings
)
"""What is denied with a length of time, or with "it is getting better", though nobody names it."""

INJECTS, BONE_OR_IMMUNE = FindingId("injects_drugs"), FindingId("bone_or_immune_risk")
"""The utterances were labelled while the first was a part of the second."""

LONGEST_READING = 3.0
"""The skill takes the longest time that words can mean; up to so many times what was meant is right."""


class Grade(StrEnum):
    """How well an utterance was understood."""

    RIGHT = "right"
    AGAIN = "asked again"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of one utterance."""

    grade: Grade
    as_no: bool = False
    """An emergency finding that was said counts as denied."""
    lost: bool = False
    """An emergency finding that was said is neither present nor denied nor asked about."""
    kept: bool = False
    """It is lost, but its words are kept as unplaced: they are asked about before home care."""
    raised: bool = False
    """Something harmless raised the level."""
    alarmed: bool = False
    """Something harmless raised the level to an emergency."""
    over_denied: bool = False
    """More was denied than was said."""


@dataclass(frozen=True, kw_only=True)
class After:
    """What one or two turns came to."""

    acts: tuple[str, ...]
    """Of the last turn."""
    present: Ids
    """What these turns made present."""
    absent: Ids
    """What these turns made absent."""
    asked: Ids
    """What is doubted or asked about now."""
    days: float | None
    topic: str | None
    level: Level
    state: str
    readvised: bool
    """Whether a disposition was told."""
    repeated: bool
    missed: bool
    """Whether the last turn was not understood."""
    unplaced: bool
    ends: bool

    @classmethod
    def of(cls, turns: Sequence[Mapping[str, Any]]) -> "After":
        """Return what ``turns``, traced, came to together."""
        last = turns[-1]
        present = frozenset(id_ for turn in turns for id_ in turn["present"])
        if INJECTS in present:
            present |= {BONE_OR_IMMUNE}
        return cls(
            acts=tuple(last["acts"]),
            present=present,
            absent=frozenset(id_ for turn in turns for id_ in turn["absent"]) - present,
            asked=frozenset((*last["doubted"], *last["pending"])),
            days=max((turn["days"] for turn in turns if turn["days"] is not None), default=None),
            topic=last["topic"],
            level=Level.EMERGENCY
            if any(_CALLS.intersection(turn["acts"]) for turn in turns)
            else LEVELS[last["level"]],
            state=last["state"],
            readvised=any(turn["disposition"] for turn in turns),
            repeated=last["repeated"],
            missed="missed" in last["acts"],
            unplaced=any(turn["unaccounted"] for turn in turns),
            ends=last["ends"],
        )

    @property
    def changed_nothing(self) -> bool:
        """Whether no finding was settled and the session goes on."""
        return not (self.present or self.absent or self.readvised or self.ends)


def judged(said: Utterance, before: Context, turns: Sequence[Mapping[str, Any]]) -> Verdict:
    """Return what came of ``said`` in ``before``."""
    after = After.of(turns)
    over_denied = bool(after.absent - said.absent - _IMPLIED) and said.means in ("deny", "mixed") and not after.level
    if said.present:
        return _finding_said(said, after, over_denied=over_denied)
    raised = after.level is not Level.SELF_CARE
    grade = Grade.WRONG if over_denied else _grade(said, before, after)
    harmless = said.means not in ("yes", "duration", "control", "unsure", "worsening", "scope", "emergency", "crisis")
    harmless = harmless and said.control not in ("emergency", "crisis")
    return Verdict(
        grade=grade,
        raised=raised and harmless,
        alarmed=after.level is Level.EMERGENCY and harmless,
        over_denied=over_denied,
    )


def _finding_said(said: Utterance, after: After, *, over_denied: bool) -> Verdict:
    if said.level is Level.EMERGENCY and after.level is Level.EMERGENCY:
        return Verdict(grade=Grade.RIGHT)
    open_ = said.present - after.present
    if after.level > said.level:
        return Verdict(grade=Grade.WRONG, raised=True, alarmed=after.level is Level.EMERGENCY)
    if not open_:
        return Verdict(grade=Grade.WRONG if over_denied else Grade.RIGHT, over_denied=over_denied)
    denied = {id_ for id_ in open_ if id_ in after.absent or id_ in _named(after.acts, "deny")}
    by_name = _named(after.acts, "unclear") | _named(after.acts, "doubt")
    passed = {id_ for id_ in open_ if id_ not in after.asked | by_name and not after.missed}
    urgent = said.emergencies
    return Verdict(
        grade=Grade.WRONG if denied or passed else Grade.AGAIN,
        as_no=bool(denied & urgent),
        lost=bool((passed - denied) & urgent) and not denied & urgent,
        kept=after.unplaced,
        over_denied=over_denied,
    )


def _grade(said: Utterance, before: Context, after: After) -> Grade:
    """Grade an utterance that says no finding is there."""
    match said.means:
        case "harmless" | "nothing":
            return _harmless(after)
        case "deny":
            return _deny(said, before, after)
        case "duration":
            return _duration(said, after)
        case "yes" | "no" | "soft_no" | "unsure" if before.pending:
            return _reply(said.means, before, after)
        case "yes" | "no" | "soft_no" | "unsure":
            return _reply_to_offer(said.means, before, after)
        case _:
            return _control(said, after)


def _harmless(after: After) -> Grade:
    if not after.changed_nothing or after.level:
        return Grade.WRONG
    return Grade.AGAIN if _doubted(after) else Grade.RIGHT


def _doubted(after: After) -> bool:
    return bool(_named(after.acts, "doubt") or _named(after.acts, "unclear"))


def _deny(said: Utterance, before: Context, after: After) -> Grade:
    if after.present or after.level:
        return Grade.WRONG
    if said.absent <= after.absent | (before.absent - after.asked) and not after.missed:
        return Grade.RIGHT
    return Grade.AGAIN if after.missed or after.asked & said.absent else Grade.WRONG


def _duration(said: Utterance, after: After) -> Grade:
    if after.level > Level.DOCTOR or (after.days is None and (after.absent or after.present)):
        return Grade.WRONG
    if after.days is None:
        return Grade.AGAIN if after.missed or after.repeated else Grade.WRONG
    confirmed = {finding.id for rule in UPPER_BACK.durations if rule.covers(after.days) for finding in rule.confirms}
    meant = said.days is None or _rules(said.days) == _rules(after.days)
    longer = said.days is not None and said.days <= after.days <= LONGEST_READING * said.days
    return Grade.RIGHT if after.present <= confirmed and (meant or longer) else Grade.WRONG


def _rules(days: float) -> tuple[bool, ...]:
    return tuple(rule.covers(days) for rule in UPPER_BACK.durations)


def _reply(means: str, before: Context, after: After) -> Grade:
    """Grade a reply to a question about findings that names none."""
    pending, stays = before.pending, bool(before.pending & after.asked) and not after.ends
    denied, confirmed = after.absent & pending, bool(after.present & pending)
    if means == "yes":
        worst = max(UPPER_BACK.finding[id_].level for id_ in pending)
        if confirmed and after.level is worst:
            return Grade.RIGHT
    elif after.present:
        return Grade.WRONG
    elif means == "no":
        if denied == pending:
            return Grade.RIGHT
    elif not denied and stays and {"soft_no": "soft_no", "unsure": "unsure"}[means] in after.acts:
        return Grade.RIGHT
    return Grade.AGAIN if stays and not denied and not after.present else Grade.WRONG


_ANSWERS = {
    "yes": ("yes", "more", "guide"),
    "no": ("no", "soft_no"),
    "soft_no": ("no", "soft_no"),
    "unsure": ("unsure",),
}


def _reply_to_offer(means: str, before: Context, after: After) -> Grade:
    """Grade a reply to the read-back, to an offer or to a step."""
    if after.level or after.present:
        return Grade.WRONG
    if before.state == "reading_back":
        wanted = after.readvised if means == "yes" else after.state == "correcting"
    else:
        answered = any(act in _ANSWERS[means] for act in after.acts)
        wanted = (answered or not (after.missed or after.repeated)) and not (means == "yes" and after.ends)
    if wanted:
        return Grade.RIGHT
    return Grade.AGAIN if after.missed or after.repeated else Grade.WRONG


def _control(said: Utterance, after: After) -> Grade:
    control = said.control or said.means
    wanted = ACTS.get(control, (control,))
    if control == "scope" and after.present & {limit.id for limit in UPPER_BACK.limits}:
        return Grade.RIGHT
    settles_nothing = not (after.present or after.absent)
    if any(act in wanted for act in after.acts) and settles_nothing:
        return Grade.RIGHT
    return Grade.AGAIN if after.missed or (after.repeated and settles_nothing and not after.ends) else Grade.WRONG


def _named(acts: Sequence[str], kind: str) -> Ids:
    return frozenset(
        FindingId(id_) for act in acts if act.startswith(f"{kind} ") for id_ in act.removeprefix(f"{kind} ").split()
    )
