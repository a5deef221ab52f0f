"""The only place that logs turns. None of its functions has a parameter for an answer, a sign or a person."""

import logging
import re
import traceback
from pathlib import Path

NAME = "upper_back_guide"
"""Of the log."""

_LOGGER = logging.getLogger(NAME)

FAILED_TURN, REFUSED_BY_ALEXA, MISCONFIGURED, UNSHOWN = "failed_turn", "refused_by_alexa", "misconfigured", "unshown"
FAILED_REQUEST = "failed_request"
"""What happened, as ``event`` in a line of the level ERROR: template.yaml counts the first two, each with an alarm."""

FOLLOW_UP_FAILED = "follow_up_failed"
"""The same in a warning: something of the look again could not be done. It is counted and has an alarm too."""

ERROR_TYPES = frozenset(
    {
        *("INVALID_RESPONSE", "DEVICE_COMMUNICATION_ERROR", "INTERNAL_SERVICE_ERROR", "ENDPOINT_TIMEOUT"),
        *("INTERNAL_ERROR", "MEDIA_ERROR_UNKNOWN", "RATE_EXCEEDED", "INVALID_DIRECTIVE"),
    }
)
"""What Alexa says that was wrong ("Request types": SessionEndedRequest; "System interface": ExceptionEncountered)."""

_NOT_OF_AN_ID = re.compile(r"[^A-Za-z0-9_.-]")


def _id(given: str) -> str:
    """Return an id without what no id of Alexa's holds: it comes from outside, and a log takes no surrogate."""
    return _NOT_OF_AN_ID.sub("", given)


def _places(error: BaseException) -> list[str]:
    """Return where an error arose, from the outermost frame on."""
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def failed(error: BaseException, request_id: str) -> None:
    """Log that a turn failed: the kind of the error and where it arose, never its message, which may hold an answer."""
    _LOGGER.error(
        "A turn failed; the person heard the safety net.",
        extra={
            "event": FAILED_TURN,
            "kind": type(error).__name__,
            "places": _places(error),
            "request_id": _id(request_id),
        },
    )


def broke(error: BaseException) -> None:
    """Log that a request of the web service failed outside of a turn, so that no reply went out."""
    _LOGGER.error(
        "A request was answered with status 500.",
        extra={"event": FAILED_REQUEST, "kind": type(error).__name__, "places": _places(error)},
    )


def refused(request_id: str) -> None:
    """Log that a request for another skill was refused."""
    _LOGGER.warning(
        "A request for another skill was refused; compare SKILL_ID with the skill's id in the developer console.",
        extra={"request_id": _id(request_id)},
    )


def refused_by_alexa(error_type: str, request_id: str) -> None:
    """Log that Alexa could not use a response: the person heard Alexa's own error."""
    _LOGGER.error(
        "Alexa refused a response or could not deliver it.",
        extra={
            "event": REFUSED_BY_ALEXA,
            "kind": error_type if error_type in ERROR_TYPES else "OTHER",
            "request_id": _id(request_id),
        },
    )


def unshown(error: BaseException, request_id: str) -> None:
    """Log that a screen could not be made: the kind of the error, not its message. The reply was spoken without it."""
    _LOGGER.error(
        "A screen could not be made; the reply was spoken without it.",
        extra={"event": UNSHOWN, "kind": type(error).__name__, "places": _places(error), "request_id": _id(request_id)},
    )


def undrawn(request_id: str) -> None:
    """Log that a device could not draw all of a screen; which device and what was on it is not said."""
    _LOGGER.error(
        "A device could not draw a screen; open docs/screens.md and compare the documents with its APL version.",
        extra={"event": UNSHOWN, "request_id": _id(request_id)},
    )


def unguarded() -> None:
    """Log that the skill runs on Lambda without its own id, so that it answers whichever skill calls."""
    _LOGGER.warning("SKILL_ID is not set: every skill is answered. Set it to the id in the developer console.")


def misconfigured(fault: str) -> None:
    """Log that a setting was left out; ``fault`` names it and the remedy, never what it was set to."""
    _LOGGER.error("A setting was left out. %s", fault, extra={"event": MISCONFIGURED})


def unheard(request_id: str) -> None:
    """Log that a request came which asks for no words, such as an event of the account or of a player."""
    _LOGGER.info("A request without a listener got an empty response.", extra={"request_id": _id(request_id)})


def unrenewed(reason: str, until: str) -> None:
    """Log that the key of Alexa's signature could not be renewed for an hour, and is used until its chain ends."""
    _LOGGER.warning(
        "Alexa's certificate cannot be fetched again; its key is used until %s. Check the way to s3.amazonaws.com.",
        until,
        extra={"reason": reason},
    )


def unverified_more(number: int) -> None:
    """Log how many more requests were refused than were logged one by one."""
    _LOGGER.warning("%d more requests that could not be verified were refused.", number)


def unverified(reason: str) -> None:
    """Log that the web service refused a request, and why: which check it failed, nothing that was in it."""
    _LOGGER.warning("A request that could not be verified was refused.", extra={"reason": reason})


def follow_up_failed(effect: str, error: Exception, request_id: str) -> None:
    """Log that something of the look again could not be done, and why: which step, never for whom."""
    _LOGGER.warning(
        "The look again could not be done; triage went on.",
        extra={
            "event": FOLLOW_UP_FAILED,
            "kind": f"{effect}: {type(error).__name__}",
            "reason": str(error),
            "request_id": _id(request_id),
        },
    )
