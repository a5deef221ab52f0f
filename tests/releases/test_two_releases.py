"""The code of earlier releases beside this one, in the same sessions: nobody starts anew, no emergency is lost.

A deployment sends each turn at random to the release that was there and to this one, for five minutes. A person
answers truthfully what is asked, whoever asks it. Release 1.0.0 cannot read our sessions: from it the deployment
switches at once.
"""

import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from simulator.past_release import PastRelease, commit_of, past_release
from skill.dialog import released_1_0
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import Level
from tools.keep_release import RELEASES, keep, main

Handle = Callable[[object, object], dict[str, Any]]
PROTOCOL = UPPER_BACK_GUIDE.protocol
ARCHIVES = sorted(RELEASES.glob("*.zip"))
OLD, BESIDE = "1.0.0", "2.0.0-main"
"""The release that wrote another shape of a session, and the last build that shares sessions with this one."""

INTERVIEWS = 2_000
PARTS = 8
"""The interviews are held in so many tests, so that both cores have some."""

LONGEST = 80
"""Turns within which an interview is over, however often the release changes."""

LAUNCH = {"type": "LaunchRequest"}
APPLICATION = {"applicationId": "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"}
YES, NO, UNSURE, REPEAT, HELP = (
    *("AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent"),
    *("AMAZON.RepeatIntent", "AMAZON.HelpIntent"),
)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, PastRelease]]:
    with (
        past_release(RELEASES / f"{OLD}.zip", tmp_path_factory.mktemp("old")) as old,
        past_release(RELEASES / f"{BESIDE}.zip", tmp_path_factory.mktemp("beside")) as beside,
    ):
        yield {OLD: old, BESIDE: beside}


@dataclass(kw_only=True)
class Interview:
    """One person, and which release answers each turn."""

    chance: random.Random
    of: Callable[[int], Handle]
    """Returns the release that answers turn ``n``, from 0."""
    has: frozenset[str]
    """The findings that the person has."""
    turns: Counter[str] = field(default_factory=Counter)
    unsure: bool = False
    attributes: str = "{}"
    faults: list[str] = field(default_factory=list)

    def hold(self) -> str:
        """Hold the interview to its first result and return the title of its card."""
        self._take_turn(LAUNCH)
        for _ in range(LONGEST):
            asked, level = asked_about(json.loads(self.attributes))
            said = self._reply(asked)
            text, title = self._take_turn({"type": "IntentRequest", "intent": {"name": said}})
            if said == YES and level == Level.EMERGENCY and self.has & asked and title != "Call 911 now":
                self.faults.append(f"a yes to {sorted(self.has & asked)} was answered with {text!r}")
            if "Welcome" in text and said in (YES, NO, UNSURE):
                self.faults.append(f"{said} to {sorted(asked)} was answered with the welcome")
            if title:
                return title
        self.faults.append("it did not come to an end")
        return ""

    def _take_turn(self, request: dict[str, Any]) -> tuple[str, str]:
        """Send ``request`` to the release whose turn it is, and return its words and the title of its card."""
        handle = self.of(sum(self.turns.values()))
        self.turns["past" if isinstance(handle, PastRelease) else "ours"] += 1
        session = {"application": APPLICATION, "attributes": json.loads(self.attributes)}
        answered = handle({"version": "1.0", "session": session, "request": {**request, "locale": "en-US"}}, None)
        self.attributes = json.dumps(answered["sessionAttributes"])
        body = answered["response"]
        return body["outputSpeech"]["ssml"], body.get("card", {}).get("title", "")

    def _reply(self, asked: frozenset[str]) -> str:
        if self.has & asked:
            return YES
        if not asked:
            return YES  # all that is read back is right
        if self.chance.random() < 0.1:
            return self.chance.choice((REPEAT, HELP))
        if not self.unsure and self.chance.random() < 0.05:
            self.unsure = True
            return UNSURE
        return NO


def asked_about(attributes: dict[str, Any]) -> tuple[frozenset[str], int]:
    """Return the findings that were asked about, and the level of a yes, as the release that asked stored them."""
    if attributes.get("version") == 2:
        attributes = released_1_0.translated(attributes)
    asked = attributes.get("asked") or {"about": (), "level": 0}
    return frozenset(asked["about"]), asked["level"]


def held(seed: int, number: int, of: Callable[[random.Random], Callable[[int], Handle]]) -> Iterator[Interview]:
    """Yield interviews, held, in which every finding and none at all occur; the results are checked."""
    chance = random.Random(seed)  # noqa: S311 no secret
    findings = [finding for question in PROTOCOL.questions for finding in question.findings]
    for _ in range(number):
        finding = chance.choice((None, *findings))
        interview = Interview(chance=chance, of=of(chance), has=frozenset({finding.id} if finding else ()))
        result = interview.hold()
        # A "not sure" that one release asked for and the other took may be counted twice: for more, never for less.
        if finding is None and not interview.unsure and result != "Care for your upper back at home":
            interview.faults.append(f"nothing is there, and it came to {result!r}")
        if finding is not None and result == "Care for your upper back at home":
            interview.faults.append(f"{finding.id} is there, and it came to home care")
        yield interview


@pytest.mark.parametrize("seed", range(PARTS))
def test_a_release_beside_this_one_turn_by_turn_at_random_loses_nothing(
    seed: int, releases: dict[str, PastRelease], handler: Handle
) -> None:
    both = (handler, releases[BESIDE])
    interviews = list(held(seed, INTERVIEWS // PARTS, lambda chance: lambda _: chance.choice(both)))
    assert [fault for interview in interviews for fault in interview.faults] == []
    turns = sum((interview.turns for interview in interviews), Counter())
    assert min(turns["ours"], turns["past"]) > INTERVIEWS // PARTS


def test_when_this_release_takes_the_place_of_1_0_open_sessions_go_on(
    releases: dict[str, PastRelease], handler: Handle
) -> None:
    def switched(chance: random.Random) -> Callable[[int], Handle]:
        last = chance.randint(1, 12)
        return lambda turn: releases[OLD] if turn < last else handler

    interviews = list(held(99, 300, switched))
    assert [fault for interview in interviews for fault in interview.faults] == []
    assert sum(interview.turns["past"] and interview.turns["ours"] for interview in interviews) > 100


def test_1_0_itself_throws_our_sessions_back_to_the_welcome(releases: dict[str, PastRelease], handler: Handle) -> None:
    """The control: a fault of this kind is seen, and it is why the deployment from 1.0.0 switches at once."""
    both = (handler, releases[OLD])
    interviews = list(held(5, 60, lambda chance: lambda _: chance.choice(both)))
    faults = " ".join(fault for interview in interviews for fault in interview.faults)
    assert "answered with the welcome" in faults


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda archive: archive.stem)
def test_an_archive_names_the_commit_that_it_was_made_of(archive: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", commit_of(archive))
    assert archive.stat().st_size < 250_000


def test_the_archives_are_those_that_are_used() -> None:
    assert {archive.stem for archive in ARCHIVES} == {OLD, BESIDE}


def test_a_release_is_kept_as_git_has_it_without_hearing(tmp_path: Path) -> None:
    kept = keep("HEAD", "now", tmp_path)
    assert re.fullmatch(r"[0-9a-f]{40}", commit_of(kept))
    with zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
    assert {"lambda/lambda_function.py", "skill/dialog/conversation.py"} <= set(names)
    assert not [name for name in names if "/hearing/" in name and "/locales/" in name and not name.endswith("/")]


def test_a_commit_that_there_is_not_gets_one_sentence(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["no-such-commit", str(tmp_path / "x")]) == 1
    assert "fetch it, or give another." in capfd.readouterr().err
