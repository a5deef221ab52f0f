"""A clock that can be moved: three days pass in the simulator and in tests without anybody waiting."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(kw_only=True)
class MovableClock:
    """The time of this computer, and as much later as it was moved."""

    start: datetime | None = None
    """Where it stands; None goes with this computer's own."""
    moved: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return the time, in UTC."""
        return (self.start or datetime.now(UTC)) + self.moved

    def move(self, **time: float) -> None:
        """Let time pass: ``move(days=3)``."""
        self.moved += timedelta(**time)
