"""English words by which something is found inside an utterance that fits no sample. Data; ``spotting.py`` reads it.

``CUES`` and ``CALLS`` hold alternatives: of each part one word has to stand in the clause, ``*`` is any ending.
"""

import re

_ADVERBS = re.compile(
    r"\b(?:really|real|very|so|kinda|kind of|sort of|sorta|pretty|awful|awfully|quite|a bit of|a bit|a little bit|a little"
    r"|some|right now|now|always|all|definitely|for sure|i guess|i think|i suppose|sometimes|somewhat|super|been|also"
    r"|starting to|started to|tends? to|plumb|mighty|a lot of|lots of) ?"
)
NO = frozenset({"no", "nope", "nah", "naw", "know"})
YES = frozenset({"yes", "yeah", "yep", "yup", "yessir", "yea", "yah", "uhhuh", "mhm", "absolutely", "indeed"})
DENIES = NO | frozenset(
    {
        *(
            "not",
            "never",
            "none",
            "without",
            "neither",
            "nor",
            "nothing",
            "nothings",
            "nobody",
            "dont",
            "doesnt",
            "didnt",
            "isnt",
            "arent",
        ),
        *("wasnt", "werent", "havent", "hasnt", "hadnt", "aint", "cant", "cannot", "couldnt", "wont", "wouldnt"),
    }
)
"""Words that deny what follows them."""

BREAKS = frozenset(
    {
        *("but", "just", "only", "though", "although", "however", "except", "well", "wait", "actually", "and", "cause"),
        *("because", "unless", "then", "otherwise", "still", "yet", "besides", "instead"),
    }
)
"""Words after which a denial before them no longer holds."""

ASKS = frozenset(
    {"what", "whats", "how", "hows", "can", "could", "should", "would", "does", "do", "is", "are", "will"}
) | {
    *("when", "why", "tell", "where", "wheres", "who", "any", "explain", "talk", "which", "may", "am", "so", "about"),
}
"""Words with which a question about care begins."""

HARMLESS = DENIES - {"cant", "cannot", "couldnt", "wont", "without", "wouldnt", "know"} | frozenset(
    {
        *(
            "i",
            "im",
            "ive",
            "a",
            "an",
            "the",
            "any",
            "of",
            "those",
            "that",
            "thats",
            "them",
            "these",
            "this",
            "it",
            "its",
        ),
        *(
            "or",
            "do",
            "does",
            "did",
            "have",
            "has",
            "had",
            "having",
            "got",
            "get",
            "am",
            "is",
            "are",
            "was",
            "sir",
            "maam",
        ),
        *("thank", "thanks", "you", "god", "goodness", "lord", "at", "all", "like", "either", "feel", "feeling", "to"),
        *("with", "me", "anything", "whatsoever", "thankfully", "luckily", "fortunately", "absolutely", "definitely"),
        *(
            "certainly",
            "course",
            "way",
            "there",
            "theres",
            "been",
            "one",
            "ones",
            "both",
            "dear",
            "honey",
            "oh",
            "in",
            "on",
        ),
        *("my", "mine", "things", "thing", "stuff", "sort", "problem", "problems", "symptoms", "single", "bit", "even"),
    }
)
"""Words that hold no finding. An answer is a no, and a finding is denied, only where all words are of these."""

AFFIRMS = frozenset(
    {"do", "did", "does", "have", "has", "had", "having", "am", "is", "are", "was", "got", "get", "feel", "im", "ive"}
)
"""Verbs that say yes where no "don't" or "not" stands before them."""

DANGLING = frozenset(
    {"i", "im", "ive", "my", "the", "a", "an", "its", "to", "of", "with", "in", "on", "or", "not", "like", "any"}
)
"""Words with which no sentence ends: what should follow was not heard."""

DOUBTS = (
    *("not sure", "aint sure", "isnt sure", "dunno", "no idea", "no clue", "maybe", "might", "could be", "possibly"),
    *("perhaps", "hard to say", "hard to tell", "depends", "dont know", "dont rightly know", "couldnt say", "cant say"),
    *("couldnt tell", "cant tell", "dont think", "hope not", "who knows", "not really", "cant remember", "beats me"),
    *("wouldnt say", "not exactly", "not particularly", "not especially", "probably not", "not that i", "tough to say"),
)
"""Words of doubt: what is said with them is asked once more."""

SOMEWHAT = (
    *("a little", "a bit", "a tad", "a touch", "a smidge", "sometimes", "now and then", "now and again", "on and off"),
    *("off and on", "comes and goes", "once in a while", "every so often", "from time to time", "occasionally", "i do"),
    *(
        "i have",
        "i am",
        "it does",
        "it did",
        "it is",
        "i did",
        "i have been",
        "i believe so",
        "i think so",
        "i reckon so",
    ),
    *("kind of", "kinda", "sort of", "sorta", "slightly", "a wee bit", "here and there", "at times"),
)
"""Words that say a small or an occasional yes."""


CUES = {
    "chest_pain": (
        (
            "chest|chess|breastbone|sternum|ribcage|ticker|heart hurt*|ach*|pain*|tight*|press*|heav*|squeez*|sore|burn*|weight|elephant"
            "|band|belt|crush*|sitting|vise|clamp*|weird|funny|fluttering|stab*|grip*"
        ),
    ),
    "short_of_breath": (
        "cant|cannot|couldnt|hardly|barely|hard|trouble|tough|struggl*|difficult* breath|breathe|breathing|air",
        "short|shallow|lose|losing|lost|catch|gasp*|run|out breath|breathing|air|wind",
        "winded|gasping|wheezing|huffing|puffing",
    ),
    "sweating": ("sweat*|drench*|clammy|soaked|perspir*|dripping",),
    "nausea": (
        "throw*|threw|puk*|barf*|vomit*|queasy|nause*|upchuck*|retch*|heav*|gag* up|stomach|tummy|puk*|barf*|vomit*|queasy|nause*|retch*|gag*",
        "stomach|tummy|belly sick|upset|turning|churn*|off|funny|sour|queasy|flip*|roll*",
        "barf*|nause*|queasy|puk*|vomit*",
    ),
    "jaw_pain": ("jaw|jawbone|teeth|tooth|chin hurt*|ach*|pain*|sore|tight*|up|into|to|goes|throb*|sting*|in",),
    "sudden_tearing": (
        "tear|tore|tearing|rip|ripped|ripping|torn pain*|felt|feel*|like|something|someone|sudden*|inside|back|muscle|apart|in",
        "sudden*|instantly|bam|boom|once|nowhere came|come|started|hit|began|struck|happened|on|pain*|went",
    ),
    "fainting": ("faint*|dizzy|woozy|lightheaded|swimmy|blackout|blacked|keel*|giddy", "pass*|black* out"),
    "coughing_blood": ("blood* cough*|spit*|phlegm|mucus|hack*|sputum|bring|brought|spat|up|in|out",),
    "weakness": (
        "weak*|drag*|wobbl*|limp|buckl*|floppy|jelly|rubber*|noodle*|unsteady arm|arms|leg|legs|hand|hands|foot|feet|knees|grip|limb*|walk*",
        "cant|cannot|couldnt|hardly|barely lift|raise|move|walk|stand|grip|hold|squeeze|pick",
        "drop|dropping|dropped things|stuff|cup*|everything|keys|dishes|plates",
        "stumbl*|stagger*|tripping|wobbly|drunk",
    ),
    "numbness_tingling": (
        (
            "numb*|tingl*|tingly|asleep|prickl*|dead|buzz*|fuzzy|ants|needles|pins|feeling|pinprick* arm|arms|leg|legs|hand|hands|foot|feet|finger*|toe*"
            "|groin|belly|stomach|chest|crotch|thigh*|skin|side|shoulder|bottom|saddle|elbow|face"
        ),
        "cant|cannot|lost|no feel|feeling arm|arms|leg|legs|hand|hands|foot|feet|finger*|toe*",
        "numb|tingling|tingly",
    ),
    "bowel_bladder": (
        "cant|cannot|couldnt|hard|trouble|slow|forever|strain*|struggl* pee|peeing|urinate|urinating|wee|go|water|tinkle|piss|stream|start*",
        "wet|wetting|peed|soiled|messed|pooped|leak*|dribbl* myself|bed|pants|undies|underwear|pee|urine|sheets|drawers|pad|little|self|some|when",
        "accident* bathroom|toilet|pants|bed|underwear|pee|bladder|bowel*",
        "lost|lose|losing|no control|bladder|bowel*",
        "didnt|dont|cant make bathroom|toilet|john|potty",
    ),
    "injury": (
        "fell|fall|felt|slipped|tripped|tumble*|crash*|wreck*|landed|spill off|down|out|over|on|stairs|ladder|ice|shower|bike|horse|roof|step*|back|bed|tub|floor|car",
        "hit|struck|kicked|punched|rear|banged|whacked|bumped|tackled|knocked me|back|car|ball|spine|it|my|door|deer",
        "accident|wreck|crash|whiplash|collision",
        "lift*|carr*|mov*|haul*|pull*|pick* heavy|box*|couch|sofa|furniture|groceries|something|weights|fridge|mattress|bag*",
        "hurt|injured|wrenched|twisted|tweaked|strained it|back|myself lifting|working|gardening|playing|gym|football|golf*|at",
    ),
    "fever": ("fever*|chills|shiver*|temperature|shakes",),
    "cancer_history": ("cancer|tumor|chemo|leukemia|lymphoma|melanoma|mastectomy|radiation",),
    "bone_or_immune_risk": (
        "osteoporosis|prednisone|steroid*|hiv|transplant|cortisone|osteopenia|methotrexate|humira",
        "brittle|thin|weak|soft bones",
        "shoot|inject* up|drugs|heroin|dope",
    ),
    "weight_loss": ("lost|losing|dropped|dropping|shed weight|pounds",),
    "night_pain": ("wakes|keeps|woke up|awake|night", "worse night|nighttime|bed|lying|laying|rest*"),
    "severe_limiting": (
        "cant|cannot|couldnt|unable|barely|hardly work|sleep|function|dress|cook|drive|anything|bed",
        "unbearable|excruciating|agony",
    ),
}
"""Words that make a finding when they stand together in one clause: one of each part. Alexa learns as much from the samples."""


CALLS = {
    "CrisisIntent": (
        "kill|killing|end|ending|harm|harming myself|life|it",
        "want|wanna|wish|wishing|wanting|rather|like|ready to|i|be|was|were die|dead|dying",
        "suicid*",
        "dont|not want|wanna live|alive|here|wake|waking|on",
        "pills|meds all|whole|bottle taking|take|took|swallow*|swallowed",
        "better off without|dead",
        "no point|reason|use living|live|alive",
    ),
    "EmergencyIntent": (
        "ambulance|paramedic*|emt|emts|squad call*|send*|get|need*|want|better|have|please",
        "911 call*|dial|phone|get|need",
        "nine one call*|dial|phone|get|need",
        "heart|stroke attack|stroke having|have",
        "i|im dying",
    ),
    "DistressIntent": ("somebody|someone|please|god|lord help|do me|something",),
}
"""Words that make a call for help when they stand together in an utterance."""

SUBJECTS = frozenset(
    {"i", "im", "ive", "my", "it", "its", "there", "theres", "the", "something", "somethings", "he", "she"}
)
"""Words with which a sentence of its own begins after a "no"."""


def without_adverbs(words: str) -> str:
    """Return normalized ``words`` without what only colours them, so that phrases inside can be found."""
    return " ".join(_ADVERBS.sub("", words).split())
