"""Carries out what the dialog wants done about the look again, and says what became of it. It never raises.

Everything has an end in time: the store by ``deadline.py``, Alexa's services by ``http_client.py`` and here.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from skill.adapters import journal
from skill.adapters.follow_up.deadline import LateError, PromptStore, within
from skill.adapters.follow_up.zones import zone_of
from skill.follow_up.appointment import EARLY_SECONDS, LATE_SECONDS, Appointment
from skill.follow_up.effects import Cancel, Effect, Forget, LookUp, Plan, Remind
from skill.follow_up.news import (
    Consent,
    Consented,
    Found,
    News,
    PermissionMissing,
    Planned,
    Refusal,
    Reminded,
    Undone,
)
from skill.follow_up.person import PersonKeys
from skill.follow_up.record import Record
from skill.follow_up.reminders import PermissionMissingError, RefusedError, Reminders, Spoken
from skill.follow_up.store import AlreadyKeptError, Store, StoreError

QUIET_SECONDS = 0.8
"""For what nobody waits to hear of: it goes before the words of a disposition, and must not hold them up."""

ZONE_SECONDS = 1.2
"""For the device's time zone: without it the reminder is in three days at the same time of day."""

SET_SECONDS = 2.0
"""For setting or taking off a reminder where the person waits to hear of it."""


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who wants it done: the fields of one request."""

    user_id: str
    reminders: Reminders
    spoken: Spoken
    request_id: str = ""


class FollowUp:
    """The look again of everybody, wired once."""

    def __init__(self, store: Store, keys: PersonKeys, clock: Callable[[], dt.datetime]) -> None:
        self._store = PromptStore(store)
        self._keys = keys
        self._clock = clock

    def prime(self) -> None:
        """Import and make what the first call needs, without a call, for a snapshot of the process."""
        try:
            self._store.prime()
        except StoreError as error:
            journal.follow_up_failed("prime", error, "")
        from skill.adapters.follow_up.alexa_reminders import prime  # noqa: PLC0415 a snapshot only

        prime()

    def carry_out(self, effect: Effect, asker: Asker) -> News | None:
        """Do ``effect`` for ``asker`` and return the news of it; None where the reply stands as it is."""
        if not asker.user_id:
            return _failed(effect)
        try:
            match effect:
                case LookUp():
                    return self._look_up(asker)
                case Plan():
                    return self._plan(asker)
                case Remind():
                    return self._remind(effect, asker)
                case Cancel(told=True):
                    return self._cancel(asker)
                case Cancel():
                    within(QUIET_SECONDS, lambda: self._cancel(asker))
                case Forget():
                    return self._forget(asker)
        except (StoreError, RefusedError, LateError) as error:
            journal.follow_up_failed(type(effect).__name__, error, asker.request_id)
        except Exception as error:  # noqa: BLE001 whatever goes wrong here, triage answers as ever
            journal.failed(error, asker.request_id)
        return _failed(effect)

    def forget(self, user_id: str, request_id: str) -> None:
        """Delete what is kept of an account that switched the skill off or took its permission back.

        Alexa has deleted the reminder by then. Where the store does not answer the record expires by itself.
        """
        try:
            self._store.forget(self._keys.names(user_id))
        except (StoreError, ValueError) as error:
            journal.follow_up_failed("Forget", error, request_id)

    def _find(self, asker: Asker) -> Record | None:
        return self._store.find(self._keys.names(asker.user_id), self._now())

    def _look_up(self, asker: Asker) -> News:
        record = self._find(asker)
        if record is None:
            return Found.NOTHING
        return Found.DUE if self._now() >= record.due - EARLY_SECONDS else Found.KEPT

    def _plan(self, asker: Asker) -> News:
        try:
            name = within(ZONE_SECONDS, asker.reminders.time_zone)
        except (RefusedError, PermissionMissingError, LateError) as error:
            journal.follow_up_failed("Plan", error, asker.request_id)
            name = None
        zone = zone_of(name)
        return Planned(Appointment.in_zone(self._clock(), name, zone) if name and zone else Appointment())

    def _remind(self, effect: Remind, asker: Asker) -> News:
        appointment, now, clock = effect.appointment, self._now(), self._clock()
        if self._find(asker):
            return Refusal.OTHER_KEPT
        zone = zone_of(appointment.zone)
        local = clock.astimezone(zone or dt.UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        try:
            token = within(SET_SECONDS, lambda: asker.reminders.create(appointment, local, asker.spoken))
        except PermissionMissingError:
            if effect.asked_before:
                return Consented(Consent.CANNOT_ASK, appointment)
            return PermissionMissing(appointment)
        except RefusedError as error:
            journal.follow_up_failed("Remind", error, asker.request_id)
            return error.refusal
        due = appointment.due(clock, zone)
        person = self._keys.names(asker.user_id)[0]
        try:
            self._store.add(Record(person=person, due=due, expires=due + LATE_SECONDS, reminder=token), now)
        except (StoreError, AlreadyKeptError) as error:
            within(SET_SECONDS, lambda: _take_off(asker, token))  # no reminder without a record
            journal.follow_up_failed("Remind", error, asker.request_id)
            return Refusal.OTHER_KEPT if isinstance(error, AlreadyKeptError) else Refusal.DOWN
        return Reminded(appointment)

    def _cancel(self, asker: Asker) -> News:
        record = self._find(asker)
        if record:
            _take_off(asker, record.reminder)
            self._store.remove(record)
        return Undone.CANCELLED

    def _forget(self, asker: Asker) -> News | None:
        record = self._find(asker)
        names = self._keys.names(asker.user_id)
        self._store.forget(names)  # first: what is kept goes, whatever becomes of the reminder
        if record is None:
            return None
        try:
            within(SET_SECONDS, lambda: _take_off(asker, record.reminder))
        except (RefusedError, LateError) as error:
            journal.follow_up_failed("Forget", error, asker.request_id)
            return Undone.REMINDER_LEFT
        return Undone.FORGOTTEN

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _take_off(asker: Asker, token: str) -> None:
    """Take a reminder off. Whoever has taken the permission back has no reminders of this skill any more."""
    with suppress(PermissionMissingError):
        asker.reminders.delete(token)


def _failed(effect: Effect) -> News | None:
    """Return what is said where an effect could not be carried out; of some nothing has to be said."""
    match effect:
        case Remind():
            return Refusal.DOWN
        case Cancel(told=True):
            return Undone.NOT_CANCELLED
        case Forget():
            return Undone.NOT_FORGOTTEN
        case _:
            return None
