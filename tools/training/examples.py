"""Makes the sentences that the reader learns from, each with what it means."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from skill.protocol.upper_back import UPPER_BACK
from tools.training import noise
from tools.training.templates import Speaker, read, tidy

PRESENT, ABSENT, OTHER = "present", "absent", "other"
FILES = ("heart", "nerves", "doctor", "limits", "dialects", "again")
HALF_HEARD = 0.6
"""How surely a report is present of which a word is missing or misheard: asked by name, never denied."""
DOUBTED = 0.45
"""The same for a finding that is named with a doubt or with a denial of a denial."""

ASKED = {str(question.id): tuple(str(finding.id) for finding in question.findings) for question in UPPER_BACK.questions}
"""The findings that each question asks about."""
_ASKED = tuple(ASKED.values())


@dataclass(frozen=True)
class Example:
    """One sentence."""

    words: str
    asked: tuple[str, ...] = ()
    means: dict[tuple[str, str], float] = field(default_factory=dict)
    """A probability by finding and kind; those not named are 0."""
    answer: str = ""
    """One of the reader's ``ANSWERS``, or nothing."""
    weight: float = 1.0
    """How much the sentence counts in the fit."""
    knows_other: bool = True
    """Whether it is known which findings are named in another sense."""


class Material:
    """All templates of a locale, and the sentences that they make."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - chance for training
        self.words = read("words")
        self.speaker = Speaker(self.words, self.chance)
        self.frames = read("frames")
        self.harmless = read("harmless")
        for kind, sentences in read("more_harmless").items():
            self.harmless[kind] = self.harmless[kind] + sentences
        self.answers = read("answers")
        for kind in ("yes", "no", "soft_no", "unsure"):
            self.answers[kind] = self.answers[kind] + self.answers.pop(f"{kind}_more")
        spoiled = read("noise")
        self.sounds: dict[str, list[str]] = spoiled["misheard"]
        self.small = frozenset(spoiled["small"])
        marks = read("marks")
        self.denying = frozenset(
            (*marks["no"], *marks["negator"], *marks["unable"], *marks["good"], *marks["conditions"])
        )
        self.fillers: list[str] = self.words["filler"].split("|")
        self.findings: dict[str, dict[str, Any]] = {}
        for file in FILES:
            for name, kinds in read(file).items():
                known = self.findings.setdefault(name, {})
                for kind, templates in kinds.items():
                    known[kind] = known[kind] + templates if kind in known else templates

    def all(self, each: int) -> Iterator[Example]:
        """Yield all sentences; ``each`` is how many reports there are of one finding, which sets the rest."""
        sizes = {name: len(str(kinds)) for name, kinds in self.findings.items()}
        usual = sum(sizes.values()) / len(sizes)
        for name, size in sizes.items():
            weight = min(1.8, max(0.6, size / usual))
            for kind, share in (("present", 1.0), ("denied", 0.8), ("other", 0.7), ("doubted", 0.25), ("part", 0.15)):
                for _ in range(int(each * share * weight)):
                    yield from self._spoil(self.one(name, kind))
            for _ in range(each // 4):
                yield from self._halves(name)
        for _ in range(each * 12):
            yield from self._spoil(self.several())
        for _ in range(each * 5):
            yield from self._spoil(self.plain())
        for _ in range(each * 3):
            yield from self._spoil(self.reply())

    def one(self, name: str, kind: str) -> Example:
        """Return one sentence about one finding."""
        data = self.findings[name]
        fields = {"n": "nouns", "s": "states", "r": "reports", "t": "things", "d": "denies", "o": "others"}
        while True:
            frame = self.chance.choice(self.frames["denied" if kind == "denied" else kind])
            needs = [key for key in fields if "{" + key + "}" in frame]
            if all(data.get(fields[key]) for key in needs):
                break
            if kind == "part":
                return self.plain()
        fills = {key: self._of(data[fields[key]]) for key in needs}
        words = self.speaker.say(frame, fills)
        match kind:
            case "present":
                means = {(name, PRESENT): 1.0}
            case "denied":
                means = {(name, ABSENT): 1.0}
            case "doubted" | "part":
                means = {(name, PRESENT): DOUBTED}
            case _:
                means = {(name, OTHER): 1.0}
        question = kind == "other" and "{o}" not in frame
        answer = "question" if question else "harmless" if kind == "other" else ""
        return Example(words, self._asked(name), means, answer)

    def several(self) -> Example:
        """Return a sentence about two or three findings."""
        count = 2 if self.chance.random() < 0.7 else 3
        if self.chance.random() < 0.3:  # a list after one denial
            return self._list(count)
        names = self.chance.sample([*self.findings], count)
        if self.chance.random() < 0.5:  # those that are asked together
            group = self.chance.choice(_ASKED)
            names = [*self.chance.sample(group, min(count, len(group)))]
            if self.chance.random() < 0.4:
                names[-1] = self.chance.choice([*self.findings])
        kinds = [self.chance.choice(("present", "denied", "denied", "present", "other")) for _ in names]
        parts = [self.one(name, kind) for name, kind in zip(names, kinds, strict=True)]
        if self.chance.random() < 0.25:
            parts.insert(self.chance.randrange(len(parts) + 1), self.plain())
        words = parts[0].words
        means = dict(parts[0].means)
        for part in parts[1:]:
            words += self.chance.choice(self.frames["joins"]) + part.words
            for key, value in part.means.items():
                means[key] = max(value, means.get(key, 0.0))
        for name in {name for name, kind in means if kind == PRESENT}:
            means.pop((name, ABSENT), None)
        return Example(tidy(words), self._asked(names[0]), means)

    def _list(self, count: int) -> Example:
        named = [name for name in self.findings if self.findings[name].get("nouns")]
        group = [name for name in self.chance.choice(_ASKED) if name in named]
        names = group if len(group) > 1 and self.chance.random() < 0.5 else self.chance.sample(named, count)
        nouns = [self._of(self.findings[name]["nouns"]) for name in names]
        start = self.chance.choice(
            (
                "no",
                "no",
                "no",
                "no i have no",
                "i don't have any",
                "i haven't had any",
                "there's no",
                "never had",
                "i have no",
            )
        )
        joint = self.chance.choice((" or ", " no ", " no ", " no ", " and no ", " or any ", " and ", " nor ", " "))
        words = f"{start} {joint.join(nouns)}"
        if self.chance.random() < 0.25:  # yes to the whole list
            words = f"{self.chance.choice(('i have', 'yes', 'i get', 'some'))} {' and '.join(nouns)}"
            return Example(words, self._asked(names[0]), {(name, PRESENT): 1.0 for name in names})
        means = {(name, ABSENT): 1.0 for name in names}
        if joint in {" and ", " "}:
            means = dict.fromkeys(means, 0.7)
        return Example(words, self._asked(names[0]), means)

    def plain(self) -> Example:
        """Return a sentence that names no finding."""
        kind = self.chance.choice(("asides", "asides", "asides", "senses", "senses", "questions", "controls", "spans"))
        words = self.speaker.say(self.chance.choice(self.harmless[kind]))
        answer = {"questions": "question", "controls": "control", "spans": ""}.get(kind, "harmless")
        if kind != "controls" and self.chance.random() < 0.35:
            more = self.speaker.say(
                self.chance.choice(self.harmless[self.chance.choice(("asides", "senses", "spans"))])
            )
            words = f"{words} {self.chance.choice(('and', 'but', '', '', 'so', 'because'))} {more}"
        if self.chance.random() < 0.25:
            words = f"{self.chance.choice(self.fillers)} {words}"
        return Example(tidy(words), self._asked(None), {}, answer)

    def reply(self) -> Example:
        """Return a plain yes, no or something between, now and then with harmless words about it."""
        kind = self.chance.choice(("yes", "no", "no", "soft_no", "unsure"))
        words = self.speaker.say(self.chance.choice(self.answers[kind]))
        if self.chance.random() < 0.3:
            words = f"{self.chance.choice(self.fillers)} {words}"
        if self.chance.random() < 0.3:
            words = f"{words} {self.speaker.say('<tail>')}"
        return Example(tidy(words), self._asked(None), {}, kind)

    def _halves(self, name: str) -> Iterator[Example]:
        """Yield half sentences: they count only for what was asked."""
        for key, kind in (("hints", PRESENT), ("hint_denies", ABSENT)):
            if templates := self.findings[name].get(key):
                words = self._of(templates)
                framed = self.speaker.say(
                    self.chance.choice(self.frames["halves" if kind == PRESENT else "half_denials"]), {"h": words}
                )
                asked = next((group for group in _ASKED if name in group), (name,))
                yield Example(framed, asked, {(name, kind): 1.0 if kind == PRESENT else 0.9})
                yield Example(framed, self._asked(None), {})

    def _spoil(self, example: Example) -> Iterator[Example]:
        """Yield the sentence, and sometimes the same with noise."""
        yield example
        dice = self.chance.random()
        present = any(kind == PRESENT for _, kind in example.means)
        if dice < 0.16:
            yield replace(example, words=noise.drop_small(example.words, self.small, self.chance))
        elif dice < 0.22:
            yield replace(example, words=noise.double(example.words, self.fillers, self.chance))
        elif dice < 0.28:
            yield replace(example, words=noise.misspell(example.words, self.chance))
        elif dice < 0.36:
            if heard := noise.mishear(example.words, self.sounds, self.chance):
                yield self._lowered(example, heard)
        elif dice < 0.42 and present:
            yield self._lowered(example, noise.drop_one(example.words, self.denying, self.chance))
        elif dice < 0.46 and present and len(example.means) == 1:
            yield self._lowered(example, f"no {example.words}", 0.8)

    def _lowered(self, example: Example, words: str, most: float = HALF_HEARD) -> Example:
        """Return a sentence with less certainty: what was half heard is neither surely there nor denied."""
        means = {key: min(value, most) for key, value in example.means.items()}
        return replace(example, words=words, means=means)

    def _of(self, templates: Sequence[str] | str) -> str:
        if isinstance(templates, str):
            return self.chance.choice(templates.split("|"))
        return self.speaker.say(self.chance.choice(templates))

    def _asked(self, name: str | None) -> tuple[str, ...]:
        """Return what was asked: mostly the question that has the finding, else any or nothing."""
        dice = self.chance.random()
        if dice < 0.3:
            return ()
        if dice < 0.75 and name:
            return next((group for group in _ASKED if name in group), ())
        return self.chance.choice(_ASKED)
