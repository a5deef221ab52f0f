"""Care by voice: every fact speakable, topics in parts that fit, guided relief safe, the operator's words in place."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import reading_level
from hypothesis import given
from hypothesis import strategies as st
from skill.dialog.moves import Move, MoveKind
from talking import (
    BACK,
    DOCTOR,
    DOCTOR_TODAY,
    GUIDE,
    HOME_CARE,
    HURTS,
    MORE,
    NO,
    OPEN,
    PAUSE,
    REPEAT,
    SEND,
    SLOWER,
    UNSURE,
    WHAT_ELSE,
    YES,
    about,
    after,
    keys,
    told,
)

from simulator.client import AlexaClient
from skill.adapters import alexa
from skill.adapters.clinic import from_environ
from skill.dialog.conversation import converse
from skill.dialog.session import Session, Stage
from skill.prompts import catalogue, ssml
from skill.prompts.catalogue import Catalogue, Line
from skill.protocol.care import FACTS, GUIDED, LONGEST_GUIDED_SECONDS, TOPIC, TOPICS, Topic, TopicId
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

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


def heard(words: Catalogue, topic: str, part: int) -> str:
    """Return what is heard when ``topic`` is asked about after home care or a doctor outcome, up to ``part``."""
    moves = [about(topic), *[YES] * (part - 1)]
    start = HOME_CARE if Level.SELF_CARE in TOPIC[TopicId(topic)].fits else DOCTOR
    return words.text(after(*start, *moves)[1].say)


@pytest.mark.parametrize(("fact", "topic", "part", "pattern"), SPOKEN, ids=str)
def test_the_fact_is_spoken_where_the_sheet_says(
    fact: str, topic: str, part: int, pattern: str, words: Catalogue
) -> None:
    assert fact in TOPIC[TopicId(topic)].parts[part - 1]
    assert re.search(pattern, heard(words, topic, part))


def test_every_fact_has_a_sentence_and_every_claim_of_the_sheet_is_tested() -> None:
    assert len(FACTS) == 36
    assert {fact for fact, *_ in SPOKEN} == set(FACTS)
    claimed = {
        (fact, topic.id, number) for topic in TOPICS for number, part in enumerate(topic.parts, 1) for fact in part
    }
    assert claimed == {(fact, topic, part) for fact, topic, part, _ in SPOKEN}


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


@pytest.mark.parametrize(("topic", "part", "caution"), CAUTIONS, ids=str)
def test_the_caution_is_spoken(topic: str, part: int, caution: str, words: Catalogue) -> None:
    assert caution in heard(words, topic, part)


# --- For the ear


def _told(words: Catalogue) -> Iterator[tuple[str, list[str]]]:
    for topic in TOPICS:
        for number, _ in enumerate(topic.parts, 1):
            key = f"topics.{topic.id}.part_{number}"
            yield key, words.said([Line(key=key), Line(key="care.anything_else")])
        yield f"topics.{topic.id}.tip", words.said(after(about(topic.id))[1].say + after(about(topic.id))[1].ask)


def test_each_part_is_30_seconds_at_most_and_read_at_grade_six(words: Catalogue) -> None:
    told = dict(_told(words))
    assert len(told) > 40
    assert {key: reading_level.seconds(said) for key, said in told.items() if reading_level.seconds(said) > 30} == {}
    grades = {key: reading_level.grade(ssml.plain(said)) for key, said in told.items()}
    assert {key: grade for key, grade in grades.items() if grade > 6.0} == {}


@pytest.mark.parametrize("step", GUIDED, ids=lambda step: step.id)
def test_a_guided_step_fits_the_response_also_when_slow(step: object, words: Catalogue) -> None:
    said = words.said([Line(key=f"guided.steps.{step.id}", pace=1.5)])  # type: ignore[attr-defined]
    assert reading_level.seconds(said) < LONGEST_GUIDED_SECONDS
    assert reading_level.grade(ssml.plain(said)) <= 6.0


# --- When


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_before_the_check_a_topic_is_one_tip_with_the_emergency_sentence_and_the_check_is_offered(
    topic: Topic, words: Catalogue
) -> None:
    session, reply = after(about(topic.id))
    assert keys(reply) == [f"topics.{topic.id}.tip", "safety.net", "care.check_first"]
    assert "911" in words.text(reply.say)
    assert keys(converse(UPPER_BACK, session, YES)[1])[-1] == "questions.heart_lungs.ask"
    assert keys(converse(UPPER_BACK, session, NO)[1]) == ["stop.open", "safety.net"]


def test_in_the_check_a_topic_is_one_tip_and_the_pending_question_again() -> None:
    assert keys(after(OPEN, NO, about("rest"))[1]) == [
        *("topics.rest.tip", "safety.net", "care.after_check", "questions.heart_signs.ask")
    ]
    assert "safety.net" not in keys(after(OPEN, *[NO] * 5, about("rest"))[1])


def test_after_an_emergency_no_topic_is_told() -> None:
    session, _ = after(OPEN, YES)
    _, reply = converse(UPPER_BACK, session, about("rest"))
    assert keys(reply)[0] == "outcomes.emergency.do"
    assert reply.ends


@pytest.mark.parametrize("topic", ["stretching", "exercise", "massage"])
def test_what_a_risk_forbids_waits_for_the_doctor(topic: str) -> None:
    assert keys(after(*DOCTOR_TODAY, about(topic))[1])[0] == "care.wait_for_doctor"


# --- How


def test_a_topic_goes_on_part_by_part_and_is_not_offered_again() -> None:
    session, reply = after(*HOME_CARE, about("heat_ice"))
    assert keys(reply) == ["topics.heat_ice.part_1", "care.go_on"]
    session, reply = converse(UPPER_BACK, session, MORE)
    assert keys(reply) == ["topics.heat_ice.part_2", "care.anything_else"]
    session, reply = converse(UPPER_BACK, session, WHAT_ELSE)
    assert "topics.heat_ice.name" not in reply.ask[0].names
    session, reply = converse(UPPER_BACK, session, about("heat_ice"))
    assert keys(reply)[0] == "topics.heat_ice.part_1"


def test_a_plain_yes_leads_through_every_topic_that_fits_once_and_then_ends() -> None:
    session, reply = after(*HOME_CARE)
    told: list[str] = []
    for _ in range(100):
        session, reply = converse(UPPER_BACK, session, YES)
        told += [key for key in keys(reply) if key.startswith("topics.")]
        if reply.ends:
            break
    fitting = [topic for topic in TOPICS if Level.SELF_CARE in topic.fits]
    assert len(told) == len(set(told)) == sum(len(topic.parts) for topic in fitting)
    assert keys(reply)[0] == "care.no_more"


def test_what_else_offers_four_topics_at_most_and_guidance_after_home_care_only() -> None:
    home, doctor = after(*HOME_CARE, WHAT_ELSE)[1], after(*DOCTOR, WHAT_ELSE)[1]
    assert keys(home) == ["care.which_guided"]
    assert keys(doctor) == ["care.which"]
    assert len(home.ask[0].names) == len(doctor.ask[0].names) == 4


def test_a_no_in_the_middle_of_a_topic_asks_once_more_and_then_takes_leave() -> None:
    session, reply = after(*HOME_CARE, about("exercise"), NO)
    assert keys(reply) == ["ask.okay", "care.anything_else"]
    assert keys(converse(UPPER_BACK, session, NO)[1]) == ["stop.cleared"]


def test_a_sign_said_in_a_topic_returns_to_the_protocol_at_once() -> None:
    session, _ = after(*HOME_CARE, about("exercise"))
    assert keys(converse(UPPER_BACK, session, told("chest_pain"))[1])[0] == "outcomes.emergency.do"
    assert keys(converse(UPPER_BACK, session, told("fever"))[1])[0] == "outcomes.doctor_today.do"


def test_after_a_doctor_outcome_a_yes_says_what_to_have_ready() -> None:
    session, reply = after(*DOCTOR, YES)
    assert keys(reply) == ["ready.list", "clinic.call", "clinic.find", "care.anything_else"]
    assert session.stage is Stage.CARE


# --- Guided relief


def test_guided_relief_goes_step_by_step_to_its_end() -> None:
    session, reply = after(*HOME_CARE, GUIDE)
    told = keys(reply)
    while session.stage is Stage.GUIDED:
        session, reply = converse(UPPER_BACK, session, YES)
        told += keys(reply)
    steps = [key for key in told if key.startswith("guided.steps.")]
    assert steps == [f"guided.steps.{step.id}" for step in GUIDED]
    assert told[-2:] == ["guided.done", "care.anything_else"]


@pytest.mark.parametrize("moves", [(), (OPEN,), (OPEN, *[NO] * 10), DOCTOR, DOCTOR_TODAY], ids=len)
def test_guided_relief_is_for_home_care_only(moves: tuple[Move, ...]) -> None:
    assert keys(after(*moves, GUIDE)[1])[0] == "guided.not_now"


IN_A_STEP = (*HOME_CARE, GUIDE, MORE)


def test_again_slower_pause_and_back_work_in_a_step(words: Catalogue) -> None:
    session, reply = after(*IN_A_STEP)
    assert keys(converse(UPPER_BACK, session, REPEAT)[1]) == keys(reply)
    _, slow = converse(UPPER_BACK, session, SLOWER)
    assert keys(slow) == ["guided.slower", *keys(reply)]
    assert '<break time="4.5s"/>' in words.ssml(slow.say)
    paused, waiting = converse(UPPER_BACK, session, PAUSE)
    assert keys(waiting) == ["guided.pause", "guided.next"]
    assert keys(converse(UPPER_BACK, paused, REPEAT)[1]) == keys(reply)
    assert "guided.steps.settle" in keys(converse(UPPER_BACK, session, BACK)[1])


def test_pain_stops_the_step_and_more_pain_than_before_returns_to_the_protocol() -> None:
    session, reply = after(*IN_A_STEP, HURTS)
    assert keys(reply) == ["guided.hurts", "guided.hurts_ask"]
    for worse in (YES, UNSURE, Move(kind=MoveKind.WORSENING)):
        assert keys(converse(UPPER_BACK, session, worse)[1])[0] == "outcomes.doctor.do"
    assert keys(converse(UPPER_BACK, session, NO)[1]) == ["guided.gentler", "guided.next"]
    session, _ = after(*IN_A_STEP)
    assert keys(converse(UPPER_BACK, session, Move(kind=MoveKind.WORSENING))[1])[0] == "outcomes.doctor.do"


@pytest.mark.parametrize("finding", UPPER_BACK.findings, ids=lambda finding: finding.id)
def test_any_sign_said_in_a_step_acts_at_once(finding: object) -> None:
    id_, level = finding.id, finding.level  # type: ignore[attr-defined]
    assert keys(after(*IN_A_STEP, told(id_))[1])[0] == f"outcomes.{level.key}.do"


def test_after_a_sign_in_a_step_there_is_no_more_guidance() -> None:
    assert keys(after(*IN_A_STEP, told("night_pain"), GUIDE)[1])[0] == "guided.not_now"


# --- Cards on request


def test_a_topic_is_sent_whole_with_the_disclaimer_and_the_number(words: Catalogue) -> None:
    _, reply = after(*HOME_CARE, about("heat_ice"), SEND)
    assert reply.card
    text = " ".join(words.text(paragraph) for paragraph in reply.card.paragraphs)
    assert words.text([reply.card.title]) == "About heat and ice"
    for expected in ("Never put ice on bare skin.", "Never fall asleep", "911", "not medical advice"):
        assert expected in text
    assert keys(reply) == ["care.sent", "care.go_on"]


def test_the_outcome_and_the_stretches_can_be_sent_and_before_there_is_nothing() -> None:
    outcome, stretches = after(*DOCTOR, SEND)[1].card, after(*IN_A_STEP, SEND)[1].card
    assert outcome
    assert outcome.title.key == "outcomes.doctor.title"
    assert stretches
    assert stretches.title.key == "guided.card_title"
    assert after(OPEN, SEND)[1].card is None


# --- The operator's words

CLINIC = {
    "CLINIC_NAME": "Riverside Clinic",
    "CLINIC_PHONE": "555-010-0199",
    "FIND_DOCTOR": "Our nurses help you to find a doctor.",
}


def doctor_outcome(environ: dict[str, str]) -> tuple[str, str, str]:
    """Return a doctor outcome for an operator's settings: the words, the SSML of what to have ready, the card."""
    client = AlexaClient(handler=alexa.create(environ))
    client.launch()
    for _ in range(7):
        client.intent("AMAZON.NoIntent")
    said = client.intent("AMAZON.YesIntent")
    assert said.card
    return said.text, client.intent("AMAZON.YesIntent").ssml, said.card["content"]


def test_a_clinic_is_spoken_and_on_the_card_of_a_doctor_outcome() -> None:
    text, ready, card = doctor_outcome(CLINIC)
    for shown in (text, card):
        assert "Riverside Clinic" in shown
    assert "You can call Riverside Clinic, at 555-010-0199. Our nurses help you to find a doctor." in card
    assert "555-010-0199" in ready
    assert '<say-as interpret-as="telephone">555-010-0199</say-as>' in ready


def test_a_doctor_outcome_with_a_clinic_still_fits_30_seconds(words: Catalogue) -> None:
    fields = dict(from_environ(CLINIC).fields)
    for moves in (DOCTOR, DOCTOR_TODAY):
        _, reply = after(*moves)
        assert reading_level.seconds(words.with_fields(fields).said((*reply.say, *reply.ask))) <= 30


def test_without_settings_nothing_of_a_clinic_is_said() -> None:
    assert not any("You can call" in shown or "You can also call" in shown for shown in doctor_outcome({}))


def test_a_clinic_is_never_said_in_an_emergency() -> None:
    client = AlexaClient(handler=alexa.create(CLINIC))
    client.launch()
    heard = client.intent("AMAZON.YesIntent")
    assert heard.card
    assert "Riverside" not in heard.text + heard.card["content"]


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        ({"CLINIC_NAME": "<Riverside>", "CLINIC_PHONE": "555-010-0199"}, "CLINIC_NAME: use letters"),
        ({"CLINIC_NAME": "x" * 41, "CLINIC_PHONE": "555-010-0199"}, "CLINIC_NAME: use letters"),
        ({"CLINIC_NAME": "Riverside", "CLINIC_PHONE": "911"}, "CLINIC_PHONE: write 7 to 20"),
        ({"CLINIC_NAME": "Riverside"}, "set both or neither"),
        ({"CLINIC_PHONE": "555-010-0199"}, "set both or neither"),
        ({"FIND_DOCTOR": "no full stop"}, "FIND_DOCTOR: write one sentence"),
        ({"FIND_DOCTOR": "A {gap}."}, "FIND_DOCTOR: write one sentence"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_spoken_is_left_out_and_logged_with_the_remedy(
    environ: dict[str, str], fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert not any("Riverside" in shown for shown in doctor_outcome(environ))
    assert fault in caplog.text


@pytest.mark.parametrize("stage", [Stage.CARE, Stage.GUIDED, Stage.HURTING])
@pytest.mark.parametrize("move", [YES, NO, UNSURE, MORE, BACK, REPEAT], ids=lambda move: move.kind.value)
def test_a_session_that_lost_its_question_still_gets_words(stage: Stage, move: Move) -> None:
    session, _ = after(*HOME_CARE)
    _, reply = converse(UPPER_BACK, replace(session, stage=stage, asked=(), said=()), move)
    assert reply.say or reply.ask


def test_the_compiled_words_keep_the_topics(words: Catalogue) -> None:
    assert '"topics.rest.part_1"' in catalogue.compiled(words)


@given(
    st.lists(st.sampled_from([YES, NO, MORE, WHAT_ELSE, GUIDE, HURTS, SLOWER, PAUSE, SEND, BACK, REPEAT]), max_size=20)
)
def test_care_always_has_words_and_a_way_out(moves: list[Move]) -> None:
    session, _ = after(*HOME_CARE)
    for move in moves:
        session, reply = converse(UPPER_BACK, session, move)
        assert reply.say or reply.ask
        if reply.ends:
            return
        assert Session.from_attributes(session.to_attributes(), UPPER_BACK) == session
    assert converse(UPPER_BACK, session, Move(kind=MoveKind.STOP))[1].ends
