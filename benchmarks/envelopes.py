"""What a device with a screen sends with every request: the context is most of it, and no triage reads it."""

from collections.abc import Mapping
from typing import Any

APPLICATION = {"applicationId": "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"}
USER = {"userId": "amzn1.ask.account.BENCHMARK"}
VIDEO = {"codecs": ["H_264_42", "H_264_41"]}

CONTEXT: Mapping[str, Any] = {
    "Viewports": [
        {
            "type": "APL",
            "id": "main",
            "shape": "RECTANGLE",
            "dpi": 213,
            "presentationType": "STANDARD",
            "canRotate": False,
            "configuration": {
                "current": {
                    "mode": "HUB",
                    "video": VIDEO,
                    "size": {"type": "DISCRETE", "pixelWidth": 1280, "pixelHeight": 800},
                }
            },
        }
    ],
    "Viewport": {
        "experiences": [{"arcMinuteWidth": 346, "arcMinuteHeight": 216, "canRotate": False, "canResize": False}],
        "mode": "HUB",
        "shape": "RECTANGLE",
        "pixelWidth": 1280,
        "pixelHeight": 800,
        "dpi": 213,
        "currentPixelWidth": 1280,
        "currentPixelHeight": 800,
        "touch": ["SINGLE"],
        "video": VIDEO,
    },
    "Extensions": {"available": {"aplext:backstack:10": {}}},
    "Display": {"token": ""},
    "AudioPlayer": {"offsetInMilliseconds": 0, "token": "", "playerActivity": "IDLE"},
    "System": {
        "application": APPLICATION,
        "user": USER,
        "device": {
            "deviceId": "amzn1.ask.device.BENCHMARK",
            "supportedInterfaces": {
                "AudioPlayer": {},
                "Display": {"templateVersion": "1.0", "markupVersion": "1.0"},
                "Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}},
            },
        },
        "apiEndpoint": "https://api.amazonalexa.com",
        "apiAccessToken": "x" * 900,
    },
}


def event(
    request: Mapping[str, Any], attributes: Mapping[str, Any] | None = None, locale: str = "en-US"
) -> dict[str, Any]:
    """Return ``request`` as a device with a screen sends it, in a session that holds ``attributes``."""
    return {
        "version": "1.0",
        "session": {
            "new": attributes is None,
            "sessionId": "amzn1.echo-api.session.BENCHMARK",
            "application": APPLICATION,
            "attributes": dict(attributes or {}),
            "user": USER,
        },
        "context": dict(CONTEXT),
        "request": {
            "requestId": "amzn1.echo-api.request.BENCHMARK",
            "locale": locale,
            "timestamp": "2026-01-01T12:00:00Z",
            **request,
        },
    }


def launch(locale: str = "en-US") -> dict[str, Any]:
    """Return the request that opens a skill."""
    return event({"type": "LaunchRequest", "shouldLinkResultBeReturned": False}, locale=locale)


def no(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spoken no, in a session that holds ``attributes``."""
    intent = {"name": "AMAZON.NoIntent", "confirmationStatus": "NONE"}
    return event({"type": "IntentRequest", "dialogState": "STARTED", "intent": intent}, attributes)
