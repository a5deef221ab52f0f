"""Makes the SDK's request objects, and JSON of its response objects, without its serializer.

The serializer looks up classes by name, parses dates and walks every type in its table: four fifths of a turn. Here
each object is made directly, from values that the front door has already read, and a response is walked by a list of
fields that is worked out once for each class. What comes out is the same; a test compares it with the serializer's.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from ask_sdk_model import (
    Application,
    Context,
    Intent,
    IntentRequest,
    LaunchRequest,
    RequestEnvelope,
    ResponseEnvelope,
    Session,
    SessionEndedReason,
    SessionEndedRequest,
    Slot,
)
from ask_sdk_model.interfaces.system import SystemState
from ask_sdk_model.slu.entityresolution import (
    Resolution,
    Resolutions,
    Status,
    StatusCode,
    Value,
    ValueWrapper,
)

Request: TypeAlias = LaunchRequest | IntentRequest | SessionEndedRequest
"""The requests that reach a handler."""

ENDED_REASONS = frozenset(reason.value for reason in SessionEndedReason)
"""The reasons for the end of a session that the SDK knows. Every other one becomes ERROR."""

_AS_THEY_ARE = frozenset({str, int, float, bool, dict, type(None)})
"""Types that are JSON already; a dict of ours, such as the session attributes, holds nothing else."""


class Attributes(dict[str, Any]):
    """Session attributes that the SDK need not copy: the skill replaces them as a whole and never changes them."""

    def __deepcopy__(self, memo: object) -> "Attributes":
        """Return the attributes themselves."""
        return self


def envelope(*, application_id: str, attributes: Mapping[str, Any], request: Request) -> RequestEnvelope:
    """Return ``request`` in an envelope that names the application and carries the session's ``attributes``."""
    application = Application(application_id=application_id)
    return RequestEnvelope(
        version="1.0",
        session=Session(new=False, session_id="", application=application, attributes=Attributes(attributes)),
        context=Context(system=SystemState(application=application)),
        request=request,
    )


def launch(request_id: str, locale: str) -> Request:
    """Return the request that opens the skill."""
    return LaunchRequest(request_id=request_id, locale=locale)


def intent(request_id: str, locale: str, name: str, slots: Mapping[str, Slot]) -> Request:
    """Return the request for the intent ``name``."""
    return IntentRequest(request_id=request_id, locale=locale, intent=Intent(name=name, slots=dict(slots)))


def ended(request_id: str, locale: str, reason: object) -> Request:
    """Return the request that tells of the end of a session; a reason that the SDK does not know is an error."""
    known = reason if isinstance(reason, str) and reason in ENDED_REASONS else SessionEndedReason.ERROR.value
    return SessionEndedRequest(request_id=request_id, locale=locale, reason=SessionEndedReason(known))


def slot(name: str, value: str | None, ids: Iterable[str]) -> Slot:
    """Return a slot with its spoken ``value`` and one list of the ``ids`` that it resolved to."""
    values = [ValueWrapper(value=Value(name=id_, id=id_)) for id_ in ids]
    code = StatusCode.ER_SUCCESS_MATCH if values else StatusCode.ER_SUCCESS_NO_MATCH
    resolution = Resolution(authority="", status=Status(code=code), values=values)
    return Slot(name=name, value=value, resolutions=Resolutions(resolutions_per_authority=[resolution]))


def as_json(response: ResponseEnvelope) -> dict[str, Any]:
    """Return ``response`` as the SDK's serializer would: fields under their JSON names, without those that are None."""
    plain: dict[str, Any] = _plain(response)
    return plain


def _plain(value: Any) -> Any:
    type_: Any = type(value)
    if type_ in _AS_THEY_ARE:
        return value
    if type_ is list:
        return [_plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return dict(value)
    return {key: _plain(inner) for attribute, key in _fields(type_) if (inner := getattr(value, attribute)) is not None}


@cache
def _fields(type_: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return attribute and JSON name of each field of one of the SDK's classes."""
    return tuple((attribute, type_.attribute_map.get(attribute, attribute)) for attribute in type_.deserialized_types)
