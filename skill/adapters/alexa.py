"""The Alexa skill: one conversation handler, one for the end of a session, one for whatever goes wrong.

``create`` wires everything once; the function it returns serves every turn.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_model import Response
from ask_sdk_model.ui import SimpleCard

from skill.adapters import journal
from skill.adapters.clinic import NO_CLINIC, Clinic, from_environ
from skill.adapters.envelopes import as_json
from skill.adapters.front_door import WrongSkillError, admit
from skill.adapters.slots import Slots, move_of
from skill.dialog.conversation import converse
from skill.dialog.moves import Move, MoveKind
from skill.dialog.reply import Card, Reply
from skill.dialog.session import Session
from skill.protocol.model import Protocol
from skill.protocol.upper_back import UPPER_BACK
from skill.prompts import catalogue
from skill.prompts.catalogue import Catalogue, Line

DEFAULT_LOCALE = "en-US"
"""Spoken where a request names no locale that the skill has, nor its language."""

ERROR_SAY = (Line(key="safety.net"), Line(key="error.sorry"))
ERROR_ASK = (Line(key="error.ask"),)

_IS_LAUNCH, _IS_INTENT, _IS_END = (
    is_request_type(name) for name in ("LaunchRequest", "IntentRequest", "SessionEndedRequest")
)

Handler = Callable[[object, object], dict[str, Any]]
"""A Lambda handler: the event and Lambda's context in, the response out, both JSON."""


LOCALES_REMEMBERED = 64
"""More than Alexa has. A made-up locale costs one look at the folder and pushes out the oldest."""


@lru_cache(maxsize=LOCALES_REMEMBERED)
def words_for(locale: str | None, clinic: Clinic = NO_CLINIC) -> Catalogue:
    """Return the words of ``locale``, of another locale of its language, or else of the default one."""
    return _nearest(locale).with_fields(dict(clinic.fields))


def _nearest(locale: str | None) -> Catalogue:
    spoken = catalogue.locales()
    if locale in spoken:
        return catalogue.load(locale)
    language = (locale or "").partition("-")[0]
    kin = [name for name in spoken if name.partition("-")[0] == language]
    return catalogue.load(DEFAULT_LOCALE if DEFAULT_LOCALE in kin or not kin else kin[0])


class ConversationHandler(AbstractRequestHandler):
    """Every launch and every intent: translated to a move, answered by the dialog, translated back."""

    def __init__(self, protocol: Protocol, clinic: Clinic) -> None:
        self._protocol = protocol
        self._clinic = clinic

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether the person opened the skill or said something."""
        return bool(_IS_LAUNCH(handler_input) or _IS_INTENT(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return the reply to one turn, and leave the session in the session attributes."""
        attributes = handler_input.attributes_manager
        session = Session.from_attributes(attributes.session_attributes, self._protocol)
        session, reply = converse(self._protocol, session, self._move(handler_input.request_envelope.request))
        attributes.session_attributes = session.to_attributes()
        return _response(handler_input, reply, self._clinic)

    def _move(self, request: Any) -> Move:
        if request.object_type == "LaunchRequest":
            return Move(kind=MoveKind.OPEN)
        words = words_for(request.locale, self._clinic)
        return move_of(request.intent.name, _slots(request.intent.slots or {}), self._protocol, words.is_sentence)


class SessionEndedHandler(AbstractRequestHandler):
    """The end of a session, to which a skill cannot speak. Without this handler the SDK raises."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether the session was ended from outside."""
        return bool(_IS_END(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return the empty response."""
        return handler_input.response_builder.response


class SafetyNet(AbstractExceptionHandler):
    """Whatever goes wrong in a turn: the emergency sentence first, then how to go on. The session stays as it was."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002 the SDK names them
        """Return True: every exception is answered."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Return the safety net with an open microphone, and log the kind of the error."""
        journal.failed(exception, handler_input.request_envelope.request.request_id)
        return _response(handler_input, Reply(say=ERROR_SAY, ask=ERROR_ASK))


def create_skill(
    protocol: Protocol = UPPER_BACK, skill_id: str | None = None, clinic: Clinic = NO_CLINIC
) -> CustomSkill:
    """Return the SDK's skill, for ``create`` and for the SDK's web adapters."""
    builder = SkillBuilder()
    builder.skill_id = skill_id
    builder.add_request_handler(ConversationHandler(protocol, clinic))
    builder.add_request_handler(SessionEndedHandler())
    builder.add_exception_handler(SafetyNet())
    return builder.create()


def create(environ: Mapping[str, str], protocol: Protocol = UPPER_BACK) -> Handler:
    """Wire the skill once and return the function that serves each request.

    Args:
        environ: ``SKILL_ID`` is the skill to serve; where it is not set, every skill's requests are served.
            ``CLINIC_NAME``, ``CLINIC_PHONE`` and ``FIND_DOCTOR`` are the operator's own words.
        protocol: the rules; another one can be tried here.
    """
    skill_id = environ.get("SKILL_ID") or None
    clinic = from_environ(environ)
    for fault in clinic.faults:
        journal.misconfigured(fault)
    skill = create_skill(protocol, clinic=clinic)

    def handle(event: object, context: object) -> dict[str, Any]:
        """Answer one request. Raises WrongSkillError, and nothing else, whatever arrives."""
        try:
            admitted = admit(event, skill_id)
        except WrongSkillError:
            journal.refused("")
            raise
        if admitted.envelope is None:
            journal.unheard(admitted.request_id)
            return dict(admitted.answer)
        return as_json(skill.invoke(admitted.envelope, context))

    _prime(handle, skill_id)
    return handle


def _prime(handle: Handler, skill_id: str | None) -> None:
    """Play a launch and a no, so that all a turn needs is imported and read before the first person comes.

    It touches nothing outside: no network, no file but the words of the default locale, no log, no session but its own.
    """
    application = {"applicationId": skill_id or ""}
    attributes: dict[str, Any] = {}
    for request in ({"type": "LaunchRequest"}, {"type": "IntentRequest", "intent": {"name": "AMAZON.NoIntent"}}):
        event = {
            "session": {"application": application, "attributes": attributes},
            "request": {**request, "locale": DEFAULT_LOCALE},
        }
        attributes = handle(event, None)["sessionAttributes"]


def _response(handler_input: HandlerInput, reply: Reply, clinic: Clinic = NO_CLINIC) -> Response:
    words = words_for(handler_input.request_envelope.request.locale, clinic)
    builder = handler_input.response_builder
    builder.speak(words.ssml((*reply.say, *reply.ask)))
    if reply.ask:
        builder.ask(words.ssml(reply.ask))
    if reply.card:
        builder.set_card(_card(words, reply.card))
    builder.set_should_end_session(reply.ends)
    return builder.response


def _card(words: Catalogue, card: Card) -> SimpleCard:
    text = "\n\n".join(words.text(paragraph) for paragraph in card.paragraphs if paragraph)
    return SimpleCard(title=words.text([card.title]), content=text)


def _slots(slots: Mapping[str, Any]) -> Slots:
    return {name: {"value": slot.value, "ids": _ids(slot.resolutions)} for name, slot in slots.items()}


def _ids(resolutions: Any) -> list[str]:
    # Behind the SDK's web adapters a slot comes as Alexa sent it: without resolutions, or with a status and no values.
    authorities = (resolutions.resolutions_per_authority or ()) if resolutions else ()
    return [wrapper.value.id for authority in authorities for wrapper in authority.values or ()]
