"""Asks Amazon what the deployed model makes of the tests' utterances, and writes it beside what was meant.

Run it as ``make profile``. It asks ``ask smapi profile-nlu`` for one utterance every 1.5 s, the dangerous ones first.
It can be stopped at any time, and goes on from there when it is run again. The report is ``build/profile/<locale>.md``.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from simulator.trace import Tracer
from tools import ask_cli, ask_states, utterances
from tools.artifact_content import ROOT
from tools.ask_cli import AskCliError, ThrottledError
from tools.ask_states import AskStatesError
from tools.deploy import NotReadyError, checked_skill_id
from tools.profile_report import LOST, judged, model_hash, report
from tools.utterances import Utterance

FOLDER = ROOT / "build" / "profile"

APART_SECONDS = 1.5
"""Between the starts of two questions, so that Amazon does not refuse them as too many."""

REST_SECONDS = 60.0
"""After Amazon has asked to be left in peace."""

PATIENCE = 5
"""How often in a row that is taken before it stops."""

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""

Ask = Callable[[Utterance], Mapping[str, Any]]
"""Returns what Amazon makes of an utterance."""


class Answers:
    """Amazon's answers so far, a line each in a file, so that nothing is asked twice."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self._known: dict[str, Mapping[str, Any]] = {}
        for line in lines:
            try:
                answer = json.loads(line)
                self._known[answer["words"]] = answer["profile"]
            except (ValueError, KeyError, TypeError):
                continue  # the last line, where the machine went down in the middle of it

    def get(self, words: str) -> Mapping[str, Any] | None:
        """Return the answer for ``words``, or None where there is none yet."""
        return self._known.get(words)

    def add(self, words: str, profile: Mapping[str, Any]) -> None:
        """Keep an answer, at once."""
        self._known[words] = profile
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"words": words, "profile": profile}, ensure_ascii=False) + "\n")


def answered(  # noqa: PLR0913 what it talks to is given, so that tests wait for nothing
    wanted: Sequence[Utterance],
    answers: Answers,
    ask: Ask,
    tell: Callable[[str], None],
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Ask for every utterance that has no answer yet, and show how far it is. Raises AskCliError where asking fails."""
    left = list({one.words: one for one in wanted if answers.get(one.words) is None}.values())
    if len(left) < len({one.words for one in wanted}):
        tell(f"{len({one.words for one in wanted}) - len(left)} were answered before.")
    for number, one in enumerate(left):
        begun = clock()
        minutes = (len(left) - number) * APART_SECONDS / 60
        tell(f"{one.locale} {number + 1} of {len(left)}, {minutes:.0f} min left: {one.words:.60}")
        answers.add(one.words, _patiently(one, ask, tell, sleep))
        if number + 1 < len(left):
            sleep(max(0.0, APART_SECONDS - (clock() - begun)))


def _patiently(
    one: Utterance, ask: Ask, tell: Callable[[str], None], sleep: Callable[[float], None]
) -> Mapping[str, Any]:
    for attempt in range(PATIENCE):
        try:
            return ask(one)
        except ThrottledError:
            if attempt + 1 == PATIENCE:
                raise
            tell(f"Amazon asks to wait; going on in {REST_SECONDS:.0f} s.")
            sleep(REST_SECONDS)
    raise AssertionError("the last attempt returns or raises")


def _asked(skill_id: str, stage: str, one: Utterance) -> Mapping[str, Any]:
    options = ("-s", skill_id, "-g", stage, "-l", one.locale, "-u", one.words)
    profile = ask_cli.smapi("profile-nlu", *options)
    if not isinstance(profile, dict):
        raise AskCliError("ask smapi profile-nlu answered with nothing; run make doctor.")
    return profile


def _skill_id(given: str | None) -> str:
    known = checked_skill_id(given) if given else ask_states.skill_id(ask_states.PACKAGE)
    if known is None:
        raise NotReadyError("No skill is known; give SKILL_ID=amzn1.ask.skill..., or run make package with it once.")
    return known


def _tell(line: str) -> None:
    print(f"\r\x1b[K{line}" if sys.stderr.isatty() else line, file=sys.stderr, end="" if sys.stderr.isatty() else "\n")


def main(
    arguments: list[str] | None = None,
    ask: Callable[[str, str, Utterance], Mapping[str, Any]] = _asked,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Ask for what has no answer yet, write the reports, and return the exit status."""
    parser = argparse.ArgumentParser(prog="profile", description=__doc__)
    parser.add_argument("--locale", action="append", help="a locale; may be given again (default: every one)")
    parser.add_argument("--skill-id", help="the skill; without it the one that make package knows")
    parser.add_argument("--stage", default="development", help="development or live (default: development)")
    parser.add_argument("--dangerous", action="store_true", help="only the dangerous utterances")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder for answers and reports")
    chosen = parser.parse_args(arguments)
    status = 0
    try:
        skill_id = _skill_id(chosen.skill_id)
        wanted = utterances.dangerous_first(utterances.prepared(chosen.locale))
    except (NotReadyError, AskStatesError) as error:
        print(f"make profile: {error}", file=sys.stderr)
        return 1
    if chosen.dangerous:
        wanted = [one for one in wanted if one.is_dangerous]
    for locale in dict.fromkeys(one.locale for one in wanted):
        own = [one for one in wanted if one.locale == locale]
        answers = Answers(chosen.into / f"{locale}-{chosen.stage}-{model_hash(locale)}.jsonl")
        try:
            answered(own, answers, partial(ask, skill_id, chosen.stage), _tell, sleep=sleep)
        except KeyboardInterrupt:
            status = INTERRUPTED
            print("\nStopped; make profile goes on from here.", file=sys.stderr)
        except AskCliError as error:
            status = 1
            print(f"\nmake profile: {error} make profile goes on from here.", file=sys.stderr)
        rows = list(judged(own, answers, Tracer(locale)))
        path = chosen.into / f"{locale}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report(locale, skill_id, rows, len(own)), "utf-8")
        lost = sum(row.comes_to == LOST for row in rows)
        print(f"\n{path}: {len(rows)} of {len(own)} utterances, {lost} of the dangerous ones lost.")
        if status:
            break
    return status


if __name__ == "__main__":
    sys.exit(main())
