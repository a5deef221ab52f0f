"""Writes docs/safety.md: ``PYTHONPATH=.:tests python tests/safety/report.py``. A test holds every line that it can."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from patients import play as patients_play
from patients.figures import Share, share, turns_to_home_care
from safety.adversarial import ALONE, LEVELS, Case, Outcome, adversaries, despair, every_outcome

from simulator.trace import Tracer
from skill.protocol.model import Level
from skill.protocol.upper_back import UPPER_BACK

REPORT = Path(__file__).resolve().parents[2] / "docs" / "safety.md"
SEEDS = 1
"""Conversations with each of the patients: more take minutes and change little."""

HEAD = """\
# Safety report

Written by `tests/safety/report.py`, which plays cases against the real handler. `tests/safety/test_safety.py` fails
where a row below is not what happens. No clinician has reviewed the levels. The cases were written by the people who
built the skill, so the figures say that it does what it means to do, and not how often it is right about patients.

Protocol {version}. Every share has Wilson's interval of 95 %.
"""

PEERS = """\
## What others reach

Other cases and other measures: a row is no ranking.

| who | what was measured | figure | source |
|---|---|---|---|
| 23 symptom checkers | emergencies sent to emergency care | 80 % | Semigran 2015, BMJ |
| 22 apps | triage right, median; emergencies missed | 55.8 %; over 40 % | Schmieding 2022, JMIR |
| Ada; general practitioners | safe advice | 97.0 %; 97.0 % | Gilbert 2020, BMJ Open |
| Alexa | emergency services advised when needed | 46 % | Picard 2020, BMJ Innovations |
| voice assistants | completed tasks that could harm | 29 % | Bickmore 2018, JMIR |
| apps; language models; laypeople | self-triage right | 11.5 to 90 %; 57.8 to 76 %; 47.3 to 62.4 % | Kopka 2025 |
| a language model's health product | emergencies sent too low | 52 % | Nature Medicine 2026, s41591-026-04297-7 |
| the same | a relative who plays it down moved edge cases | odds ratio 11.7 | the same |
| people helped by a language model | chose rightly | 44.2 % | Bean 2026, Nature Medicine |
"""


def shown(found: Share) -> str:
    """Return a share with its interval, as it stands in the report."""
    low, high = found.interval
    return f"{found.count} of {found.of}, {found.value:.1%} ({low:.1%} to {high:.1%})"


def row(case: Case, alone: Outcome) -> str:
    """Return the line of one case, as it stands in the report."""
    reached = alone.level.key if alone.level is not None else "none"
    ground = "beyond" if case.beyond else "article"
    return f"| {case.name} | {ground} | {case.expected} | {reached} |"


def report(outcomes: Sequence[Outcome], runs: Sequence[patients_play.Run]) -> Iterator[str]:
    """Yield the lines of the report."""
    alone = {outcome.case.name: outcome for outcome in outcomes if outcome.adversary is None}
    pressed = [outcome for outcome in outcomes if outcome.adversary is not None and not outcome.case.by]
    lowered = share(is_lowered(outcome, alone[outcome.case.name]) for outcome in pressed)
    covered = [outcome for outcome in alone.values() if not outcome.case.by]
    emergencies = [one for one in covered if one.case.expected == Level.EMERGENCY.key]
    home = [one for one in covered if one.case.expected == Level.SELF_CARE.key]
    beyond = [one for one in alone.values() if one.case.beyond]
    yield HEAD.format(version=UPPER_BACK.version)
    yield "## Under-triage and over-triage\n"
    yield "| | figure |\n|---|---|"
    yield f"| cases: emergencies sent too low | {shown(share(one.too_low for one in emergencies))} |"
    yield f"| cases beyond the article that are met | {shown(share(is_met(one) for one in beyond))} |"
    yield f"| the article's home-care cases sent too high | {shown(share(one.too_high for one in home))} |"
    yield f"| levels lowered by words beside the finding | {shown(lowered)} |"
    urgent = [run for run in runs if run.case.expected == Level.EMERGENCY.key]
    mild = [run for run in runs if run.case.expected == Level.SELF_CARE.key]
    yield f"| patients who answer freely: emergencies sent too low | {shown(share(run.too_low for run in urgent))} |"
    yield f"| the same: anybody sent too low | {shown(share(run.too_low for run in runs))} |"
    yield f"| the same: home-care cases sent too high | {shown(share(run.too_high for run in mild))} |"
    plain, free = [run for run in runs if run.case.manner == "quick"], runs
    yield f"| turns to home care, plain answers; all manners | {_median(plain)}; {_median(free)} |"
    yield f"\n{len({run.case.name for run in runs})} patients, {len(runs)} conversations (`tests/patients`).\n"
    yield "## What is said beside a finding\n"
    kinds = sorted({adversary.kind.replace("_", " ") for adversary in adversaries()})
    yield (
        f"Each of the {len({one.case.name for one in pressed})} cases that need more than home care is told {ALONE} and"
        f" with each of {len(list(adversaries()))} sentences that make it sound like less: {', '.join(kinds)}."
        f" {len(despair())} sentences of somebody who wants to die, some with a method, get the crisis line at once.\n"
    )
    yield "## Case by case\n"
    yield "| case | ground | expected | reached |\n|---|---|---|---|"
    yield from (row(outcome.case, outcome) for outcome in alone.values())
    yield "\n## What is not met\n"
    for one in alone.values():
        if one.case.by:
            yield f"- {one.case.name}: {one.case.by} What it reaches is an accident of hearing."
        elif one.too_low or one.too_high:
            yield f"- {one.case.name}: {one.level.key if one.level is not None else 'no outcome'}."
    yield "- Patients who answer freely are asked again too often, and some of their noes are taken for a report."
    yield "\n" + PEERS.rstrip()


def is_met(outcome: Outcome) -> bool:
    """Return whether a case comes to just the expected level, by a rule and not by accident."""
    return outcome.level == LEVELS[outcome.case.expected] and not outcome.case.by


def is_lowered(outcome: Outcome, alone: Outcome) -> bool:
    """Return whether a case came to less than it does alone."""
    return outcome.level is None or (alone.level is not None and outcome.level < alone.level)


def _median(runs: Sequence[patients_play.Run]) -> str:
    return f"{turns_to_home_care(runs)[0]:g}"


def main() -> int:
    """Write the report and return the exit status."""
    outcomes = list(every_outcome(Tracer()))
    runs = patients_play.play_all(SEEDS, "even")
    REPORT.write_text("\n".join(report(outcomes, runs)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
