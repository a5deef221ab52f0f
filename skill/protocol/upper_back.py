"""THE protocol: which signs there are, how urgent each is, and in which order they are asked about.

Data only. The article in the hospital's words is the floor: no sign is less urgent here than it says. Where a
better-known reference is more urgent, that one is followed and named. No clinician has reviewed this yet; the sheet for
that review is ``docs/PROTOCOL.md``.
"""

from skill.protocol import sources as by
from skill.protocol.model import (
    DurationRule,
    Ground,
    Instruction,
    InstructionId,
    Level,
    Protocol,
    Question,
    QuestionId,
    Sign,
    SignId,
)

# Heart, lungs and the great vessel.

CHEST_PAIN = Sign(
    id=SignId("chest_pain"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.SISTER_PAGE, by.AHA),
    description="Chest pain, pressure, tightness, heaviness or squeezing",
)
SHORT_OF_BREATH = Sign(
    id=SignId("short_of_breath"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.AHA),
    description="Shortness of breath, trouble breathing",
)
SWEATING = Sign(
    id=SignId("sweating"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.AHA),
    description="Sweating more than expected, cold sweat",
)
NAUSEA = Sign(
    id=SignId("nausea"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.AHA),
    description="Nausea or vomiting",
)
JAW_PAIN = Sign(
    id=SignId("jaw_pain"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.MAYO_HEART),
    description="Pain in the jaw or teeth, or pain that spreads up into the neck",
)
SUDDEN_TEARING = Sign(
    id=SignId("sudden_tearing"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.HSE_DISSECTION,),
    description="Sudden onset with a tearing or ripping quality",
)
FAINTING = Sign(
    id=SignId("fainting"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.HSE_DISSECTION,),
    description="Fainted or nearly fainted with the pain",
)
COUGHING_BLOOD = Sign(
    id=SignId("coughing_blood"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.NHS_EMBOLISM,),
    description="Coughing up blood",
)

# The spinal cord and its nerves; injury.

WEAKNESS = Sign(
    id=SignId("weakness"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.NICE_CG75),
    description="Weakness in an arm or a leg, one limb is enough; unsteady walking",
)
NUMBNESS_TINGLING = Sign(
    id=SignId("numbness_tingling"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.CAUDA_EQUINA),
    description="Numbness or tingling in the arms, legs, stomach, chest or groin",
)
BOWEL_BLADDER = Sign(
    id=SignId("bowel_bladder"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.CAUDA_EQUINA),
    description="Lost control of bladder or bowels; trouble starting to pass urine",
)
INJURY = Sign(
    id=SignId("injury"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="Began with a fall, an accident, a blow or another injury, of any size and any age",
)

# A doctor today.

PAIN_ON_BREATHING = Sign(
    id=SignId("pain_on_breathing"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_EMBOLISM,),
    description="Sharp pain on breathing in",
)
FEVER = Sign(
    id=SignId("fever"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.MAYO_BACK,),
    description="Fever or chills; 100.4 F (38 C) or more where it was measured",
)
CANCER_HISTORY = Sign(
    id=SignId("cancer_history"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NICE_CG75,),
    description="Has or has had cancer",
)
BONE_OR_IMMUNE_RISK = Sign(
    id=SignId("bone_or_immune_risk"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.PHYSIOPEDIA_THORACIC,),
    description="Thin bones, long-term steroids, a weak immune system, injected drugs",
)

# A doctor.

WEIGHT_LOSS = Sign(
    id=SignId("weight_loss"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK, by.MAYO_BACK),
    description="Losing weight without trying",
)
NIGHT_PAIN = Sign(
    id=SignId("night_pain"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK, by.MAYO_BACK),
    description="Worse at night, or not eased by rest",
)
SEVERE_LIMITING = Sign(
    id=SignId("severe_limiting"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.NHS_111_WALES),
    description="So severe that it stops or limits normal activities; either alone is enough",
)
GETTING_WORSE = Sign(
    id=SignId("getting_worse"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="Getting worse over time",
)
NOT_IMPROVING = Sign(
    id=SignId("not_improving"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.MAYO_BACK),
    description="Three days or more of home care and no better (the article: a few days; 72 hours from Mayo)",
)
PERSISTENT = Sign(
    id=SignId("persistent"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="More than three weeks and not improving (the article: most pass within a few weeks)",
)

# Whom and where this guide is not made for.

LOWER_BACK = Sign(
    id=SignId("lower_back"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The pain is in the lower back, below the ribs",
)
NECK = Sign(
    id=SignId("neck"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The pain is in the neck alone; pain that climbs into the neck is jaw_pain",
)
CHILD = Sign(
    id=SignId("child"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The person with the pain is under 18",
)
PREGNANCY = Sign(
    id=SignId("pregnancy"),
    level=Level.DOCTOR,
    ground=Ground.BEYOND,
    sources=(by.SCOPE,),
    description="The person with the pain is pregnant",
)

HEART_LUNGS = Question(
    id=QuestionId("heart_lungs"),
    signs=(CHEST_PAIN, SHORT_OF_BREATH),
    unsure_counts_as_yes=True,
    rationale="A heart attack, a collapsed lung or a torn aorta can be felt in the upper back. Minutes count: first.",
)
HEART_SIGNS = Question(
    id=QuestionId("heart_signs"),
    signs=(SWEATING, NAUSEA, JAW_PAIN),
    unsure_counts_as_yes=True,
    rationale="A heart attack without chest pain shows in these; the article lists each as an emergency.",
)
SUDDEN_SIGNS = Question(
    id=QuestionId("sudden_signs"),
    signs=(SUDDEN_TEARING, FAINTING, COUGHING_BLOOD),
    unsure_counts_as_yes=True,
    rationale="A tear in the aorta or a clot in the lung: rare, fast, and felt between the shoulder blades.",
)
NERVES = Question(
    id=QuestionId("nerves"),
    signs=(WEAKNESS, NUMBNESS_TINGLING),
    unsure_counts_as_yes=True,
    rationale="The spinal cord may be pressed. Hours decide whether strength comes back.",
)
BLADDER_INJURY = Question(
    id=QuestionId("bladder_injury"),
    signs=(BOWEL_BLADDER, INJURY),
    unsure_counts_as_yes=True,
    rationale="Pressed nerves at the end of the cord, or a broken vertebra. Asked last of the emergencies.",
)
INFECTION_LUNG = Question(
    id=QuestionId("infection_lung"),
    signs=(FEVER, PAIN_ON_BREATHING),
    unsure_counts_as_yes=True,
    rationale="An infection of spine or lung, or a clot in the lung that has not yet taken the breath away.",
)
HISTORY = Question(
    id=QuestionId("history"),
    signs=(CANCER_HISTORY, BONE_OR_IMMUNE_RISK),
    unsure_counts_as_yes=True,
    rationale="In these people a crushed or infected vertebra needs no injury, so the pain is seen the same day.",
)
WEIGHT_NIGHT = Question(
    id=QuestionId("weight_night"),
    signs=(WEIGHT_LOSS, NIGHT_PAIN),
    unsure_counts_as_yes=True,
    rationale="Strained muscles ease with rest. Pain that does not, or weight that falls, has another cause.",
)
SEVERITY = Question(
    id=QuestionId("severity"),
    signs=(SEVERE_LIMITING, GETTING_WORSE),
    unsure_counts_as_yes=True,
    rationale="The article sends severe, limiting or worsening pain to a doctor.",
)
DURATION = Question(
    id=QuestionId("duration"),
    signs=(NOT_IMPROVING, PERSISTENT),
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
    signs=(
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
    limits=(LOWER_BACK, NECK, CHILD, PREGNANCY),
)
