"""The SDK without its service clients and without its serializer: the same behaviour, sooner."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope, Response, ResponseEnvelope
from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective
from ask_sdk_model.ui import PlayBehavior, SsmlOutputSpeech

from simulator.client import AlexaClient
from simulator.entry import ENTRY
from skill.adapters.alexa import skill as alexa
from skill.adapters.alexa.event import parse
from skill.adapters.alexa.intents import INTENTS
from skill.adapters.alexa.render import words_for
from skill.adapters.sdk import envelopes
from skill.prompts import catalogue, ssml
from skill.prompts import constructors as say
from skill.protocol.model import FindingId

NO, YES = "AMAZON.NoIntent", "AMAZON.YesIntent"


def run(program: str) -> str:
    """Return what ``program`` prints in an interpreter of its own, whose module table starts clean."""
    start = f"import runpy, sys; entry = {str(ENTRY)!r}; sys.path.insert(0, {str(ENTRY.parent.parent)!r});"
    command = [sys.executable, "-W", "ignore", "-c", start + program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


# --- What is not imported


def test_no_service_client_is_imported_for_a_turn() -> None:
    services = "{name.split('.')[2] for name in sys.modules if name.startswith('ask_sdk_model.services.')}"
    clients = "{'directive', 'list_management', 'lwa', 'monetization', 'reminder_management', 'ups', 'datastore'}"
    assert run(f"runpy.run_path(entry); print(sorted({services} & {clients}))") == "[]"


def test_control_the_sdk_alone_imports_them() -> None:
    assert run("import ask_sdk_core.skill; print('ask_sdk_model.services.ups' in sys.modules)") == "True"


def test_whoever_asks_for_a_service_client_gets_the_real_one() -> None:
    program = (
        "import skill.adapters.sdk; from ask_sdk_model.services import ServiceClientFactory, ApiConfiguration;"
        "factory = ServiceClientFactory(api_configuration=ApiConfiguration(serializer=1, api_client=2));"
        "print(type(factory).__module__, type(factory.get_ups_service()).__name__)"
    )
    assert run(program) == "ask_sdk_model.services.service_client_factory UpsServiceClient"


def test_a_name_that_the_stand_in_does_not_know_comes_from_the_real_module() -> None:
    program = (
        "import skill.adapters.sdk; from ask_sdk_model.services import service_client_factory as module;"
        "print(module.UpsServiceClient.__name__)"
    )
    assert run(program) == "UpsServiceClient"


def test_an_sdk_that_was_imported_before_is_left_as_it_is() -> None:
    program = (
        "import ask_sdk_core.skill; from skill.adapters.sdk import deferred_clients;"
        "print(deferred_clients.defer_service_clients())"
    )
    assert run(program) == "False"


def test_an_sdk_without_that_module_is_no_trouble() -> None:
    program = (
        "from skill.adapters.sdk import deferred_clients; del sys.modules[deferred_clients.FACTORY_MODULE];"
        "deferred_clients.FACTORY_MODULE = 'ask_sdk_model.services.gone'; deferred_clients.defer_service_clients();"
        "print(callable(runpy.run_path(entry)['lambda_handler']))"
    )
    assert run(program) == "True"


def test_no_http_client_date_parser_or_toml_waits_on_the_triage_path_beyond_the_standard_librarys() -> None:
    absent = "('requests', 'urllib3', 'dateutil', 'urllib.request', 'xml.sax')"
    assert run(f"runpy.run_path(entry); print([name for name in {absent} if name in sys.modules])") == "[]"


# --- The same objects, the same JSON


def handled(events: list[dict[str, Any]]) -> list[tuple[ResponseEnvelope, dict[str, Any]]]:
    """Return the SDK's response to each event, and the JSON that the skill makes of it."""
    skill = alexa.sdk_skill()
    responses = [skill.invoke(envelopes.envelope(parse(event)), None) for event in events]
    return [(response, envelopes.as_json(response)) for response in responses]


@pytest.fixture(scope="module")
def events() -> list[dict[str, Any]]:
    """Return every request of conversations that reach each level, with slots of each kind."""
    sent: list[dict[str, Any]] = []
    conversations: Any = (
        [(NO, {})] * 10 + [(YES, {}), (YES, {})],
        [("ReportSignIntent", {"sign": ("jaw", "jaw_pain"), "other_sign": "something else"})],
        [(NO, {})] * 8 + [(YES, {}), ("WhyIntent", {}), (YES, {})],
        [(name, dict.fromkeys(intent.slots, "P3W")) for name, intent in INTENTS.items()],
    )
    for moves in conversations:
        client = AlexaClient(handler=alexa.create({}), device="large screen")
        client.launch()
        for name, slots in moves:
            client.intent(name, slots)
        client.end()
        sent.extend(event for event, _ in client.exchanges)
    return sent


def test_the_json_is_what_the_sdks_serializer_makes(events: list[dict[str, Any]]) -> None:
    pairs = handled(events)
    assert len(pairs) > 40
    assert all(plain == DefaultSerializer().serialize(response) for response, plain in pairs)


def test_the_json_of_parts_that_the_skill_does_not_use_is_right_too() -> None:
    response = ResponseEnvelope(
        version="1.0",
        response=Response(
            output_speech=SsmlOutputSpeech(ssml="<speak>a</speak>", play_behavior=PlayBehavior.ENQUEUE),
            directives=[RenderDocumentDirective(document={"type": "APL", "items": [1, None]})],
            should_end_session=False,
        ),
    )
    assert envelopes.as_json(response) == DefaultSerializer().serialize(response)


def test_upstream_still_raises_on_what_it_does_not_know(events: list[dict[str, Any]]) -> None:
    """When this fails, the SDK has become lenient: think again about skill/adapters/sdk/envelopes.py."""
    event = {**events[0], "request": {**events[0]["request"], "type": "Ufo.Landed"}}
    with pytest.raises(Exception, match="discriminator"):
        DefaultSerializer().deserialize(json.dumps(event), RequestEnvelope)


def test_session_attributes_are_not_copied_and_not_changed(events: list[dict[str, Any]]) -> None:
    for event in events:
        before = json.dumps(event)
        handled([event])
        assert json.dumps(event) == before


# --- Ready before the first person comes


def test_priming_reads_the_default_locale_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = catalogue.load

    def load(locale: str) -> Any:
        read.append(locale)
        return real(locale)

    monkeypatch.setattr(catalogue, "load", load)
    words_for.cache_clear()
    alexa.create({})
    assert read == ["en-US"]


def test_priming_works_for_a_skill_that_serves_its_own_requests_only(caplog: pytest.LogCaptureFixture) -> None:
    assert callable(alexa.create({"SKILL_ID": "amzn1.ask.skill.ours"}))
    assert not caplog.records


def test_a_turn_looks_into_no_folder(handler: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    client = AlexaClient(handler=handler)
    client.launch()
    monkeypatch.setattr(catalogue, "locales", lambda: pytest.fail("a turn listed the locales"))
    assert client.intent(NO).text


def test_only_lines_that_are_the_same_for_everyone_are_kept_marked_up(words: catalogue.Catalogue) -> None:
    fresh = words.with_fields({})
    everyone = say.OKAY
    persons = (say.noted([FindingId("jaw_pain")]), say.question_number(3))
    assert fresh.ssml((everyone, *persons)) == ssml.speak(fresh.said((everyone, *persons)))
    assert list(vars(fresh)["_marked"]) == ["ask.okay"]


def test_words_with_other_fields_keep_nothing_of_each_other(words: catalogue.Catalogue) -> None:
    there = say.CALL
    assert "911" in words.ssml([there])
    assert "999" in words.with_fields({"emergency_or_local": "999"}).ssml([there])
    assert "911" in words.ssml([there])
