"""Figures of understanding, as Markdown: printed while something is tuned, and written to docs/understanding.md."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.neutral import Neutral, Understood
from benchmarks.utterances import Utterance
from benchmarks.verdicts import Grade, Verdict

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
    harmless = [score for score in scores if score.said.means in ("harmless", "deny", "no", "soft_no", "control")]
    noes = [score for score in scores if score.said.means in NOES and score.said.asked not in ("home_care", "guided")]
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


def _count(scores: Sequence[Scored], holds: Callable[[Scored], bool]) -> int:
    return sum(map(holds, scores))


def _right(scores: Sequence[Scored]) -> int:
    return _count(scores, lambda score: score.verdict.grade is Grade.RIGHT)


def rendered(found: Found, neutrals: Mapping[str, Neutral]) -> str:
    """Return the whole report."""
    sentences = ", ".join(f"{len(neutral):,}" for neutral in neutrals.values())
    return "\n".join([HOW.format(sentences=sentences), *figures(found)]) + "\n"


HOW = "{sentences}"
