"""Who held which title on a day: the rule for titles of people in events."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from reports.facts.profile_records import Office
from reports.facts.record import Record, Tenure
from reports.facts.records import Ambassador, Data, Event
from reports.facts.values import Day, Days, Entry

AMBASSADOR = Entry("title", "Ambassador")  # the title that an ambassador has as a participant of an event

# Of several titles on one day the highest counts; an ambassador comes after the offices.
PRECEDENCE = ("head_of_state", "head_of_government", "foreign_minister", "other", "")


def first_day(tenure: Tenure, record: Record) -> date:
    """The day from which a holder is named: `from`, else the first day on which somebody saw them in office."""
    start = tenure.start or (record.seen[0] if record.seen else None)
    return start.first if start else date.max


def day_after(tenure: Tenure) -> date:
    """The first day no longer: of a day that day itself, of a month or a year the day after it ends.

    Inside such a month the successor counts once begun; until then the holder still does.
    """
    end = tenure.end
    if end is None:
        return date.max
    return end.first if end.day else end.last + timedelta(days=1)


def confirmed(data: Data, sources: Iterable[str], seen: Iterable[Day | None], until: date) -> date | None:
    """The last day up to a day on which a source showed somebody in office, or on which they were seen or began."""
    days = [data.sources[key].known for key in sources if key in data.sources]
    days += [day.last for day in seen if day]
    return max((day for day in days if day <= until), default=None)


def attended(data: Data, person: str) -> Iterator[Event]:
    """The visits, meetings and the like in which a person took part, of every pair and country."""
    of_countries = (event for country in data.countries.values() for event in country.events)
    of_pairs = (event for pair in data.pairs.values() for event in pair.events)
    return (event for event in chain(of_countries, of_pairs) if person in event.who and not event.planned)


def titles_on(data: Data, person: str, day: Day | Days) -> Office | Ambassador | None:
    """The title that a person held on a day, the highest if several; None if none.

    Of a month, a year or several days it is enough that the term touches them.
    """
    first, last = (day.first.first, day.last.last) if isinstance(day, Days) else (day.first, day.last)
    held = [
        post
        for post in _posts(data, person)
        if first_day(post.tenure, post.record) <= last and day_after(post.tenure) > first
    ]
    return min(held, key=_rank, default=None)


def _posts(data: Data, person: str) -> Iterator[Office | Ambassador]:
    for country in data.countries.values():
        yield from (office for office in country.offices if office.person == person and office.record.use)
    for pair in data.pairs.values():
        yield from (post for post in pair.relations.ambassadors if post.person == person and post.record.use)


def _rank(post: Office | Ambassador) -> tuple[int, int]:
    """By precedence; of equals the later term, which a month or a year may touch as well."""
    office = post.office if isinstance(post, Office) else ""
    return PRECEDENCE.index(office), -first_day(post.tenure, post.record).toordinal()
