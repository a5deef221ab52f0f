"""THE protocol: which findings there are, how urgent each is, and in which order they are asked about.

Data only. The article in the hospital's words is the floor: no finding is less urgent here than it says. Where a
better-known reference is more urgent, that one is followed and named. No clinician has reviewed this yet; the sheet for
that review is ``docs/PROTOCOL.md``.
"""

from skill.protocol import sources as by
from skill.protocol.model import (
    DurationRule,
    Finding,
    FindingId,
    Ground,
    Instruction,
    InstructionId,
    Level,
    Protocol,
    Question,
    QuestionId,
)

# Heart, lungs and the great vessel.

CHEST_PAIN = Finding(
    id=FindingId("chest_pain"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.SISTER_PAGE, by.AHA),
    description="Chest pain, pressure, tightness, heaviness or squeezing",
)
SHORT_OF_BREATH = Finding(
    id=FindingId("short_of_breath"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.AHA),
    description="Shortness of breath, trouble breathing",
)
SWEATING = Finding(
    id=FindingId("sweating"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.AHA),
    description="Sweating more than expected, cold sweat",
)
NAUSEA = Finding(
    id=FindingId("nausea"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.AHA),
    description="Nausea or vomiting",
)
JAW_PAIN = Finding(
    id=FindingId("jaw_pain"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.MAYO_HEART),
    description="Pain in the jaw or teeth, or pain that spreads up into the neck",
)
SUDDEN_TEARING = Finding(
    id=FindingId("sudden_tearing"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.HSE_DISSECTION,),
    description="Sudden onset with a tearing or ripping quality",
)
FAINTING = Finding(
    id=FindingId("fainting"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.HSE_DISSECTION,),
    description="Fainted or nearly fainted with the pain",
)
COUGHING_BLOOD = Finding(
    id=FindingId("coughing_blood"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.NHS_EMBOLISM,),
    description="Coughing up blood",
)

# The spinal cord and its nerves; injury.

WEAKNESS = Finding(
    id=FindingId("weakness"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.NICE_CG75),
    description="Weakness in an arm or a leg, one limb is enough; unsteady walking",
)
NUMBNESS_TINGLING = Finding(
    id=FindingId("numbness_tingling"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.CAUDA_EQUINA),
    description="Numbness or tingling in the arms, legs, stomach, chest or groin",
)
BOWEL_BLADDER = Finding(
    id=FindingId("bowel_bladder"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.CAUDA_EQUINA),
    description="Lost control of bladder or bowels; trouble starting to pass urine",
)
INJURY = Finding(
    id=FindingId("injury"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="Began with a fall, an accident, a blow or another injury, of any size and any age",
)

# A doctor today.

PAIN_ON_BREATHING = Finding(
    id=FindingId("pain_on_breathing"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_EMBOLISM,),
    description="Sharp pain on breathing in",
)
FEVER = Finding(
    id=FindingId("fever"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.MAYO_BACK,),
    description="Fever or chills; 100.4 F (38 C) or more where it was measured",
)
CANCER_HISTORY = Finding(
    id=FindingId("cancer_history"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NICE_CG75,),
    description="Has or has had cancer",
)
BONE_OR_IMMUNE_RISK = Finding(
    id=FindingId("bone_or_immune_risk"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.PHYSIOPEDIA_THORACIC,),
    description="Thin bones, long-term steroids, a weak immune system, injected drugs",
)

# A doctor.

WEIGHT_LOSS = Finding(
    id=FindingId("weight_loss"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK, by.MAYO_BACK),
    description="Losing weight without trying",
)
NIGHT_PAIN = Finding(
    id=FindingId("night_pain"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK, by.MAYO_BACK),
    description="Worse at night, or not eased by rest",
)
SEVERE_LIMITING = Finding(
    id=FindingId("severe_limiting"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.NHS_111_WALES),
    description="So severe that it stops or limits normal activities; either alone is enough",
)
GETTING_WORSE = Finding(
    id=FindingId("getting_worse"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="Getting worse over time",
)
NOT_IMPROVING = Finding(
    id=FindingId("not_improving"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.MAYO_BACK),
    description="Three days or more of home care and no better (the article: a few days; 72 hours from Mayo)",
)
PERSISTENT = Finding(
    id=FindingId("persistent"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="More than three weeks and not improving (the article: most pass within a few weeks)",
)

# Whom and where this guide is not made for.

LOWER_BACK = Finding(
    id=FindingId("lower_back"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The pain is in the lower back, below the ribs",
)
NECK = Finding(
    id=FindingId("neck"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The pain is in the neck alone; pain that climbs into the neck is jaw_pain",
)
CHILD = Finding(
    id=FindingId("child"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The person with the pain is under 18",
)
PREGNANCY = Finding(
    id=FindingId("pregnancy"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The person with the pain is pregnant",
)

HEART_LUNGS = Question(
    id=QuestionId("heart_lungs"),
    findings=(CHEST_PAIN, SHORT_OF_BREATH),
    unsure_counts_as_yes=True,
    rationale="A heart attack, a collapsed lung or a torn aorta can be felt in the upper back. Minutes count: first.",
)
HEART_SIGNS = Question(
    id=QuestionId("heart_signs"),
    findings=(SWEATING, NAUSEA, JAW_PAIN),
    unsure_counts_as_yes=True,
    rationale="A heart attack without chest pain shows in these; the article lists each as an emergency.",
)
SUDDEN_SIGNS = Question(
    id=QuestionId("sudden_signs"),
    findings=(SUDDEN_TEARING, FAINTING, COUGHING_BLOOD),
    unsure_counts_as_yes=True,
    rationale="A tear in the aorta or a clot in the lung: rare, fast, and felt between the shoulder blades.",
)
NERVES = Question(
    id=QuestionId("nerves"),
    findings=(WEAKNESS, NUMBNESS_TINGLING),
    unsure_counts_as_yes=True,
    rationale="The spinal cord may be pressed. Hours decide whether strength comes back.",
)
BLADDER_INJURY = Question(
    id=QuestionId("bladder_injury"),
    findings=(BOWEL_BLADDER, INJURY),
    unsure_counts_as_yes=True,
    rationale="Pressed nerves at the end of the cord, or a broken vertebra. Asked last of the emergencies.",
)
INFECTION_LUNG = Question(
    id=QuestionId("infection_lung"),
    findings=(FEVER, PAIN_ON_BREATHING),
    unsure_counts_as_yes=True,
    rationale="An infection of spine or lung, or a clot in the lung that has not yet taken the breath away.",
)
HISTORY = Question(
    id=QuestionId("history"),
    findings=(CANCER_HISTORY, BONE_OR_IMMUNE_RISK),
    unsure_counts_as_yes=True,
    rationale="In these people a crushed or infected vertebra needs no injury, so the pain is seen the same day.",
)
WEIGHT_NIGHT = Question(
    id=QuestionId("weight_night"),
    findings=(WEIGHT_LOSS, NIGHT_PAIN),
    unsure_counts_as_yes=True,
    rationale="Strained muscles ease with rest. Pain that does not, or weight that falls, has another cause.",
)
SEVERITY = Question(
    id=QuestionId("severity"),
    findings=(SEVERE_LIMITING, GETTING_WORSE),
    unsure_counts_as_yes=True,
    rationale="The article sends severe, limiting or worsening pain to a doctor.",
)
DURATION = Question(
    id=QuestionId("duration"),
    findings=(NOT_IMPROVING, PERSISTENT),
    unsure_counts_as_yes=True,
    rationale="Most cases pass within a few weeks and ease within days of home care. Those that do not are examined.",
)

HEART_LUNG_OR_VESSEL = (
    CHEST_PAIN,
    SHORT_OF_BREATH,
    SWEATING,
    NAUSEA,
    JAW_PAIN,
    SUDDEN_TEARING,
    FAINTING,
    COUGHING_BLOOD,
)
NERVE = (WEAKNESS, NUMBNESS_TINGLING, BOWEL_BLADDER)

DO_NOT_DRIVE = Instruction(
    id=InstructionId("do_not_drive"),
    level=Level.EMERGENCY,
    when=(HEART_LUNG_OR_VESSEL,),
    sources=(by.SISTER_PAGE, by.AHA),
)
KEEP_STILL = Instruction(
    id=InstructionId("keep_still"),
    level=Level.EMERGENCY,
    when=((INJURY,), NERVE),
    sources=(by.ARTICLE,),
)

HOME_CARE_TRIAL_DAYS = 3
"""Home care is given this long before "no better" wants a doctor: 72 hours, from Mayo; the article says a few days."""

USUAL_COURSE_DAYS = 21
"""Most cases pass within this time: the article's "a few weeks", read as three."""

UPPER_BACK = Protocol(
    version="1.0.0",
    findings=(
        *(CHEST_PAIN, SHORT_OF_BREATH, SWEATING, NAUSEA, JAW_PAIN, SUDDEN_TEARING, FAINTING, COUGHING_BLOOD),
        *(WEAKNESS, NUMBNESS_TINGLING, BOWEL_BLADDER, INJURY),
        *(FEVER, PAIN_ON_BREATHING, CANCER_HISTORY, BONE_OR_IMMUNE_RISK),
        *(WEIGHT_LOSS, NIGHT_PAIN, SEVERE_LIMITING, GETTING_WORSE, NOT_IMPROVING, PERSISTENT),
    ),
    questions=(
        *(HEART_LUNGS, HEART_SIGNS, SUDDEN_SIGNS, NERVES, BLADDER_INJURY),
        *(INFECTION_LUNG, HISTORY, WEIGHT_NIGHT, SEVERITY, DURATION),
    ),
    instructions=(DO_NOT_DRIVE, KEEP_STILL),
    durations=(
        DurationRule(shorter_than_days=HOME_CARE_TRIAL_DAYS, denies=(NOT_IMPROVING, PERSISTENT)),
        DurationRule(shorter_than_days=USUAL_COURSE_DAYS, denies=(PERSISTENT,)),
        DurationRule(longer_than_days=USUAL_COURSE_DAYS, confirms=(PERSISTENT,)),
    ),
    denied_when_improving=(GETTING_WORSE, NOT_IMPROVING, PERSISTENT),
    confirmed_when_worsening=(GETTING_WORSE,),
    confirmed_when_no_better=(NOT_IMPROVING,),
    denied_when_better=(NIGHT_PAIN, SEVERE_LIMITING, GETTING_WORSE, NOT_IMPROVING, PERSISTENT),
    settled_at_first_look=(CANCER_HISTORY, BONE_OR_IMMUNE_RISK, WEIGHT_LOSS),
    limits=(LOWER_BACK, NECK, CHILD, PREGNANCY),
)
