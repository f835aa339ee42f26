"""Charts drawn as vectors: bars, columns and lines from zero with the value at each mark, in the house's colours."""

from collections.abc import Iterator
from functools import partial

from reports.document import Chart
from reports.writers.pdf.boxes import Box, Corners, FigureBox
from reports.writers.pdf.drawing import Drawing
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tables import note_boxes
from reports.writers.pdf.tagged import Tag
from reports.writers.pdf.trends import draw

LARGEST = 0.85  # of the column: a taller chart is drawn smaller, so that its caption stays with it


def _paint(drawing: Drawing, tag: Tag, scale: float, sheet: Sheet, corners: Corners) -> None:
    """Surfaces, lines and texts inside one mark."""
    with sheet.figure(tag, corners, scale):
        for surface, code in drawing.surfaces:
            sheet.fill(surface, code)
        for start, end, look in drawing.rules:
            sheet.rule(start, end, look)
        for trace in drawing.traces:
            sheet.trace(*trace)
        for shape in drawing.shapes:
            sheet.shape(*shape)
        sheet.text(tag, drawing.texts)


def chart_boxes(chart: Chart, layout: Layout) -> Iterator[Box]:
    """Caption, chart and notes, which stay together."""
    yield layout.caption(chart.caption, Tag("P"), "figure")
    style = layout.style("Chart")
    drawing = draw(chart, layout)
    scale = min(1.0, layout.height * LARGEST / max(drawing.height, 1))
    after = style.after if chart.notes else layout.style("Table Note").after
    tag = Tag("Figure", alternative=chart.alternative)
    size = drawing.width * scale, drawing.height * scale
    yield FigureBox(partial(_paint, drawing, tag, scale), *size, style.before, after, keep_with_next=bool(chart.notes))
    yield from note_boxes(chart.notes, layout)
