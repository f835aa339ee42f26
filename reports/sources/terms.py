"""Checks of the terms of offices and ambassadors: overlaps, gaps, ends that no page can know yet."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from reports.errors import Problem
from reports.facts.people import day_after, first_day
from reports.facts.profile_records import Office
from reports.facts.records import Ambassador, Country, Data
from reports.facts.values import Day
from reports.sources.alarms import Alarm, alarm

SHORTEST_GAP = 8  # days: a new holder may be sworn in a week after the old one left


def overlaps(country: Country) -> Iterator[Problem]:
    """Terms of one office that overlap; a term has its first day and not its last.

    A month or a year leaves room: the day inside it is not known.
    """
    for one, other in combinations(_in_order(country), 2):
        if one.office == other.office and _overlap(one, other):
            message = f"{other.person} becomes {other.office} while {one.person} is (at {one.record.where})"
            hint = "give the first its 'to': the first day no longer"
            yield Problem(other.record.where, message, hint, what="overlap")


def _in_order(country: Country) -> list[Office]:
    terms = [office for office in country.offices if office.office != "other" and office.record.use]
    return sorted(terms, key=lambda office: first_day(office.tenure, office.record))


def _overlap(one: Office, other: Office) -> bool:
    """Whether the earlier term certainly runs past the beginning of the later."""
    start = other.tenure.start or (other.record.seen[0] if other.record.seen else None)
    if start is None:
        return False
    end = one.tenure.end
    return end is None or end.first > start.last


def undated(post: Office | Ambassador) -> Iterator[Problem]:
    """A post without any day, or that ends before it starts."""
    tenure, record = post.tenure, post.record
    if record.use and tenure.start is None and record.seen is None:
        hint = "seen: the day of the page that names them"
        yield Problem(record.where, f"neither 'from' nor 'seen' of {post.person}", hint)
    if tenure.start and tenure.end and tenure.start.first >= day_after(tenure):
        message = f"the term of {post.person} ends on {tenure.end}, before it starts"
        yield Problem(record.where, message, "look at both days again", what="overlap")


def gaps(country: Country) -> Iterator[Alarm]:
    """Offices that nobody held for some days between two terms, told at the later one.

    Who was only seen in office may have begun before: no gap is certain then.
    """
    terms = _in_order(country)
    for office in dict.fromkeys(term.office for term in terms):
        for one, other in pairwise(term for term in terms if term.office == office):
            end, start = one.tenure.end, other.tenure.start
            days = (start.first - _over(end)).days if start and end else 0
            if days >= SHORTEST_GAP:
                message = f"nobody is {office} from {end}, when {one.person} left (at {one.record.where}), to {start}"
                hint = "add who was in office between them, or mend the days"
                yield alarm("gap", f"{office}/{end}/{start}", (country.code, other.record.where), message, hint)


def _over(end: Day) -> date:
    """The latest day that a term's end may be."""
    return end.first if end.day else end.last


def announced(data: Data, place: str, post: Office | Ambassador) -> Iterator[Alarm]:
    """A term whose end lies after the last page that tells of it."""
    known = [data.sources[source].known for source in post.record.sources if source in data.sources]
    end = post.tenure.end
    if end and known and end.first > max(known):
        message = f"the term of {post.person} ends on {end}, after the day of its sources"
        yield alarm("term", f"{post.person}/{end}", (place, post.record.where), message, "name the page that tells it")


def vacant(country: Country, day: date) -> Iterator[Alarm]:
    """Offices whose last term is over on the day, with nobody after it."""
    terms = _in_order(country)
    for office in dict.fromkeys(term.office for term in terms):
        last = [term for term in terms if term.office == office][-1]
        if last.tenure.end and day_after(last.tenure) <= day:
            message = f"nobody is {office} since {last.tenure.end}, when {last.person} left"
            of = (country.code, last.record.where)
            yield alarm("vacant", f"{office}/{last.tenure.end}", of, message, "add the successor")
