"""The skill as a web service, for hosting without Lambda. ``service.py`` is the service, ``server.py`` serves it."""

from skill.adapters import sdk  # noqa: F401 before any module that imports the SDK
