"""Finds every fault of a locale's words at once, each with its key and its remedy."""

import re
from collections.abc import Iterator

from skill.prompts import constructors as say
from skill.prompts import ssml
from skill.prompts.catalogue import OPTIONAL_GAPS, Catalogue, file_of, gaps_in
from skill.protocol.guide import Guide

WORDS_IN_A_QUESTION = 20
"""At most, as it is first put (clinical ground, section 3.2)."""

GAPS = (
    frozenset(
        {"emergency", "emergency_or_local", "crisis", "violence", "names", "names_or", "names_and", "count", "total"}
    )
    | OPTIONAL_GAPS
)
"""What a prompt may leave open."""

OWN_GAPS = {"safety.emergency_either": frozenset({"emergency", "anywhere"})}
"""What the catalogue itself fills, by key."""

OWN_KEYS = frozenset(
    {
        *(f"locale.{name}" for name in ("code", "list_or", "list_and", "list_comma", "pair_or", "pair_and")),
        *(f"safety.{name}" for name in ("emergency", "emergency_either", "emergency_anywhere")),
        *(f"safety.{name}" for name in ("crisis", "crisis_anywhere", "violence", "violence_anywhere")),
    }
)
"""The keys of a locale that are not prompts: how it makes lists, and its numbers."""


def faults(words: Catalogue, guide: Guide) -> list[str]:
    """Return a sentence for each fault of ``words``; an empty list means that nothing can be missing at run time.

    Args:
        words: the locale to check. It must have words for every prompt, and no others.
        guide: whose findings, questions, dispositions, topics and steps need words.
    """
    return [*_faults_of_keys(words, guide), *_faults_of_sentences(words), *_faults_of_questions(words, guide)]


def expected_keys(guide: Guide) -> set[str]:
    """Return the keys under which there must be words."""
    return {prompt.key for prompt in say.every_prompt(guide)} | OWN_KEYS


def _faults_of_keys(words: Catalogue, guide: Guide) -> Iterator[str]:
    expected = expected_keys(guide)
    for key in sorted(expected - words.sentences.keys()):
        yield f"{words.locale}: {key} is missing; add it to {file_of(key)}."
    for key in sorted(words.sentences.keys() - expected):
        yield f"{words.locale}: {key} belongs to no prompt; remove it or mend its name."


def _faults_of_sentences(words: Catalogue) -> Iterator[str]:
    for key, sentences in words.sentences.items():
        if not sentences or not all(sentence.strip() or key.startswith("locale.") for sentence in sentences):
            yield f"{words.locale}: {key} is empty; write what is said."
        allowed = OWN_GAPS.get(key, GAPS)
        for sentence in sentences:
            try:
                unknown = gaps_in(sentence) - allowed
            except ValueError as error:
                yield f"{words.locale}: {key}: {error}; write each gap as {{name}}."
                continue
            for gap in sorted(unknown):
                yield f"{words.locale}: {key}: nothing fills {{{gap}}}; use one of {', '.join(sorted(allowed))}."
            if any(pause > ssml.LONGEST_PAUSE_SECONDS for pause in ssml.pauses(sentence)):
                yield f"{words.locale}: {key}: a pause is longer than {ssml.LONGEST_PAUSE_SECONDS:g} s; split it."
            if re.search(r"\[(?!pause \d+(?:\.\d+)?m?s\])", ssml.SHOW.sub("", sentence)):
                yield (
                    f"{words.locale}: {key}: a mark in brackets is not [pause 500ms], [pause 2s] or [show POSE COUNT] "
                    f"with one of {', '.join(sorted(ssml.POSES))}; mend it."
                )


def _faults_of_questions(words: Catalogue, guide: Guide) -> Iterator[str]:
    asked = [say.question(question.id, "ask") for question in guide.protocol.questions]
    asked += [say.finding(finding.id, "ask") for finding in (*guide.protocol.findings, *guide.protocol.listened)]
    for prompt in asked:
        text = " ".join(words.sentences.get(prompt.key, ()))
        if (count := len(text.split())) > WORDS_IN_A_QUESTION:
            yield f"{words.locale}: {prompt.key} has {count} words; people hear {WORDS_IN_A_QUESTION}, so shorten it."
