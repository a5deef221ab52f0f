"""The floor: a handler that says a sentence, without any SDK. It is measured, never deployed."""

from typing import Any


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 Lambda calls it so
    """Return a fixed answer."""
    return {
        "version": "1.0",
        "response": {
            "outputSpeech": {"type": "SSML", "ssml": f"<speak>Hello, {event['request']['locale']}.</speak>"},
            "shouldEndSession": True,
        },
    }
