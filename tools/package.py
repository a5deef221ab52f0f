"""Lays out what Amazon's ask-cli deploys: manifest, models, icons. Run it as ``make package ENDPOINT=arn...``.

The first time there is no endpoint yet, because the function wants the skill's id: package without one, create the
skill, deploy the function with its id, and package again (docs/deploying.md). What was given once is kept: the skill's
id in ask-cli's own state, endpoint and site in the package before.
"""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from skill.prompts.catalogue import CatalogueError
from tools import ask_states, build_manifest, build_models, draw_icons
from tools.ask_states import AskStatesError
from tools.deploy import ALIAS_ARN, NotReadyError, checked_skill_id

PAGES = {"privacyPolicyUrl": "privacy", "termsOfUseUrl": "terms"}
"""The manifest's fields for the two pages, and each page's name under docs/ and under the site."""


class PackageError(Exception):
    """When what was given cannot be packaged; the message is one sentence with the remedy."""


def checked_endpoint(endpoint: str) -> str:
    """Return ``endpoint`` where it is the ARN of the function's alias. Raises PackageError where it is not."""
    if not ALIAS_ARN.fullmatch(endpoint):
        raise PackageError(
            f"{endpoint!r:.120} is not the endpoint; copy the output Endpoint of the stack, arn:aws:lambda:...:live "
            "(with the alias: SnapStart works on published versions only)."
        )
    return endpoint


def checked_site(site: str) -> str:
    """Return the address under which the two pages are published. Raises PackageError where it is none."""
    if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(?:/[^\s]*)?", site):
        raise PackageError(f"{site!r:.120} is no address of a site; give SITE=https://... where docs/ is published.")
    return site.rstrip("/")


def lay_out(  # noqa: PLR0913 each is one of the arguments of make package
    folder: Path,
    *,
    endpoint: str | None,
    site: str | None,
    skill_id: str | None,
    profile: str = ask_states.DEFAULT_PROFILE,
    follow_up: bool = False,
) -> None:
    """Write the package into ``folder``. What ask-cli keeps there, its state, stays.

    Args:
        folder: where ``ask deploy`` is to be run.
        endpoint: the alias ARN; None for a skill that is yet to be created.
        site: where the privacy and terms pages are published; None leaves them out.
        skill_id: the skill to update; None lets ask-cli update the one that its state names, or create one.
        profile: ask-cli's profile.
        follow_up: whether the look again is switched on: with the permission for reminders and the events of accounts.
    """
    built = {**build_models.files(), **build_manifest.files()}
    if skill_id:
        ask_states.remember(folder, skill_id, (profile, ask_states.ENVIRONMENT_PROFILE))
    package = folder / "skill-package"
    shutil.rmtree(package, ignore_errors=True)
    manifest = json.loads(built[build_manifest.MANIFEST])["manifest"]
    if endpoint:
        manifest["apis"]["custom"]["endpoint"] = {"uri": endpoint}
    if follow_up:
        stores = {locale: build_manifest.store(locale) for locale in manifest["publishingInformation"]["locales"]}
        manifest = build_manifest.with_follow_up({"manifest": manifest}, stores, endpoint)["manifest"]
    locales = manifest["publishingInformation"]["locales"]
    if site:
        manifest["privacyAndCompliance"]["locales"] = {
            locale: {field: f"{site}/{page}" for field, page in PAGES.items()} for locale in locales
        }
    _write(package / "skill.json", {"manifest": manifest}, end="")  # as ask-cli rewrites it: else its hash differs
    for locale in locales:
        model = build_models.packaged(locale)
        _write(package / model.relative_to(build_manifest.PACKAGE), json.loads(built[model]))
    images = package / "assets" / "images"
    images.mkdir(parents=True)
    for size in draw_icons.SIZES:
        shutil.copy(draw_icons.path_of(size), images)
    _write(folder / "ask-resources.json", build_manifest.resources(profile, ask_states.ENVIRONMENT_PROFILE))


def kept(folder: Path) -> tuple[str | None, str | None]:
    """Return endpoint and site of the package that is in ``folder``, each None where it has none."""
    try:
        manifest = json.loads((folder / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]
        endpoint = manifest["apis"]["custom"].get("endpoint", {}).get("uri")
        pages = manifest["privacyAndCompliance"].get("locales", {})
        page = next((texts["privacyPolicyUrl"] for texts in pages.values()), "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None, None
    return endpoint, page.removesuffix(f"/{PAGES['privacyPolicyUrl']}") or None


def has_follow_up(folder: Path) -> bool:
    """Return whether the package that is in ``folder`` has the look again switched on."""
    try:
        return bool(json.loads((folder / "skill-package" / "skill.json").read_text("utf-8"))["manifest"]["permissions"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(path: Path, content: dict[str, Any], *, end: str = "\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + end, "utf-8")


def main(arguments: Iterable[str] | None = None) -> int:
    """Lay out the package, say what is still missing in it, and return the exit status."""
    parser = argparse.ArgumentParser(prog="package", description=__doc__)
    parser.add_argument("--endpoint", help="the output Endpoint of the stack")
    parser.add_argument("--site", help="the address under which docs/privacy.md and docs/terms.md are published")
    parser.add_argument("--skill-id", help="the skill to update; without it the one that ask-cli made here before")
    parser.add_argument("--profile", default=ask_states.DEFAULT_PROFILE, help="ask-cli's profile (default: default)")
    parser.add_argument("--follow-up", choices=("on", "off"), help="the reminder to look again; kept as it was without")
    parser.add_argument("--into", type=Path, default=ask_states.PACKAGE, help="the folder for the package")
    chosen = parser.parse_args(list(arguments) if arguments is not None else None)
    folder = chosen.into
    try:
        endpoint, site = kept(folder)
        skill_id = checked_skill_id(chosen.skill_id) if chosen.skill_id else ask_states.skill_id(folder, chosen.profile)
        endpoint = checked_endpoint(chosen.endpoint) if chosen.endpoint else endpoint
        site = checked_site(chosen.site) if chosen.site else site
        follow_up = chosen.follow_up == "on" if chosen.follow_up else has_follow_up(folder)
        lay_out(folder, endpoint=endpoint, site=site, skill_id=skill_id, profile=chosen.profile, follow_up=follow_up)
    except (PackageError, NotReadyError, AskStatesError, CatalogueError) as error:
        print(f"make package: {error}", file=sys.stderr)
        return 1
    print("\n".join(_report(folder, skill_id, endpoint, site)))
    return 0


def _report(folder: Path, skill_id: str | None, endpoint: str | None, site: str | None) -> Iterator[str]:
    yield f"The skill package is in {folder}."
    if skill_id:
        yield f"Run `ask deploy` there: it updates the skill {skill_id}."
    else:
        yield (
            "Run `ask deploy --target skill-metadata` there: it creates a skill. If you have one already, run make "
            "package SKILL_ID=amzn1.ask.skill... first."
        )
    if endpoint:
        yield f"Its endpoint is {endpoint}."
    else:
        yield "It has no endpoint yet: once the function is deployed, run make package ENDPOINT=arn:aws:lambda:...:live"
    if site:
        yield f"Its privacy page is at {site}."
    else:
        yield "It has no privacy page yet, which certification asks for: publish docs/ and add SITE=https://..."


if __name__ == "__main__":
    sys.exit(main())
