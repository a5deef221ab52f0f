"""``python -m tools.doctor``: looks at everything, writes a line for each finding, and exits with 1 at a fault."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import boto3
from botocore.config import Config

from tools import ask_cli, ask_states
from tools.ask_states import AskStatesError
from tools.deploy import saved_parameters, saved_skill_id
from tools.doctor import function, machine, skill_side
from tools.doctor.finding import Finding, Verdict, fault, ok, skipped, summary

DEFAULT_STACK = "upper-back-guide"
"""What a stack is called where samconfig.toml does not say."""

QUICK = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})
"""A person waits: a service that does not answer is said to be silent after some seconds."""


def main(arguments: list[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Write the report and return the exit status: 1 where there is a fault."""
    parser = argparse.ArgumentParser(prog="doctor", description=__doc__)
    parser.add_argument("--config-env", default="default", help="the part of samconfig.toml (default: default)")
    parser.add_argument("--echo", help="the language of your Echo, such as en-US")
    parser.add_argument("--skill-id", help="the skill; without it the one that was deployed or packaged")
    parser.add_argument("--print-endpoint", action="store_true", help="only print the endpoint, for make package")
    chosen = parser.parse_args(arguments)
    if chosen.print_endpoint:
        return _print_endpoint(environ, saved_parameters(config_env=chosen.config_env))
    found = []
    for finding in findings(environ, chosen):
        found.append(finding)
        print(finding, flush=True)
    print(summary(found))
    return 1 if any(finding.verdict is Verdict.FAULT for finding in found) else 0


def findings(environ: Mapping[str, str], chosen: argparse.Namespace) -> Iterator[Finding]:
    """Yield what is found: this machine first, then AWS, then the skill."""
    yield from machine.findings(environ)
    saved = saved_parameters(config_env=chosen.config_env)
    region = str(environ.get("AWS_REGION") or saved.get("region", ""))
    yield function.region_finding(region)
    deployed: list[function.Deployed] = []
    yield from _aws(partial(boto3.client, region_name=region or None, config=QUICK), saved, deployed)
    endpoint, of_stack = (deployed[0].endpoint, deployed[0].skill_id) if deployed else ("", "")
    try:
        packaged = ask_states.skill_id(ask_states.PACKAGE) or ""
    except AskStatesError as error:
        yield fault("ask-cli's state cannot be read.", str(error))
        packaged = ""
    ids = {
        "--skill-id": chosen.skill_id or "",
        "the stack": of_stack,
        "samconfig.toml": saved_skill_id(saved) or "",
        "ask-cli's state in build/package": packaged if chosen.config_env == "default" else "",
    }
    skill_id = next(filter(None, ids.values()), None)
    yield _same_everywhere(ids, skill_id)
    if not skill_id:
        return
    try:
        ask_cli.program(environ)
    except ask_cli.AskCliError:
        yield skipped("The skill's own side was not looked at: there is no ask-cli.")
        return
    smapi = partial(ask_cli.smapi, environ=environ)
    follow_up = deployed[0].follow_up if deployed else None
    yield from skill_side.findings(smapi, skill_id, endpoint, chosen.echo, follow_up=follow_up)


def _print_endpoint(environ: Mapping[str, str], saved: Mapping[str, Any]) -> int:
    region = str(environ.get("AWS_REGION") or saved.get("region", ""))
    clients = partial(boto3.client, region_name=region or None, config=QUICK)
    finding, found = function.stack(clients, str(saved.get("stack_name", DEFAULT_STACK)))
    if found is None or not found.endpoint:
        print(finding, file=sys.stderr)
        return 1
    print(found.endpoint)
    return 0


def _aws(clients: function.Clients, saved: Mapping[str, Any], deployed: list[function.Deployed]) -> Iterator[Finding]:
    """Yield what is found in AWS, and add to ``deployed`` what the stack says of itself."""
    signed_in = function.credentials(clients)
    yield signed_in
    if signed_in.verdict is Verdict.FAULT:
        yield skipped("The stack, the function and its trigger were not looked at.")
        return
    finding, found = function.stack(clients, str(saved.get("stack_name", DEFAULT_STACK)))
    yield finding
    if found:
        deployed.append(found)
        yield from function.findings(clients, found)


def _same_everywhere(ids: Mapping[str, str], skill_id: str | None) -> Finding:
    if skill_id is None:
        return fault("No skill is known yet.", "make package, then ask deploy --target skill-metadata in build/package")
    others = [f"{where} says {id_}" for where, id_ in ids.items() if id_ and id_ != skill_id]
    if others:
        says = f"The skill is {skill_id}, but {', '.join(others)}."
        return fault(says, f"make package SKILL_ID={skill_id}, and make deploy SKILL_ID={skill_id}, with the right one")
    return ok(f"The skill is {skill_id}, on every side.")


if __name__ == "__main__":
    sys.exit(main())
