"""One turn of the page, in two halves: what was said becomes a request, and a response becomes what is played.

Between them the page sends the request to the real endpoint, as Amazon would. Nothing is kept here: the page hands
back the last exchange, and the session attributes are read from it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from simulator import handed_over
from simulator.client import (
    DEVICES,
    AlexaClient,
    Answered,
    ContractError,
    check_contract,
    consent_request,
    intent_request,
    touch_request,
)
from simulator.conversations import LONGEST
from simulator.home import ALEXA_ASKS, LATER, Home, asks_permission
from simulator.trace import described
from simulator.web.invocation import without_invocation
from simulator.web.setup import PageError, known_locale
from simulator.web.speech import pieces
from simulator.web.state import state_in_words
from skill.adapters.alexa.handler import Observed
from skill.adapters.alexa.intents import WORDS_INTENT, WORDS_SLOT
from skill.adapters.alexa.render import DEFAULT_LOCALE
from skill.protocol.guide import Guide
from skill.screen import touch
from skill.screen.show import show
from skill.screen.words import in_words

BY_WORDS, BY_ALEXA = "words", "alexa"
"""What is handed over for words: every one of them, or the intent and slots that Alexa would make of them."""

REPROMPTS = 1
"""How often Alexa asks again into silence, before it ends the session."""

_Json = Mapping[str, Any]


def hear(asked: _Json, home: Home | None = None) -> dict[str, Any]:
    """Return the request for what a person did. Raises PageError where ``asked`` holds what there is not.

    Args:
        asked: ``said`` (words; None opens the skill), or ``touch`` and ``token`` as the last screen has them, or
            ``silence`` (how often in a row nothing was said), or ``left``; with ``locale``, ``device``, and ``last``,
            the exchange before, where there was one. ``by`` says what is handed over for words: all of them
            (``words``), or the intent and slots that Alexa would make of them (``alexa``).
        home: where the look again works; None where it is switched off. There ``LATER`` lets days pass.

    Returns:
        ``envelope``, the whole event for the endpoint, or ``reprompt`` where Alexa asks again by herself; with
        ``words`` where something was said.
    """
    locale, device = known_locale(asked.get("locale", DEFAULT_LOCALE)), asked.get("device", "speaker")
    if not isinstance(device, str) or device not in DEVICES:
        raise PageError(f"{device}: no such device; choose one of {', '.join(DEVICES)}.")
    client = AlexaClient(handler=None, locale=locale, device=device)
    last = _table(_table(asked.get("last")).get("response"))
    client.resume(_session(_table(asked.get("last"))))
    if home:
        client.endpoint = home.services.endpoint
        if asks_permission(last) and not asked.get("left"):
            return _consented(client, last, asked.get("said"), home)
    silences = asked.get("silence")
    if isinstance(silences, int) and client.is_open and silences <= REPROMPTS:
        return {"reprompt": True}
    if isinstance(silences, int) or asked.get("left"):
        reason = "USER_INITIATED" if asked.get("left") else "EXCEEDED_MAX_REPROMPTS"
        return {"envelope": _envelope(client, {"type": "SessionEndedRequest", "reason": reason})}
    if "touch" in asked:
        return {"envelope": _envelope(client, touch_request(_touched(asked["touch"]), str(asked.get("token", ""))))}
    words = _words(asked.get("said"), locale)
    if home and words and not client.is_open and words.lower().strip(" .") == LATER:
        home.reminded += home.pass_time()
        words = None
    if words is None:
        client.resume(None)
        return {"words": None, "envelope": _envelope(client, {"type": "LaunchRequest"})}
    return {"words": words, "envelope": _envelope(client, _handed_over(words, locale, asked.get("by", BY_WORDS)))}


def readings(asked: _Json) -> dict[str, Any]:
    """Return what Alexa would hand over for ``said``, beside what hearing makes of it; see ``handed_over.both``.

    ``asked`` is as for ``hear``. Raises PageError where nothing was said that has words.
    """
    locale = known_locale(asked.get("locale", DEFAULT_LOCALE))
    words = _words(asked.get("said"), locale)
    if words is None:
        raise PageError("Only words have readings; send words in said.")
    return handed_over.both(words, locale, _session(_table(asked.get("last"))))


def _consented(client: AlexaClient, last: _Json, said: object, home: Home) -> dict[str, Any]:
    """Return the request with which Alexa hands on what was said to her own question; anything but words is silence."""
    words = said if isinstance(said, str) else None
    (directive,) = [one for one in last["response"]["directives"] if one["type"] == "Connections.SendRequest"]
    client.resume(_table(last.get("sessionAttributes")))
    return {"words": words, "envelope": _envelope(client, consent_request(directive, home.answered(words)))}


def heard(exchange: _Json, guide: Guide, home: Home | None = None) -> dict[str, Any]:
    """Return what the device plays and shows for a ``response`` to a ``request``. Raises PageError for no response."""
    event, response = _table(exchange.get("request")), _table(exchange.get("response"))
    request = _table(event.get("request"))
    try:
        check_contract(response, to=str(request.get("type")))
        answered = Answered(response=response)
        reprompt = str(_table(_table(response["response"].get("reprompt")).get("outputSpeech")).get("ssml", ""))
        before, after = _alexas_own(response, home)
        return {
            "pieces": [*before, *(pieces(answered.ssml) if answered.ssml else []), *after],
            "reprompt": pieces(reprompt) if reprompt else after,
            "card": answered.card,
            "open": not answered.ends or bool(after),
            "state": state_in_words(
                response.get("sessionAttributes"), str(request.get("locale", DEFAULT_LOCALE)), guide
            ),
        }
    except ContractError as error:
        raise PageError(f"Alexa would refuse this response. {error}") from error
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise PageError("Alexa would refuse this response. It is not built as a response of a skill is.") from error


def _alexas_own(response: _Json, home: Home | None) -> tuple[list[Any], list[Any]]:
    """Return what Alexa says in her own words before the skill's, a reminder, and after them, a question."""
    reminded = home.reminded if home else []
    before = [piece for words in reminded for piece in pieces(f"<speak><s>Here is your reminder: {words}</s></speak>")]
    reminded.clear()
    asks = home is not None and asks_permission(response)
    return before, pieces(f"<speak><s>{ALEXA_ASKS}</s></speak>") if asks else []


def screen(seen: Observed) -> dict[str, Any]:
    """Return what an observed turn shows, in words, with the ``token`` that a touch on it brings back."""
    return in_words(show(seen.guide, seen.turned), seen.words) | {"token": touch.token(seen.turned.session)}


def understood(seen: Observed) -> dict[str, list[str]]:
    """Return what was understood in an observed turn: ``acts`` in a few words each, ``unaccounted`` words."""
    return {"acts": [described(act) for act in seen.done.acts], "unaccounted": list(seen.done.unaccounted)}


def _handed_over(words: str, locale: str, by: object) -> _Json:
    """Return the request for ``words``. Raises PageError for another way than there are."""
    if by == BY_WORDS:
        return intent_request(WORDS_INTENT, {WORDS_SLOT: words})
    if by != BY_ALEXA:
        raise PageError(f"{by}: no such way to hand words over; choose {BY_WORDS} or {BY_ALEXA}.")
    return handed_over.request(words, locale)


def _touched(arguments: object) -> list[str]:
    """Return the arguments of a touch. Raises PageError where these are none."""
    if not isinstance(arguments, list) or not all(isinstance(word, str) for word in arguments):
        raise PageError("That cannot be touched; send the list that the screen has under touch.")
    return arguments


def _words(said: object, locale: str) -> str | None:
    """Return what was said to the skill; None where it was only opened. Raises PageError where these are no words."""
    if said is None:
        return None
    if not isinstance(said, str) or not said.strip():
        raise PageError("Nothing was said; send words, or null to open the guide.")
    if len(said) > LONGEST:
        raise PageError(f"That was too long for one turn; use {LONGEST} characters or fewer.")
    return without_invocation(said, locale)


def _session(last: _Json) -> _Json | None:
    """Return the session attributes that the last exchange left; None where its response did not keep it open."""
    response = _table(last.get("response"))
    is_open = _table(response.get("response")).get("shouldEndSession") is False
    return _table(response.get("sessionAttributes")) if is_open else None


def _envelope(client: AlexaClient, request: _Json) -> dict[str, Any]:
    return client.envelope({"requestId": f"amzn1.echo-api.request.{uuid4()}", **request})


def _table(value: Any) -> _Json:
    return value if isinstance(value, Mapping) else {}
