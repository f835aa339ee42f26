"""A chart as inline SVG: bars from zero, the printed value on each, colours of the house.

Coordinates are points. Widths of text are estimated, because a page has no font to measure with; the estimate is
generous. Columns whose values do not fit above them are drawn as bars, where there is room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from textwrap import wrap

from reports.document import Chart, Point
from reports.house.theme import Theme
from reports.writers.html.inlines import Passports, attributes, escaped

EM = 0.58  # the mean width of a character, as a share of the size
GAP = 4.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; a bar before it becomes SVG."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of one chart: its width, the size of its type, the span of its values.

    A `turned` chart runs from right to left: everything is placed from the left and turned when it is written. What
    an anchor calls the start of a text is at its right there already.
    """

    width: float
    size: float
    low: float
    high: float
    turned: bool = False

    def at(self, x: float) -> float:
        """A place as it is written."""
        return self.width - x if self.turned else x

    def across(self, box: Box) -> Box:
        """A rectangle as it is written."""
        return replace(box, x=self.width - box.x - box.width) if self.turned else box

    def length(self, value: float, room: float) -> float:
        """How far a value reaches where the whole span takes the room."""
        return value / (self.high - self.low) * room


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place; `anchor` start, middle or end."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One point: where its bar and its printed value stand."""

    series: int
    category: int
    box: Box
    label: Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, below the legend."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    axis: tuple[float, float, float, float]
    height: float


def svg(chart: Chart, theme: Theme, known: Passports, turned: bool = False) -> str:
    """The chart with its title and description for those who do not see it."""
    frame = replace(_frame(chart, theme), turned=turned)
    upright = chart.kind == "column" and _fits(chart, frame)
    drawing = _columns(chart, frame) if upright else _bars(chart, frame)
    legend, top = _legend(chart, frame, theme)
    style = theme.styles["Table Text"]
    about = f"<title>{escaped(chart.caption.label, ' ')}</title>\n<desc>{escaped(chart.alternative, ' ')}</desc>"
    x1, y1, x2, y2 = drawing.axis
    ends = {"x1": frame.at(x1), "y1": y1, "x2": frame.at(x2), "y2": y2}
    axis = attributes(**{name: f"{place:.1f}" for name, place in ends.items()}, stroke=f"#{theme.chart.axis}")
    inner = [
        *(_bar(replace(bar, box=frame.across(bar.box)), chart, (theme, known), frame) for bar in drawing.bars),
        f'<line{axis} stroke-width="0.75"/>',
        *(_words(label, frame) for label in drawing.labels),
    ]
    look = f' font-family="{escaped(style.font)}" font-size="{frame.size:g}" fill="#{style.color}"'
    view = f'viewBox="0 0 {frame.width:.1f} {drawing.height + top:.1f}"'
    body = "\n".join(inner)
    moved = f'<g transform="translate(0 {top:.1f})">\n{body}\n</g>'
    return "\n".join([f'<svg role="img" {view}{look}>', about, *legend, moved, "</svg>"])


def _frame(chart: Chart, theme: Theme) -> Frame:
    """The span always holds zero, and is never empty."""
    values = [float(point.value) for point in _points(chart)]
    low, high = min([0.0, *values]), max([0.0, *values])
    page = theme.page
    return Frame(page.width - page.left - page.right, theme.styles["Table Text"].size, low, high if high > low else 1.0)


def _points(chart: Chart) -> Iterable[Point]:
    return (point for series in chart.series for point in series.points if point)


def _wide(text: str, frame: Frame) -> float:
    return len(text) * frame.size * EM


def _fits(chart: Chart, frame: Frame) -> bool:
    """Whether every value fits above its column."""
    column = frame.width / len(chart.categories) * 0.8 / len(chart.series)
    return all(_wide(point.label, frame) <= column for point in _points(chart))


def _lines(label: str, room: float, frame: Frame) -> list[str]:
    return wrap(label, max(4, int(room / (frame.size * EM)))) or [""]


# ---------------------------------------------------------------- bars


def _bars(chart: Chart, frame: Frame) -> Drawing:
    """Horizontal: categories at the left, one under the other."""
    room = min(frame.width * 0.35, max(_wide(name, frame) for name in chart.categories)) + 2 * GAP
    value = max((_wide(point.label, frame) for point in _points(chart)), default=0.0) + GAP
    left = room + (value if frame.low < 0 else 0)
    plot = frame.width - left - value
    zero = left - frame.length(frame.low, plot)
    thick = frame.size * 1.5
    names = [_lines(name, room - 2 * GAP, frame) for name in chart.categories]
    heights = [max(thick * len(chart.series), len(lines) * frame.size * 1.2) + 2 * GAP for lines in names]
    tops = [0.0, *accumulate(heights)]
    bars = []
    for number, category, point in _placed(chart):
        y = tops[category] + GAP + number * thick
        reach = frame.length(float(point.value), plot)
        box = Box(min(zero, zero + reach), y + 1, abs(reach), thick - 2)
        end, anchor = (zero + reach - GAP, "end") if reach < 0 else (zero + reach + GAP, "start")
        bars.append(Bar(number, category, box, Label(point.label, end, y + thick / 2 + frame.size * 0.35, anchor)))
    labels = [
        label
        for lines, top, height in zip(names, tops, heights, strict=False)
        for label in _stacked(lines, 0, top + (height - len(lines) * frame.size * 1.2) / 2, "start", frame)
    ]
    return Drawing(tuple(bars), tuple(labels), (zero, 0, zero, tops[-1]), tops[-1])


def _placed(chart: Chart) -> Iterable[tuple[int, int, Point]]:
    """Every known point with the numbers of its series and category."""
    for number, series in enumerate(chart.series):
        for category, point in enumerate(series.points):
            if point:
                yield number, category, point


def _stacked(lines: Sequence[str], x: float, top: float, anchor: str, frame: Frame) -> list[Label]:
    """Lines under one another."""
    return [Label(line, x, top + frame.size * (0.95 + 1.2 * number), anchor) for number, line in enumerate(lines)]


# ---------------------------------------------------------------- columns


def _columns(chart: Chart, frame: Frame) -> Drawing:
    """Vertical: categories at the foot, side by side."""
    band = frame.width / len(chart.categories)
    wide = min(band * 0.8 / len(chart.series), 60.0)
    above, plot = frame.size * 1.5, frame.width * 0.32
    zero = above + frame.length(frame.high, plot)
    bars = []
    for number, category, point in _placed(chart):
        x = band * (category + 0.5) + wide * (number - len(chart.series) / 2)
        reach = frame.length(float(point.value), plot)
        box = Box(x + 1, min(zero, zero - reach), wide - 2, abs(reach))
        y = zero - reach + frame.size * 1.1 if reach < 0 else zero - reach - GAP
        bars.append(Bar(number, category, box, Label(point.label, x + wide / 2, y, "middle")))
    foot = above + plot + (above if frame.low < 0 else 0) + GAP
    names = [_lines(name, band - GAP, frame) for name in chart.categories]
    labels = [
        label
        for category, lines in enumerate(names)
        for label in _stacked(lines, band * (category + 0.5), foot, "middle", frame)
    ]
    height = foot + frame.size * 1.3 * max(map(len, names))
    return Drawing(tuple(bars), tuple(labels), (0, zero, frame.width, zero), height)


# ---------------------------------------------------------------- SVG


def _legend(chart: Chart, frame: Frame, theme: Theme) -> tuple[list[str], float]:
    """A square and a name for each series, and the height that they take; one series is named by its caption."""
    if len(chart.series) == 1 and any(_points(chart)):
        return [], 0.0
    drawn, x, y = [], 0.0, frame.size
    for number, series in enumerate(chart.series):
        wide = frame.size + 2 * GAP + _wide(series.name, frame)
        if x and x + wide > frame.width:
            x, y = 0.0, y + frame.size * 1.5
        square = Box(x, y - frame.size * 0.8, frame.size * 0.8, frame.size * 0.8)
        drawn += [
            _rectangle(frame.across(square), _color(number, theme)),
            _words(Label(series.name, x + frame.size + GAP, y, "start"), frame),
        ]
        x += wide + 2 * GAP
    return drawn, y + frame.size


def _bar(bar: Bar, chart: Chart, house: tuple[Theme, Passports], frame: Frame) -> str:
    """The bar, its value, and what a reader sees when pointing at it."""
    theme, known = house
    series = chart.series[bar.series]
    point = series.points[bar.category]
    assert point is not None  # only known points were placed
    passport, color = known.figures[point.figure], _color(bar.series, theme)
    said = f"{series.name}, {chart.categories[bar.category]}: {point.label}"
    title = escaped("; ".join(filter(None, (said, passport.line))), " ")
    fill = f"#{theme.chart.tentative}" if point.tentative else color
    drawn = _rectangle(bar.box, fill, color if point.tentative else "")
    keyed = attributes(data_key=point.figure, data_value=passport.value)
    return f"<g{keyed}><title>{title}</title>{drawn}{_words(bar.label, frame)}</g>"


def _color(series: int, theme: Theme) -> str:
    return f"#{theme.chart.series[series % len(theme.chart.series)]}"


def _rectangle(box: Box, fill: str, stroke: str = "") -> str:
    place = {"x": f"{box.x:.1f}", "y": f"{box.y:.1f}", "width": f"{box.width:.1f}", "height": f"{box.height:.1f}"}
    return f"<rect{attributes(**place, fill=fill, stroke=stroke)}/>"


def _words(label: Label, frame: Frame) -> str:
    place = attributes(x=f"{frame.at(label.x):.1f}", y=f"{label.y:.1f}", text_anchor=label.anchor)
    return f"<text{place}>{escaped(label.text, ' ')}</text>"
