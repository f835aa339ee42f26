"""Checks of records against one another: names that exist, terms that do not overlap, titles on the day."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from reports.errors import Problem
from reports.facts.keys import Keys
from reports.facts.people import day_after, first_day, titles_on
from reports.facts.records import Agreement, Ambassador, Country, Data, Event, Office, Pair, Record, Relations
from reports.facts.values import Days
from reports.sources.arithmetic import Alarm, Figures, changes, conflicts, parts
from reports.sources.codes import COUNTRIES
from reports.sources.series import jumps, shares, untimely
from reports.sources.tables import Accepted
from reports.sources.text import nearest

# A record with the persons and the codes of countries that it names.
Named = tuple[Record, tuple[str, ...], tuple[str, ...]]


def errors(data: Data) -> Iterator[Problem]:
    """All that cannot be true of the records of a folder."""
    for record, persons, codes in _references(data):
        yield from _unknown(data, record, persons, codes)
    for country in data.countries.values():
        yield from conflicts(Figures(country.code, country.observations, _keys(data, country.code)))
        yield from _overlaps(country)
        for office in country.offices:
            yield from _undated(office)
        yield from _untitled(data, country.events)
    for pair in data.pairs.values():
        yield from conflicts(Figures(f"{pair.first}-{pair.second}", pair.observations, _keys(data)))
        yield from _strangers(pair)
        for ambassador in pair.relations.ambassadors:
            yield from _undated(ambassador)
        yield from _untitled(data, pair.events)


def alarms(data: Data) -> Iterator[Alarm]:
    """What is odd, and may yet be true of the pages."""
    for country in data.countries.values():
        for office in country.offices:
            yield from _announced(data, country.code, office)
        own = Figures(country.code, country.observations, _keys(data, country.code))
        for odd in (changes, jumps, shares, untimely):
            yield from odd(own)
        yield from _untold(data, country.code, country.events)
    for pair in data.pairs.values():
        place = f"{pair.first}-{pair.second}"
        figures = Figures(place, pair.observations, _keys(data))
        for odd in (parts, changes, jumps, shares, untimely):
            yield from odd(figures)
        yield from _untold(data, place, pair.events)
        for ambassador in pair.relations.ambassadors:
            yield from _announced(data, place, ambassador)
        for agreement in pair.agreements:
            yield from _misdated(place, agreement)


def _keys(data: Data, country: str = "") -> Keys:
    return Keys(data.home, data.indicators, country)


def judged(found: Iterable[Alarm], accepted: tuple[Accepted, ...]) -> Iterator[Problem]:
    """The alarms that nobody has accepted, and the acceptances that no alarm needs."""
    silent = {(row.place, row.what, row.key): row for row in accepted}
    sounded = set()
    for alarm in found:
        identity = (alarm.place, alarm.what, alarm.key)
        sounded.add(identity)
        if identity not in silent:
            yield alarm.problem
    for identity, row in silent.items():
        if identity not in sounded:
            yield Problem(row.where, f"no alarm {','.join(identity)}", "remove the row", "warning")


def unconfirmed(data: Data) -> tuple[Office | Ambassador, ...]:
    """Those who hold a post with no end and no successor, longest unconfirmed first.

    What counts is the last day on which a page saw them, else their first day.
    """
    newest: dict[object, Office | Ambassador] = {}
    for key, post in _posts(data):
        other = newest.get(key)
        if other is None or first_day(post.tenure, post.record) > first_day(other.tenure, other.record):
            newest[key] = post
    posts = [post for post in newest.values() if post.tenure.end is None]
    return tuple(sorted(posts, key=lambda post: (_last_seen(post), post.person)))


def _posts(data: Data) -> Iterator[tuple[object, Office | Ambassador]]:
    """The offices and ambassadors in use, each with what it is that only one can hold at a time."""
    for country in data.countries.values():
        for office in country.offices:
            if office.record.use:
                yield (country.code, office.office, office.person if office.office == "other" else ""), office
    for pair in data.pairs.values():
        for ambassador in pair.relations.ambassadors:
            if ambassador.record.use:
                yield (ambassador.of, ambassador.at), ambassador


def _last_seen(post: Office | Ambassador) -> date:
    return post.record.seen[1].last if post.record.seen else first_day(post.tenure, post.record)


def _references(data: Data) -> Iterator[Named]:
    for country in data.countries.values():
        plain = [item.record for item in country.capital]
        plain += [item.record for item in country.currency]
        plain += [item.record for item in country.memberships]
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


def _overlaps(country: Country) -> Iterator[Problem]:
    """Terms of one office that overlap; a term has its first day and not its last.

    A month or a year leaves room: the day inside it is not known.
    """
    terms = [office for office in country.offices if office.office != "other" and office.record.use]
    for one, other in combinations(sorted(terms, key=lambda office: first_day(office.tenure, office.record)), 2):
        if one.office == other.office and _overlap(one, other):
            message = f"{other.person} becomes {other.office} while {one.person} is (at {one.record.where})"
            yield Problem(other.record.where, message, "give the first its 'to': the first day no longer")


def _overlap(one: Office, other: Office) -> bool:
    """Whether the earlier term certainly runs past the beginning of the later."""
    start = other.tenure.start or (other.record.seen[0] if other.record.seen else None)
    if start is None:
        return False
    end = one.tenure.end
    return end is None or end.first > start.last


def _undated(post: Office | Ambassador) -> Iterator[Problem]:
    tenure, record = post.tenure, post.record
    if record.use and tenure.start is None and record.seen is None:
        yield Problem(
            record.where, f"neither 'from' nor 'seen' of {post.person}", "seen: the day of the page that names them"
        )
    if tenure.start and tenure.end and tenure.start.first >= day_after(tenure):
        yield Problem(record.where, f"the term of {post.person} ends on {tenure.end}, before it starts")


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


def _announced(data: Data, place: str, post: Office | Ambassador) -> Iterator[Alarm]:
    """A term whose end lies after the last page that tells of it."""
    known = [data.sources[source].known for source in post.record.sources if source in data.sources]
    end = post.tenure.end
    if end and known and end.first > max(known):
        message = f"the term of {post.person} ends on {end}, after the day of its sources"
        yield _alarm(place, "term", f"{post.person}/{end}", post.record, message)


def _misdated(place: str, agreement: Agreement) -> Iterator[Alarm]:
    """An agreement without a day of signing, or in force before it."""
    signed, force, title = agreement.signed, agreement.in_force, agreement.title
    if agreement.record.use and signed is None:
        message = f"no day of signing of {title!r}: it is listed without one"
        yield _alarm(place, "date", title, agreement.record, message)
    if agreement.record.use and signed and force and force.last < signed.first:
        yield _alarm(place, "force", title, agreement.record, f"{title!r} in force since {force}, but signed {signed}")


def _untold(data: Data, place: str, events: tuple[Event, ...]) -> Iterator[Alarm]:
    """Events told as past by sources of a day before."""
    for event in events:
        known = [data.sources[source].known for source in event.record.sources if source in data.sources]
        first = event.day.first.first if isinstance(event.day, Days) else event.day.first
        if event.record.use and known and first > max(known):
            message = f"the {event.kind} of {event.day} comes after {max(known)}, the day of its sources"
            yield _alarm(place, "future", f"{event.kind}/{event.day}", event.record, message)


def _alarm(place: str, what: str, key: str, record: Record, message: str) -> Alarm:
    hint = f"if it is so, add {place},{what},{key} with the reason to accepted.csv"
    return Alarm(place, what, key, Problem(record.where, message, hint, "warning"))
