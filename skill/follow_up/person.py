"""Names a person by a keyed hash of Alexa's id: whoever reads the store without the key learns no id."""

import hashlib
import hmac
from dataclasses import dataclass

SHORTEST_KEY = 32
"""Characters of a key, at least: as many as the hash has bytes (RFC 2104, section 3)."""


class KeyFaultError(ValueError):
    """When the keys that the operator has set cannot be used; the message says why and never holds a key."""


@dataclass(frozen=True, repr=False)
class PersonKeys:
    """The operator's keys. The first one writes; all of them read, so that a key can be changed and nobody is lost."""

    keys: tuple[str, ...]

    @classmethod
    def parse(cls, setting: str) -> "PersonKeys":
        """Return the keys in ``setting``, separated by commas, the newest first.

        Raises:
            KeyFaultError: when there is none, or one is shorter than ``SHORTEST_KEY``.
        """
        keys = tuple(key.strip() for key in setting.split(",") if key.strip())
        if not keys:
            raise KeyFaultError(f"no key is set; set one of {SHORTEST_KEY} characters or more.")
        if any(len(key) < SHORTEST_KEY for key in keys):
            raise KeyFaultError(f"a key is shorter than {SHORTEST_KEY} characters; make a new one at random.")
        return cls(keys)

    def names(self, user_id: str) -> tuple[str, ...]:
        """Return the names under which ``user_id`` may be kept, 64 hexadecimal digits each; new records get the first.

        Raises ValueError where ``user_id`` is empty: nobody is kept under the name of nobody.
        """
        if not user_id:
            raise ValueError("the request names no account; keep nothing of it.")
        return tuple(hmac.new(key.encode(), user_id.encode(), hashlib.sha256).hexdigest() for key in self.keys)
