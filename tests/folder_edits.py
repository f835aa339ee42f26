"""Edits of a data folder by line: what a keeper's slip does to a table or a record, with the line it stands on."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OLD, NEW = "mutator-old", "mutator-new"  # sources of known days for what is added
COLUMNS = (
    "indicator", "item", "period", "base", "value", "unit", "multiplier", "qualifier", "status", "reporter",
    "published", "source", "use", "note",
)  # fmt: skip


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")


def cells(line: str) -> list[str]:
    return next(csv.reader([line]))


def joined(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()


@dataclass(frozen=True)
class Table:
    """A CSV table of which each row is one line."""

    path: Path
    name: str

    def where(self, line: int) -> str:
        return f"{self.name}:{line}"

    def row(self, line: int) -> Mapping[str, str]:
        lines = lines_of(self.path)
        return dict(zip(cells(lines[0]), cells(lines[line - 1]), strict=True))

    def find(self, column: str, value: str) -> int:
        """The first line whose cell has the value."""
        header, *body = map(cells, lines_of(self.path))
        at = header.index(column)
        return next(line for line, row in enumerate(body, start=2) if row[at] == value)

    def add(self, **values: str) -> int:
        """A new last row; columns that the table lacks are added. Its line."""
        self._widen(values)
        lines = lines_of(self.path)
        lines.append(joined([values.get(column, "") for column in cells(lines[0])]))
        write(self.path, lines)
        return len(lines)

    def put(self, line: int, **values: str) -> str:
        """Changes cells of a row; where it stands."""
        self._widen(values)
        lines = lines_of(self.path)
        header, row = cells(lines[0]), cells(lines[line - 1])
        lines[line - 1] = joined([values.get(column, cell) for column, cell in zip(header, row, strict=True)])
        write(self.path, lines)
        return self.where(line)

    def copy(self, line: int, **values: str) -> int:
        return self.add(**{**self.row(line), **values})

    def drop(self, *dropped: int) -> None:
        write(self.path, [text for line, text in enumerate(lines_of(self.path), start=1) if line not in dropped])

    def _widen(self, values: Mapping[str, str]) -> None:
        lines = lines_of(self.path)
        if missing := [column for column in values if column not in cells(lines[0])]:
            write(
                self.path,
                [joined([*cells(lines[0]), *missing]), *(f"{line}{',' * len(missing)}" for line in lines[1:])],
            )


def table(folder: Path, name: str) -> Table:
    """A table of the folder; observations of a pair begin one if there is none."""
    path = folder / name
    if not path.is_file():
        write(path, [",".join(COLUMNS)])
    return Table(path, name)


def sources(folder: Path) -> None:
    """Adds the two sources of the mutator, unless they are there."""
    found = table(folder, "sources.csv")
    if f"\n{NEW}," not in found.path.read_text("utf-8"):
        found.add(source=OLD, publisher="Mutator", title="An old page", published="2021-05-05", accessed="2025-10-19")
        found.add(source=NEW, publisher="Mutator", title="A new page", published="2025-10-15", accessed="2025-10-19")


@dataclass(frozen=True)
class Line:
    """A record of a YAML file that stands on one line."""

    path: Path
    number: int
    where: str

    @property
    def text(self) -> str:
        return lines_of(self.path)[self.number - 1]

    def change(self, pattern: str, new: str) -> str:
        """Replaces the one place that a pattern finds; where it stands."""
        text, count = re.subn(pattern, new, self.text, count=1)
        assert count == 1, f"{self.where} has no {pattern}: {self.text}"
        lines = lines_of(self.path)
        lines[self.number - 1] = text
        write(self.path, lines)
        return self.where

    def insert_above(self, text: str) -> "Line":
        """A new line above this one, which moves down; the new one."""
        lines = lines_of(self.path)
        lines.insert(self.number - 1, text)
        write(self.path, lines)
        return self


def line_of(folder: Path, where: str) -> Line:
    name, _, number = where.rpartition(":")
    return Line(folder / name, int(number), where)


def record(folder: Path, name: str, section: str, text: str) -> Line:
    """A record added to a section of a file that may not be there; the line of the record."""
    path = folder / name
    lines = lines_of(path) if path.is_file() else []
    at = next((index for index, line in enumerate(lines) if line.startswith(f"{section}:")), None)
    if at is None:
        lines += [f"{section}:", f"  - {text}"]
        number = len(lines)
    elif lines[at].strip() == f"{section}:":
        lines.insert(at + 1, f"  - {text}")
        number = at + 2
    else:  # section: [{...}]
        lines[at] = re.sub(r"\]\s*$", ",", lines[at])
        lines.insert(at + 1, f"  {text}]")
        number = at + 2
    write(path, lines)
    return Line(path, number, f"{name}:{number}")
