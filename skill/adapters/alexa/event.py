"""Parses an Alexa event: reads the fields that the skill uses, each once, and drops everything else.

An event may be anything at all. What is not as expected reads as absent, an unknown intent as the fallback intent, and
nothing here raises but ``WrongSkillError``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from skill.adapters.alexa.intents import INTENTS
from skill.follow_up.news import Consent

LONGEST_ID = 200
"""Characters kept of an id or a name: Alexa's are shorter."""

LONGEST_WORDS = 600
"""Characters kept of spoken words; hearing looks at fewer and says so."""

UNDRAWN_TYPE = "Alexa.Presentation.APL.RuntimeError"
"""The request that comes when a device could not draw all of a screen."""

TOUCH_TYPE = "Alexa.Presentation.APL.UserEvent"
"""The request that comes when something on a screen is touched."""

LONGEST_TOKEN = 4_000
"""Characters kept of the access token for Alexa's services, which is some 1,000 characters long."""

REMINDERS = "alexa::alerts:reminders:skill:readwrite"
"""The permission to set reminders, as the manifest and Alexa's events name it."""

WITHDRAWN_TYPES = ("AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SkillPermissionChanged")
"""Events of the account after which nothing may be kept of it: the second one where it lacks ``REMINDERS``."""

MOST_ARGUMENTS = 8
"""Words of a touch that are read: ours have fewer."""

LISTENING_TYPES = ("Alexa.Presentation.", "Display.", "Dialog.", "GameEngine.", "CustomInterfaceController.")
"""Requests that come while the skill's session is open: someone waits for words, and hears the question again."""


class WrongSkillError(Exception):
    """When a request names another skill than the one that is served here."""


class Kind(Enum):
    """What an event asks for."""

    LAUNCH = auto()
    INTENT = auto()
    ENDED = auto()
    CAN_FULFILL = auto()
    """Alexa asks whether a nameless request should come here."""
    CONSENT = auto()
    """Alexa's own question for the permission was answered, or not; the conversation goes on."""
    WITHDRAWN = auto()
    """Nobody listens: the account switched the skill off, or took the permission back."""
    UNDRAWN = auto()
    """A device could not draw all of a screen. The reply was spoken, and the session goes on without another one."""
    SILENT = auto()
    """Nobody listens: an event of the account or of a player, or something that is no request."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What was said for a slot."""

    value: str = ""
    ids: tuple[str, ...] = ()
    """The value ids that it resolved to, over all authorities, without doubles."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Whose account and device a request comes from, and the way back to Alexa's services."""

    user_id: str = ""
    device_id: str = ""
    endpoint: str = ""
    """Of Alexa's services, such as ``https://api.amazonalexa.com``."""
    access_token: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Event:
    """The fields of an event that the skill uses."""

    kind: Kind
    request_id: str = ""
    """For the journal; empty where the event has none."""
    locale: str = ""
    intent: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    """The slots of the intent that were sent and that the skill knows."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """The session attributes, as they came."""
    application_id: str = ""
    caller: Caller = field(default_factory=Caller)
    """Empty where the look again is switched off: then none of it is read."""
    consent: Consent | None = None
    """What became of Alexa's own question for the permission; None where this is no answer to it."""
    touch: tuple[str, ...] = ()
    """What was touched on a screen, as ``skill.screen.touch`` writes it; empty where nothing was."""
    error: str = ""
    """The type of what Alexa says went wrong with a response; empty where nothing did."""
    token: str = ""
    """Of the screen that was touched, or that the question for the permission carried."""
    screen: str = ""
    """The newest APL version that the device declares, such as ``2024.3``; empty where it has no screen."""


def parse(event: object, skill_id: str | None = None, *, with_caller: bool = False) -> Event:
    """Return what ``event`` asks for.

    Args:
        event: what Alexa, or somebody else, sent.
        skill_id: the skill that is served; None serves every one, as in the simulator.
        with_caller: whether the account and the device are read, which only the look again needs.

    Raises:
        WrongSkillError: when the event names another skill.
    """
    request, session = _table(event, "request"), _table(event, "session")
    request_id, named = _text(request, "requestId"), _application_id(event, session)
    if skill_id is not None and named != skill_id:
        if named:
            plain = named.encode("ascii", "replace").decode()
            raise WrongSkillError(f"a request for skill {plain} came to {skill_id}; check SKILL_ID and the trigger.")
        return Event(kind=Kind.SILENT, request_id=request_id)
    kind, intent, slots = _request(_text(request, "type"), request, in_session=bool(session))
    consent, token = _consent(request) if kind is Kind.CONSENT else (None, _text(request, "token"))
    return Event(
        kind=kind,
        request_id=request_id,
        locale=_text(request, "locale"),
        intent=intent,
        slots=slots,
        attributes=_table(session, "attributes"),
        application_id=named,
        error=_error(request) if kind in (Kind.ENDED, Kind.SILENT) else "",
        touch=tuple(_words(request.get("arguments"))) if _text(request, "type") == TOUCH_TYPE else (),
        token=token,
        caller=_caller(event) if with_caller else Caller(),
        consent=consent,
        screen=_text(_table(_table(_interfaces(event), "Alexa.Presentation.APL"), "runtime"), "maxVersion"),
    )


def _request(type_: str, request: Mapping[str, Any], *, in_session: bool) -> tuple[Kind, str, Mapping[str, Slot]]:
    match type_:
        case "IntentRequest":
            return (Kind.INTENT, *_intent(_table(request, "intent")))
        case "LaunchRequest":
            return Kind.LAUNCH, "", {}
        case "SessionEndedRequest":
            return Kind.ENDED, "", {}
        case "Connections.Response" | "SessionResumedRequest":
            return Kind.CONSENT, "", {}
        case _ if type_ in WITHDRAWN_TYPES and not _still_permitted(type_, request):
            return Kind.WITHDRAWN, "", {}
        case "CanFulfillIntentRequest":
            return Kind.CAN_FULFILL, "", {}
        case _ if type_ == UNDRAWN_TYPE:
            return Kind.UNDRAWN, "", {}
        case _ if in_session and type_.startswith(LISTENING_TYPES):
            return Kind.INTENT, "AMAZON.RepeatIntent", {}
        case _:
            return Kind.SILENT, "", {}


def _caller(event: object) -> Caller:
    system = _table(_table(event, "context"), "System")
    return Caller(
        user_id=_text(_table(system, "user"), "userId", LONGEST_TOKEN),
        device_id=_text(_table(system, "device"), "deviceId", LONGEST_TOKEN),
        endpoint=_text(system, "apiEndpoint"),
        access_token=_text(system, "apiAccessToken", LONGEST_TOKEN),
    )


def _consent(request: Mapping[str, Any]) -> tuple[Consent, str]:
    """Return what was answered and the token of the question, from either shape in which Alexa sends it."""
    cause = _table(request, "cause") or request
    payload = _table(request, "payload") or _table(cause, "result")
    scopes = payload.get("permissionScopes")
    named = [_text(scope, "status") for scope in scopes] if isinstance(scopes, list) else []
    said = next((status for status in (_text(payload, "status"), *named) if status), "")
    token = _text(cause, "token")
    if _text(_table(cause, "status"), "code") not in ("", "200"):
        return Consent.CANNOT_ASK, token
    known = {consent.name: consent for consent in Consent}
    return known.get(said, Consent.NOT_ANSWERED), token


def _still_permitted(type_: str, request: Mapping[str, Any]) -> bool:
    """Return whether an event of changed permissions leaves ``REMINDERS`` granted."""
    granted = _table(request, "body").get("acceptedPermissions")
    scopes = [_text(one, "scope") for one in granted] if isinstance(granted, list) else []
    return type_ == "AlexaSkillEvent.SkillPermissionChanged" and REMINDERS in scopes


def _error(request: Mapping[str, Any]) -> str:
    """Return the type of the error with which a session ended, or which Alexa met; empty where there was none."""
    type_ = _text(_table(request, "error"), "type")
    return type_ or ("OTHER" if _text(request, "reason") == "ERROR" else "")


def _intent(intent: Mapping[str, Any]) -> tuple[str, dict[str, Slot]]:
    name = _text(intent, "name")
    if name not in INTENTS:
        name = "AMAZON.FallbackIntent"
    slots = _table(intent, "slots")
    return name, {slot: _slot(slots[slot]) for slot in INTENTS[name].slots if slot in slots}


def _slot(slot: object) -> Slot:
    return Slot(value=_text(slot, "value", LONGEST_WORDS), ids=tuple(dict.fromkeys(_matched_ids(slot))))


def _matched_ids(slot: object) -> Iterator[str]:
    authorities = _table(slot, "resolutions").get("resolutionsPerAuthority")
    for authority in authorities if isinstance(authorities, list) else ():
        if _text(_table(authority, "status"), "code") != "ER_SUCCESS_MATCH":
            continue
        values = authority.get("values")
        for value in values if isinstance(values, list) else ():
            if id_ := _text(_table(value, "value"), "id"):
                yield id_


def _words(sent: object) -> Iterator[str]:
    """Yield the words of a touch. Ours are ids; whatever else was sent is left out."""
    for word in sent[:MOST_ARGUMENTS] if isinstance(sent, list) else ():
        if isinstance(word, str):
            yield word[:LONGEST_ID]


def _interfaces(event: object) -> Mapping[str, Any]:
    device = _table(_table(_table(event, "context"), "System"), "device")
    return _table(device, "supportedInterfaces")


def _application_id(event: object, session: Mapping[str, Any]) -> str:
    in_context = _table(_table(_table(event, "context"), "System"), "application")
    return _text(in_context, "applicationId") or _text(_table(session, "application"), "applicationId")


# What JSON holds are dicts: to ask for them is many times faster than to ask for any Mapping.


def _table(value: object, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: object, key: str, longest: int = LONGEST_ID) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return found[:longest] if isinstance(found, str) else ""
