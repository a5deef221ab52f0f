"""What is drawn and counted while a step of guided relief is spoken."""

from itertools import pairwise

import pytest

from skill.prompts import constructors as say
from skill.prompts import ssml
from skill.prompts.catalogue import load
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.screen.timeline import cues

WORDS = load("en-US")
STEPS = [step.id for step in UPPER_BACK_GUIDE.care.steps]


def test_a_cue_ends_with_its_pause_and_keeps_the_pose_until_another_is_named() -> None:
    made = cues(["[show squeeze 1] Squeeze, one. [pause 3s] [show release 1] And let go. [pause 3s]", "Breathe."])
    assert [(cue.text, cue.pose, cue.count) for cue in made] == [
        ("Squeeze, one.", "squeeze", 1),
        ("And let go.", "release", 1),
        ("Breathe.", "release", 1),
    ]
    assert [(cue.at, cue.seconds) for cue in made] == [(0.0, 3.8), (3.8, 4.2), (8.0, 0.4)]


def test_without_a_mark_the_body_rests() -> None:
    assert [(cue.pose, cue.count) for cue in cues(["Sit tall."])] == [("rest", None)]


def test_what_is_said_before_the_step_moves_all_of_it() -> None:
    assert cues(["Sit tall."], 2.0)[0].at == 2.0


@pytest.mark.parametrize("step", STEPS)
def test_the_cues_of_a_step_say_what_is_spoken_one_after_the_other(step: str) -> None:
    prompt = say.step(step)
    made = cues(WORDS.said([prompt]))
    assert " ".join(cue.text for cue in made) == WORDS.text([prompt])
    assert [round(one.at + one.seconds - other.at, 1) for one, other in pairwise(made)] == pytest.approx(
        [0] * (len(made) - 1), abs=0.15
    )
    assert "show" not in WORDS.ssml([prompt])


@pytest.mark.parametrize(
    ("step", "counts"), [("squeeze", range(1, 9)), ("rolls", range(1, 11)), ("breathe", range(1, 5))]
)
def test_a_step_that_counts_shows_each_number_once_it_is_said(step: str, counts: range) -> None:
    shown = [cue.count for cue in cues(WORDS.said([say.step(step)])) if cue.count]
    assert list(dict.fromkeys(shown)) == list(counts)


def test_slower_takes_longer() -> None:
    at_first, slower = (cues(WORDS.said([say.step("squeeze", pace)]))[-1].at for pace in (1.0, 1.5))
    assert slower > 1.3 * at_first


@pytest.mark.parametrize("mark", ["[show squeeze 3]", "[show rest]", "[show in 12]"])
def test_a_mark_is_silent_and_shown_to_nobody(mark: str) -> None:
    assert ssml.plain([f"{mark} One."]) == "One."
    assert ssml.speak([f"{mark} One."]) == "<speak><s>One.</s></speak>"
