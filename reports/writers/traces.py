"""Lines of a chart as all formats draw them, and where their labels stand.

Where a long line has no room for every value, the last, the first, the highest and the lowest go first. Lengths are
points; x runs from the first category on, y up from the lowest value.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from reports.document import Chart, Point
from reports.writers.plots import GAP, RADIUS, Place, Plot, Room, Spot, placed, point_of, scale


def lines(chart: Chart, room: Room) -> Plot:
    """A marker for each point, joined to the next where that is known."""
    measure = scale(chart, room.plot)
    slot = room.width / max(len(chart.categories), 1)
    dots = tuple(
        Spot(series, category, (category + 0.5) * slot, measure.at(point.value))
        for series, category, point in placed(chart)
    )
    beyond = room.leading + RADIUS + 1
    foot, top = -beyond if measure.least else 0.0, room.plot + beyond
    farthest = 1 if room.widest(chart) > slot else 2 * len(chart.series)
    labels = _Labels(room, (foot, top), (slot, farthest), dots)
    for dot in _by_weight(chart, dots):
        labels.add(dot, point_of(chart, dot.series, dot.category))
    every = next((n for n in range(1, len(chart.categories)) if room.word(chart) <= n * slot - GAP), 1)
    return Plot(
        slot,
        measure.zero,
        tuple(labels.found),
        every,
        dots=dots,
        runs=tuple(_runs(dots)),
        foot=foot,
        top=top,
        above=beyond,
    )


def _runs(dots: Iterable[Spot]) -> Iterator[tuple[int, tuple[Place, ...]]]:
    """The stretches of two and more points that follow each other."""
    run: list[Spot] = []
    for dot in (*dots, None):
        if dot and run and (dot.series, dot.category) == (run[-1].series, run[-1].category + 1):
            run.append(dot)
            continue
        if len(run) > 1:
            yield run[0].series, tuple((each.x, each.y) for each in run)
        run = [dot] if dot else []


def _by_weight(chart: Chart, dots: Iterable[Spot]) -> list[Spot]:
    """The points whose values are to be read first: of each series the last, the first, the highest, the lowest; then
    the others, the newest first."""
    weights: dict[Spot, tuple[int, int, int]] = {}
    for series in range(len(chart.series)):
        own = [dot for dot in dots if dot.series == series]
        first = [own[-1], own[0], max(own, key=_height), min(own, key=_height)] if own else []
        for rank, dot in enumerate((*first, *reversed(own))):
            weights.setdefault(dot, (min(rank, len(first)), -dot.category, series))
    return sorted(weights, key=weights.__getitem__)


def _height(dot: Spot) -> float:
    return dot.y


Rectangle = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(slots=True)
class _Labels:
    """Puts labels at their points one by one, where neither a label nor a marker nor, if it can be, a line is.

    `reach` is how low and how high they may be, `steps` the place of a category and how many lines off a label may be.
    """

    room: Room
    reach: Place
    steps: tuple[float, int]
    dots: tuple[Spot, ...]
    found: list[Spot] = field(default_factory=list)
    _taken: dict[int, list[Rectangle]] = field(default_factory=lambda: defaultdict(list))
    _joins: dict[int, list[tuple[Spot, Spot]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for dot in self.dots:
            corners = (dot.x - RADIUS, dot.y - RADIUS, dot.x + RADIUS, dot.y + RADIUS)
            self._taken[dot.category].append(corners)
        for one, other in pairwise(self.dots):
            if (one.series, one.category + 1) == (other.series, other.category):
                self._joins[one.category].append((one, other))

    def add(self, dot: Spot, point: Point) -> None:
        """A label above its point, below it, beside or farther off; none where there is no room."""
        wide, high = self.room.value(point), self.room.leading * (point.label.count("\n") + 1)
        box = self._free(self._places(dot, wide, high))
        if box is None:
            return
        self.found.append(Spot(dot.series, dot.category, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        for category in self._near(box):
            self._taken[category].append(box)

    def _free(self, places: Iterable[Rectangle]) -> Rectangle | None:
        """The first place where no label, marker or line is; else the first where only a line is."""
        on_line = None
        for box in places:
            if not self._meets_label(box):
                if not self._meets_line(box):
                    return box
                on_line = on_line or box
        return on_line

    def _places(self, dot: Spot, wide: float, high: float) -> Iterator[Rectangle]:
        steps = [(0.0, 1), (0.0, -1), (-0.5, 1), (0.5, 1), (-0.5, -1), (0.5, -1)]
        steps += [(0.0, sign * step) for step in range(2, self.steps[1] + 1) for sign in (1, -1)]
        for aside, step in steps:
            x = min(max(dot.x + aside * wide, wide / 2), self.room.width - wide / 2)
            y = dot.y + (RADIUS + 1 + high * (abs(step) - 0.5)) * (1 if step > 0 else -1)
            if y - high / 2 >= self.reach[0] and y + high / 2 <= self.reach[1]:
                yield x - wide / 2, y - high / 2, x + wide / 2, y + high / 2

    def _near(self, box: Rectangle) -> range:
        """The categories in whose places it stands."""
        return range(int(box[0] / self.steps[0]), int(box[2] / self.steps[0]) + 1)

    def _meets_label(self, box: Rectangle) -> bool:
        left, bottom, right, top = box
        others = (other for category in self._near(box) for other in self._taken[category])
        return any(left < o[2] and o[0] < right and bottom < o[3] and o[1] < top for o in others)

    def _meets_line(self, box: Rectangle) -> bool:
        near = self._near(box)
        joins = (join for category in range(near.start - 1, near.stop) for join in self._joins[category])
        return any(_crosses(join, box) for join in joins)


def _crosses(join: tuple[Spot, Spot], box: Rectangle) -> bool:
    """Whether a line from one point to the next runs through a box, its rim apart."""
    (_, _, x, y), (_, _, end_x, end_y) = join
    left, right = max(x, box[0] + 1), min(end_x, box[2] - 1)
    if left >= right:
        return False
    heights = [y + (at - x) / (end_x - x) * (end_y - y) for at in (left, right)]
    return max(heights) > box[1] + 1 and min(heights) < box[3] - 1
