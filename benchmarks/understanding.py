"""Measures how well speech is understood: word for word, and through a neutral understanding that stands for Alexa.

``make bench`` runs it and writes ``docs/understanding.md``. While something is being tuned, run

    python -m benchmarks.understanding [FILE.jsonl ...] [--part seen|unseen|all] [--ways words,neutral] [--show]

which prints the figures and writes nothing. ``--show`` lists failures, of the seen part only: nobody may look at the
other one. The data are described in ``benchmarks/utterances.py``, what counts as right in ``benchmarks/verdicts.py``.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import minilm, understanding_report
from benchmarks.ngrams import Ngrams
from benchmarks.understanding_report import AGAIN, EMBEDDED, NEUTRAL, WAYS, WORDS, Scored
from benchmarks.utterances import DATA, Context, Utterance, contexts, read
from benchmarks.verdicts import Grade, judged
from simulator.neutral import Neutral, Understood
from simulator.trace import Tracer
from tools import build_models, sentence_encoder

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "understanding.md"
GREEDS = (0.4, 0.5, 0.6)
"""Figures for the greed of AMAZON.SearchQuery under which builds are compared."""

MODEL = ROOT / "interaction_models" / "en-US.json"


class Measure:
    """Scores utterances in the dialog."""

    def __init__(self) -> None:
        self._tracer = Tracer()
        self._contexts = contexts(self._tracer)

    def word_for_word(self, utterances: Sequence[Utterance]) -> list[Scored]:
        """Score utterances whose words all reach the skill."""
        scored = []
        for said in utterances:
            context = self._contexts[said.asked]
            scored.append(_scored(said, context, [self._words(said, context.attributes)]))
        return scored

    def through(self, neutral: Neutral, utterances: Sequence[Utterance]) -> tuple[list[Scored], list[Scored]]:
        """Score utterances that ``neutral`` makes intents of; and again where each is repeated after a miss.

        A miss is repeated only where the reply asks for it with Dialog.ElicitSlot; then all words reach the skill.
        """
        once, again = [], []
        for said, taken_for in zip(utterances, neutral.understand([said.words for said in utterances]), strict=True):
            context = self._contexts[said.asked]
            turn = self._tracer.turn(
                {"attributes": context.attributes, "intent": taken_for.intent, "slots": taken_for.slots}
            )
            turns = [turn, *([self._words(said, turn["attributes"])] if _elicits(turn) else [])]
            once.append(_scored(said, context, [turn], taken_for))
            again.append(_scored(said, context, turns, taken_for))
        return once, again

    def _words(self, said: Utterance, attributes: Mapping[str, Any] | None) -> dict[str, Any]:
        return self._tracer.turn({"attributes": attributes, "words": said.words})


def _scored(
    said: Utterance, context: Context, turns: list[dict[str, Any]], taken_for: Understood | None = None
) -> Scored:
    return Scored(
        said=said,
        verdict=judged(said, context, turns),
        acts=tuple(act for turn in turns for act in turn["acts"]),
        taken_for=taken_for,
    )


def _elicits(turn: Mapping[str, Any]) -> bool:
    return any(directive["type"] == "Dialog.ElicitSlot" for directive in turn["directives"])


def load_model() -> dict[str, Any]:
    """Return the interaction model as it is built."""
    model: dict[str, Any] = json.loads(MODEL.read_text("utf-8"))
    return model


def _builds() -> Iterator[tuple[str, Neutral]]:
    """Yield the builds of the interaction model that are compared."""
    words = build_models.vocabulary("en-US")
    for free_text in build_models.FREE_TEXT:
        for greed in GREEDS:
            built = build_models.model(_with(words, free_text=free_text))
            yield f"{free_text}, greed {greed}", Neutral(built, Ngrams(), greed=greed)
    for level in ("MEDIUM", "HIGH"):
        built = build_models.model(_with(words, fallback=level))
        yield f"{words['invocation']['free_text']}, fallbackIntentSensitivity {level}", Neutral(built, Ngrams())


def _with(words: Mapping[str, Any], **options: str) -> dict[str, Any]:
    return {**words, "invocation": {**words["invocation"], **options}}


def measured(
    measure: Measure, utterances: Sequence[Utterance], neutrals: Mapping[str, Neutral], ways: Sequence[str]
) -> Iterator[tuple[str, list[Scored]]]:
    """Yield the scores of ``utterances`` by each of ``ways`` that can be gone here."""
    if WORDS in ways:
        yield WORDS, measure.word_for_word(utterances)
    for name, neutral in neutrals.items():
        if name in ways:
            once, again = measure.through(neutral, utterances)
            yield name, once
            yield name + AGAIN, again


def main(arguments: list[str] | None = None) -> int:
    """Measure, print or write, and return the exit status."""
    parser = argparse.ArgumentParser(prog="understanding", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="print the figures of these; without any: write the report")
    parser.add_argument("--part", choices=("seen", "unseen", "all"), default="seen")
    parser.add_argument("--ways", default=f"{WORDS},{NEUTRAL}", help=f"of {WORDS}, {NEUTRAL} and {EMBEDDED}")
    parser.add_argument("--show", action="store_true", help="list the failures of the seen part")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    ways = options.ways.split(",") if options.files else [WORDS, NEUTRAL, EMBEDDED]
    if EMBEDDED in ways and not sentence_encoder.is_installed():
        print(f"{sentence_encoder.PACKAGE} is not installed, so sentence embeddings are not measured.", file=sys.stderr)
    neutrals: dict[str, Neutral] = {}
    if NEUTRAL in ways:
        neutrals[NEUTRAL] = Neutral(load_model(), Ngrams())
    if EMBEDDED in ways and sentence_encoder.is_installed():
        neutrals[EMBEDDED] = Neutral(load_model(), minilm.Embeddings())
    measure = Measure()
    found: dict[str, dict[str, list[Scored]]] = {}
    for path in options.files or DATA:
        utterances = [said for said in read(path) if not options.files or _in_part(said, options.part)]
        found[path.stem] = dict(measured(measure, utterances, neutrals, ways))
        print(f"{path.stem}: {len(utterances)} utterances, {time.monotonic() - started:.0f} s", file=sys.stderr)
    if options.files:
        print("\n".join(understanding_report.figures(found)))
        if options.show:
            print("\n".join(shown(found)))
        return 0
    lay = [said for path in DATA if path.stem not in understanding_report.NOISE for said in read(path)]
    noise = [said for path in DATA if path.stem in understanding_report.NOISE for said in read(path)]
    models = {
        name: {
            data: dict(measured(measure, utterances, {NEUTRAL: neutral}, [NEUTRAL]))
            for data, utterances in (("lay words", lay), ("noise", noise))
        }
        for name, neutral in _builds()
    }
    report = understanding_report.rendered(found, models, sentences=len(neutrals[NEUTRAL]))
    REPORT.write_text(report, "utf-8")
    print(f"wrote {REPORT.relative_to(ROOT)}")
    return 0


def _in_part(said: Utterance, part: str) -> bool:
    return part == "all" or said.unseen == (part == "unseen")


def shown(found: Mapping[str, Mapping[str, Sequence[Scored]]]) -> Iterator[str]:
    """Yield a line for each failure of the speech that may be looked at."""
    for data, by_way in found.items():
        for way, scores in by_way.items():
            yield f"\n{data}, {WAYS[way]}"
            for score in scores:
                if score.verdict.grade is not Grade.RIGHT and not score.said.unseen:
                    yield _failure(score)


def _failure(score: Scored) -> str:
    said, verdict = score.said, score.verdict
    marks = [name for name in ("as_no", "lost", "kept", "alarmed", "over_denied") if getattr(verdict, name)]
    meant = " ".join((said.control or said.means, *sorted(said.present), *(f"-{id_}" for id_ in sorted(said.absent))))
    taken = f" [{score.taken_for.intent}: {score.taken_for.sample}]" if score.taken_for else ""
    return (
        f"{verdict.grade:11} {' '.join(marks):12} {said.asked}: “{said.words}” means {meant}"
        f"; understood {', '.join(score.acts)}{taken}"
    )


if __name__ == "__main__":
    sys.exit(main())
