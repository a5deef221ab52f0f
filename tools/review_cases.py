"""The worked cases of the clinician's sheet: short conversations, each with what is answered."""

from collections.abc import Iterator, Sequence

from simulator.trace import described
from skill.acts import Act, Answer, Control, Deny, Report
from skill.dialog.conversation import converse
from skill.dialog.session import Session
from skill.prompts.catalogue import Catalogue
from skill.protocol.guide import Guide
from skill.protocol.model import FindingId


def _worked(guide: Guide) -> Sequence[tuple[str, Sequence[Act]]]:
    """Return a title, and what the person does turn by turn."""
    urgent = sum(question.level.name == "EMERGENCY" for question in guide.protocol.questions)
    together: list[tuple[str, Sequence[Act]]] = [
        (f"Together: {combined.id}", (Control.OPEN, *(Report((group[0].id,)) for group in combined.when)))
        for combined in guide.protocol.combinations
    ]
    all_no = [Answer.NO] * len(guide.protocol.questions)
    return (
        ("Chest pain is volunteered before any question", (Report((FindingId("chest_pain"),)),)),
        ("Twice not sure about an emergency finding", (Control.OPEN, Answer.UNSURE, Answer.UNSURE)),
        ("A soft no is confirmed by name", (Control.OPEN, Answer.SOFT_NO, Answer.NO)),
        (
            "A fever is named early; the emergency questions are still asked, milder ones are not",
            (Control.OPEN, Report((FindingId("fever"),)), *[Answer.NO] * urgent),
        ),
        (
            "Only chest pain is denied: the question about breathing stays open",
            (Control.OPEN, Deny((FindingId("chest_pain"),)), Answer.YES),
        ),
        (
            "All no, and the read-back brings up what was misheard",
            (Control.OPEN, *all_no, Answer.NO, Report((FindingId("numbness_tingling"),))),
        ),
        ("All no: home care", (Control.OPEN, *all_no, Answer.YES)),
        (
            "No fever, then a lump by the spine: a doctor today",
            (Control.OPEN, Report((FindingId("shape_or_lump"),)), *[Answer.NO] * (urgent + 1)),
        ),
        (
            "It stops the normal day: a doctor",
            (Control.OPEN, *[Answer.NO] * (urgent + 3), Answer.YES),
        ),
        ("Somebody was hurt by another person", (Report((FindingId("harmed_by_someone"), FindingId("injury"))),)),
        *together,
    )


def cases(guide: Guide, words: Catalogue) -> Iterator[str]:
    """Yield the lines of every case."""
    for title, acts in _worked(guide):
        yield f"### {title}\n"
        session = Session()
        for act in acts:
            session, reply = converse(guide, session, (act,))
            yield f"- *{described(act)}*"
            yield f"  > {words.text((*reply.say, *reply.ask))}"
        yield ""
