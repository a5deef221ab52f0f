"""One guide: a protocol and the care that goes with it. It is passed on; nothing reads a global one."""

from dataclasses import dataclass
from functools import cached_property

from skill.protocol.care import UPPER_BACK_CARE, Care
from skill.protocol.model import Protocol
from skill.protocol.upper_back import UPPER_BACK


@dataclass(frozen=True, kw_only=True)
class Guide:
    """All clinical content of one skill."""

    protocol: Protocol
    care: Care

    def of_region(self, code: str) -> "Guide":
        """Return the guide as it holds in the country ``code``, such as ``GB``; this one where nothing differs."""
        return self._by_country.get(code, self)

    @cached_property
    def _by_country(self) -> "dict[str, Guide]":
        codes = [code for region in self.protocol.regions for code in region.codes]
        return {code: Guide(protocol=self.protocol.of_region(code), care=self.care) for code in codes}


UPPER_BACK_GUIDE = Guide(protocol=UPPER_BACK, care=UPPER_BACK_CARE)
"""The guide that is deployed."""
