"""Looks at the skill in Amazon's developer account, through ask-cli: its manifest, models and enablement."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from skill.adapters.alexa.event import REMINDERS
from tools import ask_states
from tools.artifact_content import ROOT
from tools.ask_cli import AskCliError, NotFoundError
from tools.doctor.finding import Finding, fault, note, ok, skipped, warning

PACKAGE = ROOT / "skill-package"
"""What the repository says of the skill."""

DEPLOY_WORDS = "make package, then ask deploy in build/package"

Smapi = Callable[..., Any]
"""``tools.ask_cli.smapi``: a command of ``ask smapi`` and its options in, parsed JSON out."""


def findings(
    smapi: Smapi, skill_id: str, endpoint: str, echo: str | None = None, *, follow_up: bool | None = None
) -> Iterator[Finding]:
    """Yield what is found of the skill.

    Args:
        smapi: how Amazon is asked.
        skill_id: which skill.
        endpoint: the alias ARN that the stack has; empty where it is not known.
        echo: the language of the Echo, such as ``en-US``; None where the person did not say.
        follow_up: whether the stack has the look again switched on; None where that is not known.
    """
    try:
        manifest = smapi("get-skill-manifest", "-s", skill_id)["manifest"]
    except NotFoundError:
        says = f"There is no skill {skill_id} in the developer account that ask-cli is signed in to."
        yield fault(
            says, "Sign in to the other account with ask configure, or run make package SKILL_ID=... with its id."
        )
        return
    except AskCliError as error:
        says, _, remedy = str(error).partition("; ")
        yield fault(f"{says}.", remedy or "Mend it and run make doctor again.")
        return
    yield _endpoint(manifest, endpoint)
    if follow_up is not None:
        yield _permission(manifest, follow_up=follow_up)
    yield from _drift(manifest)
    yield from _models(smapi, skill_id)
    yield _enablement(smapi, skill_id)
    yield _echo(manifest, echo)


def _endpoint(manifest: Mapping[str, Any], endpoint: str) -> Finding:
    uri = manifest.get("apis", {}).get("custom", {}).get("endpoint", {}).get("uri", "")
    if not uri:
        remedy = f"make package ENDPOINT={endpoint or 'arn:aws:lambda:...:live'}, then ask deploy in build/package"
        return fault("The skill has no endpoint.", remedy)
    if not endpoint:
        return skipped(f"The skill calls {uri}; whether that is the function is not known.")
    if uri != endpoint:
        remedy = f"make package ENDPOINT={endpoint}, then ask deploy in build/package"
        return fault(f"The skill calls {uri}, and the function is {endpoint}.", remedy)
    return ok("The skill calls the function that was deployed.")


def _permission(manifest: Mapping[str, Any], *, follow_up: bool) -> Finding:
    """Return whether the skill asks for the permission to set reminders exactly where it sets them."""
    asks = REMINDERS in (permission.get("name") for permission in manifest.get("permissions", ()))
    if asks == follow_up:
        return ok("The skill asks for every permission that it uses, and for no other.")
    if follow_up:
        says = "The look again is switched on, but the skill does not ask for the permission to set reminders."
        return fault(says, "make package FOLLOW_UP=on, then ask deploy in build/package")
    says = "The skill asks for the permission to set reminders, but the look again is switched off."
    return warning(says, "make package FOLLOW_UP=off, then ask deploy in build/package; or deploy with FollowUpKeys")


def _drift(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what the deployed manifest lacks of the last package's; what only Amazon has is not looked at."""
    packaged = ask_states.PACKAGE / "skill-package" / "skill.json"
    ours = json.loads((packaged if packaged.exists() else PACKAGE / "skill.json").read_text("utf-8"))["manifest"]
    theirs = manifest.get("publishingInformation", {}).get("locales", {})
    if absent := sorted(set(ours["publishingInformation"]["locales"]) - set(theirs)):
        yield fault(f"The skill is not offered in {', '.join(absent)}.", DEPLOY_WORDS)
    texts = ours["publishingInformation"]["locales"]
    stale = [
        f"{locale} {key}"
        for locale in sorted(set(texts) & set(theirs))
        for key, text in texts[locale].items()
        if not key.endswith("IconUri") and theirs[locale].get(key) != text
    ]
    if stale:
        yield warning(f"The store's texts are not those of the package: {', '.join(stale[:5])}.", DEPLOY_WORDS)
    if not manifest.get("privacyAndCompliance", {}).get("locales"):
        says = "The skill names no privacy page, which certification asks for."
        yield warning(says, "Publish docs/ and run make package SITE=https://..., then ask deploy in build/package")


def _models(smapi: Smapi, skill_id: str) -> Iterator[Finding]:
    try:
        built = smapi("get-skill-status", "-s", skill_id).get("interactionModel", {})
    except AskCliError as error:
        yield skipped(f"Whether the models are built is not known: {error}")
        return
    for path in sorted((PACKAGE / "interactionModels" / "custom").glob("*.json")):
        request = built.get(path.stem, {}).get("lastUpdateRequest", {})
        match request.get("status"):
            case "SUCCEEDED":
                yield _model(smapi, skill_id, path)
            case "IN_PROGRESS":
                yield warning(f"The model of {path.stem} is being built.", "Wait some minutes.")
            case None:
                yield fault(f"There is no model of {path.stem}.", DEPLOY_WORDS)
            case _:
                errors = [error.get("message", "") for error in request.get("errors", ())]
                says = f"The model of {path.stem} was not built: {'; '.join(errors) or 'no reason given'}."
                yield fault(says, f"Mend it, then {DEPLOY_WORDS}")


def _model(smapi: Smapi, skill_id: str, path: Path) -> Finding:
    try:
        theirs = smapi("get-interaction-model", "-s", skill_id, "-l", path.stem)
    except AskCliError as error:
        return skipped(f"The model of {path.stem} cannot be read: {error}")
    if _samples(theirs) == _samples(json.loads(path.read_text("utf-8"))):
        return ok(f"The model of {path.stem} is built, and is the repository's.")
    return warning(f"The model of {path.stem} is built, but is not the repository's.", DEPLOY_WORDS)


def _samples(model: Mapping[str, Any]) -> tuple[str, Any, Any]:
    """Return what people can say by a model, whatever the order that Amazon returns it in."""
    language = model["interactionModel"]["languageModel"]
    intents = {intent["name"]: sorted(intent.get("samples", ())) for intent in language["intents"]}
    types = {
        type_["name"]: sorted((value.get("id", ""), value["name"]["value"]) for value in type_["values"])
        for type_ in language.get("types", ())
    }
    return language["invocationName"], intents, types


def _enablement(smapi: Smapi, skill_id: str) -> Finding:
    try:
        smapi("get-skill-enablement-status", "-s", skill_id)
    except NotFoundError:
        remedy = "Run ask deploy in build/package, or choose Development in the console's Test tab."
        return fault("The skill is not enabled for testing, so no Echo opens it.", remedy)
    except AskCliError as error:
        return skipped(f"Whether the skill is enabled for testing is not known: {error}")
    return ok("The skill is enabled for testing, on every Echo of this account.")


def _echo(manifest: Mapping[str, Any], echo: str | None) -> Finding:
    spoken = sorted(manifest.get("publishingInformation", {}).get("locales", {}))
    if echo is None:
        says = f"The skill is found by an Echo that speaks {' or '.join(spoken)}, and by no other."
        return note(says, "Look in the Alexa app: Devices, your Echo, Language. Or say: make doctor ECHO=en-US")
    if echo in spoken:
        return ok(f"An Echo that speaks {echo} finds the skill.")
    says = f"An Echo that speaks {echo} does not find the skill, which speaks {' and '.join(spoken)}."
    return fault(says, "Set the Echo's language in the Alexa app, or add the locale (CONTRIBUTING.md).")
