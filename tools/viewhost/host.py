"""The viewhost: a page in Chromium that draws directives and tells what it drew. All it needs is on this machine."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from tools.chromium import launched
from tools.viewhost.shapes import Shape

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
ADDRESS = "http://viewhost.invalid"
"""Where the page says that it is. Chromium asks nobody: each request is answered from a file, or refused."""

FONTS = PACKAGES / "@fontsource" / "open-sans" / "files"

FILES: Mapping[str, Path] = {
    f"{ADDRESS}/": HERE / "viewhost.html",
    f"{ADDRESS}/viewhost.js": HERE / "viewhost.js",
    f"{ADDRESS}/viewhost/index.js": PACKAGES / "apl-viewhost-web" / "index.js",
}
"""What the page gets, by address."""

LETTERS: Mapping[str, Path] = {
    "AmazonEmberDisplay_Rg.ttf": FONTS / "open-sans-latin-400-normal.woff2",
    "AmazonEmberDisplay_Bd.ttf": FONTS / "open-sans-latin-700-normal.woff2",
}
"""What stands for Amazon's own letters, which are in no registry: about as wide, by the name of the file asked for."""

SETTLED_MS = 80
"""After a document was drawn, until all of it stands."""

TOUCHED_MS = 15_000
"""After a touch, until its act is sent: long enough for a machine that does much else."""


class NoViewhostError(Exception):
    """When the viewhost is not installed; the message says how it is."""


@dataclass(frozen=True)
class Viewhost:
    """A page that draws one directive after the other."""

    page: Page
    asked: list[str]
    """Every request that is not answered from a file."""

    def draw(self, directive: Mapping[str, Any], shape: Shape, theme: str = "dark") -> None:
        """Draw ``directive`` as a device of ``shape`` does, in the theme ``dark`` or ``light``."""
        self.page.set_viewport_size({"width": shape.width, "height": shape.height})
        self.page.evaluate(
            "([directive, shape, theme]) => draw(directive, shape, theme)", [directive, asdict(shape), theme]
        )
        self.page.wait_for_timeout(SETTLED_MS)
        self.page.evaluate("frames()")

    def drawn(self) -> list[dict[str, Any]]:
        """Return what is drawn, in reading order: texts, what can be touched, drawings; boxes in pixels."""
        found: list[dict[str, Any]] = self.page.evaluate("drawn()")
        return found

    def until(self, text: str) -> None:
        """Wait until ``text`` is drawn by itself. Raises playwright's TimeoutError where it does not come."""
        self.page.wait_for_function("(text) => drawn().some((one) => one.text === text)", arg=text)

    def errors(self) -> list[Any]:
        """Return what the viewhost complained of since the last drawing."""
        return list(self.page.evaluate("told().errors"))

    def sent(self) -> list[list[str]]:
        """Return the arguments of every touch since the last drawing."""
        return list(self.page.evaluate("told().sent"))

    def touch(self, box: Mapping[str, float]) -> None:
        """Press in the middle of ``box`` and wait for what it sends. Raises playwright's TimeoutError for nothing."""
        self.page.evaluate("awake()")
        before = len(self.sent())
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.evaluate("frames()")
        self.page.mouse.up()
        self.page.wait_for_function("(before) => told().sent.length > before", arg=before, timeout=TOUCHED_MS)

    def picture(self, path: Path) -> None:
        """Write what is drawn to the PNG file at ``path``."""
        self.page.screenshot(path=path)


@contextmanager
def viewhost() -> Iterator[Viewhost]:
    """Start Chromium with the page. Raises NoViewhostError where the packages are not installed."""
    if missing := [path for path in (*FILES.values(), *LETTERS.values()) if not path.exists()]:
        raise NoViewhostError(f"{missing[0]} is missing; run `make prove`, or `npm ci --ignore-scripts` in {HERE}.")
    with sync_playwright() as playwright, launched(playwright) as browser:
        asked: list[str] = []
        page = browser.new_context().new_page()
        page.route("**/*", lambda route: _answer(route, asked))
        page.goto(f"{ADDRESS}/")
        yield Viewhost(page, asked)


def lint(documents: str) -> str:
    """Return what apl-suggester says of ``documents``, a JSON object by name. Raises NoViewhostError without node."""
    node = shutil.which("node")
    if node is None or not (PACKAGES / "apl-suggester").exists():
        raise NoViewhostError(f"The lint needs node and apl-suggester; run `npm ci --ignore-scripts` in {HERE}.")
    done = subprocess.run(
        [node, "lint.js"], input=documents, cwd=HERE, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def _answer(route: Route, asked: list[str]) -> None:
    path = FILES.get(route.request.url) or LETTERS.get(route.request.url.rpartition("/")[2])
    if path:
        route.fulfill(path=path, headers={"Access-Control-Allow-Origin": "*"})
    else:
        if not route.request.url.endswith("/favicon.ico"):
            asked.append(route.request.url)
        route.abort()
