"""Acts, and conversations made of them, for tests of the dialog: no Alexa, no words."""

import json
from collections.abc import Iterable
from typing import TypeAlias

from skill.acts import (
    Act,
    Answer,
    Aside,
    AskTopic,
    Call,
    Control,
    Correction,
    Deny,
    Doubt,
    Lasted,
    Missed,
    Report,
    Trend,
    Unclear,
)
from skill.dialog.conversation import converse
from skill.dialog.reply import Reply
from skill.dialog.session import Session
from skill.dialog.turn import Turned
from skill.follow_up.appointment import Appointment
from skill.follow_up.news import Consent, Consented, Found, PermissionMissing, Planned, Refusal, Reminded, Undone
from skill.hearing.heard import Heard
from skill.protocol.care import TopicId
from skill.protocol.guide import UPPER_BACK_GUIDE, Guide
from skill.protocol.model import FindingId, Level, Protocol

Done: TypeAlias = Act | tuple[Act, ...] | Heard
"""What is done in one turn: one act, several, or acts with words that stayed unaccounted for."""

Turns: TypeAlias = tuple[Done, ...]
"""What is done in a conversation, turn by turn."""

YES, NO, SOFT_NO, UNSURE = Answer.YES, Answer.NO, Answer.SOFT_NO, Answer.UNSURE
OPEN, BACK, REPEAT, STOP = Control.OPEN, Control.BACK, Control.REPEAT, Control.STOP
MISSED = Missed()
MUMBLED = Heard(acts=(MISSED,), unaccounted=("blorp",))
"""Nothing was understood, and a word stayed that nobody knows."""


def _ids(findings: Iterable[str]) -> tuple[FindingId, ...]:
    return tuple(map(FindingId, findings))


def report(*findings: str) -> Report:
    """Return the act that names findings as present."""
    return Report(_ids(findings))


def deny(*findings: str) -> Deny:
    """Return the act that names findings as absent."""
    return Deny(_ids(findings))


def doubt(*findings: str) -> Doubt:
    """Return the act that names findings with a doubt."""
    return Doubt(_ids(findings))


def unclear(*findings: str) -> Unclear:
    """Return the act of findings that were half heard."""
    return Unclear(_ids(findings))


def about(topic: str) -> AskTopic:
    """Return the act that asks about ``topic``."""
    return AskTopic(TopicId(topic))


def do(session: Session, done: Done, guide: Guide = UPPER_BACK_GUIDE) -> Turned:
    """Return what one turn comes to. The session goes through JSON first, as it does between two turns."""
    session = Session.from_attributes(json.loads(json.dumps(session.to_attributes(guide))), guide)
    match done:
        case Heard(acts=acts, unaccounted=unaccounted):
            return converse(guide, session, acts, unplaced=bool(unaccounted))
        case tuple():
            return converse(guide, session, done)
        case act:
            return converse(guide, session, (act,))


def after(*turns: Done, guide: Guide = UPPER_BACK_GUIDE) -> Turned:
    """Return the session and the last reply after ``turns``."""
    turned = Turned(Session(), Reply(say=()))
    for done in turns:
        turned = do(turned.session, done, guide)
    return turned


def keys(reply: Reply) -> list[str]:
    """Return the keys of all that a reply says and asks."""
    return [prompt.key for prompt in (*reply.say, *reply.ask)]


def noes(protocol: Protocol, before: Level = Level.SELF_CARE) -> tuple[Answer, ...]:
    """Return a no to each question that is more urgent than ``before``: all of them where nothing is said."""
    return tuple(NO for question in protocol.questions if question.level > before)


_PROTOCOL = UPPER_BACK_GUIDE.protocol
ALL_NO: Turns = (OPEN, *noes(_PROTOCOL))
HOME_CARE: Turns = (*ALL_NO, YES)
DOCTOR: Turns = (OPEN, *noes(_PROTOCOL, Level.DOCTOR), YES)
CLEARED: Turns = (OPEN, *noes(_PROTOCOL, Level.DOCTOR_TODAY))
"""Every emergency finding was denied."""
DOCTOR_TODAY: Turns = (*CLEARED, NO, YES)
"""No fever, and one of what the history asks about."""

FRIDAY = Appointment(date="2026-12-04", zone="America/Los_Angeles")
IN_THREE_DAYS = Appointment()
OFFER: Turns = (*HOME_CARE, NO, Planned(FRIDAY))
"""Home care, nothing else is wanted, and the reminder is offered."""
RETURN: Turns = (OPEN, Found.DUE)
SECOND_LOOK: Turns = (*RETURN, YES, *noes(_PROTOCOL, Level.DOCTOR_TODAY))
"""The emergency signs were denied again."""

PATHS: dict[str, Turns] = {
    "fresh": (),
    "fresh, with a word that nobody knows": (MUMBLED,),
    "offered the check": (about("rest"),),
    "first question": (OPEN,),
    "after a no": (OPEN, NO),
    "after a soft no": (OPEN, SOFT_NO),
    "after a first unsure": (OPEN, UNSURE),
    "after a miss": (OPEN, MISSED),
    "one at a time": (OPEN, MISSED, MISSED),
    "one at a time, after a soft no": (OPEN, MISSED, MISSED, SOFT_NO),
    "half heard": (OPEN, NO, unclear("chest_pain")),
    "emergencies cleared": CLEARED,
    "partly answered": (OPEN, deny("chest_pain")),
    "a word that nobody knows": (*CLEARED, MUMBLED),
    "missed again and again, with words that nobody knows": (
        *(
            OPEN,
            report("fever"),
            report("night_pain"),
            report("severe_limiting", "getting_worse"),
            report("weight_loss"),
        ),
        *(MUMBLED, MISSED, MISSED),
    ),
    "clearing up": (OPEN, MUMBLED, NO, *noes(_PROTOCOL)),
    "clearing up, in other words": (OPEN, MUMBLED, NO, *noes(_PROTOCOL), MISSED),
    "read-back": ALL_NO,
    "read-back with a soft no": (OPEN, SOFT_NO, *noes(_PROTOCOL)),
    "read-back, in other words": (*ALL_NO, MISSED),
    "correcting": (*ALL_NO, NO),
    "correcting, in other words": (*ALL_NO, NO, MISSED),
    "home care": HOME_CARE,
    "doctor": DOCTOR,
    "doctor today": DOCTOR_TODAY,
    "ready": (*DOCTOR, YES),
    "in a topic": (*HOME_CARE, about("heat_ice")),
    "end of a topic": (*HOME_CARE, about("heat_ice"), YES),
    "topics offered": (*HOME_CARE, Control.WHAT_ELSE),
    "anything else": (*HOME_CARE, about("heat_ice"), NO),
    "guided": (*HOME_CARE, Control.GUIDE),
    "guided, slower": (*HOME_CARE, Control.GUIDE, Control.SLOWER),
    "guided to the end": (*HOME_CARE, Control.GUIDE, *[Control.MORE] * (len(UPPER_BACK_GUIDE.care.steps) - 1)),
    "hurting": (*HOME_CARE, Control.GUIDE, Control.HURTS),
    "hurting, not in a step": (*DOCTOR, Control.HURTS),
    "a reminder offered": OFFER,
    "a reminder offered without a day": (*HOME_CARE, NO, Planned(IN_THREE_DAYS)),
    "another reminder kept": (*OFFER, YES, Refusal.OTHER_KEPT),
    "a reminder kept from before": (OPEN, Found.KEPT, *noes(_PROTOCOL), YES, NO),
    "returning": RETURN,
    "second look": (*RETURN, YES),
    "is it better": SECOND_LOOK,
    "is it better, in other words": (*SECOND_LOOK, MISSED),
    "better": (*SECOND_LOOK, YES, NO, YES),
    "no better": (*SECOND_LOOK, NO, NO, NO),
}
"""The turns that lead to each state of the conversation, and to each way in which it can be in it."""

ACTS: tuple[Act, ...] = (
    *(*Answer, *Control, *Call, *Trend, *Correction, *Aside),
    *(Missed(), Missed(named=True)),
    *(Lasted(days) for days in (0, 1, 5, 60)),
    *(AskTopic(None), *map(about, ("rest", "exercise", "emergency_signs", "find_doctor"))),
    *(Report((limit.id,)) for limit in _PROTOCOL.limits),
    *(report(id_) for id_ in ("chest_pain", "fever", "bone_or_immune_risk", "night_pain")),
    *(deny(id_) for id_ in ("chest_pain", "fever")),
    *(doubt(id_) for id_ in ("chest_pain", "night_pain", "child")),
    *(unclear(id_) for id_ in ("chest_pain", "fever", "child")),
    *(*Found, *Undone, *Refusal),
    *(news(when) for news in (Planned, Reminded, PermissionMissing) for when in (FRIDAY, IN_THREE_DAYS)),
    *(Consented(consent, FRIDAY) for consent in Consent),
)
"""Every kind of act, with what can come with it."""

TURNS: Turns = (
    *ACTS,
    (),
    MUMBLED,
    *(Heard(acts=(answer,), unaccounted=("blorp",)) for answer in Answer),
    (deny("chest_pain"), report("fever"), Lasted(60)),
    *((answer, report("fever")) for answer in Answer),
    *((answer, deny("chest_pain")) for answer in Answer),
    *((answer, Missed(named=True)) for answer in Answer),
    (NO, deny("chest_pain"), Missed(named=True)),
    *((control, YES) for control in (OPEN, BACK, REPEAT, STOP, Control.GUIDE)),
    *((control, report("chest_pain")) for control in (OPEN, BACK, STOP)),
    (Call.CRISIS, Call.EMERGENCY, NO),
    (Aside.GREETING, Aside.THANKS),
    (Trend.BETTER, Trend.WORSE),
)
"""Every act by itself, none, and what is said in one breath."""
