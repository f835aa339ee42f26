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
    """A beginning of a word that may not stand, and what stands in its place."""

    spelling: re.Pattern[str]
    instead: str
    reason: str


def read_forbidden(path: Path) -> tuple[Forbidden, ...]:
    """The rows of a forbidden.csv; none if there is no such file. WordingError if it is not what it should be."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != COLUMNS:
            raise WordingError(Problem(f"{path}:1", f"columns {table.fieldnames}", f"wanted {','.join(COLUMNS)}"))
        return tuple(
            Forbidden(re.compile(rf"(?<!\w){re.escape(row['spelling'])}"), row["instead"], row["reason"])
            for row in table
        )


def misspelt(folder: Path, words: Path) -> Iterator[Problem]:
    """Each forbidden spelling in the names, terms and messages of a language folder and in its words of the data."""
    forbidden = read_forbidden(folder / "forbidden.csv")
    if forbidden:
        for path in (folder / "names.csv", folder / "terms.csv", folder / "messages.po", words / f"{folder.name}.csv"):
            yield from _in_file(path, forbidden)


def _in_file(path: Path, forbidden: Iterable[Forbidden]) -> Iterator[Problem]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for one in forbidden:
            if found := one.spelling.search(line):
                message = f"{found[0]!r} is forbidden here: {one.reason}"
                yield Problem(f"{path.parent.name}/{path.name}:{number}", message, f"write {one.instead}")
