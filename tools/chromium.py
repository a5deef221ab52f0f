"""A real Chromium without a window, for tests of the page and pictures of the screens; installed where it may be."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without them Chromium asks Google's hosts for updates, or will not start in a container."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MISSING = (
    "Chromium is needed, and none was found: install it with your package manager "
    "(Debian and Ubuntu: apt-get install chromium), or with `.venv/bin/playwright install chromium`."
)


def found(playwright: Playwright) -> str | None:
    """Return the path of a Chromium that is installed, or None."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, NAMES)), own if Path(own).exists() else None)


def installed(playwright: Playwright) -> str:
    """Return the path of a Chromium, installed from Debian's archive where that is possible.

    Raises:
        RuntimeError: with the remedy, where there is none and it cannot be installed.
    """
    with (Path(tempfile.gettempdir()) / "upper-back-guide-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of a test run wait for each other
        if found(playwright) is None and os.geteuid() == 0 and shutil.which("apt-get"):
            for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
                subprocess.run(["apt-get", "-q", *arguments], check=False, capture_output=True)  # noqa: S607 Debian's own, from the PATH
    path = found(playwright)
    if path is None:
        raise RuntimeError(MISSING)
    return path


def launched(playwright: Playwright) -> Browser:
    """Return a headless Chromium."""
    return playwright.chromium.launch(executable_path=installed(playwright), args=[*FLAGS], headless=True)
