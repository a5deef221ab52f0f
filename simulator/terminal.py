"""A conversation in the terminal with the real Lambda handler. ``make talk`` starts it."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator

from simulator.client import AlexaClient, Heard
from simulator.conversations import say
from simulator.entry import load_handler
from simulator.understand import Understanding
from skill.prompts import catalogue
from skill.prompts.catalogue import CatalogueError

WORDS_A_MINUTE = "165"
"""How fast espeak-ng reads: near Alexa's own rate."""

WIDTH = 100
"""Columns of the transcript at most."""


def main(arguments: list[str] | None = None) -> int:
    """Hold one conversation and return the exit status: 0 when it ended well, 1 with a sentence on standard error."""
    options = _options(arguments)
    try:
        catalogue.load(options.locale)
        client = AlexaClient(handler=load_handler(), locale=options.locale)
        understanding = Understanding.for_locale(options.locale)
        speaker = _speaker() if options.speak else None
        _converse(client, understanding, speaker, show_events=options.events)
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output has gone. What is still buffered goes nowhere, so that Python's own flush stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print("The reader of the output closed the pipe; run it again without `head` or the like.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="talk", description="Talk to Upper Back Guide; type what you would say.")
    parser.add_argument("--locale", default="en-US", help="the language of the device (default: en-US)")
    parser.add_argument("--speak", action="store_true", help="read the replies aloud with espeak-ng")
    parser.add_argument("--events", action="store_true", help="show each request and response as JSON")
    return parser.parse_args(arguments)


def _converse(client: AlexaClient, understanding: Understanding, speaker: str | None, *, show_events: bool) -> None:
    _show(client, client.launch(), speaker, show_events=show_events)
    for said in _typed():
        _show(client, say(client, understanding, said), speaker, show_events=show_events)
        if not client.is_open:
            return
    if client.is_open:
        client.end()
        _print("(You left. Amazon closed the session.)", prefix="")


def _typed() -> Iterator[str]:
    """Yield what the person types. Piped input is shown as well, so that the transcript is whole."""
    interactive = sys.stdin.isatty()
    while True:
        print("You:   ", end="", flush=True)
        line = sys.stdin.readline()
        if not interactive or not line:
            print(line.strip(), flush=True)
        if not line:
            return
        if line.strip():
            yield line.strip()


def _show(client: AlexaClient, heard: Heard, speaker: str | None, *, show_events: bool) -> None:
    if show_events:
        for name, event in zip(("request", "response"), client.exchanges[-1], strict=True):
            print(f"{name}: {json.dumps(event, indent=2, ensure_ascii=False)}")
    _print(heard.text, prefix="Guide: ")
    if heard.card:
        _print(f"[Card] {heard.card['title']}", prefix="       ")
    if heard.ends:
        _print("(The session is over.)", prefix="       ")
    sys.stdout.flush()
    if speaker:
        command = [speaker, "-m", "-s", WORDS_A_MINUTE, heard.ssml]
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
            print("       (espeak-ng found no way to play sound; check the sound device, or leave out --speak.)")


def _print(text: str, *, prefix: str) -> None:
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    print(textwrap.fill(text, width, initial_indent=prefix, subsequent_indent=" " * len(prefix)))


def _speaker() -> str | None:
    program = shutil.which("espeak-ng")
    if program is None:
        print("--speak: espeak-ng is not installed, so this goes on in writing; install it with your package manager.")
    return program


if __name__ == "__main__":
    sys.exit(main())
