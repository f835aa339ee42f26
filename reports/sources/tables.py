"""The small tables of a data folder: sources, groups, people, indicators, accepted alarms."""

import re
from collections.abc import Mapping
from pathlib import Path

from reports.errors import Problem
from reports.facts.records import Group, Indicator, Person, Source
from reports.facts.values import Day
from reports.sources.alarms import ALARMS, Accepted
from reports.sources.codes import COUNTRIES, CURRENCIES
from reports.sources.csv_files import Columns, Row, rows
from reports.sources.keys import parse_day
from reports.sources.numbers import MEASURES
from reports.sources.pictures import pictures
from reports.sources.text import nearest

SOURCES = Columns(
    ("source", "publisher", "title", "accessed"), ("author", "url", "published", "language", "licence", "next")
)
GROUPS = Columns(("group", "name", "kind"))
PEOPLE = Columns(("name", "country"), ("sex", "original", "picture", "note"))
INDICATORS = Columns(("indicator", "measure", "meaning"), ("unit",))
ACCEPTED = Columns(("where", "what", "key", "reason"))
ALL = (SOURCES, GROUPS, PEOPLE, INDICATORS, ACCEPTED)
GROUP_KINDS = ("union", "organization", "region", "world", "publisher")
GROUP_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", re.ASCII)
MEASURE_KINDS = ("flow", "stock", "point")


def unique(found: tuple[Row, ...], column: str, problems: list[Problem]) -> Mapping[str, Row]:
    """The rows by their key; a key twice is told."""
    by_key: dict[str, Row] = {}
    for row in found:
        first = by_key.setdefault(row[column], row)
        if first is not row:
            problems.append(Problem(row.where, f"{column} {row[column]!r} twice", f"the first is at {first.where}"))
    return by_key


def sources(folder: Path, problems: list[Problem]) -> Mapping[str, Source]:
    """sources.csv by key."""
    found = unique(rows(folder / "sources.csv", folder, SOURCES, problems), "source", problems)
    read = (_source(row, problems) for row in found.values())
    return {source.key: source for source in read if source}


def _source(row: Row, problems: list[Problem]) -> Source | None:
    accessed = _day(row, "accessed", problems)
    published = _day(row, "published", problems) if row["published"] else None
    if " " in row["source"]:
        problems.append(Problem(row.where, f"a space in the key {row['source']!r}", "join the words with hyphens"))
    if accessed is None:
        return None
    if not accessed.day:
        problems.append(Problem(row.where, f"accessed {row['accessed']!r} is no day", "write the day: 2025-10-20"))
    return Source(
        row["source"],
        row["publisher"],
        row["title"],
        accessed.last,
        row["author"],
        row["url"],
        published,
        row["language"],
        row["licence"],
        _day(row, "next", problems) if row["next"] else None,
        row.where,
    )


def _day(row: Row, column: str, problems: list[Problem]) -> Day | None:
    try:
        return parse_day(row[column])
    except ValueError as error:
        problems.append(Problem(row.where, f"{column}: {error}"))
    return None


def groups(folder: Path, problems: list[Problem]) -> Mapping[str, Group]:
    """groups.csv by code, if it is there."""
    found = unique(_optional(folder, "groups.csv", GROUPS, problems), "group", problems)
    for row in found.values():
        _one_of(row, "kind", GROUP_KINDS, problems)
        if row["group"] in COUNTRIES or not GROUP_CODE.fullmatch(row["group"]):
            problems.append(Problem(row.where, f"{row['group']!r} is no code of a group", "capitals and digits: EAEU"))
    return {code: Group(code, row["name"], row["kind"]) for code, row in found.items()}


def people(folder: Path, named: Mapping[str, Group], problems: list[Problem]) -> Mapping[str, Person]:
    """people.csv by name, if it is there."""
    found = unique(_optional(folder, "people.csv", PEOPLE, problems), "name", problems)
    for row in found.values():
        if row["country"] not in COUNTRIES and row["country"] not in named:
            problems.append(Problem(row.where, f"unknown country {row['country']!r}", nearest(row["country"], named)))
        if row["sex"]:
            _one_of(row, "sex", ("f", "m"), problems)
    shown = pictures(folder, {row["picture"]: row.where for row in found.values() if row["picture"]}, problems)
    return {
        name: Person(name, row["country"], row["sex"], row["original"], row.where, shown.get(row["picture"]))
        for name, row in found.items()
    }


def indicators(path: Path, folder: Path, problems: list[Problem]) -> Mapping[str, Indicator]:
    """indicators.csv by key."""
    found = unique(rows(path, folder, INDICATORS, problems), "indicator", problems)
    for row in found.values():
        _one_of(row, "measure", MEASURE_KINDS, problems)
        if row["unit"] not in {"", "percent", *MEASURES} and row["unit"] not in CURRENCIES:
            problems.append(
                Problem(row.where, f"unknown unit {row['unit']!r}", "a currency, percent, km, km2, t or none")
            )
    return {key: Indicator(key, row["measure"], row["unit"], row["meaning"]) for key, row in found.items()}


def accepted(folder: Path, problems: list[Problem]) -> tuple[Accepted, ...]:
    """accepted.csv, if it is there."""
    found = _optional(folder, "accepted.csv", ACCEPTED, problems)
    for row in found:
        _one_of(row, "what", ALARMS, problems)
    return tuple(Accepted(row["where"], row["what"], row["key"], row.where) for row in found)


def _optional(folder: Path, name: str, columns: Columns, problems: list[Problem]) -> tuple[Row, ...]:
    path = folder / name
    return rows(path, folder, columns, problems) if path.is_file() else ()


def _one_of(row: Row, column: str, choices: tuple[str, ...], problems: list[Problem]) -> None:
    if row[column] not in choices:
        problems.append(
            Problem(row.where, f"{column} {row[column]!r} is none of its values", nearest(row[column], choices))
        )
