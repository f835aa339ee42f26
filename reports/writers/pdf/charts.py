"""Charts drawn as vectors: bars, columns and lines from zero with the value at each mark, in the house's colours."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import Chart
from reports.writers.pdf.boxes import Box, Side
from reports.writers.pdf.drawing import Drawing
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tables import note_boxes
from reports.writers.pdf.tags import Tag
from reports.writers.pdf.trends import draw

LARGEST = 0.85  # of the column: a taller chart is drawn smaller, so that its caption stays with it


@dataclass(frozen=True, slots=True, eq=False)
class ChartBox:
    """A drawing as one figure with an alternative text."""

    drawing: Drawing
    tag: Tag
    scale: float
    before: float
    after: float
    keep_with_next: bool
    side: Side | None = None
    anchor: str = ""
    notes: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """Of the drawing on the page."""
        return self.drawing.height * self.scale

    @property
    def smallest(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float, anywhere: bool) -> None:
        """Never."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws surfaces, lines and texts inside one mark."""
        box = (left, top - self.height, left + self.drawing.width * self.scale, top)
        with sheet.figure(self.tag, box, self.scale):
            for surface, code in self.drawing.surfaces:
                sheet.fill(surface, code)
            for start, end, look in self.drawing.rules:
                sheet.rule(start, end, look)
            for trace in self.drawing.traces:
                sheet.trace(*trace)
            for shape in self.drawing.shapes:
                sheet.shape(*shape)
            sheet.text(self.tag, self.drawing.texts)


def chart_boxes(chart: Chart, layout: Layout) -> Iterator[Box]:
    """Caption, chart and notes, which stay together."""
    yield layout.caption(chart.caption, Tag("P"), "figure")
    style = layout.style("Chart")
    drawing = draw(chart, layout)
    scale = min(1.0, layout.height * LARGEST / max(drawing.height, 1))
    after = style.after if chart.notes else layout.style("Table Note").after
    tag = Tag("Figure", alternative=chart.alternative)
    yield ChartBox(drawing, tag, scale, style.before, after, keep_with_next=bool(chart.notes))
    yield from note_boxes(chart.notes, layout)
