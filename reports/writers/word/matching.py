"""Which parts of an old edition became which of a new one: by kind, by what they say and by the figures they share."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Contents,
    Heading,
    Internal,
    Note,
    PageBreak,
    Panels,
    Paragraph,
    Reference,
    Row,
    Sources,
    Table,
    Text,
    plain,
    texts,
)
from reports.writers.word.revisions import ALIKE, aligned, bag, keys, likeness

SAME_ROW, SAME_ENTRY, SAME_PANELS = 2.0, 2.0, 1.0  # more than any likeness of words
Where = Literal["", "reference", "page", "parting"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is inserted, deleted or revised by itself: a block, an item of a list, the heading of a reference box.

    `where` is reference for what stands in such a box, page for a new page in a paragraph of its own, parting for the
    empty paragraph between two tables. `breaks` asks for a new page before it.
    """

    block: Block
    where: Where = ""
    breaks: bool = False
    internal: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it begins with a table that has no caption above."""
        return isinstance(self.block, Panels)

    @property
    def ends_with_table(self) -> bool:
        """Whether no paragraph of its own follows its table."""
        return self.is_table or (isinstance(self.block, Table) and not self.block.notes)

    @property
    def text(self) -> Text | None:
        """Its text, if it is one paragraph and nothing else."""
        match self.block:
            case Heading(text) | Paragraph(text) | Note(text) | Reference(text):
                return text
            case Bullets((text,)):
                return text
            case Sources((entry,)):
                return entry.text
            case _:
                return None

    def saying(self, text: Text) -> "Unit":
        """The same with another text; for a unit that has one."""
        match self.block:
            case Heading() | Paragraph() | Note():
                return replace(self, block=replace(self.block, text=text))
            case Reference():
                return replace(self, block=replace(self.block, heading=text))
            case Sources((entry,)):
                return replace(self, block=Sources((replace(entry, text=text),)))
            case _:
                return replace(self, block=Bullets((text,)))

    @property
    def look(self) -> tuple[Hashable, ...]:
        """What must be equal for two units to be versions of one: the kind, and what decides the style."""
        block = self.block
        return type(block).__name__, self.where, getattr(block, "level", 0), getattr(block, "role", "")


def units(blocks: Iterable[Block]) -> list[Unit]:
    """The units of a document, with all the paragraphs that Word needs beside them; without a list of contents, whose
    changes are those of the headings and pages that follow."""
    found: list[Unit] = []
    breaks = False
    for unit in _opened(blocks):
        if isinstance(unit.block, PageBreak):
            breaks = True
        if isinstance(unit.block, PageBreak | Contents):
            continue
        if unit.is_table and breaks:
            found.append(Unit(PageBreak(), "page", internal=unit.internal))
            breaks = False
        if unit.is_table and found and found[-1].ends_with_table:
            found.append(parting())
        found.append(replace(unit, breaks=breaks))
        breaks = False
    if not found or found[-1].ends_with_table:
        found.append(parting())
    return found


def parting() -> Unit:
    """An empty paragraph between two tables."""
    return Unit(Paragraph(()), "parting")


def _opened(blocks: Iterable[Block], *, internal: bool = False) -> Iterator[Unit]:
    for block in blocks:
        match block:
            case Internal(inside):
                yield from _opened(inside, internal=True)
            case Reference(heading, inner):
                yield Unit(Reference(heading, ()), internal=internal)
                for part in inner:
                    yield from (replace(unit, where="reference") for unit in _opened((part,), internal=internal))
            case Bullets(items):
                yield from (Unit(Bullets((item,)), internal=internal) for item in items)
            case Sources(entries):
                yield from (Unit(Sources((entry,)), internal=internal) for entry in entries)
            case _:
                yield Unit(block, internal=internal)


# ---------------------------------------------------------------- pairs of units


def matched(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[Unit | None, Unit | None]]:
    """The units of both, those that are versions of one together, in one order."""
    former, later = ([_words(unit) for unit in side] for side in (old, new))

    def alike(i: int, j: int) -> float:
        return _alike(old[i], new[j]) or (likeness(former[i], later[j]) if _comparable(old[i], new[j]) else 0.0)

    pairs = aligned([shown(unit) for unit in old], [shown(unit) for unit in new], alike)
    return [(None if i is None else old[i], None if j is None else new[j]) for i, j in pairs]


def shown(unit: Unit) -> Hashable:
    """What a reader sees of a unit: equal where nothing is to be tracked."""
    block = unit.block
    cells: tuple[Hashable, ...] = tuple(keys(text) for text in texts(block))
    match block:
        case Chart():
            cells = (*cells, picture_of(block), len(block.notes))
        case Table():
            cells = (*cells, block.columns, len(block.header), len(block.notes), tuple(map(_frame, block.rows)))
        case Panels(panels):
            cells = (*cells, tuple((panel.unit_first, bool(panel.unit), bool(panel.detail)) for panel in panels))
        case Sources((entry,)):
            cells = (*cells, entry.key)
        case _:
            pass
    return unit.look, cells


def picture_of(chart: Chart) -> Hashable:
    """What the drawing of a chart is made from."""
    series = tuple((one.name, one.points) for one in chart.series)
    return chart.kind, chart.categories, series, chart.alternative


def _frame(row: Row) -> Hashable:
    return row.level, row.ruled, row.spans


def _words(unit: Unit) -> Any:
    block = unit.block
    said = (block.caption.title,) if isinstance(block, Table | Chart) else tuple(texts(block))
    return bag(tuple(inline for text in said for inline in text))


def _comparable(old: Unit, new: Unit) -> bool:
    """Whether two units can be versions of one; else their words do not matter."""
    if old.look != new.look or old.where in ("page", "parting"):
        return False
    before, after = old.block, new.block
    if isinstance(before, Table) and isinstance(after, Table):
        return same_columns(before, after)
    return old.text is not None or _captions_fit(before, after)


def _alike(old: Unit, new: Unit) -> float:
    """How sure two units are versions of one, by more than their words; 0 where words decide."""
    match old.block, new.block:
        case Sources((before,)), Sources((after,)):
            return SAME_ENTRY if before.key == after.key else 0.0
        case Panels(before), Panels(after):
            return SAME_PANELS if len(before) == len(after) else 0.0
        case _:
            return 0.0


def _captions_fit(old: Block, new: Block) -> bool:
    return isinstance(old, Chart) and isinstance(new, Chart) and same_units(old.caption, new.caption)


def same_units(old: Caption, new: Caption) -> bool:
    """Whether both captions have a unit, or neither."""
    return bool(old.unit) == bool(new.unit)


def same_columns(old: Table, new: Table) -> bool:
    """Whether the rows of two tables can stand in one."""
    return (old.columns, len(old.header)) == (new.columns, len(new.header)) and same_units(old.caption, new.caption)


# ---------------------------------------------------------------- pairs of rows


def matched_rows(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """The rows of both tables; versions of one have the same first cell, or figures of the same keys."""

    def alike(i: int, j: int) -> float:
        before, after = old[i], new[j]
        if _frame(before) != _frame(after):
            return 0.0
        if plain(before.cells[0]).split() == plain(after.cells[0]).split() != []:
            return SAME_ROW
        shared = likeness(bag(_figures(before)), bag(_figures(after)))
        return shared if shared > ALIKE and _figures(before) else 0.0

    seen = [[(_frame(row), tuple(map(keys, row.cells))) for row in side] for side in (old, new)]
    pairs = aligned(seen[0], seen[1], alike)
    return [(None if i is None else old[i], None if j is None else new[j]) for i, j in pairs]


def _figures(row: Row) -> Text:
    return tuple(inline for cell in row.cells for inline in cell if getattr(inline, "figure", ""))
