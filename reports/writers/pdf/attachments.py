"""The data of a document as CSV files (RFC 4180) inside the PDF: figures with their passports, tables, charts.

What a reader of the pages does not see stands in none of them: figures count only where a block that is written has
them. A cell is text that no spreadsheet takes for a formula.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.document import Caption, Chart, Document, Run, Sources, Table, Text, flat, plain, texts

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


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file: the data behind the figures. `kind` is its media type."""

    name: str
    kind: str
    data: bytes
    description: str


def attachments_of(document: Document) -> list[Attachment]:
    """The files of a document: figures.csv where it has figures, table-1.csv and figure-1.csv by the numbers of their
    captions. Each says in the language of the document what it is."""
    shown = tuple(flat(document.blocks))
    keys = {key for block in shown for text in texts(block) for key in _keys(text)} & document.figures.keys()
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
    """Every figure that is shown with its passport, one a row, by key; sources as the list of sources names them."""
    entries = {one.key: one for block in flat(document.blocks) if isinstance(block, Sources) for one in block.entries}
    named = {key: _source(entry.text) for key, entry in entries.items()}
    rows = []
    for key in sorted(keys):
        record = document.figures[key]
        row = {name: str(getattr(record, name, "")) for name in FIGURE_COLUMNS}
        row |= {"key": key, "label": document.labels.get(key, ""), "inputs": " ".join(record.inputs)}
        row |= {"source_keys": " ".join(record.sources)}
        row |= {"source": "; ".join(named.get(source, source) for source in record.sources)}
        rows.append([row[name] for name in FIGURE_COLUMNS])
    return [FIGURE_COLUMNS, *rows]


def _source(text: Text) -> str:
    """Publisher, title and day of a source as they are printed, and its address."""
    links = dict.fromkeys(inline.link for inline in text if isinstance(inline, Run) and inline.link)
    said = plain(text)
    return " ".join([said, *(f"<{link}>" for link in links if link not in said)])


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
    csv.writer(table, lineterminator="\r\n").writerows([map(inert, row) for row in rows])
    return table.getvalue().encode("utf-8-sig")


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what would be a formula; numbers stay numbers.

    >>> inert("=1+1"), inert("-3.1"), inert("+12,5 %"), inert("-A1"), inert("'=1")
    ("'=1+1", '-3.1', '+12,5 %', "'-A1", "''=1")
    """
    return cell if NUMBER.fullmatch(cell) or not FORMULA.match(cell) else f"'{cell}"
