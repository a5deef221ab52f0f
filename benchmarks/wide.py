"""The skill with as many questions as the variable QUESTIONS says. Copied beside an artifact.

Questions beyond the protocol's own are copies of the last one, of its level, with signs of their own.
"""

import os
from dataclasses import replace

from skill.adapters.alexa import create
from skill.protocol.model import QuestionId, SignId
from skill.protocol.upper_back import UPPER_BACK

_wanted = int(os.environ["QUESTIONS"])
_questions = list(UPPER_BACK.questions[:_wanted])
_last = UPPER_BACK.questions[-1]
for _number in range(len(_questions), _wanted):
    _signs = tuple(replace(sign, id=SignId(f"{sign.id}_{_number}")) for sign in _last.signs)
    _questions.append(replace(_last, id=QuestionId(f"{_last.id}_{_number}"), signs=_signs))
_new = {sign.id: sign for question in _questions for sign in question.signs}

lambda_handler = create(
    {},
    replace(
        UPPER_BACK, questions=tuple(_questions), signs=tuple({**{s.id: s for s in UPPER_BACK.signs}, **_new}.values())
    ),
)
