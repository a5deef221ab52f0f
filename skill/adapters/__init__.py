"""Floor 3, the outside: the only modules that know the Alexa SDK, Flask or AWS."""

from skill.adapters import lean_sdk  # noqa: F401 before any module that imports the SDK
