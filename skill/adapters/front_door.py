"""Takes in whatever arrives and passes on only the fields that the skill reads.

The SDK deserializes the whole request before any handler runs. A type, a status or a codec that it does not know makes
it raise where no exception handler can answer, and four fifths of a turn go into fields that no skill reads. So the
SDK's own objects are made here from what is needed, with known types and values only, and nothing is deserialized.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ask_sdk_model import RequestEnvelope, Slot

from skill.adapters import envelopes
from skill.adapters.intents import INTENTS
from skill.adapters.slots import matched_ids

LONGEST_TEXT = 200
"""Characters kept of any text that is passed on: ids and spoken slot values are shorter, and nothing else is read."""

LISTENING_TYPES = ("Alexa.Presentation.", "Display.", "Dialog.", "GameEngine.", "CustomInterfaceController.")
"""Requests that come while the skill's session is open: someone waits for words, and hears the last ones again."""

SILENCE: Mapping[str, Any] = {"version": "1.0", "response": {}}
"""The empty valid response, for a request to which nobody listens."""

CANNOT_FULFILL: Mapping[str, Any] = {"version": "1.0", "response": {"canFulfillIntent": {"canFulfill": "NO"}}}
"""The answer when Alexa asks whether a nameless request should come here: people choose this guide by its name."""


class WrongSkillError(Exception):
    """When a request names another skill than the one that is served here."""


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """What became of an event: an envelope for the SDK, or the answer where no words are called for."""

    envelope: RequestEnvelope | None = None
    """What goes on to the SDK; None where ``answer`` is all there is to say."""
    answer: Mapping[str, Any] = field(default_factory=lambda: SILENCE)
    request_id: str = ""
    """For the journal; empty where the event has none."""


def admit(event: object, skill_id: str | None = None) -> Admitted:
    """Return what to do with ``event``, which may be anything at all.

    Args:
        event: what Alexa, or somebody else, sent.
        skill_id: the skill that is served; None serves every one, as in the simulator.

    Raises:
        WrongSkillError: when the event names another skill.
    """
    request = _table(event, "request")
    request_id = _text(request, "requestId")
    named = _application_id(event)
    if skill_id is not None and named != skill_id:
        if named:
            raise WrongSkillError(f"a request for skill {named} came to {skill_id}; check SKILL_ID and the trigger.")
        return Admitted(request_id=request_id)
    type_ = _text(request, "type")
    if type_ == "CanFulfillIntentRequest":
        return Admitted(answer=CANNOT_FULFILL, request_id=request_id)
    session = _table(event, "session")
    passed = _request(type_, request, in_session=bool(session))
    if passed is None:
        return Admitted(request_id=request_id)
    envelope = envelopes.envelope(application_id=named, attributes=_table(session, "attributes"), request=passed)
    return Admitted(envelope=envelope, request_id=request_id)


def _request(type_: str, request: Mapping[str, Any], *, in_session: bool) -> envelopes.Request | None:
    request_id, locale = _text(request, "requestId"), _text(request, "locale")
    match type_:
        case "LaunchRequest":
            return envelopes.launch(request_id, locale)
        case "IntentRequest":
            return envelopes.intent(request_id, locale, *_intent(_table(request, "intent")))
        case "SessionEndedRequest":
            return envelopes.ended(request_id, locale, request.get("reason"))
        case _ if in_session and type_.startswith(LISTENING_TYPES):
            return envelopes.intent(request_id, locale, "AMAZON.RepeatIntent", {})
        case _:
            return None


def _intent(intent: Mapping[str, Any]) -> tuple[str, dict[str, Slot]]:
    name = _text(intent, "name")
    if name not in INTENTS:
        name = "AMAZON.FallbackIntent"
    slots = _table(intent, "slots")
    return name, {slot: _slot(slot, slots[slot]) for slot in INTENTS[name].slots if slot in slots}


def _slot(name: str, slot: object) -> Slot:
    """Return the slot with its spoken value and one list of what it resolved to, over all authorities."""
    return envelopes.slot(name, _text(slot, "value") or None, matched_ids(slot))


def _application_id(event: object) -> str:
    in_context = _table(_table(_table(event, "context"), "System"), "application")
    return _text(in_context, "applicationId") or _text(_table(_table(event, "session"), "application"), "applicationId")


# What JSON holds are dicts: to ask for them is many times faster than to ask for any Mapping.


def _table(value: object, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: object, key: str) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return found[:LONGEST_TEXT] if isinstance(found, str) else ""
