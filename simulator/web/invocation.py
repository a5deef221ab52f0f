"""What is said before the words themselves: the invocation name, and how a one-shot request is put.

Here "upper back guide" is opened with "open upper back guide", and "ask upper back guide about my back" is the
request "about my back". In other languages than English only the name alone opens the skill.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

MODELS = Path(__file__).resolve().parent.parent.parent / "interaction_models"
"""Where the interaction models are: one JSON file for each locale, which holds the invocation name."""

_CALL = re.compile(r"^(?:alexa )?(?:please )?")
_OPEN = re.compile(r"^(?:open|start|launch|begin|run|use|talk to|ask)? ?(?:the )?")
_ASK = re.compile(r"^(?:ask|tell) (?:the )?")
_LINK = re.compile(r"^(?: (?:to|that|if|whether|for))? ")


@cache
def _language_model(locale: str) -> dict[str, Any]:
    model = json.loads((MODELS / f"{locale}.json").read_text("utf-8"))
    return cast(dict[str, Any], model["interactionModel"]["languageModel"])


def invocation_name(locale: str) -> str:
    """Return the name by which the skill is opened in ``locale``."""
    return str(_language_model(locale)["invocationName"])


def without_invocation(said: str, locale: str) -> str | None:
    """Return ``said`` without the invocation, or None where nothing else was said: the skill is only opened."""
    name, words = invocation_name(locale), _CALL.sub("", _normalized(said))
    if _OPEN.sub("", words) == name:
        return None
    asked = _ASK.sub("", words)
    if asked != words and asked.startswith(f"{name} "):
        return _LINK.sub("", asked.removeprefix(name)).strip()
    return said


def _normalized(text: str) -> str:
    """Return ``text`` in lower case, with single spaces, without punctuation and apostrophes."""
    plain = re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", text.lower())
    return " ".join(re.sub(r"[^\w ]", " ", plain).split())
