"""The ends of a conversation that the person brings about: a call for help, words of despair, stop."""

from skill.dialog import outcomes
from skill.dialog.reply import Card
from skill.dialog.turn import Outcome, Turn, end
from skill.engine.triage import Conclude, assess
from skill.protocol.model import Level
from skill.prompts.catalogue import Line


def emergency(turn: Turn) -> Outcome:
    """The person calls for help: the emergency outcome at once, without a question and without a reason."""
    conclusion = Conclude(level=Level.EMERGENCY, reasons=(), instructions=())
    key = f"outcomes.{Level.EMERGENCY.key}"
    say = (Line(key=f"{key}.do"), Line(key=f"{key}.how"), Line(key=f"{key}.again"))
    card = outcomes.card(turn.protocol, conclusion, assess(turn.protocol, turn.session.answers))
    return end(turn.session, say, card)


def crisis(turn: Turn) -> Outcome:
    """The person wants to die or to hurt themselves: with care, the crisis line and the emergency number at once."""
    care, call, cannot = Line(key="crisis.care"), Line(key="crisis.call"), Line(key="crisis.cannot")
    card = Card(title=Line(key="crisis.title"), paragraphs=((care, call, cannot), outcomes.DISCLAIMER))
    return end(turn.session, (care, call, cannot), card)


def stop(turn: Turn) -> Outcome:
    """Take leave in a few words, with the emergency sentence where the emergency findings were not cleared."""
    if turn.cleared:
        return end(turn.session, (Line(key="stop.cleared"),))
    return end(turn.session, (Line(key="stop.open"), Line(key="safety.net")))
