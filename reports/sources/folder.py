"""A whole data folder: read, checked, every problem of the run told at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from reports.errors import DataError, Problem
from reports.facts.records import Country, Data, Indicator, Pair
from reports.sources import checks, tables, yaml_records
from reports.sources.alarms import DESK, UNNEEDED, Accepted, judged
from reports.sources.codes import COUNTRIES
from reports.sources.models import DATA
from reports.sources.observations import Lists, observations
from reports.sources.text import nearest
from reports.sources.validation import checked
from reports.sources.words import Places, unused, words
from reports.sources.yaml_files import tree

REQUIRED = ("data.yaml", "sources.csv", "indicators.csv")
KNOWN_FILES = {
    "": {*REQUIRED, "groups.csv", "people.csv", "accepted.csv", "schedule.toml"},
    "pairs": {"observations.csv", "relations.yaml", "agreements.yaml", "events.yaml", "notes.yaml"},
}
TABLES = {".csv", ".yaml", ".yml", ".xls", ".xlsx", ".ods"}
LAST_DAY = date.max - timedelta(days=1)  # a term without an end is not over on it
PAIR = re.compile(r"([A-Z][A-Z0-9]+)-([A-Z][A-Z0-9]+)", re.ASCII)


def read(folder: Path) -> tuple[Data, tuple[Problem, ...]]:
    """The data of a folder and the warnings about it; DataError with all problems of the run if one is an error."""
    reading = _read(folder)
    return reading.data, reading.problems


def check(folder: Path, day: date) -> tuple[Problem, ...]:
    """All problems of a folder as of a day: those of reading it, and what a keeper should look after. DataError as
    of `read`."""
    reading = _read(folder)
    found = tuple(checks.desk_alarms(reading.data, reading.places, day))
    told = tuple(judged(found, reading.accepted))
    if any(problem.what == UNNEEDED for problem in told):  # on this day; another may need it
        later = checks.desk_alarms(reading.data, reading.places, LAST_DAY)
        told = tuple(judged(found, reading.accepted, {(one.place, one.what, one.key) for one in later}))
    return (*reading.problems, *told)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A folder once read: its data and warnings, the lines of its words, and the accepted alarms of the desk."""

    data: Data
    problems: tuple[Problem, ...]
    places: Mapping[str, Places]
    accepted: tuple[Accepted, ...]


def _read(folder: Path) -> _Reading:
    problems: list[Problem] = []
    _check_files(folder, problems)
    head = _head(folder, problems)
    groups = tables.groups(folder, problems)
    indicators = tables.indicators(folder / "indicators.csv", folder, problems)
    lists = Lists(tables.sources(folder, problems), groups, indicators)
    people = tables.people(folder, groups, problems)
    if not (lists.sources and indicators) and _has_error(problems):
        raise DataError(*problems)  # every row would name an unknown source or indicator
    countries, pairs = _countries(folder, lists, problems), _pairs(folder, lists, problems)
    forms, places = words(folder, problems)
    used = _indicators(lists, countries, pairs)
    tables_of = (lists.sources, groups, people, used, countries, pairs, forms)
    data = Data(head.home, head.language, *tables_of, head.owner, head.edition_day, head.limits)
    problems.extend(checks.errors(data))
    accepted = tables.accepted(folder, problems)
    problems.extend(judged(checks.alarms(data), (row for row in accepted if row.what not in DESK)))
    if _has_error(problems):
        raise DataError(*problems)
    problems.extend(unused(data, places))  # of a half-read folder it would be wrong
    return _Reading(data, tuple(problems), places, tuple(row for row in accepted if row.what in DESK))


def _has_error(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _check_files(folder: Path, problems: list[Problem]) -> None:
    """Tells of required files that are missing; of tables that nobody reads, as a misspelt name would be."""
    if not folder.is_dir():
        raise DataError(Problem(str(folder), "no such folder", "name the data folder with --data"))
    missing = [Problem(name, "missing", f"every data folder has {', '.join(REQUIRED)}") for name in REQUIRED
               if not (folder / name).is_file()]  # fmt: skip
    if missing:
        raise DataError(*missing)
    for path in sorted(folder.iterdir()):
        _check_name(path, folder, KNOWN_FILES[""], problems)
    for path in sorted((folder / "pairs").glob("*/*")):
        _check_name(path, folder, KNOWN_FILES["pairs"], problems)
    for path in sorted((folder / "countries").glob("*")):
        _check_name(path, folder, {f"{path.stem}.csv", f"{path.stem}.yaml"}, problems)


def _check_name(path: Path, folder: Path, known: set[str], problems: list[Problem]) -> None:
    if path.is_file() and path.suffix.lower() in TABLES and path.name not in known:
        where = path.relative_to(folder).as_posix()
        problems.append(Problem(where, "a file that nobody reads", nearest(path.name, known), "warning"))


@dataclass(frozen=True, slots=True)
class Head:
    """What data.yaml says of the whole folder."""

    home: str = ""
    language: str = ""
    owner: str = ""
    edition_day: int = 0
    limits: Mapping[str, int] = field(default_factory=dict)


def _head(folder: Path, problems: list[Problem]) -> Head:
    content = tree(folder / "data.yaml", folder, problems)
    if content is None or (read := checked(DATA, content.content, content, (), problems)) is None:
        return Head()
    keys = read.model_dump()
    head = Head(keys["home"], keys["language"], keys["owner"], int(keys["edition_day"] or 0), keys["limits"] or {})
    if head.home not in COUNTRIES:
        hint = "ISO 3166-1 alpha-2, such as KZ"
        problems.append(Problem(content.where("home"), f"unknown country {head.home!r}", hint))
    return head


def _countries(folder: Path, lists: Lists, problems: list[Problem]) -> Mapping[str, Country]:
    found = {}
    files = sorted((folder / "countries").glob("*"))
    for code in sorted({path.stem for path in files if path.suffix in {".csv", ".yaml"}}):
        where = f"countries/{code}"
        if not lists.named(code):
            problems.append(Problem(where, f"unknown country {code!r}", "ISO 3166-1 alpha-2, or a code of groups.csv"))
            continue
        rows = observations(folder / "countries" / f"{code}.csv", folder, lists, problems)
        found[code] = yaml_records.country(code, folder / "countries" / f"{code}.yaml", folder, rows, problems)
    return found


def _pairs(folder: Path, lists: Lists, problems: list[Problem]) -> Mapping[tuple[str, str], Pair]:
    found: dict[tuple[str, str], Pair] = {}
    for path in sorted(path for path in (folder / "pairs").glob("*") if path.is_dir()):
        codes = _codes(path, lists, problems)
        if codes is None:
            continue
        if codes[::-1] in found:
            other = "-".join(codes[::-1])
            problems.append(Problem(f"pairs/{path.name}", f"pairs/{other} is there too", "one folder holds a pair"))
        rows = observations(path / "observations.csv", folder, lists, problems)
        found[codes] = yaml_records.pair(codes, path, folder, rows, problems)
        problems.extend(_profiles(codes, folder))
    return found


def _codes(path: Path, lists: Lists, problems: list[Problem]) -> tuple[str, str] | None:
    where = f"pairs/{path.name}"
    match = PAIR.fullmatch(path.name)
    if not match or match[1] == match[2]:
        problems.append(Problem(where, "no name of a pair", "first country, hyphen, second: KZ-LU"))
        return None
    unknown = [code for code in match.groups() if not lists.named(code)]
    for code in unknown:
        problems.append(Problem(where, f"unknown country {code!r}", "ISO 3166-1 alpha-2, or a code of groups.csv"))
    return None if unknown else (match[1], match[2])


def _profiles(codes: tuple[str, str], folder: Path) -> Iterator[Problem]:
    for code in codes:
        if code in COUNTRIES and not (folder / "countries" / f"{code}.yaml").is_file():
            hint = f"python generate.py new pair {'-'.join(codes)} writes a skeleton"
            yield Problem(f"countries/{code}.yaml", "missing, though a pair names the country", hint)


def _indicators(
    lists: Lists, countries: Mapping[str, Country], pairs: Mapping[tuple[str, str], Pair]
) -> Mapping[str, Indicator]:
    """The closed list, and the forms with a suffix that the data uses."""
    used = {row.indicator for country in countries.values() for row in country.observations}
    used |= {row.indicator for two in pairs.values() for row in two.observations}
    found = {key: lists.indicator(key) for key in (*lists.indicators, *sorted(used))}
    return {key: indicator for key, indicator in found.items() if indicator}
