"""Everything that bends the Alexa SDK or flask-ask-sdk, with the reason, what it saves, and when it can go.

Importing this package defers the SDK's service clients, so it comes before any import of the SDK: that is what
``skill.adapters.alexa`` and ``skill.adapters.web`` do first. Each module's docstring says what it does to the SDK, and
which test fails when upstream no longer needs it.
"""

from skill.adapters.sdk import deferred_clients  # noqa: F401 before any module that imports the SDK
