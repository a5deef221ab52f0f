"""Finds the envelopes in pasted text: events, responses, lines of a log, errors of the function, profiles."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Sort(Enum):
    """What a piece of JSON is."""

    EVENT = "event"
    RESPONSE = "response"
    LAMBDA_ERROR = "error of the function"
    LOG_LINE = "line of the log"
    PROFILE = "profile of an utterance"


class NothingFoundError(Exception):
    """When pasted text holds no envelope; the message is one sentence with the remedy."""


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """One piece that was found."""

    sort: Sort
    content: Mapping[str, Any]


def found(text: str) -> list[Pasted]:
    """Return what ``text`` holds, in order: whatever stands around the JSON, and however deep an envelope lies in it.

    Raises NothingFoundError where it holds no envelope.
    """
    documents = list(_documents(text))
    pieces = [piece for document in documents for piece in _pieces(document)]
    if pieces:
        return pieces
    if documents:
        raise NothingFoundError(
            'The JSON is neither an event (with "request") nor a response (with "response"); paste the whole of it, '
            "with its outermost braces."
        )
    raise NothingFoundError(
        "There is no JSON in it; copy the JSON Input or JSON Output of the console's Test tab, or a line of the log."
    )


def _documents(text: str) -> Iterator[Any]:
    """Yield each JSON object in ``text``; what stands between them, such as the time of a log line, is passed over."""
    decoder, position = json.JSONDecoder(), 0
    while (start := text.find("{", position)) >= 0:
        try:
            document, position = decoder.raw_decode(text, start)
        except ValueError:
            position = start + 1
        except RecursionError:
            return
        else:
            yield document


def _pieces(document: Any, depth: int = 0) -> Iterator[Pasted]:
    if isinstance(document, list):
        for one in document:
            yield from _pieces(one, depth)
    if not isinstance(document, dict) or depth > DEEPEST:
        return
    if sort := _sort(document):
        yield Pasted(sort=sort, content=document)
        return
    for value in document.values():
        yield from _pieces(value, depth + 1)


DEEPEST = 8
"""Levels: the console wraps an envelope in five."""


def _sort(document: Mapping[str, Any]) -> Sort | None:
    if isinstance(document.get("request"), dict) and ("session" in document or "context" in document):
        return Sort.EVENT
    if isinstance(document.get("request"), dict) and isinstance(document["request"].get("type"), str):
        return Sort.EVENT
    if isinstance(document.get("response"), dict) and ("version" in document or "sessionAttributes" in document):
        return Sort.RESPONSE
    if "errorMessage" in document and ("errorType" in document or "stackTrace" in document):
        return Sort.LAMBDA_ERROR
    if "selectedIntent" in document:
        return Sort.PROFILE
    if isinstance(document.get("level"), str) and "message" in document:
        return Sort.LOG_LINE
    return None
