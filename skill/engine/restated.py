"""Says what many answers establish with a few: findings are kept, not turns, so a session stays small."""

from skill.acts import Answer
from skill.engine.triage import Assessment, Evidence
from skill.protocol.model import FindingId, Protocol


def restated(protocol: Protocol, assessment: Assessment) -> tuple[Evidence, ...]:
    """Return few answers that establish what ``assessment`` holds.

    The level, what is settled, what was denied by name, and what waits for a second answer are the same. Two things are
    lost: which findings one yes confirmed together, and the difference between a plain and a soft no to a question, so
    that the read-back names more findings one by one.
    """
    order = list(protocol.finding)
    confirmed = tuple(dict.fromkeys(id_ for reason in assessment.reasons for id_ in reason.findings))
    by_name = (assessment.denied_by_name & assessment.absent) - assessment.softly_absent
    reopened = assessment.denied_by_name - by_name - set(confirmed)
    others = assessment.absent - by_name - assessment.ruled_out

    def sorted_(ids: frozenset[FindingId]) -> tuple[FindingId, ...]:
        return tuple(sorted(ids, key=order.index))

    said = (
        Evidence(present=confirmed),
        Evidence(days=assessment.days, present=sorted_(assessment.contested)),
        Evidence(unclear=sorted_(assessment.half_heard)),
        *(Evidence(doubted=protocol.question[id_].ids[:1]) for id_ in sorted(assessment.unsure_once)),
        *(Evidence(question=id_, answer=Answer.SOFT_NO) for id_ in sorted(assessment.softly_once)),
        Evidence(absent=sorted_(assessment.denied_by_name), unclear=sorted_(reopened)),
        Evidence(softly_absent=sorted_(others)),
    )
    return tuple(evidence for evidence in said if evidence.settles)
