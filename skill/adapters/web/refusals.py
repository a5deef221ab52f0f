"""Logs refused requests, a few a second: strangers cannot fill the disk, and the operator sees why and how many."""

import threading
import time
from collections.abc import Callable

from skill.adapters import journal

MOST_A_SECOND = 5
"""Refusals that are logged one by one in a second; the others are counted."""


class RefusalLog:
    """Where refusals go. Safe in threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._second = 0.0
        self._logged = self._left_out = 0

    def refused(self, reason: str) -> None:
        """Log that a request was refused for ``reason``, or count it where this second has had its share."""
        now = self._clock()
        with self._lock:
            left_out = 0
            if now - self._second >= 1:
                left_out, self._second, self._logged, self._left_out = self._left_out, now, 0, 0
            is_logged = self._logged < MOST_A_SECOND
            if is_logged:
                self._logged += 1
            else:
                self._left_out += 1
        if left_out:
            journal.unverified_more(left_out)
        if is_logged:
            journal.unverified(reason)
