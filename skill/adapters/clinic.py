"""The operator's own words: a clinic, its phone, and how to find a doctor, from environment variables.

They are spoken in doctor outcomes and on their cards, never before an emergency number. All are absent by default.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from skill.prompts.catalogue import LOCALES, locales, read_toml

LONGEST_NAME = 40
"""Characters of ``CLINIC_NAME``: a name is heard in passing."""

LONGEST_SENTENCE = 120
"""Characters of ``FIND_DOCTOR``, about eight seconds of speech: the outcome around it takes up to 22 of its 30."""

OPERATOR, COMPILED_OPERATOR = "operator.toml", "operator.json"
"""The file of a locale with what an operator may not say, and the same in the artifact. It is read where a setting is
set."""

_LONE_NUMBER = re.compile(r"(?<![0-9])[0-9]{2,3}(?![0-9a-z])", re.IGNORECASE)
"""Two or three digits by themselves: emergency numbers all over the world are such, and no clinic's name needs one."""

_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
"""A digit of another script."""

_NAME = re.compile(rf"[^\W_](?:[\w .,'’&-]){{0,{LONGEST_NAME - 1}}}")
_PHONE = re.compile(r"\+?\(?[0-9][0-9() .-]{5,18}[0-9]")
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
    if unsafe := _unsafe({"CLINIC_NAME": name, "CLINIC_PHONE": phone, "FIND_DOCTOR": find}):
        return Clinic(faults=tuple(unsafe))
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


def _unsafe(settings: Mapping[str, str]) -> list[str]:
    """Return a sentence for each setting that could keep somebody from the emergency number. Then all are left out."""
    faults: list[str] = []
    never = _never_said() if any(settings.values()) else []
    for setting, text in settings.items():
        plain = " ".join(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
        numbers = () if setting == "CLINIC_PHONE" else _LONE_NUMBER.findall(text)
        groups = re.findall("[0-9]+", text)
        if _OTHER_DIGIT.search(text):
            faults.append(f"{setting}: write digits as 0 to 9.")
        elif numbers or any(number in groups for number, _ in never if number):
            faults.append(f"{setting}: leave out emergency numbers, and numbers of two or three digits by themselves.")
        elif said := [words for _, words in never if words and words in plain]:
            faults.append(f"{setting}: leave out {said[0]!r}; nobody may be kept from calling for help.")
    return faults


def _never_said() -> list[tuple[str, str]]:
    """Return pairs of an emergency number and words that no setting may hold, of every locale; one of both is empty."""
    found: list[tuple[str, str]] = []
    for locale in locales():
        compiled = LOCALES / locale / COMPILED_OPERATOR
        words = json.loads(compiled.read_text("utf-8")) if compiled.exists() else read_toml(LOCALES / locale / OPERATOR)
        found += [(number, "") for number in words["numbers"]]
        found += [("", said) for said in words["words"]]
    return found
