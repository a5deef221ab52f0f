"""The one table from intent to move. The handler reads it, and the interaction model is built from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from skill.dialog.moves import MoveKind

SIGN_TYPES = {
    "sign": "SIGN",
    "state": "SIGN_STATE",
    "statement": "SIGN_STATEMENT",
    "denial": "SIGN_DENIAL",
    "scope": "SCOPE",
}
"""The custom slot types whose value ids are the protocol's finding ids, by the last word of the slot's name.

There are four because what a "no" before them means is not the same: "no chest pain" denies, "no my chest hurts"
reports. SIGN is a noun ("chest pain"), SIGN_STATE follows "I'm" ("short of breath"), SIGN_STATEMENT is a sentence that
reports ("my chest hurts"), SIGN_DENIAL a sentence that denies ("my chest is fine"). Where Alexa fills one with words of
another type nothing matches, and the question is put again. SCOPE holds the protocol's limits: whom and where this
guide is not made for.
"""

NOUNS = ("sign", "state")
"""The slots, by the last word of their name, whose words can be denied by a "no" before them: they hold no verb."""

DURATION_TYPES = {"duration": "AMAZON.DURATION", "span": "SPAN"}
"""Amazon's type for "three weeks", whose value is an ISO 8601 duration; and ours for "since Tuesday" and "a while",
whose value ids are ISO 8601 durations: the longest that the words can mean, as the longer is the more urgent. So no
clock is read.
"""


TOPIC_TYPE = "TOPIC"
"""The custom slot type whose value ids are the ids of ``skill/protocol/care.py``."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """An intent of the interaction model and what it means."""

    name: str
    move: MoveKind
    present: tuple[str, ...] = ()
    """The slots that name findings as present."""
    absent: tuple[str, ...] = ()
    """The slots that name findings as absent."""
    doubted: tuple[str, ...] = ()
    """The slots that name findings which the person doubts: "not really chest pain" is asked about once more."""
    durations: tuple[str, ...] = ()
    """The slots that tell how long it has lasted."""
    topics: tuple[str, ...] = ()
    """The slots that name a topic of care."""

    @property
    def slots(self) -> dict[str, str]:
        """The slots of the intent, name to type."""
        typed = {name: SIGN_TYPES[name.rpartition("_")[2]] for name in (*self.present, *self.absent, *self.doubted)}
        typed |= {name: DURATION_TYPES[name] for name in self.durations}
        typed |= dict.fromkeys(self.topics, TOPIC_TYPE)
        return typed


REPORTED = ("sign", "other_sign", "state", "other_state", "statement", "other_statement")
DENIED = ("denied_sign", "other_denied_sign", "denied_state", "denial")


INTENTS: Mapping[str, Intent] = {
    intent.name: intent
    for intent in (
        Intent(name="AMAZON.YesIntent", move=MoveKind.YES),
        Intent(name="AMAZON.NoIntent", move=MoveKind.NO),
        Intent(name="AMAZON.HelpIntent", move=MoveKind.HELP),
        Intent(name="AMAZON.StopIntent", move=MoveKind.STOP),
        Intent(name="AMAZON.CancelIntent", move=MoveKind.STOP),
        Intent(name="AMAZON.NavigateHomeIntent", move=MoveKind.STOP),
        Intent(name="AMAZON.RepeatIntent", move=MoveKind.REPEAT),
        Intent(name="AMAZON.StartOverIntent", move=MoveKind.RESTART),
        Intent(name="AMAZON.PreviousIntent", move=MoveKind.BACK),
        Intent(name="AMAZON.FallbackIntent", move=MoveKind.OTHER),
        Intent(name="AMAZON.NextIntent", move=MoveKind.MORE),
        Intent(name="AMAZON.PauseIntent", move=MoveKind.PAUSE),
        Intent(name="AMAZON.ResumeIntent", move=MoveKind.MORE),
        Intent(name="UnsureIntent", move=MoveKind.UNSURE, doubted=("doubted_sign",)),
        Intent(name="RephraseIntent", move=MoveKind.REPHRASE),
        Intent(name="WhyIntent", move=MoveKind.WHY),
        Intent(name="StartCheckIntent", move=MoveKind.START),
        Intent(name="ReportSignIntent", move=MoveKind.TELL, present=REPORTED),
        Intent(
            name="DenySignIntent",
            move=MoveKind.TELL,
            absent=("sign", "other_sign", "state", "other_state", "denial", "other_denial"),
        ),
        Intent(name="MixedSignIntent", move=MoveKind.TELL, present=("sign", "state", "statement"), absent=DENIED),
        Intent(name="YesSignIntent", move=MoveKind.YES, present=REPORTED, absent=("denied_sign", "denied_state")),
        Intent(name="NoSignIntent", move=MoveKind.NO, present=("sign", "state", "statement")),
        Intent(name="EmergencyIntent", move=MoveKind.EMERGENCY),
        Intent(name="DistressIntent", move=MoveKind.DISTRESS),
        Intent(name="CrisisIntent", move=MoveKind.CRISIS),
        Intent(name="DurationIntent", move=MoveKind.DURATION, durations=("duration", "span")),
        Intent(name="ImprovingIntent", move=MoveKind.IMPROVING),
        Intent(name="WorseningIntent", move=MoveKind.WORSENING),
        Intent(name="CorrectYesIntent", move=MoveKind.CORRECT_YES),
        Intent(name="CorrectNoIntent", move=MoveKind.CORRECT_NO),
        Intent(name="TopicIntent", move=MoveKind.TOPIC, topics=("topic",)),
        Intent(name="WhatElseIntent", move=MoveKind.WHAT_ELSE),
        Intent(name="SendIntent", move=MoveKind.SEND),
        Intent(name="GuideIntent", move=MoveKind.GUIDE),
        Intent(name="HurtsIntent", move=MoveKind.HURTS),
        Intent(name="SlowerIntent", move=MoveKind.SLOWER),
        Intent(name="ScopeIntent", move=MoveKind.TELL, present=("scope",)),
    )
}
"""Every intent that the skill handles, by name."""
