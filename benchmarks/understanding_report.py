"""Figures of understanding, as Markdown: printed while something is tuned, and written to docs/understanding.md."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.utterances import Utterance
from benchmarks.verdicts import Grade, Verdict
from simulator.neutral import Understood

WORDS, NEUTRAL, EMBEDDED = "words", "neutral", "embedded"
AGAIN = "+again"
WAYS: Mapping[str, str] = {
    WORDS: "word for word",
    NEUTRAL: "through the neutral understanding",
    NEUTRAL + AGAIN: "the same, said again after a miss",
    EMBEDDED: "through sentence embeddings",
    EMBEDDED + AGAIN: "the same, said again after a miss",
}
"""How an utterance reaches the skill."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One utterance, what came of it, and what it was taken for on the way."""

    said: Utterance
    verdict: Verdict
    acts: tuple[str, ...]
    """Of all its turns."""
    taken_for: Understood | None = None
    """None where all words reached the skill."""


Found = Mapping[str, Mapping[str, Sequence[Scored]]]
"""The scores by data set and by way."""

NOES = ("no", "deny")
MOST_WORDS = 2
"""A turn of more words than these that is asked again counts against the skill."""


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of Wilson for a share."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return middle - half, middle + half


def share(hits: int, of: int) -> str:
    """Return a share with its interval: ``81.2 % (78.4 to 83.7)``."""
    if not of:
        return "–"
    low, high = wilson(hits, of)
    return f"{100 * hits / of:.1f} % ({100 * low:.0f} to {100 * high:.0f})"


def figures(found: Found) -> Iterator[str]:
    """Yield one table: each data set by each way."""
    yield (
        "| said | how it reaches the skill | utterances | right | asked again | wrong | dangerous | of them as a no "
        "| lost | harmless | of them raised | to an emergency | natural noes understood | over two words, asked again |"
    )
    yield "|" + "---|" * 14
    for data, by_way in found.items():
        for way, scores in by_way.items():
            yield f"| {data} | {WAYS[way]} | {_row(scores)} |"


def _row(scores: Sequence[Scored]) -> str:
    grades = Counter(score.verdict.grade for score in scores)
    dangerous = [score for score in scores if score.said.emergencies]
    harmless = _harmless(scores)
    noes = _noes(scores)
    long = [score for score in scores if len(score.said.words.split()) > MOST_WORDS and score.said.means != "harmless"]
    lost = _count(dangerous, lambda score: score.verdict.lost)
    kept = _count(dangerous, lambda score: score.verdict.lost and score.verdict.kept)
    return " | ".join(
        (
            str(len(scores)),
            share(grades[Grade.RIGHT], len(scores)),
            str(grades[Grade.AGAIN]),
            str(grades[Grade.WRONG]),
            str(len(dangerous)),
            str(_count(dangerous, lambda score: score.verdict.as_no)),
            f"{lost}" + (f" ({kept} kept as unplaced)" if kept else ""),
            str(len(harmless)),
            str(_count(harmless, lambda score: score.verdict.raised)),
            str(_count(harmless, lambda score: score.verdict.alarmed)),
            share(_right(noes), len(noes)),
            share(_count(long, lambda score: score.verdict.grade is Grade.AGAIN), len(long)),
        )
    )


def _harmless(scores: Sequence[Scored]) -> list[Scored]:
    calls = ("emergency", "crisis")
    means = ("harmless", "deny", "no", "soft_no", "control")
    return [score for score in scores if score.said.means in means and score.said.control not in calls]


def _noes(scores: Sequence[Scored]) -> list[Scored]:
    return [score for score in scores if score.said.means in NOES and score.said.asked not in ("home_care", "guided")]


def _count(scores: Sequence[Scored], holds: Callable[[Scored], bool]) -> int:
    return sum(map(holds, scores))


def _right(scores: Sequence[Scored]) -> int:
    return _count(scores, lambda score: score.verdict.grade is Grade.RIGHT)


def rendered(found: Found, models: Mapping[str, Found], *, sentences: int) -> str:
    """Return the whole report.

    Args:
        found: the scores by data set and by way.
        models: the scores through other builds of the interaction model, by the build's name.
        sentences: what the neutral understanding compares with.
    """
    counts = ", ".join(f"{len(next(iter(by_way.values())))} in `{data}`" for data, by_way in found.items())
    parts = [
        HOW.format(counts=counts, sentences=f"{sentences:,}", least=MOST_WORDS),
        "## Unseen speech\n",
        *figures(_part(found, unseen=True)),
        "\n## Speech that was looked at\n",
        *figures(_part(found, unseen=False)),
        *_builds(models),
        *_sorted_out(found),
        *_worst(found),
    ]
    return "\n".join(parts) + "\n"


def _part(found: Found, *, unseen: bool) -> dict[str, dict[str, list[Scored]]]:
    parts = {
        data: {way: [score for score in scores if score.said.unseen == unseen] for way, scores in by_way.items()}
        for data, by_way in found.items()
    }
    return {data: by_way for data, by_way in parts.items() if any(by_way.values())}


def _builds(models: Mapping[str, Found]) -> Iterator[str]:
    yield BUILDS
    yield "| build | said | right | dangerous as a no | lost | harmless to an emergency | natural noes understood |"
    yield "|" + "---|" * 7
    for build, found in models.items():
        for data, by_way in found.items():
            scores = by_way[NEUTRAL + AGAIN]
            noes = _noes(scores)
            yield (
                "| "
                + " | ".join(
                    (
                        build,
                        data,
                        share(_right(scores), len(scores)),
                        str(_count(scores, lambda score: score.verdict.as_no)),
                        str(_count(scores, lambda score: score.verdict.lost)),
                        str(_count(_harmless(scores), lambda score: score.verdict.alarmed)),
                        share(_right(noes), len(noes)),
                    )
                )
                + " |"
            )


def _sorted_out(found: Found) -> Iterator[str]:
    """Yield the share of right ones by meaning, by state and by kind; data in lay words together, and noise."""
    sorts: Mapping[str, Callable[[Scored], str]] = {
        "meaning": lambda score: score.said.means,
        "what was asked": lambda score: score.said.asked,
        "kind": lambda score: score.said.kind,
    }
    columns = {
        "word for word": _together(found, WORDS, noise=False),
        "through the neutral understanding, said again after a miss": _together(found, NEUTRAL + AGAIN, noise=False),
        "word for word, in noise": _together(found, WORDS, noise=True),
    }
    for name, sort in sorts.items():
        yield f"\n## Right by {name}, seen and unseen\n"
        yield f"| {name} | " + " | ".join(columns) + " |"
        yield "|" + "---|" * (len(columns) + 1)
        for key in dict.fromkeys(sort(score) for scores in columns.values() for score in scores):
            cells = []
            for scores in columns.values():
                these = [score for score in scores if sort(score) == key]
                cells.append(f"{share(_right(these), len(these))}, of {len(these)}")
            yield f"| {key} | {' | '.join(cells)} |"


def _together(found: Found, way: str, *, noise: bool) -> list[Scored]:
    return [score for data, by_way in found.items() if (data in NOISE) == noise for score in by_way.get(way, ())]


def _worst(found: Found) -> Iterator[str]:
    yield WORST
    for way in (WORDS, NEUTRAL + AGAIN):
        for data, by_way in found.items():
            cells: Counter[tuple[str, str]] = Counter()
            for score in by_way.get(way, ()):
                if score.verdict.grade is Grade.WRONG:
                    cells[score.said.means, score.said.asked] += 1
            worst = ", ".join(
                f"{means} at {asked} ({count})" for (means, asked), count in cells.most_common(WORST_SHOWN)
            )
            name = WAYS[way.removesuffix(AGAIN)]
            yield f"- `{data}`, {name}: {worst or 'none'}."
    yield "\nEmergency findings that were denied or lost, of the speech that was looked at:\n"
    for data, by_way in _part(found, unseen=False).items():
        for way in (WORDS, NEUTRAL + AGAIN):
            for score in by_way.get(way, ()):
                if score.verdict.as_no or score.verdict.lost:
                    yield _passed_by(data, score)
    samples: Counter[str] = Counter()
    for by_way in _part(found, unseen=False).values():
        for score in by_way.get(NEUTRAL + AGAIN, ()):
            taken = score.taken_for
            if taken and taken.sample and "{" not in taken.sample and score.verdict.grade is Grade.WRONG:
                samples[f"{taken.intent}: {taken.sample}"] += 1
    yield (
        "\nSamples without a slot that took longer utterances, which then came out wrong, most often: "
        + ("; ".join(f"“{sample}” ({count})" for sample, count in samples.most_common(WORST_SHOWN)) or "none")
        + "."
    )


def _passed_by(data: str, score: Scored) -> str:
    what = "denied" if score.verdict.as_no else "lost, kept as unplaced" if score.verdict.kept else "lost"
    taken = f", taken for {score.taken_for.intent}" if score.taken_for else ""
    return f"- {what} in `{data}`{taken}: “{score.said.words}” ({', '.join(sorted(score.said.emergencies))})"


NOISE = frozenset({"noise", "noise_d"})
WORST_SHOWN = 6

HOW = """\
# How well speech is understood

Generated by `make bench` (`benchmarks/understanding.py`). Do not edit this file.

**What was said.** {counts}: utterances in lay words, by people who had seen nothing of the skill's words, each with
what was meant and what was asked before (`tests/data/hearing/`). `noise` is `blind_a` as a small speech recognizer
hears it in a room with noise (`tools/speak_and_hear.py`), and `noise_d` is `blind_d`. `blind_c` is mostly harmless
speech, and so is half of `blind_d`. `blind_d` and `noise_d` are unseen: nobody has read a line of them, nothing was
tuned on them, and they were scored when hearing was finished. All others were looked at while hearing was written.

**How it reached the skill.** Word for word: all words come into the slot of WordsIntent. Through the neutral
understanding, which stands for Alexa: it knows nothing but the interaction model, picks the nearest of {sentences}
sentences that the model's samples make (TF-IDF of words and letters, cosine), and fills the slots with the words that
are left (`simulator/neutral.py`). After a miss the skill asks for the words with Dialog.ElicitSlot; "said again"
counts what comes of it when the same words are said once more. The group with sentence embeddings picks the nearest
sentence by all-MiniLM-L6-v2 and is there only where that was installed.

**What was judged.** What the real handler did in one turn, or two, by its trace (`benchmarks/verdicts.py`). Right: it
did what was meant; for a harmless utterance, that nothing changed. Dangerous: an emergency finding is said. As a no:
it is denied afterwards. Lost: it is neither present, nor denied, nor asked about, though its words may be kept as
unplaced, which are asked about before home care. Harmless: no finding is said, or only denied ones. Natural noes: a
no, or a denial by name, to a question. Behind each share stands its 95 % interval (Wilson).
"""

BUILDS = """
## Builds of the interaction model

The same, through the neutral understanding and said again after a miss, seen and unseen. `free_text` (model.toml): with
"elicit" the words reach the skill only after a miss; with "carriers" also at the first try, by samples such as "I
{words}". Nobody outside Amazon knows how greedy AMAZON.SearchQuery is. The neutral understanding has a figure for it,
the nearness that another sample has to have to win, so each build is measured with a modest, a middle and a greedy
one. `fallbackIntentSensitivity` decides what counts as near to no sample.
"""

WORST = """
## What is worst

Wrong most often, seen and unseen:
"""
