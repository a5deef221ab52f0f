"""Rewrite every lock in requirements/ from its .in file, with hashes, for Python 3.11 to 3.13.

Run it as ``.venv/bin/python tools/lock.py`` after ``make check`` has made that environment. It needs ``uv`` on the PATH
(``pip install uv`` outside of this project); nothing else does. Versions in a lock stay as they are where they still
fit: to raise one, write it into the .in file, or delete its entry from the lock.

It also writes what each locked package says that it needs, so that the tests can hold without a network that every lock
is complete: locks are installed without their packages' requirements being looked at.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
REQUIRES = ROOT / "tests" / "data" / "requires.json"
"""For each locked package and version its Requires-Dist lines."""

OLDEST_PYTHON = "3.11"

PYTHONS = ("3.11.0", "3.11.7", "3.12.0", "3.13.0")
"""The Pythons for which a lock has to be complete: each minor version, and 3.11 twice, since some markers tell patch
versions apart."""

MACHINES = ("x86_64", "aarch64")


class LockError(Exception):
    """When a lock or what it needs cannot be worked out; the message is one sentence with the remedy."""


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One entry of a lock."""

    name: str
    version: str
    marker: str
    """Where it is installed; empty for everywhere."""
    hashes: tuple[str, ...]

    @property
    def key(self) -> str:
        """The package and its version, as in ``REQUIRES``."""
        return f"{self.name}=={self.version}"

    def is_for(self, environment: Mapping[str, str]) -> bool:
        """Return whether pip installs it in ``environment``."""
        return not self.marker or Marker(self.marker).evaluate(dict(environment))


def environment(python: str, machine: str = MACHINES[0]) -> dict[str, str]:
    """Return the values of markers under the version ``python`` of CPython on Linux."""
    return {
        "extra": "",
        "implementation_name": "cpython",
        "implementation_version": python,
        "os_name": "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "linux",
    }


def locks() -> list[Path]:
    """Return every lock."""
    return sorted(source.with_suffix(".txt") for source in REQUIREMENTS.glob("*.in"))


def pins(text: str) -> Iterator[Pin]:
    """Yield the entries of a lock.

    Raises:
        LockError: where an entry is not a version with its hashes.
    """
    for entry in re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)[1:]:
        line = entry.partition("\\\n")[0].strip()
        found = re.fullmatch(r"([\w.-]+)==([\w.!+]+)(?: ; (.+))?", line)
        hashes = tuple(re.findall(r"--hash=(sha256:[0-9a-f]{64})", entry))
        if not found or not hashes:
            raise LockError(f"{line!r} is not a version with its hashes; run tools/lock.py.")
        yield Pin(name=canonicalize_name(found[1]), version=found[2], marker=found[3] or "", hashes=hashes)


def needed(lock: Path) -> dict[Pin, str]:
    """Return the entries of ``lock`` that are installed on Linux, each with the first Python that it is for."""
    first: dict[Pin, str] = {}
    for python in PYTHONS:
        for pin in pins(lock.read_text("utf-8")):
            if pin.is_for(environment(python)):
                first.setdefault(pin, python)
    return first


def requires(known: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what each locked package says that it needs; what is ``known`` is not asked for again."""
    here = ".".join(map(str, sys.version_info[:3]))
    told: dict[str, list[str]] = {}
    for lock in locks():
        wanted = needed(lock)
        told |= {pin.key: list(known[pin.key]) for pin in wanted if pin.key in known}
        told |= _metadata([pin for pin in wanted if pin.key not in told and pin.is_for(environment(here))])
        for python in PYTHONS:
            # For another Python: nothing can be built for it here, and pip holds the version of this one against it.
            options = ["--python-version", python, "--only-binary=:all:", "--ignore-requires-python"]
            told |= _metadata([pin for pin in wanted if pin.key not in told and wanted[pin] == python], options)
    return dict(sorted(told.items()))


def _metadata(wanted: Sequence[Pin], options: Sequence[str] = ()) -> dict[str, list[str]]:
    """Return the Requires-Dist lines of the very files that the hashes name; pip reads them and leaves them there."""
    if not wanted:
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        lock, report = Path(scratch) / "wanted.txt", Path(scratch) / "report.json"
        lines = (f"{pin.key} " + " ".join(f"--hash={digest}" for digest in pin.hashes) for pin in wanted)
        lock.write_text("\n".join(lines) + "\n", "utf-8")
        command = [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run"),
            *("--ignore-installed", "--no-deps", "--require-hashes", "--target", f"{scratch}/nothing"),
            *("--report", str(report), *options, "-r", str(lock)),
        ]
        if subprocess.run(command, check=False).returncode:
            raise LockError(f"What {len(wanted)} packages need could not be read; check the network, and run it again.")
        found: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["install"]
    return {
        f"{canonicalize_name(one['metadata']['name'])}=={one['metadata']['version']}": _lines(one["metadata"])
        for one in found
    }


def _lines(metadata: Mapping[str, Any]) -> list[str]:
    return sorted(metadata.get("requires_dist", ()))


def main(only: list[str]) -> int:
    """Compile each ``.in`` (or only the named ones), write what the packages need, and return the exit status."""
    uv = shutil.which("uv")
    if uv is None:
        print("tools/lock.py: uv was not found; install it with `pip install uv` and run this again.", file=sys.stderr)
        return 1
    for source in sorted(REQUIREMENTS.glob("*.in")):
        if only and source.stem not in only:
            continue
        print(f"locking {source.name}", flush=True)
        command = [
            *(uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
            *("--python-version", OLDEST_PYTHON, "--no-emit-index-url", "--no-emit-find-links"),
            *("--custom-compile-command", "python tools/lock.py"),
            *("--output-file", f"{source.stem}.txt", source.name),
        ]
        status = subprocess.run(command, cwd=REQUIREMENTS, check=False).returncode
        if status:
            return status
    known = json.loads(REQUIRES.read_text("utf-8")) if REQUIRES.exists() else {}
    print(f"reading what the packages need, for {REQUIRES.relative_to(ROOT)}", flush=True)
    try:
        told = requires(known)
    except LockError as error:
        print(f"tools/lock.py: {error}", file=sys.stderr)
        return 1
    REQUIRES.parent.mkdir(exist_ok=True)
    REQUIRES.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
