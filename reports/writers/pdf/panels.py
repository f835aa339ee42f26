"""Key figures side by side: the number large, its unit small, what it is, how it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.document import Panel, Panels, Run
from reports.writers.pdf.boxes import Box, Side, placed
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.lines import Line, broken
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tags import UNMARKED, Tag
from reports.writers.pdf.typeset import Pieces

TALLEST = 0.5  # of the column: panels that say more than this are set under each other


@dataclass(frozen=True, slots=True)
class _Part:
    tag: Tag
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """One panel: its number with the unit, its label, its detail."""

    parts: tuple[_Part, ...]

    @property
    def height(self) -> float:
        return sum(line.leading for part in self.parts for line in part.lines)


@dataclass(frozen=True, slots=True, eq=False)
class PanelsBox:
    """A row of cards of equal width and height on a tint."""

    cards: tuple[_Card, ...]
    layout: Layout
    before: float = 0
    keep_with_next: bool = False
    side: Side | None = None

    @property
    def after(self) -> float:
        """As much as between two cards."""
        return self.layout.theme.panel.gap

    @property
    def height(self) -> float:
        """That of the tallest card with its padding."""
        panel = self.layout.theme.panel
        return max(card.height for card in self.cards) + panel.pad_top + panel.pad_bottom

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
            y = top - panel.pad_top
            for part in card.parts:
                lines = []
                for line in part.lines:
                    lines.append(placed(line, (left + panel.pad_x, y - line.baseline), width, "start"))
                    y -= line.leading
                sheet.text(part.tag, lines)
            left += width + panel.gap


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
    whole = Tag("L", attributes=UNMARKED)
    measure = _card_width(layout, len(panels)) - 2 * layout.theme.panel.pad_x
    cards = []
    for panel in panels:
        parts = [(tag, broken(pieces, measure)) for tag, pieces, _ in _parts(panel, layout, whole)]
        cards.append(_Card(tuple(_Part(tag, lines) for tag, lines in parts if lines)))
    return PanelsBox(tuple(cards), layout)


def _stacked(panel: Panel, layout: Layout, whole: Tag) -> Iterator[Box]:
    for tag, pieces, style in _parts(panel, layout, whole):
        box = layout.lines(pieces, layout.style(style), tag)
        if box.lines:
            yield box


def _parts(panel: Panel, layout: Layout, whole: Tag) -> Iterator[tuple[Tag, Pieces, str]]:
    body = Tag("LBody", Tag("LI", whole))
    setter, styles = layout.setter, layout.theme.styles
    first = Tag("P", body)
    number = setter.pieces(panel.number, styles["Panel Number"], first)
    unit = setter.pieces(panel.unit, styles["Panel Unit"], first)
    between = setter.pieces((Run(" "),), styles["Panel Unit"], first) if number and unit else []
    yield first, unit + between + number if panel.unit_first else number + between + unit, "Panel Number"
    for text, style in ((panel.label, "Panel Label"), (panel.detail, "Panel Detail")):
        tag = Tag("P", body)
        yield tag, setter.pieces(text, styles[style], tag), style


def _card_width(layout: Layout, count: int) -> float:
    return (layout.width - (count - 1) * layout.theme.panel.gap) / count
