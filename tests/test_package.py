"""The skill package: valid for Amazon, honest, complete, and laid out as ask-cli takes it."""

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from skill.prompts import catalogue
from tools import ask_states, build_manifest, build_models, draw_icons, package

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "smapi.json").read_text("utf-8"))
ENDPOINT = "arn:aws:lambda:eu-west-1:123456789012:function:upper-back-guide-TriageFunction-Ab1:live"
SKILL_ID = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"


def valid(manifest: dict[str, Any]) -> None:
    """Fail where Amazon's own specification refuses ``manifest``."""
    jsonschema.validate(manifest, {**SCHEMA, "$ref": "#/definitions/v1.skill.Manifest.SkillManifestEnvelope"})


# --- The manifest


def test_amazons_own_specification_accepts_the_manifest() -> None:
    valid(json.loads(build_manifest.MANIFEST.read_text("utf-8")))


def test_control_the_specification_refuses_a_misspelt_property() -> None:
    manifest = json.loads(build_manifest.MANIFEST.read_text("utf-8"))
    manifest["manifest"]["publishingInformation"]["sumary"] = "x"
    with pytest.raises(jsonschema.ValidationError, match="sumary"):
        valid(manifest)


def test_each_locale_has_its_texts() -> None:
    published = json.loads(build_manifest.MANIFEST.read_text("utf-8"))["manifest"]["publishingInformation"]
    assert sorted(published["locales"]) == catalogue.locales()


def test_nothing_is_wrong_with_our_own_texts() -> None:
    assert catalogue.locales()
    for locale in catalogue.locales():
        assert (
            list(build_manifest.faults(locale, build_manifest.store(locale), build_manifest.language_model(locale)))
            == []
        )


def changed(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Return what puts ``value`` under ``key``."""
    return lambda texts: texts.__setitem__(key, value)


PHRASES = build_manifest.store("en-US")["example_phrases"]
FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "a text is missing": (changed("keywords", []), "store.keywords is missing"),
    "a long summary": (changed("summary", "a" * 161), "has 161 characters; Amazon takes 160"),
    "two phrases": (changed("example_phrases", PHRASES[:2]), "holds 2; the store shows 3"),
    "no name in the first phrase": (
        changed("example_phrases", ["Alexa, why do you ask", *PHRASES[1:]]),
        'does not hold the invocation name "upper back guide"',
    ),
    "a phrase that is not understood": (
        changed("example_phrases", [*PHRASES[:2], "Alexa, ask upper back guide to fix me"]),
        '"to fix me" of an example phrase is no sample',
    ),
    "a phrase without the name that is not understood": (
        changed("example_phrases", [*PHRASES[:2], "Alexa, fix me"]),
        '"fix me" of an example phrase is no sample',
    ),
    "no disclaimer": (changed("description", ["It helps."]), 'does not say "not medical advice"'),
    "a claim": (changed("summary", "It saves lives"), '"saves lives" claims what the skill must not'),
}


@pytest.mark.parametrize(("change", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_texts_is_named_with_its_remedy(change: Callable[[dict[str, Any]], None], sentence: str) -> None:
    texts = dict(build_manifest.store("en-US"))
    change(texts)
    faults = list(build_manifest.faults("en-US", texts, build_manifest.language_model("en-US")))
    assert any(sentence in fault for fault in faults), faults


# --- The icons


def decoded(png: bytes) -> tuple[int, int, list[bytes]]:
    """Return width, height and rows of a PNG file as ``draw_icons`` writes them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 2)
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    raw = zlib.decompress(png[start : start + length])
    return width, height, [raw[1 + row * (1 + 3 * width) :][: 3 * width] for row in range(height)]


@pytest.mark.parametrize("size", draw_icons.SIZES)
def test_the_icon_is_as_large_as_amazon_asks_and_as_it_is_drawn(size: int) -> None:
    width, height, rows = decoded(draw_icons.path_of(size).read_bytes())
    assert (width, height) == (size, size)
    every = max(1, size // 64)
    drawn = [bytes(row) for row in draw_icons.pixels(size, every)]
    committed = [b"".join(row[3 * x : 3 * x + 3] for x in range(0, size, every)) for row in rows[::every]]
    assert drawn == committed, "run python -m tools.draw_icons and commit what it draws"


# --- What ask-cli gets


def laid_out(folder: Path, *arguments: str) -> dict[str, Any]:
    """Return the manifest of a package laid out in ``folder``."""
    assert package.main(["--into", str(folder), *arguments]) == 0
    loaded: dict[str, Any] = json.loads((folder / "skill-package" / "skill.json").read_text("utf-8"))
    valid(loaded)
    return loaded["manifest"]  # type: ignore[no-any-return]


def test_the_package_has_what_ask_cli_expects_where_it_expects_it(tmp_path: Path) -> None:
    laid_out(tmp_path, "--endpoint", ENDPOINT, "--skill-id", SKILL_ID)
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {
        ".ask/ask-states.json",
        "ask-resources.json",
        "skill-package/skill.json",
        *(f"skill-package/interactionModels/custom/{locale}.json" for locale in catalogue.locales()),
        *(f"skill-package/assets/images/icon-{size}.png" for size in (108, 512)),
    }
    resources = json.loads((tmp_path / "ask-resources.json").read_text("utf-8"))
    assert resources["profiles"] == {key: {"skillMetadata": {"src": "./skill-package"}} for key in PROFILES}
    assert states(tmp_path)["profiles"] == {key: {"skillId": SKILL_ID} for key in PROFILES}


# --- What ask-cli keeps, and what was given before. That ask-cli itself reads it is shown by ``make prove``.

PROFILES = ("default", ask_states.ENVIRONMENT_PROFILE)
DEPLOYED = {"lastDeployHash": "abc", "lastImportId": "1"}
KEPT = {
    "askcliStatesVersion": "2020-03-31",
    "profiles": {
        "default": {"skillId": SKILL_ID, "deploymentStatus": "COMPLETE", "skillMetadata": DEPLOYED},
        "other": {"skillId": "amzn1.ask.skill.other"},
    },
}


def states(folder: Path) -> Any:
    """Return ask-cli's state in ``folder``."""
    return json.loads(ask_states.path_in(folder).read_text("utf-8"))


def keep(folder: Path, content: str) -> None:
    """Write ask-cli's state into ``folder``."""
    ask_states.path_in(folder).parent.mkdir(parents=True)
    ask_states.path_in(folder).write_text(content, "utf-8")


def test_what_ask_cli_keeps_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(tmp_path, json.dumps(KEPT))
    laid_out(tmp_path)
    assert states(tmp_path)["profiles"].items() >= KEPT["profiles"].items()  # type: ignore[attr-defined]
    assert f"it updates the skill {SKILL_ID}" in capsys.readouterr().out


def test_another_skill_is_deployed_from_the_start(tmp_path: Path) -> None:
    """ask-cli skips a package that it has sent before, whichever skill got it."""
    keep(tmp_path, json.dumps(KEPT))
    other = SKILL_ID.replace("0", "f")
    laid_out(tmp_path, "--skill-id", other)
    assert states(tmp_path)["profiles"]["default"] == {"skillId": other}
    assert states(tmp_path)["profiles"]["other"] == KEPT["profiles"]["other"]  # type: ignore[index]


def test_a_package_without_a_skill_leaves_it_to_ask_cli_to_create_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laid_out(tmp_path)
    assert not ask_states.path_in(tmp_path).exists()
    assert "it creates a skill" in capsys.readouterr().out


def test_another_profile_has_its_own_skill(tmp_path: Path) -> None:
    laid_out(tmp_path, "--skill-id", SKILL_ID, "--profile", "clinic")
    assert ask_states.skill_id(tmp_path, "clinic") == SKILL_ID
    assert ask_states.skill_id(tmp_path) is None
    assert "clinic" in json.loads((tmp_path / "ask-resources.json").read_text("utf-8"))["profiles"]


def test_endpoint_and_site_of_the_package_before_are_kept_until_others_are_given(tmp_path: Path) -> None:
    laid_out(tmp_path, "--endpoint", ENDPOINT, "--site", "https://example.org/guide")
    again = laid_out(tmp_path)
    assert again["apis"]["custom"]["endpoint"] == {"uri": ENDPOINT}
    assert again["privacyAndCompliance"]["locales"]["en-US"]["privacyPolicyUrl"] == "https://example.org/guide/privacy"
    other = ENDPOINT.replace("eu-west-1", "us-east-1")
    assert laid_out(tmp_path, "--endpoint", other)["apis"]["custom"]["endpoint"] == {"uri": other}


def test_what_lay_in_the_package_and_is_gone_from_the_source_goes(tmp_path: Path) -> None:
    laid_out(tmp_path)
    left = tmp_path / "skill-package" / "interactionModels" / "custom" / "xx-XX.json"
    left.write_text("{}", "utf-8")
    laid_out(tmp_path)
    assert not left.exists()


@pytest.mark.parametrize("content", ["no JSON", "[]", '{"profiles": []}'])
def test_a_state_that_is_none_is_named_and_left_as_it_is(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, content)
    assert package.main(["--into", str(tmp_path)]) == 1
    assert "is not the state that ask-cli writes; delete it" in capsys.readouterr().err
    assert ask_states.path_in(tmp_path).read_text("utf-8") == content


def test_the_root_of_the_repository_is_a_project_of_ask_cli() -> None:
    source = json.loads(build_manifest.RESOURCES.read_text("utf-8"))["profiles"]["default"]["skillMetadata"]["src"]
    root = build_manifest.RESOURCES.parent / source
    assert (root / "skill.json").resolve() == build_manifest.MANIFEST
    models = {path.stem: path for path in (root / "interactionModels" / "custom").glob("*.json")}
    assert sorted(models) == catalogue.locales()
    for locale, path in models.items():
        assert not path.is_symlink(), "ask-cli packs no links"
        assert path.read_text("utf-8") == (build_models.MODELS / f"{locale}.json").read_text("utf-8")


def test_icons_that_the_manifest_names_are_in_the_package(tmp_path: Path) -> None:
    for texts in laid_out(tmp_path)["publishingInformation"]["locales"].values():
        for field in ("smallIconUri", "largeIconUri"):
            assert (tmp_path / "skill-package" / texts[field].removeprefix("file://")).is_file()


def test_the_models_are_the_generated_ones(tmp_path: Path) -> None:
    laid_out(tmp_path)
    for locale in catalogue.locales():
        packed = tmp_path / "skill-package" / "interactionModels" / "custom" / f"{locale}.json"
        assert packed.read_text("utf-8") == (build_models.MODELS / f"{locale}.json").read_text("utf-8")


def test_the_endpoint_is_put_in(tmp_path: Path) -> None:
    assert laid_out(tmp_path, "--endpoint", ENDPOINT)["apis"]["custom"]["endpoint"] == {"uri": ENDPOINT}


def test_without_an_endpoint_the_skill_can_be_created_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert laid_out(tmp_path)["apis"]["custom"] == {"interfaces": [{"type": "ALEXA_PRESENTATION_APL"}]}
    printed = capsys.readouterr().out
    assert "no endpoint yet" in printed
    assert "no privacy page yet" in printed


def test_the_pages_get_the_address_of_the_site(tmp_path: Path) -> None:
    manifest = laid_out(tmp_path, "--site", "https://example.org/guide/")
    pages = manifest["privacyAndCompliance"]["locales"]["en-US"]
    assert pages == {
        "privacyPolicyUrl": "https://example.org/guide/privacy",
        "termsOfUseUrl": "https://example.org/guide/terms",
    }


WRONG = {
    "not an ARN": (["--endpoint", "upper-back-guide"], "is not the endpoint; copy the output Endpoint"),
    "no alias": (["--endpoint", ENDPOINT.removesuffix(":live")], "is not the endpoint"),
    "another alias": (["--endpoint", f"{ENDPOINT}ly"], "is not the endpoint"),
    "no site": (["--site", "example.org"], "is no address of a site"),
    "no id": (["--skill-id", "42"], "is not a skill id"),
}


@pytest.mark.parametrize(("arguments", "sentence"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_packaged_is_one_sentence_with_the_remedy(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.main(["--into", str(tmp_path / "new"), *arguments]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert not (tmp_path / "new").exists()


# --- With the look again switched on


@pytest.fixture
def with_follow_up(tmp_path: Path) -> dict[str, Any]:
    """The manifest that is packaged with the look again."""
    assert package.main(["--into", str(tmp_path), "--endpoint", ENDPOINT, "--follow-up", "on"]) == 0
    manifest: dict[str, Any] = json.loads((tmp_path / "skill-package" / "skill.json").read_text("utf-8"))
    return manifest


def test_amazons_own_specification_accepts_it(with_follow_up: dict[str, Any]) -> None:
    valid(with_follow_up)


def test_it_asks_for_the_permission_for_reminders_and_no_other(with_follow_up: dict[str, Any]) -> None:
    assert with_follow_up["manifest"]["permissions"] == [{"name": "alexa::alerts:reminders:skill:readwrite"}]


def test_it_hears_of_accounts_that_withdraw(with_follow_up: dict[str, Any]) -> None:
    events = with_follow_up["manifest"]["events"]
    assert events["endpoint"] == {"uri": ENDPOINT}
    assert {"eventName": "SKILL_DISABLED"} in events["subscriptions"]


def test_the_store_says_what_is_kept_and_how_it_is_deleted(with_follow_up: dict[str, Any]) -> None:
    published = with_follow_up["manifest"]["publishingInformation"]
    for texts in published["locales"].values():
        assert "scrambled code of your account" in texts["description"]
        assert texts["description"].count("WHAT IT DOES NOT DO") == 1
        assert len(texts["description"]) <= build_manifest.LONGEST["description"]
    assert "forget me" in published["testingInstructions"]
    assert "keeps nothing between sessions" not in published["testingInstructions"]
    assert with_follow_up["manifest"]["privacyAndCompliance"]["usesPersonalInfo"] is True


def test_a_skill_that_has_no_endpoint_yet_subscribes_to_nothing(tmp_path: Path) -> None:
    assert package.main(["--into", str(tmp_path), "--follow-up", "on"]) == 0
    manifest = json.loads((tmp_path / "skill-package" / "skill.json").read_text("utf-8"))
    valid(manifest)
    assert "events" not in manifest["manifest"]


def test_without_it_there_is_no_permission_and_no_event(tmp_path: Path) -> None:
    assert package.main(["--into", str(tmp_path), "--endpoint", ENDPOINT]) == 0
    manifest = json.loads((tmp_path / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
    assert not {"permissions", "events"} & manifest.keys()


def test_it_stays_on_until_it_is_switched_off(tmp_path: Path) -> None:
    def permissions(*arguments: str) -> object:
        assert package.main(["--into", str(tmp_path), "--endpoint", ENDPOINT, *arguments]) == 0
        manifest = json.loads((tmp_path / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
        return manifest.get("permissions")

    assert permissions("--follow-up", "on")
    assert permissions()
    assert not permissions("--follow-up", "off")
    assert not permissions()
