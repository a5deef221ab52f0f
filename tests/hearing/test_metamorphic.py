"""What may be done to an utterance without its danger being lost: the gate for every change of a word list."""

import pytest
from hearing.listening import ASKED, asked_again, denied, heard, reported

from skill.acts import Answer
from skill.protocol.model import FindingId

REPORTS: dict[str, tuple[str, ...]] = {
    "chest_pain": ("my chest hurts", "i have pain in my chest", "my chest feels tight and heavy"),
    "short_of_breath": ("i can't catch my breath", "i'm short of breath", "it's hard to breathe"),
    "sweating": ("i'm sweating a lot", "i broke out in a cold sweat"),
    "nausea": ("i feel sick to my stomach", "i threw up twice"),
    "jaw_pain": ("my jaw aches", "the pain goes up into my jaw"),
    "sudden_tearing": ("it felt like something ripped in my back", "it came on all of a sudden"),
    "fainting": ("i almost passed out", "i fainted this morning"),
    "coughing_blood": ("i coughed up blood", "there was blood when i coughed"),
    "weakness": ("my legs feel weak", "i can't lift my arm"),
    "numbness_tingling": ("my hands are numb", "i have tingling in my legs"),
    "bowel_bladder": ("i lost control of my bladder", "i wet myself"),
    "injury": ("i fell down the stairs", "i was in a car accident"),
}
ALL = [(finding, words) for finding, said in REPORTS.items() for words in said]
HOME = {str(finding): name for name, expecting in ASKED.items() for finding in expecting.findings}
"""The question that asks about each finding."""


def is_denied(words: str, finding: str, asked: str) -> bool:
    acts = heard(words, asked)
    return FindingId(finding) in denied(acts, asked) - reported(acts)


@pytest.mark.parametrize(("finding", "words"), ALL)
def test_a_report_counts_in_every_state(finding: str, words: str) -> None:
    assert [asked for asked in ASKED if FindingId(finding) not in reported(heard(words, asked))] == []


@pytest.mark.parametrize(("finding", "words"), ALL)
def test_no_word_that_is_dropped_makes_a_denial_of_a_report(finding: str, words: str) -> None:
    said = words.split()
    shorter = [" ".join(said[:at] + said[at + 1 :]) for at in range(len(said))]
    assert [less for less in shorter if is_denied(less, finding, HOME[finding])] == []


@pytest.mark.parametrize(("finding", "words"), ALL)
@pytest.mark.parametrize("small", ["", "but", "just", "well", "only", "because", "wait"])
def test_a_no_before_a_sentence_that_reports_denies_nothing(finding: str, words: str, small: str) -> None:
    said = f"no {small} {words}"
    if words.startswith(("my ", "i ", "i'm ", "it ", "it's ", "the ", "there ")) or small:
        assert not is_denied(said, finding, HOME[finding])


@pytest.mark.parametrize(("finding", "words"), ALL)
@pytest.mark.parametrize("frame", ["it's not like i don't have {}", "i'm not saying that i don't have {}"])
def test_a_denial_that_is_denied_is_none(finding: str, words: str, frame: str) -> None:
    noun = words.removeprefix("i have ").removeprefix("i'm ")
    acts = heard(frame.format(noun), HOME[finding])
    assert FindingId(finding) not in denied(acts, HOME[finding]) - reported(acts)


@pytest.mark.parametrize(
    ("asked", "words", "finding"),
    [
        ("nerves", "no my arm is none", "numbness_tingling"),
        ("bladder_injury", "i felt down the stairs", "injury"),
        ("heart_signs", "my draw hurts", "jaw_pain"),
        ("bladder_injury", "ladder trouble", "bowel_bladder"),
        ("bladder_injury", "trouble when i pea", "bowel_bladder"),
    ],
)
def test_a_word_that_sounds_like_another_is_never_a_denial(asked: str, words: str, finding: str) -> None:
    assert not is_denied(words, finding, asked)


@pytest.mark.parametrize("joint", ["but", "and"])
@pytest.mark.parametrize(("finding", "words"), ALL)
def test_what_is_joined_keeps_its_findings(finding: str, words: str, joint: str) -> None:
    for other in ("i fell down the stairs", "my chest hurts", "no fever", "my back is stiff"):
        acts = heard(f"{other} {joint} {words}", HOME[finding])
        # A denial may reach over "and": then it is asked about by name.
        assert FindingId(finding) in reported(acts) or (
            other.startswith("no ") and joint == "and" and asked_again(acts)
        )
        assert not is_denied(f"{words} {joint} {other}", finding, HOME[finding])


@pytest.mark.parametrize(("finding", "words"), ALL)
def test_politeness_around_a_report_takes_nothing_away(finding: str, words: str) -> None:
    for frame in ("um well {}", "you know {} to be honest", "yes sir {}", "{} i guess", "oh and {} too"):
        assert not is_denied(frame.format(words), finding, HOME[finding])
        assert Answer.NO not in heard(frame.format(words), HOME[finding])
