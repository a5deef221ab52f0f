"""The published texts that the protocol rests on. Each rule names the ones it uses.

``read`` is the day on which the text was read: in a stored copy of the page, or, where ``extract`` is true, only in the
extract of it that the project was given. A reviewer opens the address.
"""

from skill.protocol.model import Source

READ = "2026-11-29"

ARTICLE = Source(
    title="Upper back pain: diagnosis and treatment",
    publisher="Dignity Health",
    says="The floor: what needs emergency care, when to see a doctor, what helps at home.",
    address="https://www.dignityhealth.org/conditions-and-treatments/orthopedics/common-back-and-spine-injuries-and-conditions/upper-back-pain/diagnosis-and-treatment",
    read=READ,
)
SISTER_PAGE = Source(
    title="Expert diagnosis and care for upper back pain",
    publisher="Dignity Health",
    says="For the heart list, call 911 immediately.",
    address="https://www.dignityhealth.org/arizona/services/orthopedics/orthopedic-conditions/back-neck-spine-conditions/upper-back-pain",
    read=READ,
)
AHA = Source(
    title="Warning signs of a heart attack",
    publisher="American Heart Association",
    says="How people describe it: pressure, squeezing, fullness; cold sweat; jaw, neck or back; nausea.",
    address="https://www.heart.org/en/health-topics/heart-attack/warning-signs-of-a-heart-attack",
    read=READ,
    extract=True,
)
MAYO_HEART = Source(
    title="Heart attack: symptoms and causes",
    publisher="Mayo Clinic",
    says="Pain can spread to the jaw, the neck and the teeth.",
    address="https://www.mayoclinic.org/diseases-conditions/heart-attack/symptoms-causes/syc-20373106",
    read=READ,
    extract=True,
)
MAYO_BACK = Source(
    title="Back pain: when to see a doctor",
    publisher="Mayo Clinic",
    says="Fever, weight loss and pain at night want a doctor; no better after 72 hours of home care does too.",
    address="https://www.mayoclinic.org/symptoms/back-pain/basics/when-to-see-doctor/sym-20050878",
    read=READ,
    extract=True,
)
HSE_DISSECTION = Source(
    title="Symptoms: aortic dissection",
    publisher="HSE Ireland",
    says="Sudden severe pain in the chest, the upper back or the belly, also without tearing; fainting: call at once.",
    address="https://www2.hse.ie/conditions/aortic-dissection/symptoms-of-aortic-dissection",
    read=READ,
)
NHS_ANEURYSM = Source(
    title="Abdominal aortic aneurysm",
    publisher="NHS",
    says="Sudden, severe pain in the belly or the back: 999. A beat in the belly, belly pain that stays: see a doctor.",
    address="https://www.nhs.uk/conditions/abdominal-aortic-aneurysm/",
    read=READ,
)
IRAD = Source(
    title="The International Registry of Acute Aortic Dissection (IRAD), JAMA 2000;283:897",
    publisher="Hagan and others",
    says="Of 464 patients 84.8 % had an abrupt onset, 50.6 % a tearing pain: ask for sudden, not for tearing.",
    address="https://jamanetwork.com/journals/jama/fullarticle/192401",
    read=READ,
)
STROKE = Source(
    title="Stroke symptoms: F.A.S.T.",
    publisher="American Stroke Association",
    says="A face that droops, an arm that is weak, speech that is wrong: call at once.",
    address="https://www.stroke.org/en/about-stroke/stroke-symptoms",
    read=READ,
    extract=True,
)
NICE_NG234 = Source(
    title="Spinal metastases and metastatic spinal cord compression (NG234, 2023; replaces CG75)",
    publisher="NICE",
    says=(
        "With known cancer: pain in the back within 24 hours; pain like a band, or a weak or numb limb, or trouble"
        " walking or with the bladder, at once."
    ),
    address="https://www.nice.org.uk/guidance/ng234/chapter/recommendations",
    read=READ,
)
CAUDA_EQUINA = Source(
    title="Cauda equina syndrome",
    publisher="Nuffield Health; Sheffield Teaching Hospitals NHS",
    says="Numbness in the groin, or trouble starting, feeling or holding urine or stool: emergency.",
    address="https://www.nuffieldhealth.com/conditions/cauda-equina-syndrome",
    read=READ,
    extract=True,
)
NHS_EMBOLISM = Source(
    title="Pulmonary embolism",
    publisher="NHS",
    says=(
        "Pain that is worse on breathing in: see someone today; coughing up blood: emergency. Surgery, a long flight"
        " and bed rest raise the risk."
    ),
    address="https://www.nhs.uk/conditions/pulmonary-embolism/",
    read=READ,
    extract=True,
)
NHS_DVT = Source(
    title="Deep vein thrombosis (DVT)",
    publisher="NHS",
    says="One swollen, sore leg: today; with trouble in the chest or breath: 999.",
    address="https://www.nhs.uk/conditions/deep-vein-thrombosis-dvt/",
    read=READ,
    extract=True,
)
INFECTED_SPINE = Source(
    title="Emergent spinal MRI in IVDU patients presenting with back pain, doi 10.1007/s10140-017-1572-9",
    publisher="Emergency Radiology",
    says="Of 167 people who inject drugs and came with acute back pain, 39.5 % had an infected spine.",
    address="https://dx.doi.org/10.1007/s10140-017-1572-9",
    read=READ,
)
NHS_SHINGLES = Source(
    title="Shingles",
    publisher="NHS",
    says="A painful rash on one side: urgent; the medicine works best within three days.",
    address="https://www.nhs.uk/conditions/shingles/",
    read=READ,
)
NHS_PRE_ECLAMPSIA = Source(
    title="Pre-eclampsia",
    publisher="NHS",
    says="In a pregnancy a bad headache, trouble seeing, or pain below the ribs: get help at once.",
    address="https://www.nhs.uk/conditions/pre-eclampsia/",
    read=READ,
    extract=True,
)
PHYSIOPEDIA_THORACIC = Source(
    title="Thoracic back pain: red flags",
    publisher="Physiopedia",
    says="Osteoporosis, long-term steroids, a weak immune system and injected drugs raise the risk.",
    address="https://www.physio-pedia.com/Thoracic_Back_Pain_Red_Flags",
    read=READ,
    extract=True,
)
NHS_BACK = Source(
    title="Back pain",
    publisher="NHS",
    says=(
        "Urgent: fever, weight loss, a lump or a new shape, worse at night or not better with rest, worse on coughing,"
        " sneezing or the toilet, and pain between the shoulders."
    ),
    address="https://www.nhs.uk/conditions/back-pain/",
    read=READ,
)
NHS_111_WALES = Source(
    title="Back pain symptom checker",
    publisher="NHS 111 Wales",
    says="Pain that stops normal activities wants a doctor on its own.",
    address="https://111.wales.nhs.uk/SelfAssessments/symptomcheckers/BackPain.aspx",
    read=READ,
    extract=True,
)
DV_HOTLINE = Source(
    title="National Domestic Violence Hotline",
    publisher="The Hotline, US",
    says="1-800-799-7233, at any hour: for people who are hurt by a partner or somebody at home.",
    address="https://www.thehotline.org/",
    read=READ,
    extract=True,
)
NINDS = Source(
    title="Back pain",
    publisher="NINDS",
    says="Ice in a cloth for a short time, off for at least as long; heat afterwards; never asleep on either.",
    address="https://www.ninds.nih.gov/health-information/disorders/back-pain",
    read=READ,
    extract=True,
)
HEALTHWISE = Source(
    title="Back pain: care at home",
    publisher="Healthwise; UpToDate patient sheet",
    says="Packs for 15 to 20 minutes; a day or two of taking it easy, with short walks.",
    address="https://www.uptodate.com/contents/low-back-pain-in-adults-beyond-the-basics",
    read=READ,
    extract=True,
)
NHS_MEDICINE = Source(
    title="NSAIDs",
    publisher="NHS",
    says="Who should ask a pharmacist or doctor first; never two of them together.",
    address="https://www.nhs.uk/conditions/nsaids/",
    read=READ,
    extract=True,
)
STRETCHES = Source(
    title="Two stretches that need no picture",
    publisher="Upper Back Guide",
    says="Shoulder-blade squeeze, 8 slow repeats; backward shoulder rolls, 10; breathe; stop at more pain or tingling.",
)
SCOPE = Source(
    title="Scope of this guide",
    publisher="Upper Back Guide",
    says="Made for adults and for the upper and middle back; for anyone else a doctor or a nurse line decides.",
)
JUDGEMENT = Source(
    title="Own judgement",
    publisher="Upper Back Guide",
    says="No text for patients gives a level; of two readings the more urgent one is taken.",
)

OWN = (STRETCHES, SCOPE, JUDGEMENT)
"""What this project decided itself, and so has no address. A reviewer looks at these first."""
