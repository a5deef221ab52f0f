"""Prints docs/PROTOCOL.md to docs/PROTOCOL.pdf, in a real Chromium: ``python -m tools.print_review``.

``make generate`` does so where the sheet has changed. The title of the PDF ends with a hash of the sheet, so that a
test tells whether it is of this sheet. What GitHub draws as a chart is left out: the steps in words stand before it,
coloured by level.
"""

import re
import sys
from hashlib import sha256
from html import escape

from markdown_it import MarkdownIt
from playwright.sync_api import sync_playwright

from tools.build_review import SHEET
from tools.chromium import launched
from tools.review_care import LEVEL_NAMES
from tools.review_flow import COLOURS

PRINTED = SHEET.with_suffix(".pdf")

STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 9.5pt/1.35 "DejaVu Sans", Arial, sans-serif; color: #111; }
h1 { font-size: 17pt; } h2 { font-size: 13pt; margin-top: 16pt; } h3 { font-size: 10.5pt; }
h1, h2, h3 { break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: 6pt 0; }
th, td { border: 0.5pt solid #777; padding: 3pt 4pt; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
th:empty { display: none; }
code { font-size: 8pt; }
blockquote { margin: 3pt 0 6pt 10pt; padding-left: 6pt; border-left: 2pt solid #999; }
a { color: inherit; }
"""


def fingerprint(sheet: str) -> str:
    """Return the first characters of the hash of ``sheet``, as they stand in the title of the PDF."""
    return sha256(sheet.encode()).hexdigest()[:16]


def page(sheet: str) -> str:
    """Return the sheet as an HTML page to be printed, each level in its colour."""
    words = re.sub(r"```mermaid\n.*?```\n", "", sheet, flags=re.DOTALL)
    body = MarkdownIt("commonmark").enable("table").render(words)
    for level, name in LEVEL_NAMES.items():
        body = body.replace(
            f"<td>{name}</td>", f'<td style="background:{COLOURS[level]};white-space:nowrap"><b>{name}</b></td>'
        )
    title = escape(f"Protocol of Upper Back Guide, sheet {fingerprint(sheet)}")
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def is_current() -> bool:
    """Return whether the PDF is of the sheet as it is now."""
    return PRINTED.exists() and fingerprint(SHEET.read_text("utf-8")).encode() in PRINTED.read_bytes()


def main() -> int:
    """Print the sheet where the PDF is of another one, and return the exit status."""
    if is_current():
        return 0
    with sync_playwright() as playwright:
        browser = launched(playwright)
        try:
            printed = browser.new_page()
            printed.set_content(page(SHEET.read_text("utf-8")))
            footer = '<div style="font-size:7pt;width:100%;text-align:center"><span class="pageNumber"></span>'
            printed.pdf(
                path=PRINTED,
                prefer_css_page_size=True,
                print_background=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=f'{footer} of <span class="totalPages"></span></div>',
            )
        finally:
            browser.close()
    print(f"wrote {PRINTED.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
