"""What must come of sentences as people say them, and of what was asked before them."""

import pytest

from skill.acts import Act, Answer, Aside, AskTopic, Call, Control, Deny, Doubt, Lasted, Missed, Report, Trend, Unclear
from skill.hearing.hear import hear
from skill.hearing.heard import Asked, Expecting, Heard
from skill.protocol.care import TopicId
from skill.protocol.model import FindingId, QuestionId
from skill.protocol.upper_back import UPPER_BACK

QUESTIONS = {question.id: tuple(found.id for found in question.findings) for question in UPPER_BACK.questions}


def heard(asked: str, words: str) -> Heard:
    if QuestionId(asked) in QUESTIONS:
        return hear(words, Expecting(asked=Asked.FINDINGS, findings=QUESTIONS[QuestionId(asked)]))
    return hear(words, Expecting(asked=Asked(asked)))


def named(acts: tuple[Act, ...], *kinds: type) -> set[str]:
    return {str(id_) for act in acts if isinstance(act, kinds) for id_ in getattr(act, "findings", ())}


def ids(text: str) -> set[str]:
    return set(text.split())


@pytest.mark.parametrize(
    ("asked", "words", "present", "why"),
    [
        ("heart_lungs", "my chest feels like a sack of flour is lying on it", "", "read below: at least asked about"),
        ("heart_lungs", "there was some tightness across my chest at breakfast", "chest_pain", "past is present"),
        ("heart_lungs", "just a smidge of pressure in my chest", "chest_pain", "small is present"),
        ("heart_lungs", "my heart aches but that is only indigestion", "chest_pain", "explained away is present"),
        ("heart_lungs", "he is gasping when he talks", "short_of_breath", "said about the patient by another"),
        ("heart_signs", "her jaw hurts since lunch", "jaw_pain", "said about the patient by another"),
        ("bladder_injury", "grandma slid off the couch", "injury", "a slide is a fall"),
        ("bladder_injury", "i came off my scooter in spring", "injury", "an old injury is one"),
        ("nerves", "my grip has gone and the fingers tingle", "weakness numbness_tingling", "two at once"),
        ("heart_lungs", "no my chest hurts", "chest_pain", "a bare no denies no sentence"),
        ("heart_lungs", "i can't catch my breath", "short_of_breath", "carries its own denial"),
        ("nerves", "can't feel my toes", "numbness_tingling", "carries its own denial"),
        ("heart_signs", "i can't stop vomiting", "nausea", "not stopping is going on"),
        ("nothing", "my shirt is drenched and i feel faint", "sweating fainting", "volunteered"),
        ("readback", "yes but my legs keep buckling", "weakness", "more than a yes"),
        ("offer", "my tongue and lip went numb", "numbness_tingling", "in any state"),
        ("heart_signs", "not sweating but my stomach is churning", "nausea", "the other half of a mixed answer"),
        ("heart_lungs", "lower back pain mostly", "lower_back", "a limit of the protocol"),
        ("heart_lungs", "i'm five months pregnant", "pregnancy", "a limit of the protocol"),
    ],
)
def test_a_finding_that_is_said_is_present(asked: str, words: str, present: str, why: str) -> None:
    acts = heard(asked, words).acts
    assert ids(present) <= named(acts, Report), why
    assert not named(acts, Deny) & ids(present), why


@pytest.mark.parametrize(
    ("asked", "words", "absent", "why"),
    [
        ("heart_lungs", "no chest pain", "chest_pain", "a bare no denies a noun"),
        ("heart_lungs", "nope my chest is good", "chest_pain", "said to be well"),
        ("heart_lungs", "chest and breathing are both fine", "chest_pain short_of_breath", "two that are well"),
        (
            "heart_lungs",
            "no problems with my chest or my breathing",
            "chest_pain short_of_breath",
            "one no, two things",
        ),
        ("heart_signs", "no sweating nausea or jaw pain", "sweating nausea jaw_pain", "a list with one no"),
        ("heart_signs", "not clammy not queasy", "sweating nausea", "a list of noes"),
        ("heart_signs", "my teeth and jaw don't hurt", "jaw_pain", "denied in between"),
        ("sudden_signs", "i never passed out", "fainting", "never denies a sentence"),
        ("sudden_signs", "it came on little by little", "sudden_tearing", "the opposite is a denial"),
        ("nerves", "i can feel all my fingers", "numbness_tingling", "what can be done"),
        ("bladder_injury", "i can pee fine and nobody hit me", "bowel_bladder injury", "two sentences"),
        ("bladder_injury", "ain't had no fall", "injury", "two denials of one dialect are one"),
        ("infection_lung", "my temperature was normal this morning", "fever", "measured"),
        ("history", "never had any cancer", "cancer_history", "never denies"),
        ("weight_night", "i sleep like a log", "night_pain", "an idiom"),
    ],
)
def test_what_is_denied_is_denied_by_name(asked: str, words: str, absent: str, why: str) -> None:
    acts = heard(asked, words).acts
    assert named(acts, Deny) >= ids(absent), why
    assert not named(acts, Report), why


@pytest.mark.parametrize(
    ("asked", "words", "why"),
    [
        ("heart_lungs", "it's not like i don't have chest pain", "a denial of a denial"),
        ("heart_lungs", "i'm not sure about the chest pain", "named with a doubt"),
        ("heart_signs", "no i'm draw hurts", "sounds like jaw"),
        ("nerves", "no i'm none in the leg", "sounds like numb"),
        ("heart_lungs", "no a bit of chest pain", "a no and a report in one breath"),
    ],
)
def test_what_could_be_a_report_is_never_a_denial(asked: str, words: str, why: str) -> None:
    acts = heard(asked, words).acts
    assert not named(acts, Deny), why
    assert Answer.NO not in acts, why


@pytest.mark.parametrize("words", ["no", "nope", "no sir", "no thank you", "none of that", "neither", "nah not at all"])
def test_a_plain_no_is_a_no(words: str) -> None:
    assert heard("heart_lungs", words).acts == (Answer.NO,)


@pytest.mark.parametrize(
    "words",
    [
        "no just the usual flubber",
        "i don't think so",
        "not really",
        "not that i know of",
        "no it goes along all of the middle",
        "i'm fine",
        "no but the thing came up again",
    ],
)
def test_a_no_with_something_left_over_is_a_soft_one(words: str) -> None:
    acts = heard("sudden_signs", words).acts
    assert Answer.NO not in acts
    assert Answer.SOFT_NO in acts


def test_words_that_stay_unaccounted_for_are_told() -> None:
    assert "flubber" in heard("heart_lungs", "no just the usual flubber").unaccounted


@pytest.mark.parametrize(
    ("asked", "words", "why"),
    [
        ("heart_signs", "why does my jaw matter", "a question why"),
        ("heart_lungs", "what if i get chest pain", "a condition"),
        ("heart_lungs", "what counts as short of breath", "a question"),
        ("heart_signs", "i'm sick of these questions", "another sense"),
        ("sudden_signs", "i fell asleep on the train", "another sense"),
        ("bladder_injury", "i have to pick up my kid", "another sense"),
        ("heart_lungs", "let me get this off my chest", "another sense"),
        ("heart_lungs", "my heart goes out to them", "another sense"),
        ("nerves", "the wifi signal is weak", "no part of the body"),
        ("heart_signs", "the dog is panting", "an animal"),
        ("severity", "it's worse when i bend forward", "worse with a movement is not worse over time"),
    ],
)
def test_what_holds_no_finding_reports_none(asked: str, words: str, why: str) -> None:
    acts = heard(asked, words).acts
    assert not named(acts, Report), why
    assert Answer.YES not in acts, why


@pytest.mark.parametrize(
    ("asked", "words", "acts"),
    [
        ("heart_lungs", "a little", (Answer.YES,)),
        ("heart_lungs", "now and then", (Answer.YES,)),
        ("nerves", "just the left one", (Answer.YES,)),
        ("heart_lungs", "earlier but not any more", (Answer.YES,)),
        ("heart_lungs", "it's just gas", (Answer.UNSURE,)),
        ("heart_lungs", "hard to say", (Answer.UNSURE,)),
        ("heart_lungs", "in my chest", (Report((FindingId("chest_pain"),)),)),
        (
            "infection_lung",
            "yes but not the fever",
            (Deny((FindingId("fever"),)), Report((FindingId("pain_on_breathing"),))),
        ),
    ],
)
def test_what_was_asked_fills_what_is_left_out(asked: str, words: str, acts: tuple[Act, ...]) -> None:
    assert set(heard(asked, words).acts) == set(acts)


@pytest.mark.parametrize(
    ("asked", "words", "days"),
    [
        ("duration", "about two weeks", 14),
        ("duration", "since tuesday", 7),
        ("duration", "a few weeks", 22),
        ("nothing", "my back has hurt for three days", 3),
        ("readback", "no it was five days", 5),
    ],
)
def test_how_long_the_pain_has_lasted(asked: str, words: str, days: float) -> None:
    assert Lasted(days) in heard(asked, words).acts


@pytest.mark.parametrize("words", ["i'm seventy years old", "i'm five months pregnant", "the pill helps for an hour"])
def test_other_times_are_not_those_of_the_pain(words: str) -> None:
    assert not any(isinstance(act, Lasted) for act in heard("heart_lungs", words).acts)


@pytest.mark.parametrize(
    ("asked", "words", "act"),
    [
        ("readback", "yes", Answer.YES),
        ("readback", "all correct", Answer.YES),
        ("readback", "no", Answer.NO),
        ("offer", "go on then", Answer.YES),
        ("offer", "no", Answer.NO),
        ("worse", "a bit", Answer.YES),
        ("nothing", "my upper back hurts", Aside.PAIN),
        ("offer", "my shoulders are stiff", Aside.PAIN),
        ("offer", "run the check again", Control.CHECK),
        ("nothing", "good morning", Aside.GREETING),
        ("heart_lungs", "could you say that again", Control.REPEAT),
        ("heart_lungs", "start from scratch", Control.RESTART),
        ("heart_lungs", "why are you asking", Control.WHY),
        ("step", "not so fast", Control.SLOWER),
        ("offer", "can i take ibuprofen", AskTopic(TopicId("medicine"))),
        ("heart_lungs", "i want to end my life", Call.CRISIS),
        ("offer", "send an ambulance", Call.EMERGENCY),
        ("severity", "it's getting better", Trend.BETTER),
    ],
)
def test_what_else_people_say(asked: str, words: str, act: Act) -> None:
    assert act in heard(asked, words).acts


@pytest.mark.parametrize("words", ["i am fine", "i am forty five", "i have a question"])
def test_before_anything_was_asked_nothing_is_answered(words: str) -> None:
    assert not any(isinstance(act, Answer) for act in heard("nothing", words).acts)


def test_a_read_back_is_confirmed_by_a_clear_yes_only() -> None:
    assert Answer.YES not in heard("readback", "yes but i also have a fever").acts
    assert Answer.YES not in heard("readback", "yes and the gribble came back").acts


def test_a_part_of_the_body_with_unknown_words_is_asked_about() -> None:
    acts = heard("heart_lungs", "my chest feels like a sack of flour is lying on it").acts
    assert "chest_pain" in named(acts, Report, Unclear, Doubt)


def test_what_follows_from_a_condition_is_said() -> None:
    acts = heard("heart_lungs", "if i climb a hill i get chest pain").acts
    assert "chest_pain" in named(acts, Report, Unclear)


@pytest.mark.parametrize("words", ["", " ", "?!", "''''", "\N{SNOWMAN}"])
def test_nothing_said_is_a_miss(words: str) -> None:
    assert heard("heart_lungs", words).acts == (Missed(),)


def test_words_beyond_the_limit_are_cut_and_told() -> None:
    result = heard("heart_lungs", "no " + "zorble " * 200)
    assert result.unaccounted
    assert Answer.NO not in result.acts
