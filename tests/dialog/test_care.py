"""Care by voice: every fact speakable, topics in parts that fit, guided relief safe, cards of what was told."""

import re

import pytest
from talking import (
    ALL_NO,
    BACK,
    CLEARED,
    DOCTOR,
    DOCTOR_TODAY,
    HOME_CARE,
    NO,
    OPEN,
    REPEAT,
    STOP,
    UNSURE,
    YES,
    Done,
    Turns,
    about,
    after,
    do,
    keys,
    report,
)

from skill.acts import Answer, Control, Trend
from skill.dialog import states
from skill.dialog.session import Session
from skill.dialog.states import choosing, guiding
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.protocol.care import Topic, TopicId
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import Finding, Level, Question

PROTOCOL, CARE = UPPER_BACK_GUIDE.protocol, UPPER_BACK_GUIDE.care
FIRST, SECOND, *_ = PROTOCOL.questions
MORE, WHAT_ELSE, GUIDE, SEND = Control.MORE, Control.WHAT_ELSE, Control.GUIDE, Control.SEND
HURTS, SLOWER, PAUSE = Control.HURTS, Control.SLOWER, Control.PAUSE


def does(level: Level) -> str:
    """Return the key of what the disposition of ``level`` says first."""
    return say.disposition(level, "do").key


def part(topic: str, number: int) -> str:
    """Return the key of a part of a topic."""
    return say.topic_part(TopicId(topic), number).key


def ask(question: Question) -> str:
    """Return the key of a question as it is first put."""
    return say.question(question.id, "ask").key


# --- Every fact of the article

SPOKEN = [
    # fact, topic, part, words that its sentence holds, in US English
    ("F1", "anatomy", 1, r"Twelve bones"),
    ("F2", "anatomy", 1, r"hold up your head.*upper body.*nerves safe"),
    ("F3", "anatomy", 2, r"discs sit between.*Muscles.*ligaments.*hold the spine"),
    ("F4", "anatomy", 2, r"Pain can come from any of these"),
    ("F4", "causes", 1, r"come from the muscles, the ligaments, the discs or the bones"),
    ("F5", "diagnosis", 1, r"ask about your health so far, your work, your activities, and what you feel"),
    ("F6", "diagnosis", 1, r"look at your back, and may order an x-ray, an MRI or a CT"),
    ("F7", "diagnosis", 1, r"rule out.*broken bone or a slipped disc"),
    ("F8", "doctor_care", 1, r"depends on the cause, your risks, and your health so far"),
    ("F9", "doctor_care", 1, r"ease the pain, to treat the cause.*keep you from getting hurt again"),
    ("F10", "medicine", 2, r"calms swelling.*stretching, heat and ice, or massage.*few weeks"),
    ("F10", "heat_ice", 1, r"heating pad or an ice pack can ease the pain"),
    ("F10", "stretching", 1, r"Gentle stretching is fine from the start"),
    ("F10", "massage", 1, r"Massage is one of the things that help"),
    ("F10", "course", 1, r"often within a few weeks"),
    ("F11", "doctor_care", 2, r"very bad or does not go away.*stronger pain relief.*Physical therapy or a back brace"),
    ("F11", "braces", 1, r"may order a back brace when pain is bad or lasts"),
    ("F12", "braces", 1, r"A brace, and exercise to get strong, can help keep the pain from coming back"),
    ("F13", "surgery", 1, r"Surgery is the last thing"),
    ("F14", "surgery", 1, r"upper back it is very rarely needed"),
    ("F15", "rest", 1, r"do a lot for your back at home"),
    ("F16", "posture", 1, r"Good posture"),
    ("F17", "posture", 1, r"try not to slouch"),
    ("F18", "stress", 1, r"try to have less of it"),
    ("F19", "stress", 1, r"shift your mind to other things"),
    ("F20", "rest", 1, r"Rest, take pain medicine from the store.*heating pad or an ice pack"),
    ("F20", "heat_ice", 1, r"heating pad or an ice pack"),
    ("F20", "medicine", 1, r"buy without a prescription"),
    ("F21", "rest", 1, r"do not rest for too long.*ease back to your day, slowly"),
    ("F22", "exercise", 1, r"when the pain begins to ease"),
    ("F23", "exercise", 1, r"back, shoulder and stomach muscles strong, and stretch them"),
    ("F24", "exercise", 1, r"less pain, better posture, and less chance to get hurt again"),
    ("F25", "exercise", 2, r"Healing takes time"),
    ("F25", "course", 1, r"Healing takes time"),
    ("F26", "exercise", 2, r"No single exercise stops the pain at once"),
    ("F27", "exercise", 2, r"You and your doctor can find the mix"),
    ("F28", "course", 1, r"does not last.*settles with rest, ice and gentle stretching"),
    ("F28", "stretching", 1, r"helps most back pain to settle"),
    ("F29", "when_doctor", 1, r"very bad and keeps you from.*gets worse, or if it is no better after three days"),
    ("F30", "causes", 1, r"feel a heart attack in your upper back"),
    ("F31", "causes", 1, r"aneurysm of the aorta.*collapsed lung or a crushed bone in the spine"),
    ("F32", "emergency_signs", 2, r"began with a fall or other injury"),
    ("F33", "emergency_signs", 2, r"weak, numb or tingly.*lose control of your bladder or bowels"),
    ("F34", "emergency_signs", 1, r"Chest pain, trouble breathing, sweating, jaw pain, or a sick stomach"),
    ("F35", "find_doctor", 1, r"orthopedic doctors, can help"),
    ("F36", "about", 1, r"for learning, and does not replace your doctor"),
]


def heard(words: Catalogue, topic: str, number: int) -> str:
    """Return what is heard when ``topic`` is asked about after home care or a doctor's disposition, up to a part."""
    start = HOME_CARE if Level.SELF_CARE in CARE.topic[TopicId(topic)].fits else DOCTOR
    return words.text(after(*start, about(topic), *[YES] * (number - 1)).reply.say)


@pytest.mark.parametrize(("fact", "topic", "number", "pattern"), SPOKEN, ids=str)
def test_the_fact_is_spoken_where_the_sheet_says(
    fact: str, topic: str, number: int, pattern: str, words: Catalogue
) -> None:
    assert fact in CARE.topic[TopicId(topic)].parts[number - 1]
    assert re.search(pattern, heard(words, topic, number))


def test_every_fact_has_a_sentence_and_every_claim_of_the_sheet_is_tested() -> None:
    assert len(CARE.facts) == 36
    assert {fact for fact, *_ in SPOKEN} == set(CARE.facts)
    claimed = {
        (fact, topic.id, number)
        for topic in CARE.topics
        for number, facts in enumerate(topic.parts, 1)
        for fact in facts
    }
    assert claimed == {(fact, topic, number) for fact, topic, number, _ in SPOKEN}


CAUTIONS = [
    ("heat_ice", 1, "Wrap ice in a cloth and keep it on for 15 minutes, never more than 20."),
    ("heat_ice", 1, "Then leave it off for at least as long."),
    ("heat_ice", 1, "Never put ice on bare skin."),
    ("heat_ice", 2, "Use heat for up to 20 minutes at a time. Never fall asleep on a heating pad."),
    ("heat_ice", 1, "If your skin does not feel well, or your blood flow is poor, ask a doctor before"),
    ("rest", 1, "A day or two of taking it easy is enough, with short walks."),
    ("medicine", 1, "Always follow the label."),
    ("medicine", 2, "Never take two medicines against swelling at the same time."),
    ("medicine", 1, "if you are pregnant, over 65, or take blood thinners."),
    ("medicine", 1, "ulcers, asthma, high blood pressure, or kidney, liver or heart trouble."),
    ("posture", 1, "Sit tall, let your shoulders relax"),
    ("posture", 1, "change it often"),
    ("stretching", 1, "Do that eight times, slowly. Stop if it hurts more, or if anything feels numb or tingles."),
    ("stretching", 2, "roll your shoulders up, back and down, ten times. Keep breathing, and stop if it hurts more."),
    ("course", 1, "Check again with me in three days, or as soon as anything changes."),
]


@pytest.mark.parametrize(("topic", "number", "caution"), CAUTIONS, ids=str)
def test_the_caution_is_spoken(topic: str, number: int, caution: str, words: Catalogue) -> None:
    assert caution in heard(words, topic, number)


# --- When


@pytest.mark.parametrize("topic", CARE.topics, ids=lambda topic: topic.id)
def test_before_the_check_a_topic_is_one_tip_with_the_emergency_sentence_and_the_check_is_offered(topic: Topic) -> None:
    session, reply = after(about(topic.id))
    assert keys(reply) == [say.topic_tip(topic.id).key, say.NET.key, say.CHECK_FIRST.key]
    assert keys(do(session, about(topic.id)).reply) == keys(reply)
    assert keys(do(session, YES).reply)[-1] == ask(FIRST)
    assert keys(do(session, NO).reply) == [say.LEAVE_OPEN.key, say.NET.key]


def test_in_the_check_a_topic_is_one_tip_and_the_pending_question_again() -> None:
    tip = say.topic_tip(TopicId("rest")).key
    assert keys(after(OPEN, NO, about("rest")).reply) == [tip, say.NET.key, say.AFTER_CHECK.key, ask(SECOND)]
    assert say.NET.key not in keys(after(*CLEARED, about("rest")).reply)


def test_after_an_emergency_no_topic_is_told() -> None:
    reply = do(after(OPEN, YES).session, about("rest")).reply
    assert keys(reply)[0] == does(Level.EMERGENCY)
    assert reply.ends


@pytest.mark.parametrize("topic", ["stretching", "exercise", "massage"])
def test_what_a_risk_forbids_waits_for_the_doctor(topic: str) -> None:
    for risk in (DOCTOR_TODAY, (*CLEARED, YES, NO)):
        assert keys(after(*risk, about(topic)).reply) == [say.WAIT_FOR_DOCTOR.key, say.ANYTHING_ELSE.key]


# --- How


def test_a_topic_goes_on_part_by_part_and_is_not_offered_again() -> None:
    session, reply = after(*HOME_CARE, about("heat_ice"))
    assert keys(reply) == [part("heat_ice", 1), say.GO_ON.key]
    session, reply = do(session, MORE)
    assert keys(reply) == [part("heat_ice", 2), say.ANYTHING_ELSE.key]
    session, reply = do(session, WHAT_ELSE)
    assert say.topic_name(TopicId("heat_ice")).key not in reply.ask[0].names
    assert keys(do(session, about("heat_ice")).reply)[0] == part("heat_ice", 1)


def test_a_plain_yes_leads_through_every_topic_that_fits_once_and_then_ends() -> None:
    session, reply = after(*HOME_CARE)
    fitting = [topic for topic in CARE.topics if Level.SELF_CARE in topic.fits]
    parts = [part(topic.id, number) for topic in fitting for number, _ in enumerate(topic.parts, 1)]
    told: list[str] = []
    for _ in range(3 * len(parts)):
        session, reply = do(session, YES)
        told += [key for key in keys(reply) if key.startswith("topics.")]
        if reply.ends:
            break
    assert told == parts
    assert keys(reply) == [say.NO_MORE.key, say.LEAVE_CLEARED.key]


def test_what_else_offers_a_few_topics_and_guidance_after_home_care_only() -> None:
    home, doctor = after(*HOME_CARE, WHAT_ELSE).reply, after(*DOCTOR, WHAT_ELSE).reply
    assert keys(home) == [say.which_topic([], guided=True).key]
    assert keys(doctor) == [say.which_topic([], guided=False).key]
    assert len(home.ask[0].names) == len(doctor.ask[0].names) == choosing.OFFERED_AT_ONCE == 4


def test_a_no_in_the_middle_of_a_topic_asks_once_more_and_then_takes_leave() -> None:
    session, reply = after(*HOME_CARE, about("exercise"), NO)
    assert keys(reply) == [say.OKAY.key, say.ANYTHING_ELSE.key]
    assert keys(do(session, NO).reply) == [say.LEAVE_CLEARED.key]


def test_a_finding_said_in_a_topic_returns_to_the_protocol_at_once() -> None:
    session = after(*HOME_CARE, about("exercise")).session
    assert keys(do(session, report("chest_pain")).reply)[0] == does(Level.EMERGENCY)
    assert keys(do(session, report("fever")).reply)[0] == does(Level.DOCTOR_TODAY)


def test_after_a_doctor_disposition_a_yes_says_what_to_have_ready() -> None:
    session, reply = after(*DOCTOR, YES)
    assert keys(reply) == [say.READY_LIST.key, say.CLINIC_CALL.key, say.CLINIC_FIND.key, say.ANYTHING_ELSE.key]
    assert isinstance(session.state, states.Ready)


# --- Back


def test_back_in_the_second_part_tells_the_first_and_drops_no_answer() -> None:
    session = after(*HOME_CARE, about("heat_ice"), YES).session
    back, reply = do(session, BACK)
    assert keys(reply) == [part("heat_ice", 1), say.GO_ON.key]
    assert back.answers == session.answers


def test_back_in_the_first_part_offers_the_topics_and_drops_no_answer() -> None:
    session = after(*HOME_CARE, about("heat_ice")).session
    back, reply = do(session, BACK)
    assert keys(reply) == [say.which_topic([], guided=True).key]
    assert back.answers == session.answers


def test_back_after_the_last_step_goes_back_one_step_and_drops_no_answer() -> None:
    session = after(*TO_THE_END).session
    back, reply = do(session, BACK)
    assert keys(reply) == [say.step(CARE.steps[-2].id).key, say.NEXT_STEP.key]
    assert back.answers == session.answers


def test_back_in_the_first_step_says_it_again() -> None:
    assert keys(after(*HOME_CARE, GUIDE, BACK).reply) == [say.step(CARE.steps[0].id).key, say.NEXT_STEP.key]


# --- Guided relief

IN_A_STEP: Turns = (*HOME_CARE, GUIDE, MORE)
TO_THE_END: Turns = (*HOME_CARE, GUIDE, *[YES] * (len(CARE.steps) - 1))


def test_guided_relief_goes_step_by_step_to_its_end() -> None:
    told = [keys(after(*TO_THE_END[: len(HOME_CARE) + 1 + number]).reply) for number, _ in enumerate(CARE.steps)]
    between = [[say.step(step.id).key, say.NEXT_STEP.key] for step in CARE.steps[:-1]]
    assert told == [*between, [say.step(CARE.steps[-1].id).key, say.GUIDED_DONE.key, say.ANYTHING_ELSE.key]]


@pytest.mark.parametrize("path", [(), (OPEN,), ALL_NO, DOCTOR, DOCTOR_TODAY], ids=len)
def test_guided_relief_is_for_home_care_only(path: Turns) -> None:
    assert keys(after(*path, GUIDE).reply)[0] == say.GUIDED_NOT_NOW.key


def test_again_pause_and_back_work_in_a_step() -> None:
    session, reply = after(*IN_A_STEP)
    assert keys(do(session, REPEAT).reply) == keys(reply)
    paused, waiting = do(session, PAUSE)
    assert keys(waiting) == [say.PAUSE.key, say.NEXT_STEP.key]
    assert keys(do(paused, REPEAT).reply) == keys(reply)
    assert say.step(CARE.steps[0].id).key in keys(do(session, BACK).reply)


@pytest.mark.parametrize("path", [IN_A_STEP, TO_THE_END], ids=["in a step", "after the last"])
def test_slower_speaks_the_step_again_with_longer_pauses_and_repeat_stays_slower(path: Turns, words: Catalogue) -> None:
    session, reply = after(*path)
    slower, slow = do(session, SLOWER)
    assert keys(slow) == [say.SLOWER.key, *keys(reply)]
    spoken = slow.say[1]
    assert spoken.pace == guiding.SLOWER
    assert do(slower, REPEAT).reply.say[0] == spoken
    assert words.text([spoken]) == words.text([reply.say[0]])


def test_pauses_get_half_as_long_again(words: Catalogue) -> None:
    assert '<break time="3s"/>' in words.ssml(after(*IN_A_STEP).reply.say)
    assert '<break time="4.5s"/>' in words.ssml(after(*IN_A_STEP, SLOWER).reply.say)


def test_pain_stops_the_step_and_more_pain_than_before_returns_to_the_protocol() -> None:
    session, reply = after(*IN_A_STEP, HURTS)
    assert keys(reply) == [say.STOP_THERE.key, say.WORSE_THAN_AT_FIRST.key]
    for worse in (YES, UNSURE, Trend.WORSE):
        assert keys(do(session, worse).reply)[0] == does(Level.DOCTOR)
    gentler, reply = do(session, NO)
    assert keys(reply) == [say.GENTLER.key, say.NEXT_STEP.key]
    assert gentler.state == after(*IN_A_STEP).session.state
    assert keys(after(*IN_A_STEP, Trend.WORSE).reply)[0] == does(Level.DOCTOR)


@pytest.mark.parametrize("path", [DOCTOR, DOCTOR_TODAY], ids=["doctor", "doctor today"])
@pytest.mark.parametrize("worse", [YES, UNSURE])
def test_whether_it_is_worse_is_not_asked_again_once_it_was_answered(path: Turns, worse: Answer) -> None:
    session = after(*path, Trend.WORSE).session
    _, reply = after(*path, Trend.WORSE, HURTS, worse)
    assert say.WORSE_THAN_BEFORE.key in keys(do(session, HURTS).reply)
    assert say.WORSE_THAN_BEFORE.key not in keys(reply)
    assert reply.ask


@pytest.mark.parametrize("finding", PROTOCOL.findings, ids=lambda finding: finding.id)
def test_any_finding_said_in_a_step_acts_at_once(finding: Finding) -> None:
    assert keys(after(*IN_A_STEP, report(finding.id)).reply)[0] == does(finding.level)


def test_after_a_finding_in_a_step_there_is_no_more_guidance() -> None:
    assert keys(after(*IN_A_STEP, report("night_pain"), GUIDE).reply)[0] == say.GUIDED_NOT_NOW.key


# --- Cards on request


def test_a_topic_is_sent_whole_with_the_disclaimer_and_the_number(words: Catalogue) -> None:
    reply = after(*HOME_CARE, about("heat_ice"), SEND).reply
    assert reply.card
    text = " ".join(words.text(paragraph) for paragraph in reply.card.paragraphs)
    assert words.text([reply.card.title]) == "About heat and ice"
    for expected in ("Never put ice on bare skin.", "Never fall asleep", "911", "not medical advice"):
        assert expected in text
    assert keys(reply) == [say.SENT.key, say.GO_ON.key]


SENDS = {
    "the disposition": (DOCTOR, say.disposition(Level.DOCTOR, "title").key),
    "the stretches": (IN_A_STEP, say.GUIDED_TITLE.key),
    "the stretches after the last one": (TO_THE_END, say.GUIDED_TITLE.key),
    "the stretches where it hurts": ((*IN_A_STEP, HURTS), say.GUIDED_TITLE.key),
    "the disposition after the list of what to have ready": (
        (*DOCTOR, YES),
        say.disposition(Level.DOCTOR, "title").key,
    ),
}


@pytest.mark.parametrize(("path", "title"), SENDS.values(), ids=SENDS)
def test_what_was_told_last_is_sent(path: Turns, title: str) -> None:
    session, reply = after(*path)
    sent = do(session, SEND)
    assert sent.reply.card
    assert sent.reply.card.title.key == title
    assert sent.reply.ask == reply.ask
    assert sent.session == session


def test_before_the_disposition_there_is_nothing_to_send() -> None:
    for path in ((), (OPEN,), ALL_NO):
        reply = after(*path, SEND).reply
        assert reply.card is None
        assert say.NOTHING_TO_SEND.key in keys(reply)


# --- Sessions that lost what they were about


LOST = [states.Guiding(99), states.Hurting(step=99), states.Telling(TopicId("rest"), 9)]


@pytest.mark.parametrize("done", [MORE, BACK, REPEAT, STOP], ids=repr)
def test_a_session_whose_step_or_part_is_gone_goes_on_where_it_can(done: Done) -> None:
    for state in LOST:
        turned = do(Session(state=state, answers=after(*HOME_CARE).session.answers), done)
        assert keys(turned.reply) == keys(do(after(*ALL_NO).session, done).reply)


@pytest.mark.parametrize("answer", [YES, NO, UNSURE], ids=repr)
def test_a_reply_to_what_is_gone_confirms_nothing_and_the_read_back_is_told_again(answer: Done) -> None:
    for state in LOST:
        turned = do(Session(state=state, answers=after(*HOME_CARE).session.answers), answer)
        assert keys(turned.reply) == keys(after(*ALL_NO, REPEAT).reply)
