"""What is on record of a country by itself on the day: capital, languages, currency, national day, memberships."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from reports.facts.agreements import is_member
from reports.facts.fiscal import fiscal_quarter
from reports.facts.people import day_after, first_day
from reports.facts.profile_records import Capital, Currency, FiscalYear, NationalDay, OfficialLanguages, Statistics
from reports.facts.records import Country
from reports.facts.standpoint import Standpoint
from reports.facts.values import Day, Entry, ListOf, Term, Value, Written

Dated = TypeVar("Dated", Capital, Currency, OfficialLanguages, NationalDay, FiscalYear)
NAMED = ("organization", "union")  # kinds of groups whose members a brief names
LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of a profile: a value, its key and its sources."""

    key: str
    value: Value
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A country by itself. What nobody put on record is None.

    `national_day` is the next one from the day of the brief on, `national_day_name` what it is called; `groups` are
    the unions and organizations of groups.csv of which the country is a full member; `fiscal` is the quarter of its
    fiscal year on the day, `statistics` how it counts trade.
    """

    code: str
    capital: Detail | None = None
    languages: Detail | None = None
    currency: Detail | None = None
    national_day: Detail | None = None
    national_day_name: Detail | None = None
    groups: Detail | None = None
    fiscal: Detail | None = None
    statistics: Statistics | None = None


def profile_of(standpoint: Standpoint, code: str) -> ProfileView:
    """The profile of a country on the standpoint's day."""
    country = standpoint.data.countries.get(code) or Country(code)
    capital, currency = _current(standpoint, country.capital), _current(standpoint, country.currency)
    languages, day = _current(standpoint, country.languages), _current(standpoint, country.national_day)
    year = _current(standpoint, country.fiscal_year)
    told = (found for found in country.statistics if standpoint.tells(found.record))
    return ProfileView(
        code,
        capital=_detail(code, "capital", capital, lambda found: Entry("place", found.place, found.record.where)),
        languages=_detail(code, "languages", languages, lambda found: ListOf(tuple(map(Term, found.tags)))),
        currency=_detail(code, "currency", currency, lambda found: Term(found.code)),
        national_day=_detail(code, "national_day", day, lambda found: Day.of(_next(found, standpoint.day))),
        national_day_name=_detail(code, "national_day/name", day, _called),
        groups=_groups(standpoint, country),
        fiscal=_detail(code, "fiscal_year", year, lambda found: Written((("", _quarter(found, standpoint.day)),))),
        statistics=next(told, None),
    )


def _current(standpoint: Standpoint, records: Iterable[Dated]) -> Dated | None:
    """The record of the day; of several the one that began last. What has no first day holds from before."""
    held = [
        found
        for found in records
        if standpoint.tells(found.record)
        and (found.tenure.start is None or first_day(found.tenure, found.record) <= standpoint.day)
        and standpoint.day < day_after(found.tenure)
    ]
    return max(held, key=lambda found: found.tenure.start.first if found.tenure.start else date.min, default=None)


def _detail(code: str, section: str, found: Dated | None, value: Callable[[Dated], Value]) -> Detail | None:
    if found is None:
        return None
    return Detail(f"{code}:{section}", value(found), found.record.sources, found.record.where)


def _called(day: NationalDay) -> Entry:
    return Entry("event", day.name, day.record.where)


def _quarter(year: FiscalYear, today: date) -> str:
    return fiscal_quarter(today, year.month)


def _next(day: NationalDay, today: date) -> date:
    """The next such day from today on; 29 February falls on the 28th in other years."""
    years = (today.year, today.year + 1)
    return next(found for year in years if (found := _in_year(day, year)) >= today)


def _in_year(day: NationalDay, year: int) -> date:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        if (day.month, day.day) == LEAP_DAY:
            return date(year, 2, 28)
        raise


def _groups(standpoint: Standpoint, country: Country) -> Detail | None:
    """The named groups that a country belongs to, in the order of its records."""
    named = {code: group for code, group in standpoint.data.groups.items() if group.kind in NAMED}
    records = {code: held.record for held in country.memberships for code in held.groups if code in named}
    member = {code: record for code, record in records.items() if is_member(standpoint, country.code, code)}
    if not member:
        return None
    ordered = sorted(member, key=lambda code: (named[code].kind != "union", named[code].name))
    entries = tuple(Entry("group", named[code].name, member[code].where) for code in ordered)
    sources = tuple(dict.fromkeys(source for record in member.values() for source in record.sources))
    return Detail(f"{country.code}:groups", ListOf(entries), sources)
