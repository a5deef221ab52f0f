"""Facts about the conversation: every move in every stage, and what people do with answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from skill.dialog.moves import Move, MoveKind
from talking import BACK, MOVES, NO, OPEN, OTHER, STAGES, UNSURE, YES, after, keys, told

from skill.dialog.conversation import converse
from skill.dialog.session import VERSION, Session, Stage
from skill.engine.triage import assess
from skill.prompts.catalogue import Catalogue
from skill.protocol.model import FindingId, Level
from skill.protocol.upper_back import UPPER_BACK

FINDINGS = [finding.id for finding in UPPER_BACK.findings]
EMERGENCY_FINDINGS = [finding.id for finding in UPPER_BACK.findings if finding.level is Level.EMERGENCY]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("move", MOVES, ids=repr)
def test_every_move_in_every_stage_has_words_and_ends_or_asks(stage: str, move: Move, words: Catalogue) -> None:
    session, _ = after(*STAGES[stage])
    _, reply = converse(UPPER_BACK, session, move)
    assert words.text((*reply.say, *reply.ask))
    assert reply.ends == (not reply.ask)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("finding", EMERGENCY_FINDINGS)
@pytest.mark.parametrize("kind", [MoveKind.TELL, MoveKind.YES, MoveKind.NO])
def test_an_emergency_sign_acts_at_once_wherever_it_is_said(
    stage: str, finding: str, kind: MoveKind, words: Catalogue
) -> None:
    session, _ = after(*STAGES[stage])
    _, reply = converse(UPPER_BACK, session, told(finding, kind=kind))
    said = words.text(reply.say)
    assert said.startswith("Call 911 or your local emergency number now, from a phone. I cannot call for you.")
    assert said.endswith("Again, please call 911 now.")
    assert reply.ends
    assert reply.card


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("kind", [MoveKind.EMERGENCY, MoveKind.CRISIS])
def test_a_call_for_help_is_answered_at_once_wherever_it_is_said(stage: str, kind: MoveKind, words: Catalogue) -> None:
    session, _ = after(*STAGES[stage])
    _, reply = converse(UPPER_BACK, session, Move(kind=kind))
    assert "911" in words.text(reply.say)
    assert reply.ends
    assert reply.card


def test_an_emergency_is_not_read_back_and_home_care_is() -> None:
    assert keys(after(OPEN, YES)[1])[0] == "outcomes.emergency.do"
    session, reply = after(OPEN, *[NO] * 10)
    assert session.stage is Stage.READBACK
    assert sum(key.endswith(".readback") for key in keys(reply)) == 10


def test_what_is_named_after_a_wrong_read_back_is_an_answer() -> None:
    assert keys(after(OPEN, *[NO] * 11, told("weakness"))[1])[0] == "outcomes.emergency.do"
    assert keys(after(OPEN, *[NO] * 10, told("weakness", kind=MoveKind.NO))[1])[0] == "outcomes.emergency.do"
    assert keys(after(OPEN, *[NO] * 10, told("night_pain"))[1])[0] == "outcomes.doctor.do"


@pytest.mark.parametrize("reply", [YES, NO, UNSURE])
def test_a_wrong_read_back_without_a_name_goes_through_the_questions_again(reply: Move) -> None:
    session, said = after(OPEN, *[NO] * 11, reply)
    assert keys(said)[0] == "readback.through_again"
    assert session.answers == ()


def test_a_denial_in_the_answer_to_the_read_back_is_not_a_yes_to_it() -> None:
    session, _ = after(OPEN, *[NO] * 10, told(no=["fever"], kind=MoveKind.NO))
    assert session.stage is Stage.CORRECTING


def test_of_three_signs_only_those_still_open_are_asked_about(words: Catalogue) -> None:
    _, reply = after(OPEN, NO, told(no=["sweating"]))
    assert words.text(reply.ask) == "And what about feeling sick to your stomach, or jaw pain?"


def test_not_understood_gets_other_words_then_the_choices_then_a_safe_end(words: Catalogue) -> None:
    first, second, third = (after(OPEN, *[OTHER] * misses)[1] for misses in (1, 2, 3))
    assert keys(first) == ["miss.first", "findings.chest_pain.plain", "findings.short_of_breath.plain", "ask.fits"]
    assert keys(second)[0] == "miss.second"
    assert third.ends
    assert "911" in words.text(third.say)


def test_a_question_that_was_not_clear_is_put_in_other_words_and_counts_as_nothing() -> None:
    rephrase = Move(kind=MoveKind.REPHRASE)
    session, reply = after(OPEN, rephrase, rephrase, rephrase, rephrase)
    assert keys(reply) == ["ask.unsure", "findings.chest_pain.plain", "findings.short_of_breath.plain", "ask.fits"]
    assert (session.answers, session.misses) == ((), 0)


def test_an_answer_in_between_starts_the_count_of_misses_again() -> None:
    assert not after(OPEN, OTHER, OTHER, NO, OTHER, OTHER)[1].ends


def test_the_first_unsure_gets_plainer_words_and_the_second_counts(words: Catalogue) -> None:
    assert "findings.chest_pain.plain" in keys(after(OPEN, UNSURE)[1])
    said = words.text(after(OPEN, UNSURE, UNSURE)[1].say)
    assert "You were not sure about chest pain, or trouble breathing, so I am being careful." in said


DOUBT = Move(kind=MoveKind.UNSURE, doubted=(FindingId("chest_pain"),))


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "new"])
def test_a_doubted_emergency_sign_is_asked_about_once_more_wherever_it_is_said(stage: str) -> None:
    session, _ = after(*STAGES[stage])
    counted = "heart_lungs" in assess(UPPER_BACK, session.answers).unsure_once
    session, reply = converse(UPPER_BACK, session, DOUBT)
    if counted:
        assert keys(reply)[0] == "outcomes.emergency.do"
        return
    assert "findings.chest_pain.plain" in keys(reply)
    assert keys(converse(UPPER_BACK, session, DOUBT)[1])[0] == "outcomes.emergency.do"
    assert keys(converse(UPPER_BACK, session, UNSURE)[1])[0] == "outcomes.emergency.do"
    assert keys(converse(UPPER_BACK, session, YES)[1])[0] == "outcomes.emergency.do"


def test_a_doubt_that_is_denied_again_leads_back_to_where_it_came_from() -> None:
    session, _ = after(*STAGES["read-back"], DOUBT, NO)
    assert session.stage is Stage.READBACK
    assert assess(UPPER_BACK, session.answers).level is Level.SELF_CARE


def test_repeat_says_the_last_words_again_and_changes_nothing() -> None:
    for moves in STAGES.values():
        if moves:
            session, reply = after(*moves)
            again, repeated = converse(UPPER_BACK, session, Move(kind=MoveKind.REPEAT))
            assert (repeated.say, repeated.ask) == (reply.say, reply.ask)
            assert again == session


def test_why_gives_the_reason_of_the_question_and_puts_it_again() -> None:
    assert keys(after(OPEN, NO, Move(kind=MoveKind.WHY))[1]) == [
        "questions.heart_signs.why",
        "questions.heart_signs.ask",
    ]


def test_help_says_where_we_are_what_can_be_said_and_asks_again(words: Catalogue) -> None:
    reply = after(OPEN, NO, NO, Move(kind=MoveKind.HELP))[1]
    assert words.text(reply.say).startswith("This is question 3 of ten at most. You can say yes, no, not sure,")
    assert keys(reply)[-1] == "questions.sudden_signs.ask"


def test_back_undoes_the_last_answer_and_the_question_is_put_again() -> None:
    session, reply = after(OPEN, NO, NO, BACK)
    assert keys(reply)[-1] == "questions.heart_signs.ask"
    assert len(session.answers) == 1


def test_back_with_nothing_to_undo_says_so() -> None:
    assert keys(after(OPEN, BACK)[1]) == ["back.nothing", "questions.heart_lungs.ask"]


@pytest.mark.parametrize(("stage", "question"), [("doctor", "weight_night"), ("home care", "duration")])
def test_back_works_after_the_result(stage: str, question: str) -> None:
    assert keys(after(*STAGES[stage], BACK)[1])[-1] == f"questions.{question}.ask"


def test_a_correction_that_raises_the_level_acts_at_once() -> None:
    assert keys(after(OPEN, NO, Move(kind=MoveKind.CORRECT_YES))[1])[0] == "outcomes.emergency.do"
    assert keys(after(*STAGES["home care"], Move(kind=MoveKind.CORRECT_YES))[1])[0] == "outcomes.doctor.do"


def test_i_meant_no_takes_a_yes_back_and_is_never_a_silent_no() -> None:
    session, _ = after(*STAGES["doctor today"], Move(kind=MoveKind.CORRECT_NO))
    assert assess(UPPER_BACK, session.answers).level is Level.SELF_CARE
    session, reply = after(OPEN, NO, Move(kind=MoveKind.CORRECT_NO))
    assert len(session.answers) == 1
    assert keys(reply)[-1] == "questions.heart_signs.ask"


def test_stop_carries_the_emergency_sentence_until_the_emergencies_are_cleared() -> None:
    stop = Move(kind=MoveKind.STOP)
    assert "safety.net" in keys(after(OPEN, *[NO] * 4, stop)[1])
    assert keys(after(OPEN, *[NO] * 5, stop)[1]) == ["stop.cleared"]


def test_a_no_with_a_sign_that_nobody_knows_is_not_a_no() -> None:
    session, reply = after(OPEN, Move(kind=MoveKind.NO, unresolved=True))
    assert session.answers == ()
    assert keys(reply)[0] == "miss.finding"


def test_every_outcome_has_a_card_and_no_question_has_one() -> None:
    for stage, moves in STAGES.items():
        if moves:
            assert (after(*moves)[1].card is not None) == (stage in ("home care", "doctor", "doctor today"))


def test_a_doctor_card_holds_every_reason_at_any_level(words: Catalogue) -> None:
    card = after(OPEN, told("night_pain"), told("fever"), *[NO] * 5)[1].card
    assert card
    text = " ".join(words.text(paragraph) for paragraph in card.paragraphs)
    assert "You told me about pain that rest does not ease, and fever or chills." in text


def test_a_session_survives_the_trip_through_attributes() -> None:
    for moves in STAGES.values():
        session, _ = after(*moves)
        assert Session.from_attributes(session.to_attributes(), UPPER_BACK) == session


GOOD = after(OPEN, NO)[0].to_attributes()


@pytest.mark.parametrize(
    "attributes",
    [
        *(None, [], "x", {}, {"version": 0}, {**GOOD, "version": VERSION + 1}, {**GOOD, "stage": "ufo"}),
        *({**GOOD, "answers": [{}]}, {**GOOD, "answers": 7}, {**GOOD, "asked": [7]}, {**GOOD, "misses": "x"}),
        {**GOOD, "answers": [{"question": "ufo", "reply": "yes", "present": [], "absent": [], "doubted": []}]},
        {**GOOD, "answers": [{"question": None, "reply": None, "present": ["ufo"], "absent": [], "doubted": []}]},
        {**GOOD, "asked": [{"key": "open.first", "names": [], "count": "x"}]},
    ],
    ids=repr,
)
def test_attributes_that_cannot_be_read_are_a_new_session(attributes: object) -> None:
    assert Session.from_attributes(attributes, UPPER_BACK) == Session()


TAKES_BACK = (MoveKind.BACK, MoveKind.RESTART, MoveKind.CORRECT_NO, MoveKind.OPEN, MoveKind.START)


@given(st.lists(st.sampled_from(MOVES), max_size=25))
def test_any_conversation_keeps_what_was_said_and_always_has_a_way_out(moves: list[Move]) -> None:
    session = Session()
    for move in moves:
        before = assess(UPPER_BACK, session.answers).level
        session, reply = converse(UPPER_BACK, session, move)
        if move.kind not in TAKES_BACK:
            assert assess(UPPER_BACK, session.answers).level >= before
        if reply.ends:
            return
        assert Session.from_attributes(session.to_attributes(), UPPER_BACK) == session
    assert converse(UPPER_BACK, session, Move(kind=MoveKind.STOP))[1].ends
