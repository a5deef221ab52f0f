"""Wires the Alexa skill once. The function that ``create`` returns serves every request."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from skill.adapters.alexa.follow_up import AlexaFollowUp

Handler = Callable[[object, object], dict[str, Any]]
"""A Lambda handler: the event and Lambda's context in, the response out, both JSON."""

ON_LAMBDA = "AWS_LAMBDA_FUNCTION_NAME"
"""What is set where Lambda runs the process (same source as below)."""

INITIALIZATION, SNAPSHOT = "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"
"""What Lambda sets while it takes a snapshot of the process ("Defined runtime environment variables")."""

_WITHOUT_WORDS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.SILENT: {"version": "1.0", "response": {}},
    Kind.WITHDRAWN: {"version": "1.0", "response": {}},
    # People choose this guide by its name, so a nameless request is never taken.
    Kind.CAN_FULFILL: {"version": "1.0", "response": {"canFulfillIntent": {"canFulfill": "NO"}}},
}
"""The answers to events that call for no words."""


def create(
    environ: Mapping[str, str],
    guide: Guide = UPPER_BACK_GUIDE,
    observe: Callable[[Observed], None] | None = None,
    clock: Callable[[], dt.datetime] | None = None,
) -> Handler:
    """Wire the skill and return the function that serves each request.

    Args:
        environ: ``SKILL_ID`` is the skill to serve; where it is not set, every skill's requests are served.
            ``CLINIC_NAME``, ``CLINIC_PHONE`` and ``FIND_DOCTOR`` are the operator's own words. ``FOLLOW_UP_KEYS``
            switches the look again on; ``skill/adapters/follow_up/wiring.py`` has the rest of it.
        guide: the protocol and its care; another one can be tried here.
        observe: called with every turn, by tools and tests; never set where the skill is deployed.
        clock: returns the time, with a zone, for the look again; the simulator lets days pass with it.
    """
    skill_id = environ.get("SKILL_ID", "").strip() or None
    if skill_id is None and environ.get(ON_LAMBDA):
        journal.unguarded()
    clinic = from_environ(environ)
    for fault in clinic.faults:
        journal.misconfigured(fault)
    follow_up = _follow_up(environ, clock)
    skill = sdk_skill(guide, clinic, observe, follow_up)

    def handle(event: object, context: object) -> dict[str, Any]:
        """Answer one request. Raises WrongSkillError, and nothing else, whatever arrives."""
        try:
            parsed = parse(event, skill_id, with_caller=follow_up is not None)
        except WrongSkillError:
            journal.refused("")
            raise
        if parsed.error:
            journal.refused_by_alexa(parsed.error, parsed.request_id)
        if parsed.kind is Kind.UNDRAWN:
            # Another screen would fail as well, and bring the next report: no words, no screen, the session as it was.
            journal.undrawn(parsed.request_id)
            return {"version": "1.0", "sessionAttributes": dict(parsed.attributes), "response": {}}
        if parsed.kind in _WITHOUT_WORDS:
            journal.unheard(parsed.request_id)
            if follow_up and parsed.kind is Kind.WITHDRAWN:
                follow_up.withdrawn(parsed)
            return dict(_WITHOUT_WORDS[parsed.kind])
        return as_json(skill.invoke(envelope(parsed), context))

    if observe is None:
        _prime(handle, skill_id, with_words=environ.get(INITIALIZATION) == SNAPSHOT)
    if follow_up and environ.get(INITIALIZATION) == SNAPSHOT:
        follow_up.prime()
    return handle


def sdk_skill(
    guide: Guide = UPPER_BACK_GUIDE,
    clinic: Clinic = NO_CLINIC,
    observe: Callable[[Observed], None] | None = None,
    follow_up: "AlexaFollowUp | None" = None,
) -> CustomSkill:
    """Return the SDK's skill, whose dispatcher frames every turn."""
    builder = SkillBuilder()
    builder.add_request_handler(ConversationHandler(guide, clinic, observe, follow_up.carry_out if follow_up else None))
    builder.add_request_handler(SessionEndedHandler())
    builder.add_exception_handler(SafetyNet())
    return builder.create()


def _follow_up(environ: Mapping[str, str], clock: Callable[[], dt.datetime] | None) -> "AlexaFollowUp | None":
    """Return the look again where the operator has set a key; None, with nothing of it imported, where not."""
    if not environ.get("FOLLOW_UP_KEYS"):
        return None
    from skill.adapters.alexa.follow_up import AlexaFollowUp  # noqa: PLC0415 see above

    return AlexaFollowUp.from_environ(environ, clock) if clock else AlexaFollowUp.from_environ(environ)


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
