"""A skill with the look again switched on, for tests: the real handler, SQLite, and Alexa's services on loopback."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.alexa_services import AlexaServices
from simulator.client import AlexaClient, Answered
from simulator.movable_clock import MovableClock
from skill.adapters.alexa.skill import create
from skill.adapters.follow_up.sqlite import SqliteStore

KEY = "k" * 32
NO, YES = "AMAZON.NoIntent", "AMAZON.YesIntent"
TUESDAY = datetime(2026, 12, 1, 20, 30, tzinfo=UTC)
"""Half past three in the afternoon in New York."""

HOME_CARE = (*[NO] * 10, YES)
EMERGENCIES_DENIED = (NO,) * 5


@dataclass(kw_only=True)
class Household:
    """One account with one device, and all that stands behind it."""

    file: Path
    services: AlexaServices
    clock: MovableClock = field(default_factory=lambda: MovableClock(start=TUESDAY))
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Wire the handler."""
        self.environ = {"FOLLOW_UP_KEYS": KEY, "FOLLOW_UP_FILE": str(self.file), **self.environ}
        self.handler: Callable[[object, object], dict[str, Any]] = create(self.environ, clock=self.clock)

    @property
    def client(self) -> AlexaClient:
        """A device that has not yet opened the skill."""
        return AlexaClient(handler=self.handler, endpoint=self.services.endpoint)

    @property
    def store(self) -> SqliteStore:
        """The store, looked at from outside."""
        return SqliteStore(self.file)

    def offered(self) -> tuple[AlexaClient, Answered]:
        """Return a client to whom a reminder was just offered, and the offer."""
        client = self.client
        client.launch()
        answered = [client.intent(intent) for intent in (*HOME_CARE, NO)]
        return client, answered[-1]

    def reminded(self) -> Answered:
        """Say yes to a reminder and return the answer."""
        client, _ = self.offered()
        return client.intent(YES)
