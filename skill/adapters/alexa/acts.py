"""Makes acts of an intent: what Alexa resolved is the first reading, hearing reads the words of every slot again.

What raises the level counts where either reading finds it. What clears a finding counts only where the words agree;
where they do not, it is asked about by name. An intent without words means itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.acts import Act, Answer, AskTopic, Control, Deny, Doubt, Lasted, Missed, Report, Unclear
from skill.adapters.alexa.event import Event, Kind, Slot
from skill.adapters.alexa.intents import INTENTS, Intent
from skill.follow_up.appointment import Appointment
from skill.follow_up.news import Consented
from skill.hearing.heard import Expecting
from skill.protocol.care import TopicId
from skill.protocol.guide import Guide
from skill.protocol.model import FindingId

if TYPE_CHECKING:
    from skill.hearing.hear import Hearing

_ISO_DURATION = re.compile(
    r"P(?:(?P<years>\d+(?:\.\d+)?)Y)?(?:(?P<months>\d+(?:\.\d+)?)M)?(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_DAYS = {
    "years": 365.0,
    "months": 30.0,
    "weeks": 7.0,
    "days": 1.0,
    "hours": 1 / 24,
    "minutes": 1 / 1440,
    "seconds": 1 / 86400,
}

LONGEST_DAYS = 365.0 * 120
"""No pain lasts longer than a life; a longer duration is one that was misheard."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a person did in one turn."""

    acts: tuple[Act, ...]
    unaccounted: tuple[str, ...] = ()
    """The words that no act accounts for."""


def acts_of(event: Event, guide: Guide, hearing: Callable[[], "Hearing"], expecting: Expecting) -> Done:
    """Return the acts of a launch or of an intent.

    Args:
        event: parsed; an intent that the skill does not know is the fallback intent by now.
        guide: whose findings and topics are named.
        hearing: returns that of the locale; it is asked for where there are words.
        expecting: what was asked last.
    """
    if event.kind is Kind.LAUNCH:
        return Done(acts=(Control.OPEN,))
    if event.consent is not None:
        return Done(acts=(Consented(event.consent, Appointment.from_token(event.token)),))
    intent = INTENTS[event.intent]
    if intent.words:
        return _heard(intent, event.slots, hearing(), expecting)
    if not any(slot.value for slot in event.slots.values()):
        return Done(acts=_without_words(intent))
    acts = list(_acts(intent, event.slots, guide, hearing()))
    return Done(acts=tuple(acts) or (Missed(),))


def _without_words(intent: Intent) -> tuple[Act, ...]:
    """Return what an intent means whose slots hold nothing."""
    if intent.act is not None:
        return (intent.act,)
    return (Missed(named=bool(intent.present or intent.absent)),)


def days_in(spoken: str) -> float | None:
    """Return the days in an ISO 8601 duration such as ``P3W``; None where it holds none, or more than a lifetime."""
    found = _ISO_DURATION.fullmatch(spoken)
    if not found or not any(found.groups()):
        return None
    days = sum(float(number) * _DAYS[unit] for unit, number in found.groupdict().items() if number)
    return days if days <= LONGEST_DAYS else None


def _heard(intent: Intent, slots: Mapping[str, Slot], hearing: "Hearing", expecting: Expecting) -> Done:
    words = " ".join(slots[name].value for name in intent.words if name in slots and slots[name].value)
    if not words:
        return Done(acts=(Answer.NO,) if intent.denies_words else (Missed(),))
    heard = hearing.hear(hearing.after_no(words) if intent.denies_words else words, expecting)
    return Done(acts=heard.acts, unaccounted=heard.unaccounted)


def _acts(intent: Intent, slots: Mapping[str, Slot], guide: Guide, hearing: "Hearing") -> Iterator[Act]:
    named = False
    for name in intent.present:
        for act in _reported(slots.get(name, Slot()), guide, hearing):
            named = True
            yield act
    for name in intent.absent:
        for act in _denied(slots.get(name, Slot()), guide, hearing, is_sentence=name.endswith("denial")):
            named = True
            yield act
    for name in intent.doubted:
        if ids := _findings(slots.get(name, Slot()), guide):
            named = True
            yield Doubt(ids)
    durations = [_days(slots[name]) for name in intent.durations if name in slots]
    if known := [days for days in durations if days is not None]:
        yield Lasted(max(known))
    aside = [*_unresolved((*intent.durations, *intent.topics, *intent.doubted), slots, hearing)]
    yield from aside
    topic = _topic(intent, slots, guide)
    if topic is not None or (intent.topics and not aside):
        yield AskTopic(topic)
    elif intent.topics:
        return
    elif intent.act is not None and not (named and intent.act is Answer.UNSURE):
        yield intent.act
    elif (intent.present or intent.absent) and not named:
        yield Missed(named=True)


def _findings(slot: Slot, guide: Guide) -> tuple[FindingId, ...]:
    return tuple(FindingId(id_) for id_ in slot.ids if id_ in guide.protocol.finding)


def _reported(slot: Slot, guide: Guide, hearing: "Hearing") -> Iterator[Act]:
    """Yield what a slot that names something present comes to; of several readings the most urgent one.

    Words that say themselves that it is not there, or that only ask about it, make a question of it.
    """
    if not slot.value:
        return
    heard = hearing.hear(slot.value, Expecting()).acts
    reported = [act for act in heard if isinstance(act, Report | Doubt | Unclear)]
    if ids := _findings(slot, guide):
        id_ = max(ids, key=lambda id_: guide.protocol.finding[id_].level)
        passed = any(isinstance(act, Deny | AskTopic) for act in heard) and not reported
        yield Unclear((id_,)) if passed and id_ in guide.protocol.question_of else Report((id_,))
    else:
        yield from reported or (Missed(named=True),)


def _denied(slot: Slot, guide: Guide, hearing: "Hearing", *, is_sentence: bool) -> Iterator[Act]:
    """Yield what a slot that names something absent comes to: a denial only where its words are one after a no."""
    if not slot.value:
        return
    ids = _findings(slot, guide)
    heard = hearing.hear(slot.value if is_sentence else hearing.after_no(slot.value), Expecting()).acts
    reported = [act for act in heard if isinstance(act, Report | Doubt | Unclear)]
    absent = tuple(id_ for act in heard if isinstance(act, Deny) for id_ in act.findings)
    if reported:
        yield from reported
    elif agreed := tuple(id_ for id_ in absent if not ids or id_ in ids):
        yield Deny(agreed)
    elif ids:
        yield Unclear(ids)
    else:
        yield Missed(named=True)


def _unresolved(names: tuple[str, ...], slots: Mapping[str, Slot], hearing: "Hearing") -> Iterator[Act]:
    """Yield what hearing makes of the words that Alexa put into slots of time, care or doubt, and could not resolve."""
    for name in names:
        slot = slots.get(name, Slot())
        if slot.value and not slot.ids and days_in(slot.value) is None:
            heard = hearing.hear(slot.value, Expecting()).acts
            yield from (act for act in heard if isinstance(act, Report | Doubt | Unclear | Lasted | AskTopic))


def _topic(intent: Intent, slots: Mapping[str, Slot], guide: Guide) -> TopicId | None:
    ids = (id_ for name in intent.topics if name in slots for id_ in slots[name].ids)
    return next((TopicId(id_) for id_ in ids if id_ in guide.care.topic), None)


def _days(slot: Slot) -> float | None:
    """Return the longest duration that was said: by the id of a span, else as Amazon's ISO 8601 value."""
    found = [days_in(text) for text in (*slot.ids, slot.value)]
    return max((days for days in found if days is not None), default=None)
