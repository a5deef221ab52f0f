"""The part of the clinician's sheet that shows what is told about care, with its facts and sources."""

from collections.abc import Iterator

from skill.protocol.care import FACTS, GUIDED, TOPICS, Topic
from skill.protocol.model import Level
from skill.prompts.catalogue import Catalogue, Line

LEVEL_NAMES = {
    Level.EMERGENCY: "Emergency",
    Level.DOCTOR_TODAY: "Doctor today",
    Level.DOCTOR: "Doctor",
    Level.SELF_CARE: "Home care",
}


def care(words: Catalogue) -> Iterator[str]:
    """Yield the lines on topics, guided relief and facts."""
    yield """\
Before the emergency findings are cleared, a topic is one tip with the emergency sentence, and the check is offered or goes
on. After an emergency outcome none is told. `F` numbers are the facts of the hospital's article, listed below.
"""
    for topic in TOPICS:
        yield from _topic(topic, words)
    yield "### Guided relief, after home care only\n"
    yield "“It hurts” stops it; more pain than before, or any finding, returns to the protocol at once.\n"
    for step in GUIDED:
        publishers = ", ".join(source.publisher for source in step.sources)
        yield f"- **{step.id}** ({publishers}): {words.text([Line(key=f'guided.steps.{step.id}')])}"
    yield "\n### Facts of the article\n"
    for id_, fact in FACTS.items():
        told = ", ".join(topic.id for topic in TOPICS if any(id_ in part for part in topic.parts))
        yield f"- {id_}: {fact} ({told})"
    yield ""


def _topic(topic: Topic, words: Catalogue) -> Iterator[str]:
    key, after = f"topics.{topic.id}", ", ".join(LEVEL_NAMES[level].lower() for level in sorted(topic.fits))
    publishers = ", ".join(source.publisher for source in topic.sources)
    yield f"### {words.text([Line(key=f'{key}.name')]).capitalize()}\n"
    waits = f" Not with {', '.join(finding.id for finding in topic.not_with)}." if topic.not_with else ""
    yield f"Offered after: {after}.{waits} Sources: {publishers}.\n"
    yield f"- tip: {words.text([Line(key=f'{key}.tip')])}"
    for number, facts in enumerate(topic.parts, 1):
        spoken = words.text([Line(key=f"{key}.part_{number}")])
        yield f"- part {number} ({', '.join(facts) or 'cautions'}): {spoken}"
    yield ""
