"""The published texts that the protocol rests on. Each rule names the ones it uses."""

from skill.protocol.model import Source

ARTICLE = Source(
    title="Upper back pain",
    publisher="Dignity Health",
    says="The floor: what needs emergency care, when to see a doctor, what helps at home.",
)
SISTER_PAGE = Source(
    title="Heart attack: symptoms",
    publisher="Dignity Health",
    says="For the heart list, call 911 immediately.",
)
AHA = Source(
    title="Warning findings of a heart attack",
    publisher="American Heart Association",
    says="How people describe it: pressure, squeezing, fullness; cold sweat; jaw, neck or back; nausea.",
)
MAYO_HEART = Source(
    title="Heart attack: symptoms and causes",
    publisher="Mayo Clinic",
    says="Pain can spread to the jaw, the neck and the teeth.",
)
MAYO_BACK = Source(
    title="Back pain: when to see a doctor",
    publisher="Mayo Clinic",
    says="Fever, weight loss and pain at night want a doctor; no better after 72 hours of home care does too.",
)
HSE_DISSECTION = Source(
    title="Aortic dissection",
    publisher="HSE Ireland",
    says="Sudden, tearing pain in the chest or back, or fainting with it: emergency.",
)
NICE_CG75 = Source(
    title="Metastatic spinal cord compression (CG75)",
    publisher="NICE",
    says="Thoracic pain with known cancer: contact within 24 hours; limb weakness or trouble walking: at once.",
)
CAUDA_EQUINA = Source(
    title="Cauda equina syndrome",
    publisher="Nuffield Health; Sheffield Teaching Hospitals NHS",
    says="Numbness in the groin, or trouble starting, feeling or holding urine or stool: emergency.",
)
NHS_EMBOLISM = Source(
    title="Pulmonary embolism",
    publisher="NHS",
    says="Pain that is worse on breathing in: see someone today; coughing up blood: emergency.",
)
PHYSIOPEDIA_THORACIC = Source(
    title="Thoracic back pain: red flags",
    publisher="Physiopedia",
    says="Osteoporosis, long-term steroids, a weak immune system and injected drugs raise the risk.",
)
NHS_BACK = Source(
    title="Back pain",
    publisher="NHS",
    says="Weight loss without a reason, and pain that rest does not ease or that is worse at night, want a doctor.",
)
NHS_111_WALES = Source(
    title="Back pain symptom checker",
    publisher="NHS 111 Wales",
    says="Pain that stops normal activities wants a doctor on its own.",
)
NINDS = Source(
    title="Back pain",
    publisher="NINDS",
    says="Ice in a cloth for a short time, off for at least as long; heat afterwards; never asleep on either.",
)
HEALTHWISE = Source(
    title="Back pain: care at home",
    publisher="Healthwise; UpToDate patient sheet",
    says="Packs for 15 to 20 minutes; a day or two of taking it easy, with short walks.",
)
NHS_MEDICINE = Source(
    title="Anti-inflammatory medicines",
    publisher="NHS",
    says="Who should ask a pharmacist or doctor first; never two of them together.",
)
STRETCHES = Source(
    title="Two stretches that need no picture",
    publisher="Clinical ground of this project, section 6",
    says="Shoulder-blade squeeze, 8 slow repeats; backward shoulder rolls, 10; breathe; stop at more pain or tingling.",
)
SCOPE = Source(
    title="Scope of this guide",
    publisher="Upper Back Guide",
    says="Made for adults and for the upper and middle back; for anyone else a doctor or a nurse line decides.",
)
