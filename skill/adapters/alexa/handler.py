"""The SDK's handlers: one for every launch and intent, one for the end of a session, one for whatever goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response

from skill.adapters import journal
from skill.adapters.alexa.acts import Done, acts_of
from skill.adapters.alexa.event import Event, Kind
from skill.adapters.alexa.render import nearest, render, words_for
from skill.adapters.clinic import NO_CLINIC, Clinic
from skill.dialog.conversation import answer
from skill.dialog.reply import Reply
from skill.dialog.session import Session
from skill.dialog.turn import Turn, Turned
from skill.follow_up.effects import Effect
from skill.follow_up.news import News
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.protocol.guide import Guide

if TYPE_CHECKING:
    from skill.hearing.hear import Hearing

CarryOut: TypeAlias = Callable[[Effect, Event, Catalogue], News | None]
"""Does outside what a reply wants done, and returns the news of it. It never raises."""

MOST_EFFECTS = 3
"""In one turn: a reminder is taken off, another one is planned, and one more for good measure."""

ERROR = Reply(say=(say.NET, say.ERROR_SORRY), ask=(say.ERROR_ASK,))


@dataclass(frozen=True, kw_only=True)
class Observed:
    """One turn, for tools and tests: what was done, and what it changed."""

    done: Done
    before: Session
    turned: Turned
    guide: Guide
    """By which it was answered: that of the region."""
    words: Catalogue
    """In which the reply was told."""


class ConversationHandler(AbstractRequestHandler):
    """Every launch and every intent: hearing makes acts, the dialog answers them, the answer is rendered."""

    def __init__(
        self,
        guide: Guide,
        clinic: Clinic,
        observe: Callable[[Observed], None] | None = None,
        carry_out: CarryOut | None = None,
    ) -> None:
        self._guide = guide
        self._clinic = clinic
        self._observe = observe
        self._carry_out = carry_out

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether the person opened the skill or said something."""
        return _event(handler_input).kind in (Kind.LAUNCH, Kind.INTENT, Kind.CONSENT)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return the reply to one turn. The session is stored last: where anything fails it stays what it was."""
        event = _event(handler_input)
        guide = self._guide.of_region(event.locale.partition("-")[2])
        session = Session.from_attributes(event.attributes, guide)
        turn = Turn(guide=guide, session=session)
        if event.touch:
            done = _touched(event, session, guide)
        else:
            done = acts_of(event, guide, lambda: _hearing(event.locale), session.expecting(turn))
        turned = answer(turn, done.acts, unplaced=bool(done.unaccounted))
        words = words_for(event.locale, self._clinic)
        if self._carry_out is not None:
            turned = self._with_effects(self._carry_out, turned, event, words)
        response = render(turned.reply, words)
        if event.screen:
            _show(event, response, guide, turned, words)
        handler_input.attributes_manager.session_attributes = turned.session.to_attributes(guide)
        if self._observe:
            self._observe(Observed(done=done, before=session, turned=turned, guide=guide, words=words))
        return response

    def _with_effects(self, carry_out: CarryOut, turned: Turned, event: Event, words: Catalogue) -> Turned:
        """Return what the turn comes to once its effects were carried out: the same, where no news comes back."""
        for _ in range(MOST_EFFECTS):
            effect = turned.reply.effect
            news = carry_out(effect, event, words) if effect else None
            if news is None:
                break
            turned = answer(Turn(guide=self._guide, session=turned.session), (news,))
        return turned


class SessionEndedHandler(AbstractRequestHandler):
    """The end of a session, to which a skill cannot speak. Without this handler the SDK raises."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether the session was ended from outside."""
        return _event(handler_input).kind is Kind.ENDED

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
        event = _event(handler_input)
        journal.failed(exception, event.request_id)
        return render(ERROR, words_for(event.locale, NO_CLINIC))


def _hearing(locale: str) -> "Hearing":
    """Return the hearing of ``locale``, read when the first words come: 20 ms that a plain yes or no never pays."""
    from skill.hearing import hear  # noqa: PLC0415 see above

    return hear.load(nearest(locale))


def _show(event: Event, response: Response, guide: Guide, turned: Turned, words: Catalogue) -> None:
    """Add the screen to ``response``. Where it cannot be made, the person is answered by voice all the same."""
    from skill.adapters.alexa.apl.directive import directive  # noqa: PLC0415 who has no screen does not pay for one

    try:
        shown = directive(guide, turned, words, event.screen)
    except Exception as error:  # noqa: BLE001 whatever is wrong with a screen, what is spoken is right
        journal.unshown(error, event.request_id)
    else:
        response.directives = [*(response.directives or ()), *((shown,) if shown else ())] or None


def _touched(event: Event, session: Session, guide: Guide) -> Done:
    """Return what a touch means: what its word means, on the screen that belongs to ``session``; else nothing new."""
    from skill.screen import touch  # noqa: PLC0415 who has no screen does not pay for one

    fits = event.token == touch.token(session)
    return Done(acts=(touch.act_of(event.touch, guide) if fits else touch.STALE,))


def _event(handler_input: HandlerInput) -> Event:
    event: Any = handler_input.request_envelope.event
    assert isinstance(event, Event)
    return event
