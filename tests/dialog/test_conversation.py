"""Facts about the conversation: what people do with answers, and what the guide makes of them."""

import itertools
from collections.abc import Sequence

import pytest
from talking import (
    ALL_NO,
    BACK,
    CLEARED,
    DOCTOR,
    DOCTOR_TODAY,
    HOME_CARE,
    MISSED,
    MUMBLED,
    NO,
    OPEN,
    PATHS,
    REPEAT,
    SOFT_NO,
    STOP,
    UNSURE,
    YES,
    Turns,
    about,
    after,
    deny,
    do,
    doubt,
    keys,
    noes,
    report,
    unclear,
)

from skill.acts import Act, Answer, Call, Control, Correction, Lasted, Missed, Trend
from skill.dialog import states
from skill.dialog.misses import MISSES_BEFORE_GIVING_UP
from skill.dialog.session import Session
from skill.dialog.states.reading_back import SENTENCES
from skill.dialog.turn import Turn
from skill.engine.triage import assess
from skill.hearing.heard import Asked, Heard
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.prompts.prompt import Prompt
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import FindingId, Level, Question

PROTOCOL = UPPER_BACK_GUIDE.protocol
FIRST, SECOND, THIRD, *_ = PROTOCOL.questions
LAST = PROTOCOL.questions[-1]
EMERGENCY_FINDINGS = [finding.id for finding in PROTOCOL.findings if finding.level is Level.EMERGENCY]
EMERGENCY, TODAY = (say.disposition(level, "do").key for level in (Level.EMERGENCY, Level.DOCTOR_TODAY))
AT_HOME = say.disposition(Level.SELF_CARE, "do").key
SEE_DOCTOR = say.disposition(Level.DOCTOR, "do").key


def ask(question: Question) -> str:
    """Return the key of a question as it is first put."""
    return say.question(question.id, "ask").key


def plainly(*ids: str) -> list[str]:
    """Return the keys of a question in other words: about the first of ``ids``, since it is put one by one."""
    return [say.finding(FindingId(ids[0]), "plain").key, say.FITS_ONE.key]


def names(prompts: Sequence[Prompt]) -> set[str]:
    """Return the ids of the findings that ``prompts`` name in a list."""
    return {key.split(".")[1] for prompt in prompts for key in prompt.names}


def absent(session: Session) -> frozenset[FindingId]:
    """Return what was denied."""
    return assess(PROTOCOL, session.answers).absent


PLAINLY = plainly(*(finding.id for finding in FIRST.findings))
ONE, OTHER = (finding.id for finding in FIRST.findings)
PARTLY = [say.and_what_about([ONE]).key]

# --- What may never be passed by


@pytest.mark.parametrize("path", PATHS)
def test_an_emergency_finding_acts_at_once_wherever_and_with_whatever_it_is_said(path: str, words: Catalogue) -> None:
    session = after(*PATHS[path]).session
    besides: tuple[tuple[Act, ...], ...] = ((), (YES,), (NO,), (SOFT_NO,), (Missed(named=True),), (deny("fever"),))
    for finding, beside in itertools.product(EMERGENCY_FINDINGS, besides):
        reply = do(session, (*beside, report(finding))).reply
        said = words.text(reply.say)
        assert said.startswith("Call 911 or your local emergency number now, from a phone. I cannot call for you.")
        assert said.endswith("Again, please call 911 now.")
        assert reply.ends
        assert reply.card
        assert reply.disposition is Level.EMERGENCY


@pytest.mark.parametrize("path", PATHS)
def test_a_call_for_help_is_answered_at_once_wherever_it_is_said(path: str, words: Catalogue) -> None:
    session = after(*PATHS[path]).session
    besides: tuple[tuple[Act, ...], ...] = ((), (NO, deny("chest_pain")), (Control.STOP, Missed()), (report("fever"),))
    for call, beside in itertools.product((Call.EMERGENCY, Call.CRISIS), besides):
        reply = do(session, (*beside, call)).reply
        assert "911" in words.text(reply.say)
        assert reply.ends
        assert reply.card


def test_a_cry_that_may_be_for_help_hears_the_number_first_and_goes_on() -> None:
    for path in PATHS.values():
        reply = do(after(*path).session, Call.DISTRESS).reply
        assert keys(reply)[0] == say.CALL.key
        assert reply.ask


def test_an_emergency_is_not_read_back_and_home_care_is() -> None:
    assert keys(after(OPEN, YES).reply)[0] == EMERGENCY
    session, reply = after(*ALL_NO)
    assert isinstance(session.state, states.ReadingBack)
    assert keys(reply) == [*[say.read_back([]).key] * SENTENCES, say.READBACK_ASK.key]
    assert names(reply.say) == {finding.id for finding in PROTOCOL.findings}
    assert keys(do(session, YES).reply)[0] == AT_HOME


@pytest.mark.parametrize("path", PATHS)
def test_hearing_is_told_what_a_yes_replies_to(path: str) -> None:
    session = after(*PATHS[path]).session
    expecting = session.expecting(Turn(guide=UPPER_BACK_GUIDE, session=session))
    assert bool(expecting.findings) == isinstance(session.state, states.Asking)
    assert (expecting.asked is Asked.NOTHING) == isinstance(session.state, states.Fresh)
    if isinstance(session.state, states.Asking):
        confirmed = do(session, YES).session
        assert assess(PROTOCOL, confirmed.answers).reasons[-1].findings == expecting.findings


# --- The read-back


def test_what_is_named_after_a_wrong_read_back_is_an_answer() -> None:
    assert keys(after(*ALL_NO, NO, report("weakness")).reply)[0] == EMERGENCY
    assert keys(after(*ALL_NO, (NO, report("weakness"))).reply)[0] == EMERGENCY
    assert keys(after(*ALL_NO, report("night_pain")).reply)[0] == TODAY


@pytest.mark.parametrize("answer", Answer)
def test_a_wrong_read_back_without_a_name_goes_through_the_questions_again(answer: Answer) -> None:
    session, reply = after(*ALL_NO, NO, answer)
    assert keys(reply) == [say.THROUGH_AGAIN.key, ask(FIRST)]
    assert session.answers == ()


def test_a_denial_in_the_answer_to_the_read_back_is_not_a_yes_to_it() -> None:
    assert isinstance(after(*ALL_NO, (NO, deny("fever"))).session.state, states.Correcting)


@pytest.mark.parametrize("answer", [answer for answer in Answer if answer is not YES])
def test_only_a_clear_yes_confirms_the_read_back(answer: Answer) -> None:
    assert isinstance(after(*ALL_NO, answer).session.state, states.Correcting)


# --- A question again: what is open, other words, one at a time


def test_of_several_findings_only_those_still_open_are_asked_about(words: Catalogue) -> None:
    reply = after(OPEN, NO, deny("sweating")).reply
    assert words.text(reply.ask) == "And what about feeling sick to your stomach, or jaw pain?"


def test_the_first_miss_gets_other_words_and_the_next_utterance_is_wanted_word_for_word() -> None:
    reply = after(OPEN, MISSED).reply
    assert keys(reply) == [say.MISSED.key, *PLAINLY]
    assert reply.listen


def test_what_sounded_like_a_finding_is_said_not_to_be_known() -> None:
    assert keys(after(OPEN, Missed(named=True)).reply) == [say.UNKNOWN_FINDING.key, *PLAINLY]


def test_the_second_miss_asks_one_at_a_time() -> None:
    reply = after(OPEN, MISSED, MISSED).reply
    assert keys(reply) == [say.MISSED_AGAIN.key, say.CHOICES.key, say.finding(ONE, "ask").key]
    session, reply = after(OPEN, MISSED, MISSED, NO)
    assert absent(session) == {ONE}
    assert keys(reply)[-1] == say.finding(OTHER, "ask").key
    session, reply = do(session, NO)
    assert absent(session) == FIRST.finding_ids
    assert keys(reply)[-1] == ask(SECOND)


@pytest.mark.parametrize(("answer", "level"), [(YES, Level.EMERGENCY), (UNSURE, Level.SELF_CARE)])
def test_an_answer_to_one_of_several_is_about_that_one_alone(answer: Answer, level: Level) -> None:
    session = after(OPEN, MISSED, MISSED, answer).session
    known = assess(PROTOCOL, session.answers)
    assert known.level is level
    assert {id_ for reason in known.reasons for id_ in reason.findings} <= {ONE}
    assert OTHER not in known.settled


def test_a_yes_to_one_of_several_stays_where_another_finding_is_named_beside_it() -> None:
    first = PROTOCOL.questions[len(noes(PROTOCOL, Level.DOCTOR_TODAY))].findings[0].id
    session = after(*CLEARED, MISSED, MISSED, (YES, report("night_pain"))).session
    reasons = assess(PROTOCOL, session.answers).reasons
    assert {id_ for reason in reasons for id_ in reason.findings} == {first, "night_pain"}


def test_the_third_miss_is_a_safe_end() -> None:
    reply = after(OPEN, *[MISSED] * MISSES_BEFORE_GIVING_UP).reply
    assert keys(reply) == [say.GIVING_UP.key, say.NET.key, say.TRY_LATER.key]
    assert reply.ends


def test_no_miss_ends_while_words_are_unaccounted_for() -> None:
    session = after(OPEN, MUMBLED).session
    for _ in range(2 * MISSES_BEFORE_GIVING_UP):
        session, reply = do(session, MISSED)
        assert not reply.ends
        assert reply.listen
    assert keys(reply) == [
        *(say.MISSED_AGAIN.key, say.NOTHING_SO_FAR.key, say.NET.key, say.finding(ONE, "ask").key),
    ]


def test_what_was_understood_so_far_is_said_where_nothing_more_is() -> None:
    reply = after(OPEN, report("fever"), MUMBLED, *[MISSED] * MISSES_BEFORE_GIVING_UP).reply
    assert keys(reply)[:3] == [say.MISSED_AGAIN.key, say.you_told_me([]).key, say.NET.key]
    assert names(reply.say) == {"fever"}


def test_an_answer_in_between_starts_the_count_of_misses_again() -> None:
    assert not after(OPEN, MISSED, MISSED, NO, MISSED, MISSED).reply.ends


def test_a_question_that_was_not_clear_is_put_in_other_words_and_counts_as_nothing() -> None:
    session, reply = after(OPEN, *[Control.REPHRASE] * 4)
    assert keys(reply) == [say.OTHER_WORDS.key, *PLAINLY]
    assert (session.answers, session.misses) == ((), 0)


@pytest.mark.parametrize("missed", [1, 2])
def test_repeat_after_a_miss_puts_the_question_as_it_was_last_put(missed: int) -> None:
    session, reply = after(OPEN, *[MISSED] * missed)
    assert do(session, REPEAT).reply.ask == reply.ask
    assert do(session, REPEAT).reply.say == ()


def test_what_sounds_like_a_finding_beside_a_no_is_not_a_no() -> None:
    for done in ((NO, Missed(named=True)), (NO, deny(ONE), Missed(named=True)), (SOFT_NO, deny(ONE), Missed())):
        session, reply = after(OPEN, done)
        assert OTHER not in absent(session)
        assert say.UNKNOWN_FINDING.key in keys(reply) or say.finding(OTHER, "ask").key in keys(reply)


def test_what_sounds_like_a_finding_beside_a_yes_leaves_the_yes() -> None:
    assert keys(after(OPEN, (YES, Missed(named=True))).reply)[0] == EMERGENCY


# --- Not sure, a doubt, a soft no, half heard


def test_the_first_unsure_gets_plainer_words_and_the_second_counts(words: Catalogue) -> None:
    assert keys(after(OPEN, UNSURE).reply) == [say.OTHER_WORDS.key, *PLAINLY]
    said = words.text(after(OPEN, UNSURE, UNSURE).reply.say)
    assert "You were not sure about chest pain, so I am being careful." in said


def test_a_soft_no_is_confirmed_by_name() -> None:
    session, reply = after(OPEN, SOFT_NO)
    assert absent(session) == frozenset()
    assert keys(reply) == [say.to_be_sure([]).key]
    assert names(reply.ask) == FIRST.finding_ids


@pytest.mark.parametrize("second", [NO, SOFT_NO])
def test_a_second_no_of_any_kind_is_a_no_and_the_read_back_names_it_by_itself(second: Answer) -> None:
    session, reply = after(OPEN, SOFT_NO, second, *noes(PROTOCOL)[1:])
    assert isinstance(session.state, states.ReadingBack)
    assert keys(reply)[-2:] == [say.read_back_softly([]).key, say.READBACK_ASK.key]
    assert names(reply.say[-1:]) == FIRST.finding_ids
    assert names(reply.say[:-1]) == {finding.id for finding in PROTOCOL.findings} - FIRST.finding_ids
    assert keys(do(session, REPEAT).reply) == keys(reply)


@pytest.mark.parametrize("second", [NO, SOFT_NO])
def test_a_soft_no_to_one_of_several_is_named_in_the_read_back_too(second: Answer) -> None:
    session, reply = after(OPEN, MISSED, MISSED, SOFT_NO)
    assert keys(reply) == [say.TO_BE_SURE.key, say.finding(ONE, "ask").key]
    session, _ = do(session, second)
    assert assess(PROTOCOL, session.answers).softly_absent == {ONE}
    assert OTHER not in absent(session)


def test_a_yes_after_a_soft_no_is_a_yes() -> None:
    assert keys(after(OPEN, SOFT_NO, YES).reply)[0] == EMERGENCY


def test_a_clear_denial_by_name_needs_no_second_one() -> None:
    session, reply = after(OPEN, SOFT_NO, deny(ONE), *noes(PROTOCOL))
    assert assess(PROTOCOL, session.answers).softly_absent == {OTHER}
    assert say.read_back_softly([]).key in keys(reply)


@pytest.mark.parametrize("path", [path for path in PATHS if path != "fresh"])
def test_a_doubted_emergency_finding_is_asked_about_once_more_wherever_it_is_said(path: str) -> None:
    session = after(*PATHS[path]).session
    counted = FIRST.id in assess(PROTOCOL, session.answers).unsure_once
    session, reply = do(session, doubt(ONE))
    if counted:
        assert keys(reply)[0] == EMERGENCY
        return
    assert say.finding(ONE, "plain").key in keys(reply)
    for again in (doubt(ONE), UNSURE, YES):
        assert keys(do(session, again).reply)[0] == EMERGENCY


def test_a_doubt_that_is_denied_again_leads_back_to_where_it_came_from() -> None:
    session = after(*ALL_NO, doubt("chest_pain"), NO).session
    assert isinstance(session.state, states.ReadingBack)


@pytest.mark.parametrize("path", ["emergencies cleared", "read-back", "home care", "in a topic", "guided"])
def test_a_half_heard_finding_is_asked_about_by_name_and_counts_as_nothing(path: str) -> None:
    session = after(*PATHS[path]).session
    level = assess(PROTOCOL, session.answers).level
    session, reply = do(session, unclear("jaw_pain"))
    assert keys(reply)[-1] == say.finding(FindingId("jaw_pain"), "ask").key
    assert assess(PROTOCOL, session.answers).level is level
    assert keys(do(session, YES).reply)[0] == EMERGENCY
    assert "jaw_pain" in absent(do(session, NO).session)


def test_a_half_heard_finding_is_asked_about_by_itself_before_the_others_of_its_question() -> None:
    session, reply = after(OPEN, unclear(OTHER))
    assert keys(reply)[-1] == say.finding(OTHER, "ask").key
    assert session.answers == ()
    session, reply = do(session, NO)
    assert absent(session) == {OTHER}
    assert keys(reply)[-1] == say.finding(ONE, "ask").key


def test_a_half_heard_denial_answers_nothing_beside_it() -> None:
    assert absent(after(OPEN, (NO, unclear(OTHER))).session) == frozenset()


# --- Words that nobody could place


@pytest.mark.parametrize(
    "turns",
    [
        (MUMBLED, *noes(PROTOCOL)),
        (OPEN, MUMBLED, NO, *noes(PROTOCOL)),
        (OPEN, Heard(acts=(NO,), unaccounted=("blorp",)), *noes(PROTOCOL)[1:]),
        (about("rest"), Heard(acts=(YES,), unaccounted=("blorp",)), *noes(PROTOCOL)),
        (*ALL_NO[:-1], Heard(acts=(NO,), unaccounted=("blorp",))),
        (*ALL_NO, Heard(acts=(YES,), unaccounted=("blorp",))),
    ],
    ids=["before opening", "in a miss", "beside a no", "in the first yes", "beside the last no", "in the read-back"],
)
def test_words_that_nobody_placed_are_cleared_up_before_home_care(turns: Turns) -> None:
    session, reply = after(*turns)
    assert keys(reply)[-1] == say.WAS_ANY_OF_IT.key
    assert isinstance(session.state, states.ClearingUp)
    session, reply = do(session, NO)
    assert keys(reply)[-1] == say.READBACK_ASK.key
    assert not session.unplaced
    assert keys(do(session, YES).reply)[0] == AT_HOME


@pytest.mark.parametrize("answer", [YES, UNSURE])
def test_where_it_was_about_a_finding_it_is_asked_what_it_was(answer: Answer) -> None:
    session, reply = after(OPEN, MUMBLED, NO, *noes(PROTOCOL), answer)
    assert keys(reply) == [say.CORRECT.key]
    assert keys(do(session, report("numbness_tingling")).reply)[0] == EMERGENCY
    assert keys(do(session, deny("fever")).reply)[-1] == say.WAS_ANY_OF_IT.key


def test_a_soft_no_does_not_clear_words_up_before_it_was_asked_again() -> None:
    session, reply = after(OPEN, MUMBLED, NO, *noes(PROTOCOL), Heard(acts=(SOFT_NO,), unaccounted=("zorgle",)))
    assert session.unplaced
    assert keys(reply) == [say.OTHER_WORDS.key, say.WAS_ANY_OF_IT_PLAINLY.key]
    session, reply = do(session, SOFT_NO)
    assert not session.unplaced
    assert keys(reply)[-1] == say.READBACK_ASK.key


def test_words_that_nobody_placed_do_not_hold_up_a_doctor() -> None:
    assert keys(after(*CLEARED, NO, MUMBLED, YES).reply)[0] == TODAY


def test_home_care_that_a_correction_leads_to_is_cleared_up_and_read_back() -> None:
    assert keys(after(*ALL_NO[:-1], YES, Correction.TO_NO).reply)[-1] == say.READBACK_ASK.key
    assert keys(after(OPEN, MUMBLED, *noes(PROTOCOL), YES, Correction.TO_NO).reply) == [say.WAS_ANY_OF_IT.key]


# --- Several acts in one turn


def test_a_denial_a_report_and_a_duration_in_one_breath_all_count() -> None:
    session, reply = after(OPEN, (deny("chest_pain"), report("fever"), Lasted(60)))
    known = assess(PROTOCOL, session.answers)
    assert known.absent == {"chest_pain"}
    assert {id_ for reason in known.reasons for id_ in reason.findings} == {"fever", "persistent"}
    assert len(session.answers) == 1
    assert keys(reply)[-1] == say.finding(FindingId("short_of_breath"), "ask").key


def test_what_is_named_present_counts_where_the_same_breath_denies_it() -> None:
    assert keys(after(OPEN, (deny("chest_pain"), report("chest_pain"))).reply)[0] == EMERGENCY


def test_a_no_beside_a_denial_answers_the_question_and_beside_a_report_it_does_not() -> None:
    assert absent(after(OPEN, (NO, deny("fever"))).session) == {*FIRST.finding_ids, "fever"}
    assert absent(after(OPEN, (NO, report("fever"))).session) == frozenset()


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ((NO, YES), YES),
        ((NO, SOFT_NO), SOFT_NO),
        ((SOFT_NO, UNSURE), UNSURE),
        ((UNSURE, YES), YES),
        ((NO, UNSURE), UNSURE),
    ],
)
def test_of_two_answers_the_more_urgent_one_counts(answers: tuple[Answer, Answer], counts: Answer) -> None:
    session = after(OPEN).session
    assert do(session, answers) == do(session, answers[::-1]) == do(session, counts)


def test_of_two_calls_the_crisis_counts_then_the_emergency() -> None:
    session = after(OPEN).session
    for calls in itertools.permutations(Call):
        assert do(session, calls) == do(session, Call.CRISIS)
    assert do(session, (Call.DISTRESS, Call.EMERGENCY)) == do(session, Call.EMERGENCY)


def test_the_longest_duration_and_the_worse_trend_count() -> None:
    session = after(OPEN, (Lasted(60), Lasted(1), Trend.BETTER, Trend.WORSE)).session
    confirmed = {id_ for reason in assess(PROTOCOL, session.answers).reasons for id_ in reason.findings}
    assert confirmed == {"persistent", "getting_worse"}


def test_time_does_not_confirm_what_getting_better_denied_also_where_a_no_had_denied_it() -> None:
    session = after(*ALL_NO, Trend.BETTER, Lasted(90)).session
    assert assess(PROTOCOL, session.answers).level is Level.SELF_CARE


# --- Finding one's way


@pytest.mark.parametrize("done", [report("fever"), report("child"), Lasted(1), Trend.BETTER, deny(ONE)], ids=repr)
def test_whoever_begins_in_the_middle_hears_the_emergency_sentence_before_the_first_question(done: Act) -> None:
    said = keys(after(done).reply)
    assert said[-3:-1] == [say.OPEN_NET.key, say.NOT_A_DOCTOR.key]


def test_why_gives_the_reason_of_the_question_and_puts_it_again() -> None:
    assert keys(after(OPEN, NO, Control.WHY).reply) == [say.question(SECOND.id, "why").key, ask(SECOND)]


def test_help_says_where_we_are_what_can_be_said_and_asks_again(words: Catalogue) -> None:
    reply = after(OPEN, NO, NO, Control.HELP).reply
    assert words.text(reply.say).startswith("This is question 3 of ten at most. You can say yes, no, not sure,")
    assert keys(reply)[-1] == ask(THIRD)


def test_back_undoes_the_last_answer_and_the_question_is_put_again() -> None:
    session, reply = after(OPEN, NO, NO, BACK)
    assert keys(reply) == [say.GOING_BACK.key, ask(SECOND)]
    assert len(session.answers) == 1


def test_back_with_nothing_to_undo_says_so() -> None:
    assert keys(after(OPEN, BACK).reply) == [say.NOTHING_TO_TAKE_BACK.key, ask(FIRST)]


@pytest.mark.parametrize("path", [DOCTOR, DOCTOR_TODAY, HOME_CARE], ids=["doctor", "doctor today", "home care"])
def test_back_after_the_disposition_puts_the_last_question_again(path: Turns) -> None:
    session = after(*path).session
    undone, reply = do(session, BACK)
    asked = session.answers[-1].question
    assert asked
    assert keys(reply)[-1] == say.question(asked, "ask").key
    assert undone.answers == session.answers[:-1]


@pytest.mark.parametrize("control", [BACK, STOP, REPEAT, Control.RESTART])
@pytest.mark.parametrize("beside", [YES, NO])
def test_what_is_asked_of_the_guide_beside_a_yes_or_a_no_is_what_is_meant(control: Control, beside: Answer) -> None:
    session = after(OPEN, NO).session
    assert do(session, (beside, control)) == do(session, control)


def test_a_correction_that_raises_the_level_acts_at_once() -> None:
    assert keys(after(OPEN, NO, Correction.TO_YES).reply)[0] == EMERGENCY
    assert keys(after(*HOME_CARE, Correction.TO_YES).reply)[0] == SEE_DOCTOR
    assert keys(after(OPEN, SOFT_NO, NO, Correction.TO_YES).reply)[0] == EMERGENCY


def test_a_correction_of_one_of_several_is_about_that_one_alone() -> None:
    session = after(OPEN, MISSED, MISSED, NO, Correction.TO_YES).session
    (reason,) = assess(PROTOCOL, session.answers).reasons
    assert reason.findings == (ONE,)


def test_i_meant_yes_with_nothing_to_correct_is_a_yes() -> None:
    assert keys(after(OPEN, Correction.TO_YES).reply)[0] == EMERGENCY


def test_i_meant_no_takes_a_yes_back_and_is_never_a_silent_no() -> None:
    session = after(*DOCTOR_TODAY, Correction.TO_NO).session
    assert assess(PROTOCOL, session.answers).level is Level.SELF_CARE
    session, reply = after(OPEN, NO, Correction.TO_NO)
    assert len(session.answers) == 1
    assert keys(reply) == [ask(SECOND)]


def test_stop_carries_the_emergency_sentence_until_the_emergencies_are_cleared() -> None:
    assert keys(after(*CLEARED[:-1], STOP).reply) == [say.LEAVE_OPEN.key, say.NET.key]
    assert keys(after(*CLEARED, STOP).reply) == [say.LEAVE_CLEARED.key]


def test_restart_forgets_every_answer() -> None:
    session, reply = after(*DOCTOR, Control.RESTART)
    assert session.answers == ()
    assert keys(reply) == [say.START_AGAIN.key, ask(FIRST)]


def test_an_answer_that_changes_nothing_is_not_kept() -> None:
    session = after(*CLEARED).session
    for done in (deny(ONE), deny(ONE), report("child"), report("child"), Lasted(1), Lasted(1)):
        session = do(session, done).session
    assert len(session.answers) == len(CLEARED[1:]) + 3


# --- Cards


def test_every_disposition_has_a_card_and_no_question_has_one() -> None:
    replies = {path: after(*turns).reply for path, turns in PATHS.items()}
    told = {"home care", "doctor", "doctor today", "better", "no better"}
    assert {path for path, reply in replies.items() if reply.card} == told
    assert {path for path, reply in replies.items() if reply.disposition is not None} == told


def test_a_doctor_card_holds_every_reason_at_any_level(words: Catalogue) -> None:
    card = after(OPEN, report("night_pain"), report("fever"), *noes(PROTOCOL, Level.DOCTOR_TODAY), NO).reply.card
    assert card
    text = " ".join(words.text(paragraph) for paragraph in card.paragraphs)
    assert "You told me about pain that rest does not ease, and fever or chills." in text
