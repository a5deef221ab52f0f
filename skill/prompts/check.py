"""Finds every fault of a locale's words at once, each with its key and its remedy."""

import re
from collections.abc import Iterator

from skill.prompts import ssml
from skill.prompts.catalogue import OPTIONAL_GAPS, Catalogue, file_of, gaps_in
from skill.protocol.care import GUIDED, TOPICS, Topic
from skill.protocol.model import Level, Protocol

WORDS_IN_A_QUESTION = 20
"""At most, as it is first put (clinical ground, section 3.2)."""

GAPS = frozenset({"emergency", "crisis", "names_or", "names_and", "count"}) | OPTIONAL_GAPS
"""What a sentence may leave open."""

FINDING_PARTS = ("name", "ask", "plain")
QUESTION_PARTS = ("ask", "why", "readback")
OUTCOME_PARTS = {
    Level.EMERGENCY: ("name", "title", "do", "why", "how", "again"),
    Level.DOCTOR_TODAY: ("name", "title", "do", "why", "until", "offer"),
    Level.DOCTOR: ("name", "title", "do", "why", "until", "offer"),
    Level.SELF_CARE: ("name", "title", "do", "why", "until", "offer"),
}

RULED = ("findings.", "limits.", "questions.", "instructions.", "outcomes.", "topics.", "guided.steps.")
"""Where the keys begin that the protocol calls for: there must be none but those."""


def faults(words: Catalogue, protocol: Protocol, reference: Catalogue | None = None) -> list[str]:
    """Return a sentence for each fault of ``words``; an empty list means that nothing can be missing at run time.

    Args:
        words: the locale to check.
        protocol: whose findings, questions and outcomes need words.
        reference: a locale that is complete: ``words`` must have its keys, and no others.
    """
    return [
        *_faults_of_keys(words, protocol, reference),
        *_faults_of_sentences(words),
        *_faults_of_questions(words, protocol),
    ]


def topic_parts(topic: Topic) -> list[str]:
    """Return what is said of a topic: its name, a tip, and its parts by number."""
    return ["name", "tip", *(f"part_{number}" for number, _ in enumerate(topic.parts, 1))]


def expected_keys(protocol: Protocol) -> set[str]:
    """Return the keys that the protocol alone calls for."""
    return {
        *(f"findings.{finding.id}.{part}" for finding in protocol.findings for part in FINDING_PARTS),
        *(f"questions.{question.id}.{part}" for question in protocol.questions for part in QUESTION_PARTS),
        *(f"topics.{topic.id}.{part}" for topic in TOPICS for part in topic_parts(topic)),
        *(f"guided.steps.{step.id}" for step in GUIDED),
        *(f"limits.{limit.id}" for limit in protocol.limits),
        *(f"instructions.{instruction.id}" for instruction in protocol.instructions),
        *(f"outcomes.{level.key}.{part}" for level, parts in OUTCOME_PARTS.items() for part in parts),
    }


def _faults_of_keys(words: Catalogue, protocol: Protocol, reference: Catalogue | None) -> Iterator[str]:
    expected = expected_keys(protocol)
    ruled = {key for key in words.sentences if key.startswith(RULED)}
    wanted = expected | (reference.sentences.keys() - ruled if reference else set())
    for key in sorted(wanted - words.sentences.keys()):
        yield f"{words.locale}: {key} is missing; add it to {file_of(key)}."
    for key in sorted(ruled - expected):
        yield f"{words.locale}: {key} belongs to nothing in the protocol; remove it or mend its id."
    if reference:
        for key in sorted(words.sentences.keys() - ruled - reference.sentences.keys()):
            yield f"{words.locale}: {key} is not in {reference.locale}; remove it or add it there."


def _faults_of_sentences(words: Catalogue) -> Iterator[str]:
    for key, sentences in words.sentences.items():
        if not sentences or not all(sentence.strip() or key.startswith("locale.") for sentence in sentences):
            yield f"{words.locale}: {key} is empty; write what is said."
        for sentence in sentences:
            try:
                unknown = gaps_in(sentence) - GAPS
            except ValueError as error:
                yield f"{words.locale}: {key}: {error}; write each gap as {{name}}."
                continue
            for gap in sorted(unknown):
                yield f"{words.locale}: {key}: nothing fills {{{gap}}}; use one of {', '.join(sorted(GAPS))}."
            if any(pause > ssml.LONGEST_PAUSE_SECONDS for pause in ssml.pauses(sentence)):
                yield f"{words.locale}: {key}: a pause is longer than {ssml.LONGEST_PAUSE_SECONDS:g} s; split it."
            if re.search(r"\[(?!pause \d+(?:\.\d+)?m?s\])", sentence):
                yield f"{words.locale}: {key}: a mark in brackets is not [pause 500ms] or [pause 2s]; mend it."


def _faults_of_questions(words: Catalogue, protocol: Protocol) -> Iterator[str]:
    keys = [f"questions.{question.id}.ask" for question in protocol.questions]
    keys += [f"findings.{finding.id}.ask" for finding in protocol.findings]
    for key in keys:
        text = " ".join(words.sentences.get(key, ()))
        if (count := len(text.split())) > WORDS_IN_A_QUESTION:
            yield f"{words.locale}: {key} has {count} words; people hear {WORDS_IN_A_QUESTION}, so shorten it."
