"""Conversations as data: what is said and what is answered. Replayed through the real handler.

A file is TOML with a ``title``, a ``why``, and ``turns``. A turn has ``say`` (what the person says; the first turn may
leave it out, which opens the skill by its name), and any of ``hears`` (words that the reply has to hold, a list),
``never`` (words that it must not hold), ``card`` (words on the card), ``ends``.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.client import AlexaClient, Answered

TURN_KEYS = frozenset({"say", "hears", "never", "card", "ends"})

LONGEST = 500
"""Characters that one turn of typing may have: hearing looks at no more."""


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


def replay(conversation: Mapping[str, Any], client: AlexaClient) -> list[Answered]:
    """Hold ``conversation`` with ``client`` and return what was answered. Raises ConversationError where it differs."""
    replies = []
    for number, turn in enumerate(conversation["turns"], 1):
        place = f"{conversation['title']}, turn {number} ({turn.get('say', 'opens the skill')!r})"
        replies.append(say(client, turn.get("say")))
        _compare(turn, replies[-1], place)
    return replies


def say(client: AlexaClient, words: str | None) -> Answered:
    """Say ``words`` (None opens the skill by its name) and return what is answered."""
    return client.launch() if words is None else client.say(words)


def _compare(turn: Mapping[str, Any], answered: Answered, place: str) -> None:
    for words in turn.get("hears", ()):
        if words not in answered.text:
            raise ConversationError(f"{place}: {words!r} is not in {answered.text!r}.")
    for words in turn.get("never", ()):
        if words in answered.text:
            raise ConversationError(f"{place}: {words!r} is in {answered.text!r}.")
    for words in turn.get("card", ()):
        if not answered.card or words not in f"{answered.card['title']}\n{answered.card['content']}":
            raise ConversationError(f"{place}: {words!r} is not on the card {answered.card!r}.")
    if "ends" in turn and turn["ends"] is not answered.ends:
        raise ConversationError(f"{place}: the session {'ended' if answered.ends else 'stayed open'}.")
