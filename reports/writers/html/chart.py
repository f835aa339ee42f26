"""A chart as inline SVG: everything from zero, the printed value at each mark, colours of the house.

Coordinates are points. Widths of text are estimated, because a page has no font to measure with; the estimate is
generous. Columns whose values do not fit above them are drawn as bars, where there is room.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType

from reports.document import Chart, ChartKind, Point
from reports.house.theme import Theme
from reports.writers.html.frame import (
    GAP,
    SMALL,
    Bar,
    Box,
    Drawing,
    Frame,
    Label,
    framed,
    parted,
    points,
    room_of,
    under,
    value_width,
    valued,
    wide,
    wrapped,
)
from reports.writers.html.inlines import Passports, anchor_of, attributes, escaped
from reports.writers.html.trends import stack, trend
from reports.writers.plots import LINE, PLOT, Place, dash, drawn, outline, paler, placed

SAMPLE = 20.0  # length of a line in the legend
VALUES_SHARE = 0.25  # the most of the width that values take at an end of the bars
LINE_SPACE = 1.2  # of the size, from a line to the next
PAPER = "#FFFFFF"


def svg(chart: Chart, theme: Theme, known: Passports, turned: bool = False) -> str:
    """The chart with its title and description for those who do not see it."""
    frame = framed(chart, theme, turned)
    kind = drawn(chart, room_of(frame))
    drawing = DRAWINGS[kind](chart, frame)
    legend, top = _legend(chart, (kind, frame), theme)
    style = theme.styles["Table Text"]
    named, about = _about(chart, known)
    x1, y1, x2, y2 = drawing.axis
    ends = {"x1": frame.at(x1), "y1": y1, "x2": frame.at(x2), "y2": y2}
    axis = attributes(**{name: f"{place:.1f}" for name, place in ends.items()}, stroke=f"#{theme.chart.axis}")
    inner = [
        *(_line(series, run, theme, frame) for series, run in drawing.runs),
        *(_point(bar, (chart, kind), (theme, known), frame) for bar in drawing.bars),
        f'<line{axis} stroke-width="0.75"/>',
        *(_words(label, frame) for label in drawing.labels),
    ]
    look = f' font-family="{escaped(style.font)}" font-size="{frame.size:g}" fill="#{style.color}"'
    view = f'viewBox="0 0 {frame.width:.1f} {drawing.height + top:.1f}"'
    body = "\n".join(inner)
    moved = f'<g transform="translate(0 {top:.1f})">\n{body}\n</g>'
    return "\n".join([f'<svg role="img"{named} {view}{look}>', about, *legend, moved, "</svg>"])


def _about(chart: Chart, known: Passports) -> tuple[str, str]:
    """The attribute that names the picture, and the elements that say its name and what it shows: some programs read a
    description only where it is part of the name (SVG-AAM 1.0)."""
    anchor, alternative = anchor_of("figure", chart.caption, known), escaped(chart.alternative, " ")
    title, shows = (f"{anchor}-{part}" if anchor else "" for part in ("title", "desc"))
    named = attributes(aria_labelledby=f"{title} {shows}".strip())
    said = f"<title{attributes(id=title)}>{escaped(chart.caption.label, ' ')}</title>"
    return named, f"{said}\n<desc{attributes(id=shows)}>{alternative}</desc>"


# ---------------------------------------------------------------- bars


def _bars(chart: Chart, frame: Frame) -> Drawing:
    """Horizontal: categories at the left, one under the other."""
    room = min(frame.width * 0.35, max((wide(name, frame) for name in chart.categories), default=0.0)) + 2 * GAP
    widest = max((value_width(point, frame) for point in points(chart)), default=0.0)
    value = min(widest, frame.width * VALUES_SHARE) + GAP
    left = room + (value if frame.low < 0 else 0)
    plot = frame.width - left - value
    zero = left - frame.length(frame.low, plot)
    thick = frame.size * 1.5
    names = [wrapped(name, room - 2 * GAP, frame) for name in chart.categories]
    said = {place[:2]: _value(place[2], value - GAP, frame) for place in placed(chart)}
    band = max([thick, *(len(label.lines) * frame.size * 1.2 for label in said.values())])
    heights = [max(band * len(chart.series), len(lines) * frame.size * 1.2) + 2 * GAP for lines in names]
    tops = [0.0, *accumulate(heights)]
    bars = []
    for number, category, point in placed(chart):
        middle = tops[category] + GAP + (number + 0.5) * band
        reach = frame.length(float(point.value), plot)
        box = Box(min(zero, zero + reach), middle - thick / 2 + 1, abs(reach), thick - 2)
        end, anchor = (zero + reach - GAP, "end") if reach < 0 else (zero + reach + GAP, "start")
        label = said[number, category]
        bars.append(Bar(number, category, box, replace(label, x=end, y=middle + label.y, anchor=anchor)))
    labels = [
        label
        for lines, top, height in zip(names, tops, heights, strict=False)
        for label in under(lines, 0, top + (height - len(lines) * frame.size * 1.2) / 2, "start", frame)
    ]
    return Drawing(tuple(bars), tuple(labels), (zero, 0, zero, tops[-1]), tops[-1])


def _value(point: Point, room: float, frame: Frame) -> Label:
    """The printed value about the middle of a bar, in lines where it is too wide for the room."""
    label = valued(point, 0, frame.size * 0.35, "start")
    return parted(label, room, frame) if value_width(point, frame) > room else label


# ---------------------------------------------------------------- columns


def _columns(chart: Chart, frame: Frame) -> Drawing:
    """Vertical: categories at the foot, side by side."""
    band = frame.width / len(chart.categories)
    breadth = min(band * 0.8 / len(chart.series), 60.0)
    above, plot = frame.size * 1.5, PLOT
    zero = above + frame.length(frame.high, plot)
    bars = []
    for number, category, point in placed(chart):
        x = band * (category + 0.5) + breadth * (number - len(chart.series) / 2)
        reach = frame.length(float(point.value), plot)
        box = Box(x + 1, min(zero, zero - reach), breadth - 2, abs(reach))
        y = zero - reach + frame.size * 1.1 if reach < 0 else zero - reach - GAP
        bars.append(Bar(number, category, box, valued(point, x + breadth / 2, y, "middle")))
    foot = above + plot + (above if frame.low < 0 else 0) + GAP
    names = [wrapped(name, band - GAP, frame) for name in chart.categories]
    labels = [
        label
        for category, lines in enumerate(names)
        for label in under(lines, band * (category + 0.5), foot, "middle", frame)
    ]
    height = foot + frame.size * 1.3 * max(map(len, names))
    return Drawing(tuple(bars), tuple(labels), (0, zero, frame.width, zero), height)


DRAWINGS: Mapping[ChartKind, Callable[[Chart, Frame], Drawing]] = MappingProxyType(
    {"bar": _bars, "column": _columns, "line": trend, "stacked": stack}
)


# ---------------------------------------------------------------- SVG


def _legend(chart: Chart, shown: tuple[ChartKind, Frame], theme: Theme) -> tuple[list[str], float]:
    """A sample and a name for each series, and the height that they take; one series is named by its caption."""
    if len(chart.series) == 1 and any(points(chart)):
        return [], 0.0
    kind, frame = shown
    made, x, y = [], 0.0, frame.size
    sample = SAMPLE if kind == "line" else frame.size * 0.8
    for number, series in enumerate(chart.series):
        before = sample + frame.size * 0.2 + GAP
        taken = before + GAP + wide(series.name, frame)
        if x and x + taken > frame.width:
            x, y = 0.0, y + frame.size * 1.5
        made += _sample(number, (x, y), shown, theme)
        name = Label(series.name, x + before, y, "start")
        if taken - GAP > frame.width:
            name = replace(parted(name, frame.width - before, frame), y=y)
            y += max(len(name.lines) - 1, 0) * frame.size * LINE_SPACE
        made.append(_words(name, frame))
        x += taken + 2 * GAP
    return made, y + frame.size


def _sample(series: int, place: Place, shown: tuple[ChartKind, Frame], theme: Theme) -> list[str]:
    """What stands for a series in the legend: a square, or a piece of its line with a marker."""
    (kind, frame), (x, y) = shown, place
    if kind != "line":
        size = frame.size * 0.8
        return [_rectangle(frame.across(Box(x, y - size, size, size)), _color(series, theme))]
    middle = y - frame.size * 0.35
    centre = frame.at(x + SAMPLE / 2), middle
    run = ((x, middle), (x + SAMPLE, middle))
    return [_line(series, run, theme, frame), _marker(series, centre, _color(series, theme), False)]


def _line(series: int, run: tuple[Place, ...], theme: Theme, frame: Frame) -> str:
    places = " ".join(f"{frame.at(x):.1f},{y:.1f}" for x, y in run)
    dashes = " ".join(f"{part * LINE:g}" for part in dash(series))
    look = attributes(points=places, fill="none", stroke=_color(series, theme), stroke_width=f"{LINE:g}")
    return f"<polyline{look}{attributes(stroke_dasharray=dashes)}/>"


def _point(bar: Bar, shown: tuple[Chart, ChartKind], house: tuple[Theme, Passports], frame: Frame) -> str:
    """The bar or marker, its value, and what a reader sees when pointing at it."""
    (chart, kind), (theme, known) = shown, house
    series = chart.series[bar.series]
    point = series.points[bar.category]
    assert point is not None  # only known points were placed
    passport, color = known.figures[point.figure], _color(bar.series, theme)
    said = f"{series.name}, {chart.categories[bar.category]}: {point.label}"
    title = escaped("; ".join(filter(None, (said, passport.line))), " ")
    box = frame.across(bar.box)
    if kind == "line":
        mark = _marker(bar.series, (box.x + box.width / 2, box.y + box.height / 2), color, point.tentative)
    else:
        light = theme.chart.tentative if len(chart.series) == 1 else paler(color.removeprefix("#"))
        fill = f"#{light}" if point.tentative else color
        parted = color if point.tentative else PAPER if kind == "stacked" else ""
        mark = _rectangle(box, fill, parted)
    keyed = attributes(data_key=point.figure, data_value=passport.value)
    if not bar.label:
        return f"<g{keyed}><title>{title}</title>{mark}</g>"
    return f"<g><title>{title}</title>{mark}{_words(bar.label, frame, keyed)}</g>"


def _color(series: int, theme: Theme) -> str:
    return f"#{theme.chart.series[series % len(theme.chart.series)]}"


def _rectangle(box: Box, fill: str, stroke: str = "") -> str:
    place = {"x": f"{box.x:.1f}", "y": f"{box.y:.1f}", "width": f"{box.width:.1f}", "height": f"{box.height:.1f}"}
    return f"<rect{attributes(**place, fill=fill, stroke=stroke)}/>"


def _marker(series: int, centre: Place, color: str, hollow: bool) -> str:
    x, y = centre
    corners = " ".join(f"{at:.1f},{2 * y - up:.1f}" for at, up in outline(series, (x, y)))
    return f"<polygon{attributes(points=corners, fill=PAPER if hollow else color, stroke=color)}/>"


def _words(label: Label, frame: Frame, keyed: str = "") -> str:
    """A text at its place; the value of a figure is an element with its key, its marks stand after it."""
    place = attributes(x=f"{frame.at(label.x):.1f}", y=f"{label.y:.1f}", text_anchor=label.anchor)
    said = escaped(label.text, " ") if not label.lines else _lines(label, frame)
    marks = f'<tspan dy="-0.35em" font-size="{frame.size * SMALL:g}">{escaped(label.marks)}</tspan>'
    return f"<text{place}>{f'<tspan{keyed}>{said}</tspan>' if keyed else said}{marks if label.marks else ''}</text>"


def _lines(label: Label, frame: Frame) -> str:
    """Lines under one another, for SVG breaks none."""
    x, step = f"{frame.at(label.x):.1f}", f"{frame.size * LINE_SPACE:g}"
    parts = (
        f"<tspan{attributes(x=x, dy=step if number else '')}>{escaped(line, ' ')}</tspan>"
        for number, line in enumerate(label.lines)
    )
    return "".join(parts)
