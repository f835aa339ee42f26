"""Key figures side by side: the number large, its unit small, what it is, how it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.document import Panel, Panels, Run, Text
from reports.house.theme import TextStyle
from reports.writers.pdf.boxes import Box, Side, placed
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.lines import Line, broken, notes_of
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tagged import UNMARKED, Tag
from reports.writers.pdf.typeset import Pieces
from reports.writers.pdf.words import natural_width

TALLEST = 0.5  # of the column: panels that say more than this are set under each other
SMALLEST = 0.72  # of their size: numbers that would have to shrink more have their units on a line of their own


@dataclass(frozen=True, slots=True)
class _Part:
    tag: Tag
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        return sum(line.leading for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Card:
    """One panel: its number with the unit, then its label and its detail."""

    number: _Part
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PanelsBox:
    """A row of cards of equal width and height on a tint; their labels start at one height."""

    cards: tuple[_Card, ...]
    layout: Layout
    before: float = 0
    keep_with_next: bool = False
    side: Side | None = None
    anchor: str = ""

    @property
    def notes(self) -> tuple[int, ...]:
        """Of the marks in its texts."""
        parts = (part for card in self.cards for part in (card.number, *card.parts))
        return notes_of(line for part in parts for line in part.lines)

    @property
    def after(self) -> float:
        """As much as between two cards."""
        return self.layout.theme.panel.gap

    @property
    def height(self) -> float:
        """That of the tallest card with its padding."""
        panel = self.layout.theme.panel
        rest = max(sum(part.height for part in card.parts) for card in self.cards)
        return self._numbers + rest + panel.pad_top + panel.pad_bottom

    @property
    def _numbers(self) -> float:
        return max(card.number.height for card in self.cards)

    @property
    def smallest(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float, anywhere: bool) -> None:
        """Never."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws the tints, then the texts card by card."""
        panel, width = self.layout.theme.panel, _card_width(self.layout, len(self.cards))
        for card in self.cards:
            if panel.shade:
                sheet.fill((left, top - self.height, width, self.height), panel.shade)
            start, height = left + panel.pad_x, top - panel.pad_top
            _write(card.number, sheet, start, height)
            height -= self._numbers
            for part in card.parts:
                _write(part, sheet, start, height)
                height -= part.height
            left += width + panel.gap


def _write(part: _Part, sheet: Sheet, left: float, top: float) -> None:
    lines = []
    for line in part.lines:
        lines.append(placed(line, (left, top - line.baseline), line.width, "start"))
        top -= line.leading
    sheet.text(part.tag, lines)


def panel_boxes(panels: Panels, layout: Layout) -> Sequence[Box]:
    """Panels as one row, or under each other where they are too wordy for a row."""
    if not panels.panels:
        return []
    box = _row(panels.panels, layout)
    if box.height <= layout.height * TALLEST:
        return [box]
    whole = Tag("L", attributes=UNMARKED)
    return [paragraph for panel in panels.panels for paragraph in _stacked(panel, layout, whole)]


def _row(panels: Sequence[Panel], layout: Layout) -> PanelsBox:
    """Numbers of one size, smaller where one of them would not fit beside its unit."""
    whole = Tag("L", attributes=UNMARKED)
    measure = _card_width(layout, len(panels)) - 2 * layout.theme.panel.pad_x
    wanted = _Size(layout)
    widest = max(natural_width(wanted.pieces(panel, Tag("P"))) for panel in panels)
    fitting = measure / max(widest, 1) - 1e-3
    size = _Size(layout, min(fitting, 1)) if fitting >= SMALLEST else _Size(layout, 1, "\n")
    cards = []
    for panel in panels:
        body = _body(whole)
        tag = Tag("P", body)
        number = _Part(tag, broken(size.pieces(panel, tag), measure))
        rest = (_Part(tag, broken(pieces, measure)) for tag, pieces, _ in _rest(panel, layout, body))
        cards.append(_Card(number, tuple(rest)))
    return PanelsBox(tuple(cards), layout)


def _stacked(panel: Panel, layout: Layout, whole: Tag) -> Iterator[Box]:
    body = _body(whole)
    tag = Tag("P", body)
    yield layout.lines(_Size(layout).pieces(panel, tag), layout.style("Panel Number"), tag)
    for inner, pieces, style in _rest(panel, layout, body):
        yield layout.lines(pieces, style, inner)


def _body(whole: Tag) -> Tag:
    return Tag("LBody", Tag("LI", whole))


@dataclass(frozen=True, slots=True)
class _Size:
    """How large numbers are set, and what stands between them and their units."""

    layout: Layout
    scale: float = 1
    between: str = " "

    def pieces(self, panel: Panel, tag: Tag) -> Pieces:
        """Number and unit in the order of the language."""
        number, unit = self._set(panel.number, "Panel Number", tag), self._set(panel.unit, "Panel Unit", tag)
        first, second = (unit, number) if panel.unit_first else (number, unit)
        between = self._set((Run(self.between),), "Panel Number", tag) if number and unit else []
        return [*first, *between, *second]

    def _set(self, text: Text, name: str, tag: Tag) -> Pieces:
        style = self.layout.style(name)
        return self.layout.setter.pieces(text, replace(style, size=round(style.size * self.scale, 2)), tag)


def _rest(panel: Panel, layout: Layout, body: Tag) -> Iterator[tuple[Tag, Pieces, TextStyle]]:
    for text, name in ((panel.label, "Panel Label"), (panel.detail, "Panel Detail")):
        tag, style = Tag("P", body), layout.style(name)
        yield tag, layout.setter.pieces(text, style, tag), style


def _card_width(layout: Layout, count: int) -> float:
    return (layout.width - (count - 1) * layout.theme.panel.gap) / count
