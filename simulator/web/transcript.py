"""A conversation on the page, written as a file for ``tests/conversations``."""

import json
from collections.abc import Iterator, Mapping
from typing import Any


def as_test(conversation: Any) -> dict[str, str]:
    """Return ``{"toml": ...}`` for a conversation.

    Args:
        conversation: ``turns``, each with ``said`` (None: the skill was opened), ``first`` (the first sentence of the
            reply), ``card`` (its title) and ``open``. Silence is no turn of such a file.
    """
    turns = conversation.get("turns") if isinstance(conversation, Mapping) else None
    spoken = [turn for turn in turns if isinstance(turn, Mapping)] if isinstance(turns, list) else []
    return {"toml": "\n".join(_lines(spoken)) + "\n"}


def _lines(turns: list[Mapping[str, Any]]) -> Iterator[str]:
    yield 'title = "Give this conversation a title that states a fact"'
    yield 'why = "Say why it has to go this way."'
    for turn in turns:
        yield "\n[[turns]]"
        if turn.get("said"):
            yield f"say = {_text(turn['said'])}"
        for key in ("first", "card"):
            if turn.get(key):
                yield f"{'hears' if key == 'first' else key} = [{_text(turn[key])}]"
        yield f"ends = {'false' if turn.get('open') else 'true'}"


def _text(value: object) -> str:
    # A JSON string is a TOML string, but for halves of letters and the one control character that JSON leaves as it is.
    whole = str(value).encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
