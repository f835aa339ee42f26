"""CSV tables: a header line names the columns, in any order; every row knows its file and line."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.errors import Problem
from reports.sources.text import clean, decoded, nearest


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table must have and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, in the order that we write."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands and its cells by column; a column that the table lacks is empty."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def rows(path: Path, folder: Path, columns: Columns, problems: list[Problem]) -> tuple[Row, ...]:
    """The rows of a table that can be used; each that cannot is a problem with its line."""
    text = decoded(path, folder, problems)
    if text is None:
        return ()
    name = path.relative_to(folder).as_posix()
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        problems.append(Problem(name, f"no CSV table: {error}", "look for a quotation mark that is not closed"))
        return ()
    if not lines:
        problems.append(Problem(name, "an empty file", f"begin with the header {','.join(columns.required)}"))
        return ()
    (_, header), *body = lines
    header = [cell.strip() for cell in header]
    if not _header_is_good(header, f"{name}:1", columns, problems):
        return ()
    read = (_row(f"{name}:{line}", header, cells, problems) for line, cells in body)
    return tuple(row for row in read if row and _is_full(row, columns, problems))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the number of its first line."""
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _header_is_good(header: list[str], where: str, columns: Columns, problems: list[Problem]) -> bool:
    before = len(problems)
    for column in dict.fromkeys(header):
        if column not in columns.names:
            problems.append(Problem(where, f"unknown column {column!r}", nearest(column, columns.names, most=20)))
        elif header.count(column) > 1:
            problems.append(Problem(where, f"column {column!r} stands there {header.count(column)} times"))
    for column in columns.required:
        if column not in header:
            problems.append(Problem(where, f"no column {column!r}", f"required are {', '.join(columns.required)}"))
    return len(problems) == before


def _row(where: str, header: list[str], cells: list[str], problems: list[Problem]) -> Row | None:
    if len(cells) != len(header):
        hint = "a text with a comma needs double quotes" if len(cells) > len(header) else "count the commas"
        problems.append(Problem(where, f"{len(cells)} cells under {len(header)} columns", hint))
        return None
    cleaned = {}
    for column, cell in zip(header, cells, strict=True):
        cleaned[column], points = clean(cell)
        if points:
            problems.append(unprintable(where, column, points))
        cleaned[column] = cleaned[column].strip()
    return Row(where, cleaned)


def unprintable(where: str, field: str, points: str) -> Problem:
    """The warning that characters were taken out of a text."""
    line = where.rpartition(":")[2]
    return Problem(
        where,
        f"row {line}, field {field}: {points} replaced by a space or removed",
        "no document can hold them; retype the text",
        "warning",
    )


def _is_full(row: Row, columns: Columns, problems: list[Problem]) -> bool:
    missing = [column for column in columns.required if not row[column]]
    for column in missing:
        problems.append(Problem(row.where, f"{column!r} is empty", "what is not known has no row"))
    return not missing
