"""Reads utterances that were written to measure understanding, and brings the dialog to where each of them is said.

The files are JSON lines in ``tests/data/hearing/``. Whoever wrote ``blind_a`` to ``blind_d`` had seen nothing of the
skill's words; ``blind_c`` is mostly harmless speech, and so is half of ``blind_d``. ``noise`` holds the lines of
``blind_a`` as a small speech recognizer hears them (``tools/speak_and_hear.py``), ``noise_d`` those of ``blind_d``. A
line's keys: ``asked``, a key of ``CONTEXTS``; ``words``; ``means``; ``present`` and ``absent``, finding ids; ``days``,
how long the pain has lasted; ``control``, what is asked of the guide; in noise also ``heard``, ``source`` and ``line``.

``blind_d`` and ``noise_d`` are never looked at, and nothing is tuned on them: they tell what to expect. All others may
be looked at.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.contexts import CONTEXTS
from simulator.trace import Tracer
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "hearing"
DATA = tuple(FOLDER / f"{name}.jsonl" for name in ("blind_a", "blind_b", "blind_c", "blind_d", "noise", "noise_d"))
UNSEEN = frozenset({"blind_d", "noise_d"})
"""The files whose lines nobody looks at."""


_THIRD_PERSON = re.compile(
    r"\b(?:he|hes|he's|him|his|she|shes|she's|her|hers|mum|mom|mother|dad|father|husband|wife|grandma|grandpa|gran|nan"
    r"|patient)\b"
)

_PUNCTUATION = re.compile(r"[^\w' ]+")

SHORT_WORDS = 4
"""An utterance of up to so many words is a short one."""


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """What is said, where, and what was meant by it."""

    words: str
    """As Alexa writes it, in small letters; in noise what the recognizer heard."""
    asked: str
    means: str
    present: frozenset[FindingId]
    absent: frozenset[FindingId]
    days: float | None
    control: str | None
    unseen: bool
    """Whether nothing may ever be tuned on it."""

    @property
    def emergencies(self) -> frozenset[FindingId]:
        """The emergency findings that are there."""
        return frozenset(id_ for id_ in self.present if UPPER_BACK.finding[id_].level is Level.EMERGENCY)

    @property
    def level(self) -> Level:
        """The worst level of what is there."""
        return max((UPPER_BACK.finding[id_].level for id_ in self.present), default=Level.SELF_CARE)

    @property
    def kind(self) -> str:
        """Whether it is short, long, or about somebody else."""
        if _THIRD_PERSON.search(self.words.lower()):
            return "about a third person"
        return "short" if len(self.words.split()) <= SHORT_WORDS else "long"


@dataclass(frozen=True, kw_only=True)
class Context:
    """Where the dialog stands when an utterance is said."""

    attributes: Mapping[str, Any] | None
    state: str
    pending: frozenset[FindingId]
    absent: frozenset[FindingId]
    """What was denied on the way here."""


def read(path: Path) -> Iterator[Utterance]:
    """Yield the utterances of a file."""
    for text in path.read_text("utf-8").splitlines():
        line = json.loads(text)
        yield Utterance(
            words=" ".join(_PUNCTUATION.sub(" ", line.get("heard", line["words"]).lower()).split()),
            asked=line["asked"],
            means=line["means"],
            present=frozenset(map(FindingId, line["present"])),
            absent=frozenset(map(FindingId, line["absent"])),
            days=line["days"],
            control=line["control"],
            unseen=path.stem in UNSEEN,
        )


def contexts(tracer: Tracer) -> dict[str, Context]:
    """Return every context, by driving the dialog there."""
    return {name: _reached(tracer, intents) for name, intents in CONTEXTS.items()}


def _reached(tracer: Tracer, intents: Sequence[str]) -> Context:
    attributes, state = None, "fresh"
    absent: set[FindingId] = set()
    pending: list[FindingId] = []
    for intent in intents:
        done = {"intent": intent} if intent else {"launch": True}
        turned = tracer.turn({"attributes": attributes, **done})
        attributes, state, pending = turned["attributes"], turned["state"], turned["pending"]
        absent |= set(turned["absent"])
    return Context(attributes=attributes, state=state, pending=frozenset(pending), absent=frozenset(absent))
