"""A touch goes through the real handler and is what its word is, on the screen that it was made for and on no other."""

import pytest

from simulator.client import AlexaClient, Answered
from skill.dialog.session import Session
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.screen import touch

WORDS = {
    "yes": "yes",
    "no": "no",
    "unsure": "not sure",
    "why": "why",
    "repeat": "repeat",
    "stop": "stop",
    "help": "help",
}


def touched(client: AlexaClient, *arguments: str) -> Answered:
    """Touch what is on the screen of the session that ``client`` holds."""
    session = Session.from_attributes(client.attributes, UPPER_BACK_GUIDE)
    return client.touch(arguments, touch.token(session))


@pytest.mark.parametrize("word", WORDS)
def test_a_touch_is_answered_as_its_word_is(word: str, client: AlexaClient, handler: object) -> None:
    other = AlexaClient(handler=handler)
    client.launch()
    other.launch()
    assert touched(client, word).response == other.say(WORDS[word]).response


def test_a_finding_that_is_touched_is_a_report(client: AlexaClient) -> None:
    client.launch()
    answered = touched(client, "report", "chest_pain")
    assert answered.text.startswith("Call 911")
    assert answered.ends


def test_a_second_touch_on_the_same_screen_is_no_answer_to_the_next_question(client: AlexaClient) -> None:
    client.launch()
    token = touch.token(Session.from_attributes(client.attributes, UPPER_BACK_GUIDE))
    first = client.touch(["no"], token)
    second = client.touch(["no"], token)
    assert second.reprompt == first.reprompt
    assert "jaw" in second.reprompt


@pytest.mark.parametrize("arguments", [["tap"], [], ["report", "nothing"], ["no"] * 9])
def test_what_no_screen_offers_puts_the_question_again(client: AlexaClient, arguments: list[str]) -> None:
    opened = client.launch()
    assert touched(client, *arguments).reprompt == opened.reprompt


@pytest.mark.parametrize("arguments", ["no", None, {"0": "no"}, [["no"]], [1], [{"no": 1}]])
def test_arguments_of_another_shape_put_the_question_again(client: AlexaClient, arguments: object) -> None:
    opened = client.launch()
    token = touch.token(Session.from_attributes(client.attributes, UPPER_BACK_GUIDE))
    request = {"type": "Alexa.Presentation.APL.UserEvent", "token": token, "arguments": arguments}
    assert client.request(request).reprompt == opened.reprompt


def test_arguments_of_an_intent_are_no_touch(client: AlexaClient) -> None:
    opened = client.launch()
    request = {
        "type": "IntentRequest",
        "intent": {"name": "AMAZON.RepeatIntent"},
        "arguments": ["report", "chest_pain"],
    }
    assert client.request(request).reprompt == opened.reprompt


def test_an_emergency_stays_an_emergency_whatever_is_touched(client: AlexaClient) -> None:
    client.launch()
    client.say("my chest hurts")
    attributes = dict(client.exchanges[-1][1]["sessionAttributes"])
    client.resume(attributes)
    assert touched(client, "no").text.startswith("Call 911")
