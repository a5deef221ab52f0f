"""Holds JSON to Amazon's own specification of Alexa's services, as it stands in the types of the SDK.

The SDK's classes are generated from that specification: each names its fields, their types and their JSON names.
"""

import importlib
import re
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

_PLAIN: dict[str, type | tuple[type, ...]] = {"str": str, "int": int, "bool": bool, "float": (int, float)}


def faults(value: object, type_: str, at: str = "$") -> Iterator[str]:
    """Yield a sentence for each place where ``value`` is not of ``type_``, as the SDK names it."""
    if type_.startswith("list["):
        if not isinstance(value, list):
            yield f"{at} is no list."
            return
        for number, inner in enumerate(value):
            yield from faults(inner, type_[len("list[") : -1], f"{at}[{number}]")
    elif type_ in _PLAIN:
        if not isinstance(value, _PLAIN[type_]):
            yield f"{at} is no {type_}."
    elif type_ == "datetime":
        yield from _faults_of_time(value, at)
    else:
        yield from _faults_of_object(value, _class(type_), at)


def _faults_of_time(value: object, at: str) -> Iterator[str]:
    try:
        datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        yield f"{at} is no time."


def _faults_of_object(value: object, kind: Any, at: str) -> Iterator[str]:
    if issubclass(kind, Enum):
        if value not in [member.value for member in kind]:
            yield f"{at} is none of {', '.join(str(member.value) for member in kind)}."
        return
    if not isinstance(value, dict):
        yield f"{at} is no object."
        return
    known = {json_name: kind.deserialized_types[name] for name, json_name in kind.attribute_map.items()}
    for name, inner in value.items():
        if name not in known:
            yield f"{at}.{name} is not in the specification."
        else:
            yield from faults(inner, known[name], f"{at}.{name}")


@cache
def _class(dotted: str) -> Any:
    found = re.fullmatch(r"(?P<module>ask_sdk_model\..+)\.(?P<name>\w+)", dotted)
    if not found:
        raise LookupError(f"{dotted} is no type of the SDK; look at the field that names it.")
    # By the package: the module that the SDK names in AlertInfo (1.82) does not exist, while the class does.
    return getattr(importlib.import_module(found["module"].rpartition(".")[0]), found["name"])
