"""The part of the clinician's sheet that is filled in and signed: who, when, what changed, each rule to agree with."""

from collections.abc import Iterator

from skill.protocol.model import Protocol
from tools.review_care import LEVEL_NAMES

REVIEWERS = 3
"""Empty lines for people who sign."""


def head(protocol: Protocol) -> Iterator[str]:
    """Yield version, date, owner and when the next review is due."""
    yield "| | |\n|---|---|"
    yield f"| Version | {protocol.version} |"
    yield f"| Date | {protocol.dated} |"
    yield f"| Owner | {protocol.owner} |"
    yield f"| Review due | {protocol.review_due} |"


def changes(protocol: Protocol) -> Iterator[str]:
    """Yield what changed since the version before."""
    yield from (f"- {change}" for change in protocol.changes)


def signatures() -> Iterator[str]:
    """Yield the lines for those who sign the sheet as a whole."""
    yield "| name | role | date | agree, or change | signature |\n|---|---|---|---|---|"
    yield from ["| &nbsp; | | | | |"] * REVIEWERS


def rules(protocol: Protocol) -> Iterator[str]:
    """Yield every rule with room to agree or to change it."""
    yield "| rule | leads to | agree | change to | name, date |\n|---|---|---|---|---|"
    for finding in (*protocol.findings, *protocol.listened, *protocol.limits):
        level = LEVEL_NAMES[finding.level] if finding.level else "no level alone"
        yield f"| `{finding.id}` | {level} | ☐ | | |"
    for one in protocol.combinations:
        yield f"| {one.id} (together) | {LEVEL_NAMES[one.level]} | ☐ | | |"
    for question in protocol.questions:
        yield f"| not sure twice about {question.id} | {LEVEL_NAMES[question.level]} | ☐ | | |"
    for region in protocol.regions:
        yield f"| {', '.join(region.codes)}: nothing found | {LEVEL_NAMES[region.least]} | ☐ | | |"
    for name in ("order of the questions", "what a duration settles", "between yes and no", "the texts of the results"):
        yield f"| {name} | | ☐ | | |"
