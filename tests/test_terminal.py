"""The terminal as people use it: a real process, typed words, closed pipes."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.conversations import LONGEST

ROOT = Path(__file__).resolve().parent.parent
TALK = [sys.executable, "-W", "ignore", "-m", "simulator.terminal"]


def talk(*options: str, typed: str | bytes = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Return the finished conversation."""
    done = subprocess.run(
        [*TALK, *options],
        cwd=ROOT,
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        check=False,
        env={**os.environ, **environ},
        timeout=60,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def in_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Return the finished conversation whose streams are set up by a shell."""
    line = ["sh", "-c", command.replace("TALK", " ".join(TALK))]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_a_piped_conversation_runs_to_its_end() -> None:
    done = talk(typed="no\nyes\nthis is not read any more\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "You:   yes" in done.stdout
    assert "Call 911 or your local emergency number now" in done.stdout
    assert done.stdout.rstrip().endswith("(The session is over.)")


def test_leaving_in_the_middle_is_fine() -> None:
    done = talk(typed="no\n")
    assert done.returncode == 0
    assert "You left" in done.stdout


def test_events_are_shown_on_request() -> None:
    done = talk("--events", typed="stop\n")
    assert '"type": "LaunchRequest"' in done.stdout
    assert '"shouldEndSession": true' in done.stdout


def test_speech_without_espeak_goes_on_in_writing_and_says_so(tmp_path: Path) -> None:
    done = talk("--speak", typed="stop\n", PATH=str(tmp_path))
    assert done.returncode == 0
    assert "espeak-ng is not installed" in done.stdout


def test_speech_is_handed_to_espeak_as_ssml(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/heard"\n', "utf-8")
    program.chmod(0o755)
    talk("--speak", typed="stop\n", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert (tmp_path / "heard").read_text("utf-8").startswith("-m -s 165 <speak>")


def test_a_missing_sound_device_is_said_in_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho noise >&2\nexit 1\n", "utf-8")
    program.chmod(0o755)
    done = talk("--speak", typed="stop\n", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert "found no way to play sound" in done.stdout
    assert done.stderr == ""


def test_an_unknown_locale_gets_one_sentence_and_fails() -> None:
    done = talk("--locale", "xx-YY")
    assert done.returncode == 1
    assert done.stderr == "xx-YY: no such locale; choose one of en-US, or add the folder locales/xx-YY.\n"


def test_a_closed_pipe_gets_one_sentence_and_fails() -> None:
    with subprocess.Popen(
        TALK, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write("no\n" * 3)
        process.stdin.close()
        errors = process.stderr.read()
        assert process.wait(timeout=60) == 1
    assert errors.count("\n") == 1
    assert "closed the pipe" in errors


def test_what_was_understood_is_shown_on_request() -> None:
    done = talk("--acts", typed="no\nyes\n")
    assert "(understood: open)" in done.stdout
    assert "You:   no\n       (understood: no)\nGuide: Okay." in done.stdout
    assert "(understood:" not in talk(typed="no\n").stdout


def test_the_card_is_shown_with_its_text() -> None:
    done = talk(typed="my chest hurts\n")
    assert "       [Card] Call 911 now\n              Call 911 or your local emergency number now" in done.stdout
    assert "              For information and education only." in done.stdout


def test_what_alexa_would_hand_over_is_sent_and_shown_beside_what_hearing_makes_of_the_words() -> None:
    done = talk("--by", "alexa", "--acts", typed="my jaw hurts\n")
    assert (done.returncode, done.stderr) == (0, "")
    shown = " ".join(done.stdout.split())
    assert (
        "(As Alexa hands it over: ReportSignIntent; statement: my jaw hurts → jaw_pain. Acts: report jaw_pain)" in shown
    )
    assert "(As our hearing takes it: words: my jaw hurts. Acts: report jaw_pain)" in shown
    assert "You told me about jaw pain." in shown


@pytest.mark.parametrize(
    ("variables", "coloured"), [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({}, False)]
)
def test_an_emergency_is_red_on_a_terminal_that_shows_colours(variables: dict[str, str], coloured: bool) -> None:
    terminal = Terminal(**variables)
    terminal.shows("You:")
    terminal.type(b"my chest hurts\n")
    terminal.shows("\n\x1b[1;97;41mGuide: Call 911" if coloured else "\nGuide: Call 911")
    terminal.close()


def test_a_line_that_is_too_long_is_not_said_and_the_conversation_goes_on() -> None:
    done = talk("--acts", typed=f"{'no ' * LONGEST}\n{'x' * 1_000_000}\n{'y' * LONGEST}\nno\n")
    assert done.returncode == 0
    assert done.stdout.count(f"(That was too long for one turn; use {LONGEST} characters or fewer.)") == 2
    assert done.stdout.count("(understood:") == 3  # the opening, the line that just fits, and the no


def test_control_characters_are_neither_said_nor_shown() -> None:
    done = talk("--events", typed="\x1b[2J\x1b[31mn\x07o\x00\u202e \x9b2K\t\x1b[A\n")
    assert done.returncode == 0
    typed = re.search(r"^You:   (.*)$", done.stdout, flags=re.MULTILINE)
    assert typed
    assert typed[1] == "n o 2K"
    assert re.search(r"[^\n\x20-\x7e]", done.stdout.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) is None


def test_any_bytes_can_be_typed_and_any_encoding_can_be_written() -> None:
    done = talk(typed=b"\xff\xfe n\xc3\x28\nno\n")
    assert (done.returncode, done.stderr) == (0, "")
    done = talk("--events", typed="caf\u00e9\n", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_skill_that_the_environment_names_is_the_one_that_answers() -> None:
    done = talk("--events", typed="stop\n", SKILL_ID="amzn1.ask.skill.somebody")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"applicationId": "amzn1.ask.skill.somebody"' in done.stdout


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("TALK <&-", "Standard input is closed; run it in a terminal, or pipe lines into it.\n"),
        ("echo no | TALK >&-", "Standard output is closed; run it in a terminal, or write the output to a file.\n"),
        (
            "echo no | TALK >/dev/full",
            "The output cannot be written (No space left on device); write it to another place.\n",
        ),
    ],
    ids=["closed input", "closed output", "full disk"],
)
def test_a_stream_that_cannot_be_used_gets_one_sentence_and_fails(command: str, sentence: str) -> None:
    done = in_shell(command)
    assert (done.returncode, done.stderr) == (1, sentence)


# --- At a real terminal


class Terminal:
    """The program at a terminal of its own, and what it has shown so far."""

    def __init__(self, *options: str, **variables: str) -> None:
        self._outer, inner = pty.openpty()
        self._text = ""
        environ = {**os.environ, "TERM": "dumb", **variables}
        self.process = subprocess.Popen(
            [*TALK, *options], cwd=ROOT, stdin=inner, stdout=inner, stderr=inner, env=environ, start_new_session=True
        )
        os.close(inner)

    def type(self, keys: bytes) -> None:
        """Press ``keys``."""
        os.write(self._outer, keys)

    def shows(self, words: str) -> None:
        """Wait until ``words`` stand there, after those that were waited for before."""
        end = time.monotonic() + 60
        while words not in self._text:
            assert time.monotonic() < end, f"{words!r} did not come: {self._text!r}"
            self._text += self._read()
        self._text = self._text.partition(words)[2]

    def rest(self) -> str:
        """Return what is shown until the program ends."""
        while read := self._read():
            self._text += read
        return self._text

    def close(self) -> None:
        """End the program and its terminal."""
        self.process.kill()
        self.process.wait()
        os.close(self._outer)

    def _read(self) -> str:
        if not select.select([self._outer], [], [], 1)[0]:
            return ""
        try:
            return os.read(self._outer, 65_536).decode(errors="replace")
        except OSError:  # the program has ended, and its end of the terminal with it
            return ""


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    opened = Terminal("--acts")
    yield opened
    opened.close()


def test_a_line_can_be_edited_and_called_back(terminal: Terminal) -> None:
    terminal.shows("You:")
    terminal.type(b"mo\x7f\x7fno\n")
    terminal.shows("(understood: no)")
    terminal.shows("You:")
    terminal.type(b"\x10\n")  # Control-P: the line before
    terminal.shows("(understood: no)")
    terminal.shows("You:")
    terminal.type(b"\x04")
    terminal.shows("(You left.")
    assert terminal.process.wait(timeout=60) == 0


def test_control_c_ends_it_quietly_as_shells_expect(terminal: Terminal) -> None:
    terminal.shows("You:")
    end = time.monotonic() + 60
    while terminal.process.poll() is None and time.monotonic() < end:
        # Between the prompt and the wait for a key, readline sees a signal only with the next one.
        terminal.process.send_signal(signal.SIGINT)
        time.sleep(0.2)
    assert terminal.process.wait(timeout=1) == 130
    assert "Traceback" not in terminal.rest()
