"""Another guide: a made-up protocol of five questions with its own care, and words for it. Nobody should follow it."""

from dataclasses import replace

from skill.prompts import catalogue
from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.prompts.check import OWN_KEYS
from skill.protocol.care import Care, Step, Topic, TopicId
from skill.protocol.guide import Guide
from skill.protocol.model import Finding, FindingId, Ground, Level, Protocol, Question, QuestionId, Source

_MADE_UP = Source(
    title="Knees",
    publisher="Nobody",
    says="All of this is made up.",
    address="https://example.org/knees",
    read="2026-11-29",
)


def _finding(id_: str, level: Level) -> Finding:
    return Finding(id=FindingId(id_), level=level, ground=Ground.BEYOND, sources=(_MADE_UP,), description=f"Has {id_}")


def _question(id_: str, level: Level, *, unsure_counts_as_yes: bool = True) -> Question:
    return Question(
        id=QuestionId(id_),
        findings=(_finding(f"{id_}_one", level), _finding(f"{id_}_two", level)),
        unsure_counts_as_yes=unsure_counts_as_yes,
        rationale="Made up.",
    )


_QUESTIONS = (
    _question("bleeding", Level.EMERGENCY),
    _question("bone", Level.EMERGENCY),
    _question("swelling", Level.DOCTOR_TODAY),
    _question("locking", Level.DOCTOR),
    _question("clicking", Level.DOCTOR, unsure_counts_as_yes=False),
)

KNEE = Protocol(
    version="0.1.0",
    findings=tuple(finding for question in _QUESTIONS for finding in question.findings),
    questions=_QUESTIONS,
    instructions=(),
    durations=(),
    denied_when_improving=(),
    confirmed_when_worsening=(),
)

KNEE_GUIDE = Guide(
    protocol=KNEE,
    care=Care(
        topics=(
            Topic(id=TopicId("cushion"), parts=((), ()), fits=frozenset({Level.SELF_CARE})),
            Topic(
                id=TopicId("stairs"),
                parts=((),),
                fits=frozenset({Level.SELF_CARE, Level.DOCTOR}),
                not_with=(_QUESTIONS[2].findings[0],),
            ),
        ),
        steps=(Step(id="bend", sources=(_MADE_UP,)), Step(id="stretch", sources=(_MADE_UP,))),
    ),
)


def words() -> Catalogue:
    """Return words for the guide: those of US English that are about no protocol, and made-up ones for the rest."""
    english = catalogue.load("en-US")
    wanted = {prompt.key for prompt in say.every_prompt(KNEE_GUIDE)} | OWN_KEYS
    sentences = {key: english.sentences.get(key, (f"Made up for {key}.",)) for key in sorted(wanted)}
    return replace(english, locale="en-XX", sentences=sentences)
