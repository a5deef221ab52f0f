"""A home in which the look again works: Alexa's own services and voice, a store, and a clock that can be moved."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from simulator.alexa_services import AlexaServices
from simulator.movable_clock import MovableClock
from skill.acts import Answer
from skill.hearing.hear import hear
from skill.hearing.heard import Asked, Expecting

ALEXA_ASKS = "Do you give Upper Back Guide permission to set reminders? You can say I approve, or no."
"""What Alexa says in her own words; the skill cannot change them."""

LATER = "three days later"
"""A stage direction: said while no conversation goes on, it lets the time pass until the reminder."""

APPROVES = ("i approve", "approve", "i agree", "allow")


@dataclass(kw_only=True)
class Home:
    """Use it in a ``with`` block: the store is a file that goes with it."""

    services: AlexaServices = field(default_factory=lambda: AlexaServices(permitted=False))
    clock: MovableClock = field(default_factory=MovableClock)
    reminded: list[str] = field(default_factory=list)
    """What Alexa has reminded of and nobody has heard yet."""

    def __enter__(self) -> Self:
        """Start Alexa's services."""
        self._folder = tempfile.TemporaryDirectory()
        self.services.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """End them, and delete the store."""
        self.services.__exit__()
        self._folder.cleanup()

    def environ(self, outside: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of ``outside`` with the look again switched on, on a store of this home."""
        ours = {"FOLLOW_UP_KEYS": "simulated" * 4, "FOLLOW_UP_FILE": str(Path(self._folder.name) / "follow_up.sqlite3")}
        return {**outside, "FOLLOW_UP_TABLE": "", **ours}

    def answered(self, words: str | None) -> str:
        """Return how Alexa takes ``words`` as the answer to her question; None is silence. A yes holds."""
        if words is None:
            return "NOT_ANSWERED"
        said = hear(words, Expecting(asked=Asked.OFFER)).acts
        if Answer.YES in said or words.lower().strip(" .!") in APPROVES:
            self.services.permitted = True
            return "ACCEPTED"
        return "DENIED" if {Answer.NO, Answer.SOFT_NO} & set(said) else "NOT_ANSWERED"

    def pass_time(self) -> list[str]:
        """Let three days pass, or the time until the first reminder, and return what Alexa reminds of."""
        due = self.services.next_time()
        self.clock.moved += (due - self.clock()) if due else timedelta(days=3)
        return self.services.spoken_by(self.clock())


def asks_permission(response: Mapping[str, Any]) -> bool:
    """Return whether Alexa asks for a permission after ``response``."""
    directives = response.get("response", {}).get("directives", ())
    return any(one.get("type") == "Connections.SendRequest" for one in directives)
