"""Charts as all formats draw them: which kind has room, and where stacked columns and their labels stand.

Lengths are points. x runs from the first category on, y up from the lowest value; a writer turns both as its format and
the direction of its language want. There is no value axis: what a mark is worth is printed at it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin
from types import MappingProxyType
from typing import Literal, NamedTuple

from reports.document import Chart, ChartKind, Point

PLOT = 120.0  # height from the lowest to the highest value of a chart over time
GAP = 4.0
COLUMN, LEAST_COLUMN, FILLED = (
    44.0,
    12.0,
    0.72,
)  # widest and narrowest column; part of a category's place that is filled
PALER = 0.55  # how far a tentative part of several series goes towards white
RADIUS = 2.8  # of a marker
LINE = 1.6

Symbol = Literal["circle", "square", "triangle", "diamond"]
Place = tuple[float, float]

# Series differ by more than lightness: by the shape of their markers, and by dashes, in widths of the line.
SYMBOLS: tuple[Symbol, ...] = ("circle", "square", "triangle", "diamond")
DASHES: tuple[tuple[int, ...], ...] = ((), (4, 2), (1, 2), (4, 2, 1, 2))
SHAPES: Mapping[Symbol, tuple[Place, ...]] = MappingProxyType({
    "circle": tuple((cos(turn * pi / 8), sin(turn * pi / 8)) for turn in range(16)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((-1.05, -0.8), (1.05, -0.8), (0, 1.1)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
})  # fmt: skip


def symbol(series: int) -> Symbol:
    """The marker of a series on a line."""
    return SYMBOLS[series % len(SYMBOLS)]


def dash(series: int) -> tuple[int, ...]:
    """The dashes and gaps of a line, in widths of it; none for the first."""
    return DASHES[series % len(DASHES)]


def outline(series: int, centre: Place) -> tuple[Place, ...]:
    """The corners of a marker at a place."""
    return tuple((centre[0] + x * RADIUS, centre[1] + y * RADIUS) for x, y in SHAPES[symbol(series)])


def paler(color: str) -> str:
    """The colour of what is tentative where there are several series.

    >>> paler("0B3C5D")
    '91A7B6'
    """
    parts = (int(color[start : start + 2], 16) for start in (0, 2, 4))
    return "".join(f"{round(part + (255 - part) * PALER):02X}" for part in parts)


@dataclass(frozen=True, slots=True)
class Room:
    """What a format has for a chart: its width, the distance of two lines of text, and how wide texts come out there.

    `wide` measures words, `value` a point's printed value with its marks; `plot` is the height from the lowest to the
    highest value of a chart over time.
    """

    width: float
    leading: float
    wide: Callable[[str], float]
    value: Callable[[Point], float]
    plot: float = PLOT

    def word(self, chart: Chart) -> float:
        """The width of the longest word of its categories."""
        words = (word for name in chart.categories for word in re.split(r"[ \t\n]+", name))
        return max(map(self.wide, words), default=0.0)

    def widest(self, chart: Chart) -> float:
        """The width of its widest value."""
        return max((self.value(point) for _, _, point in placed(chart)), default=0.0)


class Spot(NamedTuple):
    """A point of a chart by its series and category, and a place: of its marker, or of the middle of its label."""

    series: int
    category: int
    x: float
    y: float


class Segment(NamedTuple):
    """The part of a stacked column that a point is."""

    series: int
    category: int
    box: tuple[float, float, float, float]  # left, bottom, width, height


@dataclass(frozen=True, slots=True)
class Plot:
    """Where everything stands.

    `every` is how many categories there are to a printed name, `runs` are the unbroken stretches of a line with its
    series. `foot` and `top` are the lowest and the highest that anything reaches, the top so far `above` the plot.
    """

    slot: float
    zero: float
    labels: tuple[Spot, ...]
    every: int = 1
    segments: tuple[Segment, ...] = ()
    dots: tuple[Spot, ...] = ()
    runs: tuple[tuple[int, tuple[Place, ...]], ...] = ()
    foot: float = 0.0
    top: float = PLOT
    above: float = 0.0


def placed(chart: Chart) -> Iterator[tuple[int, int, Point]]:
    """Every known point with the numbers of its series and category."""
    for number, series in enumerate(chart.series):
        for category, point in enumerate(series.points[: len(chart.categories)]):
            if point:
                yield number, category, point


def drawn(chart: Chart, room: Room) -> ChartKind:
    """The kind that is drawn: columns whose names or values would run into each other are bars, which have room."""
    count, series = len(chart.categories), len(chart.series)
    if chart.kind in ("bar", "line") and count:
        return chart.kind
    if not count or not series or any("\n" in point.label for _, _, point in placed(chart)):
        return "bar"
    slot, widest = room.width / count, room.widest(chart)
    if chart.kind == "stacked":
        fits = column_width(chart, room) >= LEAST_COLUMN and series * room.leading <= room.plot
    else:
        fits = widest <= (slot if series == 1 else min(COLUMN, slot * FILLED / series)) - 1
    return chart.kind if fits and room.word(chart) <= slot - GAP else "bar"


# ---------------------------------------------------------------- from values to lengths


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to lengths: zero is always there."""

    least: Decimal
    most: Decimal
    length: float

    def size(self, value: Decimal) -> float:
        """The length of a value."""
        extent = self.most - self.least
        return float(abs(value) / extent) * self.length if extent else 0.0

    @property
    def zero(self) -> float:
        """How far zero is from the lower end."""
        return self.size(self.least)

    def at(self, value: Decimal) -> float:
        """How far a value is from the lower end."""
        return self.zero + (self.size(value) if value >= 0 else -self.size(value))


def scale(chart: Chart, length: float, values: Iterable[Decimal] = ()) -> Scale:
    """The scale of some values, those of the chart's points if there are none."""
    found = list(values) or [point.value for _, _, point in placed(chart)]
    return Scale(min([Decimal(0), *found]), max([Decimal(0), *found]), length)


# ---------------------------------------------------------------- stacked columns


def column_width(chart: Chart, room: Room) -> float:
    """The width of a stacked column that leaves room for the values beside it."""
    slot, widest = _stacked_slot(chart, room)
    return min(COLUMN, slot * FILLED, slot - widest - 3 * GAP)


def _stacked_slot(chart: Chart, room: Room) -> tuple[float, float]:
    """A category's place, and the widest value: half of it stands out beyond the last."""
    widest = room.widest(chart)
    return (room.width - widest / 2) / max(len(chart.categories), 1), widest


def stacked(chart: Chart, room: Room) -> Plot:
    """Columns of parts from zero, what is negative downwards; values beside their parts, moved apart where parts are
    thin."""
    (slot, _), column = _stacked_slot(chart, room), column_width(chart, room)
    spans = list(_spans(chart))
    measure = scale(chart, room.plot, (end for *_, end in spans))
    segments, labels = [], []
    for series, category, start, end in spans:
        low, high = sorted((measure.at(start), measure.at(end)))
        left = (category + 0.5) * slot - column / 2
        segments.append(Segment(series, category, (left, low, column, high - low)))
    zero = measure.zero
    foot = min(0.0, zero - room.leading * _most(segments, lambda part: part.box[1] < zero))
    top = max(room.plot, zero + room.leading * _most(segments, lambda part: part.box[1] >= zero))
    for category in range(len(chart.categories)):
        column_parts = [part for part in segments if part.category == category]
        for part, y in _beside(column_parts, (foot, zero, top), room.leading):
            wide = room.value(point_of(chart, part.series, category))
            labels.append(Spot(part.series, category, part.box[0] + column + GAP + wide / 2, y))
    return Plot(slot, zero, tuple(labels), segments=tuple(segments), foot=foot, top=top, above=top - room.plot)


def _most(parts: Iterable[Segment], counted: Callable[[Segment], bool]) -> int:
    """The most parts that a column has on one side of zero."""
    return max(Counter(part.category for part in parts if counted(part)).values(), default=0)


def _beside(
    parts: Sequence[Segment], ends: tuple[float, float, float], leading: float
) -> Iterator[tuple[Segment, float]]:
    """The heights of the values beside the parts of a column, on the side of zero where the part is; `ends` are foot,
    zero and top."""
    (foot, zero, top), half = ends, leading / 2
    down = [part for part in parts if part.box[1] < zero]
    up = [part for part in parts if part.box[1] >= zero]
    for side, low, high in ((down, foot, zero), (up, zero, top)):
        ordered = sorted(side, key=lambda part: (part.box[1], part.box[3], part.series))
        middles = [part.box[1] + part.box[3] / 2 for part in ordered]
        yield from zip(ordered, _spread(middles, leading, (low + half, high - half)), strict=True)


def _spans(chart: Chart) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    """Series, category, and from where to where the part of each point reaches."""
    up: dict[int, Decimal] = defaultdict(Decimal)
    down: dict[int, Decimal] = defaultdict(Decimal)
    for series, category, point in placed(chart):
        ends = down if point.value < 0 else up
        start = ends[category]
        ends[category] += point.value
        yield series, category, start, ends[category]


def _spread(wanted: Sequence[float], apart: float, between: tuple[float, float]) -> list[float]:
    """Ascending places so far apart at least, as near to the wanted ones as can be (least squares).

    >>> _spread([10, 12, 50], 10, (0, 100)), _spread([1, 2], 10, (5, 100))
    ([6.0, 16.0, 50.0], [5, 15])
    """
    groups: list[list[float]] = []
    for number, place in enumerate(wanted):
        groups.append([place - number * apart])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    low, high = between[0], between[1] - max(len(wanted) - 1, 0) * apart
    level = [max(low, min(high, _mean(group))) for group in groups for _ in group]
    return [place + number * apart for number, place in enumerate(level)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def point_of(chart: Chart, series: int, category: int) -> Point:
    """A point that was placed."""
    point = chart.series[series].points[category]
    assert point is not None, "only known points are placed"
    return point
