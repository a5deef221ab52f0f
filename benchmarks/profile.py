"""Says where the time of a cold start and of a warm turn goes, by part of the code."""

import json
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks import envelopes
from benchmarks.contenders import Contender
from tools.local_lambda import client_for
from tools.runtime_python import Interpreter

PARTS = ("skill.protocol", "skill.engine", "skill.prompts", "skill.dialog", "skill.adapters", "ask_sdk", "awslambdaric")

TRIES = 5

_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")

_TURNS = """
import cProfile, json, pstats, sys
from lambda_function import lambda_handler
event = json.loads(sys.argv[1])
for _ in range(200):
    lambda_handler(event, None)
profile = cProfile.Profile()
profile.enable()
for _ in range(1000):
    lambda_handler(event, None)
profile.disable()
print(json.dumps([[file, taken[2]] for (file, _, _), taken in pstats.Stats(profile).stats.items()]))
"""


def cold_start(contender: Contender, python: Interpreter) -> dict[str, float]:
    """Return the milliseconds that each part takes to import, the least of some tries."""
    tries = [_imported(contender, python) for _ in range(TRIES)]
    parts = {part for taken in tries for part in taken}
    return {part: min(taken[part] for taken in tries) / 1e3 for part in parts}


def _imported(contender: Contender, python: Interpreter) -> Counter[str]:
    done = subprocess.run(
        [python.path, "-W", "ignore", "-X", "importtime", "-c", "import awslambdaric.bootstrap, lambda_function"],
        cwd=contender.folder,
        env={"PYTHONPATH": str(client_for(python)), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    taken: Counter[str] = Counter()
    for line in done.stderr.splitlines():
        if found := _IMPORT.match(line):
            taken[_part(found[2])] += int(found[1])
    return taken


def warm_turn(contender: Contender, python: Interpreter, attributes: dict[str, object]) -> dict[str, float]:
    """Return the share of each part in a warm no of an interview, in percent of the profiled time."""
    done = subprocess.run(
        [python.path, "-W", "ignore", "-c", _TURNS, json.dumps(envelopes.no(attributes))],
        cwd=contender.folder,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    taken: dict[str, float] = defaultdict(float)
    for file, seconds in json.loads(done.stdout):
        path = Path(file)
        ours = path.is_relative_to(contender.folder)
        taken[_part(".".join(path.relative_to(contender.folder).parts) if ours else path.name)] += seconds
    whole = sum(taken.values())
    return {part: 100 * seconds / whole for part, seconds in taken.items()}


def _part(dotted: str) -> str:
    return next((part for part in PARTS if dotted.startswith(part)), "standard library")
