"""Says what the answers of ``tools/profile_nlu.py`` come to, through the real handler, and writes a locale's report."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from simulator.contexts import CONTEXTS, reached
from simulator.trace import TraceError, Tracer
from skill.adapters.alexa.intents import INTENTS
from tools import build_models
from tools.utterances import Utterance

FOUND, ASKED_AGAIN, LOST, AS_MEANT, ELSEWHERE = "found", "asked again", "LOST", "as meant", "elsewhere"
"""What an utterance comes to: its findings count; the question is put again or by name; neither; the intent is one of
those that are right; or it is another."""

HEADER = ("| it comes to | said | where | meant | Alexa picks | and not |", "|---|---|---|---|---|---|")


class Known(Protocol):
    """Where Amazon's answers are kept."""

    def get(self, words: str) -> Mapping[str, Any] | None:
        """Return the answer for ``words``, or None where there is none."""


@dataclass(frozen=True, kw_only=True)
class Profiled:
    """An utterance, what Alexa picks for it, and what the guide makes of that."""

    utterance: Utterance
    intent: str
    """Empty where Alexa picks none."""
    slots: Mapping[str, str]
    others: tuple[str, ...]
    """Intents that Alexa considered and did not pick."""
    comes_to: str


def model_hash(locale: str) -> str:
    """Return eight characters that stand for the repository's model of ``locale``: answers to another do not count."""
    return hashlib.sha256(build_models.packaged(locale).read_bytes()).hexdigest()[:8]


def judged(wanted: Sequence[Utterance], answers: Known, tracer: Tracer) -> Iterator[Profiled]:
    """Yield each utterance that has an answer, with what the guide makes of the intent that Alexa picks."""
    sessions = {name: reached(tracer, name) for name in CONTEXTS}
    for one in wanted:
        if (profile := answers.get(one.words)) is None:
            continue
        chosen = profile.get("selectedIntent") or {}
        sent = {name: slot for name, slot in (chosen.get("slots") or {}).items() if slot.get("value")}
        intent = str(chosen.get("name", ""))
        yield Profiled(
            utterance=one,
            intent=intent,
            slots={name: str(slot["value"]) for name, slot in sent.items()},
            others=tuple(str(other.get("name", "")) for other in profile.get("consideredIntents") or ()),
            comes_to=_comes_to(one, intent, sent, sessions.get(one.asked), tracer),
        )


def _comes_to(
    one: Utterance, intent: str, slots: Mapping[str, Any], attributes: Mapping[str, Any] | None, tracer: Tracer
) -> str:
    if not one.is_dangerous:
        return AS_MEANT if intent in one.intents else ELSEWHERE
    if not one.present and intent in one.intents:
        return FOUND
    try:
        turned = tracer.turn({"attributes": attributes, "intent": intent or "none", "slots": dict(slots)})
    except (TraceError, AssertionError):
        return LOST
    if turned["disposition"] == "emergency" or (one.present and set(one.present) <= set(turned["present"])):
        return FOUND
    return ASKED_AGAIN if turned["repeated"] or turned["doubted"] or set(turned["pending"]) & set(one.present) else LOST


def report(locale: str, skill_id: str, rows: Sequence[Profiled], wanted: int) -> str:
    """Return the report as Markdown: the dangerous utterances first, among them what is lost first."""
    order = (LOST, ASKED_AGAIN, FOUND)
    dangerous = sorted((row for row in rows if row.utterance.is_dangerous), key=lambda row: order.index(row.comes_to))
    others = sorted((row for row in rows if not row.utterance.is_dangerous), key=lambda row: row.comes_to == AS_MEANT)
    counted = {kind: sum(row.comes_to == kind for row in dangerous) for kind in order}
    right = sum(row.comes_to == AS_MEANT for row in others)
    unknown = sorted({row.intent for row in rows} - INTENTS.keys() - {""})
    source = f"The deployed model of {skill_id}, asked through `ask smapi profile-nlu`; model {model_hash(locale)}"
    dangers = f"{counted[LOST]} lost, {counted[ASKED_AGAIN]} asked again, {counted[FOUND]} found"
    lines = [
        *(f"# What Alexa picks: {locale}", "", f"{source}; {len(rows)} of {wanted} utterances.", ""),
        *(f"Dangerous utterances: {dangers}. The others: {right} of {len(others)} as meant.", ""),
        *([f"Alexa picks intents that the guide does not have: {', '.join(unknown)}.", ""] if unknown else []),
        *_section("Dangerous", dangerous),
        *_section("The others", others),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, rows: Sequence[Profiled]) -> Iterator[str]:
    yield from (f"## {title}", "", *HEADER)
    for row in rows:
        one = row.utterance
        meant = " or ".join(one.intents) + (f": {' '.join(one.present)}" if one.present else "")
        picks = " ".join([row.intent or "(nothing)", *(f"{name}={value}" for name, value in row.slots.items())])
        cells = (row.comes_to, one.words, one.asked, meant, picks, ", ".join(row.others))
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    yield ""
