"""What the doctor finds, and how it is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """How a finding stands."""

    OK = "ok"
    NOTE = "note"
    """Nothing is wrong, but the person has to look for themselves."""
    WARNING = "warning"
    """The skill answers all the same."""
    SKIPPED = "skipped"
    """It could not be looked at."""
    FAULT = "fault"
    """The skill does not answer, or not as it should, until this is mended."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    says: str
    """One sentence: what is so."""
    remedy: str = ""
    """One sentence: what to do; empty where there is nothing to do."""

    def __str__(self) -> str:
        """Return the finding as a line, with its remedy as a second one."""
        remedy = f"\n{'':9}-> {self.remedy}" if self.remedy else ""
        return f"{self.verdict.value:8} {self.says}{remedy}"


def ok(says: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(verdict=Verdict.OK, says=says)


def note(says: str, remedy: str) -> Finding:
    """Return what the person has to look at for themselves."""
    return Finding(verdict=Verdict.NOTE, says=says, remedy=remedy)


def warning(says: str, remedy: str) -> Finding:
    """Return what should be mended some day."""
    return Finding(verdict=Verdict.WARNING, says=says, remedy=remedy)


def skipped(says: str, remedy: str = "") -> Finding:
    """Return what could not be looked at."""
    return Finding(verdict=Verdict.SKIPPED, says=says, remedy=remedy)


def fault(says: str, remedy: str) -> Finding:
    """Return what has to be mended first."""
    return Finding(verdict=Verdict.FAULT, says=says, remedy=remedy)


def summary(findings: Iterable[Finding]) -> str:
    """Return the last line of the report."""
    verdicts = [finding.verdict for finding in findings]
    faults = verdicts.count(Verdict.FAULT)
    if faults:
        things = "1 thing stands" if faults == 1 else f"{faults} things stand"
        return f"{things} in the way. Mend the first one and run make doctor again."
    if Verdict.SKIPPED in verdicts:
        return "Nothing that was looked at stands in the way; what was skipped is not known."
    return "Nothing stands in the way."
