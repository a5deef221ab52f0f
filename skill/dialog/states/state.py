"""What holds in every state: findings count wherever they are said, a call for help is answered first, nothing is lost.

A subclass says what is different where it stands. ``answer`` is the order in which the acts of one turn are looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from skill.acts import Answer, Aside, Call, Control, Correction
from skill.dialog import endings, interview, misses
from skill.dialog.reply import Prompts
from skill.dialog.said import Said
from skill.follow_up.effects import Forget
from skill.hearing.heard import Asked, Expecting
from skill.prompts import constructors as say

if TYPE_CHECKING:
    from skill.dialog.turn import Turn, Turned

_ASIDES: Mapping[Aside, Prompts] = {
    Aside.GREETING: (say.HELLO,),
    Aside.THANKS: (say.YOU_ARE_WELCOME,),
    Aside.AGE: (say.SAME_QUESTIONS,),
    Aside.LANGUAGE: (say.ENGLISH_ONLY,),
    Aside.FINE: (say.OKAY,),
    Aside.PAIN: (say.SORRY_FOR_PAIN,),
}


@dataclass(frozen=True)
class State:
    """Where a conversation stands. Frozen; its fields are numbers and ids, never words."""

    name: ClassVar[str]
    """Under which a session stores it."""
    asked: ClassVar[Asked] = Asked.OFFER
    """What kind of question is pending, for hearing."""
    advised: ClassVar[bool] = False
    """Whether the disposition was told already."""

    # What a state is.

    def ask(self, turn: "Turn") -> Prompts:
        """Return the question that this state puts; empty where none is pending."""
        raise NotImplementedError

    def tell(self, turn: "Turn") -> Prompts:  # noqa: ARG002 some states need it
        """Return what "repeat" says before the question."""
        return ()

    def plainly(self, turn: "Turn") -> "State":  # noqa: ARG002
        """Return the state that puts the same question in other words."""
        return self

    def one_by_one(self, turn: "Turn") -> "State":
        """Return the state that asks about one thing at a time."""
        return self.plainly(turn)

    def whereabouts(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return where the conversation stands and what can be said."""
        return ()

    def choices(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return what can be said here, after a second miss."""
        return (say.CHOICES,)

    def reason(self, turn: "Turn") -> Prompts:  # noqa: ARG002
        """Return why this is asked or said."""
        return ()

    def fits(self, turn: "Turn") -> bool:  # noqa: ARG002
        """Return whether the answers of the session allow this state."""
        return True

    def expecting(self, turn: "Turn") -> Expecting:  # noqa: ARG002
        """Return what a yes or a no replies to, for hearing."""
        return Expecting(asked=self.asked)

    # What it answers.

    def answer(self, turn: "Turn", said: Said) -> "Turned":
        """Return the next session and the reply. Every act has a reply in every state."""
        if said.call:
            return self._called(turn, said.call)
        if said.control in _BEFORE_ANSWERS and not said.alarms:
            return self.control(turn, said.control)
        if said.settles:
            return self.settle(turn, said)
        if said.correction:
            return self.correct(turn, said.correction)
        if said.missed and said.answer is not Answer.YES:
            return misses.miss(turn, named=said.missed.named)
        if said.answer:
            return self.reply(turn, said.answer)
        if said.control:
            return self.control(turn, said.control)
        if said.topic:
            return self.topic(turn, said)
        if said.asides:
            return self.aside(turn, said)
        return misses.miss(turn, named=False)

    def settle(self, turn: "Turn", said: Said) -> "Turned":
        """Take what was said of findings, of time and of how the pain changes."""
        return interview.settle(turn, said)

    def reply(self, turn: "Turn", answer: Answer) -> "Turned":
        """Take a yes, a no, or something between to the pending question."""
        match answer:
            case Answer.YES:
                return self.yes(turn)
            case Answer.NO | Answer.SOFT_NO:
                return self.no(turn)
            case Answer.UNSURE:
                return self.unsure(turn)

    def yes(self, turn: "Turn") -> "Turned":
        """Take a yes."""
        raise NotImplementedError

    def no(self, turn: "Turn") -> "Turned":
        """Take a no."""
        raise NotImplementedError

    def unsure(self, turn: "Turn") -> "Turned":
        """Take a "not sure": the question stays."""
        return turn.again()

    def topic(self, turn: "Turn", said: Said) -> "Turned":
        """Answer a question about care: before the disposition with a short tip, and the emergency sentence."""
        found = turn.guide.care.topic.get(said.topic.topic) if said.topic and said.topic.topic else None
        if found is None:
            return turn.again((say.UNKNOWN_TOPIC,))
        net = () if turn.cleared else (say.NET,)
        return turn.again((say.topic_tip(found.id), *net, say.AFTER_CHECK))

    def acknowledge(self, turn: "Turn", lead: Prompts) -> "Turned":
        """Say a few kind words to something that changes nothing, and put the question again."""
        return turn.again(lead)

    def aside(self, turn: "Turn", said: Said) -> "Turned":
        """Answer what is said beside the matter."""
        if Aside.PAIN in said.asides:
            return self.pain(turn)
        return self.acknowledge(turn, tuple(prompt for aside in said.asides for prompt in _ASIDES[aside]))

    def pain(self, turn: "Turn") -> "Turned":
        """Take what was said of the pain itself: it changes nothing, and the question is put again."""
        return self.acknowledge(turn, _ASIDES[Aside.PAIN])

    def correct(self, turn: "Turn", correction: Correction) -> "Turned":
        """Turn the last answer round. Where there is none, a yes is a yes, and a no changes nothing."""
        turned = interview.turned_round(turn, correction)
        if turned is not None:
            return interview.go_on(turn, turned, (say.OKAY,))
        return self.reply(turn, Answer.YES) if correction is Correction.TO_YES else turn.again()

    # What can be asked of the guide.

    def control(self, turn: "Turn", control: Control) -> "Turned":
        """Do what was asked of the guide."""
        turned: Turned = getattr(self, control.value)(turn)  # each control is the method of its name; a test holds that
        return turned

    def open(self, turn: "Turn") -> "Turned":
        """Open the skill: welcome the person and put the first question."""
        return interview.from_the_start(turn, (say.WELCOME, say.OPEN_NET, say.PLAN))

    def check(self, turn: "Turn") -> "Turned":
        """Begin the check; where it runs already, put its question again."""
        return turn.again()

    def repeat(self, turn: "Turn") -> "Turned":
        """Say again what this state tells, and its question. Nothing changes."""
        return turn.again(self.tell(turn))

    def rephrase(self, turn: "Turn") -> "Turned":
        """Put the question in other words for somebody who did not understand it. It counts as nothing."""
        return turn.to(self.plainly(turn), say=(say.OTHER_WORDS,))

    def why(self, turn: "Turn") -> "Turned":
        """Say why it is asked, and put the question again."""
        return turn.again(self.reason(turn))

    def help(self, turn: "Turn") -> "Turned":
        """Say where we are and what can be said, and put the question again."""
        return turn.again(self.whereabouts(turn))

    def back(self, turn: "Turn") -> "Turned":
        """Undo the last answer, also after the disposition."""
        if not turn.session.answers:
            return turn.again((say.NOTHING_TO_TAKE_BACK,))
        return interview.go_on(turn, turn.session.answers[:-1], (say.GOING_BACK,))

    def restart(self, turn: "Turn") -> "Turned":
        """Forget everything and begin the check again."""
        return interview.from_the_start(turn, (say.START_AGAIN,))

    def stop(self, turn: "Turn") -> "Turned":
        """Take leave."""
        return endings.stop(turn)

    def more(self, turn: "Turn") -> "Turned":
        """Go on; in the interview its question is what comes next."""
        return turn.again()

    def what_else(self, turn: "Turn") -> "Turned":
        """Offer what can be told; in the interview later."""
        return turn.again((say.AFTER_CHECK,))

    def ready(self, turn: "Turn") -> "Turned":
        """Say what to have ready for the doctor; in the interview later."""
        return turn.again((say.AFTER_CHECK,))

    def send(self, turn: "Turn") -> "Turned":
        """Put on a card what was told last; in the interview there is nothing yet."""
        return turn.again((say.NOTHING_TO_SEND,))

    def guide(self, turn: "Turn") -> "Turned":
        """Begin guided relief, which needs a check that ends in home care."""
        return turn.again((say.GUIDED_NOT_NOW,))

    def hurts(self, turn: "Turn") -> "Turned":
        """Take "it hurts": in the interview its own questions find out what that means."""
        return misses.miss(turn, named=False)

    def slower(self, turn: "Turn") -> "Turned":
        """Repeat."""
        return self.repeat(turn)

    def louder(self, turn: "Turn") -> "Turned":
        """Say how the speaker is turned up, and put the question again."""
        return turn.again((say.LOUDER,))

    def pause(self, turn: "Turn") -> "Turned":
        """Wait half a minute, then put the question again."""
        return turn.again((say.PAUSE,))

    def forget(self, turn: "Turn") -> "Turned":
        """Delete what is kept of the person, and put the question again; as it stands, nothing is kept."""
        return turn.again((say.NOTHING_KEPT,)).wanting(Forget())

    def _called(self, turn: "Turn", call: Call) -> "Turned":
        match call:
            case Call.CRISIS:
                return endings.crisis(turn)
            case Call.EMERGENCY:
                return endings.emergency(turn)
            case Call.DISTRESS:
                return self.distress(turn)

    def distress(self, turn: "Turn") -> "Turned":
        """Say the number first, then what can be said here."""
        return turn.again((say.CALL, say.DISTRESS, say.DISTRESS_CHOICES))


_BEFORE_ANSWERS = (Control.STOP, Control.RESTART, Control.BACK, Control.REPEAT)
"""Asked of the guide together with a yes or a no ("no go back"), these are what is meant."""
