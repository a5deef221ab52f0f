"""How answers are stored in a session and read again, also by a release whose protocol is another one.

An answer to a question is stored with the findings that the question asked about. So a release whose question asks
about others, or which does not have the question, takes from it what it can: it denies no finding that nobody asked
about. What a release does not know it hands on as it came, with the level, so that nothing is asked twice and nothing
urgent is lost while two releases take turns (docs/decisions/0013).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from skill.acts import Answer
from skill.engine.restated import restated
from skill.engine.triage import Evidence, assess
from skill.protocol.model import FindingId, Level, Protocol, QuestionId

MOST_ANSWERS = 60
"""Answers that are kept one by one: more than anybody gives. Of more, older ones are restated."""

MOST_NAMED = 240
"""Findings named in them all, for the same reason: 240 ids are 5 KB."""

RECENT = 10
"""The last answers are kept one by one even then, so that they can be taken back."""

_ALWAYS_FEW = 4
"""Answers that are never too many, however much they name: nearly every turn counts no further."""

LONGEST_DAYS = 365.0 * 120
"""No pain lasts longer than a life."""

MOST_FOREIGN = 120
"""Ids and numbers handed on for another release; more are no session of a release of ours."""

_ANSWERS: Mapping[str, Answer] = {answer.value: answer for answer in Answer}

_PLAIN = ("question", "answer", "about")
"""What is stored of a plain no."""

_NAMED = ("present", "absent", "softly_absent", "doubted", "unclear")
_ASKED_AGAIN = ("softly_absent", "doubted", "unclear")
"""Of findings that a question asks about; a limit is never asked about."""

_UNKNOWN = Level.DOCTOR
"""How urgent a confirmed finding is that another release stored without a level: too urgent for home care."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What an id of any release looks like."""


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """What another release stored and this one does not know."""

    answers: tuple[Mapping[str, Any], ...] = ()
    """Stored answers about findings that this protocol does not have, handed on as they are."""
    asked: tuple[str, ...] = ()
    """The findings among those that were asked about last which this protocol does not have."""
    asked_level: Level | None = None
    """The level that a yes to the last question leads to."""

    @property
    def level(self) -> Level | None:
        """The level of what was confirmed in ``answers``, also by a second doubt; None where nothing was."""
        found: list[Level] = []
        doubted: set[str] = set()
        for answer in self.answers:
            if answer.get("present") or doubted.intersection(answer.get("doubted", ())):
                found.append(Level(answer["level"]))
            doubted.update(answer.get("doubted", ()))
        return max(found, default=None)

    def answered(self, answer: Answer) -> "Foreign":
        """Return what is known after ``answer`` to the last question: of its findings, and of no others."""
        name = {Answer.YES: "present", Answer.NO: "absent", Answer.UNSURE: "doubted"}.get(answer)
        if name is None or not self.asked:
            return Foreign(answers=self.answers)
        about = self.asked[:1] if answer is Answer.UNSURE else self.asked  # two at once would be two doubts
        said: dict[str, Any] = {name: list(about)}
        if answer is not Answer.NO:
            said["level"] = int(_UNKNOWN if self.asked_level is None else self.asked_level)
        return Foreign(answers=_few([*self.answers, said]))


def write(answers: Iterable[Evidence], protocol: Protocol) -> list[dict[str, Any]]:
    """Return ``answers`` as JSON values, without the fields that are empty."""
    return [_stored(evidence, protocol) for evidence in answers]


def _stored(evidence: Evidence, protocol: Protocol) -> dict[str, Any]:
    said = evidence.present + evidence.doubted
    level = max((protocol.finding[id_].level for id_ in said), default=None) if said else None
    stored: dict[str, Any] = {}
    if evidence.question is not None and evidence.answer is not None:
        question, answer = protocol.question[evidence.question], evidence.answer
        stored = {"question": evidence.question, "answer": answer.value, "about": list(question.ids)}
        named = evidence.absent or evidence.unclear or evidence.softly_absent
        if answer is Answer.NO and not said and not named and evidence.days is None:
            return stored  # nearly every answer
        if answer in (Answer.YES, Answer.UNSURE):
            level = max(question.level, level or question.level)
    for name in _NAMED:
        if named := getattr(evidence, name):
            stored[name] = list(named)
    if level is not None:
        stored["level"] = int(level)
    if evidence.days is not None:
        stored["days"] = evidence.days
    return stored


def read(stored: object, protocol: Protocol) -> tuple[tuple[Evidence, ...], Foreign | None]:
    """Return the answers in ``stored`` that ``protocol`` can use, few enough, and what is another release's."""
    answers: list[Evidence] = []
    foreign: list[Mapping[str, Any]] = []
    for one in stored if isinstance(stored, list) else ():
        if isinstance(one, dict):
            evidence = _plain_reply(one, protocol)
            if evidence is not None:
                answers.append(evidence)
                continue
            evidence, other = _read(one, protocol)
            if evidence.settles:
                answers.append(evidence)
            if other:
                foreign.append(other)
    kept = _few(foreign) if foreign else ()
    return bounded(tuple(answers), protocol), Foreign(answers=kept) if kept else None


def asked(stored: object, protocol: Protocol) -> tuple[tuple[FindingId, ...], tuple[str, ...], Level | None]:
    """Return what was asked about last: the findings of ``protocol``, those of another one, and how urgent a yes is."""
    if not isinstance(stored, dict):
        return (), (), None
    about = stored.get("about")
    if isinstance(about, list) and about and all(isinstance(id_, str) and id_ in protocol.question_of for id_ in about):
        return tuple(about), (), None  # as nearly always
    ids = _ids(about)
    known = tuple(FindingId(id_) for id_ in ids if id_ in protocol.question_of)
    unknown = tuple(id_ for id_ in ids if id_ not in protocol.finding)
    return known, unknown[:MOST_FOREIGN], _level(stored.get("level"))


def bounded(answers: tuple[Evidence, ...], protocol: Protocol) -> tuple[Evidence, ...]:
    """Return ``answers``, the older ones restated where there are more than a person gives."""
    if len(answers) <= _ALWAYS_FEW:
        return answers
    if len(answers) <= MOST_ANSWERS and _named_in(answers) <= MOST_NAMED:
        return answers
    older, recent = answers[:-RECENT], answers[-RECENT:]
    few = (*restated(protocol, assess(protocol, older)), *recent)
    return few if _named_in(few) <= MOST_NAMED else restated(protocol, assess(protocol, answers))


def _named_in(answers: Iterable[Evidence]) -> int:
    return sum(len(getattr(evidence, name)) for evidence in answers for name in _NAMED)


def _plain_reply(stored: Mapping[str, Any], protocol: Protocol) -> Evidence | None:
    """Return the evidence of a plain reply to a question of ours: nearly every stored answer is one."""
    if len(stored) != len(_PLAIN):
        return None
    try:
        question, given = protocol.question[stored["question"]], _ANSWERS[stored["answer"]]
        return _reply(question.id, given) if stored["about"] == list(question.ids) else None
    except (KeyError, TypeError):  # TypeError: a list or an object in the place of an id
        return None


def _read(stored: Mapping[str, Any], protocol: Protocol) -> tuple[Evidence, Mapping[str, Any] | None]:
    """Return what ``protocol`` can use of one stored answer, and what is another release's; None where nothing is."""
    named = {name: _ids(stored.get(name)) for name in _NAMED}
    id_, replied, about = stored.get("question"), stored.get("answer"), _ids(stored.get("about"))
    answer = _ANSWERS.get(replied) if isinstance(replied, str) else None
    question = protocol.question.get(QuestionId(id_)) if isinstance(id_, str) else None
    evidence = Evidence()
    if question and answer and about == question.ids:
        evidence = Evidence(question=question.id, answer=answer)
    elif answer is Answer.NO:
        named["absent"] += about
    elif answer is Answer.YES:
        named["present"] = named["present"] or about
    elif answer is Answer.UNSURE:
        named["doubted"] += about[:1]
    unknown: dict[str, Any] = {
        name: left for name, ids in named.items() if (left := [id_ for id_ in ids if id_ not in protocol.finding])
    }
    if not unknown.keys().isdisjoint(("present", "doubted")):
        level = _level(stored.get("level"))
        unknown["level"] = int(_UNKNOWN if level is None else level)
    evidence = replace(evidence, days=_days(stored.get("days")))
    if any(named.values()):
        usable: dict[str, Any] = {name: _usable(name, ids, protocol) for name, ids in named.items()}
        evidence = replace(evidence, **usable)
    return evidence, unknown or None


def _usable(name: str, ids: tuple[str, ...], protocol: Protocol) -> tuple[FindingId, ...]:
    usable = protocol.question_of if name in _ASKED_AGAIN else protocol.finding
    return tuple(FindingId(id_) for id_ in ids if id_ in usable)


def _ids(stored: object) -> tuple[str, ...]:
    """Return the ids in what was stored as a list, each once."""
    found = (id_ for id_ in stored if isinstance(id_, str) and _ID.fullmatch(id_)) if isinstance(stored, list) else ()
    return tuple(dict.fromkeys(found))[:MOST_FOREIGN]


def _days(stored: object) -> float | None:
    """Return how long the pain has lasted, where that was stored."""
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        return None
    return float(stored) if 0 <= stored <= LONGEST_DAYS else None


def _level(stored: object) -> Level | None:
    return Level(stored) if type(stored) is int and stored in list(Level) else None


def _few(foreign: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return ``foreign``, or of more than any release stores the most urgent alone."""
    if len(foreign) <= MOST_FOREIGN and sum(len(ids) for one in foreign for ids in _lists(one)) <= MOST_FOREIGN:
        return tuple(foreign)
    confirmed = [one for one in foreign if "level" in one]
    worst = max(confirmed, key=lambda one: int(one["level"]), default=None)
    return ({"present": [next(_lists(worst))[0]], "level": worst["level"]},) if worst else ()


def _lists(stored: Mapping[str, Any]) -> Iterator[list[str]]:
    return (stored[name] for name in _NAMED if name in stored)


@cache
def _reply(question: QuestionId, answer: Answer) -> Evidence:
    """Return the evidence of a plain reply: most stored answers are one, and it is the same each time."""
    return Evidence(question=question, answer=answer)
