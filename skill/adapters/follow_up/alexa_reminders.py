"""Sets Alexa's reminders, through the SDK's service clients: ``POST /v1/alerts/reminders`` and the device's time zone.

The SDK's clients are imported with the first reminder. Their answers are read as plain JSON: the SDK's deserializer
raises on values that it does not know.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from skill.adapters.follow_up.http_client import AlexaHttpClient
from skill.adapters.sdk.envelopes import plain
from skill.follow_up.appointment import Appointment, offset_seconds
from skill.follow_up.news import Refusal
from skill.follow_up.reminders import PermissionMissingError, RefusedError, Spoken

if TYPE_CHECKING:
    from ask_sdk_model.services.api_configuration import ApiConfiguration

UNAUTHORIZED, FORBIDDEN, GONE, THROTTLED, SERVER_ERRORS = 401, 403, 404, 429, 500
"""Statuses of Alexa's services that mean something of their own (Amazon, "Reminders REST API Reference")."""

TOO_MANY, NO_DEVICE = "MAX_REMINDERS_EXCEEDED", "DEVICE_NOT_SUPPORTED"
"""Codes in the body of a 403. Amazon documents codes as text that may grow: others are read as a plain refusal."""

LONGEST_TOKEN = 1_000
"""Characters of a reminder's token; Amazon's are UUIDs."""


@dataclass(frozen=True, kw_only=True)
class AlexaReminders:
    """The reminders of the person who sent one request."""

    endpoint: str
    """``context.System.apiEndpoint``"""
    access_token: str
    """``context.System.apiAccessToken``"""
    device_id: str

    def time_zone(self) -> str | None:
        """See ``Reminders.time_zone``."""
        from ask_sdk_model.services.ups.ups_service_client import UpsServiceClient  # noqa: PLC0415 for a reminder only

        try:
            zone = UpsServiceClient(self._configuration()).get_system_time_zone(self.device_id)
        except Exception as error:  # noqa: BLE001 the SDK's own, and whatever the network raises
            _refuse(error)
        return zone if isinstance(zone, str) else None

    def create(self, appointment: Appointment, now_local: str, spoken: Spoken) -> str:
        """See ``Reminders.create``."""
        from ask_sdk_model.services import reminder_management as alexa  # noqa: PLC0415 for a reminder only

        if appointment.date:
            trigger = alexa.Trigger(
                object_type=alexa.TriggerType.SCHEDULED_ABSOLUTE,
                scheduled_time=appointment.local_time,
                time_zone_id=appointment.zone,
            )
        else:
            trigger = alexa.Trigger(
                object_type=alexa.TriggerType.SCHEDULED_RELATIVE, offset_in_seconds=offset_seconds()
            )
        content = alexa.SpokenText(locale=spoken.locale, text=spoken.text, ssml=spoken.ssml)
        request = alexa.ReminderRequest(
            request_time=now_local,
            trigger=trigger,
            alert_info=alexa.AlertInfo(spoken_info=alexa.SpokenInfo(content=[content])),
            push_notification=alexa.PushNotification(status=alexa.PushNotificationStatus.ENABLED),
        )
        try:
            answer = self._client().create_reminder(request)
            token = answer["alertToken"]
        except Exception as error:  # noqa: BLE001 the SDK's own, whatever the network raises, an answer without a token
            _refuse(error)
        if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
            raise RefusedError(Refusal.REFUSED, "Alexa's answer holds no token of the reminder.")
        return token

    def delete(self, token: str) -> None:
        """See ``Reminders.delete``."""
        try:
            self._client().delete_reminder(token)
        except Exception as error:  # noqa: BLE001 as above
            if getattr(error, "status_code", None) != GONE:
                _refuse(error)

    def _client(self) -> Any:
        from ask_sdk_model.services.reminder_management import ReminderManagementServiceClient  # noqa: PLC0415 as above

        return ReminderManagementServiceClient(self._configuration())

    def _configuration(self) -> "ApiConfiguration":
        from ask_sdk_model.services.api_configuration import ApiConfiguration  # noqa: PLC0415 as above

        return ApiConfiguration(
            serializer=_PlainJson(),
            api_client=AlexaHttpClient(),
            authorization_value=self.access_token,
            api_endpoint=self.endpoint,
        )


class _PlainJson:
    """The SDK's serializer for these clients."""

    def serialize(self, obj: object) -> str:
        return json.dumps(plain(obj))

    def deserialize(self, payload: str, obj_type: object) -> Any:  # noqa: ARG002 the SDK names it
        try:
            return json.loads(payload)
        except ValueError:
            return None


def _refuse(error: Exception) -> NoReturn:
    """Raise what an error of a call to Alexa's services means."""
    status = getattr(error, "status_code", None)
    body = getattr(error, "body", None)
    code = str(body.get("code", "")) if isinstance(body, dict) else ""
    if status == UNAUTHORIZED:
        raise PermissionMissingError from error
    if status == FORBIDDEN and code in (TOO_MANY, NO_DEVICE):
        refusal = Refusal.TOO_MANY if code == TOO_MANY else Refusal.DEVICE
    elif status == THROTTLED:
        refusal = Refusal.BUSY
    elif not isinstance(status, int) or status >= SERVER_ERRORS:
        refusal = Refusal.DOWN
    else:
        refusal = Refusal.REFUSED
    kind = f"{status} {code}".strip() if isinstance(status, int) else type(error).__name__
    raise RefusedError(refusal, f"Alexa's service answered {kind}.") from error


def prime() -> None:
    """Import the SDK's clients, without a call, for a snapshot of the process."""
    from ask_sdk_model.services import reminder_management  # noqa: F401, PLC0415 a snapshot only
    from ask_sdk_model.services.ups import ups_service_client  # noqa: F401, PLC0415 a snapshot only
