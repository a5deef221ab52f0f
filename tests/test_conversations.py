"""Whole conversations, replayed through the real handler, and the transcripts in the README among them."""

import re
from pathlib import Path
from typing import Any

import pytest

from simulator.client import AlexaClient
from simulator.conversations import ConversationError, read, replay, say

FILES = sorted((Path(__file__).parent / "conversations").glob("*.toml"))
README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
TRANSCRIPTS = re.findall(r"```text\n(Guide: .*?)```", README, flags=re.DOTALL)


def test_there_are_conversations_and_transcripts() -> None:
    assert len(FILES) >= 5
    assert len(TRANSCRIPTS) == 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_its_file_says(path: Path, client: AlexaClient) -> None:
    conversation = read(path)
    assert conversation["why"]
    replay(conversation, client)


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=["emergency", "doctor", "home care"])
def test_a_transcript_in_the_readme_is_what_happens(transcript: str, client: AlexaClient) -> None:
    # Cards, whose lines stand further in, and the end are shown, not said.
    spoken = re.sub(r"^(?: +[\[(]| {9,}).*\n", "", transcript, flags=re.MULTILINE)
    turns = re.split(r"^(Guide|You): +", spoken, flags=re.MULTILINE)[1:]
    answered = client.launch()
    for speaker, words in zip(turns[::2], turns[1::2], strict=True):
        written = " ".join(words.split())
        if speaker == "You":
            answered = say(client, written)
        else:
            assert answered.text == written
    assert answered.ends


CONVERSATION: dict[str, Any] = {"title": "T", "turns": [{}]}


@pytest.mark.parametrize(
    ("turn", "sentence"),
    [
        ({"hears": ["Goodbye"]}, "'Goodbye' is not in"),
        ({"never": ["Welcome"]}, "'Welcome' is in"),
        ({"card": ["911"]}, "is not on the card"),
        ({"ends": True}, "stayed open"),
        ({"say": "no", "hears": ["Goodbye"]}, r"turn 1 \('no'\): 'Goodbye' is not in"),
    ],
    ids=repr,
)
def test_a_replay_that_differs_says_where(turn: dict[str, Any], sentence: str, client: AlexaClient) -> None:
    with pytest.raises(ConversationError, match=sentence):
        replay({"title": "T", "turns": [turn]}, client)


def test_a_key_that_nothing_checks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "typo.toml"
    path.write_text('title = "T"\n[[turns]]\nhaers = ["x"]\n', "utf-8")
    with pytest.raises(ConversationError, match=r"typo\.toml, turn 1: unknown haers"):
        read(path)
