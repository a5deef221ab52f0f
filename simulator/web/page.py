"""The page for people: its document in the words of a locale, with everything that its scripts need to begin."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from simulator.conversations import LONGEST
from simulator.web.setup import PageError, known_locale, locales
from skill.acts import Control
from skill.adapters.alexa.render import words_for
from skill.adapters.clinic import NO_CLINIC, Clinic
from skill.dialog.session import VERSION
from skill.protocol.guide import Guide

FOLDER = Path(__file__).parent
LOCALES = FOLDER / "locales"
"""The words of the page itself: one file for each locale, with the keys of ``en-US.toml``."""

STATIC, TEMPLATES = FOLDER / "static", FOLDER / "templates"

NOT_OFFERED = (Control.SEND,)
"""What the page does in its own way: there is no app to send to, and a result can be printed, shared and copied."""

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
)
_DIALLED = re.compile(r"[^\d+]")


def document(locale: str, guide: Guide, clinic: Clinic = NO_CLINIC) -> str:
    """Return the HTML of the page in ``locale``. Raises PageError where there is no such locale."""
    known = setup(locale, guide, clinic)
    modules = sorted(
        str(path.relative_to(STATIC)) for folder in ("guide", "shared") for path in (STATIC / folder).glob("*.js")
    )
    return _ENVIRONMENT.get_template("guide.html").render(
        known, setup=known, locales=locales(), longest=LONGEST, modules=modules
    )


def setup(locale: str, guide: Guide, clinic: Clinic = NO_CLINIC) -> dict[str, Any]:
    """Return what the page's scripts are given.

    ``words`` of the page; the ``emergency`` number (``number`` is None where none is known); ``numbers`` that can be
    dialled wherever they stand, with their ``label`` and what to ``dial``; ``not_offered``, touches that the page
    leaves out; ``mark``, which changes with what a kept conversation depends on.
    """
    spoken = words_for(known_locale(locale), clinic).fields
    label = spoken["emergency"]
    numbers = (spoken.get(name, "") for name in ("clinic_phone", "emergency", "crisis"))
    return {
        "locale": locale,
        "words": _filled(_chrome(locale), spoken),
        "emergency": {"label": label, "number": label if label.isdigit() else None},
        "numbers": [{"label": number, "dial": dialled} for number in numbers if (dialled := _DIALLED.sub("", number))],
        "not_offered": [control.value for control in NOT_OFFERED],
        "mark": f"{locale} {guide.protocol.version} {VERSION}",
    }


@cache
def _chrome(locale: str) -> dict[str, Any]:
    path = LOCALES / f"{locale}.toml"
    if not path.exists():
        raise PageError(f"{locale}: the page has no words of its own; write {path.relative_to(FOLDER.parent.parent)}.")
    return tomllib.loads(path.read_text("utf-8"))


def _filled(words: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """Return ``words`` with the numbers of ``fields`` in their gaps."""
    return {
        key: _filled(value, fields) if isinstance(value, Mapping) else str(value).format_map(fields)
        for key, value in words.items()
    }
