"""Who holds an office on the day, and who has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from reports.facts.people import day_after, first_day
from reports.facts.profile_records import Office
from reports.facts.record import Record, Tenure
from reports.facts.standpoint import Standpoint
from reports.facts.values import Day, Entry

OFFICES = ("head_of_state", "head_of_government", "foreign_minister")
LEADERS = OFFICES[:2]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an office. `since` and `until` as exactly as known; `seen` is the day last confirmed, told if older
    than the day of the brief, or if the first day is not known."""

    key: str
    office: str
    title: Entry
    person: Entry
    country: str
    female: bool | None = None
    since: Day | None = None
    until: Day | None = None
    seen: Day | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """A new head of state or government; `old` None if it is not known who came before."""

    key: str
    office: str
    country: str
    new: Holder
    old: Holder | None
    day: Day
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An office whose last known term is over; `since` is the first day without a holder on record."""

    key: str
    office: str
    country: str
    since: Day
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offices:
    """The holders, successions and vacant offices of some countries, by country."""

    holders: Mapping[str, tuple[Holder, ...]]
    successions: Mapping[str, tuple[Succession, ...]]
    vacant: Mapping[str, tuple[Vacancy, ...]] = field(default_factory=dict)


def offices_of(standpoint: Standpoint, *countries: str) -> Offices:
    """The offices of these countries on the standpoint's day."""
    return Offices(
        {code: _present(standpoint, code) for code in countries},
        {code: _successions(standpoint, code) for code in countries},
        {code: tuple(_vacancies(standpoint, code)) for code in countries},
    )


def _present(standpoint: Standpoint, country: str) -> tuple[Holder, ...]:
    holders = (holder_on(standpoint, country, office, standpoint.day) for office in OFFICES)
    return tuple(holder for holder in holders if holder)


def _vacancies(standpoint: Standpoint, country: str) -> Iterator[Vacancy]:
    """The offices that nobody holds on the day though somebody did before."""
    for office in OFFICES:
        over = [term for term in _terms(standpoint, country, office) if day_after(term.tenure) <= standpoint.day]
        last = max(over, key=lambda term: day_after(term.tenure), default=None)
        if last and last.tenure.end and holder_on(standpoint, country, office, standpoint.day) is None:
            yield Vacancy(f"office/{office}/{country}", office, country, last.tenure.end, last.record.sources)


def holder_on(standpoint: Standpoint, country: str, office: str, day: date) -> Holder | None:
    """The holder of an office on a day. None if the office is vacant or nobody is known to hold it.

    A term includes its first day and not its last; who began later counts, so that inside the month in which a
    term ends the successor counts once begun.
    """
    on_the_day = [term for term in _terms(standpoint, country, office) if holds(term.tenure, term.record, day)]
    term = max(on_the_day, key=lambda term: first_day(term.tenure, term.record), default=None)
    return _holder(standpoint, country, term) if term else None


def holders_between(standpoint: Standpoint, country: str, office: str, days: tuple[date, date]) -> tuple[Holder, ...]:
    """All who held an office on some day from the first to the last, in order."""
    first, last = days
    begun = (first_day(term.tenure, term.record) for term in _terms(standpoint, country, office))
    starts = sorted({first, *(day for day in begun if first < day <= last)})
    found = (holder_on(standpoint, country, office, day) for day in starts)
    return tuple(dict.fromkeys(holder for holder in found if holder))


def holds(tenure: Tenure, record: Record, day: date) -> bool:
    """Whether a term covers a day."""
    return first_day(tenure, record) <= day < day_after(tenure)


def last_seen(standpoint: Standpoint, tenure: Tenure, record: Record) -> Day | None:
    """The day last confirmed, if the brief must tell it: it is older than the brief, or all that is known."""
    if record.seen is None:
        return None
    seen = record.seen[1]
    older = seen.last < standpoint.day
    return seen if older or (tenure.start is None and seen.first <= standpoint.day) else None


def person_of(standpoint: Standpoint, name: str, where: str) -> tuple[Entry, bool | None]:
    """A person by name, and whether female, as grammar needs it."""
    person = standpoint.data.people.get(name)
    return Entry("person", name, where), {"f": True, "m": False}.get(person.sex if person else "")


def _terms(standpoint: Standpoint, country: str, office: str) -> list[Office]:
    found = standpoint.data.countries.get(country)
    terms = found.offices if found else ()
    return [term for term in terms if term.office == office and standpoint.tells(term.record)]


def _holder(standpoint: Standpoint, country: str, term: Office) -> Holder:
    where = term.record.where
    person, female = person_of(standpoint, term.person, where)
    return Holder(
        key=f"office/{term.office}/{country}",
        office=term.office,
        title=Entry("title", term.title, where),
        person=person,
        country=country,
        female=female,
        since=term.tenure.start,
        until=term.tenure.end,
        seen=last_seen(standpoint, term.tenure, term.record),
        sources=term.record.sources,
        where=where,
    )


def _successions(standpoint: Standpoint, country: str) -> tuple[Succession, ...]:
    """Changes of heads of state and government up to the day, newest first."""
    found = (
        _succession(standpoint, country, term)
        for office in LEADERS
        for term in _terms(standpoint, country, office)
        if term.tenure.start and term.tenure.start.first <= standpoint.day
    )
    return tuple(sorted(filter(None, found), key=lambda change: change.day.first, reverse=True))


def _succession(standpoint: Standpoint, country: str, term: Office) -> Succession | None:
    """The change with which a term began; None if the same person went on."""
    day = term.tenure.start
    assert day is not None
    new = _holder(standpoint, country, term)
    old = holder_on(standpoint, country, term.office, day.first - timedelta(days=1))
    if old and old.person.text == new.person.text:
        return None
    sources = tuple(dict.fromkeys((*new.sources, *(old.sources if old else ()))))
    return Succession(f"succession/{term.office}/{country}/{day}", term.office, country, new, old, day, sources)
