"""Wires the Alexa skill once. The function that ``create`` returns serves every request."""

from collections.abc import Callable, Mapping
from typing import Any

from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder

from skill.adapters import journal
from skill.adapters.alexa.event import Kind, WrongSkillError, parse
from skill.adapters.alexa.handler import ConversationHandler, Observed, SafetyNet, SessionEndedHandler
from skill.adapters.alexa.intents import WORDS_INTENT, WORDS_SLOT
from skill.adapters.alexa.render import DEFAULT_LOCALE
from skill.adapters.clinic import NO_CLINIC, Clinic, from_environ
from skill.adapters.sdk.envelopes import as_json, envelope
from skill.protocol.guide import UPPER_BACK_GUIDE, Guide

Handler = Callable[[object, object], dict[str, Any]]
"""A Lambda handler: the event and Lambda's context in, the response out, both JSON."""

INITIALIZATION, SNAPSHOT = "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"
"""What Lambda sets while it takes a snapshot of the process ("Defined runtime environment variables")."""

_WITHOUT_WORDS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.SILENT: {"version": "1.0", "response": {}},
    # People choose this guide by its name, so a nameless request is never taken.
    Kind.CAN_FULFILL: {"version": "1.0", "response": {"canFulfillIntent": {"canFulfill": "NO"}}},
}
"""The answers to events that call for no words."""


def create(
    environ: Mapping[str, str],
    guide: Guide = UPPER_BACK_GUIDE,
    observe: Callable[[Observed], None] | None = None,
) -> Handler:
    """Wire the skill and return the function that serves each request.

    Args:
        environ: ``SKILL_ID`` is the skill to serve; where it is not set, every skill's requests are served.
            ``CLINIC_NAME``, ``CLINIC_PHONE`` and ``FIND_DOCTOR`` are the operator's own words.
        guide: the protocol and its care; another one can be tried here.
        observe: called with every turn, by tools and tests; never set where the skill is deployed.
    """
    skill_id = environ.get("SKILL_ID") or None
    clinic = from_environ(environ)
    for fault in clinic.faults:
        journal.misconfigured(fault)
    skill = sdk_skill(guide, clinic, observe)

    def handle(event: object, context: object) -> dict[str, Any]:
        """Answer one request. Raises WrongSkillError, and nothing else, whatever arrives."""
        try:
            parsed = parse(event, skill_id)
        except WrongSkillError:
            journal.refused("")
            raise
        if parsed.kind in _WITHOUT_WORDS:
            journal.unheard(parsed.request_id)
            return dict(_WITHOUT_WORDS[parsed.kind])
        return as_json(skill.invoke(envelope(parsed), context))

    if observe is None:
        _prime(handle, skill_id, with_words=environ.get(INITIALIZATION) == SNAPSHOT)
    return handle


def sdk_skill(
    guide: Guide = UPPER_BACK_GUIDE,
    clinic: Clinic = NO_CLINIC,
    observe: Callable[[Observed], None] | None = None,
) -> CustomSkill:
    """Return the SDK's skill, whose dispatcher frames every turn."""
    builder = SkillBuilder()
    builder.add_request_handler(ConversationHandler(guide, clinic, observe))
    builder.add_request_handler(SessionEndedHandler())
    builder.add_exception_handler(SafetyNet())
    return builder.create()


def _prime(handle: Handler, skill_id: str | None, *, with_words: bool) -> None:
    """Play a launch and a no, so that all a turn needs is imported and read before the first person comes.

    Where a snapshot is taken of the process, words are played too: what is read then costs nobody anything.

    It touches nothing outside: no network, no file but the words of the default locale, no log, no session but its own.
    """
    application = {"applicationId": skill_id or ""}
    attributes: dict[str, Any] = {}
    requests: list[dict[str, Any]] = [
        {"type": "LaunchRequest"},
        {"type": "IntentRequest", "intent": {"name": "AMAZON.NoIntent"}},
    ]
    if with_words:
        words = {WORDS_SLOT: {"name": WORDS_SLOT, "value": "no"}}
        requests.append({"type": "IntentRequest", "intent": {"name": WORDS_INTENT, "slots": words}})
    for request in requests:
        event = {
            "session": {"application": application, "attributes": attributes},
            "request": {**request, "locale": DEFAULT_LOCALE},
        }
        attributes = handle(event, None)["sessionAttributes"]
