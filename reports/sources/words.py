"""Texts of the data in other languages: words/<tag>.csv, and the texts that want them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from reports.errors import Problem
from reports.facts.people import AMBASSADOR
from reports.facts.record import Record
from reports.facts.records import Country, Data, Pair, WordForms
from reports.facts.values import Entry, EntryKind
from reports.sources.csv_files import Columns, Row, rows
from reports.sources.text import nearest

COLUMNS = Columns(("kind", "entry", "form", "status"), ("case",))
KINDS: tuple[str, ...] = get_args(EntryKind)
STATUSES = ("draft", "reviewed", "approved")
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
Places = Mapping[tuple[str, str], str]


def words(folder: Path, problems: list[Problem]) -> tuple[Mapping[str, WordForms], Mapping[str, Places]]:
    """By language, the forms of each entry by case; and the line on which each entry first stands."""
    forms: dict[str, WordForms] = {}
    places: dict[str, Places] = {}
    for path in sorted((folder / "words").glob("*.csv")):
        if not TAG.fullmatch(path.stem):
            hint = "name it by the tag of a language: words/<tag>.csv"
            problems.append(Problem(f"words/{path.name}", f"{path.stem!r} is no language tag", hint))
            continue
        read = rows(path, folder, COLUMNS, problems)
        forms[path.stem] = _forms(read, problems)
        places[path.stem] = {(row["kind"], row["entry"]): row.where for row in reversed(read)}
    return forms, places


def _forms(read: tuple[Row, ...], problems: list[Problem]) -> WordForms:
    forms: dict[tuple[str, str], dict[str, str]] = {}
    lines: dict[tuple[str, str, str], str] = {}
    for row in read:
        for column, choices in (("kind", KINDS), ("status", STATUSES)):
            if row[column] not in choices:
                found = f"{column} {row[column]!r} is none of its values"
                problems.append(Problem(row.where, found, nearest(row[column], choices)))
        case = row["case"]
        first = lines.setdefault((row["kind"], row["entry"], case), row.where)
        if first != row.where:
            found = f"{row['kind']} {row['entry']!r} in case {case!r} twice"
            problems.append(Problem(row.where, found, f"the first is at {first}"))
            continue
        forms.setdefault((row["kind"], row["entry"]), {})[case] = row["form"]
    return forms


def unused(data: Data, places: Mapping[str, Places]) -> Iterator[Problem]:
    """A warning for each entry of a words table that no data uses."""
    used = {(entry.kind, entry.text) for entry in needed_texts(data)}
    for entries in places.values():
        for (kind, text), where in entries.items():
            if (kind, text) not in used:
                hint = nearest(text, (other for of, other in used if of == kind), most=0) or "remove the row"
                yield Problem(where, f"no data has the {kind} {text!r}", hint, "warning")


def needed_texts(data: Data) -> tuple[Entry, ...]:
    """Every text of the data that a brief can print, each once, with the first line that has it."""
    first: dict[tuple[str, str], Entry] = {}
    for kind, text, where in _texts(data):
        if text:
            first.setdefault((kind, text), Entry(kind, text, where))
    return tuple(first.values())


def printed_texts(data: Data) -> tuple[Entry, ...]:
    """The texts that the reports of today print: no roles in groups, no abbreviations of groups from memberships."""
    own = {group.name for group in data.groups.values()}
    return tuple(
        entry for entry in needed_texts(data) if entry.kind != "role" and (entry.kind != "group" or entry.text in own)
    )


def drafts(folder: Path, tag: str) -> int:
    """How many rows of a words table are still drafts."""
    path = folder / "words" / f"{tag}.csv"
    return sum(row["status"] == "draft" for row in rows(path, folder, COLUMNS, [])) if path.exists() else 0


def _texts(data: Data) -> Iterator[tuple[EntryKind, str, str]]:
    for group in data.groups.values():
        yield "group", group.name, "groups.csv"
    for country in data.countries.values():
        for kind, texts, record in _of_country(country, data):
            if record.use:
                yield from ((kind, text, record.where) for text in texts)
    for pair in data.pairs.values():
        for kind, texts, record in (*_of_relations(pair), *_of_pair(pair)):
            if record.use:
                yield from ((kind, text, record.where) for text in texts)


Found = Iterator[tuple[EntryKind, tuple[str, ...], Record]]


def _of_country(country: Country, data: Data) -> Found:
    for capital in country.capital:
        yield "place", (capital.place,), capital.record
    for national_day in country.national_day:
        yield "event", (national_day.name,), national_day.record
    for office in country.offices:
        yield "title", (office.title,), office.record
        yield "person", (office.person,), office.record
    for membership in country.memberships:
        named = (data.groups[code].name if code in data.groups else code for code in membership.groups)
        yield "group", tuple(named), membership.record
        yield "role", (membership.role,), membership.record
    yield from _of_events(country)


def _of_relations(pair: Pair) -> Found:
    for mission in pair.relations.missions:
        yield "place", (mission.place,), mission.record
        yield "person", (mission.head,), mission.record
    for ambassador in pair.relations.ambassadors:
        yield "person", (ambassador.person,), ambassador.record
        yield "title", (AMBASSADOR.text,), ambassador.record  # as a participant of an event
        yield "place", (ambassador.seat,), ambassador.record
    for commission in pair.relations.commissions:
        yield "group", (commission.name,), commission.record
        yield "person", commission.chairs, commission.record
    for areas in pair.relations.areas:
        yield "area", areas.names, areas.record


def _of_pair(pair: Pair) -> Found:
    for agreement in pair.agreements:
        yield "agreement", (agreement.title, agreement.short), agreement.record
        yield "place", (agreement.place,), agreement.record
    yield from _of_events(pair)


def _of_events(of: Country | Pair) -> Found:
    for event in of.events:
        yield "person", event.who, event.record
        yield "event", (event.text,), event.record
        yield "place", (event.place,), event.record
        yield "occasion", (event.occasion,), event.record
