"""What stands for Alexa on the workbench and in the terminal: it knows the interaction model and nothing else."""

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from simulator import tfidf
from simulator.handed_over import both
from simulator.neutral import Neutral, Ngrams, aligned

SENTENCES = ("my chest hurts", "my jaw hurts a lot", "no", "a a a no", "it has been three weeks", "i", "hurts hurts")

MODEL = {
    "interactionModel": {
        "languageModel": {
            "modelConfiguration": {"fallbackIntentSensitivity": {"level": "LOW"}},
            "intents": [
                {"name": "AMAZON.NoIntent", "samples": []},
                {"name": "Report", "slots": [{"name": "sign", "type": "SIGN"}], "samples": ["i have {sign}", "{sign}"]},
                {"name": "Since", "slots": [{"name": "time", "type": "AMAZON.DURATION"}], "samples": ["for {time}"]},
                {"name": "Words", "slots": [{"name": "all", "type": "AMAZON.SearchQuery"}], "samples": ["well {all}"]},
            ],
            "types": [
                {
                    "name": "SIGN",
                    "values": [
                        {"id": "chest_pain", "name": {"value": "chest pain", "synonyms": ["a tight chest"]}},
                        {"id": "fever", "name": {"value": "fever", "synonyms": []}},
                    ],
                }
            ],
        }
    }
}


@pytest.fixture(scope="module")
def neutral() -> Neutral:
    return Neutral(MODEL, Ngrams())


@pytest.mark.parametrize("said", ["my chest", "a no", "weeks and weeks", "nothing like it", "i hurt", ""])
def test_nearness_is_that_of_scikit_learn(said: str) -> None:
    vectors = TfidfVectorizer(tokenizer=str.split, token_pattern=None, ngram_range=(1, 3), lowercase=False)
    by_words = (vectors.fit_transform(SENTENCES) @ vectors.transform([said]).T).toarray()[:, 0]
    assert tfidf.Index(SENTENCES, tfidf.words).cosines(said) == pytest.approx(by_words)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, lowercase=False)
    by_letters = (vectors.fit_transform(SENTENCES) @ vectors.transform([said]).T).toarray()[:, 0]
    assert tfidf.Index(SENTENCES, tfidf.letters, sublinear=True).cosines(said) == pytest.approx(by_letters)


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("no", "AMAZON.NoIntent", {}),
        ("I have a fever", "Report", {"sign": ("a fever", "fever")}),
        ("I have chest pains", "Report", {"sign": ("chest pains", "chest_pain")}),
        ("I have a bump", "Report", {"sign": ("a bump", None)}),
        ("for three weeks", "Since", {"time": ("P3W", None)}),
        ("well my elbow has been acting up again", "Words", {"all": ("my elbow has been acting up again", None)}),
        ("zzz qqq", "AMAZON.FallbackIntent", {}),
    ],
)
def test_an_intent_and_its_slots_are_as_alexa_sends_them(
    neutral: Neutral, said: str, intent: str, slots: dict[str, tuple[str, str | None]]
) -> None:
    (taken_for,) = neutral.understand([said])
    assert taken_for.intent == intent
    for name, (value, id_) in slots.items():
        slot = taken_for.slots[name]
        assert slot["value"] == value
        ids = [
            matched["value"]["id"]
            for found in slot.get("resolutions", {}).get("resolutionsPerAuthority", [])
            for matched in found.get("values", [])
        ]
        assert ids == ([id_] if id_ else [])
    assert taken_for.unresolved == (said == "I have a bump")


def test_a_slot_takes_what_the_words_of_its_sample_leave() -> None:
    assert aligned(["i", "have", "{sign}", "and", "{state}"], ["i", "have", "a", "fever", "and", "am", "weak"]) == {
        "sign": (2, 4),
        "state": (5, 7),
    }


def test_both_readings_of_words_are_shown_side_by_side() -> None:
    read = both("no but my jaw hurts", "en-US", None)
    assert read["alexa"]["intent"] == "ReportSignIntent"
    assert 0 < read["alexa"]["nearness"] < 1
    assert read["alexa"]["slots"] == {"statement": "no but my jaw hurts → nothing"}
    assert read["hearing"]["slots"] == {"words": "no but my jaw hurts"}
    for one in read.values():
        assert (one["present"], one["level"]) == (["jaw_pain"], "emergency")
