"""Joins the look again to Alexa's requests: who asks, through which service, in which words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from skill.adapters import journal
from skill.adapters.alexa.event import Event
from skill.adapters.alexa.render import nearest
from skill.adapters.follow_up.alexa_reminders import AlexaReminders
from skill.adapters.follow_up.service import Asker
from skill.adapters.follow_up.wiring import Clock, NotWiredError, from_environ, now
from skill.follow_up.effects import Effect
from skill.follow_up.news import News
from skill.follow_up.reminders import Spoken
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue

if TYPE_CHECKING:
    from skill.adapters.follow_up.service import FollowUp


class AlexaFollowUp:
    """The look again for the people of one skill."""

    def __init__(self, follow_up: "FollowUp") -> None:
        self._follow_up = follow_up

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], clock: Clock = now) -> "AlexaFollowUp | None":
        """Return it as the operator set it up; None, with a line in the log, where the settings will not do."""
        try:
            return cls(from_environ(environ, clock))
        except NotWiredError as error:
            journal.misconfigured(str(error))
            return None

    def prime(self) -> None:
        """Import and make what the first call needs, without a call, for a snapshot of the process."""
        self._follow_up.prime()

    def carry_out(self, effect: Effect, event: Event, words: Catalogue) -> News | None:
        """Do ``effect`` for whoever sent ``event`` and return the news of it. It never raises."""
        caller = event.caller
        text = [say.REMINDER_TEXT]
        asker = Asker(
            user_id=caller.user_id,
            reminders=AlexaReminders(
                endpoint=caller.endpoint, access_token=caller.access_token, device_id=caller.device_id
            ),
            spoken=Spoken(locale=event.locale or nearest(""), text=words.text(text), ssml=words.ssml(text)),
            request_id=event.request_id,
        )
        return self._follow_up.carry_out(effect, asker)

    def withdrawn(self, event: Event) -> None:
        """Delete what is kept of an account that switched the skill off or took its permission back."""
        self._follow_up.forget(event.caller.user_id, event.request_id)
