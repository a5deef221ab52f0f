"""Reads the utterances of the tests, each with what was meant: for exports, and to profile the deployed model."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from skill.prompts import catalogue
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK
from tools.artifact_content import ROOT

PREPARED = ROOT / "tests" / "utterances"
"""A file for each locale: groups with ``when``, ``intent``, ``words``, and findings, a topic or days."""

SPOKEN = ROOT / "tests" / "data" / "hearing"
"""Speech of people who had seen nothing of the skill's words, one JSON object a line (benchmarks/utterances.py)."""

SPOKEN_LOCALE = "en-US"
"""The language of those files."""

URGENT_INTENTS = frozenset({"EmergencyIntent", "CrisisIntent", "DistressIntent"})
"""What calls for help by itself, without a finding."""


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """What somebody says, and what is meant."""

    locale: str
    words: str
    source: str
    """The file that it comes from."""
    asked: str
    """The question that is pending, or where the dialog stands."""
    intents: tuple[str, ...] = ()
    """Intents that would be right; empty where that is not written down."""
    means: str = ""
    """In a word, where it is written down: ``report``, ``yes``, ``no``, ``duration``, and so on."""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    topic: str = ""
    days: float | None = None
    """How long the pain has lasted, where it says so."""
    unseen: bool = False
    """Whether nothing may ever be tuned on it."""

    @property
    def is_dangerous(self) -> bool:
        """Whether somebody may come to harm when it is not understood."""
        findings = (UPPER_BACK.finding.get(FindingId(id_)) for id_ in (*self.present, *self.doubted))
        emergency = any(finding is not None and finding.level is Level.EMERGENCY for finding in findings)
        return emergency or "any" in self.intents or bool(URGENT_INTENTS & set(self.intents))


def prepared(locales: Sequence[str] | None = None) -> list[Utterance]:
    """Return the prepared utterances of ``locales``, of every locale where None is given, in the order of the files."""
    found = [path for path in sorted(PREPARED.glob("*.toml")) if locales is None or path.stem in locales]
    return [utterance for path in found for utterance in _groups(path)]


def spoken() -> list[Utterance]:
    """Return the speech of people who had seen nothing of the skill's words."""
    return [utterance for path in sorted(SPOKEN.glob("*.jsonl")) for utterance in _lines(path)]


def dangerous_first(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return ``utterances`` by locale, the dangerous ones of each first; otherwise in their order."""
    order = {locale: number for number, locale in enumerate(catalogue.locales())}
    return sorted(utterances, key=lambda one: (order.get(one.locale, len(order)), one.locale, not one.is_dangerous))


def _groups(path: Path) -> Iterator[Utterance]:
    for group in tomllib.loads(path.read_text("utf-8"))["group"]:
        named = group.get("intent", ())
        for words in group["words"]:
            yield Utterance(
                locale=path.stem,
                words=words,
                source=path.relative_to(ROOT).as_posix(),
                asked=group["when"],
                intents=(named,) if isinstance(named, str) else tuple(named),
                topic=group.get("topic", ""),
                days=group.get("days"),
                present=tuple(group.get("present", ())),
                absent=tuple(group.get("absent", ())),
                doubted=tuple(group.get("doubted", ())),
            )


def _lines(path: Path) -> Iterator[Utterance]:
    for number, text in enumerate(path.read_text("utf-8").splitlines()):
        line = json.loads(text)
        yield Utterance(
            locale=SPOKEN_LOCALE,
            words=line.get("heard", line["words"]),
            source=path.relative_to(ROOT).as_posix(),
            asked=line["asked"],
            means=line["means"],
            days=line["days"],
            unseen=line.get("line", number) % 2 == 1,
            present=tuple(line["present"]),
            absent=tuple(line["absent"]),
        )
