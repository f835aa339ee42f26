"""What stands on a page: boxes of a known height that may be split.

A box is laid out when it is made and only drawn afterwards, so the number of pages is known before the first is drawn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Protocol

from reports.house.theme import TextStyle
from reports.writers.pdf.lines import Line, notes_of
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.spacing import justified
from reports.writers.pdf.stretches import Placed
from reports.writers.pdf.tagged import Tag

Rule = tuple[float, str]
TOLERANCE = 0.01
AT_LEAST = 2  # lines of a paragraph that stay together at the foot and at the head of a page


class Side(NamedTuple):
    """A rule at the side of a box; boxes one after another with an equal one share it without a gap."""

    offset: float
    look: Rule


class Box(Protocol):
    """Something of the column's width. `smallest` is the height of the least that may begin on a page."""

    @property
    def before(self) -> float:
        """Space above, dropped at the head of a page."""

    @property
    def after(self) -> float:
        """Space below."""

    @property
    def height(self) -> float:
        """Its height without the spaces."""

    @property
    def smallest(self) -> float:
        """The height of the least that may begin on a page."""

    @property
    def keep_with_next(self) -> bool:
        """Whether a page may not end after it."""

    @property
    def side(self) -> Side | None:
        """The rule at its side."""

    @property
    def anchor(self) -> str:
        """The name of its place, if links lead to it."""

    @property
    def notes(self) -> tuple[int, ...]:
        """The numbers of the footnotes that belong on its page."""

    def split(self, room: float, anywhere: bool) -> "tuple[Box, Box] | None":
        """What fits into a height and the rest; `anywhere` on an empty page, where something must fit."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws it with its upper left corner at a point of the page."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What hangs out before a paragraph: a bullet, the number of a source."""

    tag: Tag
    line: Line


@dataclass(frozen=True, eq=False)
class ParagraphBox:
    """Lines in a style. `entry` is its title and level in the outline, `anchor` the name of its place."""

    lines: tuple[Line, ...]
    style: TextStyle
    tag: Tag
    width: float
    before: float
    after: float
    keep_with_next: bool = False
    side: Side | None = None
    label: Label | None = None
    entry: tuple[str, int] | None = None
    anchor: str = ""
    begins: bool = True  # the first line of the paragraph is here, not on a page before

    @cached_property
    def height(self) -> float:
        """The lines under each other."""
        return sum(line.leading for line in self.lines)

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """Of the marks in its lines."""
        return notes_of(self.lines)

    @property
    def smallest(self) -> float:
        """Two lines, or all where a rest of one would be left or nothing may follow."""
        count = len(self.lines)
        if self.keep_with_next or count < 2 * AT_LEAST:
            return self.height
        return sum(line.leading for line in self.lines[:AT_LEAST])

    def split(self, room: float, anywhere: bool) -> "tuple[ParagraphBox, ParagraphBox] | None":
        """Neither the first nor the last line stands alone, if that can be."""
        count = that_fit([line.leading for line in self.lines], room)
        if not anywhere:
            count = min(count, len(self.lines) - AT_LEAST)
            if count < AT_LEAST or self.keep_with_next:
                return None
        count = max(count, 1)
        if count >= len(self.lines):
            return None
        head = replace(self, lines=self.lines[:count], after=0, keep_with_next=False)
        tail = replace(self, lines=self.lines[count:], before=0, begins=False, label=None, entry=None, anchor="")
        return head, tail

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws shade, rules, label and lines."""
        if self.style.shade:
            sheet.fill((left, top - self.height, self.width, self.height), self.style.shade)
        if self.style.bottom_rule:
            below = top - self.height - self.style.bottom_rule[0]
            sheet.rule((left, below), (left + self.width, below), self.style.bottom_rule)
        if self.entry:
            sheet.outline(*self.entry, top)
        if self.anchor:
            sheet.anchor(self.anchor, top)
        if self.label:
            start = left + self.style.left + self.style.first_line
            line = self.label.line
            sheet.text(self.label.tag, [Placed(start, top - self.lines[0].baseline, line)])
        sheet.text(self.tag, self._placed(left, top))

    def _placed(self, left: float, top: float) -> Iterator[Placed]:
        indent = 0 if self.label or not self.begins else self.style.first_line
        measure = self.width - self.style.left - self.style.right
        for number, line in enumerate(self.lines):
            first = indent if number == 0 else 0
            x = left + self.style.left + first
            yield placed(line, (x, top - line.baseline), measure - first, self.style.alignment)
            top -= line.leading


def placed(line: Line, start: tuple[float, float], measure: float, alignment: str) -> Placed:
    """A line in a measure that starts at a point."""
    x, baseline = start
    free = max(measure - line.width, 0)
    if alignment == "justify" and line.full:
        return Placed(x, baseline, *justified(line, free))
    share = {"end": 1.0, "center": 0.5}.get(alignment, 0)
    return Placed(x + free * share, baseline, line)


def that_fit(heights: Sequence[float], room: float) -> int:
    """How many of the heights fit under each other."""
    for count, height in enumerate(heights):
        room -= height
        if room < -TOLERANCE:
            return count
    return len(heights)


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Corners = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class FigureBox:
    """A chart or a photograph: one figure, never split. `paint` draws it into its corners: left, bottom, right, top."""

    paint: Callable[[Sheet, Corners], None]
    width: float
    height: float
    before: float
    after: float
    keep_with_next: bool
    side: Side | None = None
    anchor: str = ""
    notes: tuple[int, ...] = ()

    @property
    def smallest(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float, anywhere: bool) -> None:
        """Never."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws it where the lines of the column begin."""
        self.paint(sheet, (left, top - self.height, left + self.width, top))
