"""Finds a time zone by its name, on whatever the machine has."""

import datetime as dt
from zoneinfo import ZoneInfo


def zone_of(name: str | None) -> dt.tzinfo | None:
    """Return the zone of an IANA name such as ``America/Denver``; None where there is none, or nobody here knows it.

    Where the system has no time zones, those that come with boto3 (in dateutil) are asked.
    """
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # ZoneInfoNotFoundError is a KeyError; a folder's name is an OSError
        return _of_dateutil(name)


def _of_dateutil(name: str) -> dt.tzinfo | None:
    try:
        from dateutil import zoneinfo  # noqa: PLC0415 only where the system has no time zones
    except ImportError:
        return None
    found = zoneinfo.get_zonefile_instance().get(name)
    return found if isinstance(found, dt.tzinfo) else None
