"""Measures the interaction model apart from our own matcher, with an ordinary text classifier.

It is trained on nothing but the model's own samples and slot values, as Alexa is, and tried on the utterances of the
tests. ``make bench`` runs it and writes ``docs/understanding.md``.
"""

import json
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.understand import Understanding, normalized
from skill.dialog.moves import Move
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from benchmarks import blind
from simulator import builtin
from skill.adapters.alexa.intents import INTENTS
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "understanding.md"
LOCALE = "en-US"

FILLINGS = 4
"""How often each sample with slots is filled with values drawn at random (seeded)."""

LEAST_SURE = 0.12
"""Below this probability the classifier falls back, as Alexa does where nothing fits. There are some thirty intents."""

CLEARING = frozenset({"AMAZON.NoIntent", "DenySignIntent", "ImprovingIntent", "CorrectNoIntent"})
"""The intents that can clear a finding: an emergency taken for one of them is the error that counts."""

CONFUSIONS_SHOWN = 15


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """What a person says, the intents that are right, and whether it holds an emergency finding."""

    words: str
    right: tuple[str, ...]
    urgent: bool


def main() -> int:
    """Train, measure, write the report; return the exit status."""
    model = json.loads((ROOT / "interaction_models" / f"{LOCALE}.json").read_text("utf-8"))
    texts, intents = zip(*_training(model["interactionModel"]["languageModel"]), strict=True)
    print(f"training on {len(texts)} sentences from the model", flush=True)
    classifier = _classifier().fit(texts, intents)
    utterances = list(_utterances())
    predicted = _predicted(classifier, utterances)
    REPORT.write_text("\n".join(_report(len(texts), utterances, predicted)) + "\n", "utf-8")
    print(f"wrote {REPORT.relative_to(ROOT)}")
    return 0


def _training(language: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each sample, slots filled, with its intent; for Amazon's own intents also what Amazon knows by itself."""
    draw = random.Random(20)  # noqa: S311 a seeded choice of words, not a secret
    values = {
        type_["name"]: [
            words for value in type_["values"] for words in (value["name"]["value"], *value["name"]["synonyms"])
        ]
        for type_ in language["types"]
    }
    values["AMAZON.DURATION"] = [
        f"{number} {unit}" for number in ("two", "3", "ten") for unit in ("days", "weeks", "months")
    ]
    for intent in language["intents"]:
        spoken = {slot["name"]: values[slot["type"]] for slot in intent.get("slots", ())}
        for phrase in builtin.PHRASES.get(intent["name"], ()):
            yield normalized(phrase), intent["name"]
        for sample in intent["samples"]:
            for _ in range(FILLINGS if "{" in sample else 1):
                yield (
                    normalized(sample.format_map({name: draw.choice(words) for name, words in spoken.items()})),
                    intent["name"],
                )


def _classifier() -> Pipeline:
    features = FeatureUnion(
        [
            ("words", TfidfVectorizer(tokenizer=str.split, ngram_range=(1, 3), sublinear_tf=True)),
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)),
        ]
    )
    return Pipeline(
        [("features", features), ("intent", LogisticRegression(C=20, class_weight="balanced", max_iter=300))]
    )


def _utterances() -> Iterator[Utterance]:
    data = tomllib.loads((ROOT / "tests" / "utterances" / f"{LOCALE}.toml").read_text("utf-8"))
    for group in data["group"]:
        right = tuple([group["intent"]] if isinstance(group["intent"], str) else group["intent"])
        findings = [UPPER_BACK.finding[FindingId(id_)] for id_ in group.get("present", ())]
        urgent = any(finding.level is Level.EMERGENCY for finding in findings)
        for words in group["words"]:
            yield Utterance(words=words, right=right, urgent=urgent)


def _predicted(classifier: Pipeline, utterances: list[Utterance]) -> list[str]:
    chances = classifier.predict_proba([normalized(said.words) for said in utterances])
    return [
        str(classifier.classes_[chance.argmax()]) if chance.max() >= LEAST_SURE else "AMAZON.FallbackIntent"
        for chance in chances
    ]


def _is_right(said: Utterance, intent: str) -> bool:
    """Return whether ``intent`` is right. Where "any" will do, it must not be one that clears a finding."""
    return intent not in CLEARING if said.right == ("any",) else intent in said.right


def _by_effect(said: Utterance, intent: str) -> bool:
    """Return whether ``intent`` makes the same move in the dialog, though it goes by another name."""
    if _is_right(said, intent):
        return True
    return bool(INTENTS[intent].present) and any(
        bool(INTENTS[right].present) for right in said.right if right in INTENTS
    )


def _report(trained_on: int, utterances: list[Utterance], predicted: list[str]) -> Iterator[str]:
    pairs = list(zip(utterances, predicted, strict=True))
    right = sum(_is_right(said, intent) for said, intent in pairs)
    effect = sum(_by_effect(said, intent) for said, intent in pairs)
    urgent = [(said, intent) for said, intent in pairs if said.urgent]
    lost = [(said, intent) for said, intent in urgent if intent in CLEARING]
    ours = Understanding.for_locale(LOCALE)
    clears = "an emergency finding taken for an answer that clears a finding"
    own = sum(_is_right(said, ours.understand(said.words).intent) for said in utterances)
    total = len(utterances)
    yield f"""\
# How well the interaction model is understood

Generated by `make bench` (`benchmarks/understanding.py`). Do not edit this file.

The tests hold the model through our own matcher, which was tuned on it. So it is measured here a second time, by an
understanding that knows nothing of ours: TF-IDF of words and letters with logistic regression (scikit-learn), trained
on {trained_on:,} sentences that the {LOCALE} model's samples and slot values make, and tried on the {total} utterances
of `tests/utterances/{LOCALE}.toml`, none of which it saw in training unless a sample says the same.

| | right | share |
|---|---|---|
| our matcher: intent | {own} of {total} | {own / total:.1%} |
| classifier: intent | {right} of {total} | {right / total:.1%} |
| classifier: same move in the dialog | {effect} of {total} | {effect / total:.1%} |
| classifier: {clears} | {len(lost)} of {len(urgent)} | {len(lost) / len(urgent):.1%} |

A classifier has no slots: it names the intent only. Where it says that a report is a denial, Alexa would still have to
find the sentence among the words of the denial's slot types, which hold none that report (see `SIGN_TYPES` in
`skill/adapters/intents.py`); without a match the question is put again.

## Worst confusions

| said | right | taken for | times |
|---|---|---|---|"""
    confusions: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for said, intent in pairs:
        if not _by_effect(said, intent):
            pair = (" or ".join(said.right), intent)
            confusions[pair] += 1
            example.setdefault(pair, said.words)
    for (wanted, intent), count in confusions.most_common(CONFUSIONS_SHOWN):
        yield f"| {example[wanted, intent]} | {wanted} | {intent} | {count} |"
    yield from _blind(ours)
    yield "\n## Emergency findings taken for an answer that clears a finding\n"
    for said, intent in lost:
        yield f"- “{said.words}” taken for {intent}"
    if not lost:
        yield "None."


def _blind(ours: Understanding) -> Iterator[str]:
    said = [(utterance, blind.move(ours.understand(utterance.words))) for utterance in blind.utterances()]
    unseen = [(utterance, made) for utterance, made in said if utterance.unseen]
    urgent = [(utterance, made) for utterance, made in said if utterance.urgent]
    yield f"""
## Speech that nobody prepared for

`tests/blind/{LOCALE}.toml` holds {len(said)} utterances of somebody who had seen nothing of the model. The
first time they were tried, our matcher, which then took what fits a sample and little else, did what was
meant with 22 in 100, and asked again about the others. It finds findings inside of longer sentences since then.
Half of the groups were looked at while that was written; the other half was not. What is not understood is
asked about again.

| our matcher, by effect | right | share |
|---|---|---|
| all | {_share(said)}
| the half that was never looked at | {_share(unseen)}
| emergency findings | {_share(urgent)}
| emergency findings taken as a no, or passed by | {sum(blind.passes_by(*pair) for pair in urgent)} of {len(urgent)} | |"""


def _share(said: list[tuple[blind.Blind, Move]]) -> str:
    right = sum(blind.is_right(utterance, made) for utterance, made in said)
    return f"{right} of {len(said)} | {right / len(said):.1%} |"


if __name__ == "__main__":
    sys.exit(main())
