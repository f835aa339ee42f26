"""Tables of figures, and the key figures side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.document import Panel, Row, Run, Table, Text, plain
from reports.writers.widths import BOLD, NARROW, grid, said_width
from reports.writers.word.draft import Draft
from reports.writers.word.inlines import inlines
from reports.writers.word.revisions import Fate
from reports.writers.word.runs import Place, paragraph, run, twips
from reports.writers.word.xml import Xml, attribute

TOGETHER = 0.3  # of the page: a table that is no taller stays on one page, as in PDF
AT_LEAST = 2  # rows of a longer one that stay together at the foot and at the head of a page
TALLEST = 0.5  # of the page: a row that is taller may break
EIGHTHS = 8  # Word measures rules in eighths of a point
LOOK, FIRST_ROW, NO_BANDS = 0x0480, 0x0020, 0x0200  # ECMA-376 part 1, 17.4.55: first column, no vertical bands
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Grid:
    """What the rows of a table share: widths in points, indents that align figures on the decimal mark, by row."""

    widths: tuple[float, ...]
    indents: tuple[tuple[float, ...], ...]
    whole: bool = False


# ---------------------------------------------------------------- tables


def table(draft: Draft, block: Table, fates: Sequence[Fate] = ()) -> Xml:
    """The table in the house's table style, header rows repeated on each page; `fates` track its body rows one by
    one."""
    grid = _grid(draft, block)
    name = "" if any(fates) or draft.fate else draft.ledger.table(block)
    last = len(block.header) - 1
    headers = (_header_row(draft, block, row, grid, number == last) for number, row in enumerate(block.header))
    rows = (_tracked_row(draft, block, number, grid, fates) for number in range(len(block.rows)))
    said = f'<w:tblCaption w:val="{attribute(_name(block))}"/>'
    if block.alternative:
        said += f'<w:tblDescription w:val="{attribute(block.alternative)}"/>'
    head, banded = "1" if block.header else "0", any(draft.house.theme.table.bands)
    bits = LOOK | (FIRST_ROW if block.header else 0) | (0 if banded else NO_BANDS)
    look = (
        f'<w:tblLook w:val="{bits:04X}" w:firstRow="{head}" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="{0 if banded else 1}" w:noVBand="1"/>'
    )
    written = _table(draft, "Brief Table", grid.widths, look + said, (*headers, *rows))
    return _marked(written, name, draft.bookmark()) if name else written


def _marked(table: Xml, name: str, number: int) -> Xml:
    """The table with a hidden bookmark at the beginning of its first cell, by which it is found again."""
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
    return table.replace("</w:pPr>", f"</w:pPr>{mark}", 1)


def _tracked_row(draft: Draft, block: Table, number: int, grid: Grid, fates: Sequence[Fate]) -> Xml:
    with draft.tracking(fates[number] if fates else draft.fate):
        return _body_row(draft, block, number, grid)


def _name(block: Table) -> str:
    return f"{block.caption.label} {plain(block.caption.title)}".strip()


def _grid(draft: Draft, block: Table) -> Grid:
    theme = draft.house.theme
    widths, indents = grid(block, draft.text_width, theme.table.pad_x, theme.styles["Table Figure"].size)
    height = sum(_height(draft, *_across(row, widths)) for row in block.rows)
    heads = sum(_height(draft, row, widths) for row in block.header)
    return Grid(widths, tuple(indents), height + heads <= TOGETHER * _column(draft))


def _header_row(draft: Draft, block: Table, row: Sequence[Text], grid: Grid, last: bool) -> Xml:
    """A header row; of several the last carries the rule, which the style gives the first."""
    several, look = len(block.header) > 1, draft.house.theme.table
    fill = look.head_fill or ("auto" if any(look.bands) else "")
    rule = _rule("bottom", draft.house.theme.table.head if last else None) if several else ""
    rule += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if several and fill else ""
    cells = []
    for text, kind, width in zip(row, block.columns, grid.widths, strict=False):
        place = Place(align=_figure_side(draft)) if kind == "figure" else Place()
        cells.append(_cell(width, rule, paragraph(draft, "Table Header", inlines(draft, text), place)))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>{draft.mark(draft.fate)}</w:trPr>{''.join(cells)}</w:tr>"


def _body_row(draft: Draft, block: Table, number: int, grid: Grid) -> Xml:
    row = block.rows[number]
    kept = _keeps_next(block, number, grid)
    rule = _rule("top", draft.house.theme.table.inner) if row.ruled else ""
    if row.spans:
        heading = _words(draft, inlines(draft, row.cells[0]), row.level, kept=True)
        cell = _cell(sum(grid.widths), rule, heading, len(row.cells))
        return f"<w:tr><w:trPr><w:cantSplit/>{draft.mark(draft.fate)}</w:trPr>{cell}</w:tr>"
    cells = []
    for column, (text, width) in enumerate(zip(row.cells, grid.widths, strict=False)):
        runs = inlines(draft, text)
        if block.columns[column] == "figure":
            written = _figure(draft, runs, grid.indents[column][number], kept)
        else:
            written = _words(draft, runs, row.level if column == 0 else 0, kept)
        cells.append(_cell(width, rule, written))
    fits = _height(draft, row.cells, grid.widths) < TALLEST * _column(draft)
    whole = "<w:cantSplit/>" if fits else '<w:cantSplit w:val="0"/>' * bool(draft.fate)
    properties = f"<w:trPr>{whole}{draft.mark(draft.fate)}</w:trPr>" if whole else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _keeps_next(block: Table, number: int, grid: Grid) -> bool:
    """A short table stays whole; of a longer one the first rows and the last ones, which stay with the notes."""
    left = len(block.rows) - 1 - number
    if not left:
        return bool(block.notes)
    return grid.whole or number < AT_LEAST - 1 or left < AT_LEAST


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


def _across(row: Row, widths: Sequence[float]) -> tuple[Sequence[Text], Sequence[float]]:
    """The cells of a row and their widths; one may span its table."""
    return (row.cells[:1], (sum(widths),)) if row.spans else (row.cells, widths)


def _height(draft: Draft, cells: Sequence[Text], widths: Sequence[float]) -> float:
    """About how tall a row is, in points."""
    style, look = draft.house.theme.styles["Table Text"], draft.house.theme.table
    lines = [_lines(text, (width - 2 * look.pad_x) / style.size) for text, width in zip(cells, widths, strict=False)]
    return max(lines, default=0) * style.leading + 2 * look.pad_y


def _column(draft: Draft) -> float:
    page = draft.house.theme.page
    return page.height - page.top - page.bottom


def _lines(text: Text, width: float) -> int:
    lines = plain(text).splitlines() or [""]
    return sum(max(1, math.ceil(said_width((Run(line),)) / max(width, 1))) for line in lines)


# ---------------------------------------------------------------- panels


def panels(draft: Draft, items: Sequence[Panel], like: Sequence[Panel] = ()) -> Xml:
    """Key figures side by side, as one row without rules. Panels with revised texts are set and described `like` the
    new ones."""
    widths = (draft.text_width / max(len(items), 1),) * len(items)
    apart = stands_apart(draft, like or items)
    cells = "".join(_cell(width, "", _panel(draft, item, apart)) for item, width in zip(items, widths, strict=True))
    look = (
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/>'
    )
    parts = ((*_in_order(item), item.label) for item in like or items)
    said = "; ".join(" ".join(filter(None, map(plain, texts))) for texts in parts)
    alternative = f'<w:tblDescription w:val="{attribute(said)}"/>'
    row = f"<w:tr><w:trPr><w:cantSplit/>{draft.mark(draft.fate)}</w:trPr>{cells}</w:tr>"
    return _table(draft, "Brief Panels", widths, look + alternative, (row,))


def stands_apart(draft: Draft, items: Sequence[Panel]) -> bool:
    """Whether units stand on lines of their own: one of them has no room beside its number."""
    width = draft.text_width / max(len(items), 1)
    return any(_crowded(draft, item, width) for item in items)


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
