"""The columns of a table: how wide each is, and where the lines of a cell stand in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.document import ColumnKind
from reports.writers.pdf.bidi import visual_order
from reports.writers.pdf.breaks import WIDE_CHARACTER
from reports.writers.pdf.lines import ROUNDING, Line, broken
from reports.writers.pdf.tagged import Tag
from reports.writers.pdf.typeset import Pieces
from reports.writers.pdf.words import longest_word, natural_width

NUMBER = re.compile(r"\d(?:[\d\s.,٫٬'’]*\d)?")
FIGURES_SHARE = 0.66  # of the table for its figure columns where content leaves the choice, as for three columns
FEWEST = 3
LONGEST = 14  # ems of a word that no column should break; what is longer is an address, and lets others have room
SHORT = 5  # characters of a Chinese word or date that a column should not break


class Cell(NamedTuple):
    """One cell before it is set. `parts` are the widths before and after the decimal mark of a figure."""

    tag: Tag
    pieces: Pieces
    flush_right: bool = False
    indent: float = 0
    parts: tuple[float, float] | None = None


class SetLine(NamedTuple):
    """A line and how far it starts from the left edge of the table."""

    offset: float
    line: Line


def figure_parts(pieces: Pieces, decimals: str, turned: bool = False) -> tuple[float, float] | None:
    """The widths of a figure before and after its decimal mark; None of what is no number, a dash or a word.

    Superiors are no digits of it, wherever they stand. `turned` where lines run from right to left: there the mark's
    right is its before.
    """
    text = "".join(part for look, part in pieces if not look.rise)
    number = NUMBER.search(text)
    if not number:
        return None
    mark = max((number.group().rfind(sign) for sign in decimals), default=-1)
    left = number.end() if mark < 0 else number.start() + mark
    if len(pieces) == 1 and not pieces[0][0].level:
        look = pieces[0][0]
        return look.width(text[:left]), look.width(text[left:])
    holder = _holder(pieces, left)
    before = 0.0
    for position in visual_order([look.level for look, _ in pieces]):
        look, part = pieces[position]
        if position == holder.position:
            before += look.width(part[: holder.offset])
            break
        before += look.width(part)
    after = natural_width(pieces) - before
    return (after, before) if turned else (before, after)


class _Place(NamedTuple):
    position: int
    offset: int


def _holder(pieces: Pieces, left: int) -> _Place:
    """The piece that holds a place of the text without superiors, and where in it."""
    for position, (look, part) in enumerate(pieces):
        if not look.rise and left <= len(part):
            return _Place(position, left)
        left -= 0 if look.rise else len(part)
    return _Place(len(pieces), 0)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: the widest before and after the decimal mark, the width it would like and its words."""

    before: float
    after: float
    natural: float
    words: tuple[Cell, ...]
    pad: float

    @property
    def least(self) -> float:
        """The width that breaks no word."""
        longest = max((_unbroken(cell.pieces) + cell.indent for cell in self.words), default=0)
        return max(longest, self.before + self.after) + 2 * self.pad

    def fits(self, width: float) -> bool:
        """Whether a width breaks no word of it."""
        return width >= self.natural or width >= self.least


def _unbroken(pieces: Pieces) -> float:
    """The width that breaks no word. Chinese has no spaces to show them, so a short text counts as one."""
    size = max((look.size for look, _ in pieces), default=0)
    width = min(longest_word(pieces), LONGEST * size)
    wide = any(WIDE_CHARACTER.search(text) for _, text in pieces)
    return max(width, min(natural_width(pieces), SHORT * size)) if wide else width


def measured(cells: Sequence[Cell], pad: float) -> Column:
    """The column of some cells."""
    parts = [cell.parts for cell in cells if cell.parts]
    before, after = (max((part[side] for part in parts), default=0.0) for side in (0, 1))
    words = tuple(cell for cell in cells if not cell.parts)
    natural = max((natural_width(cell.pieces) + cell.indent for cell in words), default=0)
    return Column(before, after, max(natural, before + after) + 2 * pad, words, pad)


def column_widths(
    columns: Sequence[Column], kinds: Sequence[ColumnKind], room: float, wanted: Sequence[float] = ()
) -> list[float]:
    """The widths that fill the room: those that are `wanted`, if no column is too narrow for a word of it; else what
    the content asks for, figure columns alike, never less than a word."""
    if wanted and all(column.fits(width + ROUNDING) for width, column in zip(wanted, columns, strict=True)):
        return list(wanted)
    naturals = [column.natural for column in columns]
    if sum(naturals) <= room:
        return _widened(naturals, kinds, room)
    leasts = [column.least for column in columns]
    free = room - sum(leasts)
    if free < 0:
        return [room * least / sum(leasts) for least in leasts]
    share = free / (sum(naturals) - sum(leasts))
    return [least + (natural - least) * share for natural, least in zip(naturals, leasts, strict=True)]


def _widened(naturals: Sequence[float], kinds: Sequence[ColumnKind], room: float) -> list[float]:
    figures = [width for width, kind in zip(naturals, kinds, strict=True) if kind == "figure"]
    texts = sum(naturals) - sum(figures)
    alike = max(figures, default=0)
    if figures and texts + alike * len(figures) <= room:
        wanted = min(room * FIGURES_SHARE / max(len(figures), FEWEST), (room - texts) / len(figures))
        alike = max(alike, wanted)
        naturals = [alike if kind == "figure" else width for width, kind in zip(naturals, kinds, strict=True)]
    takers = [kind == "text" for kind in kinds] if "text" in kinds else [True] * len(kinds)
    extra = (room - sum(naturals)) / sum(takers)
    return [width + extra * takes for width, takes in zip(naturals, takers, strict=True)]


def set_cell(cell: Cell, column: Column, left: float, width: float) -> tuple[SetLine, ...]:
    """The lines of a cell in a place without its padding: text at the start, figures on the decimal mark."""
    start = left + cell.indent
    lines = broken(cell.pieces, max(width - cell.indent, 1))
    if not cell.flush_right:
        return tuple(SetLine(start, line) for line in lines)
    right = left + width
    if cell.parts and len(lines) == 1 and column.before + column.after <= width + 1e-6:
        return (SetLine(right - column.after - cell.parts[0], lines[0]),)
    return tuple(SetLine(right - line.width, line) for line in lines)
