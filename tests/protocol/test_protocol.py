"""The protocol holds every finding of the clinical ground, and its checker finds every kind of fault."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from skill.protocol.check import faults
from skill.protocol.model import FindingId, Ground, Level, Protocol, Question
from skill.protocol.sources import ARTICLE, OWN
from skill.protocol.upper_back import (
    CHEST_PAIN,
    FEVER,
    FEVER_AND_NEEDLES,
    HEART_LUNGS,
    HEART_SIGNS,
    INFECTION_LUNG,
    KEEP_STILL,
    UPPER_BACK,
    WEIGHT_LOSS,
)

# The clinical ground, section 2: the level of each finding, and whether the article itself names it.
GROUND = {
    "chest_pain": (Level.EMERGENCY, Ground.FLOOR),
    "short_of_breath": (Level.EMERGENCY, Ground.FLOOR),
    "sweating": (Level.EMERGENCY, Ground.FLOOR),
    "jaw_pain": (Level.EMERGENCY, Ground.FLOOR),
    "nausea": (Level.EMERGENCY, Ground.FLOOR),
    "sudden_tearing": (Level.EMERGENCY, Ground.BEYOND),
    "fainting": (Level.EMERGENCY, Ground.BEYOND),
    "weakness": (Level.EMERGENCY, Ground.FLOOR),
    "numbness_tingling": (Level.EMERGENCY, Ground.FLOOR),
    "bowel_bladder": (Level.EMERGENCY, Ground.FLOOR),
    "injury": (Level.EMERGENCY, Ground.FLOOR),
    "coughing_blood": (Level.EMERGENCY, Ground.BEYOND),
    "pain_on_breathing": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "cancer_history": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "fever": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "bone_or_immune_risk": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "injects_drugs": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "weight_loss": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "night_pain": (Level.DOCTOR_TODAY, Ground.BEYOND),
    "severe_limiting": (Level.DOCTOR, Ground.FLOOR),
    "getting_worse": (Level.DOCTOR, Ground.FLOOR),
    "not_improving": (Level.DOCTOR, Ground.FLOOR),
    "persistent": (Level.DOCTOR, Ground.FLOOR),
}


# The same, section 2b: what is only listened for, and what is more urgent together.
LISTENED = {
    "known_aorta": Level.EMERGENCY,
    "stroke_signs": Level.EMERGENCY,
    "harmed_by_someone": Level.EMERGENCY,
    "leg_swelling": Level.DOCTOR_TODAY,
    "shape_or_lump": Level.DOCTOR_TODAY,
    "worse_on_straining": Level.DOCTOR_TODAY,
    "rash_blisters": Level.DOCTOR_TODAY,
    "belly_pain": Level.DOCTOR_TODAY,
    "throbbing_belly": Level.DOCTOR_TODAY,
    "clot_risk": Level.SELF_CARE,
    "band_pain": Level.SELF_CARE,
    "headache_or_sight": Level.SELF_CARE,
    "blood_thinner": Level.SELF_CARE,
}
TOGETHER = {
    ("pain_on_breathing", "leg_swelling"),
    ("pain_on_breathing", "clot_risk"),
    ("fever", "injects_drugs"),
    ("cancer_history", "band_pain"),
    ("throbbing_belly", "belly_pain"),  # beyond the clinical ground: of two readings the more urgent one
    ("throbbing_belly", "severe_limiting"),
    ("pregnancy", "belly_pain"),
    ("pregnancy", "throbbing_belly"),
    ("pregnancy", "headache_or_sight"),
}


def test_what_is_listened_for_has_the_level_of_the_clinical_ground() -> None:
    assert {finding.id: finding.level for finding in UPPER_BACK.listened} == LISTENED


def test_the_combinations_are_those_of_the_clinical_ground() -> None:
    pairs = {
        tuple(finding.id for finding in pair)
        for combined in UPPER_BACK.combinations
        for pair in product(*combined.when)
    }
    assert pairs == TOGETHER
    assert {combined.level for combined in UPPER_BACK.combinations} == {Level.EMERGENCY}


def test_in_britain_home_care_comes_with_a_doctor() -> None:
    assert UPPER_BACK.of_region("GB").least is Level.DOCTOR
    assert UPPER_BACK.of_region("US") is UPPER_BACK


def test_every_source_has_an_address_and_a_day_or_is_our_own() -> None:
    findings = {source for finding in UPPER_BACK.finding.values() for source in finding.sources}
    used = findings | {source for combined in UPPER_BACK.combinations for source in combined.sources}
    used |= {source for region in UPPER_BACK.regions for source in region.sources}
    assert len(used) > 15
    assert all(source in OWN or (source.address.startswith("https://") and source.read) for source in used)


def test_every_finding_of_the_clinical_ground_is_there_at_its_level() -> None:
    assert {finding.id: (finding.level, finding.ground) for finding in UPPER_BACK.findings} == GROUND


def test_the_protocol_has_no_fault() -> None:
    assert faults(UPPER_BACK) == []


def test_heart_and_lungs_come_first_then_nerves_then_injury_then_the_doctor() -> None:
    assert [question.id for question in UPPER_BACK.questions] == [
        *("heart_lungs", "heart_signs", "sudden_signs", "nerves", "bladder_injury"),
        *("infection_lung", "history", "weight_night", "severity", "duration"),
    ]


UNKNOWN = replace(FEVER, id=FindingId("ufo"))


def with_question(question: Question, **changes: Any) -> Protocol:
    """Return the protocol with one question changed."""
    changed = [replace(asked, **changes) if asked is question else asked for asked in UPPER_BACK.questions]
    return replace(UPPER_BACK, questions=tuple(changed))


def with_chest_pain(**changes: Any) -> Protocol:
    """Return the protocol with chest pain changed wherever it stands."""
    finding = replace(CHEST_PAIN, **changes)
    asked = replace(HEART_LUNGS, findings=(finding, *HEART_LUNGS.findings[1:]))
    return replace(
        UPPER_BACK,
        findings=(finding, *UPPER_BACK.findings[1:]),
        questions=(asked, *UPPER_BACK.questions[1:]),
        instructions=(),
    )


def with_needles(**changes: Any) -> Protocol:
    """Return the protocol with the combination of fever and needles changed."""
    changed = [
        replace(combined, **changes) if combined is FEVER_AND_NEEDLES else combined
        for combined in UPPER_BACK.combinations
    ]
    return replace(UPPER_BACK, combinations=tuple(changed))


BROKEN = {
    "a finding twice": (replace(UPPER_BACK, findings=(*UPPER_BACK.findings, CHEST_PAIN)), "2 findings have this id"),
    "a finding without a source": (with_chest_pain(sources=()), "no source"),
    "an article finding that does not name it": (with_chest_pain(sources=FEVER.sources), "add ARTICLE"),
    "a finding of home care": (with_chest_pain(level=Level.SELF_CARE), "cannot lead to home care"),
    "a finding without a description": (with_chest_pain(description=""), "no description"),
    "a finding nobody asks about": (replace(UPPER_BACK, questions=UPPER_BACK.questions[1:]), "0 questions ask"),
    "eleven questions": (replace(UPPER_BACK, questions=(*UPPER_BACK.questions, HEART_SIGNS)), "11 are too many"),
    "a question twice": (replace(UPPER_BACK, questions=(*UPPER_BACK.questions, HEART_SIGNS)), "2 questions have"),
    "one finding in a question": (with_question(HEART_LUNGS, findings=(CHEST_PAIN,)), "group two or three"),
    "an unknown finding": (with_question(HEART_LUNGS, findings=(CHEST_PAIN, UNKNOWN)), "ufo is not one of"),
    "two levels": (with_question(HEART_LUNGS, findings=(CHEST_PAIN, FEVER)), "several levels"),
    "no rationale": (with_question(HEART_LUNGS, rationale=""), "no rationale"),
    "unsure on an emergency as no": (with_question(HEART_LUNGS, unsure_counts_as_yes=False), "has to count as yes"),
    "a mild question first": (replace(UPPER_BACK, questions=(INFECTION_LUNG, HEART_LUNGS)), "more urgent than"),
    "an instruction twice": (replace(UPPER_BACK, instructions=(KEEP_STILL, KEEP_STILL)), "2 instructions have"),
    "an instruction without a source": (
        replace(UPPER_BACK, instructions=(replace(KEEP_STILL, sources=()),)),
        "no source",
    ),
    "an instruction for nothing": (replace(UPPER_BACK, instructions=(replace(KEEP_STILL, when=()),)), "never or"),
    "an instruction at another level": (
        replace(UPPER_BACK, instructions=(replace(KEEP_STILL, when=((WEIGHT_LOSS,),)),)),
        "leads to another level",
    ),
    "an instruction for an unknown finding": (
        replace(UPPER_BACK, instructions=(replace(KEEP_STILL, when=((UNKNOWN,),)),)),
        "ufo is not one of",
    ),
    "a combination twice": (
        replace(UPPER_BACK, combinations=(FEVER_AND_NEEDLES, FEVER_AND_NEEDLES)),
        "2 combinations have this id",
    ),
    "a combination of one": (with_needles(when=((FEVER,),)), "2 groups of findings or more"),
    "a combination without a source": (with_needles(sources=()), "no source"),
    "a combination without a rationale": (with_needles(rationale=""), "no rationale"),
    "a combination of an unknown finding": (with_needles(when=((FEVER,), (UNKNOWN,))), "ufo is not one of"),
    "a finding that comes to nothing": (replace(UPPER_BACK, combinations=()), "nothing comes of it"),
    "a region that raises nothing": (
        replace(UPPER_BACK, regions=(replace(UPPER_BACK.regions[0], least=Level.SELF_CARE),)),
        "raises nothing",
    ),
    "a source without a day": (with_needles(sources=(replace(ARTICLE, read=""),)), "no day on which it was read"),
    "a source without an address": (with_needles(sources=(replace(ARTICLE, address=""),)), "no address"),
    "time denies an emergency": (replace(UPPER_BACK, denied_when_improving=(CHEST_PAIN,)), "cannot be denied"),
    "time settles an unknown finding": (
        replace(UPPER_BACK, confirmed_when_worsening=(UNKNOWN,)),
        "ufo is not one of",
    ),
}


@pytest.mark.parametrize(("protocol", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_named_with_its_remedy(protocol: Protocol, sentence: str) -> None:
    assert any(sentence in fault for fault in faults(protocol)), faults(protocol)


def test_all_faults_are_reported_at_once() -> None:
    broken = replace(with_chest_pain(sources=(), description=""), confirmed_when_worsening=(UNKNOWN,))
    assert len(faults(broken)) >= 3


def test_the_article_is_the_first_source_of_every_finding_that_it_names() -> None:
    named = [finding for finding in UPPER_BACK.findings if finding.ground is Ground.FLOOR]
    assert named
    assert all(finding.sources[0] is ARTICLE for finding in named)
