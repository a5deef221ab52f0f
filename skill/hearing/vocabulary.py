"""Compiles how a locale says the findings: word classes, and one trie of all patterns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from skill.hearing.forms import Forms
from skill.hearing.match import find
from skill.hearing.trie import Node, alternatives, choice, insert

KINDS = ("noun", "state", "says", "denies", "part", "asked_noun", "asked_says", "asked_denies", "mask", "long_over")
"""What a pattern may be: a noun, which a bare no denies; a state, as after "I am"; a sentence; a sentence that denies;
a part of the body; three that count only where the finding is asked about; the same words in another sense; a
time so long ago that what was then is over."""


NAMELESS = ("mask", "long_over")
"""Kinds that name no finding."""


class Vocabulary:
    """How one locale says the findings, ready to match."""

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        """Take what ``compiled`` returned, or its JSON."""
        self.forms = Forms(
            compiled["contractions"],
            compiled["irregular"],
            compiled["classes"],
            compiled["beginnings"],
            compiled["pairs"],
        )
        self.trie: Node = compiled["trie"]
        self.outputs: list[tuple[str, str]] = [(kind, id_) for kind, id_ in compiled["outputs"]]
        """The kind and the finding of each output of the trie."""
        self._of_word: dict[str, frozenset[str]] = {}

    def findings_of(self, word: str) -> frozenset[str]:
        """Return the findings that ``word`` names by itself."""
        found = self._of_word.get(word)
        if found is None:
            outputs = [self.outputs[match.output] for match in find(self.trie, self.forms.tokens([word]))]
            found = self._of_word[word] = frozenset(id_ for kind, id_ in outputs if not kind.startswith(NAMELESS))
        return found


def compiled(words: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the vocabulary of a locale as plain JSON values.

    Args:
        words: the table of word classes and templates.
        findings: tables of findings.
    """
    build = _Build()
    for name, listed in words["classes"].items():
        build.add_class(f"<{name}>", listed)
    for table in findings:
        for id_, content in table.items():
            build.add_finding(id_, content, words["templates"])
    return {
        "contractions": {word: full.split() for word, full in words["contractions"].items()},
        "irregular": {word: stems.split() for word, stems in words["irregular"].items()},
        "pairs": dict(words["pairs"]),
        "classes": {word: " ".join(names) for word, names in build.classes.items()},
        "beginnings": {word: " ".join(names) for word, names in build.beginnings.items()},
        "trie": build.trie,
        "outputs": build.outputs,
    }


def _exactly(element: str) -> str:
    """Return an element of other senses with its words in just the form that is written: these hide findings."""
    if element.startswith(("<", "&", "..")):
        return element
    words = [word if word.startswith(("<", "=")) or word.endswith("*") else f"={word}" for word in choice(element)]
    return words[0] if len(words) == 1 else f"({'|'.join(words)})"


class _Build:
    """The vocabulary as it grows."""

    def __init__(self) -> None:
        self.classes: dict[str, list[str]] = {}
        self.beginnings: dict[str, list[str]] = {}
        self.trie: Node = {}
        self.outputs: list[list[str]] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._choices: dict[Sequence[str], str] = {}

    def add_class(self, name: str, listed: str) -> None:
        """Make every word of ``listed`` a member of ``name``; ``<other>`` takes over the members of another class."""
        for word in listed.split():
            if word.startswith("<"):
                members = [member for member, names in self.classes.items() if word in names]
                members += [f"{member}*" for member, names in self.beginnings.items() if word in names]
                if not members:
                    raise ValueError(f"the class {name} takes over {word}, which has no members; define it first.")
                self.add_class(name, " ".join(members))
                continue
            home, key = (self.beginnings, word[:-1]) if word.endswith("*") else (self.classes, word)
            names = home.setdefault(key, [])
            if name not in names:
                names.append(name)

    def add_finding(
        self, id_: str, content: Mapping[str, Any], templates: Mapping[str, Mapping[str, Sequence[str]]]
    ) -> None:
        """Take the table of one finding."""
        for kind in ("parts", "bad"):
            if kind in content:
                self.add_class(f"<{id_}.{kind.removesuffix('s')}>", content[kind])
        if "parts" in content:
            self.add_class("<part>", content["parts"])
        for template in content.get("templates", ()):
            for kind, patterns in templates[template].items():
                self.add(kind, id_, (pattern.replace("{id}", id_) for pattern in patterns))
        for kind in KINDS:
            self.add(kind, id_, content.get(kind, ()))

    def add(self, kind: str, id_: str, patterns: Iterable[str]) -> None:
        """Put the patterns of one meaning into the trie."""
        for written in patterns:
            pattern, flags = written.strip(), ""
            if pattern.startswith("^ "):
                pattern, flags = pattern[2:], "^"
            if pattern.endswith(" $"):
                pattern, flags = pattern[:-2], f"{flags}$"
            output = (f"{kind}{flags}", id_)
            if output not in self._numbers:
                self._numbers[output] = len(self.outputs)
                self.outputs.append([*output])
            for row in alternatives(pattern):
                if row:
                    exact = [_exactly(element) for element in row] if kind == "mask" else row
                    insert(self.trie, [self._class_of(element) for element in exact], self._numbers[output])

    def _class_of(self, element: str) -> str:
        """Return the class of an element that is one of several words, made where it is new."""
        words = tuple(choice(element))
        if len(words) == 1 and not element.endswith("*"):
            return element
        if words not in self._choices:
            self._choices[words] = f"#{len(self._choices)}"
            self.add_class(self._choices[words], " ".join(words))
        return self._choices[words]
