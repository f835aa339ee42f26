"""The series of a native chart: its look, its labels, the cells it is of.

A label is text as the brief prints it. One that stands beside its mark is moved from where the format would put it, by
shares of the chart (ECMA-376 part 1, 21.2.2.88 and 21.2.2.95), so it goes with its mark when the numbers are edited.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from reports.document import Chart, ChartKind, Point
from reports.writers.plots import LINE, PLOT, RADIUS, Plot, Room, drawn, paler, placed, stacked, symbol
from reports.writers.traces import lines
from reports.writers.widths import BOLD, LOWER, SUPERIOR, width
from reports.writers.word.draft import Draft
from reports.writers.word.xml import Xml, escaped

EMU = 12700  # DrawingML measures in English metric units, so many to a point
# In points: a bar, the space between two groups of bars, above and below, for a row of the legend; a chart of columns.
BAR, BETWEEN, AROUND, LEGEND, COLUMNS_HEIGHT = 14.0, 8.0, 12.0, 20.0, 118.0
LEADING = 1.25  # the distance of two lines, as a share of the size
SAMPLE = 34.0  # what a series takes in the legend beside its name
MARKER = 6  # points
RIM = 0.6  # points, around a tentative bar, as in PDF
PAPER = "FFFFFF"
DASHED = ("solid", "dash", "sysDot", "dashDot")  # as the dashes of the plots
POSITIONS: Mapping[ChartKind, str] = MappingProxyType(
    {"bar": "outEnd", "column": "outEnd", "line": "t", "stacked": "ctr"}
)
USED = 0.85  # of the plot's height: a program ends its value axis at a round number beyond the highest value
STILL = 0.002  # of the chart: a label so near its usual place stays there
SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
# No line from a moved label to its mark ([MS-ODRAWXML] 2.24.3.87).
UNTIED = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext>'
    "</c:extLst>"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it is drawn: its kind, its plot where labels are placed one by one, its height and that of its legend
    in points."""

    chart: Chart
    kind: ChartKind
    plot: Plot | None
    height: float
    legend: float


def figure_of(draft: Draft, chart: Chart) -> Figure:
    """The chart as it has room in the column, by the estimate of widths that tables go by too."""
    size = draft.house.theme.styles["Chart"].size

    def value(point: Point) -> float:
        return size * (BOLD * width(point.label) + SUPERIOR * LOWER * sum(len(mark.sign) for mark in point.marks))

    room = Room(draft.text_width, size * LEADING, lambda text: size * width(text), value, PLOT * USED)
    kind = drawn(chart, room)
    names = sum(SAMPLE + size * width(series.name) for series in chart.series)
    legend = LEGEND * (1 + int(names / room.width)) if len(chart.series) > 1 else 0.0
    if kind == "column":
        return Figure(chart, kind, None, COLUMNS_HEIGHT + legend, legend)
    if kind == "bar":
        groups = len(chart.categories) * (len(chart.series) * BAR + BETWEEN)
        return Figure(chart, kind, None, groups + AROUND + legend, legend)
    plot = lines(chart, room) if kind == "line" else stacked(chart, room)
    rows = max(int(room.wide(name) / (plot.slot * plot.every)) + 1 for name in chart.categories)
    height = PLOT + plot.top - room.plot - plot.foot + rows * room.leading + 2 * AROUND + legend
    return Figure(chart, kind, plot, height, legend)


def one_series(draft: Draft, shown: Figure, number: int) -> Xml:
    """A series: look, labels, and the cells of its name, of the categories, of its values."""
    chart = shown.chart
    series, last = chart.series[number], len(chart.categories) + 1
    letter = _letters(number + 1)
    points = [point for point, _ in zip_longest(series.points, chart.categories)][: len(chart.categories)]
    line = shown.kind == "line"
    negative, straight = ("", '<c:smooth val="0"/>') if line else ('<c:invertIfNegative val="0"/>', "")
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_texts(f'Sheet1!${letter}$1', [series.name])}</c:tx>"
        f"{_look(draft, shown, number)}{negative}{_tentative(draft, shown, number)}{_labels(draft, shown, number)}"
        f"<c:cat>{_texts(f'Sheet1!$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val>{_numbers(f'Sheet1!${letter}$2:${letter}${last}', points)}</c:val>{straight}</c:ser>"
    )


def _letters(column: int) -> str:
    """The name of a column of a sheet, the first being 0.

    >>> _letters(1), _letters(25), _letters(26)
    ('B', 'Z', 'AA')
    """
    before, place = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + place)


# ---------------------------------------------------------------- looks


def _colour(draft: Draft, number: int) -> str:
    colours = draft.house.theme.chart.series
    return colours[number % len(colours)]


def _look(draft: Draft, shown: Figure, number: int) -> Xml:
    """A filled bar, parted by paper where bars are stacked; or a line with its markers."""
    colour = _colour(draft, number)
    if shown.kind == "line":
        return f"<c:spPr>{_stroke(colour, number)}</c:spPr>{_marker(colour, colour, number)}"
    return f"<c:spPr>{fill(colour)}{_parted(shown)}</c:spPr>"


def _parted(shown: Figure) -> Xml:
    return f'<a:ln w="{EMU * 3 // 4}">{fill(PAPER)}</a:ln>' if shown.kind == "stacked" else ""


def _stroke(colour: str, number: int) -> Xml:
    dashes = DASHED[number % len(DASHED)]
    return f'<a:ln w="{round(LINE * EMU)}" cap="flat">{fill(colour)}<a:prstDash val="{dashes}"/><a:round/></a:ln>'


def _marker(colour: str, rim: str, number: int) -> Xml:
    return (
        f'<c:marker><c:symbol val="{symbol(number)}"/><c:size val="{MARKER}"/>'
        f'<c:spPr>{fill(colour)}<a:ln w="{EMU}">{fill(rim)}</a:ln></c:spPr></c:marker>'
    )


def _tentative(draft: Draft, shown: Figure, number: int) -> Xml:
    """The provisional and estimated points of a series, lighter than the rest or with a hollow marker."""
    colour = _colour(draft, number)
    light = draft.house.theme.chart.tentative if len(shown.chart.series) == 1 else paler(colour)
    if shown.kind == "line":
        look = f'{_marker(PAPER, colour, number)}<c:bubble3D val="0"/><c:spPr>{_stroke(colour, number)}</c:spPr>'
    else:
        rim = _parted(shown) or f'<a:ln w="{round(RIM * EMU)}">{fill(colour)}</a:ln>'
        look = f'<c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{fill(light)}{rim}</c:spPr>'
    return "".join(
        f'<c:dPt><c:idx val="{category}"/>{look}</c:dPt>'
        for series, category, point in placed(shown.chart)
        if series == number and point.tentative
    )


def fill(colour: str) -> Xml:
    """A surface or line of one colour, as RRGGBB."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


# ---------------------------------------------------------------- labels


def _labels(draft: Draft, shown: Figure, number: int) -> Xml:
    """A label for each point, or what takes it away; points to come are labelled as the program likes."""
    places = _places(draft, shown, number)
    labels = "".join(
        _label(draft, point, category, places[category])
        if category in places
        else f'<c:dLbl><c:idx val="{category}"/><c:delete val="1"/></c:dLbl>'
        for series, category, point in placed(shown.chart)
        if series == number
    )
    plainly = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:dLbls>{labels}{plainly}<c:dLblPos val="{POSITIONS[shown.kind]}"/>{SHOWN}{UNTIED}</c:dLbls>'


class Spotted(NamedTuple):
    """Where a label is by the format, and how far it is moved from there."""

    position: str
    layout: Xml = ""


def _label(draft: Draft, point: Point, category: int, place: Spotted) -> Xml:
    """The value as the brief prints it, its marks as superiors."""
    tag = escaped(draft.document.language)
    marks = "".join(
        f'<a:r><a:rPr lang="{tag}" baseline="30000"/><a:t>{escaped(m.sign)}</a:t></a:r>' for m in point.marks
    )
    return (
        f'<c:dLbl><c:idx val="{category}"/>{place.layout}<c:tx><c:rich><a:bodyPr wrap="none"/><a:p>'
        f'<a:r><a:rPr lang="{tag}" b="1"/><a:t>{escaped(point.label)}</a:t></a:r>{marks}</a:p></c:rich></c:tx>'
        f'<c:dLblPos val="{place.position}"/>{SHOWN}</c:dLbl>'
    )


def _places(draft: Draft, shown: Figure, number: int) -> Mapping[int, Spotted]:
    """The labels that there is room for, by category."""
    plot, position = shown.plot, POSITIONS[shown.kind]
    if plot is None:
        return {category: Spotted(position) for category in range(len(shown.chart.categories))}
    dots = {dot.category: (dot.x, dot.y) for dot in plot.dots if dot.series == number}
    for part in plot.segments:
        left, bottom, wide, high = part.box
        if part.series == number:
            dots[part.category] = (left + wide / 2, bottom + high / 2)
    size = draft.house.theme.styles["Chart"].size
    found = {}
    for label in (label for label in plot.labels if label.series == number):
        x, y = dots[label.category]
        across, up = label.x - x, label.y - y
        if shown.kind == "line":
            position = "t" if up > 0 else "b"
            up -= (RADIUS + 1 + size * LEADING / 2) * (1 if up > 0 else -1)
        found[label.category] = Spotted(position, _moved(draft, shown, (across, up)))
    return found


def _moved(draft: Draft, shown: Figure, way: tuple[float, float]) -> Xml:
    """A label moved across, in the direction of reading, and up by so many points."""
    across, up = way[0] / draft.text_width, way[1] / shown.height
    if abs(across) < STILL and abs(up) < STILL:
        return ""
    return (
        f'<c:layout><c:manualLayout><c:x val="{-across if draft.rtl else across:.4f}"/><c:y val="{-up:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )


# ---------------------------------------------------------------- cells


def _texts(reference: str, texts: Sequence[str]) -> Xml:
    points = "".join(f'<c:pt idx="{index}"><c:v>{escaped(text)}</c:v></c:pt>' for index, text in enumerate(texts))
    return (
        f'<c:strRef><c:f>{reference}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _numbers(reference: str, points: Sequence[Point | None]) -> Xml:
    written = "".join(
        f'<c:pt idx="{index}"><c:v>{point.value:f}</c:v></c:pt>' for index, point in enumerate(points) if point
    )
    return (
        f"<c:numRef><c:f>{reference}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(points)}"/>{written}</c:numCache></c:numRef>'
    )
