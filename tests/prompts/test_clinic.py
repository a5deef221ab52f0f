"""The operator's own words: a clinic in a doctor's disposition, never in an emergency, never a sentence too long."""

import pytest
import reading_level
from talking import DOCTOR, DOCTOR_TODAY, after, noes

from simulator.client import AlexaClient
from skill.adapters.alexa.skill import create
from skill.adapters.clinic import from_environ
from skill.prompts.catalogue import Catalogue
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import Level

CLINIC = {
    "CLINIC_NAME": "Riverside Clinic",
    "CLINIC_PHONE": "555-010-0199",
    "FIND_DOCTOR": "Our nurses help you to find a doctor.",
}


def doctor_disposition(environ: dict[str, str]) -> tuple[str, str, str]:
    """Return a doctor's disposition for an operator's settings: the words, the SSML of what to have ready, the card."""
    client = AlexaClient(handler=create(environ))
    client.launch()
    for _ in noes(UPPER_BACK_GUIDE.protocol, Level.DOCTOR):
        client.intent("AMAZON.NoIntent")
    said = client.intent("AMAZON.YesIntent")
    assert said.card
    return said.text, client.intent("AMAZON.YesIntent").ssml, said.card["content"]


def test_a_clinic_is_spoken_and_on_the_card_of_a_doctor_disposition() -> None:
    text, ready, card = doctor_disposition(CLINIC)
    for shown in (text, card):
        assert "Riverside Clinic" in shown
    assert "You can call Riverside Clinic, at 555-010-0199. Our nurses help you to find a doctor." in card
    assert "555-010-0199" in ready
    assert '<say-as interpret-as="telephone">555-010-0199</say-as>' in ready


def test_a_doctor_disposition_with_a_clinic_still_fits_30_seconds(words: Catalogue) -> None:
    fields = dict(from_environ(CLINIC).fields)
    for path in (DOCTOR, DOCTOR_TODAY):
        _, reply = after(*path)
        assert reading_level.seconds(words.with_fields(fields).said((*reply.say, *reply.ask))) <= 30


def test_without_settings_nothing_of_a_clinic_is_said() -> None:
    assert not any("You can call" in shown or "You can also call" in shown for shown in doctor_disposition({}))


def test_a_clinic_is_never_said_in_an_emergency() -> None:
    client = AlexaClient(handler=create(CLINIC))
    client.launch()
    heard = client.intent("AMAZON.YesIntent")
    assert heard.card
    assert "Riverside" not in heard.text + heard.card["content"]


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        ({"CLINIC_NAME": "<Riverside>", "CLINIC_PHONE": "555-010-0199"}, "CLINIC_NAME: use letters"),
        ({"CLINIC_NAME": "x" * 41, "CLINIC_PHONE": "555-010-0199"}, "CLINIC_NAME: use letters"),
        ({"CLINIC_NAME": "Riverside", "CLINIC_PHONE": "5551"}, "CLINIC_PHONE: write 7 to 20"),
        ({"CLINIC_NAME": "Riverside"}, "set both or neither"),
        ({"CLINIC_PHONE": "555-010-0199"}, "set both or neither"),
        ({"FIND_DOCTOR": "no full stop"}, "FIND_DOCTOR: write one sentence"),
        ({"FIND_DOCTOR": "A {gap}."}, "FIND_DOCTOR: write one sentence"),
        ({"FIND_DOCTOR": "Do not call anyone but us."}, "FIND_DOCTOR: leave out 'do not call'"),
        ({"FIND_DOCTOR": "Don\u2019t call for  help, come here."}, 'FIND_DOCTOR: leave out "don\'t call"'),
        ({"FIND_DOCTOR": "Dial 112."}, "FIND_DOCTOR: leave out emergency numbers"),
        ({"FIND_DOCTOR": "Dial 17."}, "FIND_DOCTOR: leave out emergency numbers"),
        ({"FIND_DOCTOR": "Dial \u0669\u0661\u0661."}, "FIND_DOCTOR: write digits as 0 to 9"),
        ({"CLINIC_NAME": "Riverside 911", "CLINIC_PHONE": "555-010-0199"}, "CLINIC_NAME: leave out emergency numbers"),
        ({"CLINIC_NAME": "Riverside", "CLINIC_PHONE": "911-010-0199"}, "CLINIC_PHONE: leave out emergency numbers"),
        ({"CLINIC_NAME": "Riverside", "CLINIC_PHONE": "\u0665\u0665\u0665-010-0199"}, "CLINIC_PHONE: write digits"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_spoken_is_left_out_and_logged_with_the_remedy(
    environ: dict[str, str], fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert not any("Riverside" in shown for shown in doctor_disposition(environ))
    assert fault in caplog.text


@pytest.mark.parametrize("name", ["Riverside Clinic", "St. Mary's, 2nd floor", "Clinic of the 1st Street", "A"])
def test_a_clinic_with_an_ordinary_name_is_taken(name: str) -> None:
    assert from_environ({**CLINIC, "CLINIC_NAME": name}).faults == ()
