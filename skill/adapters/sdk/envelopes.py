"""Makes the SDK's request envelope of a parsed event, and JSON of its response, without its serializer.

Why: the SDK deserializes the whole request before any handler runs. It raises there, where no exception handler can
answer, on a type, a status or a codec that it does not know; and four fifths of a turn go into fields that no skill
reads. Its serializer looks up classes by name, parses dates and walks every type in its table.

What it does: the envelope holds what the SDK's dispatcher reads, and the parsed event, which our handlers read. A
response is walked by a list of fields that is worked out once for each class.

What it saves: about 500 of 600 microseconds of a warm turn (docs/benchmarks.md).

When it can go: when the SDK deserializes leniently and in a tenth of the time. A test compares the JSON with that of
the SDK's serializer, and another one fails when the SDK takes an unknown enum value.
"""

from enum import Enum
from functools import cache
from typing import Any

from ask_sdk_model import (
    Application,
    Context,
    IntentRequest,
    LaunchRequest,
    RequestEnvelope,
    ResponseEnvelope,
    Session,
    SessionEndedRequest,
)
from ask_sdk_model.interfaces.system import SystemState

from skill.adapters.alexa.event import Event, Kind

_REQUESTS = {
    Kind.LAUNCH: LaunchRequest,
    Kind.INTENT: IntentRequest,
    Kind.CONSENT: IntentRequest,
    Kind.ENDED: SessionEndedRequest,
}

_AS_THEY_ARE = frozenset({str, int, float, bool, dict, type(None)})
"""Types that are JSON already; a dict of ours, such as the session attributes, holds nothing else."""


class Attributes(dict[str, Any]):
    """Session attributes that the SDK need not copy: the skill replaces them as a whole and never changes them."""

    def __deepcopy__(self, memo: object) -> "Attributes":
        """Return the attributes themselves."""
        return self


def envelope(event: Event) -> RequestEnvelope:
    """Return the envelope for ``event``, a launch, an intent or the end of a session, with the event as ``event``."""
    application = Application(application_id=event.application_id)
    made = RequestEnvelope(
        version="1.0",
        session=Session(new=False, session_id="", application=application, attributes=Attributes(event.attributes)),
        context=Context(system=SystemState(application=application)),
        request=_REQUESTS[event.kind](request_id=event.request_id, locale=event.locale),
    )
    made.event = event
    return made


def as_json(response: ResponseEnvelope) -> dict[str, Any]:
    """Return ``response`` as the SDK's serializer would: fields under their JSON names, without those that are None."""
    json_: dict[str, Any] = plain(response)
    return json_


def plain(value: Any) -> Any:
    """Return JSON of anything that the SDK's classes hold."""
    type_: Any = type(value)
    if type_ in _AS_THEY_ARE:
        return value
    if type_ is list:
        return [plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return dict(value)
    return {key: plain(inner) for attribute, key in _fields(type_) if (inner := getattr(value, attribute)) is not None}


@cache
def _fields(type_: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return attribute and JSON name of each field of one of the SDK's classes."""
    return tuple((attribute, type_.attribute_map.get(attribute, attribute)) for attribute in type_.deserialized_types)
