"""The words of one locale: looked up by key, filled in, and rendered.

A locale is a folder of TOML files. What is said is in ``prompts.toml`` and ``topics.toml``; what only a screen shows is
in ``screen.toml``. The interaction model (``model.toml``) and the store's texts (``store.toml``) are read by the tools
only and are not deployed. What is understood of words (``hearing/``) belongs to ``skill.hearing``.
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from skill.prompts import ssml
from skill.prompts.prompt import Prompt

LOCALES = Path(__file__).parent.parent / "locales"
"""Where the locales are: one folder each."""

SAID_FILES = ("prompts.toml", "topics.toml", "screen.toml")
"""The files that hold what is spoken and shown, in the order in which they are merged."""

OPTIONAL_GAPS = frozenset({"clinic", "clinic_phone", "find_doctor"})
"""The operator's own words. A sentence with one of these gaps is left out where the operator has not set it."""

COMPILED_FILE = "prompts.json"
"""The same words as one JSON object, key to sentences: made when the function is built, since it loads faster."""


class CatalogueError(Exception):
    """When a locale's words are missing or cannot be read; the message names the file, the key and the remedy."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All that one locale says."""

    locale: str
    sentences: Mapping[str, tuple[str, ...]]
    """The sentences under each key."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What fills gaps in every line, such as ``{emergency}``."""
    _marked: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Marked up sentences, by key, of lines that are the same for everyone: nothing that a person said is in them."""
    _plain: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The same as plain text."""

    def with_fields(self, fields: Mapping[str, str]) -> "Catalogue":
        """Return the same words with more ``fields``, such as those of ``OPTIONAL_GAPS``."""
        return replace(self, fields={**self.fields, **fields})

    def said(self, prompts: Iterable[Prompt]) -> list[str]:
        """Return the sentences of ``prompts`` with their gaps filled."""
        return [sentence for prompt in prompts for sentence in self._filled(prompt)]

    def ssml(self, prompts: Iterable[Prompt]) -> str:
        """Return ``prompts`` as one SSML document."""
        return ssml.document(sentence for prompt in prompts for sentence in self._marked_up(prompt))

    def text(self, prompts: Iterable[Prompt]) -> str:
        """Return ``prompts`` as plain text."""
        return " ".join(self.lines(prompts))

    def lines(self, prompts: Iterable[Prompt]) -> list[str]:
        """Return the sentences of ``prompts`` as plain text, each by itself."""
        return [sentence for prompt in prompts for sentence in self._rendered(prompt, _plain, self._plain)]

    def _marked_up(self, prompt: Prompt) -> tuple[str, ...]:
        return self._rendered(prompt, ssml.marked_up, self._marked)

    def _rendered(
        self, prompt: Prompt, render: Callable[[str], str], kept: dict[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        if prompt.names or prompt.count is not None or prompt.pace != 1:
            return tuple(map(render, self._filled(prompt)))
        if prompt.key not in kept:
            kept[prompt.key] = tuple(map(render, self._filled(prompt)))
        return kept[prompt.key]

    def _filled(self, prompt: Prompt) -> list[str]:
        names = [" ".join(self._at(key)) for key in prompt.names]
        gaps = {
            **self.fields,
            "names": self._at("locale.list_comma")[0].join(names) if names else "",
            "names_or": self._joined(names, "or"),
            "names_and": self._joined(names, "and"),
            "count": str(prompt.count),
            "total": str(prompt.total),
        }
        unset = [f"{{{gap}}}" for gap in OPTIONAL_GAPS if gap not in self.fields]
        return [
            ssml.paced(sentence, prompt.pace).format_map(gaps)
            for sentence in self._at(prompt.key)
            if not any(mark in sentence for mark in unset)
        ]

    def _joined(self, names: list[str], how: str) -> str:
        if len(names) <= 1:
            return "".join(names)
        if len(names) == len(("one", "other")):
            return self._at(f"locale.pair_{how}")[0].join(names)
        return self._at("locale.list_comma")[0].join(names[:-1]) + self._at(f"locale.list_{how}")[0] + names[-1]

    def _at(self, key: str) -> tuple[str, ...]:
        try:
            return self.sentences[key]
        except KeyError:
            raise CatalogueError(f"{self.locale}: nothing is said under {key}; add it to {file_of(key)}.") from None


def _plain(sentence: str) -> str:
    return ssml.plain([sentence])


def file_of(key: str) -> str:
    """Return the name of the file in which ``key`` stands or should stand."""
    if key.startswith("screen."):
        return SAID_FILES[2]
    return SAID_FILES[1] if key.startswith(("topics.", "care.", "guided.", "clinic.")) else SAID_FILES[0]


def gaps_in(sentence: str) -> set[str]:
    """Return the names of the gaps in a sentence, as ``{"emergency"}`` for ``Call {emergency}``."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def locales() -> list[str]:
    """Return the locales that are spoken, in alphabetical order."""
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir() and folder.name != "__pycache__")


@cache
def load(locale: str) -> Catalogue:
    """Return the words of ``locale``. Raises CatalogueError where there are none or they cannot be read."""
    return read(locale, LOCALES / locale)


def read(locale: str, folder: Path) -> Catalogue:
    """Return the words in ``folder``: the compiled ones where they were built, else the TOML files."""
    compiled = folder / COMPILED_FILE
    if compiled.exists():
        sentences = {key: tuple(value) for key, value in json.loads(compiled.read_text("utf-8")).items()}
    else:
        sentences = {}
        for name in SAID_FILES:
            sentences |= flatten(read_toml(folder / name))
    return Catalogue(locale=locale, sentences=sentences, fields=_numbers(sentences))


def _numbers(sentences: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the fields with the numbers of a locale: each number, and the same with the words that follow it."""
    emergency, crisis, violence, anywhere = (
        sentences[f"safety.{key}"][0] for key in ("emergency", "crisis", "violence", "emergency_anywhere")
    )
    either = sentences["safety.emergency_either"][0].format(emergency=emergency, anywhere=anywhere)
    return {"emergency": emergency, "emergency_or_local": either, "crisis": crisis, "violence": violence}


def without_numbers(words: Catalogue) -> Catalogue:
    """Return ``words`` for a place whose numbers are not known: no number is better than another country's."""
    keys = ("emergency_anywhere", "crisis_anywhere", "violence_anywhere")
    anywhere, line, violence = (words.sentences[f"safety.{key}"][0] for key in keys)
    return words.with_fields(
        {"emergency": anywhere, "emergency_or_local": anywhere, "crisis": line, "violence": violence}
    )


def compiled(words: Catalogue) -> str:
    """Return the content of ``COMPILED_FILE`` for ``words``."""
    return json.dumps(words.sentences, ensure_ascii=False)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables in the file at ``path``. Raises CatalogueError with the file, the line and the remedy."""
    if not path.parent.is_dir():
        spoken = ", ".join(locales())
        raise CatalogueError(
            f"{path.parent.name}: no such locale; choose one of {spoken}, or add the folder locales/{path.parent.name}."
        )
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: the file is missing; copy it from another locale and translate it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: {error}; mend the file there.") from error


def flatten(tables: Mapping[str, Any], prefix: str = "") -> dict[str, tuple[str, ...]]:
    """Return nested tables as one mapping from dotted key to sentences; a single sentence becomes a tuple of one."""
    flat: dict[str, tuple[str, ...]] = {}
    for key, value in tables.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = (value,) if isinstance(value, str) else tuple(value)
    return flat
