"""The operator's own words: a clinic, its phone, and how to find a doctor, from environment variables.

They are spoken in doctor outcomes and on their cards, never before an emergency number. All are absent by default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_NAME = 40
"""Characters of ``CLINIC_NAME``: a name is heard in passing."""

LONGEST_SENTENCE = 120
"""Characters of ``FIND_DOCTOR``, about eight seconds of speech: the outcome around it takes up to 22 of its 30."""

_NAME = re.compile(rf"[^\W_](?:[\w .,'’&-]){{0,{LONGEST_NAME - 1}}}")
_PHONE = re.compile(r"\+?\(?\d[\d() .-]{5,18}\d")
_SENTENCE = re.compile(rf"[^\W_][\w .,'’&:;-]{{0,{LONGEST_SENTENCE - 2}}}[.]")


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """What an operator has set, as fields of the catalogue; ``faults`` says what was set but cannot be spoken."""

    fields: tuple[tuple[str, str], ...] = ()
    """Gap and filling, such as ``("clinic", "Riverside Clinic")``."""
    faults: tuple[str, ...] = ()
    """A sentence for each setting that was left out, with the remedy."""


NO_CLINIC = Clinic()


def from_environ(environ: Mapping[str, str]) -> Clinic:
    """Return the clinic in ``CLINIC_NAME``, ``CLINIC_PHONE`` and ``FIND_DOCTOR``; empty settings count as absent.

    A setting that cannot be spoken is left out and named in ``faults``: a person in pain is answered all the same.
    """
    name, phone, find = (environ.get(key, "").strip() for key in ("CLINIC_NAME", "CLINIC_PHONE", "FIND_DOCTOR"))
    fields: list[tuple[str, str]] = []
    faults: list[str] = []
    if name and not _NAME.fullmatch(name):
        faults.append(f"CLINIC_NAME: use letters, digits and spaces, {LONGEST_NAME} characters at most.")
    elif phone and not _PHONE.fullmatch(phone):
        faults.append("CLINIC_PHONE: write 7 to 20 digits, spaces or dashes, such as 555-010-0199.")
    elif bool(name) != bool(phone):
        faults.append("CLINIC_NAME and CLINIC_PHONE: set both or neither.")
    elif name:
        fields += [("clinic", name), ("clinic_phone", phone)]
    if find and not _SENTENCE.fullmatch(find):
        faults.append(f"FIND_DOCTOR: write one sentence with a full stop, {LONGEST_SENTENCE} characters at most.")
    elif find:
        fields.append(("find_doctor", find))
    return Clinic(fields=tuple(fields), faults=tuple(faults))
