"""Finds every fault of a protocol at once, each with its place and its remedy."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from skill.protocol.model import Ground, Level, Protocol, Question, Sign
from skill.protocol.sources import ARTICLE

QUESTIONS_AT_MOST = 10
"""On the longest path (clinical ground, section 3.2)."""

SIGNS_IN_A_QUESTION = range(2, 4)
"""Two or three (clinical ground, section 3.2)."""


def faults(protocol: Protocol) -> list[str]:
    """Return a sentence for each fault of ``protocol``; an empty list means that it can be used."""
    return [
        *_faults_of_signs(protocol),
        *_faults_of_questions(protocol),
        *_faults_of_instructions(protocol),
        *_faults_of_what_time_settles(protocol),
    ]


def _faults_of_signs(protocol: Protocol) -> Iterator[str]:
    for id_, count in Counter(sign.id for sign in (*protocol.signs, *protocol.limits)).items():
        if count > 1:
            yield f"sign {id_}: {count} signs have this id; give each its own."
    asked = Counter(sign.id for question in protocol.questions for sign in question.signs)
    for sign in (*protocol.signs, *protocol.limits):
        if not sign.sources:
            yield f"sign {sign.id}: no source; name the text that its level rests on."
        if sign.ground is Ground.FLOOR and ARTICLE not in sign.sources:
            yield f"sign {sign.id}: its ground is the article, which its sources do not name; add ARTICLE."
        if sign.level is Level.SELF_CARE:
            yield f"sign {sign.id}: a sign cannot lead to home care; raise its level or remove it."
        if not sign.description:
            yield f"sign {sign.id}: no description; say what a clinician should read."
        wanted = 0 if sign in protocol.limits else 1
        if asked[sign.id] != wanted:
            yield f"sign {sign.id}: {asked[sign.id]} questions ask about it; it needs exactly {wanted}."


def _faults_of_questions(protocol: Protocol) -> Iterator[str]:
    known = set(protocol.signs)
    if len(protocol.questions) > QUESTIONS_AT_MOST:
        yield f"questions: {len(protocol.questions)} are too many; group signs until there are {QUESTIONS_AT_MOST}."
    for id_, count in Counter(question.id for question in protocol.questions).items():
        if count > 1:
            yield f"question {id_}: {count} questions have this id; give each its own."
    for before, question in pairwise(protocol.questions):
        if question.level > before.level:
            yield f"question {question.id}: it is more urgent than the one before; move it up."
    for question in protocol.questions:
        yield from _faults_of_question(question, known)


def _faults_of_question(question: Question, known: set[Sign]) -> Iterator[str]:
    if len(question.signs) not in SIGNS_IN_A_QUESTION:
        yield f"question {question.id}: it groups {len(question.signs)} signs; group two or three."
    for sign in question.signs:
        if sign not in known:
            yield f"question {question.id}: sign {sign.id} is not one of the protocol's; add it to signs."
    if len({sign.level for sign in question.signs}) > 1:
        yield f"question {question.id}: its signs have several levels; ask about one level at a time."
    if not question.rationale:
        yield f"question {question.id}: no rationale; say why it is asked."
    if question.level is Level.EMERGENCY and not question.unsure_counts_as_yes:
        yield f"question {question.id}: unsure on an emergency sign has to count as yes."


def _faults_of_instructions(protocol: Protocol) -> Iterator[str]:
    known = set(protocol.signs)
    for id_, count in Counter(instruction.id for instruction in protocol.instructions).items():
        if count > 1:
            yield f"instruction {id_}: {count} instructions have this id; give each its own."
    for instruction in protocol.instructions:
        if not instruction.sources:
            yield f"instruction {instruction.id}: no source; name the text that it rests on."
        if not instruction.when or not all(instruction.when):
            yield f"instruction {instruction.id}: it never or always applies; name the signs that call for it."
        for sign in (sign for group in instruction.when for sign in group):
            if sign not in known:
                yield f"instruction {instruction.id}: sign {sign.id} is not one of the protocol's; add it to signs."
            elif sign.level is not instruction.level:
                yield f"instruction {instruction.id}: sign {sign.id} leads to another level than it; use one level."


def _faults_of_what_time_settles(protocol: Protocol) -> Iterator[str]:
    known = set(protocol.signs)
    denied = [*protocol.denied_when_improving, *(sign for rule in protocol.durations for sign in rule.denies)]
    confirmed = [*protocol.confirmed_when_worsening, *(sign for rule in protocol.durations for sign in rule.confirms)]
    for sign in (*denied, *confirmed):
        if sign not in known:
            yield f"what time settles: sign {sign.id} is not one of the protocol's; add it to signs."
    for sign in denied:
        if sign.level is Level.EMERGENCY:
            yield f"what time settles: emergency sign {sign.id} cannot be denied by how long it lasts; take it out."
