"""Help for tests of the data folder: plant a fault in a copy of the good one, read what is told of it."""

import shutil
from pathlib import Path

from reports.errors import DataError, Problem
from reports.sources import folder as data_folder

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests" / "data" / "folder"


def change(path: Path, old: str, new: str) -> None:
    """Replaces a text that must be there, once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} has {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def add_row(path: Path, **cells: str) -> int:
    """Adds a row by the names of its columns; the line that it stands on."""
    text = path.read_text(encoding="utf-8")
    header = text.splitlines()[0].split(",")
    assert set(cells) <= set(header), f"{path.name} has the columns {header}"
    path.write_text(text + ",".join(cells.get(column, "") for column in header) + "\n", encoding="utf-8", newline="")
    return text.count("\n") + 1


def told(folder: Path) -> tuple[Problem, ...]:
    """All problems of a run, whether it went through or not."""
    try:
        return data_folder.read(folder)[1]
    except DataError as error:
        return error.problems


def only(folder: Path) -> Problem:
    """The one problem that there must be."""
    problems = told(folder)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def strict_report(folder: Path) -> Path:
    """Templates with the report `strict`, which fails for a country without a gross domestic product."""
    templates = shutil.copytree(ROOT / "templates", folder / "templates")
    report = templates / "reports" / "strict"
    report.mkdir()
    (report / "report.toml").write_text('page = "reference/page.j2"\nsections = ["strict/one.j2"]\n', "utf-8")
    (report / "one.j2").write_text(
        "{% set total = profile(partner).gdp %}\n{% paragraph caption %}\n{partner:nom}: {total}\n{% endparagraph %}\n",
        "utf-8",
    )
    return templates
