"""The flowchart of the clinician's sheet, twice: as steps in words, which a printed page shows, and for a screen."""

from collections.abc import Iterator

from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.protocol.model import Level, Protocol
from tools.review_care import LEVEL_NAMES

COLOURS = {
    Level.EMERGENCY: "#f4b6b6",
    Level.DOCTOR_TODAY: "#fbd9a5",
    Level.DOCTOR: "#fdf3b0",
    Level.SELF_CARE: "#cfe8cf",
}
"""Of the levels, on the page and on a screen. Each stands beside its name: no colour is needed to read the sheet."""


def steps(protocol: Protocol, words: Catalogue) -> Iterator[str]:
    """Yield the flow as a table, a step a row."""
    yield "| step | asked | yes | no | not sure | a soft no |\n|---|---|---|---|---|---|"
    last = len(protocol.questions)
    for number, question in enumerate(protocol.questions, 1):
        asked = words.text([say.question(question.id, "ask")])
        level = LEVEL_NAMES[question.level]
        after = f"step {number + 1}" if number < last else "read-back"
        unsure = level if question.unsure_counts_as_yes else after
        again = f"once more in plain words; then {unsure} | by name; then {after}"
        yield f"| {number} | {asked} | {level} | {after} | {again} |"
    yield "| read-back | every finding that was denied | Home care | “What do you have?” | as no | as no |"
    yield "| “What do you have?” | the sign that was wrong | its level | back to step 1 | as no | as no |"
    yield ""
    yield "- **Emergency** ends the interview on that answer, wherever it is said."
    yield "- **Doctor today** and **Doctor** end it once no open question could raise the level, alone or together."
    yield "- What is not understood is asked again, one finding at a time; words that nobody placed, before home care."


def chart(protocol: Protocol, words: Catalogue) -> Iterator[str]:
    """Yield the same as a chart that GitHub draws."""
    yield "```mermaid\nflowchart TD"
    for number, question in enumerate(protocol.questions, 1):
        names = ", ".join(words.text([say.finding(id_, say.SHORT)]) for id_ in question.ids)
        yield f'    {question.id}["{number}. {names}?"]'
    for question, after in zip(protocol.questions, [*protocol.questions[1:], None], strict=True):
        yield f'    {question.id} -->|"yes, or twice not sure"| {question.level.key}'
        yield f'    {question.id} -->|"no"| {after.id if after else "readback"}'
    ask = words.text([say.READBACK_ASK])
    yield f'    readback{{"All of it is read back: {ask}"}} -->|"a clear yes"| self_care'
    yield '    readback -->|"anything else"| correcting["What do you have?"]'
    yield '    correcting -->|"a sign"| judged(["its level"])'
    yield f'    correcting -->|"nothing named"| {protocol.questions[0].id}'
    for level in Level:
        yield f'    {level.key}(["{LEVEL_NAMES[level]}"])\n    style {level.key} fill:{COLOURS[level]}'
    yield "```"
