"""What is found inside of an utterance that fits no sample, and what must not be."""

import pytest

from simulator.understand import Understanding

FOUND = [
    # words, intent, value ids
    ("well the thing is my chest hurts whenever i go outside", "ReportSignIntent", {"chest_pain"}),
    ("yeah and then my arm went all numb on me", "YesSignIntent", {"numbness_tingling"}),
    ("no but you see my legs have been drag dragging", "NoSignIntent", {"weakness"}),
    ("i was carrying a couch up the steps", "ReportSignIntent", {"injury"}),
    ("no it feels like something ripped apart in there", "NoSignIntent", {"sudden_tearing"}),
    ("chest pain again and also i was throwing up", "ReportSignIntent", {"chest_pain", "nausea"}),
    (
        "i lost weight and it hurts at night and it won't go away and my chest hurts",
        "ReportSignIntent",
        {"chest_pain", "weight_loss"},
    ),
    ("would somebody get an ambulance over here", "EmergencyIntent", set()),
    ("i keep thinking about killing myself", "CrisisIntent", set()),
    ("lord somebody help me i am begging you", "DistressIntent", set()),
    ("excuse me but what was the question again", "AMAZON.RepeatIntent", set()),
    ("so tell me whether i should use a heating pad tonight", "TopicIntent", {"heat_ice"}),
    ("oh it must be going on three weeks", "DurationIntent", set()),
    ("oh i would say since tuesday", "DurationIntent", {"P7D"}),
    ("well i am not sure to be frank", "UnsureIntent", set()),
    ("yeah that one for certain", "AMAZON.YesIntent", set()),
    ("here and there it does that", "AMAZON.YesIntent", set()),
    ("no i don't have any of those things thank goodness", "AMAZON.NoIntent", set()),
]


@pytest.mark.parametrize(("words", "intent", "ids"), FOUND, ids=[row[0] for row in FOUND])
def test_it_is_found(words: str, intent: str, ids: set[str]) -> None:
    found = Understanding.for_locale("en-US").understand(words)
    assert found.intent == intent
    assert {slot.value_id for slot in found.slots.values() if slot.value_id} == ids


NOT_FOUND = [
    "no i had",
    "no i did",
    "not no",
    "no i",
    "no my whatsit is acting up",
    "no just the usual whatchamacallit",
    "my chest is not a problem it is the other thing",
    "the cat sat on the mat",
    "for my part nothing numb nothing funny",
    "",
]


@pytest.mark.parametrize("words", NOT_FOUND)
def test_it_is_asked_about_again(words: str) -> None:
    assert Understanding.for_locale("en-US").understand(words).intent == "AMAZON.FallbackIntent"


CLEARING = ("DenySignIntent", "ImprovingIntent", "CorrectNoIntent")


@pytest.mark.parametrize("finding", ["chest pain", "numbness", "a fall", "trouble breathing"])
@pytest.mark.parametrize(
    "frame", ["nah i would say there is {}", "no well sort of {} you know", "i never said there was no {}"]
)
def test_nothing_is_denied_that_was_only_found(frame: str, finding: str) -> None:
    found = Understanding.for_locale("en-US").understand(frame.format(finding))
    assert found.intent not in CLEARING
    assert found.intent != "AMAZON.NoIntent"
