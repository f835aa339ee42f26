"""Facts that are old on a day: office holders whom no page has confirmed lately, figures and rules of long ago.

What the folder has counts, whenever it became known: a page of next month confirms too.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from reports.facts.limits import limit
from reports.facts.people import attended, confirmed, day_after, first_day
from reports.facts.profile_records import Office
from reports.facts.record import Record, Tenure
from reports.facts.records import Ambassador, Data, Event, Observation
from reports.facts.values import Day, Days
from reports.sources.alarms import Alarm, alarm
from reports.sources.arithmetic import Figures

Post = tuple[str, Office | Ambassador]


def unconfirmed(data: Data, day: date) -> Iterator[Alarm]:
    """Those who hold a post on the day and were last confirmed too long before it."""
    for place, post in _holders(data, day):
        kind = "offices" if isinstance(post, Office) else "ambassadors"
        last = _confirmed(data, post.record, post.tenure, _met(data, post.person))
        days = (day - last).days if last else 0
        if last and days > limit(data.limits, kind):
            message = f"{post.person} was last confirmed in office on {last}, {days} days ago"
            hint = "give the day of a newer page as 'seen' with its source, or 'to' and the successor"
            yield alarm("unconfirmed", f"{post.person}/{last}", (place, post.record.where), message, hint)


def _confirmed(data: Data, record: Record, tenure: Tenure, met: Iterable[Day] = ()) -> date | None:
    seen = record.seen[1] if record.seen else None
    return confirmed(data, record.sources, (seen, tenure.start, *met), date.max)


def _met(data: Data, person: str) -> Iterator[Day]:
    """The days on which a person took part in what the folder tells."""
    days = (event.day for event in attended(data, person) if event.record.use)
    return (day.last if isinstance(day, Days) else day for day in days)


def _holders(data: Data, day: date) -> Iterator[Post]:
    """The holder of each post on a day: of several the one who began last."""
    held: dict[object, Post] = {}
    for key, (place, post) in _posts(data):
        begun = first_day(post.tenure, post.record)
        _, other = held.get(key, (place, post))
        if begun <= day < day_after(post.tenure) and begun >= first_day(other.tenure, other.record):
            held[key] = (place, post)
    yield from held.values()


def _posts(data: Data) -> Iterator[tuple[object, Post]]:
    """The offices and ambassadors in use, each with what it is that only one can hold at a time."""
    for country in data.countries.values():
        for office in country.offices:
            if office.record.use:
                key = (country.code, office.office, office.person if office.office == "other" else "")
                yield key, (country.code, office)
    for pair in data.pairs.values():
        for ambassador in pair.relations.ambassadors:
            if ambassador.record.use:
                yield (ambassador.of, ambassador.at), (f"{pair.first}-{pair.second}", ambassador)


def old(data: Data, figures: Figures, day: date) -> Iterator[Alarm]:
    """Indicators whose newest period ended too long before the day; totals of levels, told at the newest row."""
    newest: dict[str, Observation] = {}
    for row in figures.rows:
        if row.use and row.value is not None and row.period and not row.item and _is_level(figures, row):
            other = newest.get(row.indicator)
            if other is None or other.period is None or row.period.last >= other.period.last:
                newest[row.indicator] = row
    for indicator, row in newest.items():
        assert row.period is not None
        days = (day - row.period.last).days
        if days > limit(data.limits, indicator.partition(".")[0]):
            message = f"the newest {indicator} is of {row.period}, which ended {days} days ago"
            yield alarm("old", figures.keys.key(row), (figures.place, row.where), message, "look for a newer figure")


def _is_level(figures: Figures, row: Observation) -> bool:
    return row.indicator.rpartition(".")[2] not in {"change", "share", "rank", "target", "quantity"}


def old_rules(data: Data, day: date) -> Iterator[Alarm]:
    """Visa rules in force that no page has confirmed lately."""
    for pair in data.pairs.values():
        place = f"{pair.first}-{pair.second}"
        for visa in pair.relations.visas:
            last = _confirmed(data, visa.record, visa.tenure)
            ended = day_after(visa.tenure) <= day
            if visa.record.use and last and not ended and (day - last).days > limit(data.limits, "visas"):
                message = (
                    f"the visa rule for {visa.citizens} was last confirmed on {last}, {(day - last).days} days ago"
                )
                yield alarm("old", f"visas/{visa.citizens}/{last}", (place, visa.record.where), message)


def overdue(place: str, events: tuple[Event, ...], day: date) -> Iterator[Alarm]:
    """Events that are told as planned though their day is past."""
    for event in events:
        last = event.day.last.last if isinstance(event.day, Days) else event.day.last
        if event.record.use and event.planned and last < day:
            message = f"the {event.kind} of {event.day} is planned, and its day is past"
            hint = "write what took place without 'planned', or put use: no"
            yield alarm("planned", f"{event.kind}/{event.day}", (place, event.record.where), message, hint)
