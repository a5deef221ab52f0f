"""Extracts what we check against from Amazon's SMAPI specification into tests/schemas/smapi.json.

The specification is ``spec.json`` of the npm package ``ask-smapi-model`` (Apache-2.0). To refresh the extract:

    npm pack ask-smapi-model && tar xzf ask-smapi-model-*.tgz
    python -m tools.extract_smapi_schema package/spec.json
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "tests" / "schemas" / "smapi.json"
ROOTS = ("v1.skill.interactionModel.InteractionModelData", "v1.skill.Manifest.SkillManifestEnvelope")
"""What is sent to Amazon: an interaction model, and a manifest."""


def main(arguments: list[str]) -> int:
    """Write the extract and return the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("Name the specification: python -m tools.extract_smapi_schema package/spec.json", file=sys.stderr)
        return 2
    definitions = json.loads(Path(arguments[0]).read_text("utf-8"))["definitions"]
    reached: dict[str, Any] = {}
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = _strict(definitions[name])
            waiting.extend(_references(definitions[name]))
    TARGET.parent.mkdir(exist_ok=True)
    schema = {
        "$comment": "From spec.json of ask-smapi-model 1.24.0 (Amazon, Apache-2.0). See tools/extract_smapi_schema.py.",
        "definitions": dict(sorted(reached.items())),
    }
    TARGET.write_text(json.dumps(schema, indent=1) + "\n", "utf-8")
    print(f"wrote {TARGET.name}: {len(reached)} definitions")
    return 0


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix("#/definitions/")
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _strict(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the definition without prose, and refusing properties that Amazon does not name, so a typo is found."""
    kept = {
        key: value for key, value in definition.items() if key not in ("description", "x-nullable", "discriminator")
    }
    if "properties" in kept and "allOf" not in kept and "discriminator" not in definition:
        kept.setdefault("additionalProperties", False)
    return kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
