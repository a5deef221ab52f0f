"""What people can be told beyond the check: the article's facts, the topics that speak them, the guided relief.

Data only. Which sentence speaks which fact stands here, so that a clinician reads both side by side and a test notices
when one is lost. The words are in ``locales/*/topics.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NewType

from skill.protocol import sources as by
from skill.protocol import upper_back
from skill.protocol.model import Finding, Level, Source

TopicId = NewType("TopicId", str)
"""Names a topic for ever: ``heat_ice``. It is part of the interaction model."""

FactId = NewType("FactId", str)
"""Names one fact of the article: ``F17``."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something that people ask about, told in parts that fit the ear: 30 seconds each at most."""

    id: TopicId
    parts: tuple[tuple[str, ...], ...]
    """For each part the facts that it speaks, in order; empty where it speaks only cautions of ``sources``."""
    fits: frozenset[Level]
    """The dispositions after which it is offered. It can be asked about after any that is not an emergency."""
    not_with: tuple[Finding, ...] = ()
    """Findings with which it waits for the doctor, such as stretching with thin bones."""
    sources: tuple[Source, ...] = (by.ARTICLE,)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of guided relief: spoken with counts and pauses, and followed by a question."""

    id: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Care:
    """What can be told beyond the check. A plain value: another protocol brings another one."""

    topics: tuple[Topic, ...] = ()
    """In the order in which they are offered."""
    steps: tuple[Step, ...] = ()
    """Guided relief, step by step; offered after a home-care disposition only."""
    facts: Mapping[FactId, str] = field(default_factory=dict)
    """The facts that the topics speak, in words for the review sheet."""

    @cached_property
    def topic(self) -> Mapping[TopicId, Topic]:
        """The topics by id."""
        return {topic.id: topic for topic in self.topics}


_FACTS: dict[FactId, str] = {
    FactId("F1"): "Twelve vertebrae in the upper and middle back",
    FactId("F2"): "They support the upper body and the head and protect the nerves",
    FactId("F3"): "Discs between them; muscles and ligaments support the spine",
    FactId("F4"): "Pain can come from any of these",
    FactId("F5"): "The doctor asks about history, work, activities and symptoms",
    FactId("F6"): "After an examination an x-ray, MRI or CT may be ordered",
    FactId("F7"): "To rule out a broken bone or a herniated disc",
    FactId("F8"): "Treatment depends on cause, risk factors and history",
    FactId("F9"): "The aim: relieve pain, treat the cause where possible, prevent re-injury",
    FactId("F10"): "Many cases pass in a few weeks with anti-inflammatory medicine, stretching, hot and cold, massage",
    FactId("F11"): "For severe or lasting pain: stronger pain relief, physical therapy or a back brace",
    FactId("F12"): "A brace and strengthening exercises help prevent it coming back",
    FactId("F13"): "Surgery is a last option",
    FactId("F14"): "It is very rarely needed for the upper back",
    FactId("F15"): "Much can be done at home",
    FactId("F16"): "Good posture",
    FactId("F17"): "Avoid slouching",
    FactId("F18"): "Less stress",
    FactId("F19"): "Shift the focus to other things",
    FactId("F20"): "Rest, over-the-counter pain medicine, a heating pad or an ice pack",
    FactId("F21"): "Not resting too long; easing back slowly",
    FactId("F22"): "Exercise once the pain begins to ease",
    FactId("F23"): "Strengthen and stretch the back, shoulder and stomach muscles",
    FactId("F24"): "Fewer re-injuries, better posture, less pain",
    FactId("F25"): "Healing takes time",
    FactId("F26"): "No single exercise stops it at once",
    FactId("F27"): "The person and the doctor find the best mix",
    FactId("F28"): "Most cases are temporary and settle with rest, ice and gentle stretching",
    FactId("F29"): "Severe and limiting, worsening, or no better after a few days: doctor",
    FactId("F30"): "A heart attack can be felt in the upper back",
    FactId("F31"): "Other rare causes: aortic aneurysm, collapsed lung, a compressed vertebra",
    FactId("F32"): "Injury: emergency",
    FactId("F33"): "Weakness, bowel or bladder loss, numbness or tingling: emergency",
    FactId("F34"): "Chest pain, breathlessness, sweating, jaw pain, nausea: emergency",
    FactId("F35"): "Specialists (orthopedics) can help; the operator may name a clinic",
    FactId("F36"): "For education; no replacement for a healthcare provider",
}
"""The article's facts, in our own words for the review sheet (clinical ground, section 5)."""

_HOME = frozenset({Level.SELF_CARE})
_DOCTOR = frozenset({Level.DOCTOR, Level.DOCTOR_TODAY})
_RISK = (
    upper_back.BONE_OR_IMMUNE_RISK,
    upper_back.INJECTS_DRUGS,
    upper_back.SHAPE_OR_LUMP,
    upper_back.CANCER_HISTORY,
    upper_back.FEVER,
    upper_back.INJURY,
)
"""With these nobody stretches before a doctor has looked (clinical ground, section 6)."""


def _topic(
    id_: str, *parts: str, fits: frozenset[Level], not_with: tuple[Finding, ...] = (), sources: tuple[Source, ...] = ()
) -> Topic:
    return Topic(
        id=TopicId(id_),
        parts=tuple(tuple(part.split()) for part in parts),
        fits=fits,
        not_with=not_with,
        sources=(by.ARTICLE, *sources),
    )


_TOPICS = (
    _topic("heat_ice", "F10 F20", "", fits=_HOME, sources=(by.NINDS, by.HEALTHWISE)),
    _topic("stretching", "F10 F28", "", fits=_HOME, not_with=_RISK),
    _topic("rest", "F15 F20 F21", fits=_HOME, sources=(by.HEALTHWISE,)),
    _topic("medicine", "F20", "F10", fits=_HOME | _DOCTOR, sources=(by.NHS_MEDICINE,)),
    _topic("posture", "F16 F17", fits=_HOME),
    _topic("stress", "F18 F19", fits=_HOME),
    _topic("exercise", "F22 F23 F24", "F25 F26 F27", fits=_HOME, not_with=_RISK),
    _topic("massage", "F10", fits=_HOME, not_with=_RISK),
    _topic("course", "F10 F25 F28", fits=_HOME | _DOCTOR),
    _topic("when_doctor", "F29", fits=_HOME),
    _topic("diagnosis", "F5 F6 F7", fits=_DOCTOR),
    _topic("doctor_care", "F8 F9", "F11", fits=_DOCTOR),
    _topic("braces", "F11 F12", fits=_DOCTOR),
    _topic("surgery", "F13 F14", fits=_DOCTOR),
    _topic("find_doctor", "F35", fits=_DOCTOR),
    _topic("anatomy", "F1 F2", "F3 F4", fits=_HOME | _DOCTOR),
    _topic("causes", "F4 F30 F31", fits=_HOME | _DOCTOR),
    _topic("emergency_signs", "F34", "F33 F32", fits=_HOME | _DOCTOR),
    _topic("about", "F36", fits=_HOME | _DOCTOR),
)

_STEPS = (
    Step(id="settle", sources=(by.ARTICLE,)),
    Step(id="squeeze", sources=(by.STRETCHES,)),
    Step(id="rolls", sources=(by.STRETCHES,)),
    Step(id="breathe", sources=(by.ARTICLE,)),
    Step(id="pack", sources=(by.NINDS, by.HEALTHWISE)),
)

UPPER_BACK_CARE = Care(topics=_TOPICS, steps=_STEPS, facts=_FACTS)
"""Care for the upper back."""

LONGEST_GUIDED_SECONDS = 240.0
"""Of audio in one response, speech and silence together, for a step at its slowest."""
