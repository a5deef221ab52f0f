"""Every prompt that the guide can say: a constant where it is always the same, a function where it needs something.

The keys stand here and nowhere else. The check of a locale goes through this module, so a prompt without words, and
words without a prompt, are found when the files are generated.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from skill.acts import Answer, Control
from skill.prompts.prompt import Prompt
from skill.protocol.care import Step, Topic, TopicId
from skill.protocol.guide import Guide
from skill.protocol.model import FindingId, InstructionId, Level, QuestionId

CALL, NET, WATCH = (Prompt(key=f"safety.{name}") for name in ("call", "net", "watch"))
WELCOME, OPEN_NET, PLAN, NOT_A_DOCTOR, START_AGAIN = (
    Prompt(key=f"open.{name}") for name in ("welcome", "net", "plan", "short", "again")
)
OKAY, FITS_ONE, OTHER_WORDS, LIMITED, PRESSING_DONE, STILL_ASKING, NOTED_HOW_LONG, TO_BE_SURE = (
    Prompt(key=f"ask.{name}")
    for name in ("okay", "fits_one", "unsure", "limited", "pressing_done", "better", "duration", "sure_one")
)
MISSED, MISSED_AGAIN, CHOICES, NOTHING_SO_FAR, GIVING_UP, TRY_LATER, UNKNOWN_FINDING = (
    Prompt(key=f"miss.{name}")
    for name in ("first", "second", "choices", "nothing_so_far", "third", "third_try", "finding")
)
WAS_ANY_OF_IT, WAS_ANY_OF_IT_PLAINLY = (Prompt(key=f"unaccounted.{name}") for name in ("ask", "plain"))
SMALL_WORDS = (OKAY, None, Prompt(key="ask.all_right"), None, Prompt(key="ask.good"), None)
"""What is said before a question, one after the other: often nothing."""
SORRY_FOR_PAIN, SORRY_TO_HEAR, SAME_ADVICE, SAME_QUESTIONS, HARM_CARE = (
    Prompt(key=f"care_words.{name}") for name in ("pain", "yes", "same_advice", "age", "harm")
)
HALF_HEARD_WHY = Prompt(key="ask.half_heard_why")
REGION_WHY = Prompt(key="reasons.region")
HELP_CHOICES, HELP_SAY_FINDING, HELP_READBACK, HELP_CORRECTING, HELP_DISPOSITION = (
    Prompt(key=f"help.{name}") for name in ("choices", "say_finding", "readback", "correcting", "outcome")
)
NOTHING_TO_TAKE_BACK, GOING_BACK = (Prompt(key=f"back.{name}") for name in ("nothing", "done"))
READBACK_ASK, READBACK_WHY, READBACK_PLAIN, READBACK_WRONG = (
    Prompt(key=f"readback.{name}") for name in ("ask", "why", "plain", "wrong")
)
CORRECT, CORRECT_PLAINLY, THROUGH_AGAIN = (
    Prompt(key=f"readback.{name}") for name in ("correct", "correct_plain", "through_again")
)
LEAVE_CLEARED, LEAVE_OPEN = (Prompt(key=f"stop.{name}") for name in ("cleared", "open"))
ERROR_SORRY, ERROR_ASK = (Prompt(key=f"error.{name}") for name in ("sorry", "ask"))
DISTRESS, DISTRESS_CHOICES = (Prompt(key=f"distress.{name}") for name in ("intro", "choices"))
ARE_YOU_SAFE = Prompt(key="instructions.are_you_safe")
READY_LIST = Prompt(key="ready.list")
CRISIS_TITLE, CRISIS_CARE, CRISIS_CALL, CRISIS_CANNOT = (
    Prompt(key=f"crisis.{name}") for name in ("title", "care", "call", "cannot")
)
DISCLAIMER = Prompt(key="card.disclaimer")
GO_ON, ANYTHING_ELSE, NO_MORE, CHECK_FIRST, AFTER_CHECK, WAIT_FOR_DOCTOR, GOOD_TO_HEAR = (
    Prompt(key=f"care.{name}")
    for name in ("go_on", "anything_else", "no_more", "check_first", "after_check", "wait_for_doctor", "better")
)
SENT, NOTHING_TO_SEND, WORSE_THAN_BEFORE, CARE_HELP, CARE_WHY, UNKNOWN_TOPIC = (
    Prompt(key=f"care.{name}") for name in ("sent", "nothing_to_send", "hurts_ask", "help", "why", "unknown_topic")
)
GUIDED_NOT_NOW, STOP_THERE, WORSE_THAN_AT_FIRST, GENTLER, PAUSE, SLOWER, GUIDED_HELP, GUIDED_WHY = (
    Prompt(key=f"guided.{name}")
    for name in ("not_now", "hurts", "hurts_ask", "gentler", "pause", "slower", "help", "why")
)
GUIDED_DONE, NEXT_STEP, GUIDED_TITLE = (Prompt(key=f"guided.{name}") for name in ("done", "next", "card_title"))
CLINIC_NAME, CLINIC_CALL, CLINIC_FIND = (Prompt(key=f"clinic.{name}") for name in ("name", "call", "find"))
LOUDER, HELLO, YOU_ARE_WELCOME, ENGLISH_ONLY = (
    Prompt(key=f"aside.{name}") for name in ("louder", "greeting", "thanks", "language")
)
READY_HEADING, YOU_SAID_NO_TO, YOU_DOUBTED, WHY_HEADING, WATCH_HEADING, CLINIC_HEADING = (
    Prompt(key=f"screen.headings.{name}") for name in ("ready", "absent", "doubted", "because", "watch", "clinic")
)
TOUCH_A_LINE, FROM_A_PHONE, ASK_ME = (Prompt(key=f"screen.hints.{name}") for name in ("touch_a_line", "phone", "ask"))
TOUCHED_ANSWERS = (Answer.YES, Answer.NO, Answer.UNSURE)
"""The answers that can be touched."""
_SPOKEN_ONLY = (Control.OPEN, Control.CHECK, Control.LOUDER, Control.FORGET)
TOUCHED_CONTROLS = tuple(control for control in Control if control not in _SPOKEN_ONLY)
"""What can be asked of the guide by a touch, somewhere."""

WELCOME_BACK, ASKED_TO_LOOK_AGAIN, SAME_PAIN, SAME_PAIN_WHY, URGENT_FIRST, KEEP_GOING, WHAT_NEXT = (
    Prompt(key=f"again.{name}")
    for name in ("welcome", "asked", "same_pain", "same_pain_why", "urgent_first", "keep_going", "what_next")
)
IS_IT_BETTER, IS_IT_BETTER_PLAINLY, IS_IT_BETTER_WHY = (
    Prompt(key=f"again.{name}") for name in ("better", "better_plain", "better_why")
)
REMINDER_TEXT, REMINDER_WHY, REMINDER_HELP, REMINDER_KEPT, ONE_REMINDER, WITHOUT_REMINDER, HOW_TO_FORGET = (
    Prompt(key=f"reminder.{name}") for name in ("text", "why", "help", "kept", "only_one", "without", "how_to_forget")
)
NO_REMINDER_NOW, TOO_MANY_REMINDERS, NO_REMINDER_HERE, REMINDERS_BUSY, REMINDER_REFUSED = (
    Prompt(key=f"reminder.{name}") for name in ("down", "too_many", "device", "busy", "refused")
)
PERMISSION_FIRST, PERMISSION_IN_APP, NOT_CANCELLED = (
    Prompt(key=f"reminder.{name}") for name in ("permission", "permission_in_app", "not_cancelled")
)
NOTHING_KEPT, FORGOTTEN, NOT_FORGOTTEN, REMINDER_LEFT = (
    Prompt(key=f"forget.{name}") for name in ("nothing", "done", "failed", "reminder_left")
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The keys of their names, in the order of ``date.weekday``."""

FINDING_PARTS, QUESTION_PARTS = ("name", "ask", "plain"), ("ask", "why")
SHORT, TAKEN_UP = "short", "taken_up"
"""More parts of a finding: its name in the read-back, where it is asked about; what is said once it was told, where it
is no emergency."""

DISPOSITION_PARTS = {
    Level.EMERGENCY: ("name", "title", "do", "why", "how", "again"),
    Level.DOCTOR_TODAY: ("name", "title", "do", "why", "until", "offer"),
    Level.DOCTOR: ("name", "title", "do", "why", "until", "offer"),
    Level.SELF_CARE: ("name", "title", "do", "why", "until", "offer"),
}


def finding(id_: FindingId, part: str) -> Prompt:
    """Return a finding's ``name``, its ``ask`` as a question alone, or its ``plain`` question with an example."""
    return Prompt(key=f"findings.{id_}.{part}")


def limit(id_: FindingId) -> Prompt:
    """Return what is said of a limit of the protocol."""
    return Prompt(key=f"limits.{id_}")


def question(id_: QuestionId, part: str) -> Prompt:
    """Return a question's ``ask`` or its ``why``."""
    return Prompt(key=f"questions.{id_}.{part}")


def instruction(id_: InstructionId) -> Prompt:
    """Return an instruction of a disposition, such as not to drive."""
    return Prompt(key=f"instructions.{id_}")


def disposition(level: Level, part: str) -> Prompt:
    """Return one of ``DISPOSITION_PARTS`` of ``level``."""
    return Prompt(key=f"outcomes.{level.key}.{part}")


def topic_part(id_: TopicId, number: int) -> Prompt:
    """Return part ``number`` of a topic, from 1."""
    return Prompt(key=f"topics.{id_}.part_{number}")


def topic_name(id_: TopicId) -> Prompt:
    """Return a topic's name as it stands in a list."""
    return Prompt(key=f"topics.{id_}.name")


def topic_tip(id_: TopicId) -> Prompt:
    """Return what is said of a topic before the emergency findings are cleared."""
    return Prompt(key=f"topics.{id_}.tip")


def topic_title(id_: TopicId) -> Prompt:
    """Return the title of a topic's card."""
    return Prompt(key="care.card_title", names=(topic_name(id_).key,))


def which_topic(ids: Sequence[TopicId], *, guided: bool) -> Prompt:
    """Return the offer of topics, with guided relief where it is allowed."""
    return Prompt(key="care.which_guided" if guided else "care.which", names=tuple(topic_name(id_).key for id_ in ids))


def step(id_: str, pace: float = 1.0) -> Prompt:
    """Return a step of guided relief, its pauses ``pace`` times as long."""
    return Prompt(key=f"guided.steps.{id_}", pace=pace)


def question_number(count: int) -> Prompt:
    """Return which question of the interview this is, from 1."""
    return Prompt(key="help.question", count=count)


def answer_label(answer: Answer) -> Prompt:
    """Return the word on what is touched for ``answer``, one of ``TOUCHED_ANSWERS``."""
    return Prompt(key=f"screen.answers.{answer.value}")


def control_label(control: Control) -> Prompt:
    """Return the words on what is touched for ``control``, one of ``TOUCHED_CONTROLS``."""
    return Prompt(key=f"screen.controls.{control.value}")


def progress(kind: str, number: int, total: int) -> Prompt:
    """Return where a ``question``, a ``part`` of a topic or a ``step`` of relief stands among its like."""
    return Prompt(key=f"screen.progress.{kind}", count=number, total=total)


def offer_reminder(day: date | None) -> Prompt:
    """Return the offer of a reminder on ``day``; None where the time zone is not known."""
    return _on_day("reminder.offer", day)


def reminder_set(day: date | None) -> Prompt:
    """Return that a reminder is set on ``day``; None where the time zone is not known."""
    return _on_day("reminder.set", day)


def _on_day(key: str, day: date | None) -> Prompt:
    return Prompt(key=key, names=(f"weekdays.{WEEKDAYS[day.weekday()]}",)) if day else Prompt(key=f"{key}_no_day")


def small_word(number: int) -> tuple[Prompt, ...]:
    """Return the small words before question ``number`` of a conversation, from 0; often none."""
    word = SMALL_WORDS[number % len(SMALL_WORDS)]
    return (word,) if word else ()


def read_back(ids: Sequence[FindingId]) -> Prompt:
    """Return what was denied, in one sentence of the read-back."""
    return Prompt(key="readback.no", names=tuple(finding(id_, SHORT).key for id_ in ids))


def read_back_softly(ids: Sequence[FindingId]) -> Prompt:
    """Return what was denied with a doubt, in a sentence of its own."""
    return Prompt(key="readback.softly", names=tuple(finding(id_, SHORT).key for id_ in ids))


def taken_up(id_: FindingId) -> Prompt:
    """Return what is said once a finding was told that is no emergency by itself."""
    return finding(id_, TAKEN_UP)


def noted(ids: Sequence[FindingId]) -> Prompt:
    """Return the acknowledgement of findings that were named."""
    return _naming("ask.noted", ids)


def and_what_about(ids: Sequence[FindingId]) -> Prompt:
    """Return the question about the findings that a question still leaves open."""
    return _naming("ask.partly", ids)


def to_be_sure(ids: Sequence[FindingId]) -> Prompt:
    """Return the question that confirms a soft no by name."""
    return _naming("ask.sure", ids)


def you_told_me(ids: Sequence[FindingId]) -> Prompt:
    """Return the reason of findings that were named."""
    return _naming("reasons.named", ids)


def you_said_yes(ids: Sequence[FindingId]) -> Prompt:
    """Return the reason of a plain yes to a question with several findings."""
    return _naming("reasons.either", ids)


def not_sure_about(ids: Sequence[FindingId]) -> Prompt:
    """Return the reason of a second "not sure"."""
    return _naming("reasons.unsure", ids)


def together(ids: Sequence[FindingId]) -> Prompt:
    """Return the reason of a combination."""
    return _naming("reasons.together", ids)


def _naming(key: str, ids: Sequence[FindingId]) -> Prompt:
    return Prompt(key=key, names=tuple(finding(id_, "name").key for id_ in ids))


def every_prompt(guide: Guide) -> Iterator[Prompt]:
    """Yield every prompt that ``guide`` can say, the constants of this module among them."""
    yield from (value for value in globals().values() if isinstance(value, Prompt))
    yield from (word for word in SMALL_WORDS if word)
    protocol = guide.protocol
    for found in (*protocol.findings, *protocol.listened):
        yield from (finding(found.id, part) for part in FINDING_PARTS)
    yield from (finding(found.id, SHORT) for found in protocol.findings)
    yield from (taken_up(one.id) for one in (*protocol.findings, *protocol.listened) if one.level < Level.EMERGENCY)
    for found in protocol.limits:
        yield finding(found.id, "name")
    for asked in protocol.questions:
        yield from (question(asked.id, part) for part in QUESTION_PARTS)
    for level, parts in DISPOSITION_PARTS.items():
        yield from (disposition(level, part) for part in parts)
    yield from (limit(found.id) for found in protocol.limits)
    yield from (instruction(found.id) for found in protocol.instructions)
    for told in guide.care.topics:
        yield from topic_prompts(told)
    yield from (step(found.id) for found in guide.care.steps)
    named = protocol.findings[0].id
    yield from (make([named]) for make in (noted, and_what_about, to_be_sure, read_back, read_back_softly))
    yield from (make([named]) for make in (you_told_me, you_said_yes, not_sure_about, together))
    yield question_number(1)
    yield from map(answer_label, TOUCHED_ANSWERS)
    yield from map(control_label, TOUCHED_CONTROLS)
    yield from (progress(kind, 1, 1) for kind in ("question", "part", "step"))
    for make_on in (offer_reminder, reminder_set):
        yield from (make_on(None), make_on(date.min))
    yield from (Prompt(key=f"weekdays.{name}") for name in WEEKDAYS)
    yield from (which_topic([], guided=guided) for guided in (True, False))
    yield from (topic_title(told.id) for told in guide.care.topics[:1])


def topic_prompts(told: Topic) -> Iterator[Prompt]:
    """Yield what is said of a topic: its name, a tip, and its parts by number."""
    yield from (topic_name(told.id), topic_tip(told.id))
    yield from (topic_part(told.id, number) for number, _ in enumerate(told.parts, 1))


def steps(found: Sequence[Step]) -> list[Prompt]:
    """Return all steps of guided relief, as they stand on a card."""
    return [step(one.id) for one in found]
