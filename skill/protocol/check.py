"""Finds every fault of a protocol at once, each with its place and its remedy."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from skill.protocol.model import Finding, Ground, Level, Protocol, Question, Source
from skill.protocol.sources import ARTICLE, OWN

QUESTIONS_AT_MOST = 10
"""On the longest path (clinical ground, section 3.2)."""

FINDINGS_IN_A_QUESTION = range(2, 4)
"""Two or three (clinical ground, section 3.2)."""

FINDINGS_TOGETHER = 2
"""Groups in a combination, at least: with one it would be the level of a finding."""

_READ = re.compile(r"20\d\d-[01]\d-[0-3]\d")


def faults(protocol: Protocol) -> list[str]:
    """Return a sentence for each fault of ``protocol``; an empty list means that it can be used."""
    return [
        *_faults_of_findings(protocol),
        *_faults_of_questions(protocol),
        *_faults_of_instructions(protocol),
        *_faults_of_combinations(protocol),
        *_faults_of_regions(protocol),
        *_faults_of_what_time_settles(protocol),
    ]


def _faults_of_findings(protocol: Protocol) -> Iterator[str]:
    every = (*protocol.findings, *protocol.listened, *protocol.limits)
    for id_, count in Counter(finding.id for finding in every).items():
        if count > 1:
            yield f"finding {id_}: {count} findings have this id; give each its own."
    asked = Counter(finding.id for question in protocol.questions for finding in question.findings)
    for finding in every:
        yield from _faults_of_sources(f"finding {finding.id}", finding.sources)
        if finding.ground is Ground.FLOOR and ARTICLE not in finding.sources:
            yield f"finding {finding.id}: its ground is the article, which its sources do not name; add ARTICLE."
        if finding.level is Level.SELF_CARE and finding not in protocol.listened:
            yield f"finding {finding.id}: a finding cannot lead to home care; raise its level, or only listen for it."
        if not finding.description:
            yield f"finding {finding.id}: no description; say what a clinician should read."
        wanted = 1 if finding in protocol.findings else 0
        if asked[finding.id] != wanted:
            yield f"finding {finding.id}: {asked[finding.id]} questions ask about it; it needs exactly {wanted}."


def _faults_of_sources(rule: str, sources: Sequence[Source]) -> Iterator[str]:
    if not sources:
        yield f"{rule}: no source; name the text that its level rests on."
    for source in sources:
        if source.address and not _READ.fullmatch(source.read):
            yield f"source {source.title}: it has an address and no day on which it was read; add read, as 2026-11-29."
        if not source.address and source not in OWN:
            yield f"source {source.title}: no address; say where it stands."


def _faults_of_questions(protocol: Protocol) -> Iterator[str]:
    known = set(protocol.findings)
    if len(protocol.questions) > QUESTIONS_AT_MOST:
        yield f"questions: {len(protocol.questions)} are too many; group findings until there are {QUESTIONS_AT_MOST}."
    for id_, count in Counter(question.id for question in protocol.questions).items():
        if count > 1:
            yield f"question {id_}: {count} questions have this id; give each its own."
    for before, question in pairwise(protocol.questions):
        if question.level > before.level:
            yield f"question {question.id}: it is more urgent than the one before; move it up."
    for question in protocol.questions:
        yield from _faults_of_question(question, known)


def _faults_of_question(question: Question, known: set[Finding]) -> Iterator[str]:
    if len(question.findings) not in FINDINGS_IN_A_QUESTION:
        yield f"question {question.id}: it groups {len(question.findings)} findings; group two or three."
    for finding in question.findings:
        if finding not in known:
            yield f"question {question.id}: finding {finding.id} is not one of the protocol's; add it to findings."
    if len({finding.level for finding in question.findings}) > 1:
        yield f"question {question.id}: its findings have several levels; ask about one level at a time."
    if not question.rationale:
        yield f"question {question.id}: no rationale; say why it is asked."
    if question.level is Level.EMERGENCY and not question.unsure_counts_as_yes:
        yield f"question {question.id}: unsure on an emergency finding has to count as yes."


def _faults_of_instructions(protocol: Protocol) -> Iterator[str]:
    known = {*protocol.findings, *protocol.listened, *protocol.limits}
    for id_, count in Counter(instruction.id for instruction in protocol.instructions).items():
        if count > 1:
            yield f"instruction {id_}: {count} instructions have this id; give each its own."
    for instruction in protocol.instructions:
        yield from _faults_of_sources(f"instruction {instruction.id}", instruction.sources)
        if not instruction.when or not all(instruction.when):
            yield f"instruction {instruction.id}: it never or always applies; name the findings that call for it."
        for finding in (finding for group in instruction.when for finding in group):
            if finding not in known:
                yield f"instruction {instruction.id}: {finding.id} is not one of the protocol's findings; add it there."
            elif instruction.level not in _levels_with(protocol, finding):
                yield f"instruction {instruction.id}: {finding.id} leads to another level than it; use one level."


def _levels_with(protocol: Protocol, finding: Finding) -> set[Level]:
    """Return the levels that ``finding`` reaches, alone and with others."""
    return {finding.level, *(one.level for one in protocol.combinations if finding.id in one.finding_ids)}


def _faults_of_combinations(protocol: Protocol) -> Iterator[str]:
    known = {*protocol.findings, *protocol.listened, *protocol.limits}
    for id_, count in Counter(combined.id for combined in protocol.combinations).items():
        if count > 1:
            yield f"combination {id_}: {count} combinations have this id; give each its own."
    for combined in protocol.combinations:
        rule = f"combination {combined.id}"
        yield from _faults_of_sources(rule, combined.sources)
        if not combined.rationale:
            yield f"{rule}: no rationale; say why these are more urgent together."
        if len(combined.when) < FINDINGS_TOGETHER or not all(combined.when):
            yield f"{rule}: it needs {FINDINGS_TOGETHER} groups of findings or more, none empty; add them."
        for finding in (finding for group in combined.when for finding in group):
            if finding not in known:
                yield f"{rule}: {finding.id} is not one of the protocol's findings; add it there."
    combinable = {id_ for combined in protocol.combinations for id_ in combined.finding_ids}
    for finding in protocol.listened:
        if finding.level is Level.SELF_CARE and finding.id not in combinable | protocol.acknowledged:
            yield f"finding {finding.id}: nothing comes of it; use it in a combination, or list it as acknowledged."


def _faults_of_regions(protocol: Protocol) -> Iterator[str]:
    for region in protocol.regions:
        rule = f"region {', '.join(region.codes)}"
        yield from _faults_of_sources(rule, region.sources)
        if region.least is Level.SELF_CARE:
            yield f"{rule}: it raises nothing; give it a level above home care, or remove it."


def _faults_of_what_time_settles(protocol: Protocol) -> Iterator[str]:
    known = set(protocol.findings)
    denied = [*protocol.denied_when_improving, *(finding for rule in protocol.durations for finding in rule.denies)]
    confirmed = [
        *protocol.confirmed_when_worsening,
        *(finding for rule in protocol.durations for finding in rule.confirms),
    ]
    for finding in (*denied, *confirmed):
        if finding not in known:
            yield f"what time settles: finding {finding.id} is not one of the protocol's; add it to findings."
    for finding in denied:
        if finding.level is Level.EMERGENCY:
            yield f"what time settles: emergency {finding.id} cannot be denied by how long it lasts; take it out."
