"""THE protocol: which findings there are, how urgent each is, and in which order they are asked about.

Data only. The article in the hospital's words is the floor: no finding is less urgent here than it says. Where a
better-known reference is more urgent, that one is followed and named. No clinician has reviewed this yet; the sheet for
that review is ``docs/PROTOCOL.md``.
"""

from skill.protocol import sources as by
from skill.protocol.model import (
    Combination,
    CombinationId,
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
    Region,
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
    sources=(by.NHS_ANEURYSM, by.IRAD, by.HSE_DISSECTION),
    description=(
        "Came on suddenly and very badly, in the back or the belly, with or without a tear; not a mild pain that came"
        " with a movement"
    ),
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
    sources=(by.ARTICLE, by.NICE_NG234),
    description="Weakness in an arm or a leg, one limb is enough; unsteady walking",
)
NUMBNESS_TINGLING = Finding(
    id=FindingId("numbness_tingling"),
    level=Level.EMERGENCY,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE, by.CAUDA_EQUINA),
    description="Numbness or tingling in the arms, legs, stomach, chest or groin, or anywhere else in the body",
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
    sources=(by.NICE_NG234,),
    description="Has or has had cancer",
)
BONE_OR_IMMUNE_RISK = Finding(
    id=FindingId("bone_or_immune_risk"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.PHYSIOPEDIA_THORACIC,),
    description="Thin bones, long-term steroids, a weak immune system",
)
INJECTS_DRUGS = Finding(
    id=FindingId("injects_drugs"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.INFECTED_SPINE, by.PHYSIOPEDIA_THORACIC),
    description="Injects drugs, or has injected them",
)

WEIGHT_LOSS = Finding(
    id=FindingId("weight_loss"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK, by.MAYO_BACK),
    description="Losing weight without trying",
)
NIGHT_PAIN = Finding(
    id=FindingId("night_pain"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK, by.MAYO_BACK),
    description="Worse at night, or not eased by rest",
)
# A doctor.

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
    description="Home care was tried for three days or more, and no better (the article: a few days; Mayo: 72 hours)",
)
PERSISTENT = Finding(
    id=FindingId("persistent"),
    level=Level.DOCTOR,
    ground=Ground.FLOOR,
    sources=(by.ARTICLE,),
    description="More than three weeks of this pain, and not improving (the article: most pass within a few weeks)",
)

# Only listened for: they cost no question, and count whenever they are said.

KNOWN_AORTA = Finding(
    id=FindingId("known_aorta"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.JUDGEMENT, by.NHS_ANEURYSM),
    description="Has an aneurysm, Marfan or Ehlers-Danlos syndrome, or had surgery of the aorta",
)
STROKE_SIGNS = Finding(
    id=FindingId("stroke_signs"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.STROKE,),
    description="One side of the face droops or is numb; speech that is slurred or does not come",
)
HARMED_BY_SOMEONE = Finding(
    id=FindingId("harmed_by_someone"),
    level=Level.EMERGENCY,
    ground=Ground.BEYOND,
    sources=(by.JUDGEMENT, by.DV_HOTLINE),
    description="Somebody shoved, hit or otherwise hurt the person: an injury, and one sentence of care with it",
)
LEG_SWELLING = Finding(
    id=FindingId("leg_swelling"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_DVT, by.NHS_EMBOLISM),
    description="One leg is swollen, or a calf is sore",
)
SHAPE_OR_LUMP = Finding(
    id=FindingId("shape_or_lump"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK,),
    description="A lump or swelling in the back, or a back that has changed its shape",
)
WORSE_ON_STRAINING = Finding(
    id=FindingId("worse_on_straining"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_BACK,),
    description="Worse on coughing, sneezing or straining on the toilet; not on bending, lifting or slouching",
)
RASH_BLISTERS = Finding(
    id=FindingId("rash_blisters"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_SHINGLES,),
    description="A stripe of blisters or a burning rash",
)
BELLY_PAIN = Finding(
    id=FindingId("belly_pain"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_ANEURYSM, by.JUDGEMENT),
    description="Pain in the belly as well; where it is sudden and severe it is sudden_tearing",
)
THROBBING_BELLY = Finding(
    id=FindingId("throbbing_belly"),
    level=Level.DOCTOR_TODAY,
    ground=Ground.BEYOND,
    sources=(by.NHS_ANEURYSM,),
    description="A beat or throbbing in the belly",
)
CLOT_RISK = Finding(
    id=FindingId("clot_risk"),
    level=Level.SELF_CARE,
    ground=Ground.BEYOND,
    sources=(by.NHS_EMBOLISM,),
    description="Surgery, a long flight or drive, a cast, or days in bed, lately",
)
BAND_PAIN = Finding(
    id=FindingId("band_pain"),
    level=Level.SELF_CARE,
    ground=Ground.BEYOND,
    sources=(by.NICE_NG234,),
    description="Pain that runs round the trunk like a band or a belt",
)
HEADACHE_OR_SIGHT = Finding(
    id=FindingId("headache_or_sight"),
    level=Level.SELF_CARE,
    ground=Ground.BEYOND,
    sources=(by.NHS_PRE_ECLAMPSIA,),
    description="A bad headache, or trouble seeing: blurred, flashes, spots",
)
BLOOD_THINNER = Finding(
    id=FindingId("blood_thinner"),
    level=Level.SELF_CARE,
    ground=Ground.BEYOND,
    sources=(by.NHS_MEDICINE,),
    description="Takes a blood thinner: no level, but acknowledged, since a doctor has to know",
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
    findings=(CANCER_HISTORY, BONE_OR_IMMUNE_RISK, INJECTS_DRUGS),
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

BREATHING_AND_CLOT = Combination(
    id=CombinationId("breathing_and_clot"),
    level=Level.EMERGENCY,
    when=((PAIN_ON_BREATHING,), (LEG_SWELLING, CLOT_RISK)),
    sources=(by.NHS_EMBOLISM, by.NHS_DVT),
    rationale="Sharp pain on breathing in after what makes blood clot, or with a clot in a leg: a clot in the lung.",
)
FEVER_AND_NEEDLES = Combination(
    id=CombinationId("fever_and_needles"),
    level=Level.EMERGENCY,
    when=((FEVER,), (INJECTS_DRUGS,)),
    sources=(by.INFECTED_SPINE,),
    rationale="An infected spine is common here, and can press on the cord within hours.",
)
CANCER_AND_BAND = Combination(
    id=CombinationId("cancer_and_band"),
    level=Level.EMERGENCY,
    when=((CANCER_HISTORY,), (BAND_PAIN,)),
    sources=(by.NICE_NG234,),
    rationale="Pain like a band in somebody with cancer can be a pressed cord. With a nerve sign it is one by itself.",
)
BELLY_BEAT_AND_PAIN = Combination(
    id=CombinationId("belly_beat_and_pain"),
    level=Level.EMERGENCY,
    when=((THROBBING_BELLY,), (BELLY_PAIN, SEVERE_LIMITING)),
    sources=(by.NHS_ANEURYSM, by.JUDGEMENT),
    rationale="A beat in the belly with pain there, or with severe pain, can be an aneurysm that leaks.",
)
PREGNANCY_WARNING = Combination(
    id=CombinationId("pregnancy_warning"),
    level=Level.EMERGENCY,
    when=((PREGNANCY,), (BELLY_PAIN, THROBBING_BELLY, HEADACHE_OR_SIGHT)),
    sources=(by.NHS_PRE_ECLAMPSIA,),
    rationale="Pre-eclampsia can show as pain below the ribs or between the shoulders, a headache, or trouble seeing.",
)

DO_NOT_DRIVE = Instruction(
    id=InstructionId("do_not_drive"),
    level=Level.EMERGENCY,
    when=(
        (
            *HEART_LUNG_OR_VESSEL,
            KNOWN_AORTA,
            STROKE_SIGNS,
            PAIN_ON_BREATHING,
            THROBBING_BELLY,
            PREGNANCY,
            INJECTS_DRUGS,
        ),
    ),
    sources=(by.SISTER_PAGE, by.AHA),
)
KEEP_STILL = Instruction(
    id=InstructionId("keep_still"),
    level=Level.EMERGENCY,
    when=((INJURY, HARMED_BY_SOMEONE, BAND_PAIN), (*NERVE, CANCER_HISTORY)),
    sources=(by.ARTICLE, by.NICE_NG234),
)
ARE_YOU_SAFE = Instruction(
    id=InstructionId("are_you_safe"),
    level=Level.EMERGENCY,
    when=((HARMED_BY_SOMEONE,),),
    sources=(by.DV_HOTLINE, by.JUDGEMENT),
)

HOME_CARE_TRIAL_DAYS = 3
"""Home care is given this long before "no better" wants a doctor: 72 hours, from Mayo; the article says a few days."""

USUAL_COURSE_DAYS = 21
"""Most cases pass within this time: the article's "a few weeks", read as three."""

UPPER_BACK = Protocol(
    version="1.1.0",
    dated="2026-11-29",
    owner="The maintainers of Upper Back Guide; no clinician has taken it over yet",
    review_due="2027-05-29",
    changes=(
        "Sudden, very bad pain is an emergency also without a tear (it was asked for with the tear).",
        "Weight loss and pain at night are for a doctor today (they were for a doctor in the next days).",
        "Injected drugs are a finding of their own, and with fever an emergency.",
        "Thirteen findings are listened for and never asked about, three of them emergencies.",
        "Five combinations are emergencies, though none of their findings is one alone.",
        "A known shorter time rules out that home care failed and that the pain lasts; said again it is asked by name.",
        "In Britain an interview in which nothing was found ends with a doctor and home care.",
    ),
    findings=(
        *(CHEST_PAIN, SHORT_OF_BREATH, SWEATING, NAUSEA, JAW_PAIN, SUDDEN_TEARING, FAINTING, COUGHING_BLOOD),
        *(WEAKNESS, NUMBNESS_TINGLING, BOWEL_BLADDER, INJURY),
        *(FEVER, PAIN_ON_BREATHING, CANCER_HISTORY, BONE_OR_IMMUNE_RISK, INJECTS_DRUGS),
        *(WEIGHT_LOSS, NIGHT_PAIN, SEVERE_LIMITING, GETTING_WORSE, NOT_IMPROVING, PERSISTENT),
    ),
    questions=(
        *(HEART_LUNGS, HEART_SIGNS, SUDDEN_SIGNS, NERVES, BLADDER_INJURY),
        *(INFECTION_LUNG, HISTORY, WEIGHT_NIGHT, SEVERITY, DURATION),
    ),
    instructions=(DO_NOT_DRIVE, KEEP_STILL, ARE_YOU_SAFE),
    durations=(
        DurationRule(shorter_than_days=HOME_CARE_TRIAL_DAYS, denies=(NOT_IMPROVING, PERSISTENT)),
        DurationRule(shorter_than_days=USUAL_COURSE_DAYS, denies=(PERSISTENT,)),
        DurationRule(longer_than_days=USUAL_COURSE_DAYS, confirms=(PERSISTENT,)),
    ),
    denied_when_improving=(GETTING_WORSE, NOT_IMPROVING, PERSISTENT),
    confirmed_when_worsening=(GETTING_WORSE,),
    confirmed_when_no_better=(NOT_IMPROVING,),
    denied_when_better=(NIGHT_PAIN, SEVERE_LIMITING, GETTING_WORSE, NOT_IMPROVING, PERSISTENT),
    settled_at_first_look=(CANCER_HISTORY, BONE_OR_IMMUNE_RISK, INJECTS_DRUGS, WEIGHT_LOSS),
    listened=(
        *(KNOWN_AORTA, STROKE_SIGNS, HARMED_BY_SOMEONE),
        *(LEG_SWELLING, SHAPE_OR_LUMP, WORSE_ON_STRAINING, RASH_BLISTERS, BELLY_PAIN, THROBBING_BELLY),
        *(CLOT_RISK, BAND_PAIN, HEADACHE_OR_SIGHT, BLOOD_THINNER),
    ),
    combinations=(BREATHING_AND_CLOT, FEVER_AND_NEEDLES, CANCER_AND_BAND, BELLY_BEAT_AND_PAIN, PREGNANCY_WARNING),
    acknowledged=frozenset({BLOOD_THINNER.id}),
    regions=(Region(codes=("GB",), least=Level.DOCTOR, sources=(by.NHS_BACK,)),),
    limits=(LOWER_BACK, NECK, CHILD, PREGNANCY),
)
