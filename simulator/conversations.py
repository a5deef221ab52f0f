"""Conversations as data: what is said, what is understood, what is heard. Replayed through the real handler.

A file is TOML with a ``title``, a ``why``, and ``turns``. A turn has ``say`` (what the person says; the first turn may
leave it out, which opens the skill by its name), and any of ``intent`` (what has to be understood), ``hears`` (words
that the reply has to hold, a list), ``never`` (words that it must not hold), ``card`` (words on the card), ``ends``.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.client import AlexaClient, Heard
from simulator.understand import Understanding

TURN_KEYS = frozenset({"say", "intent", "hears", "never", "card", "ends"})


class ConversationError(AssertionError):
    """When a replayed conversation goes another way than its file says."""


def read(path: Path) -> dict[str, Any]:
    """Return the conversation in ``path``. Raises ConversationError when it holds a key that nothing checks."""
    conversation = tomllib.loads(path.read_text("utf-8"))
    for number, turn in enumerate(conversation["turns"], 1):
        if unknown := turn.keys() - TURN_KEYS:
            known = ", ".join(sorted(TURN_KEYS))
            raise ConversationError(f"{path.name}, turn {number}: unknown {', '.join(sorted(unknown))}; use {known}.")
    return conversation


def replay(conversation: Mapping[str, Any], client: AlexaClient) -> list[Heard]:
    """Hold ``conversation`` with ``client`` and return what was heard. Raises ConversationError where it differs."""
    understanding = Understanding.for_locale(client.locale)
    replies = []
    for number, turn in enumerate(conversation["turns"], 1):
        place = f"{conversation['title']}, turn {number} ({turn.get('say', 'opens the skill')!r})"
        replies.append(say(client, understanding, turn.get("say"), expected=turn.get("intent"), place=place))
        _compare(turn, replies[-1], place)
    return replies


def say(
    client: AlexaClient,
    understanding: Understanding,
    words: str | None,
    *,
    expected: str | None = None,
    place: str = "",
) -> Heard:
    """Say ``words`` (None opens the skill by its name) and return what is heard."""
    if words is None:
        return client.launch()
    understood = understanding.understand(words)
    if expected and understood.intent != expected:
        raise ConversationError(f"{place}: understood {understood.intent}, not {expected}.")
    return client.intent(
        understood.intent, {name: (slot.spoken, slot.value_id) for name, slot in understood.slots.items()}
    )


def _compare(turn: Mapping[str, Any], heard: Heard, place: str) -> None:
    for words in turn.get("hears", ()):
        if words not in heard.text:
            raise ConversationError(f"{place}: {words!r} is not in {heard.text!r}.")
    for words in turn.get("never", ()):
        if words in heard.text:
            raise ConversationError(f"{place}: {words!r} is in {heard.text!r}.")
    for words in turn.get("card", ()):
        if not heard.card or words not in f"{heard.card['title']}\n{heard.card['content']}":
            raise ConversationError(f"{place}: {words!r} is not on the card {heard.card!r}.")
    if "ends" in turn and turn["ends"] is not heard.ends:
        raise ConversationError(f"{place}: the session {'ended' if heard.ends else 'stayed open'}.")
