"""The YAML files of a country and of a pair as records of facts."""

from collections.abc import Mapping
from pathlib import Path

from reports.errors import Problem
from reports.facts.profile_records import (
    Capital,
    Currency,
    FiscalYear,
    Membership,
    NationalDay,
    Office,
    OfficialLanguages,
    Statistics,
)
from reports.facts.record import Tenure
from reports.facts.records import (
    Agreement,
    Ambassador,
    Areas,
    Commission,
    Country,
    Event,
    Mission,
    Observation,
    OfficerNote,
    Pair,
    Recognition,
    Relations,
    Visa,
)
from reports.sources.validation import Checked, sections
from reports.sources.yaml_files import tree

Sections = tuple[Mapping[str, tuple[Checked, ...]], frozenset[str]]
NOTHING: Sections = ({}, frozenset())


def country(
    code: str, path: Path, folder: Path, observations: tuple[Observation, ...], problems: list[Problem]
) -> Country:
    """A country of its YAML file, which may be absent, and its observations."""
    found, _ = _sections("country", path, folder, problems)
    return Country(
        code,
        tuple(Capital(c.record, c["place"], _tenure(c)) for c in found.get("capital", ())),
        tuple(_currency(c) for c in found.get("currency", ())),
        tuple(OfficialLanguages(c.record, tuple(c["official"]), _tenure(c)) for c in found.get("languages", ())),
        tuple(
            NationalDay(c.record, c["name"], *_month_day(c["day"]), _tenure(c)) for c in found.get("national_day", ())
        ),
        tuple(FiscalYear(c.record, *_month_day(c["start"]), _tenure(c)) for c in found.get("fiscal_year", ())),
        tuple(_statistics(c) for c in found.get("statistics", ())),
        tuple(Membership(c.record, tuple(c["groups"]), c["role"], _tenure(c)) for c in found.get("memberships", ())),
        tuple(_office(c) for c in found.get("offices", ())),
        tuple(_event(c) for c in found.get("events", ())),
        observations,
    )


def pair(
    codes: tuple[str, str], path: Path, folder: Path, observations: tuple[Observation, ...], problems: list[Problem]
) -> Pair:
    """A pair of its YAML files, each of which may be absent, and its observations."""
    relations, no_relations = _sections("relations", path / "relations.yaml", folder, problems)
    agreements, no_agreements = _sections("agreements", path / "agreements.yaml", folder, problems)
    events, no_events = _sections("events", path / "events.yaml", folder, problems)
    notes, no_notes = _sections("notes", path / "notes.yaml", folder, problems)
    return Pair(
        *codes,
        observations,
        _relations(relations, no_relations),
        tuple(_agreement(c) for c in agreements.get("agreements", ())),
        tuple(_event(c) for c in events.get("events", ())),
        tuple(_note(c) for c in notes.get("notes", ())),
        no_agreements | no_events | no_notes,
    )


def _sections(file: str, path: Path, folder: Path, problems: list[Problem]) -> Sections:
    if not path.is_file():
        return NOTHING
    content = tree(path, folder, problems)
    return sections(file, content, problems) if content else NOTHING


def _relations(found: Mapping[str, tuple[Checked, ...]], none: frozenset[str]) -> Relations:
    return Relations(
        tuple(Recognition(c.record, c["date"], c["by"] or "") for c in found.get("recognition", ())),
        tuple(Recognition(c.record, c["date"]) for c in found.get("diplomatic_relations", ())),
        tuple(_mission(c) for c in found.get("missions", ())),
        tuple(
            Ambassador(c.record, c["of"], c["at"], c["person"], c["seat"], _tenure(c))
            for c in found.get("ambassadors", ())
        ),
        tuple(_commission(c) for c in found.get("commissions", ())),
        tuple(Visa(c.record, c["for"], c["rule"], c["days"], _tenure(c)) for c in found.get("visas", ())),
        tuple(Areas(c.record, tuple(c["names"]), c["date"]) for c in found.get("areas", ())),
        none,
    )


def _tenure(checked: Checked) -> Tenure:
    return Tenure(checked["from"], checked["to"])


def _month_day(text: str) -> tuple[int, int]:
    """Month and day of 06-23."""
    month, _, day = text.partition("-")
    return int(month), int(day)


def _national_day(c: Checked) -> NationalDay:
    return NationalDay(c.record, c["name"], *_month_day(c["day"]), _tenure(c))


def _statistics(c: Checked) -> Statistics:
    ways = (c["imports"], c["exports"], c["imports_by"], c["exports_by"])
    return Statistics(c.record, c["agency"], *(way or "" for way in ways))


def _note(c: Checked) -> OfficerNote:
    on = (c["for"], c["person"], c["chance"] or "", c["topic"])
    return OfficerNote(c.record, c["kind"], c["author"], c["date"], c["status"], c["text"], *on)


def _currency(c: Checked) -> Currency:
    return Currency(c.record, c["code"], c["replaces"] or "", c["rate"] or "", _tenure(c))


def _office(c: Checked) -> Office:
    return Office(c.record, c["office"], c["title"], c["person"], _tenure(c))


def _mission(c: Checked) -> Mission:
    return Mission(c.record, c["kind"], c["of"], c["place"], c["opened"], c["closed"], c["head"])


def _commission(c: Checked) -> Commission:
    return Commission(c.record, c["name"], c["kind"], tuple(c["chairs"] or ()), c["last"], c["next"])


def _agreement(c: Checked) -> Agreement:
    parties = tuple(c["parties"] or ())
    return Agreement(
        c.record, c["title"], c["kind"], c["short"], parties, c["signed"], c["place"], c["in_force"], c["ends"]
    )


def _event(c: Checked) -> Event:
    day, latest = c["date"]
    return Event(
        c.record,
        c["kind"],
        day,
        latest,
        c["rank"] or "",
        tuple(c["who"] or ()),
        c["text"],
        c["place"],
        c["occasion"],
        c["documents"],
        c["planned"] is not None,
    )
