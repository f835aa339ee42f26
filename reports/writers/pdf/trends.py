"""Charts over time: lines and stacked columns; and which drawing a chart gets."""

from reports.document import Chart, Point
from reports.writers.pdf.drawing import (
    AXIS,
    OUTLINE,
    Canvas,
    Drawing,
    Place,
    Shape,
    Stroke,
    Trace,
    bars,
    columns,
    stack_height,
)
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.words import natural_width
from reports.writers.plots import LINE, Plot, Room, Spot, dash, drawn, outline, stacked
from reports.writers.traces import lines

SAMPLE = 20.0  # length of a line in the legend
PAPER = "FFFFFF"
PARTING = 1.0  # a hair of paper between two parts of a column
BELOW = 4.0  # between the plot and the names of its categories


def draw(chart: Chart, layout: Layout) -> Drawing:
    """The chart as it has room: columns whose labels would run into each other are bars."""
    canvas = _TrendCanvas(chart, layout)
    room = canvas.room
    match drawn(chart, room):
        case "bar":
            return bars(chart, layout)
        case "column":
            return columns(chart, layout)
        case "line":
            return canvas.lines(lines(chart, room))
        case "stacked":
            return canvas.stacks(stacked(chart, room))


class _TrendCanvas(Canvas):
    """Draws what was placed; the plot stands on the names of its categories."""

    @property
    def room(self) -> Room:
        """The column, measured with the fonts of the house."""
        setter = self.layout.setter

        def wide(text: str) -> float:
            return natural_width(setter.plain(text, self.style))

        return Room(self.layout.width, self.style.leading, wide, self._wide)

    def _wide(self, point: Point) -> float:
        return max(line.width for line in self.value(point))

    def lines(self, plot: Plot) -> Drawing:
        """Lines, dashed but for the first, with a marker at each point: hollow where it is tentative."""
        foot = self._names(plot)
        for series, run in plot.runs:
            self.traces.append(_trace(self.color(series), series, tuple((x, foot + y) for x, y in run)))
        for dot in plot.dots:
            self._marker(dot.series, (dot.x, foot + dot.y), hollow=self._point(dot).tentative)
        self._values(plot, foot)
        return self.drawn(foot + plot.top, foot + plot.top, SAMPLE)

    def stacks(self, plot: Plot) -> Drawing:
        """Stacked columns with a hair of paper between two parts."""
        foot = self._names(plot)
        for series, category, (left, bottom, width, height) in plot.segments:
            point = self.chart.series[series].points[category]
            if point:
                self.mark((left, foot + bottom, width, height), series, point)
                inner = foot + (bottom + height if point.value < 0 else bottom)
                if inner != foot + plot.zero:
                    self.rules.append(Stroke((left, inner), (left + width, inner), (PARTING, PAPER)))
        self._values(plot, foot)
        return self.drawn(foot + plot.top, foot + plot.top)

    def sample(self, series: int, place: Place) -> None:
        """A piece of the line with its marker, or a square."""
        if self.chart.kind != "line":
            super().sample(series, place)
            return
        x, y = place
        self.traces.append(_trace(self.color(series), series, ((x, y), (x + SAMPLE, y))))
        self._marker(series, (x + SAMPLE / 2, y), hollow=False)

    def _marker(self, series: int, centre: Place, hollow: bool) -> None:
        color = self.color(series)
        corners = outline(series, centre)
        self.shapes.append(Shape(corners, PAPER if hollow else color, (2 * OUTLINE if hollow else OUTLINE, color)))

    def _names(self, plot: Plot) -> float:
        """Writes the names of the categories and draws the axis; the height at which the plot begins."""
        measure = plot.slot * plot.every - BELOW
        names = [
            (number, self.set(name, self.style, measure))
            for number, name in enumerate(self.chart.categories)
            if number % plot.every == 0
        ]
        below = BELOW - plot.foot
        foot = max((stack_height(found) for _, found in names), default=0) + below
        for number, found in names:
            middle = (number + 0.5) * plot.slot
            left = min(max(middle - measure / 2, 0), self.layout.width - measure)
            self.write(found, (left, foot - below), measure, 0.5)
        zero = foot + plot.zero
        end = plot.slot * len(self.chart.categories)
        self.rules.append(Stroke((0, zero), (end, zero), (AXIS, self.layout.theme.chart.axis)))
        return foot

    def _values(self, plot: Plot, foot: float) -> None:
        for label in plot.labels:
            found = self.value(self._point(label))
            wide = max(line.width for line in found)
            self.write(found, (label.x - wide / 2, foot + label.y + stack_height(found) / 2), wide, 0.5)

    def _point(self, spot: Spot) -> Point:
        point = self.chart.series[spot.series].points[spot.category]
        assert point is not None, "only known points are placed"
        return point


def _trace(color: str, series: int, places: tuple[Place, ...]) -> Trace:
    return Trace(places, (LINE, color), dash(series))
