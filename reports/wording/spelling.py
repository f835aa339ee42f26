"""Spellings that the house forbids: templates/languages/<tag>/forbidden.csv, looked for in all texts of a language."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reports.errors import Problem, WordingError

COLUMNS = ["spelling", "instead", "reason"]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A beginning of a word that may not stand, or letters anywhere after a *, and what stands in its place."""

    spelling: re.Pattern[str]
    instead: str
    reason: str


def read_forbidden(path: Path) -> tuple[Forbidden, ...]:
    """The rows of a forbidden.csv; none if there is no such file. WordingError if it is not what it should be."""
    if not path.exists():
        return ()
    try:
        table = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    except UnicodeDecodeError as error:
        raise WordingError(Problem(str(path), f"cannot be read: {error}", "save it as CSV UTF-8")) from error
    if table.fieldnames != COLUMNS:
        raise WordingError(Problem(f"{path}:1", f"columns {table.fieldnames}", f"wanted {','.join(COLUMNS)}"))
    return tuple(Forbidden(re.compile(_pattern(row["spelling"])), row["instead"], row["reason"]) for row in table)


def _pattern(spelling: str) -> str:
    anywhere = spelling.startswith("*")
    return re.escape(spelling[1:]) if anywhere else rf"(?<!\w){re.escape(spelling)}"


def misspelt(folder: Path, words: Path) -> Iterator[Problem]:
    """Each forbidden spelling in the names, terms and messages of a language folder and in its words of the data."""
    forbidden = read_forbidden(folder / "forbidden.csv")
    if forbidden:
        for path in (folder / "names.csv", folder / "terms.csv", words / f"{folder.name}.csv"):
            yield from _in_lines(path, _forms(path), forbidden)
        catalog = folder / "messages.po"
        yield from _in_lines(catalog, _translations(catalog), forbidden)


def _lines(path: Path) -> list[str]:
    """The lines of a file, if it is there; what is not UTF-8 is told by the reader of the file."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def _forms(path: Path) -> Iterator[tuple[int, str]]:
    """The forms of a table with their lines; keys and entries are in another language."""
    table = csv.DictReader(_lines(path))
    return ((table.line_num, row.get("form") or "") for row in table)


def _translations(catalog: Path) -> Iterator[tuple[int, str]]:
    """The lines of a catalog that are in its own language."""
    own = False
    for number, line in enumerate(_lines(catalog), start=1):
        own = line.startswith("msgstr") or (own and line.startswith('"'))
        if own:
            yield number, line


def _in_lines(path: Path, lines: Iterable[tuple[int, str]], forbidden: Iterable[Forbidden]) -> Iterator[Problem]:
    for number, line in lines:
        for one in forbidden:
            if found := one.spelling.search(line):
                message = f"{found[0]!r} is forbidden here: {one.reason}"
                yield Problem(f"{path.parent.name}/{path.name}:{number}", message, f"write {one.instead}")
