"""When somebody is reminded: three days after home care was told, at ten in the morning where the device stands."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from skill.protocol.upper_back import HOME_CARE_TRIAL_DAYS

HOUR = 10
"""Of the day at which the reminder is spoken: nobody is woken, and the doctor's office is open. On no clock on earth
does daylight saving skip or repeat it."""

EARLY_SECONDS = 12 * 3600
"""How long before the reminder a visit counts as the look again: someone may be up before ten."""

LATE_SECONDS = 4 * 24 * 3600
"""How long after it: Alexa shows a reminder for three days after it was spoken, and a day more is nobody's loss."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """The time that is named in the offer. Without a known zone it is "in three days, at about this time"."""

    date: str = ""
    """The day where the device stands, ``2026-12-02``; empty where the zone is not known."""
    zone: str = ""
    """The zone of the device by its IANA name; empty where it is not known."""

    @classmethod
    def in_zone(cls, now: dt.datetime, zone: str, of: dt.tzinfo) -> Self:
        """Return the appointment three days after ``now``, a time with a zone, for a device in ``zone``."""
        day = now.astimezone(of).date() + dt.timedelta(days=HOME_CARE_TRIAL_DAYS)
        return cls(date=day.isoformat(), zone=zone)

    @property
    def day(self) -> dt.date | None:
        """The day; None where there is none or it cannot be read."""
        try:
            return dt.date.fromisoformat(self.date)
        except ValueError:
            return None

    @property
    def is_sound(self) -> bool:
        """Whether it is a day in a zone, or neither."""
        return bool(self.day and self.zone) or not (self.date or self.zone)

    @property
    def local_time(self) -> str:
        """The time on the clock of the device, as Alexa's reminders want it; empty where the zone is not known."""
        return f"{self.date}T{HOUR:02}:00:00.000" if self.date else ""

    def due(self, now: dt.datetime, of: dt.tzinfo | None) -> int:
        """Return the time of the reminder in seconds since 1970; ``of`` is the zone, None where it is not known."""
        if self.day is None or of is None:
            return int(now.timestamp()) + offset_seconds()
        return int(dt.datetime.combine(self.day, dt.time(HOUR), of).timestamp())

    def to_token(self) -> str:
        """Return it as the token that Alexa hands back after asking for the permission: a day and a zone, no more."""
        return f"{self.date} {self.zone}".strip()

    @classmethod
    def from_token(cls, token: str) -> Self:
        """Return what ``to_token`` wrote; the appointment without a zone where it cannot be read."""
        day, _, zone = token.partition(" ")
        read = cls(date=day, zone=zone)
        return read if read.is_sound else cls()


def offset_seconds() -> int:
    """Return the seconds in three days, for a reminder in a zone that is not known."""
    return HOME_CARE_TRIAL_DAYS * 24 * 3600
