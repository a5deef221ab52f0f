"""Something to say, before it has words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A key of the catalogue, and what fills its gaps. Make one with ``skill.prompts.constructors``."""

    key: str
    names: tuple[str, ...] = ()
    """Keys of the names that fill ``{names}``, ``{names_or}`` and ``{names_and}``: ``findings.chest_pain.name``."""
    count: int | None = None
    """Fills ``{count}``."""
    total: int | None = None
    """Fills ``{total}``: of how many ``{count}`` is one."""
    pace: float = 1.0
    """How much longer each pause is than it was written."""
