"""A conversation in the terminal with the real Lambda handler. ``make talk`` starts it."""

import argparse
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import Any

from simulator.client import AlexaClient, Answered, ContractError
from simulator.colour import painted, shows_colour
from simulator.conversations import LONGEST, say
from simulator.home import ALEXA_ASKS, Home
from simulator.trace import described
from skill.adapters.alexa.handler import Observed
from skill.adapters.alexa.skill import create
from skill.prompts import catalogue
from skill.prompts.catalogue import CatalogueError
from skill.protocol.model import Level

WORDS_A_MINUTE = "165"
"""How fast espeak-ng reads: near Alexa's own rate."""

WIDTH = 100
"""Columns of the transcript at most."""

NARROWEST = 20
"""Columns of the transcript at least, however narrow the window is."""

READ_AT_ONCE = 65_536
"""Characters of a piped line that are kept in memory; what follows in the line is read and dropped."""

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it: 128 and the number of the signal."""

_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]")
"""What arrow keys send where there is no line editing, and what colours text."""

_INDENT = "       "
_PROMPT = "You:   "


class TalkError(Exception):
    """When a conversation cannot be held; the message is a sentence with the remedy."""


@dataclass(kw_only=True)
class _Shown:
    """What is shown of each turn beside the words of the guide."""

    events: bool
    acts: bool
    """Whether what was understood is shown."""
    by_alexa: bool
    """Whether words are handed over as Alexa would, and both readings are shown."""
    speaker: str | None
    colour: bool
    seen: list[Observed]
    """Where every turn is noted."""


def main(arguments: list[str] | None = None) -> int:
    """Hold one conversation and return the exit status.

    It is 0 when the conversation ended well, 1 with a sentence on standard error, and 130 after Ctrl-C.
    """
    options = _options(arguments)
    try:
        _prepare_streams()
        # A shell starts what runs behind it with Ctrl-C ignored; whoever talks wants it to end the talk.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        catalogue.load(options.locale)
        seen: list[Observed] = []
        with Home() if options.remind else nullcontext() as home:
            client = AlexaClient(handler=_handler(home, seen), locale=options.locale)
            if home:
                client.endpoint = home.services.endpoint
            shown = _Shown(
                events=options.events,
                acts=options.acts,
                by_alexa=options.by == "alexa",
                speaker=_speaker() if options.speak else None,
                colour=shows_colour(sys.stdout),
                seen=seen,
            )
            if skill_id := os.environ.get("SKILL_ID"):
                client.skill_id = skill_id  # the skill answers no other
            _converse(client, shown, home)
            sys.stdout.flush()
    except (TalkError, CatalogueError, ContractError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        _drop_output()
        print("The reader of the output closed the pipe; run it again without `head` or the like.", file=sys.stderr)
        return 1
    except OSError as error:
        _drop_output()
        print(f"The output cannot be written ({error.strerror}); write it to another place.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # pressed twice, it still ends with its own status
        try:
            print(flush=True)
        except OSError:
            _drop_output()
        return INTERRUPTED
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="talk", description="Talk to Upper Back Guide; type what you would say.")
    parser.add_argument("--locale", default="en-US", help="the language of the device (default: en-US)")
    parser.add_argument("--speak", action="store_true", help="read the replies aloud with espeak-ng")
    parser.add_argument("--acts", action="store_true", help="show what was understood of each utterance")
    parser.add_argument("--remind", action="store_true", help="with the reminder after three days, which then pass")
    parser.add_argument(
        "--by",
        choices=("words", "alexa"),
        default="words",
        help="what is handed over: all words, or the intent that Alexa would make of them, with both readings shown",
    )
    parser.add_argument("--events", action="store_true", help="show each request and response as JSON")
    return parser.parse_args(arguments)


def _prepare_streams() -> None:
    """Make any bytes readable and any words writable. Raises TalkError where a stream is closed."""
    if sys.stdin is None:
        raise TalkError("Standard input is closed; run it in a terminal, or pipe lines into it.")
    if sys.stdout is None:
        raise TalkError("Standard output is closed; run it in a terminal, or write the output to a file.")
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)  # a test may have put something simpler in its place
        if reconfigure:
            reconfigure(errors="replace")


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that Python's own flush at the end stays quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _handler(home: Home | None, seen: list[Observed]) -> Callable[[object, object], dict[str, Any]]:
    """Return the real handler, whose turns are noted in ``seen``; with ``home`` days can pass."""
    environ, clock = (home.environ(os.environ), home.clock) if home else (os.environ, None)
    return create(environ, observe=seen.append, clock=clock)


def _converse(client: AlexaClient, shown: _Shown, home: Home | None) -> None:
    _show(client, client.launch(), shown)
    for said in _typed():
        if len(said) > LONGEST:
            _print(f"(That was too long for one turn; use {LONGEST} characters or fewer.)", _INDENT)
            continue
        asked = home is not None and client.asks_permission
        answered = client.permit(home.answered(said)) if home and asked else _said(client, said, shown)
        _show(client, answered, shown)
        if home and client.asks_permission:
            _print(ALEXA_ASKS, "Alexa: ")
        elif not client.is_open and not (home and _reminded(client, shown, home)):
            return
    client.end()
    _print("(You left. Amazon closed the session.)", "")


def _reminded(client: AlexaClient, shown: _Shown, home: Home) -> bool:
    """Let the time pass until the reminder, and open the guide again; return False where none is set."""
    if not home.services.reminders:
        return False
    for words in home.pass_time():
        _print(f"(Three days later.) Here is your reminder: {words}", "Alexa: ")
    _print("Alexa, open upper back guide", _PROMPT)
    _show(client, client.launch(), shown)
    return True


def _typed() -> Iterator[str]:
    """Yield what the person types, without control characters. Raises TalkError where it cannot be read."""
    editing = sys.stdin.isatty() and sys.stdout.isatty()
    if editing:
        with suppress(ImportError):
            importlib.import_module("readline")  # line editing for ``input``; its history is not written anywhere
    while True:
        try:
            line = input(_PROMPT) if editing else _piped()
        except EOFError:
            print()
            return
        except UnicodeError as error:
            raise TalkError(f"What was typed cannot be read ({error}); use UTF-8.") from error
        if said := _without_controls(line):
            yield said


def _piped() -> str:
    """Return the next line of standard input, and show it for a whole transcript. Raises EOFError after the last."""
    print(_PROMPT, end="", flush=True)
    try:
        line = rest = sys.stdin.readline(READ_AT_ONCE)
        while rest and not rest.endswith("\n"):
            rest = sys.stdin.readline(READ_AT_ONCE)
    except OSError as error:
        raise TalkError(f"Standard input cannot be read ({error.strerror}); pipe lines into it.") from error
    if not line:
        raise EOFError
    if not sys.stdin.isatty():
        print(_without_controls(line)[:LONGEST], flush=True)
    return line


def _without_controls(line: str) -> str:
    """Return ``line`` without what moves a cursor or is not seen, and with single spaces."""
    visible = (char if char.isprintable() else " " for char in _ESCAPE_SEQUENCE.sub("", line))
    return " ".join("".join(visible).split())


def _said(client: AlexaClient, said: str, shown: _Shown) -> Answered:
    if not shown.by_alexa:
        return say(client, said)
    from simulator import handed_over  # noqa: PLC0415 it is learned in seconds, which only who asks for it waits for

    read = handed_over.both(said, client.locale, client.attributes)
    for name, reading in (("As Alexa hands it over", read["alexa"]), ("As our hearing takes it", read["hearing"])):
        intent = [reading["intent"]] if "intent" in reading else []
        slots = [f"{slot}: {value}" for slot, value in reading["slots"].items()]
        _print(f"({name}: {'; '.join([*intent, *slots])}. Acts: {', '.join(reading['acts'])})", _INDENT)
    return client.request(handed_over.request(said, client.locale))


def _show(client: AlexaClient, answered: Answered, shown: _Shown) -> None:
    if shown.events:
        for name, event in zip(("request", "response"), client.exchanges[-1], strict=True):
            print(f"{name}: {json.dumps(event, indent=2, ensure_ascii=False)}")
    level = shown.seen[-1].turned.reply.disposition if shown.colour and shown.seen else None
    understood = _understood(shown.seen)
    if shown.acts:
        _print(f"({understood})", _INDENT)
    _print(answered.text, "Guide: ", level)
    if answered.card:
        _print(f"[Card] {answered.card['title']}", _INDENT)
        for paragraph in answered.card["content"].split("\n\n"):
            _print(paragraph, _INDENT * 2)
    if answered.ends:
        _print("(The session is over.)", _INDENT)
    sys.stdout.flush()
    if shown.speaker:
        _speak(shown.speaker, answered.ssml)


def _understood(seen: list[Observed]) -> str:
    """Return what was understood in the last turn, and forget it."""
    if not seen:
        return "the turn failed, and the safety net answered"
    done = seen.pop().done
    left = f"; not accounted for: {', '.join(done.unaccounted)}" if done.unaccounted else ""
    return f"understood: {', '.join(map(described, done.acts))}{left}"


def _speak(speaker: str, ssml: str) -> None:
    command = [speaker, "-m", "-s", WORDS_A_MINUTE, ssml]
    try:
        failed = subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode != 0
    except OSError:
        failed = True
    if failed:
        print(f"{_INDENT}(espeak-ng found no way to play sound; check the sound device, or leave out --speak.)")


def _print(text: str, prefix: str, level: Level | None = None) -> None:
    width = max(NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))
    filled = textwrap.fill(text, width, initial_indent=prefix, subsequent_indent=" " * len(prefix))
    print(painted(filled, level))


def _speaker() -> str | None:
    program = shutil.which("espeak-ng")
    if program is None:
        print("--speak: espeak-ng is not installed, so this goes on in writing; install it with your package manager.")
    return program


if __name__ == "__main__":
    sys.exit(main())
