"""A request body off the web, opened only once it may be: JSON, an object, and not nested beyond reason."""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NoReturn

DEEPEST = 64
"""Levels of nesting. Alexa's own requests have about a dozen; the SDK's deserializer recurses at each one."""


class MalformedRequestError(Exception):
    """When a body is not the JSON object that Alexa sends. The message may be shown: it says nothing of the skill."""


class RequestBody:
    """One request body. It stays a text until ``event`` is read, which is after its signature was checked."""

    def __init__(self, body: str) -> None:
        self.body = body

    @cached_property
    def event(self) -> Mapping[str, Any]:
        """The request as JSON. Raises MalformedRequestError where the body holds none."""
        try:
            event = json.loads(self.body, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise MalformedRequestError("The body is not JSON.") from error
        if not isinstance(event, dict):
            raise MalformedRequestError("The body is not a JSON object.")
        level: list[Any] = [event]
        for _ in range(DEEPEST):
            level = [inner for outer in level for inner in _inside(outer) if isinstance(inner, dict | list)]
            if not level:
                return event
        raise MalformedRequestError(f"The body is nested more than {DEEPEST} levels deep.")


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
