"""The measures of a chart on a page, and what is placed in them before it becomes SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from reports.document import Chart, Point
from reports.house.theme import Theme
from reports.writers.plots import Place, Room, placed, scale

EM = 0.58  # the mean width of a character, as a share of the size
GAP = 4.0
SMALL = 0.7  # of the size: marks


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
    """Words at a place and the marks after them; `anchor` start, middle or end. Of several `lines` the first is at the
    place."""

    text: str
    x: float
    y: float
    anchor: str
    marks: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One point: where its bar, or the marker of a line, and its printed value stand."""

    series: int
    category: int
    box: Box
    label: Label | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, below the legend."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    axis: tuple[float, float, float, float]
    height: float
    runs: tuple[tuple[int, tuple[Place, ...]], ...] = ()


def framed(chart: Chart, theme: Theme, turned: bool) -> Frame:
    """The span always holds zero, and is never empty."""
    span, page = scale(chart, 1), theme.page
    low, high = float(span.least), float(span.most)
    size = theme.styles["Table Text"].size
    return Frame(page.width - page.left - page.right, size, low, high if high > low else 1.0, turned)


def room_of(frame: Frame) -> Room:
    """The frame as the plots want it."""
    return Room(frame.width, frame.size * 1.2, lambda text: wide(text, frame), lambda point: value_width(point, frame))


def wide(text: str, frame: Frame) -> float:
    """The estimated width of a text."""
    return len(text) * frame.size * EM


def value_width(point: Point, frame: Frame) -> float:
    """The estimated width of a printed value; its marks are small."""
    return wide(point.label, frame) + SMALL * wide(marks(point), frame)


def marks(point: Point) -> str:
    """The marks of a point as they are printed everywhere on the page."""
    return "".join(f"({mark.sign})" for mark in point.marks)


def valued(point: Point, x: float, y: float, anchor: str) -> Label:
    """The printed value of a point."""
    return Label(point.label, x, y, anchor, marks(point))


def parted(label: Label, room: float, frame: Frame) -> Label:
    """A label about its line in as many lines as it needs for the room; each ends with the space that it is broken
    at."""
    lines = wrapped(label.text, room, frame)
    rest, whole = label.text, []
    for line in lines:
        rest = rest[rest.index(line) + len(line) :] if line in rest else ""
        whole.append(f"{line} " if rest[:1].isspace() else line)
    return replace(label, y=label.y - (len(lines) - 1) * frame.size * 0.6, lines=tuple(whole))


def points(chart: Chart) -> Iterable[Point]:
    """The known ones."""
    return (point for _, _, point in placed(chart))


def wrapped(label: str, room: float, frame: Frame) -> list[str]:
    """The lines of a text."""
    return wrap(label, max(4, int(room / (frame.size * EM)))) or [""]


def under(texts: Sequence[str], x: float, top: float, anchor: str, frame: Frame) -> list[Label]:
    """Lines under one another."""
    return [Label(line, x, top + frame.size * (0.95 + 1.2 * number), anchor) for number, line in enumerate(texts)]
