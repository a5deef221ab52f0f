"""Plays Amazon: builds requests as Alexa sends them, carries the session, checks every reply against the contract."""

import itertools
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from skill.adapters.alexa.event import TOUCH_TYPE
from skill.adapters.alexa.intents import WORDS_INTENT, WORDS_SLOT

LARGEST_RESPONSE_BYTES = 24_000
"""Of the whole response with its session attributes: the oldest limit that Amazon documented, and the smallest."""

LONGEST_TEXT = 8_000
"""Characters of outputSpeech, of the reprompt and of a card."""

APL = "Alexa.Presentation.APL"
"""The interface that a device with a screen declares."""

RENDER_TYPE = f"{APL}.RenderDocument"
"""The directive that shows a document."""

DEVICES: Mapping[str, Mapping[str, Any]] = {
    "speaker": {},
    "round screen": {APL: {"runtime": {"maxVersion": "2024.3"}}, "Display": {}},
    "large screen": {
        APL: {"runtime": {"maxVersion": "2024.3"}},
        "Display": {"templateVersion": "1.0", "markupVersion": "1.0"},
        "VideoApp": {},
    },
}
"""The ``supportedInterfaces`` of each kind of device."""


class ContractError(AssertionError):
    """When a reply is one that Alexa would refuse, or that certification would fail."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One reply, as the person and the Alexa app get it."""

    response: Mapping[str, Any]
    """The whole response, as the skill returned it."""

    @property
    def ssml(self) -> str:
        """What is spoken; empty where nothing is."""
        return str(self.response["response"].get("outputSpeech", {}).get("ssml", ""))

    @property
    def text(self) -> str:
        """What is spoken, without the marks of speech."""
        return _plain(self.ssml) if self.ssml else ""

    @property
    def reprompt(self) -> str:
        """What is spoken when the person stays silent, without the marks of speech; empty where nothing is."""
        reprompt = self.response["response"].get("reprompt")
        return _plain(reprompt["outputSpeech"]["ssml"]) if reprompt else ""

    @property
    def card(self) -> Mapping[str, Any] | None:
        """The card, or None."""
        card: Mapping[str, Any] | None = self.response["response"].get("card")
        return card

    @property
    def screen(self) -> Mapping[str, Any] | None:
        """The directive that shows a document; None where nothing is shown."""
        directives = self.response["response"].get("directives", ())
        return next((directive for directive in directives if directive["type"] == RENDER_TYPE), None)

    @property
    def ends(self) -> bool:
        """Whether the session is over."""
        return self.response["response"].get("shouldEndSession") is not False


@dataclass(kw_only=True)
class AlexaClient:
    """One device in one session with the skill. Start another session by launching again."""

    handler: Any
    """``lambda_handler(event, context)``."""
    locale: str = "en-US"
    device: str = "speaker"
    skill_id: str = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
    user_id: str = "amzn1.ask.account.TEST"
    endpoint: str = "https://api.amazonalexa.com"
    """Where Alexa's own services are."""
    attributes: dict[str, Any] = field(default_factory=dict)
    exchanges: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    """Every request and response of this client, in order."""
    _open: bool = False
    _permission: tuple[Any, ...] = ()
    _numbers: Any = field(default_factory=itertools.count)

    def launch(self) -> Answered:
        """Open the skill by its name alone."""
        self._close()
        return self._send({"type": "LaunchRequest"})

    def intent(self, name: str, slots: Mapping[str, Any] | None = None) -> Answered:
        """Send an intent. A slot is given as ``spoken words``, or as ``(spoken words, value id)`` where it resolved."""
        if not self._open:
            self._close()
        return self._send(intent_request(name, slots))

    def say(self, words: str) -> Answered:
        """Say ``words``: all of them are handed over, as after Dialog.ElicitSlot or by a carrier."""
        return self.intent(WORDS_INTENT, {WORDS_SLOT: words})

    def touch(self, arguments: Sequence[str], token: str) -> Answered:
        """Touch what has ``arguments`` on the screen that was shown with ``token``."""
        return self._send(touch_request(arguments, token))

    def resume(self, attributes: Mapping[str, Any] | None) -> None:
        """Go on with the session that holds ``attributes``; None is no session yet."""
        self._open, self.attributes = attributes is not None, dict(attributes or {})

    def request(self, request: Mapping[str, Any]) -> Answered:
        """Send any other request of the running session, such as an event of a screen."""
        return self._send(dict(request))

    @property
    def asks_permission(self) -> bool:
        """Whether Alexa is about to ask, in her own words, for a permission that the last reply wants."""
        return bool(self._permission)

    def permit(
        self, status: str = "ACCEPTED", *, code: str = "200", resumed: bool = False, lost: bool = False
    ) -> Answered:
        """Answer Alexa's own question for the permission.

        Args:
            status: ``ACCEPTED``, ``DENIED`` or ``NOT_ANSWERED``.
            code: ``200``, or another one where Alexa could not ask.
            resumed: send the newer shape of the answer, ``SessionResumedRequest``.
            lost: send it without the attributes of the session, as a new one.
        """
        directive, attributes = self._permission
        self._permission = ()
        self._open, self.attributes = not lost, {} if lost else attributes
        return self._send(consent_request(directive, status, code=code, resumed=resumed))

    def end(self, reason: str = "USER_INITIATED") -> Answered:
        """End the session from outside, as silence does with ``EXCEEDED_MAX_REPROMPTS``."""
        answered = self._send({"type": "SessionEndedRequest", "reason": reason})
        self._close()
        return answered

    @property
    def is_open(self) -> bool:
        """Whether the microphone is open: the skill asked something."""
        return self._open

    def envelope(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the whole event as Amazon would send it for ``request``."""
        application = {"applicationId": self.skill_id}
        user = {"userId": self.user_id}
        return {
            "version": "1.0",
            "session": {
                "new": not self._open,
                "sessionId": "amzn1.echo-api.session.00000000-0000-0000-0000-000000000000",
                "application": application,
                "attributes": self.attributes,
                "user": user,
            },
            "context": {
                "System": {
                    "application": application,
                    "user": user,
                    "device": {
                        "deviceId": "amzn1.ask.device.TEST",
                        "supportedInterfaces": dict(DEVICES[self.device]),
                    },
                    "apiEndpoint": self.endpoint,
                    "apiAccessToken": "none",
                },
            },
            "request": {
                "requestId": f"amzn1.echo-api.request.{next(self._numbers)}",
                "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "locale": self.locale,
                **request,
            },
        }

    def _send(self, request: dict[str, Any]) -> Answered:
        # Through JSON both ways, as on the wire: what cannot be written as JSON fails here.
        event = json.loads(json.dumps(self.envelope(request)))
        response = json.loads(json.dumps(self.handler(event, None)))
        self.exchanges.append((event, response))
        answered = Answered(response=response)
        check_contract(response, to=str(request["type"]))
        check_screen(response, DEVICES[self.device])
        self._open = not answered.ends
        asked = [one for one in response["response"].get("directives", ()) if one["type"] == "Connections.SendRequest"]
        self._permission = (asked[0], dict(response.get("sessionAttributes") or {})) if asked else ()
        self.attributes = dict(response.get("sessionAttributes") or {}) if self._open else {}
        return answered

    def _close(self) -> None:
        self._open, self.attributes = False, {}


def _plain(ssml: str) -> str:
    return " ".join("".join(ET.fromstring(ssml).itertext()).split())  # noqa: S314 the skill's own words


def consent_request(
    directive: Mapping[str, Any], status: str, *, code: str = "200", resumed: bool = False
) -> dict[str, Any]:
    """Return the request with which Alexa answers ``directive``, her question for a permission; see ``permit``."""
    scope = {"permissionScope": "alexa::alerts:reminders:skill:readwrite", "consentLevel": "ACCOUNT"}
    result = {"status": status, "permissionScopes": [scope], "isCardThrown": False} if code == "200" else {}
    answer = {"token": directive["token"], "status": {"code": code, "message": ""}}
    if resumed:
        cause = {"type": "ConnectionCompleted", **answer, "result": result}
        return {"type": "SessionResumedRequest", "cause": cause}
    return {"type": "Connections.Response", "name": "AskFor", **answer, "payload": result}


def intent_request(name: str, slots: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the request for an intent, with slots as in ``AlexaClient.intent``."""
    filled = {slot: _slot(slot, value) for slot, value in (slots or {}).items()}
    return {
        "type": "IntentRequest",
        "dialogState": "STARTED",
        "intent": {"name": name, "confirmationStatus": "NONE", "slots": filled},
    }


def touch_request(arguments: Sequence[str], token: str) -> dict[str, Any]:
    """Return the request of a touch."""
    source = {"type": "TouchWrapper", "handler": "Press", "id": ""}
    return {"type": TOUCH_TYPE, "token": token, "arguments": list(arguments), "source": source, "components": {}}


def check_contract(response: Mapping[str, Any], *, to: str) -> None:
    """Raise ContractError where ``response`` breaks a rule of the platform for a request of type ``to``."""
    body = response.get("response")
    if response.get("version") != "1.0" or not isinstance(body, Mapping):
        raise ContractError(f"{to}: no version 1.0 response in {response!r:.200}.")
    size = len(json.dumps(response).encode())
    if size > LARGEST_RESPONSE_BYTES:
        raise ContractError(f"{to}: the response has {size} bytes; {LARGEST_RESPONSE_BYTES} are allowed.")
    if to == "SessionEndedRequest":
        if body:
            raise ContractError(f"{to}: a skill cannot speak to it, and said {body!r:.200}.")
        return
    spoken = [body[name] for name in ("outputSpeech",) if name in body]
    if to in ("LaunchRequest", "IntentRequest", "Connections.Response", "SessionResumedRequest", TOUCH_TYPE):
        _check_turn(body, to)
    if "reprompt" in body:
        spoken.append(body["reprompt"]["outputSpeech"])
    for speech in spoken:
        _check_speech(speech["ssml"], to)
    card = body.get("card", {})
    if any(len(text) > LONGEST_TEXT for text in (card.get("title", ""), card.get("content", ""))):
        raise ContractError(f"{to}: the card is longer than {LONGEST_TEXT} characters.")


def check_screen(response: Mapping[str, Any], interfaces: Mapping[str, Any]) -> None:
    """Raise ContractError where ``response`` shows what a device with ``interfaces`` would refuse."""
    for directive in response["response"].get("directives", ()):
        if directive["type"] != RENDER_TYPE:
            continue
        if APL not in interfaces:
            raise ContractError("a screen was sent to a device that declares no APL.")
        document = directive["document"]
        if document.get("type") != "APL" or not document.get("version") or "mainTemplate" not in document:
            raise ContractError(f"the screen is no APL document: {document!r:.200}")
        if not directive.get("token"):
            raise ContractError("the screen has no token, so a touch on it could not be told from an older one.")


def _check_turn(body: Mapping[str, Any], to: str) -> None:
    if not isinstance(body.get("shouldEndSession"), bool):
        raise ContractError(f"{to}: shouldEndSession is not set.")
    if "outputSpeech" not in body:
        raise ContractError(f"{to}: nothing is said.")
    is_open = body["shouldEndSession"] is False
    if is_open != ("reprompt" in body):
        raise ContractError(f"{to}: the session is open without a reprompt, or closed with one.")
    if is_open and not _text(body["outputSpeech"]).endswith(_text(body["reprompt"]["outputSpeech"])):
        raise ContractError(f"{to}: the microphone is open, but the turn does not end with what the reprompt asks.")


def _text(speech: Mapping[str, Any]) -> str:
    return " ".join(re.sub("<[^>]*>", " ", speech["ssml"]).split())


def _check_speech(ssml: str, to: str) -> None:
    if len(ssml) > LONGEST_TEXT:
        raise ContractError(f"{to}: {len(ssml)} characters of speech; {LONGEST_TEXT} are allowed.")
    try:
        root = ET.fromstring(ssml)  # noqa: S314 the skill's own words
    except ET.ParseError as error:
        raise ContractError(f"{to}: the SSML is not well-formed ({error}): {ssml:.200}") from error
    if root.tag != "speak":
        raise ContractError(f"{to}: the SSML does not start with speak: {ssml:.200}")


def _slot(name: str, value: Any) -> dict[str, Any]:
    spoken, id_ = value if isinstance(value, tuple | list) else (value, None)
    slot: dict[str, Any] = {"name": name, "value": spoken, "confirmationStatus": "NONE", "source": "USER"}
    if id_ is not None:
        slot["resolutions"] = {
            "resolutionsPerAuthority": [
                {
                    "authority": "amzn1.er-authority.echo-sdk.TEST",
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": {"name": spoken, "id": id_}}],
                }
            ]
        }
    return slot
