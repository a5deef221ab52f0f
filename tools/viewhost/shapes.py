"""The screens that the pictures are drawn for: shapes and sizes of Alexa devices."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One screen. Sizes are pixels; at 160 dots an inch a pixel is one dp."""

    name: str
    width: int
    height: int
    round: bool = False
    mode: str = "HUB"
    dpi: int = 160

    @property
    def scale(self) -> float:
        """Pixels of a dp."""
        return self.dpi / 160


ROUND = Shape(name="hub round", width=480, height=480, round=True)
SMALL = Shape(name="hub small", width=960, height=480)
LARGE = Shape(name="hub large", width=1280, height=800)
PORTRAIT = Shape(name="hub portrait", width=1080, height=1920)
TV = Shape(name="TV", width=1920, height=1080, mode="TV", dpi=320)

PICTURED = (ROUND, SMALL, LARGE, PORTRAIT, TV)
"""The shapes of the pictures."""

SHAPES = (
    *PICTURED,
    Shape(name="hub medium", width=1024, height=600),
    Shape(name="hub extra large", width=1920, height=1080),
)
"""The shapes that the proof holds."""
