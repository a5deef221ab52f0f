"""Builds with sam and deploys, after a look at what so often is missing: the skill's id, sam, the runtime's Python.

Run it as ``make deploy SKILL_ID=amzn1.ask.skill...``; what samconfig.toml holds is used too.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools import ask_states, runtime_python, takeover
from tools.artifact_content import ROOT
from tools.ask_states import AskStatesError

SKILL_ID = re.compile(r"amzn1\.ask\.skill\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The shape of a skill's id; template.yaml checks the same."""

ALIAS_ARN = re.compile(r"arn:aws:lambda:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:function:[A-Za-z0-9_-]+:live")
"""The shape of the endpoint: the alias, since SnapStart works on published versions only."""

CONFIG = ROOT / "samconfig.toml"
"""The stacks, and what is optional of each."""

PROVE_SAM = ROOT / ".venv-prove" / "bin" / "sam"
"""Where ``make prove`` puts sam."""


class NotReadyError(Exception):
    """When something to deploy with is missing or malformed; the message is one sentence with the remedy."""


def sam(environ: Mapping[str, str] = os.environ) -> str:
    """Return the path of sam, from the PATH or from the proof's environment."""
    if found := shutil.which("sam", path=environ.get("PATH", "")):
        return found
    if PROVE_SAM.exists():
        return str(PROVE_SAM)
    raise NotReadyError("sam was not found; install it with `pip install aws-sam-cli`, or run `make prove` once.")


def saved_parameters(config: Path = CONFIG, config_env: str = "default") -> dict[str, Any]:
    """Return what ``sam deploy`` takes from samconfig.toml in one of its environments: stack, region, overrides."""
    parts = tomllib.loads(config.read_text("utf-8")).get(config_env, {})
    saved = [parts.get(command, {}).get("parameters", {}) for command in ("global", "deploy")]
    return {name: value for part in saved for name, value in part.items()}


def saved_skill_id(saved: Mapping[str, Any]) -> str | None:
    """Return the skill's id among the parameters that samconfig.toml holds, or None where there is none."""
    overrides = saved.get("parameter_overrides", "")
    text = overrides if isinstance(overrides, str) else " ".join(overrides)
    found = re.search(r"SkillId=\"?([^\s\"]*)", text)
    return found[1] if found else None


def checked_skill_id(
    given: str | None,
    config: Path = CONFIG,
    config_env: str = "default",
    package: Path = ask_states.PACKAGE,
) -> str | None:
    """Return the skill's id to hand to sam, or None where samconfig.toml already holds one.

    Where none is given and none is saved, it is the skill that ask-cli created from ``package``. Raises NotReadyError
    where there is none at all, or where it is malformed.
    """
    if given is None:
        if saved := saved_skill_id(saved_parameters(config, config_env)):
            checked_skill_id(saved)
            return None
        given = ask_states.skill_id(package) if config_env == "default" else None
    if given is None:
        raise NotReadyError(
            "No skill id was given; copy it from the developer console and run `make deploy "
            "SKILL_ID=amzn1.ask.skill...`, or create the skill with `make package`."
        )
    if not SKILL_ID.fullmatch(given):
        raise NotReadyError(
            f"{given!r:.80} is not a skill id; copy it from the developer console: amzn1.ask.skill. and a UUID in "
            "small letters."
        )
    return given


def main(arguments: list[str] | None = None) -> int:
    """Check, build, deploy, and return the exit status."""
    parser = argparse.ArgumentParser(prog="deploy", description=__doc__)
    parser.add_argument("--skill-id", help="the skill's id in the developer console")
    parser.add_argument("--config-env", default="default", help="the part of samconfig.toml (default: default)")
    parser.add_argument("--check", action="store_true", help="say what is missing, and build and deploy nothing")
    chosen, rest = parser.parse_known_args(arguments)
    try:
        skill_id, program = checked_skill_id(chosen.skill_id, config_env=chosen.config_env), sam()
        runtime_python.find()
    except (NotReadyError, AskStatesError, runtime_python.NoRuntimePythonError) as error:
        print(f"make deploy: {error}", file=sys.stderr)
        return 1
    if chosen.check:
        print("Ready to deploy.")
        return 0
    saved = saved_parameters(config_env=chosen.config_env)
    region = ["--region", str(saved["region"])] if "region" in saved else []
    running = takeover.running_version(program, str(saved.get("stack_name", "upper-back-guide")), region)
    deployment, sentence = takeover.way(running)
    print(f"make deploy: {sentence}")
    given = {"Deployment": deployment, **({"SkillId": skill_id} if skill_id else {})}
    parameters = takeover.overrides(saved, given)
    if not takeover.is_told([*parameters, *rest]):
        print(f"make deploy: {takeover.NOBODY}")
    env = ["--config-env", chosen.config_env]
    for command in ([program, "build"], [program, "deploy", *env, "--parameter-overrides", *parameters, *rest]):
        if status := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
