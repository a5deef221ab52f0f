"""A conversation on the workbench, written for other tools: our own tests, ``ask dialog``, and Bespoken.

A conversation is ``turns``, each with ``said`` (None: the skill was opened), ``first`` (the first sentence of the
reply), ``card`` (its title) and ``open``; and its ``locale``. Silence and touches are no turns of such a file.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.web.invocation import invocation_name
from simulator.web.setup import known_locale
from skill.adapters.alexa.render import DEFAULT_LOCALE

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
"""In a file for ``ask dialog``: whoever replays it writes the skill's own id there."""

TITLE = "Give this conversation a title that states a fact"


def as_test(conversation: Any) -> dict[str, str]:
    """Return ``{"text": ...}``: the conversation as a file for ``tests/conversations``."""
    return {"text": "\n".join(_lines(_turns(conversation))) + "\n"}


def as_ask_dialog(conversation: Any) -> dict[str, str]:
    """Return ``{"text": ...}``: the conversation as a file for ask-cli's ``ask dialog --replay``."""
    locale = _locale(conversation)
    said = [turn.get("said") or f"open {invocation_name(locale)}" for turn in _turns(conversation)]
    replay = {"skillId": SKILL_ID, "locale": locale, "type": "text", "userInput": list(map(_whole, said))}
    return {"text": json.dumps(replay, indent=2, ensure_ascii=False) + "\n"}


def as_bespoken(conversation: Any) -> dict[str, str]:
    """Return ``{"text": ...}``: the conversation as an end-to-end test of Bespoken (bespoken-tools, "YAML")."""
    locale = _locale(conversation)
    lines = ["---", "configuration:", "  type: e2e", f"  locale: {locale}", "---", f"- test: {_text(TITLE)}"]
    for turn in _turns(conversation):
        said = turn.get("said") or f"open {invocation_name(locale)}"
        lines.append(f"- {_text(said)}: {_text(str(turn.get('first') or '') + '*')}")
    return {"text": "\n".join(lines) + "\n"}


def _turns(conversation: Any) -> list[Mapping[str, Any]]:
    turns = conversation.get("turns") if isinstance(conversation, Mapping) else None
    return [turn for turn in turns if isinstance(turn, Mapping)] if isinstance(turns, list) else []


def _locale(conversation: Any) -> str:
    return known_locale(
        conversation.get("locale", DEFAULT_LOCALE) if isinstance(conversation, Mapping) else DEFAULT_LOCALE
    )


def _lines(turns: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"title = {_text(TITLE)}"
    yield 'why = "Say why it has to go this way."'
    for turn in turns:
        yield "\n[[turns]]"
        if turn.get("said"):
            yield f"say = {_text(turn['said'])}"
        for key in ("first", "card"):
            if turn.get(key):
                yield f"{'hears' if key == 'first' else key} = [{_text(turn[key])}]"
        yield f"ends = {'false' if turn.get('open') else 'true'}"


def _whole(value: object) -> str:
    """Return ``value`` without halves of letters, which no file can hold."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _text(value: object) -> str:
    # A JSON string is a string of TOML and of YAML, but for the one control character that JSON leaves as it is.
    return json.dumps(_whole(value), ensure_ascii=False).replace("\x7f", "\\u007f")
