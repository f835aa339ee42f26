"""Lines and stacked columns as they were placed, in the places of a page: y runs down."""

from reports.document import Chart
from reports.writers.html.frame import GAP, Bar, Box, Drawing, Frame, Label, room_of, under, valued, wide, wrapped
from reports.writers.plots import RADIUS, Plot, Spot, stacked
from reports.writers.traces import lines


def trend(chart: Chart, frame: Frame) -> Drawing:
    """Lines with a marker for each point."""
    plot = lines(chart, room_of(frame))
    boxes = {
        (dot.series, dot.category): Box(dot.x - RADIUS, plot.top - dot.y - RADIUS, 2 * RADIUS, 2 * RADIUS)
        for dot in plot.dots
    }
    runs = tuple((series, tuple((x, plot.top - y) for x, y in run)) for series, run in plot.runs)
    return _drawing(chart, frame, plot, boxes, runs)


def stack(chart: Chart, frame: Frame) -> Drawing:
    """Columns of parts."""
    plot = stacked(chart, room_of(frame))
    boxes = {
        (part.series, part.category): Box(left, plot.top - bottom - height, width, height)
        for part in plot.segments
        for left, bottom, width, height in [part.box]
    }
    return _drawing(chart, frame, plot, boxes)


def _drawing(
    chart: Chart,
    frame: Frame,
    plot: Plot,
    boxes: dict[tuple[int, int], Box],
    runs: tuple[tuple[int, tuple[tuple[float, float], ...]], ...] = (),
) -> Drawing:
    spots = {(label.series, label.category): label for label in plot.labels}
    bars = tuple(
        Bar(*place, box, _value(chart, plot, spots[place], frame) if place in spots else None)
        for place, box in boxes.items()
    )
    names, height = _names(chart, frame, plot)
    zero = plot.top - plot.zero
    return Drawing(bars, tuple(names), (0, zero, plot.slot * len(chart.categories), zero), height, runs)


def _value(chart: Chart, plot: Plot, spot: Spot, frame: Frame) -> Label:
    point = chart.series[spot.series].points[spot.category]
    assert point is not None, "only known points are placed"
    return valued(point, spot.x, plot.top - spot.y + frame.size * 0.35, "middle")


def _names(chart: Chart, frame: Frame, plot: Plot) -> tuple[list[Label], float]:
    """The names of the categories at the foot, and the height of the whole."""
    measure, foot = plot.slot * plot.every - GAP, plot.top - plot.foot + GAP
    named = [
        (number, wrapped(name, measure, frame))
        for number, name in enumerate(chart.categories)
        if number % plot.every == 0
    ]
    labels = []
    for number, texts in named:
        half = max(wide(text, frame) for text in texts) / 2
        middle = max(min(plot.slot * (number + 0.5), frame.width - half), half)
        labels += under(texts, middle, foot, "middle", frame)
    return labels, foot + frame.size * 1.3 * max(len(texts) for _, texts in named)
