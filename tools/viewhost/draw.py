"""Draws the pictures of docs/screens.md: each example on the five shapes side by side, and what is read of it.

Run it as ``make screens``. Look at each picture before it is committed.
"""

import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.entry import load_handler
from tools.artifact_content import ROOT
from tools.viewhost.examples import EXAMPLES, NOES, screens
from tools.viewhost.host import NoViewhostError, Viewhost, viewhost
from tools.viewhost.shapes import PICTURED, SMALL

FOLDER = ROOT / "docs" / "screens"
PAGE = ROOT / "docs" / "screens.md"

HEIGHT = 300
"""Pixels of each screen in a picture."""

GAP = 12

QUALITY = 82
"""Of the pictures, in percent: letters stay clear, and a picture has a third of the bytes."""

LIGHT = frozenset({"a question in other words", "a doctor today", "breath"})
"""The examples that are drawn in the light theme."""

HEAD = """# Screens

What Echo devices show, drawn by Amazon's own viewhost from what the real handler sends: a small round hub, a small and
a large one, a portrait one, a television. `make screens` draws the pictures and writes this page; `make prove` holds
what is on them. Amazon's letters are in no registry, so Open Sans stands for them.

Under each picture stands what is read of it, in the order of reading: texts, and in brackets what can be touched.
"""


def page(directives: Mapping[str, Mapping[str, Any]], drawn: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return the content of docs/screens.md for what is drawn of each example on the small hub."""
    parts = [HEAD]
    for name in directives:
        said = [f'"{words}"' if words != NOES else words for words in EXAMPLES[name]]
        lead = ", then ".join(["the guide was opened", *said])
        parts.append(f"## {name.capitalize()}\n")
        parts.append(f"After {lead}.\n")
        parts.append(f"![{name}](screens/{file_of(name)})\n")
        parts.append("```text\n" + "\n".join(read_out(drawn[name])) + "\n```\n")
    return "\n".join(parts)


def file_of(name: str) -> str:
    """Return the name of the picture of the example ``name``."""
    return f"{name.replace(' ', '-')}.jpg"


def read_out(items: list[dict[str, Any]]) -> list[str]:
    """Return what is read, line by line. What can be touched is read by its label, so its text is not read again."""
    return [
        f"[{item['label']}]" if item["kind"] == "touch" else item["text"]
        for item in items
        if item["kind"] == "touch" or (item["kind"] == "text" and not item["touch"])
    ]


def main() -> int:
    """Draw every picture, write the page, and return the exit status."""
    directives = screens(load_handler())
    try:
        with viewhost() as host:
            drawn = {name: _pictured(host, name, directive) for name, directive in directives.items()}
    except NoViewhostError as error:
        print(error, file=sys.stderr)
        return 1
    PAGE.write_text(page(directives, drawn), "utf-8")
    for old in {path.name for path in FOLDER.glob("*.jpg")} - {file_of(name) for name in directives}:
        (FOLDER / old).unlink()
    return 0


def moved(directive: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``directive`` with its first movement done at once; the same where nothing moves."""
    commands = [command for one in directive["document"].get("onMount", ()) for command in one["commands"]]
    first = next((command["at"] for command in commands if command["type"] != "Say"), None)
    if first is None:
        return directive
    done = [{**command, "at": 0, "time": 1} for command in commands if command["at"] == first]
    document = {**directive["document"], "onMount": [{"type": "Parallel", "commands": done}]}
    return {**directive, "document": document}


def _pictured(host: Viewhost, name: str, directive: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Draw ``directive`` on every shape into one picture, and return what is drawn on the small hub."""
    theme = "light" if name in LIGHT else "dark"
    drawn: list[dict[str, Any]] = []
    shots: list[bytes] = []
    for shape in PICTURED:
        host.draw(moved(directive), shape, theme)
        shots.append(host.page.screenshot())
        if shape is SMALL:
            drawn = host.drawn()
    FOLDER.mkdir(exist_ok=True)
    _joined(host, shots, FOLDER / file_of(name))
    return drawn


def _joined(host: Viewhost, shots: list[bytes], path: Path) -> None:
    """Write ``shots`` side by side into one file: the browser that drew them puts them together."""
    width = sum(round(shape.width * HEIGHT / shape.height) for shape in PICTURED) + GAP * (len(PICTURED) - 1)
    with host.page.context.new_page() as sheet:
        sheet.set_viewport_size({"width": width, "height": HEIGHT})
        sheet.set_content(_html(shots))
        sheet.wait_for_function("[...document.images].every((image) => image.complete)")
        sheet.screenshot(path=path, type="jpeg", quality=QUALITY)


def _html(shots: list[bytes]) -> str:
    images = "".join(
        f'<img height="{HEIGHT}" style="border-radius: {"50%" if shape.round else "0"}"'
        f' src="data:image/png;base64,{b64encode(shot).decode()}">'
        for shape, shot in zip(PICTURED, shots, strict=True)
    )
    return f'<body style="margin: 0; display: flex; gap: {GAP}px; background: #777">{images}</body>'


if __name__ == "__main__":
    sys.exit(main())
