"""The parts of the clinician's sheet that hold the rules beyond the questions: combinations, what is listened for."""

from collections.abc import Iterator, Sequence

from skill.prompts import constructors as say
from skill.prompts.catalogue import Catalogue
from skill.protocol.model import Finding, Protocol, Source
from tools.review_care import LEVEL_NAMES


def publishers(sources: Sequence[Source]) -> str:
    """Return who published ``sources``, each once."""
    return "; ".join(dict.fromkeys(source.publisher for source in sources))


def listened(protocol: Protocol, words: Catalogue) -> Iterator[str]:
    """Yield what is only listened for."""
    yield "They cost no question and count whenever they are said. Half heard, each is asked about by name, once.\n"
    yield "| id | finding | alone | asked by name | what is said to it | sources |"
    yield "|---|---|---|---|---|---|"
    for finding in protocol.listened:
        yield _listened_row(finding, words)


def _listened_row(finding: Finding, words: Catalogue) -> str:
    level = LEVEL_NAMES[finding.level] if finding.level else "no level alone"
    ask = words.text([say.finding(finding.id, "ask")])
    taken = words.text([say.taken_up(finding.id)]) if say.taken_up(finding.id).key in words.sentences else "the result"
    return f"| `{finding.id}` | {finding.description} | {level} | {ask} | {taken} | {publishers(finding.sources)} |"


def combinations(protocol: Protocol) -> Iterator[str]:
    """Yield what is more urgent together than alone."""
    yield "One finding of each group is enough. More findings never lower a level: every pair and triple is tested.\n"
    yield "| id | findings | together | why | sources |"
    yield "|---|---|---|---|---|"
    for one in protocol.combinations:
        groups = " **and** ".join(" or ".join(f"`{finding.id}`" for finding in group) for group in one.when)
        yield f"| {one.id} | {groups} | {LEVEL_NAMES[one.level]} | {one.rationale} | {publishers(one.sources)} |"


def regions(protocol: Protocol) -> Iterator[str]:
    """Yield where more is asked for than home care."""
    for region in protocol.regions:
        where, level = ", ".join(region.codes), LEVEL_NAMES[region.least].lower()
        yield f"- {where}: where nothing was found, home care comes with: {level}. {publishers(region.sources)}."


def sources(every: Sequence[Source]) -> Iterator[str]:
    """Yield each source with its address and the day on which it was read."""
    yield "A page was read in a stored copy; where it says extract, only in an extract. Please open the address.\n"
    for source in dict.fromkeys(every):
        where = f" <{source.address}>, read {source.read}" if source.address else " Decided by this project"
        extract = " (extract)" if source.extract else ""
        yield f"- {source.publisher}: *{source.title}*. {source.says}{where}{extract}."
