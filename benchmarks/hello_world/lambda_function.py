"""The yardstick: a skill that greets, in the shape that Amazon's samples have. It is measured, never deployed."""

import logging

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_model import Response

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


class LaunchRequestHandler(AbstractRequestHandler):
    """The skill is opened."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether it is a launch."""
        return bool(is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Greet and ask."""
        words = "Welcome. You can say hello or help. Which would you like to try?"
        return handler_input.response_builder.speak(words).ask(words).response


class HelloIntentHandler(AbstractRequestHandler):
    """Somebody says hello."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether it is the hello intent. The benchmark says no, so a no is taken for it."""
        return bool(is_intent_name("HelloIntent")(handler_input) or is_intent_name("AMAZON.NoIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say hello back."""
        return handler_input.response_builder.speak("Hello to you.").ask("Say hello again.").response


class HelpIntentHandler(AbstractRequestHandler):
    """Somebody asks for help."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether it is the help intent."""
        return bool(is_intent_name("AMAZON.HelpIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say what can be said."""
        return handler_input.response_builder.speak("You can say hello.").ask("What now?").response


class CancelOrStopIntentHandler(AbstractRequestHandler):
    """Somebody has had enough."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether it is one of the two."""
        names = ("AMAZON.CancelIntent", "AMAZON.StopIntent")
        return any(is_intent_name(name)(handler_input) for name in names)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Take leave."""
        return handler_input.response_builder.speak("Goodbye.").response


class SessionEndedRequestHandler(AbstractRequestHandler):
    """The session was ended."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether it was."""
        return bool(is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say nothing."""
        return handler_input.response_builder.response


class CatchAllExceptionHandler(AbstractExceptionHandler):
    """Something went wrong."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002 the SDK names them
        """Return True."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Log it and ask again."""
        logger.error(exception, exc_info=True)
        words = "Sorry, that did not work. Please try again."
        return handler_input.response_builder.speak(words).ask(words).response


sb = SkillBuilder()
sb.add_request_handler(LaunchRequestHandler())
sb.add_request_handler(HelloIntentHandler())
sb.add_request_handler(HelpIntentHandler())
sb.add_request_handler(CancelOrStopIntentHandler())
sb.add_request_handler(SessionEndedRequestHandler())
sb.add_exception_handler(CatchAllExceptionHandler())

lambda_handler = sb.lambda_handler()
