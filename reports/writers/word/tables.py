"""Tables of figures, and the key figures side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.document import Panel, Run, Table, Text, plain
from reports.writers.word.draft import Draft, Place, inlines, paragraph, run, twips
from reports.writers.word.widths import BOLD, NARROW, columns, decimal_mark, figure_cells, said_width, tails
from reports.writers.word.xml import Xml, attribute

TOGETHER = 12  # a table of so many rows stays on one page
TALLEST = 0.5  # of the page: a row that is taller may break
EIGHTHS = 8  # Word measures rules in eighths of a point
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Grid:
    """What the rows of a table share: widths in points, indents that align figures on the decimal mark, by row."""

    widths: tuple[float, ...]
    indents: tuple[tuple[float, ...], ...]


# ---------------------------------------------------------------- tables


def table(draft: Draft, block: Table) -> Xml:
    """The table in the house's table style, header rows repeated on each page."""
    grid = _grid(draft, block)
    last = len(block.header) - 1
    headers = (_header_row(draft, block, row, grid, number == last) for number, row in enumerate(block.header))
    rows = (_body_row(draft, block, number, grid) for number in range(len(block.rows)))
    said = f'<w:tblCaption w:val="{attribute(_name(block))}"/>'
    if block.alternative:
        said += f'<w:tblDescription w:val="{attribute(block.alternative)}"/>'
    head = "1" if block.header else "0"
    look = (
        f'<w:tblLook w:val="0{"6" if block.header else "4"}80" w:firstRow="{head}" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    return _table(draft, "Brief Table", grid.widths, look + said, (*headers, *rows))


def _name(block: Table) -> str:
    return f"{block.caption.label} {plain(block.caption.title)}".strip()


def _grid(draft: Draft, block: Table) -> Grid:
    theme = draft.house.theme
    size = theme.styles["Table Figure"].size
    figures = [number for number, kind in enumerate(block.columns) if kind == "figure"]
    mark = decimal_mark([cell for column in figures for cell in figure_cells(block, column)])
    indents = [tuple(0.0 for _ in block.rows)] * len(block.columns)
    for column in figures:
        found = tails(figure_cells(block, column), mark)
        indents[column] = tuple(size * (max(found, default=0) - tail) for tail in found)
    spare = max((max(column, default=0) for column in indents), default=0)
    widths = columns(block, draft.text_width, 2 * theme.table.pad_x + min(spare, 3 * size), size)
    return Grid(widths, tuple(indents))


def _header_row(draft: Draft, block: Table, row: Sequence[Text], grid: Grid, last: bool) -> Xml:
    """A header row; of several the last carries the rule, which the style gives the first."""
    rule = _rule("bottom", draft.house.theme.table.head if last else None) if len(block.header) > 1 else ""
    cells = []
    for text, kind, width in zip(row, block.columns, grid.widths, strict=False):
        place = Place(align=_figure_side(draft)) if kind == "figure" else Place()
        cells.append(_cell(width, rule, paragraph(draft, "Table Header", inlines(draft, text), place)))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _body_row(draft: Draft, block: Table, number: int, grid: Grid) -> Xml:
    row = block.rows[number]
    kept = _keeps_next(block, number)
    rule = _rule("top", draft.house.theme.table.inner) if row.ruled else ""
    if row.spans:
        heading = _words(draft, inlines(draft, row.cells[0]), row.level, kept=True)
        cell = _cell(sum(grid.widths), rule, heading, len(row.cells))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
    cells = []
    for column, (text, width) in enumerate(zip(row.cells, grid.widths, strict=False)):
        runs = inlines(draft, text)
        if block.columns[column] == "figure":
            written = _figure(draft, runs, grid.indents[column][number], kept)
        else:
            written = _words(draft, runs, row.level if column == 0 else 0, kept)
        cells.append(_cell(width, rule, written))
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if _fits(draft, row.cells, grid) else ""
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _keeps_next(block: Table, number: int) -> bool:
    """Small tables stay whole; the last row stays with the notes."""
    last = number == len(block.rows) - 1
    return bool(block.notes) if last else len(block.rows) <= TOGETHER


def _figure(draft: Draft, runs: Xml, indent: float, kept: bool) -> Xml:
    """A figure, its units digit under the one above. Figures run from left to right in every script, so in a
    paragraph from right to left their right side is where it begins."""
    side = "left" if draft.rtl else "right"
    shift = f'<w:ind w:{side}="{twips(indent)}"/>' if twips(indent) else ""
    align = _figure_side(draft) if draft.rtl else ""
    return paragraph(draft, "Table Figure", runs, Place(kept, indent=shift, align=align))


def _figure_side(draft: Draft) -> str:
    return "left" if draft.rtl else "right"


def _words(draft: Draft, runs: Xml, level: int, kept: bool) -> Xml:
    style = "Table Part" if level else "Table Text"
    deeper = twips(draft.house.theme.table.indent * level)
    indent = f'<w:ind w:left="{deeper}"/>' if level > 1 else ""
    return paragraph(draft, style, runs, Place(kept, indent=indent))


def _fits(draft: Draft, cells: Sequence[Text], grid: Grid) -> bool:
    """Whether a row is short enough to stay on one page whole."""
    style, page = draft.house.theme.styles["Table Text"], draft.house.theme.page
    pad = 2 * draft.house.theme.table.pad_x
    lines = [_lines(text, (width - pad) / style.size) for text, width in zip(cells, grid.widths, strict=False)]
    return max(lines, default=0) * style.leading < TALLEST * (page.height - page.top - page.bottom)


def _lines(text: Text, width: float) -> int:
    lines = plain(text).splitlines() or [""]
    return sum(max(1, math.ceil(said_width((Run(line),)) / max(width, 1))) for line in lines)


# ---------------------------------------------------------------- panels


def panels(draft: Draft, items: Sequence[Panel]) -> Xml:
    """Key figures side by side, as one row without rules."""
    widths = (draft.text_width / max(len(items), 1),) * len(items)
    apart = any(_crowded(draft, item, width) for item, width in zip(items, widths, strict=True))
    cells = "".join(_cell(width, "", _panel(draft, item, apart)) for item, width in zip(items, widths, strict=True))
    look = (
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/>'
    )
    said = "; ".join(" ".join(filter(None, map(plain, (*_in_order(item), item.label)))) for item in items)
    alternative = f'<w:tblDescription w:val="{attribute(said)}"/>'
    return _table(
        draft, "Brief Panels", widths, look + alternative, (f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>",)
    )


def _crowded(draft: Draft, item: Panel, width: float) -> bool:
    """Whether the number and its unit do not fit on one line of their panel."""
    number, unit = draft.house.theme.styles["Panel Number"], draft.house.theme.styles["Panel Unit"]
    wanted = BOLD * number.size * said_width(item.number) + unit.size * (NARROW + said_width(item.unit))
    return bool(item.unit) and wanted > width - 2 * draft.house.theme.panel.pad_x - draft.house.theme.panel.gap / 2


def _panel(draft: Draft, item: Panel, apart: bool) -> Xml:
    """The paragraphs of a panel, its unit on a line of its own or beside the number."""
    number, unit = inlines(draft, item.number), inlines(draft, item.unit, "Panel Unit")
    both = list(filter(None, (unit, number) if item.unit_first else (number, unit)))
    if apart:
        written = [paragraph(draft, "Panel Number" if runs is number else "Panel Label", runs) for runs in both]
    else:
        written = [paragraph(draft, "Panel Number", run(draft, Run(NO_BREAK_SPACE), "Panel Unit").join(both))]
    written.append(paragraph(draft, "Panel Label", inlines(draft, item.label)))
    if item.detail:
        written.append(paragraph(draft, "Panel Detail", inlines(draft, item.detail)))
    return "".join(written)


def _in_order(item: Panel) -> tuple[Text, Text]:
    return (item.unit, item.number) if item.unit_first else (item.number, item.unit)


# ---------------------------------------------------------------- what both are made of


def _table(draft: Draft, style: str, widths: Sequence[float], look: Xml, rows: Sequence[Xml]) -> Xml:
    """A w:tbl of fixed widths; the order of its properties is that of ECMA-376 part 1, 17.4.59."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    direction = "<w:bidiVisual/>" if draft.rtl else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{draft.house.style_ids[style]}"/>{direction}'
        f'<w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(width: float, rule: Xml, paragraphs: Xml, columns: int = 1) -> Xml:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{rule}</w:tcPr>{paragraphs}</w:tc>'


def _rule(edge: str, rule: tuple[float, str] | None) -> Xml:
    if rule is None:
        return f'<w:tcBorders><w:{edge} w:val="nil"/></w:tcBorders>'
    width, colour = rule
    kind = "single" if width else "nil"
    return (
        f'<w:tcBorders><w:{edge} w:val="{kind}" w:sz="{round(width * EIGHTHS)}" w:space="0" w:color="{colour}"/>'
        "</w:tcBorders>"
    )
