"""One turn of the page, in two halves: what was said becomes a request, and a response becomes what is played.

Between them the page sends the request to the real endpoint, as Amazon would. Nothing is kept here: the page hands
back the last exchange, and the session attributes are read from it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from simulator.client import DEVICES, AlexaClient, ContractError, Heard, check_contract, intent_request
from simulator.understand import Understanding
from simulator.web.invocation import without_invocation
from simulator.web.setup import DEFAULT_LOCALE, PageError, known_locale
from simulator.web.speech import pieces
from simulator.web.state import state_in_words

REPROMPTS = 1
"""How often Alexa asks again into silence, before it ends the session."""

LONGEST_WORDS = 500
"""Characters that one turn of typing may have."""


def hear(asked: Any) -> dict[str, Any]:
    """Return the request for what a person did.

    Args:
        asked: ``said`` (words; None opens the skill), or ``silence`` (how often in a row nothing was said), or
            ``left``; with ``locale``, ``device``, and ``last``, the exchange before, where there was one.

    Returns:
        ``envelope``, the whole event for the endpoint, or ``reprompt`` where Alexa asks again by herself; with
        ``words`` and ``understood`` where something was said.
    """
    body = _table(asked)
    locale, device = str(body.get("locale", DEFAULT_LOCALE)), body.get("device", "speaker")
    if device not in DEVICES:
        raise PageError(f"{device}: no such device; choose one of {', '.join(DEVICES)}.")
    known_locale(locale)
    client = _client(locale, device, _table(body.get("last")))
    silences = body.get("silence")
    if isinstance(silences, int) and client.is_open and silences <= REPROMPTS:
        return {"reprompt": True}
    if isinstance(silences, int) or body.get("left"):
        reason = "USER_INITIATED" if body.get("left") else "EXCEEDED_MAX_REPROMPTS"
        return {"envelope": _envelope(client, {"type": "SessionEndedRequest", "reason": reason})}
    said = body.get("said")
    words = without_invocation(str(said)[:LONGEST_WORDS], locale) if said else None
    if words is None:
        return {"words": None, "envelope": _envelope(_client(locale, device, {}), {"type": "LaunchRequest"})}
    understood = Understanding.for_locale(locale).understand(words)
    slots = {name: (slot.spoken, slot.value_id) for name, slot in understood.slots.items()}
    return {
        "words": words,
        "understood": {
            "intent": understood.intent,
            "score": round(understood.score, 1),
            "slots": {name: {"spoken": spoken, "id": id_} for name, (spoken, id_) in slots.items()},
        },
        "envelope": _envelope(client, intent_request(understood.intent, slots)),
    }


def heard(exchange: Any) -> dict[str, Any]:
    """Return what the device plays and shows for a ``response`` to a ``request``. Raises PageError for no response."""
    event, response = _table(exchange).get("request"), _table(exchange).get("response")
    type_ = str(_table(_table(event).get("request")).get("type"))
    try:
        check_contract(_table(response), to=type_)
    except ContractError as error:
        raise PageError(f"Alexa would refuse this response. {error}") from error
    answer = Heard(response=_table(response))
    reprompt = str(_table(_table(_table(response)["response"].get("reprompt")).get("outputSpeech")).get("ssml", ""))
    return {
        "pieces": pieces(answer.ssml) if answer.ssml else [],
        "reprompt": pieces(reprompt) if reprompt else [],
        "card": answer.card,
        "open": not answer.ends,
        "state": state_in_words(_table(response).get("sessionAttributes"), str(_locale(_table(event)))),
    }


def _client(locale: str, device: str, last: Mapping[str, Any]) -> AlexaClient:
    """Return the device as the last exchange left it: the session goes on only where the response kept it open."""
    response = _table(last.get("response"))
    is_open = _table(response.get("response")).get("shouldEndSession") is False
    attributes = dict(_table(response.get("sessionAttributes"))) if is_open else {}
    return AlexaClient(handler=None, locale=locale, device=device, attributes=attributes, _open=is_open)


def _envelope(client: AlexaClient, request: Mapping[str, Any]) -> dict[str, Any]:
    return client.envelope({"requestId": f"amzn1.echo-api.request.{uuid4()}", **request})


def _locale(event: Mapping[str, Any]) -> Any:
    return _table(event.get("request")).get("locale", DEFAULT_LOCALE)


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
