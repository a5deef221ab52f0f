"""The stand-in for the Skill Management API. ``make prove`` holds it to ask-cli and to Amazon's specification."""

import io
import json
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.smapi import SkillManagement, serving, understood
from skill.adapters.alexa import skill
from tools import build_manifest, build_models

MODEL = json.loads((build_models.MODELS / "en-US.json").read_text("utf-8"))
MANIFEST = json.loads(build_manifest.MANIFEST.read_text("utf-8"))


@pytest.fixture
def account() -> Iterator[SkillManagement]:
    """Return an account that is served, with nothing in it."""
    with serving(SkillManagement(handler=skill.create({}))) as served:
        yield served


def call(account: SkillManagement, method: str, path: str, body: Any = None) -> tuple[int, Any, str]:
    """Return status, body and location of an answer."""
    sent = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(account.address + path, sent, method=method)  # noqa: S310 loopback
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 as above
            content = answer.read()
            return answer.status, json.loads(content) if content else None, answer.headers.get("Location", "")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read()), ""


def imported(account: SkillManagement, skill_id: str = "", manifest: Any = MANIFEST) -> str:
    """Import a package and return the id of the skill that has it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("skill.json", json.dumps(manifest))
        package.writestr("interactionModels/custom/en-US.json", json.dumps(MODEL))
    _, upload, _ = call(account, "POST", "/v1/skills/uploads")
    call(account, "PUT", upload["uploadUrl"].removeprefix(account.address), packed.getvalue())
    path = f"/v1/skills/{skill_id}/imports" if skill_id else "/v1/skills/imports"
    status, _, location = call(account, "POST", path, {"location": upload["uploadUrl"]})
    assert status == 202
    _, answered, _ = call(account, "GET", location)
    assert answered["status"] == "SUCCEEDED"
    return str(answered["skill"]["skillId"])


def test_a_package_without_an_id_creates_a_skill_and_one_with_it_updates_that(account: SkillManagement) -> None:
    first, second = imported(account), imported(account)
    assert first != second
    assert imported(account, first, {"manifest": {"apis": {}}}) == first
    assert call(account, "GET", f"/v1/skills/{first}/stages/development/manifest")[1] == {"manifest": {"apis": {}}}
    assert call(account, "GET", f"/v1/skills/{second}/stages/development/manifest")[1] == MANIFEST
    model = f"/v1/skills/{first}/stages/development/interactionModel/locales/en-US"
    assert call(account, "GET", model)[1] == MODEL
    assert list(call(account, "GET", f"/v1/skills/{first}/status")[1]["interactionModel"]) == ["en-US"]


def test_a_skill_is_enabled_once_it_was_asked_for(account: SkillManagement) -> None:
    path = f"/v1/skills/{imported(account)}/stages/development/enablement"
    assert [call(account, method, path)[0] for method in ("GET", "PUT", "GET")] == [404, 204, 204]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/skills/amzn1.none/status"),
        ("GET", "/v1/skills/amzn1.none/stages/development/manifest"),
        ("GET", "/v1/skills/amzn1.none/stages/development/interactionModel/locales/en-US"),
        ("PUT", "/v1/skills/amzn1.none/stages/development/enablement"),
        ("POST", "/v1/skills/amzn1.none/imports"),
        ("POST", "/v1/skills/amzn1.none/stages/development/interactionModel/locales/en-US/profileNlu"),
        ("GET", "/v1/skills"),
    ],
)
def test_what_is_not_there_is_not_found(account: SkillManagement, method: str, path: str) -> None:
    assert call(account, method, path, {})[0] == 404


def test_an_utterance_is_profiled_against_the_model_that_was_imported(account: SkillManagement) -> None:
    path = f"/v1/skills/{imported(account)}/stages/development/interactionModel/locales/en-US/profileNlu"
    profiled = call(account, "POST", path, {"utterance": "My chest hurts"})[1]
    assert profiled["selectedIntent"]["name"] == "ReportSignIntent"
    assert profiled["selectedIntent"]["slots"]["statement"]["value"] == "my chest hurts"
    assert profiled["consideredIntents"][-1]["name"] == "AMAZON.FallbackIntent"
    nothing = call(account, "POST", path, {"utterance": "quantum mechanics"})[1]
    assert (nothing["selectedIntent"]["name"], nothing["consideredIntents"]) == ("AMAZON.FallbackIntent", [])


def test_a_type_of_amazons_own_takes_nothing() -> None:
    """What Amazon makes of a duration is not known here; a sample that waits for one fits nothing."""
    assert "DurationIntent" not in {intent["name"] for intent in understood(MODEL, "for three weeks")}
    yes = next(intent for intent in MODEL["interactionModel"]["languageModel"]["intents"] if "Yes" in intent["name"])
    assert [intent["name"] for intent in understood(MODEL, yes["samples"][0])] == ["AMAZON.YesIntent"]


def test_a_simulation_is_a_session_with_the_real_handler(account: SkillManagement) -> None:
    id_ = imported(account)
    path = f"/v2/skills/{id_}/stages/development/simulations"

    def said(words: str, **session: Any) -> str:
        _, begun, _ = call(
            account, "POST", path, {"input": {"content": words}, "device": {"locale": "en-US"}, **session}
        )
        result = call(account, "GET", f"{path}/{begun['id']}")[1]["result"]
        return str(result["alexaExecutionInfo"]["alexaResponses"][0]["content"]["caption"])

    assert said("open upper back guide", session={"mode": "FORCE_NEW_SESSION"}).startswith("Welcome")
    assert "Call 911" in said("my chest hurts")
