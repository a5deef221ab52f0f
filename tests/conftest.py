"""What every test may ask for."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from following_up import Household
from hypothesis import settings

from simulator.alexa_services import AlexaServices
from simulator.client import AlexaClient
from simulator.entry import load_handler
from skill.prompts.catalogue import Catalogue, load

settings.register_profile("suite", deadline=None, max_examples=80)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def handler() -> Callable[[object, object], dict[str, Any]]:
    """The real Lambda handler."""
    return load_handler()


@pytest.fixture
def client(handler: Callable[[object, object], dict[str, Any]]) -> AlexaClient:
    """One device that has not yet opened the skill."""
    return AlexaClient(handler=handler)


@pytest.fixture(scope="session")
def words() -> Catalogue:
    """What is said in US English."""
    return load("en-US")


@pytest.fixture
def services() -> Iterator[AlexaServices]:
    """Alexa's own services, on loopback."""
    with AlexaServices() as running:
        yield running


@pytest.fixture
def household(services: AlexaServices, tmp_path: Path) -> Household:
    """One account with the look again switched on."""
    return Household(file=tmp_path / "follow_up.sqlite3", services=services)
