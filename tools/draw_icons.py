"""Draws the skill's icons: an upper back from behind, the spine, and a warm spot between the shoulder blades.

No device is on them, as Amazon asks. Run it as ``python -m tools.draw_icons`` after a change here; a test compares what
is committed with what this draws. Nothing but the standard library is needed, so that the same icon comes out anywhere.
"""

import math
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

IMAGES = Path(__file__).resolve().parent.parent / "skill-package" / "assets" / "images"

SIZES = (108, 512)
"""Pixels, as Amazon asks for: the small icon and the large one."""

Colour = tuple[float, float, float]
Point = tuple[float, float]

TOP, BOTTOM = (17, 122, 124), (12, 74, 96)
SKIN, BLADE, BONE, WARM = (233, 244, 241), (178, 217, 210), (17, 110, 115), (245, 140, 60)

BODY: Sequence[Point] = ((0.22, 0.58), (0.36, 0.47), (0.64, 0.47), (0.78, 0.58), (0.70, 1.10), (0.30, 1.10))
"""The outline of shoulders and back, in parts of the icon's width, before its corners are rounded."""

LEFT_BLADE: Sequence[Point] = ((0.275, 0.600), (0.395, 0.585), (0.375, 0.775))

VERTEBRAE = tuple(0.38 + 0.077 * number for number in range(9))
"""Where the middle of each vertebra is, from the top of the icon."""

PAIN: Point = (0.5, 0.65)


def pixel(x: float, y: float, edge: float) -> Colour:
    """Return the colour at a point of the icon, whose sides are 1 long; an edge is ``edge`` wide to look smooth."""
    colour = _mixed(TOP, BOTTOM, y)
    head = math.hypot(x - 0.5, (y - 0.20) * 0.86) - 0.115
    neck = _box(x, y, (0.5, 0.38), (0.055, 0.12), 0.03)
    body = _joined(_joined(neck, _polygon(x, y, BODY) - 0.07, 0.09), head, 0.03)
    colour = _mixed(colour, SKIN, _inside(body, edge))
    blade = min(_polygon(x, y, LEFT_BLADE), _polygon(1 - x, y, LEFT_BLADE)) - 0.028
    colour = _mixed(colour, BLADE, _inside(blade, edge))
    distance = math.hypot(x - PAIN[0], y - PAIN[1])
    colour = _mixed(colour, WARM, 0.9 * max(0.0, 1 - distance / 0.17) ** 0.8)
    bone = min(_box(x, y, (0.5, middle), (0.046, 0.026), 0.02) for middle in VERTEBRAE)
    return _mixed(colour, BONE, _inside(bone, edge))


def png(size: int) -> bytes:
    """Return the icon as a PNG file, ``size`` pixels wide and high."""
    rows = b"".join(b"\0" + bytes(row) for row in pixels(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)  # 8 bits each of red, green and blue
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def pixels(size: int, every: int = 1) -> Iterator[list[int]]:
    """Yield the rows of the icon, three numbers a pixel; ``every`` leaves out rows and columns, for a quick look."""
    places = [(place + 0.5) / size for place in range(0, size, every)]
    for y in places:
        yield [round(part) for x in places for part in pixel(x, y, 1 / size)]


def path_of(size: int) -> Path:
    """Return where the icon of that size is committed."""
    return IMAGES / f"icon-{size}.png"


def _mixed(one: Sequence[float], other: Sequence[float], share: float) -> Colour:
    share = min(1.0, max(0.0, share))
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _joined(one: float, other: float, round_: float) -> float:
    """Return the distance to two shapes together, their meeting rounded off over a length of ``round_``."""
    overlap = max(0.0, round_ - abs(one - other)) / round_
    return min(one, other) - overlap * overlap * round_ / 4


def _inside(distance: float, edge: float) -> float:
    """Return 1 within a shape, 0 outside of it, and something between on its edge."""
    return 0.5 - distance / edge


def _box(x: float, y: float, middle: Point, half: Point, corner: float) -> float:
    """Return the distance to a box with round corners; negative inside."""
    across, down = abs(x - middle[0]) - half[0] + corner, abs(y - middle[1]) - half[1] + corner
    return math.hypot(max(across, 0), max(down, 0)) + min(max(across, down), 0) - corner


def _polygon(x: float, y: float, corners: Sequence[Point]) -> float:
    """Return the distance to a polygon; negative inside."""
    nearest, inside = math.inf, False
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        along, up = bx - ax, by - ay
        share = min(1.0, max(0.0, ((x - ax) * along + (y - ay) * up) / (along * along + up * up)))
        nearest = min(nearest, math.hypot(x - ax - share * along, y - ay - share * up))
        if (ay > y) != (by > y) and x < along * (y - ay) / up + ax:
            inside = not inside
    return -nearest if inside else nearest


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def main() -> int:
    """Draw the icons and return the exit status."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        path_of(size).write_bytes(png(size))
        print(f"wrote {path_of(size).name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
