"""The part of the clinician's sheet that shows what is told about care, with its facts and sources."""

from collections.abc import Iterator

from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.protocol.care import Care, Topic
from skill.protocol.model import Level

LEVEL_NAMES = {
    Level.EMERGENCY: "Emergency",
    Level.DOCTOR_TODAY: "Doctor today",
    Level.DOCTOR: "Doctor",
    Level.SELF_CARE: "Home care",
}


def care(told: Care, words: Catalogue) -> Iterator[str]:
    """Yield the lines on topics, guided relief and facts."""
    yield """\
Before the emergency findings are cleared, a topic is one tip with the emergency sentence, and the check is offered or
goes on. After an emergency none is told. `F` numbers are the facts of the hospital's article, listed below.
"""
    for topic in told.topics:
        yield from _topic(topic, words)
    yield "### Guided relief, after home care only\n"
    yield "“It hurts” stops it; more pain than before, or any finding, returns to the protocol at once.\n"
    for step in told.steps:
        publishers = ", ".join(source.publisher for source in step.sources)
        yield f"- **{step.id}** ({publishers}): {words.text([say.step(step.id)])}"
    yield "\n### Facts of the article\n"
    for id_, fact in told.facts.items():
        where = ", ".join(topic.id for topic in told.topics if any(id_ in part for part in topic.parts))
        yield f"- {id_}: {fact} ({where})"
    yield ""


def _topic(topic: Topic, words: Catalogue) -> Iterator[str]:
    after = ", ".join(LEVEL_NAMES[level].lower() for level in sorted(topic.fits))
    publishers = ", ".join(source.publisher for source in topic.sources)
    yield f"### {words.text([say.topic_name(topic.id)]).capitalize()}\n"
    waits = f" Not with {', '.join(finding.id for finding in topic.not_with)}." if topic.not_with else ""
    yield f"Offered after: {after}.{waits} Sources: {publishers}.\n"
    yield f"- tip: {words.text([say.topic_tip(topic.id)])}"
    for number, facts in enumerate(topic.parts, 1):
        spoken = words.text([say.topic_part(topic.id, number)])
        yield f"- part {number} ({', '.join(facts) or 'cautions'}): {spoken}"
    yield ""
