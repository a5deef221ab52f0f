"""The one table from intent to act. The handler reads it, and the interaction model is built from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from skill.acts import Act, Answer, AskTopic, Call, Control, Correction, Missed, Trend

FINDING_TYPES = {
    "sign": "SIGN",
    "state": "SIGN_STATE",
    "statement": "SIGN_STATEMENT",
    "denial": "SIGN_DENIAL",
    "scope": "SCOPE",
}
"""The custom slot types whose value ids are the protocol's finding ids, by the last word of the slot's name.

There are four because what a "no" before them means is not the same: "no chest pain" denies, "no my chest hurts"
reports. SIGN is a noun ("chest pain"), SIGN_STATE follows "I'm" ("short of breath"), SIGN_STATEMENT is a sentence that
reports ("my chest hurts"), SIGN_DENIAL a sentence that denies ("my chest is fine"). SCOPE holds the protocol's limits:
whom and where this guide is not made for.
"""

DURATION_TYPES = {"duration": "AMAZON.DURATION", "span": "SPAN"}
"""Amazon's type for "three weeks", whose value is an ISO 8601 duration; and ours for "since Tuesday" and "a while",
whose value ids are ISO 8601 durations: the longest that the words can mean, as the longer is the more urgent. So no
clock is read.
"""

TOPIC_TYPE = "TOPIC"
"""The custom slot type whose value ids are the ids of ``skill/protocol/care.py``."""

WORDS_TYPE = "AMAZON.SearchQuery"
"""Amazon's type for whatever is said: hearing reads it."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """An intent of the interaction model and what it means."""

    name: str
    act: Act | None = None
    """What the intent itself does; None where its slots say it."""
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
    words: tuple[str, ...] = ()
    """The slots that hold an utterance word for word, or what followed its first word."""
    denies_words: bool = False
    """Whether the first word of the utterance, which is not in the slot, was a no."""

    @property
    def slots(self) -> dict[str, str]:
        """The slots of the intent, name to type."""
        typed = {name: FINDING_TYPES[name.rpartition("_")[2]] for name in (*self.present, *self.absent, *self.doubted)}
        typed |= {name: DURATION_TYPES[name] for name in self.durations}
        typed |= dict.fromkeys(self.topics, TOPIC_TYPE)
        typed |= dict.fromkeys(self.words, WORDS_TYPE)
        return typed


REPORTED = ("sign", "other_sign", "state", "other_state", "statement", "other_statement")
DENIED = ("denied_sign", "other_denied_sign", "denied_state", "denial")
WORDS_INTENT = "WordsIntent"
"""The intent whose slot takes a whole utterance: it is asked for with Dialog.ElicitSlot after a miss."""

WORDS_SLOT = "words"


INTENTS: Mapping[str, Intent] = {
    intent.name: intent
    for intent in (
        Intent(name="AMAZON.YesIntent", act=Answer.YES),
        Intent(name="AMAZON.NoIntent", act=Answer.NO),
        Intent(name="AMAZON.HelpIntent", act=Control.HELP),
        Intent(name="AMAZON.StopIntent", act=Control.STOP),
        Intent(name="AMAZON.CancelIntent", act=Control.STOP),
        Intent(name="AMAZON.NavigateHomeIntent", act=Control.STOP),
        Intent(name="AMAZON.RepeatIntent", act=Control.REPEAT),
        Intent(name="AMAZON.StartOverIntent", act=Control.RESTART),
        Intent(name="AMAZON.PreviousIntent", act=Control.BACK),
        Intent(name="AMAZON.FallbackIntent", act=Missed()),
        Intent(name="AMAZON.NextIntent", act=Control.MORE),
        Intent(name="AMAZON.PauseIntent", act=Control.PAUSE),
        Intent(name="AMAZON.ResumeIntent", act=Control.MORE),
        Intent(name="UnsureIntent", act=Answer.UNSURE, doubted=("doubted_sign",)),
        Intent(name="SoftNoIntent", act=Answer.SOFT_NO),
        Intent(name="RephraseIntent", act=Control.REPHRASE),
        Intent(name="WhyIntent", act=Control.WHY),
        Intent(name="StartCheckIntent", act=Control.CHECK),
        Intent(name="ReportSignIntent", present=REPORTED),
        Intent(
            name="DenySignIntent",
            absent=("sign", "other_sign", "state", "other_state", "denial", "other_denial"),
        ),
        Intent(name="MixedSignIntent", present=("sign", "state", "statement"), absent=DENIED),
        Intent(name="YesSignIntent", act=Answer.YES, present=REPORTED, absent=("denied_sign", "denied_state")),
        Intent(name="NoSignIntent", act=Answer.NO, present=("sign", "state", "statement")),
        Intent(name="EmergencyIntent", act=Call.EMERGENCY),
        Intent(name="DistressIntent", act=Call.DISTRESS),
        Intent(name="CrisisIntent", act=Call.CRISIS),
        Intent(name="DurationIntent", durations=("duration", "span")),
        Intent(name="ImprovingIntent", act=Trend.BETTER),
        Intent(name="WorseningIntent", act=Trend.WORSE),
        Intent(name="CorrectYesIntent", act=Correction.TO_YES),
        Intent(name="CorrectNoIntent", act=Correction.TO_NO),
        Intent(name="TopicIntent", act=AskTopic(None), topics=("topic",)),
        Intent(name="WhatElseIntent", act=Control.WHAT_ELSE),
        Intent(name="ReadyIntent", act=Control.READY),
        Intent(name="SendIntent", act=Control.SEND),
        Intent(name="GuideIntent", act=Control.GUIDE),
        Intent(name="HurtsIntent", act=Control.HURTS),
        Intent(name="SlowerIntent", act=Control.SLOWER),
        Intent(name="LouderIntent", act=Control.LOUDER),
        Intent(name="ForgetIntent", act=Control.FORGET),
        Intent(name="ScopeIntent", present=("scope",)),
        Intent(name=WORDS_INTENT, words=(WORDS_SLOT,)),
        Intent(name="NoWordsIntent", words=(WORDS_SLOT,), denies_words=True),
    )
}
"""Every intent that the skill handles, by name."""
