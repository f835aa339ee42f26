"""Pictures: photographs with what they show."""

from collections.abc import Iterator

from reports.document import Picture
from reports.writers.pdf.boxes import Box, FigureBox
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.tables import note_boxes
from reports.writers.pdf.tagged import Tag

POINTS = 72 / 2.54  # of a centimetre
LARGEST = 0.85  # of the column: what would not leave room for its caption is printed smaller


def picture_boxes(shown: Picture, layout: Layout) -> Iterator[Box]:
    """The picture and its caption, which stay together."""
    width, height = float(shown.width) * POINTS, float(shown.height) * POINTS
    scale = min(1.0, layout.width / width, layout.height * LARGEST / height)
    style, tag = layout.style("Chart"), Tag("Figure", alternative=shown.alternative)
    after = style.after if shown.caption else layout.style("Table Note").after
    yield FigureBox(
        lambda sheet, corners: sheet.photograph(tag, corners, shown),
        width * scale,
        height * scale,
        style.before,
        after,
        keep_with_next=bool(shown.caption),
    )
    yield from note_boxes((shown.caption,) if shown.caption else (), layout)
