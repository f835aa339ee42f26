"""The geometry of charts: where each mark and each text stands, with the origin at the lower left corner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reports.document import Chart, Point
from reports.house.theme import TextStyle
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.lines import Line, broken
from reports.writers.pdf.stretches import Placed
from reports.writers.pdf.tagged import Tag
from reports.writers.pdf.words import natural_width
from reports.writers.plots import paler, placed, scale

Box = tuple[float, float, float, float]  # left, bottom, width, height
Place = tuple[float, float]

AXIS = 0.75
OUTLINE = 0.6  # around a tentative mark, which is lighter
LABEL_GAP = 4
VALUE = Tag("Span")  # what a mark of a value would belong to, were a chart not one figure
SWATCH, SWATCH_GAP, ENTRY_GAP, LEGEND_GAP = 7.0, 4.0, 14.0, 5.0

BAR, BAR_OF_SEVERAL, BAR_GAP = 17.0, 12.0, 8.0
NAMES_SHARE, VALUES_SHARE = 0.35, 0.25  # the most of the width that names and value labels of bars take

PLOT = 108.0  # height of the tallest column
COLUMN, SLOT, SLOT_SHARE = 44.0, 86.0, 0.72  # widest column, widest place of a category, part of it that is filled


class Surface(NamedTuple):
    """A filled box."""

    box: Box
    color: str


class Stroke(NamedTuple):
    """A straight line."""

    start: Place
    end: Place
    look: tuple[float, str]


class Trace(NamedTuple):
    """A line through several places, dashed in widths of itself."""

    places: tuple[Place, ...]
    look: tuple[float, str]
    dash: tuple[int, ...]


class Shape(NamedTuple):
    """A filled shape with a rim."""

    corners: tuple[Place, ...]
    color: str
    rim: tuple[float, str]


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """All that is drawn."""

    width: float
    height: float
    surfaces: tuple[Surface, ...]
    rules: tuple[Stroke, ...]
    texts: tuple[Placed, ...]
    traces: tuple[Trace, ...] = ()
    shapes: tuple[Shape, ...] = ()


class Canvas:
    """Collects a drawing; the mark of a point is drawn here alike for bars and columns."""

    def __init__(self, chart: Chart, layout: Layout) -> None:
        self.chart, self.layout = chart, layout
        self.style = layout.style("Chart")
        self.strong = replace(self.style, bold=True)
        self.surfaces: list[Surface] = []
        self.rules: list[Stroke] = []
        self.texts: list[Placed] = []
        self.traces: list[Trace] = []
        self.shapes: list[Shape] = []

    def set(self, text: str, style: TextStyle, measure: float) -> tuple[Line, ...]:
        """A text in a measure."""
        return broken(self.layout.setter.plain(text, style), measure)

    def value(self, point: Point, measure: float = 0) -> tuple[Line, ...]:
        """The printed value of a point with its marks, in a measure or as wide as it comes."""
        pieces = self.layout.setter.pieces(point.text, self.strong, VALUE)
        return broken(pieces, measure or natural_width(pieces) + 1)

    def color(self, series: int) -> str:
        """Of a series."""
        colors = self.layout.theme.chart.series
        return colors[series % len(colors)]

    def write(self, lines: Sequence[Line], start: Place, measure: float = 0, share: float = 0) -> None:
        """Lines under each other from a height down, at a share of the free measure: 0 start, 1 end."""
        x, top = start
        for line in lines:
            self.texts.append(Placed(x + max(measure - line.width, 0) * share, top - line.baseline, line))
            top -= line.leading

    def mark(self, box: Box, series: int, point: Point) -> None:
        """A bar or column."""
        look, color = self.layout.theme.chart, self.color(series)
        if not point.tentative:
            self.surfaces.append(Surface(box, color))
            return
        self.surfaces.append(Surface(box, look.tentative if len(self.chart.series) == 1 else paler(color)))
        left, bottom, width, height = box
        corners = [(left, bottom), (left + width, bottom), (left + width, bottom + height), (left, bottom + height)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            self.rules.append(Stroke(start, end, (OUTLINE, color)))

    def sample(self, series: int, place: Place) -> None:
        """What stands for a series in the legend, its left end and the height of its middle given."""
        x, y = place
        self.surfaces.append(Surface((x, y - SWATCH / 2, SWATCH, SWATCH), self.color(series)))

    def drawn(self, height: float, top: float, wide: float = SWATCH) -> Drawing:
        """All of it; the legend, its samples so wide, stands above `top`."""
        width = self.layout.width
        legend = list(_legend(self, width, wide)) if len(self.chart.series) > 1 else []
        rows = [max(stack_height(lines) for _, lines in row) for row in legend]
        y = top + sum(rows) + LEGEND_GAP
        for number, (row, x, lines) in enumerate(
            (row, *entry) for row, entries in enumerate(legend) for entry in entries
        ):
            down = y - sum(rows[:row])
            self.sample(number, (x, down - self.style.leading / 2))
            self.write(lines, (x + wide + SWATCH_GAP, down))
        height += sum(rows) + (LEGEND_GAP if rows else 0)
        return Drawing(
            width, height, tuple(self.surfaces), tuple(self.rules), tuple(self.texts), tuple(self.traces),
            tuple(self.shapes),
        )  # fmt: skip


def _legend(canvas: Canvas, width: float, wide: float) -> Iterator[list[tuple[float, tuple[Line, ...]]]]:
    """Row by row, as many as they need, the place and the name of each series."""
    row: list[tuple[float, tuple[Line, ...]]] = []
    x, room = 0.0, width - wide - SWATCH_GAP
    for series in canvas.chart.series:
        pieces = canvas.layout.setter.plain(series.name.replace("\n", " "), canvas.style)
        measure = min(natural_width(pieces) + 1, room)
        taken = wide + SWATCH_GAP + measure + ENTRY_GAP - 1
        if row and x + taken > width:
            yield row
            row, x = [], 0.0
        row.append((x, broken(pieces, measure)))
        x += taken
    yield row


# ---------------------------------------------------------------- bars


def bars(chart: Chart, layout: Layout) -> Drawing:
    """Horizontal bars: names at the left, the value behind the end of each bar."""
    canvas = Canvas(chart, layout)
    names = [canvas.set(name, canvas.style, layout.width * NAMES_SHARE) for name in chart.categories]
    left = max((line.width for lines in names for line in lines), default=0) + 2 * LABEL_GAP
    plot = _Plot(canvas, left, layout.width - left)
    heights = [max(plot.band * len(chart.series), stack_height(lines)) + BAR_GAP for lines in names]
    total = y = sum(heights)
    for number, (lines, height) in enumerate(zip(names, heights, strict=True)):
        canvas.write(lines, (0, y - (height - stack_height(lines)) / 2))
        plot.group(number, y - height / 2)
        y -= height
    canvas.rules.append(Stroke((plot.zero, 0), (plot.zero, total), (AXIS, layout.theme.chart.axis)))
    return canvas.drawn(total, total)


class _Plot:
    """Where bars stand: the place of zero, the scale, the room for their labels on either side."""

    def __init__(self, canvas: Canvas, left: float, width: float) -> None:
        self.canvas, self.widest = canvas, width * VALUES_SHARE
        negative, positive = (self._room(sign) for sign in (True, False))
        self.scale = scale(canvas.chart, width - negative - positive)
        self.zero = left + negative + self.scale.zero
        self.thickness = BAR if len(canvas.chart.series) == 1 else BAR_OF_SEVERAL
        labels = (self._lines(point) for _, _, point in placed(canvas.chart))
        self.band = max((self.thickness, *map(stack_height, labels)))  # of a bar with its label, which may have lines

    def _lines(self, point: Point) -> tuple[Line, ...]:
        return self.canvas.value(point, self.widest)

    def _room(self, negative: bool) -> float:
        points = [point for _, _, point in placed(self.canvas.chart) if (point.value < 0) is negative]
        widths = [line.width for point in points for line in self._lines(point)]
        return max(widths) + 2 * LABEL_GAP if widths else 0

    def group(self, category: int, middle: float) -> None:
        """The bars of a category about a height."""
        chart = self.canvas.chart
        top = middle + self.band * len(chart.series) / 2
        for number, series in enumerate(chart.series):
            point = series.points[category]
            if point:
                self._bar(number, point, top - number * self.band - (self.band - self.thickness) / 2)

    def _bar(self, series: int, point: Point, top: float) -> None:
        length, lines = self.scale.size(point.value), self._lines(point)
        start = self.zero - length if point.value < 0 else self.zero
        gap = 0 if len(self.canvas.chart.series) == 1 else 1
        self.canvas.mark((start, top - self.thickness + gap, length, self.thickness - gap), series, point)
        y = top - (self.thickness - stack_height(lines)) / 2
        if point.value < 0:
            self.canvas.write(lines, (start - LABEL_GAP - self.widest, y), self.widest, 1)
        else:
            self.canvas.write(lines, (start + length + LABEL_GAP, y))


def stack_height(lines: Sequence[Line]) -> float:
    """The height of lines under each other."""
    return sum(line.leading for line in lines)


# ---------------------------------------------------------------- columns


def _slot(chart: Chart, layout: Layout) -> tuple[float, float]:
    """The width of a category's place and of each of its columns."""
    series, categories = len(chart.series), max(len(chart.categories), 1)
    slot = min(SLOT * max(series, 1), layout.width / categories)
    return slot, min(COLUMN, slot * SLOT_SHARE / max(series, 1))


def columns(chart: Chart, layout: Layout) -> Drawing:
    """Vertical columns: names below, the value above each column, or below one that goes down."""
    canvas, measure = Canvas(chart, layout), scale(chart, PLOT)
    slot, column = _slot(chart, layout)
    names = [canvas.set(name, canvas.style, slot - LABEL_GAP) for name in chart.categories]
    leading = canvas.style.leading
    foot = max(map(stack_height, names), default=0) + LABEL_GAP + (leading if measure.least else 0)
    zero = foot + measure.zero
    for number, lines in enumerate(names):
        bottom = foot - LABEL_GAP / 2 - (leading if measure.least else 0)
        canvas.write(lines, (number * slot, bottom), slot, 0.5)
        start = number * slot + (slot - column * len(chart.series)) / 2
        for index, series in enumerate(chart.series):
            point = series.points[number]
            if point:
                place = start + index * column, zero
                _column(canvas, (index, point), (*place, column, measure.size(point.value)))
    end = slot * len(chart.categories)
    canvas.rules.append(Stroke((0, zero), (end, zero), (AXIS, layout.theme.chart.axis)))
    top = foot + PLOT + leading
    return canvas.drawn(top, top)


def _column(canvas: Canvas, marked: tuple[int, Point], box: Box) -> None:
    series, point = marked
    left, zero, width, height = box
    down = point.value < 0
    gap = 0 if len(canvas.chart.series) == 1 else 1
    canvas.mark((left, zero - height if down else zero, width - gap, height), series, point)
    lines = canvas.value(point)
    top = zero - height if down else zero + height + stack_height(lines)
    canvas.write(lines, (left - canvas.layout.width, top), width - gap + 2 * canvas.layout.width, 0.5)
