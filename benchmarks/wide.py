"""The skill with as many questions as the variable QUESTIONS says. Copied beside an artifact.

Questions beyond the protocol's own are copies of the last one, of its level, with findings of their own.
"""

import os
from dataclasses import replace

from skill.adapters.alexa.skill import create
from skill.protocol.guide import UPPER_BACK_GUIDE
from skill.protocol.model import FindingId, QuestionId
from skill.protocol.upper_back import UPPER_BACK

_wanted = int(os.environ["QUESTIONS"])
_questions = list(UPPER_BACK.questions[:_wanted])
_last = UPPER_BACK.questions[-1]
for _number in range(len(_questions), _wanted):
    _findings = tuple(replace(finding, id=FindingId(f"{finding.id}_{_number}")) for finding in _last.findings)
    _questions.append(replace(_last, id=QuestionId(f"{_last.id}_{_number}"), findings=_findings))
_new = {finding.id: finding for question in _questions for finding in question.findings}

_wide = replace(
    UPPER_BACK,
    questions=tuple(_questions),
    findings=tuple({**{finding.id: finding for finding in UPPER_BACK.findings}, **_new}.values()),
)
lambda_handler = create({}, replace(UPPER_BACK_GUIDE, protocol=_wide))
