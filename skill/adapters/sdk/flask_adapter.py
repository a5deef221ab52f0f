"""Lets flask-ask-sdk's adapter pass requests to the same handler as on Lambda.

Why: the adapter deserializes a request with the SDK's serializer before it verifies it, so malformed JSON, an unknown
type or a wrong skill id end in a 500 (measured in version 1), and every turn pays for fields that nobody reads.

What it does: a serializer that keeps the body as it came, and an SDK skill whose ``invoke`` calls our handler.

What it saves: about half a millisecond a turn, and the 500s.

When it can go: when the adapter refuses what it cannot read. A test posts a text that is not JSON to the adapter as it
comes, and fails when the answer is no longer a 500.
"""

from collections.abc import Callable
from typing import Any, Protocol

from ask_sdk_core.skill import CustomSkill, SkillConfiguration

from skill.adapters.sdk import oscrypto_version


class Body(Protocol):
    """A request body that can be read as an event."""

    @property
    def event(self) -> Any:
        """The event."""


class _AsItCame:
    """Takes the place of the SDK's serializer: the event is parsed by the handler, and its answer is JSON already."""

    def __init__(self, body: Callable[[str], Body]) -> None:
        self._body = body

    def deserialize(self, payload: str, obj_type: object) -> Body:  # noqa: ARG002 the SDK names it
        return self._body(payload)

    def serialize(self, obj: object) -> object:
        return obj


class _WebSkill(CustomSkill):
    """The skill as the adapter wants it: an SDK skill, which passes requests on to the same handler as on Lambda."""

    def __init__(self, handler: Callable[[object, object], dict[str, Any]], body: Callable[[str], Body]) -> None:
        super().__init__(SkillConfiguration(request_mappers=[], handler_adapters=[]))
        self.serializer = _AsItCame(body)
        self._handler = handler

    def invoke(self, request_envelope: Body, context: object) -> dict[str, Any]:
        return self._handler(request_envelope.event, context)


def web_skill(handler: Callable[[object, object], dict[str, Any]], body: Callable[[str], Body]) -> CustomSkill:
    """Return ``handler`` as the SDK skill that the adapter calls; ``body`` makes a request body of a text."""
    return _WebSkill(handler, body)


def adapter_class() -> Any:
    """Import flask-ask-sdk and return its adapter. Called by the web service only: Lambda never loads it."""
    oscrypto_version.make_importable()
    from flask_ask_sdk.skill_adapter import SkillAdapter  # noqa: PLC0415 oscrypto has to be made importable first

    return SkillAdapter
