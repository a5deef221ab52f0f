"""``make profile`` with a stand-in for ask-cli: what is asked, in what order, how it goes on, and what it comes to."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from simulator.contexts import CONTEXTS
from simulator.smapi import understood
from simulator.trace import Tracer
from tools import ask_cli, ask_states, build_models, profile_nlu, profile_report, utterances
from tools.ask_cli import AskCliError, ThrottledError
from tools.profile_nlu import Answers
from tools.utterances import Utterance

SKILL_ID = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"
MODEL = json.loads(build_models.packaged("en-US").read_text("utf-8"))


def utterance(words: str, **meant: Any) -> Utterance:
    """Return an utterance in answer to the first question."""
    return Utterance(locale="en-US", words=words, source="x", **{"asked": "heart_lungs", **meant})


def profile(intent: str, **slots: str) -> dict[str, Any]:
    """Return Amazon's answer that picks ``intent``."""
    filled = {name: {"name": name, "value": value} for name, value in slots.items()}
    return {"selectedIntent": {"name": intent, "slots": filled}, "consideredIntents": [{"name": "AMAZON.YesIntent"}]}


# --- What is asked


def asking(
    words: list[str], folder: Path, ask: Callable[[Utterance], Mapping[str, Any]] | None = None
) -> tuple[list[str], list[str], list[float]]:
    """Ask for ``words``; return what was asked, what was told, and how long it slept each time."""
    asked: list[str] = []
    told: list[str] = []
    slept: list[float] = []

    def answer(one: Utterance) -> Mapping[str, Any]:
        asked.append(one.words)
        return ask(one) if ask else profile("AMAZON.NoIntent")

    def sleep(seconds: float) -> None:
        slept.append(seconds)

    answers = Answers(folder / "answers.jsonl")
    wanted = [utterance(one) for one in words]
    profile_nlu.answered(wanted, answers, answer, told.append, sleep=sleep, clock=lambda: 0.0)
    return asked, told, slept


def test_each_is_asked_once_and_apart_with_the_way_that_is_left(tmp_path: Path) -> None:
    asked, told, slept = asking(["a", "b", "a", "c"], tmp_path)
    assert asked == ["a", "b", "c"]
    assert slept == [profile_nlu.APART_SECONDS] * 2
    assert told[0] == "en-US 1 of 3, 0 min left: a"


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    def broken(one: Utterance) -> Mapping[str, Any]:
        if one.words == "b":
            raise AskCliError("no network")
        return profile("AMAZON.NoIntent")

    with pytest.raises(AskCliError):
        asking(["a", "b", "c"], tmp_path, broken)
    asked, told, _ = asking(["a", "b", "c"], tmp_path)
    assert asked == ["b", "c"]
    assert told[0] == "1 were answered before."


def test_half_a_line_is_asked_again(tmp_path: Path) -> None:
    asking(["a", "b"], tmp_path)
    path = tmp_path / "answers.jsonl"
    path.write_text(path.read_text("utf-8")[:-20], "utf-8")
    assert asking(["a", "b"], tmp_path)[0] == ["b"]


def test_it_waits_when_amazon_asks_for_it_and_stops_when_it_always_does(tmp_path: Path) -> None:
    refusals = [ThrottledError("x"), ThrottledError("x")]

    def busy(_: Utterance) -> Mapping[str, Any]:
        if refusals:
            raise refusals.pop()
        return profile("AMAZON.NoIntent")

    _, _, slept = asking(["a"], tmp_path, busy)
    assert slept == [profile_nlu.REST_SECONDS] * 2

    def closed(_: Utterance) -> Mapping[str, Any]:
        raise ThrottledError("x")

    with pytest.raises(ThrottledError):
        asking(["b"], tmp_path, closed)


# --- What it comes to

EMERGENCY = utterance("my chest hurts", present=("chest_pain",), intents=("ReportSignIntent",))
COMES_TO: dict[str, tuple[Utterance, dict[str, Any], str]] = {
    "as meant": (EMERGENCY, profile("ReportSignIntent", statement="my chest hurts"), profile_report.FOUND),
    "by words": (EMERGENCY, profile("WordsIntent", words="my chest hurts"), profile_report.FOUND),
    "asked again": (EMERGENCY, profile("AMAZON.FallbackIntent"), profile_report.ASKED_AGAIN),
    "taken for a no": (EMERGENCY, profile("AMAZON.NoIntent"), profile_report.LOST),
    "nothing at all": (EMERGENCY, {}, profile_report.ASKED_AGAIN),
    "a call for help": (utterance("help me", intents=("EmergencyIntent",)), profile("EmergencyIntent"), "found"),
    "a call that is lost": (utterance("help me", intents=("EmergencyIntent",)), profile("AMAZON.NoIntent"), "LOST"),
    "harmless, as meant": (utterance("nope", intents=("AMAZON.NoIntent",)), profile("AMAZON.NoIntent"), "as meant"),
    "harmless, elsewhere": (utterance("nope", intents=("AMAZON.NoIntent",)), profile("AMAZON.YesIntent"), "elsewhere"),
}


@pytest.fixture(scope="module")
def tracer() -> Tracer:
    """One for all: a turn depends on its line alone."""
    return Tracer()


@pytest.mark.parametrize(("one", "answer", "comes_to"), COMES_TO.values(), ids=COMES_TO)
def test_an_answer_is_played_through_the_real_handler(
    one: Utterance, answer: dict[str, Any], comes_to: str, tracer: Tracer
) -> None:
    (judged,) = profile_report.judged([one], {one.words: answer}, tracer)
    assert judged.comes_to == comes_to


def test_every_place_where_something_is_said_can_be_reached() -> None:
    assert {one.asked for one in utterances.prepared()} <= CONTEXTS.keys()


def test_the_report_has_the_lost_first_and_the_harmless_last(tracer: Tracer) -> None:
    said = [("LOST", "taken for a no"), ("asked again", "asked again"), ("found", "as meant")]
    rows: list[profile_report.Profiled] = []
    for number, (_, case) in enumerate(reversed(said)):
        one, answer, _ = COMES_TO[case]
        rows += profile_report.judged([one], {one.words: {**answer, "number": number}}, tracer)
    harmless, answer, _ = COMES_TO["harmless, elsewhere"]
    rows += profile_report.judged([harmless], {harmless.words: {"selectedIntent": {"name": "Pizza|Intent"}}}, tracer)
    text = profile_report.report("en-US", SKILL_ID, rows, 9)
    table = [line.split(" | ")[0].strip("| ") for line in text.splitlines() if line.startswith("| ")]
    assert table == ["it comes to", "LOST", "asked again", "found", "it comes to", "elsewhere"]
    assert "1 lost, 1 asked again, 1 found. The others: 0 of 1 as meant." in text
    assert "4 of 9 utterances" in text
    assert "Alexa picks intents that the guide does not have: Pizza|Intent." in text
    assert "ReportSignIntent statement=my chest hurts" in text


# --- The whole


def by_model(skill_id: str, stage: str, one: Utterance) -> Mapping[str, Any]:
    """Answer as the stand-in for Amazon's API does, from the samples of the model."""
    assert (skill_id, stage) == (SKILL_ID, "development")
    first, *others = [*understood(MODEL, one.words), {"name": "AMAZON.FallbackIntent"}]
    return {"selectedIntent": first, "consideredIntents": others}


def test_the_program_asks_for_the_dangerous_and_writes_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--skill-id", SKILL_ID, "--locale", "en-US", "--dangerous", "--into", str(tmp_path)]
    assert profile_nlu.main(options, by_model, lambda _: None) == 0
    report = (tmp_path / "en-US.md").read_text("utf-8")
    wanted = [one for one in utterances.prepared(["en-US"]) if one.is_dangerous]
    assert len(wanted) > 50
    assert f"{len(wanted)} of {len(wanted)} utterances" in report
    assert "## The others" in report
    assert f"{len(wanted)} utterances" in capsys.readouterr().out


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (AskCliError("no network;"), 1)])
def test_what_stops_it_leaves_a_report_and_says_that_it_goes_on(
    error: BaseException, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> Mapping[str, Any]:
        raise error

    options = ["--skill-id", SKILL_ID, "--locale", "en-US", "--into", str(tmp_path)]
    assert profile_nlu.main(options, broken, lambda _: None) == status
    assert "make profile goes on from here." in capsys.readouterr().err
    assert (tmp_path / "en-US.md").exists()


def test_without_a_skill_it_says_what_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ask_states, "PACKAGE", tmp_path)
    assert profile_nlu.main([]) == 1
    assert "give SKILL_ID=" in capsys.readouterr().err


def test_ask_cli_is_called_with_the_utterance_and_its_answer_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is a stand-in; ``make prove`` calls ask-cli itself."""
    program = tmp_path / "ask"
    program.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps({{'selectedIntent': sys.argv}}))\n")
    program.chmod(0o755)
    monkeypatch.setattr(ask_cli, "PROGRAM", program)
    answer = profile_nlu._asked(SKILL_ID, "live", utterance("no i don't"))  # noqa: SLF001 what main uses by default
    options = ["-s", SKILL_ID, "-g", "live", "-l", "en-US", "-u", "no i don't"]
    assert answer["selectedIntent"][1:] == ["smapi", "profile-nlu", *options]
    program.write_text("#!/bin/sh\necho done\n")
    with pytest.raises(AskCliError, match="make doctor"):
        profile_nlu._asked(SKILL_ID, "live", utterance("no"))  # noqa: SLF001 as above
