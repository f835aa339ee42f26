"""Tables: three rules, repeated header rows, figures aligned on the decimal mark, rows that stay whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import cycle, islice
from typing import NamedTuple

from reports.document import Row, Run, Table, Text
from reports.house.theme import TableStyle
from reports.writers.pdf.boxes import AT_LEAST, Box, ParagraphBox, Rule, Side, that_fit
from reports.writers.pdf.columns import Cell, SetLine, column_widths, figure_parts, measured, set_cell
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.lines import notes_of
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.stretches import Placed
from reports.writers.pdf.tagged import COLUMN_HEADER, REPEATED, ROW_HEADER, Artifact, Tag, text_string
from reports.writers.widths import grid

KEPT_WHOLE = 0.3  # of the column: a shorter table is not split over pages
TALLEST_HEADER = 0.4  # of the column: a taller header is not repeated
GUTTER = 9
NO_RULE: Rule = (0, "000000")


class SetCell(NamedTuple):
    """A cell with its lines."""

    tag: Tag
    lines: tuple[SetLine, ...]

    @property
    def height(self) -> float:
        """Of its lines."""
        return self.lines[0].line.leading if len(self.lines) == 1 else sum(line.line.leading for line in self.lines)


@dataclass(frozen=True, eq=False)
class SetRow:
    """A row with its cells, the rule above it, and the fill behind it. `leads` keeps it with the row under it; only it
    is one cell over all columns. In a `head` texts stand on the rule below, as the table style of the house has it."""

    cells: tuple[SetCell, ...]
    padding: float
    rule: Rule = NO_RULE
    leads: bool = False
    fill: str = ""
    head: bool = False

    @cached_property
    def height(self) -> float:
        """That of its tallest cell with padding and the rule above it."""
        return max([cell.height for cell in self.cells]) + self._around

    @property
    def _around(self) -> float:
        return 2 * self.padding + self.rule[0]

    def cut(self, room: float) -> "tuple[SetRow, SetRow]":
        """What of its lines fits into a height, at least one line, and the rest."""
        parts = [_cut(cell, room - self._around) for cell in self.cells]
        head, tail = (tuple(part[side] for part in parts) for side in (0, 1))
        return replace(self, cells=head), replace(self, cells=tail, rule=NO_RULE)

    def draw(self, sheet: Sheet, left: float, top: float, artifact: Artifact | None = None) -> None:
        """Draws it under its tags, or as an artifact."""
        for cell in self.cells:
            if not artifact:
                sheet.declare(cell.tag)
            lower = self.height - self._around - cell.height if self.head else 0
            y, lines = top - self.rule[0] - self.padding - lower, []
            for offset, line in cell.lines:
                lines.append(Placed(left + offset, y - line.baseline, line))
                y -= line.leading
            sheet.text(artifact or cell.tag, lines)


@dataclass(frozen=True, eq=False)
class TableBox:
    """Header rows and body rows, as much as stands on a page. `continued` says that it began before."""

    heads: tuple[SetRow, ...]
    rows: tuple[SetRow, ...]
    look: TableStyle
    width: float
    whole: float  # the height up to which it is not split
    after: float
    keep_with_next: bool = False
    continued: bool = False
    before: float = 0
    side: Side | None = None
    anchor: str = ""

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """Of the marks in its cells; those of a header that is repeated stood on the first page."""
        rows = self.rows if self.continued else (*self.heads, *self.rows)
        return notes_of(found.line for row in rows for cell in row.cells for found in cell.lines)

    edges: tuple[float, ...] = ()  # where columns meet

    @cached_property
    def height(self) -> float:
        """Of all rows and rules: these have room of their own, as in Word."""
        return self._frame + sum(row.height for row in (*self.heads, *self.rows))

    @property
    def _frame(self) -> float:
        return self.look.top[0] + (self.look.head[0] if self.heads else 0) + self.look.bottom[0]

    @property
    def smallest(self) -> float:
        """The header and two rows, or all of a short table."""
        if self.height <= self.whole and not self.continued:
            return self.height
        return self._frame + sum(row.height for row in (*self.heads, *self.rows[:AT_LEAST]))

    def split(self, room: float, anywhere: bool) -> "tuple[TableBox, TableBox] | None":
        """Whole rows, two at least on either side; a row that is longer than a page is cut between its lines."""
        room -= self._frame + sum(row.height for row in self.heads)
        count = that_fit([row.height for row in self.rows], room)
        while 1 < count < len(self.rows) and self.rows[count - 1].leads:
            count -= 1
        if not anywhere:
            count = min(count, len(self.rows) - AT_LEAST)
            if count < AT_LEAST or self.smallest >= self.height:
                return None
        if count == 0:
            first, rest = self.rows[0].cut(room)
            return self._parted((first,), (rest, *self.rows[1:]))
        return self._parted(self.rows[:count], self.rows[count:])

    def _parted(self, above: tuple[SetRow, ...], below: tuple[SetRow, ...]) -> "tuple[TableBox, TableBox]":
        head = replace(self, rows=above, keep_with_next=False, after=0)
        return head, replace(self, rows=below, continued=True)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws fills, rules and rows; the header of a continued table is an artifact."""
        self._fill(sheet, left, top)
        head = top
        top = self._rule(sheet, left, top, self.look.top)
        for row in self.heads:
            row.draw(sheet, left, top, REPEATED if self.continued else None)
            top -= row.height
        if self.heads:
            top = self._rule(sheet, left, top, self.look.head)
        for number, row in enumerate(self.rows):
            if number:
                self._rule(sheet, left, top, row.rule)
            row.draw(sheet, left, top)
            top -= row.height
        top = self._rule(sheet, left, top, self.look.bottom)
        for x in (0, self.width):
            sheet.rule((left + x, head), (left + x, top), self.look.sides)

    def _fill(self, sheet: Sheet, left: float, top: float) -> None:
        """The fill of each row, and the rules between its cells."""
        top -= self.look.top[0]
        for number, row in enumerate((*self.heads, *self.rows)):
            top -= self.look.head[0] if self.heads and number == len(self.heads) else 0
            bottom = top - row.height
            if row.fill:
                sheet.fill((left, bottom, self.width, row.height), row.fill)
            for x in () if row.leads else self.edges:
                sheet.rule((left + x, top), (left + x, bottom), self.look.upright)
            top = bottom

    def _rule(self, sheet: Sheet, left: float, top: float, look: Rule) -> float:
        """Draws a rule from a height down; where it ends."""
        middle = top - look[0] / 2
        sheet.rule((left, middle), (left + self.width, middle), look)
        return top - look[0]


def table_boxes(table: Table, layout: Layout) -> Iterator[Box]:
    """Caption, table and notes, which stay together as far as a page allows."""
    attributes = f"<</O/Table/Summary{text_string(table.alternative)}>>" if table.alternative else ""
    tag = Tag("Table", attributes=attributes)
    yield layout.caption(table.caption, Tag("Caption", tag), "table")
    box = _box(table, layout, tag)
    if box:
        yield box
    yield from note_boxes(table.notes, layout)


def note_boxes(notes: Sequence[Text], layout: Layout) -> Iterator[ParagraphBox]:
    """Legend, rounding, source: small under a table or chart, in one paragraph as in Word."""
    if notes:
        text = (*notes[0], *(inline for note in notes[1:] for inline in (Run(" "), *note)))
        yield layout.paragraph(text, layout.style("Table Note"), Tag("P"))


def _box(table: Table, layout: Layout, tag: Tag) -> TableBox | None:
    heads = [[*_header_cells(row, table, layout, Tag("TR", tag))] for row in table.header]
    rows = [[*_row_cells(row, table, layout, Tag("TR", tag))] for row in table.rows]
    if not table.columns or not heads + rows:
        return None
    set_heads, set_rows, edges = _set(heads, rows, table, layout)
    if sum(row.height for row in set_heads) > layout.height * TALLEST_HEADER:
        set_heads, set_rows = (), set_heads + set_rows
    after = 0 if table.notes else layout.style("Table Note").after
    look, whole = layout.theme.table, layout.height * KEPT_WHOLE
    return TableBox(
        set_heads, set_rows, look, layout.width, whole, after, keep_with_next=bool(table.notes), edges=edges
    )


def _header_cells(texts: Sequence[Text], table: Table, layout: Layout, row: Tag) -> Iterator[Cell]:
    style = layout.style("Table Header")
    for number, (text, kind) in enumerate(zip(texts, table.columns, strict=True)):
        tag = Tag("TH", row, attributes=COLUMN_HEADER)
        yield Cell(tag, layout.setter.pieces(text, style, tag), kind == "figure", _gutter(table, number))


def _row_cells(row: Row, table: Table, layout: Layout, parent: Tag) -> Iterator[Cell]:
    if row.spans:
        tag = Tag("TH", parent, attributes=f"<</O/Table/Scope/Row/ColSpan {len(row.cells)}>>")
        indent = row.level * layout.theme.table.indent
        yield Cell(tag, layout.setter.pieces(row.cells[0], layout.style("Table Text"), tag), indent=indent)
        return
    for number, (text, kind) in enumerate(zip(row.cells, table.columns, strict=True)):
        tag = Tag("TD", parent) if number else Tag("TH", parent, attributes=ROW_HEADER)
        indent = _gutter(table, number) if number else row.level * layout.theme.table.indent
        style = layout.style("Table Figure" if kind == "figure" else "Table Text")
        pieces = layout.setter.pieces(text, style, tag)
        parts = figure_parts(pieces, layout.decimals, layout.setter.right_to_left) if kind == "figure" else None
        yield Cell(tag, pieces, kind == "figure", indent, parts)


def _gutter(table: Table, number: int) -> float:
    """What parts words from the figures at their left."""
    return GUTTER if number and table.columns[number - 1 : number + 1] == ("figure", "text") else 0


def _set(
    heads: list[list[Cell]], rows: list[list[Cell]], table: Table, layout: Layout
) -> tuple[tuple[SetRow, ...], tuple[SetRow, ...], tuple[float, ...]]:
    look = layout.theme.table
    whole = [cells for cells in (*heads, *rows) if len(cells) == len(table.columns)]
    columns = [measured([cells[number] for cells in whole], look.pad_x) for number in range(len(table.columns))]
    size = layout.setter.size(layout.style("Table Figure"))
    wanted, _ = grid(table, layout.width, look.pad_x, size)  # as in Word
    widths = column_widths(columns, table.columns, layout.width, wanted)
    lefts = [sum(widths[:number]) + look.pad_x for number in range(len(widths))]

    def set_row(cells: list[Cell], rule: Rule, fill: str) -> SetRow:
        rooms = widths if len(cells) == len(widths) else [layout.width]
        lines = (
            set_cell(cell, column, left, width - 2 * look.pad_x)
            for cell, column, left, width in zip(cells, columns, lefts, rooms, strict=False)
        )
        set_cells = tuple(SetCell(cell.tag, found) for cell, found in zip(cells, lines, strict=True))
        return SetRow(set_cells, look.pad_y, rule, len(cells) < len(widths), fill)

    set_heads = tuple(replace(set_row(cells, NO_RULE, look.head_fill), head=True) for cells in heads)
    ruled = (look.inner if row.ruled else look.between for row in table.rows)  # Word counts bands from the second row
    set_rows = tuple(map(set_row, rows, ruled, islice(cycle(look.bands), max(len(heads) - 1, 0), None)))
    return set_heads, set_rows, tuple(left - look.pad_x for left in lefts[1:])


def _cut(cell: SetCell, room: float) -> tuple[SetCell, SetCell]:
    count = max(that_fit([line.line.leading for line in cell.lines], room), 1)
    return cell._replace(lines=cell.lines[:count]), cell._replace(lines=cell.lines[count:])
