"""Makes examples of utterances that people wrote as they would speak, each with what was asked and what was meant.

The files are ``en-US/spoken/*.tsv``, one utterance a line: what was asked, what is meant, the findings (``+`` present,
``-`` denied, ``.`` none) and the words. Their writers had seen nothing of the skill's words.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tools.training import noise
from tools.training.examples import ABSENT, ASKED, HALF_HEARD, PRESENT, Example, Material

FOLDER = Path(__file__).parent / "en-US" / "spoken"
ANSWERED = {"no": "no", "soft_no": "soft_no", "unsure": "unsure", "yes": "yes", "harmless": "harmless"}
TELLS = frozenset({"report", "mixed", "deny", "harmless"})
"""What means the same whatever was asked."""
_REPLIES = 2.0
"""How much more a plain answer counts: there are few of them."""
_JOINS = (" but ", " and ", " ", " so ", " then ", " because ", " well ", " anyway ", " also ")


@dataclass(frozen=True)
class Spoken:
    """One utterance as it was written."""

    asked: str
    means: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    words: str


def read() -> list[Spoken]:
    """Return all utterances, in the order of the files.

    Raises:
        ValueError: if a line has not four fields.
    """
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            fields = line.split("\t")
            if len(fields) != 4:
                raise ValueError(f"{path.name}, line {number}: write four fields with a tab between them.")
            asked, means, findings, words = fields
            present = tuple(name[1:] for name in findings.split() if name[0] == "+")
            absent = tuple(name[1:] for name in findings.split() if name[0] == "-" and name[1:] not in present)
            found.append(Spoken(asked, means, present, absent, words))
    return found


class SpokenMaterial:
    """The utterances and what is made of them: in other places, spoiled, and two in one breath."""

    def __init__(self, material: Material, weight: float, seed: int) -> None:
        self._material = material
        self._weight = weight
        self._chance = random.Random(seed)  # noqa: S311 - chance for training
        self._all = read()
        self._joinable = [said for said in self._all if said.means in TELLS]

    def all(self, joined: int) -> Iterator[Example]:
        """Yield every utterance with its variants, and ``joined`` pairs for each of them."""
        for said in self._all:
            example = self._example(said)
            yield example
            if said.means in TELLS:
                yield replace(example, asked=self._elsewhere(), weight=self._weight * 0.6)
            yield from self._spoiled(example)
        for _ in range(joined * len(self._joinable)):
            yield self._pair(*self._chance.sample(self._joinable, 2))

    def _example(self, said: Spoken) -> Example:
        means = {(name, PRESENT): 1.0 for name in said.present} | {(name, ABSENT): 1.0 for name in said.absent}
        return Example(
            said.words,
            ASKED.get(said.asked, ()),
            means,
            ANSWERED.get(said.means, "control" if said.means == "control" else ""),
            weight=self._weight * (1.0 if said.means in TELLS else _REPLIES),
            knows_other=False,
        )

    def _elsewhere(self) -> tuple[str, ...]:
        return self._chance.choice(((), *ASKED.values()))

    def _spoiled(self, example: Example) -> Iterator[Example]:
        dice, chance, material = self._chance.random(), self._chance, self._material
        if dice < 0.35:
            words = noise.drop_small(example.words, material.small, chance)
            yield replace(example, words=words, weight=self._weight * 0.5)
        elif dice < 0.5:
            yield replace(example, words=noise.misspell(example.words, chance), weight=self._weight * 0.4)
        elif dice < 0.65 and (heard := noise.mishear(example.words, material.sounds, chance)):
            means = {key: min(value, HALF_HEARD) for key, value in example.means.items()}
            yield replace(example, words=heard, means=means, weight=self._weight * 0.4)

    def _pair(self, first: Spoken, second: Spoken) -> Example:
        present = first.present + second.present
        absent = tuple(name for name in first.absent + second.absent if name not in present)
        harmless = first.means == second.means == "harmless"
        both = Spoken(
            first.asked,
            "harmless" if harmless else "mixed",
            present,
            absent,
            first.words + self._chance.choice(_JOINS) + second.words,
        )
        return replace(self._example(both), weight=self._weight * 0.7)
