"""A screen in the words of one locale, as JSON values: what the renderers read, and nothing else.

Every screen has ``kind`` (one of ``model.KINDS``), ``title`` (may be empty), and ``sections``: what it shows, each with
an ``id``, a ``heading`` (may be empty) and ``lines``. A screen with a question also has

- ``lead``: sentences that are said before the question and are not shown elsewhere; ``ask``: the question;
- ``answers``, ``named``, ``controls``: what can be touched, each with a ``label`` and ``touch``, the arguments of the
  touch (``touch.py``), which stand for the same act as the word;
- ``progress``: ``number``, ``of``, ``label``; null where there is none.

What some kinds have besides:

- checklist: ``items``, each as what can be touched, with ``softly`` where it was denied with a doubt; ``hint``;
- doctor and home_care: ``level``, and ``protocol``, the version of the rules. Their sections are ``do``, ``because``
  (all that was said to be there), ``clinic``, ``until``, ``watch``, ``doubted``, ``absent``, those that hold something;
- step: ``step``, its id; ``cues`` (``timeline.py``); ``seconds``; ``counts``, how far it counts, or null.
  Where the reply speaks of something else than the step there are no cues;
- emergency and crisis: ``calls``, each with a ``label`` as it is shown, and ``number``, the digits to dial, null where
  no number is known for the place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from skill.dialog.reply import Prompts
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.prompts.prompt import Prompt
from skill.protocol.model import FindingId
from skill.screen import timeline, touch
from skill.screen.model import (
    Checklist,
    Choice,
    Choices,
    Crisis,
    Emergency,
    Farewell,
    Pending,
    Progress,
    Question,
    Result,
    Screen,
    Step,
    Told,
)

Json = dict[str, Any]


def in_words(screen: Screen, words: Catalogue) -> Json:
    """Return ``screen`` in ``words``. Raises CatalogueError where words are missing."""
    shown: Json = {"kind": screen.kind, "title": "", "sections": []}
    match screen:
        case Question():
            return shown | _pending(screen.pending, words) | _progress("question", screen.progress, words)
        case Checklist():
            items = [
                _choice(item.correction, words.text([item.line])) | {"softly": item.softly} for item in screen.items
            ]
            more = {"items": items, "hint": words.text([say.TOUCH_A_LINE])}
            return shown | _pending(screen.pending, words) | more
        case Result():
            titled = {"title": words.text([screen.title]), "sections": list(_result(screen, words))}
            more = {"level": screen.level.key, "protocol": screen.protocol_version}
            return shown | titled | _pending(screen.pending, words) | more
        case Told():
            titled = {"title": _headed(words, screen.title), "sections": [_section(words, "lines", screen.lines)]}
            return shown | titled | _pending(screen.pending, words) | _progress("part", screen.progress, words)
        case Step():
            return shown | _pending(screen.pending, words) | _step(screen, words)
        case Emergency():
            told = {"do": screen.do, "because": screen.because, "how": screen.how}
            sections = [_section(words, id_, prompts) for id_, prompts in told.items()]
            calls = [_call(words, "emergency")]
            return shown | {"title": words.text([screen.title]), "sections": _spoken(sections), "calls": calls}
        case Crisis():
            calls = [_call(words, "crisis"), _call(words, "emergency")]
            sections = [_section(words, "lines", screen.lines)]
            return shown | {"title": words.text([screen.title]), "sections": sections, "calls": calls}
        case Farewell():
            return shown | {"sections": [_section(words, "lines", screen.lines)]}


def _pending(pending: Pending, words: Catalogue) -> Json:
    return {
        "lead": words.lines(pending.lead),
        "ask": words.text(pending.ask),
        "answers": _choices(pending.answers, words),
        "named": _choices(pending.named, words),
        "controls": _choices(pending.controls, words),
        "progress": None,
    }


def _choices(choices: Choices, words: Catalogue) -> list[Json]:
    return [_choice(choice, _headed(words, choice.label)) for choice in choices]


def _choice(choice: Choice, label: str) -> Json:
    return {"label": label, "touch": touch.arguments(choice.act)}


def _progress(kind: str, progress: Progress | None, words: Catalogue) -> Json:
    if progress is None:
        return {}
    label = words.text([say.progress(kind, progress.number, progress.of)])
    return {"progress": {"number": progress.number, "of": progress.of, "label": label}}


def _result(result: Result, words: Catalogue) -> Iterator[Json]:
    doubted = set(result.softly_absent)
    clear = tuple(id_ for id_ in result.absent if id_ not in doubted)
    sections = (
        _section(words, "do", result.do),
        _section(words, "because", result.because, say.WHY_HEADING),
        _section(words, "clinic", result.clinic, say.CLINIC_HEADING),
        _section(words, "until", result.until),
        _section(words, "watch", result.watch, say.WATCH_HEADING),
        _named(words, "doubted", result.softly_absent, say.YOU_DOUBTED),
        _named(words, "absent", clear, say.YOU_SAID_NO_TO),
    )
    yield from _spoken(sections)


def _step(step: Step, words: Catalogue) -> Json:
    before = timeline.spoken_seconds(words.text(step.pending.lead))
    cues = timeline.cues(words.said([step.spoken]), before) if step.spoken else ()
    counts = max((cue.count for cue in cues if cue.count), default=None)
    shown = {"step": step.id, "cues": [asdict(cue) for cue in cues], "counts": counts}
    seconds = round(cues[-1].at + cues[-1].seconds, 1) if cues else 0.0
    return shown | {"seconds": seconds} | _progress("step", step.progress, words)


def _call(words: Catalogue, line: str) -> Json:
    label = words.fields[line]
    return {"label": label, "number": label if label.isdigit() else None}


def _section(words: Catalogue, id_: str, prompts: Prompts, heading: Prompt | None = None) -> Json:
    return {"id": id_, "heading": words.text([heading]) if heading else "", "lines": words.lines(prompts)}


def _named(words: Catalogue, id_: str, ids: Iterable[FindingId], heading: Prompt) -> Json:
    names = [_headed(words, say.finding(found, "name")) for found in ids]
    return {"id": id_, "heading": words.text([heading]), "lines": names}


def _spoken(sections: Iterable[Json]) -> list[Json]:
    return [section for section in sections if section["lines"]]


def _headed(words: Catalogue, prompt: Prompt) -> str:
    """Return a name as it stands by itself: its first letter is a capital."""
    text = words.text([prompt])
    return text[:1].upper() + text[1:]
