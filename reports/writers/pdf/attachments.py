"""The data of a document as CSV files (RFC 4180) inside the PDF: figures with their passports, tables, charts.

What a reader of the pages does not see stands in none of them: figures count only where a block that is written has
them. A cell is text that no spreadsheet takes for a formula.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reports.document import Caption, Chart, Document, Run, Table, Text, flat, plain, texts
from reports.writers.pdf.tagged import Attachment

FIGURES = "figures.csv"
FIGURE_COLUMNS = (
    "key", "label", "qualifier", "value", "multiplier", "unit", "period", "status", "source", "source_keys", "vintage",
    "formula", "inputs",
)  # fmt: skip
KEY, LEVEL = "key", "level"
NUMBER = re.compile(r"[+-]?[\d.,\s%‰]*(\.\.[+-]?[\d.]*)?")
FORMULA = re.compile(
    r"[\t\r]|[\s']*[=+\-@＝＋－＠]"
)  # OWASP, CSV Injection, with the full-width signs that some take too
Grid = Sequence[Sequence[str]]


def attachments_of(document: Document) -> list[Attachment]:
    """The files of a document: figures.csv where it has figures, table-1.csv and figure-1.csv by the numbers of their
    captions. Each says in the language of the document what it is."""
    shown = tuple(flat(document.blocks))
    inlines = (inline for block in shown for text in texts(block) for inline in text)
    keys = {inline.figure for inline in inlines if isinstance(inline, Run)} & document.figures.keys()
    found = {FIGURES: (_figures(document, keys), document.title)} if keys else {}
    for block in shown:
        if isinstance(block, Table):
            found[_name("table", block.caption, found)] = _table(block), _said(block.caption)
        elif isinstance(block, Chart):
            found[_name("figure", block.caption, found)] = _chart(block), _said(block.caption)
    return [Attachment(name, "text/csv", written(rows), said) for name, (rows, said) in found.items()]


def _name(kind: str, caption: Caption, taken: Mapping[str, object]) -> str:
    """table-1.csv; where two have one number, table-1-2.csv."""
    stem = f"{kind}-{caption.number}"
    names = (f"{stem}{f'-{which}' if which > 1 else ''}.csv" for which in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _said(caption: Caption) -> str:
    """What a caption says, in one line."""
    parts = (caption.label, plain(caption.title), f"({plain(caption.unit)})" if caption.unit else "")
    return " ".join(" ".join(parts).split())


def _keys(text: Text) -> Iterator[str]:
    return (inline.figure for inline in text if isinstance(inline, Run) and inline.figure)


# ---------------------------------------------------------------- grids


def _figures(document: Document, keys: Iterable[str]) -> Grid:
    """Every figure that is shown with its passport, one a row, by key."""

    def row(key: str) -> Sequence[str]:
        record = document.figures[key]
        sources = "; ".join([document.cited.get(source, source) for source in record.sources])
        return (
            key, document.labels.get(key, ""), record.qualifier, record.value, str(record.multiplier), record.unit,
            record.period, record.status, sources, " ".join(record.sources), record.vintage, record.formula,
            " ".join(record.inputs),
        )  # fmt: skip

    return [FIGURE_COLUMNS, *map(row, sorted(keys))]


def _table(table: Table) -> Grid:
    """The cells as they are printed; behind them, for each column with figures, the keys of these, and the level of a
    row where some are parts of others."""
    width = len(table.columns)
    header = [[plain(cell) for cell in row] for row in table.header] or [[""] * width]
    keys = [[" ".join(_keys(cell)) for cell in row.cells] for row in table.rows]
    keyed = [column for column in range(width) if any(row[column] for row in keys)]
    levels = [str(row.level) for row in table.rows] if any(row.level for row in table.rows) else []
    more = [*(f"{KEY} {header[-1][column]}".strip() for column in keyed), *([LEVEL] if levels else [])]
    above = [[*row, *[""] * len(more)] for row in header[:-1]]
    rows = [
        [*map(plain, row.cells), *(keys[which][column] for column in keyed), *levels[which : which + 1]]
        for which, row in enumerate(table.rows)
    ]
    return [*above, [*header[-1], *more], *rows]


def _chart(chart: Chart) -> Grid:
    """A category a row; of each series the exact value in the unit of the chart, and its key."""
    header = ["", *(said for series in chart.series for said in (series.name, f"{KEY} {series.name}"))]
    rows = []
    for which, category in enumerate(chart.categories):
        points = [series.points[which] for series in chart.series]
        cells = (cell for point in points for cell in ((f"{point.value:f}", point.figure) if point else ("", "")))
        rows.append([category, *cells])
    return [header, *rows]


# ---------------------------------------------------------------- CSV


def written(rows: Grid) -> bytes:
    """Rows as CSV in UTF-8, with the mark at its beginning without which spreadsheets take it for another encoding."""
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator="\r\n").writerows([[cell and inert(cell) for cell in row] for row in rows])
    return table.getvalue().encode("utf-8-sig")


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what would be a formula; numbers stay numbers.

    >>> inert("=1+1"), inert("-3.1"), inert("+12,5 %"), inert("-A1"), inert("'=1")
    ("'=1+1", '-3.1', '+12,5 %', "'-A1", "''=1")
    """
    if cell[:1].isalnum():
        return cell
    return cell if NUMBER.fullmatch(cell) or not FORMULA.match(cell) else f"'{cell}"
