"""A commented skeleton for a new pair of countries, and the data folder around it."""

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from reports.errors import DataError, OutputError, Problem
from reports.sources import observations, schemas, tables
from reports.sources.codes import COUNTRIES
from reports.sources.csv_files import Columns

PAIR_FILES = ("relations.yaml", "agreements.yaml", "events.yaml")


def new_pair(folder: Path, first: str, second: str) -> tuple[Path, ...]:
    """The files written for a pair whose flows are seen from `first`; a folder that does not exist is begun.

    DataError if the codes are no two countries or the pair is there; OutputError if a file cannot be written.
    """
    for code in (first, second):
        if code not in COUNTRIES:
            raise DataError(Problem(code, "unknown country", "ISO 3166-1 alpha-2, such as LU or JP"))
    if first == second:
        raise DataError(Problem(f"{first}-{second}", "twice the same country", "name two, for example LU-JP"))
    for name in (f"{first}-{second}", f"{second}-{first}"):
        if (folder / "pairs" / name).exists():
            raise DataError(Problem(str(folder / "pairs" / name), "is there already", "edit its files"))
    files = {**_frame(folder, first), **_countries(folder, first, second), **_pair(folder, first, second)}
    written = tuple(_write(path, text) for path, text in files.items())
    return written if (folder / "schemas").is_dir() else (*written, *schemas.write(folder))


def _frame(folder: Path, home: str) -> Mapping[Path, str]:
    """The files that every folder has, where they are not there yet."""
    files = {
        "data.yaml": _starter("data.yaml", home),
        "sources.csv": _header(tables.SOURCES),
        "people.csv": _header(tables.PEOPLE),
        "groups.csv": _header(tables.GROUPS),
        "indicators.csv": _starter("indicators.csv"),
    }
    return {folder / name: text for name, text in files.items() if not (folder / name).exists()}


def _countries(folder: Path, *codes: str) -> Mapping[Path, str]:
    paths = {folder / "countries" / f"{code}.yaml": _starter("country.yaml", code) for code in codes}
    return {path: text for path, text in paths.items() if not path.exists()}


def _pair(folder: Path, first: str, second: str) -> Mapping[Path, str]:
    target = folder / "pairs" / f"{first}-{second}"
    texts = {target / name: _starter(name, first, second) for name in PAIR_FILES}
    return {target / "observations.csv": _header(observations.COLUMNS), **texts}


def _starter(name: str, *codes: str) -> str:
    """A file of `starters/`; AA and BB in it stand for the codes."""
    text = resources.files("reports.sources").joinpath("starters", name).read_text(encoding="utf-8")
    return re.sub("AA|BB", lambda found: codes[["AA", "BB"].index(found[0])], text) if codes else text


def _header(columns: Columns) -> str:
    return ",".join(columns.names) + "\n"


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(Problem(str(path), f"cannot be written: {error.strerror}")) from error
    return path
