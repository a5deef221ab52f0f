"""ask-cli as the proof runs it: with an account in a stand-in, signed in as a pipeline is, by variables."""

import os
import subprocess
from pathlib import Path

import pytest

from simulator.smapi import SkillManagement


class Ask:
    """ask-cli with an account."""

    def __init__(self, program: Path, account: SkillManagement, home: Path) -> None:
        self.account = account
        self._program = program
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "ASK_SMAPI_SERVER_BASE_URL": account.address,
            "ASK_LWA_TOKEN_HOST": account.address,
            "ASK_ACCESS_TOKEN": "none",
            "ASK_VENDOR_ID": "M1",
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
            "ASK_SHARE_USAGE": "false",
            "ASK_SKIP_NEW_VERSION_REMINDER": "true",
        }

    def __call__(self, *arguments: str, folder: Path) -> str:
        """Return what ask-cli prints; the test fails with its words where it ends with an error."""
        done = subprocess.run(
            [str(self._program), *arguments],
            cwd=folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode:
            pytest.fail(f"ask {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr
