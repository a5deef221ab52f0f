"""Renders a reply as the SDK's response: speech, reprompt, card, and the directive that asks for words."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model import Intent, Response
from ask_sdk_model.ui import SimpleCard

from skill.adapters.alexa.intents import WORDS_INTENT, WORDS_SLOT
from skill.adapters.clinic import NO_CLINIC, Clinic
from skill.dialog.reply import Card, Reply
from skill.prompts import catalogue
from skill.prompts.catalogue import Catalogue

if TYPE_CHECKING:
    from ask_sdk_model.dialog import ElicitSlotDirective

DEFAULT_LOCALE = "en-US"
"""Whose words are spoken where a request names a language that the skill does not have."""

LOCALES_REMEMBERED = 64
"""More than Alexa has. A made-up locale costs one look at the folder and pushes out the oldest."""


@lru_cache(maxsize=LOCALES_REMEMBERED)
def words_for(locale: str, clinic: Clinic = NO_CLINIC) -> Catalogue:
    """Return the words of ``locale``; without words of its own those of its language, but without any number.

    No number is better than a wrong one: a locale that is not spoken hears "your local emergency number".
    """
    spoken = nearest(locale)
    words = catalogue.load(spoken)
    if locale and locale != spoken:
        words = catalogue.without_numbers(words)
    return words.with_fields(dict(clinic.fields))


@lru_cache(maxsize=LOCALES_REMEMBERED)
def nearest(locale: str) -> str:
    """Return the locale whose words and hearing serve ``locale``: itself, one of its language, or the default."""
    spoken = catalogue.locales()
    if locale in spoken:
        return locale
    kin = [name for name in spoken if name.partition("-")[0] == locale.partition("-")[0]]
    return DEFAULT_LOCALE if DEFAULT_LOCALE in kin or not kin else kin[0]


def render(reply: Reply, words: Catalogue) -> Response:
    """Return ``reply`` in ``words``. It is built whole or not at all."""
    response = ResponseFactory()
    response.speak(words.ssml((*reply.say, *reply.ask)))
    if reply.ask:
        response.ask(words.ssml(reply.ask))
    if reply.card:
        response.set_card(_card(words, reply.card))
    if reply.listen and reply.ask:
        response.add_directive(_listen())
    if reply.permission_card or reply.permission_for is not None:
        _ask_permission(response, reply)
    response.set_should_end_session(reply.ends)
    return response.response


def _ask_permission(response: ResponseFactory, reply: Reply) -> None:
    from skill.adapters.alexa import consent  # noqa: PLC0415 where a reminder is wanted only

    if reply.permission_card:
        response.set_card(consent.card())
    if reply.permission_for is not None:
        response.add_directive(consent.question(reply.permission_for))


@cache
def _listen() -> "ElicitSlotDirective":
    """Return what asks for the next utterance word for word; where Alexa ignores it, the turn is an ordinary one."""
    from ask_sdk_model.dialog import ElicitSlotDirective  # noqa: PLC0415 14 modules that only a miss needs

    return ElicitSlotDirective(slot_to_elicit=WORDS_SLOT, updated_intent=Intent(name=WORDS_INTENT, slots={}))


def _card(words: Catalogue, card: Card) -> SimpleCard:
    text = "\n\n".join(words.text(paragraph) for paragraph in card.paragraphs if paragraph)
    return SimpleCard(title=words.text([card.title]), content=text)
