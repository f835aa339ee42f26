"""Checks of records against one another: names that exist, terms that do not overlap, titles on the day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from reports.errors import Problem
from reports.facts.keys import Keys
from reports.facts.people import titles_on
from reports.facts.record import Record
from reports.facts.records import Agreement, Data, Event, Pair, Relations
from reports.facts.values import Days
from reports.sources import completeness, freshness, terms
from reports.sources.alarms import Alarm, alarm
from reports.sources.arithmetic import Figures, changes, conflicts, parts
from reports.sources.codes import COUNTRIES
from reports.sources.money import currencies
from reports.sources.series import jumps, swaps, units, untimely
from reports.sources.spans import fiscal_years, part_years
from reports.sources.text import nearest
from reports.sources.wholes import shares, shares_together, wholes
from reports.sources.words import Places

# What is looked for in the figures of each pair and country.
ODD: tuple[Callable[[Figures], Iterator[Alarm]], ...] = (
    parts, changes, jumps, units, swaps, shares, shares_together, wholes, part_years, untimely
)  # fmt: skip
# A record with the persons and the codes of countries that it names.
Named = tuple[Record, tuple[str, ...], tuple[str, ...]]


def errors(data: Data) -> Iterator[Problem]:
    """All that cannot be true of the records of a folder."""
    for record, persons, codes in references(data):
        yield from _unknown(data, record, persons, codes)
    for country in data.countries.values():
        yield from conflicts(Figures(country.code, country.observations, _keys(data, country.code)))
        yield from terms.overlaps(country)
        for office in country.offices:
            yield from terms.undated(office)
        yield from _untitled(data, country.events)
    for pair in data.pairs.values():
        yield from conflicts(Figures(f"{pair.first}-{pair.second}", pair.observations, _keys(data)))
        yield from _strangers(pair)
        for ambassador in pair.relations.ambassadors:
            yield from terms.undated(ambassador)
        yield from _untitled(data, pair.events)


def alarms(data: Data) -> Iterator[Alarm]:
    """What is odd, and may yet be true of the pages."""
    for figures in _figures(data):
        for odd in ODD:
            yield from odd(figures)
        yield from currencies(data, figures)
        yield from fiscal_years(data, figures)
    for country in data.countries.values():
        for office in country.offices:
            yield from terms.announced(data, country.code, office)
        yield from terms.gaps(country)
        yield from _untold(data, country.code, country.events)
    for pair in data.pairs.values():
        place = f"{pair.first}-{pair.second}"
        yield from _untold(data, place, pair.events)
        for ambassador in pair.relations.ambassadors:
            yield from terms.announced(data, place, ambassador)
        for agreement in pair.agreements:
            yield from _misdated(place, agreement)


def desk_alarms(data: Data, places: Mapping[str, Places], day: date) -> Iterator[Alarm]:
    """What a keeper should look after, as of a day: no warning to who makes a brief."""
    named = list(references(data))
    yield from completeness.undated(data, (record for record, _, _ in named))
    persons = frozenset(person for record, persons, _ in named if record.use for person in persons)
    yield from completeness.sexless(data, persons)
    yield from completeness.untranslated(data)
    yield from completeness.formless(data.words, places)
    yield from freshness.unconfirmed(data, day)
    yield from freshness.old_rules(data, day)
    for figures in _figures(data):
        yield from freshness.old(data, figures, day)
    for country in data.countries.values():
        yield from terms.vacant(country, day)
        yield from freshness.overdue(country.code, country.events, day)
    for pair in data.pairs.values():
        yield from freshness.overdue(f"{pair.first}-{pair.second}", pair.events, day)


def _figures(data: Data) -> Iterator[Figures]:
    for country in data.countries.values():
        yield Figures(country.code, country.observations, _keys(data, country.code))
    for pair in data.pairs.values():
        yield Figures(f"{pair.first}-{pair.second}", pair.observations, _keys(data))


def _keys(data: Data, country: str = "") -> Keys:
    return Keys(data.home, data.indicators, country)


def references(data: Data) -> Iterator[Named]:
    """Every record of a folder with the persons and the codes that it names."""
    for country in data.countries.values():
        plain = [item.record for item in country.capital]
        plain += [item.record for item in country.currency]
        plain += [item.record for item in country.memberships]
        plain += [item.record for item in country.languages]
        plain += [item.record for item in country.national_day]
        plain += [item.record for item in country.fiscal_year]
        plain += [item.record for item in country.statistics]
        yield from ((record, (), ()) for record in plain)
        for office in country.offices:
            yield office.record, (office.person,), ()
        for event in country.events:
            yield event.record, event.who, ()
    for pair in data.pairs.values():
        yield from _references_of(pair.relations)
        for agreement in pair.agreements:
            yield agreement.record, (), agreement.parties
        for event in pair.events:
            yield event.record, event.who, ()
        for note in pair.notes:
            yield note.record, (note.person,) if note.person else (), ()


def _references_of(relations: Relations) -> Iterator[Named]:
    for item in (*relations.recognition, *relations.diplomatic_relations):
        yield item.record, (), (item.by,) if item.by else ()
    for mission in relations.missions:
        yield mission.record, (mission.head,) if mission.head else (), (mission.of,)
    for ambassador in relations.ambassadors:
        yield ambassador.record, (ambassador.person,), (ambassador.of, ambassador.at)
    for commission in relations.commissions:
        yield commission.record, commission.chairs, ()
    for visa in relations.visas:
        yield visa.record, (), () if visa.citizens == "both" else (visa.citizens,)
    for areas in relations.areas:
        yield areas.record, (), ()


def _unknown(data: Data, record: Record, persons: tuple[str, ...], codes: tuple[str, ...]) -> Iterator[Problem]:
    for source in record.sources:
        if source not in data.sources:
            hint = nearest(source, data.sources) or "add it to sources.csv"
            yield Problem(record.where, f"unknown source {source!r}", hint)
    for person in persons:
        if person not in data.people:
            yield Problem(
                record.where, f"unknown person {person!r}", nearest(person, data.people) or "add to people.csv"
            )
    for code in codes:
        if code not in COUNTRIES and code not in data.groups:
            hint = nearest(code, data.groups) or "ISO 3166-1 alpha-2, or a code of groups.csv"
            yield Problem(record.where, f"unknown country {code!r}", hint)


def _strangers(pair: Pair) -> Iterator[Problem]:
    """Missions, ambassadors and visa rules of a country that is none of the two."""
    two = {pair.first, pair.second}
    relations = pair.relations
    named = [
        *((item.record, item.by) for item in relations.recognition if item.by),
        *((item.record, item.of) for item in relations.missions),
        *((item.record, code) for item in relations.ambassadors for code in (item.of, item.at)),
        *((item.record, item.citizens) for item in relations.visas if item.citizens != "both"),
    ]
    for record, code in named:
        if code not in two:
            yield Problem(record.where, f"{code} is none of the two countries", f"choose from {', '.join(sorted(two))}")


def _untitled(data: Data, events: tuple[Event, ...]) -> Iterator[Problem]:
    for event in events:
        if not event.who and not event.text:
            yield Problem(event.record.where, "neither 'who' nor 'text'", "name the persons, or say it in a sentence")
        for person in event.who if event.record.use else ():
            if person in data.people and titles_on(data, person, event.day) is None:
                day = event.day if isinstance(event.day, Days) else str(event.day)
                country = data.people[person].country
                hint = f"add an office of that day to countries/{country}.yaml (office: other for a deputy)"
                yield Problem(event.record.where, f"{person} held no office on {day}", hint)


def _misdated(place: str, agreement: Agreement) -> Iterator[Alarm]:
    """An agreement without a day of signing, in force before it, or over before it began."""
    signed, force, ends, title = agreement.signed, agreement.in_force, agreement.ends, agreement.title
    of = (place, agreement.record.where)
    if not agreement.record.use:
        return
    if signed is None:
        yield alarm("date", title, of, f"no day of signing of {title!r}: it is listed without one", "look for the day")
    if signed and force and force.last < signed.first:
        yield alarm(
            "force", title, of, f"{title!r} in force since {force}, but signed {signed}", "mend one of the days"
        )
    begun = force or signed
    if begun and ends and ends.last < begun.first:
        yield alarm("force", title, of, f"{title!r} ends {ends}, before it began ({begun})", "mend one of the days")


def _untold(data: Data, place: str, events: tuple[Event, ...]) -> Iterator[Alarm]:
    """Events told as past by sources of a day before."""
    for event in events:
        known = [data.sources[source].known for source in event.record.sources if source in data.sources]
        first = event.day.first.first if isinstance(event.day, Days) else event.day.first
        if event.record.use and not event.planned and known and first > max(known):
            message = f"the {event.kind} of {event.day} comes after {max(known)}, the day of its sources"
            hint = "mend the day, or write planned: yes"
            yield alarm("future", f"{event.kind}/{event.day}", (place, event.record.where), message, hint)
