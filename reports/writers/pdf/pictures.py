"""Pictures: photographs with what they show."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import Picture
from reports.writers.pdf.boxes import Box, Side
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tables import note_boxes
from reports.writers.pdf.tags import Tag

POINTS = 72 / 2.54  # of a centimetre
LARGEST = 0.85  # of the column: what would not leave room for its caption is printed smaller


@dataclass(frozen=True, slots=True, eq=False)
class PictureBox:
    """A photograph as one figure with an alternative text; `width` and `height` in points."""

    shown: Picture
    tag: Tag
    width: float
    height: float
    before: float
    after: float
    keep_with_next: bool
    side: Side | None = None
    anchor: str = ""
    notes: tuple[int, ...] = ()

    @property
    def smallest(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float, anywhere: bool) -> None:
        """Never."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws it where the lines of the column begin."""
        sheet.photograph(self.tag, (left, top - self.height, left + self.width, top), self.shown)


def picture_boxes(shown: Picture, layout: Layout) -> Iterator[Box]:
    """The picture and its caption, which stay together."""
    width, height = float(shown.width) * POINTS, float(shown.height) * POINTS
    scale = min(1.0, layout.width / width, layout.height * LARGEST / height)
    style, tag = layout.style("Chart"), Tag("Figure", alternative=shown.alternative)
    after = style.after if shown.caption else layout.style("Table Note").after
    yield PictureBox(shown, tag, width * scale, height * scale, style.before, after, bool(shown.caption))
    yield from note_boxes((shown.caption,) if shown.caption else (), layout)
