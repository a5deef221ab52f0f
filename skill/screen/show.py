"""Makes the screen of a turn, from the session and the reply that are spoken."""

from skill.acts import Unclear
from skill.dialog import dispositions, states
from skill.dialog.mark import Mark
from skill.dialog.reply import Prompts, Reply
from skill.dialog.states import State
from skill.dialog.turn import Turn, Turned
from skill.engine.triage import Ask, Disposition
from skill.prompts import constructors as say
from skill.protocol.guide import Guide
from skill.protocol.model import Level
from skill.screen import choices
from skill.screen.model import (
    Checklist,
    Choice,
    Crisis,
    Emergency,
    Farewell,
    Item,
    Pending,
    Progress,
    Question,
    Result,
    Screen,
    Step,
    Told,
)

_NOT_TO_BE_MISSED = frozenset({say.OPEN_NET, say.NET, say.CALL})
"""Shown before whatever else is said, however late in the turn it is spoken: a small screen shows the first lines."""

_PASSED_OVER = frozenset(word for word in say.SMALL_WORDS if word)
"""Said in passing: on a screen they would stand before every question."""


def show(guide: Guide, turned: Turned) -> Screen:
    """Return what is shown beside the reply in ``turned``. Total: every reply has a screen."""
    session, reply = turned
    turn = Turn(guide=guide, session=session)
    if reply.ends:
        return _closing(turn, reply)
    match session.state:
        case states.Asking() as state:
            return Question(pending=_pending(turn, reply, state), progress=_progress(turn))
        case states.ReadingBack() as state:
            return _checklist(turn, reply, state)
        case states.Advised() as state if isinstance(turn.next, Disposition):
            return _result(turn, reply, state, turn.next)
        case states.Telling() as state:
            parts = len(guide.care.topic[state.topic_id].parts)
            return Told(
                pending=_pending(turn, reply, state, shown=state.tell(turn)),
                title=say.topic_name(state.topic_id),
                lines=state.tell(turn),
                topic=state.topic_id,
                progress=Progress(number=state.part, of=parts),
            )
        case states.Ready() as state:
            told = state.tell(turn)
            return Told(pending=_pending(turn, reply, state, shown=told), title=say.READY_HEADING, lines=told)
        case states.Guiding() as state:
            steps, spoken = guide.care.steps, state.tell(turn)[0]
            return Step(
                pending=_pending(turn, reply, state, shown=state.tell(turn)),
                id=steps[state.step].id,
                spoken=spoken if spoken in reply.say else None,
                progress=Progress(number=state.step + 1, of=len(steps)),
            )
        case state:
            return Question(pending=_pending(turn, reply, state))


def _closing(turn: Turn, reply: Reply) -> Screen:
    """Return the screen of a reply that asks nothing."""
    if reply.disposition is Level.EMERGENCY:
        return _emergency(turn)
    if reply.card and reply.card.title == say.CRISIS_TITLE:
        return Crisis(title=reply.card.title, lines=reply.say)
    return Farewell(lines=reply.say)


def _emergency(turn: Turn) -> Emergency:
    """Return the emergency. Where the person called for help in an interview without one, there are no reasons."""
    found = turn.next if isinstance(turn.next, Disposition) and turn.level is Level.EMERGENCY else None
    reasons = dispositions.because(turn.guide.protocol, found.reasons) if found else ()
    instructions = tuple(say.instruction(id_) for id_ in found.instructions) if found else ()
    return Emergency(
        title=say.disposition(Level.EMERGENCY, "title"),
        do=(say.disposition(Level.EMERGENCY, "do"),),
        because=(*reasons, say.disposition(Level.EMERGENCY, "why")) if reasons else (),
        how=(*instructions, say.disposition(Level.EMERGENCY, "how")),
    )


def _checklist(turn: Turn, reply: Reply, state: State) -> Checklist:
    softly = turn.assessment.softly_absent
    items = [
        Item(
            line=say.read_back(asked.ids),
            softly=bool(asked.finding_ids & softly),
            correction=Choice(act=Unclear(asked.ids), label=say.read_back(asked.ids)),
        )
        for asked in turn.guide.protocol.questions
    ]
    in_order = sorted(items, key=lambda item: item.softly)  # as it is read: what was denied softly comes last
    return Checklist(pending=_pending(turn, reply, state, shown=state.tell(turn)), items=tuple(in_order))


def _result(turn: Turn, reply: Reply, state: State, found: Disposition) -> Result:
    level, protocol, known = found.level, turn.guide.protocol, turn.assessment
    reasons = dispositions.because(protocol, known.reasons)
    second_look = level is Level.SELF_CARE and Mark.SECOND_LOOK in turn.session.marks
    return Result(
        level=level,
        pending=_pending(turn, reply, state, shown=(*state.tell(turn), *reasons, *dispositions.CLINIC)),
        title=say.disposition(level, "title"),
        do=(say.KEEP_GOING if second_look else say.disposition(level, "do"),),
        because=(*reasons, say.disposition(level, "why")),
        until=(say.WHAT_NEXT if second_look else say.disposition(level, "until"),),
        watch=dispositions.WATCH,
        clinic=() if level is Level.SELF_CARE else dispositions.CLINIC,
        absent=choices.in_order(turn, known.absent),
        softly_absent=choices.in_order(turn, known.softly_absent),
        protocol_version=protocol.version,
    )


def _pending(turn: Turn, reply: Reply, state: State, shown: Prompts = ()) -> Pending:
    """Return the question of the reply. What is ``shown`` by itself is not shown again before it."""
    lead = [prompt for prompt in reply.say if prompt not in shown and prompt not in _PASSED_OVER]
    return Pending(
        lead=tuple(sorted(lead, key=lambda prompt: prompt not in _NOT_TO_BE_MISSED)),
        ask=reply.ask,
        answers=choices.answers(state),
        named=choices.named(turn, state),
        controls=choices.controls(turn, state),
    )


def _progress(turn: Turn) -> Progress | None:
    if not isinstance(turn.next, Ask):
        return None
    questions = turn.guide.protocol.questions
    return Progress(number=questions.index(turn.next.question) + 1, of=len(questions))
