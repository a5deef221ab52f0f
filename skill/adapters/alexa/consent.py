"""Asks for the permission to set reminders: by Alexa's own voice, or by a card where she cannot ask.

Amazon has two shapes of the question: ``Connections.SendRequest`` ("Set Up Voice Permissions for Reminders"), which is
sent here, and ``Connections.StartConnection`` ("Voice-Forward Consent"). The answer to each is a request of its own;
``event.py`` reads both.
"""

from typing import TYPE_CHECKING

from skill.adapters.alexa.event import REMINDERS
from skill.follow_up.appointment import Appointment

if TYPE_CHECKING:
    from ask_sdk_model.interfaces.connections import SendRequestDirective
    from ask_sdk_model.ui import AskForPermissionsConsentCard


def question(appointment: Appointment) -> "SendRequestDirective":
    """Return the directive with which Alexa asks. The day of the reminder goes along and comes back with the answer."""
    from ask_sdk_model.interfaces.connections import SendRequestDirective  # noqa: PLC0415 for a reminder only

    return SendRequestDirective(
        name="AskFor",
        payload={
            "@type": "AskForPermissionsConsentRequest",
            "@version": "2",
            "permissionScopes": [{"permissionScope": REMINDERS, "consentLevel": "ACCOUNT"}],
        },
        token=appointment.to_token(),
    )


def card() -> "AskForPermissionsConsentCard":
    """Return the card with which the permission is given in the Alexa app."""
    from ask_sdk_model.ui import AskForPermissionsConsentCard  # noqa: PLC0415 for a reminder only

    return AskForPermissionsConsentCard(permissions=[REMINDERS])
