"""Lays out what Amazon's ask-cli deploys: manifest, models, icons. Run it as ``make package ENDPOINT=arn...``.

The first time there is no endpoint yet, because the function wants the skill's id: package without one, create the
skill, deploy the function with its id, and package again (docs/deploying.md).
"""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from skill.prompts.catalogue import CatalogueError
from tools import build_manifest, build_models, draw_icons
from tools.build_models import ROOT
from tools.deploy import ALIAS_ARN, NotReadyError, checked_skill_id

FOLDER = ROOT / "build" / "package"

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


def lay_out(folder: Path, *, endpoint: str | None, site: str | None, skill_id: str | None) -> None:
    """Write the package into ``folder``, which is emptied first.

    Args:
        folder: where ``ask deploy`` is to be run.
        endpoint: the alias ARN; None for a skill that is yet to be created.
        site: where the privacy and terms pages are published; None leaves them out.
        skill_id: the skill to update; None lets ask-cli create one.
    """
    built = {**build_models.files(), **build_manifest.files()}
    shutil.rmtree(folder, ignore_errors=True)
    package = folder / "skill-package"
    manifest = json.loads(built[build_manifest.MANIFEST])["manifest"]
    if endpoint:
        manifest["apis"]["custom"]["endpoint"] = {"uri": endpoint}
    locales = manifest["publishingInformation"]["locales"]
    if site:
        manifest["privacyAndCompliance"]["locales"] = {
            locale: {field: f"{site}/{page}" for field, page in PAGES.items()} for locale in locales
        }
    _write(package / "skill.json", {"manifest": manifest})
    for locale in locales:
        model = package / "interactionModels" / "custom" / f"{locale}.json"
        _write(model, json.loads(built[build_models.MODELS / f"{locale}.json"]))
    images = package / "assets" / "images"
    images.mkdir(parents=True)
    for size in draw_icons.SIZES:
        shutil.copy(draw_icons.path_of(size), images)
    profile: dict[str, Any] = {"skillMetadata": {"src": "./skill-package"}}
    if skill_id:
        profile["skillId"] = skill_id
    _write(folder / "ask-resources.json", {"askcliResourcesVersion": "2020-03-31", "profiles": {"default": profile}})


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(arguments: Iterable[str] | None = None) -> int:
    """Lay out the package, say what is still missing in it, and return the exit status."""
    parser = argparse.ArgumentParser(prog="package", description=__doc__)
    parser.add_argument("--endpoint", help="the output Endpoint of the stack")
    parser.add_argument("--site", help="the address under which docs/privacy.md and docs/terms.md are published")
    parser.add_argument("--skill-id", help="the skill to update; without it ask-cli creates one")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder for the package; it is emptied first")
    chosen = parser.parse_args(list(arguments) if arguments is not None else None)
    try:
        skill_id = checked_skill_id(chosen.skill_id) if chosen.skill_id else None
        endpoint = checked_endpoint(chosen.endpoint) if chosen.endpoint else None
        site = checked_site(chosen.site) if chosen.site else None
        lay_out(chosen.into, endpoint=endpoint, site=site, skill_id=skill_id)
    except (PackageError, NotReadyError, CatalogueError) as error:
        print(f"make package: {error}", file=sys.stderr)
        return 1
    print(f"The skill package is in {chosen.into}; run `ask deploy` there.")
    if not endpoint:
        print(
            "It has no endpoint yet: once the function is deployed, run make package ENDPOINT=arn:aws:lambda:...:live"
        )
    if not site:
        print("It has no privacy page yet, which certification asks for: publish docs/ and add SITE=https://...")
    return 0


if __name__ == "__main__":
    sys.exit(main())
