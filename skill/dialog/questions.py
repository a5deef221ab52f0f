"""How a question of the protocol is put, first and again, when some of its findings are already known."""

from skill.dialog.reply import Prompts
from skill.engine.triage import Ask
from skill.prompts import constructors as say
from skill.protocol.model import FindingId


def question(asked: Ask) -> Prompts:
    """Return the question as it is first put, about what is still open."""
    if len(asked.open) == 1:
        return (say.finding(asked.open[0], "ask"),)
    if len(asked.open) == len(asked.question.findings):
        return (say.question(asked.question.id, "ask"),)
    return (say.and_what_about(asked.open),)


def in_plain_words(id_: FindingId) -> Prompts:
    """Return the question about one finding in other words, with an example."""
    return (say.finding(id_, "plain"), say.FITS_ONE)
