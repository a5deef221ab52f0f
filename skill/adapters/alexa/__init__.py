"""The Alexa adapter: an event in, the response out. ``skill.py`` wires it; the turn is in ``handler.py``."""

from skill.adapters import sdk  # noqa: F401 before any module that imports the SDK
