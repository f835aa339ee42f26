"""Visits, meetings and the like of a pair, with their people resolved to the titles that they held."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from reports.errors import DataError, Problem
from reports.facts.offices import person_of
from reports.facts.people import AMBASSADOR, titles_on
from reports.facts.profile_records import Office
from reports.facts.records import Event, Pair
from reports.facts.standpoint import Standpoint
from reports.facts.values import Count, Day, Days, Entry, EntryKind, Official

LEVELS = ("leaders", "ministers", "others")  # heads of state and of government; foreign ministers; all below
OFFICE_LEVELS = {"head_of_state": "leaders", "head_of_government": "leaders", "foreign_minister": "ministers"}


@dataclass(frozen=True, slots=True)
class EventView:
    """What happened, or is planned. `latest`: on that day at the latest.

    Of a visit, the first person named is the visitor, with all others of that country; `host` is the country
    visited. Of other kinds, `visitors` and `hosts` are the two sides, the side named first before the other.
    `level` is that of the two sides, the lower where they differ: leaders, ministers or others.
    """

    key: str
    kind: str
    day: Day | Days
    latest: bool = False
    rank: str = ""
    people: tuple[Official, ...] = ()
    visitors: tuple[Official, ...] = ()
    hosts: tuple[Official, ...] = ()
    host: str = ""
    place: Entry | None = None
    occasion: Entry | None = None
    text: Entry | None = None
    documents: Count | None = None
    planned: bool = False
    level: str = LEVELS[-1]
    sources: tuple[str, ...] = ()
    where: str = ""

    @property
    def first(self) -> Day:
        """The day, or the first of several."""
        return self.day.first if isinstance(self.day, Days) else self.day

    @property
    def last(self) -> Day:
        """The day, or the last of several."""
        return self.day.last if isinstance(self.day, Days) else self.day


def events_of(standpoint: Standpoint, pair: Pair) -> tuple[EventView, ...]:
    """The events that may be told, newest first; planned ones ahead of their day only if they are known.

    DataError if a participant held no title that day.
    """
    numbers: Counter[str] = Counter()
    views = []
    for event in pair.events:
        view = EventView(_key(event, numbers), event.kind, event.day)
        if _counts(standpoint, event, view):
            views.append(_view(standpoint, pair, event, view.key))
    return tuple(sorted(views, key=lambda view: (view.last.last, view.first.first), reverse=True))


def _key(event: Event, numbers: Counter[str]) -> str:
    """event/<first day>/<n>, n counting the records of that day in the file."""
    day = str(event.day.first if isinstance(event.day, Days) else event.day)
    numbers[day] += 1
    return f"event/{day}/{numbers[day]}"


def _counts(standpoint: Standpoint, event: Event, view: EventView) -> bool:
    """A planned event counts while it lies ahead; whether one that is past took place, nobody has said."""
    if not standpoint.tells(event.record):
        return False
    if event.planned:
        ahead = view.last.last >= standpoint.day
        return ahead and (event.record.known is not None or standpoint.known == "all")
    return standpoint.began(event.record, view.first)


def _view(standpoint: Standpoint, pair: Pair, event: Event, key: str) -> EventView:
    where = event.record.where
    people = tuple(_official(standpoint, event, name) for name in event.who)
    visitor = people[0].country if people else ""
    return EventView(
        key=key,
        kind=event.kind,
        day=event.day,
        latest=event.latest,
        rank=event.rank,
        people=people,
        visitors=tuple(person for person in people if person.country == visitor),
        hosts=tuple(person for person in people if person.country != visitor),
        host=_other(pair, visitor) if event.kind == "visit" else "",
        place=_entry("place", event.place, where),
        occasion=_entry("occasion", event.occasion, where),
        text=_entry("event", event.text, where),
        documents=None if event.documents is None else Count(Decimal(event.documents)),
        planned=event.planned,
        level=_level(standpoint, event),
        sources=event.record.sources,
        where=where,
    )


def _level(standpoint: Standpoint, event: Event) -> str:
    """The level of the side whose highest participant is the lower; of nobody named, that of all below."""
    highest: dict[str, int] = {}
    for name in event.who:
        post, known = titles_on(standpoint.data, name, event.day), standpoint.data.people.get(name)
        level = OFFICE_LEVELS.get(post.office, LEVELS[-1]) if isinstance(post, Office) else LEVELS[-1]
        country = known.country if known else ""
        highest[country] = min(highest.get(country, len(LEVELS)), LEVELS.index(level))
    return LEVELS[max(highest.values(), default=len(LEVELS) - 1)]


def _other(pair: Pair, visitor: str) -> str:
    """The country that a visitor of one of the two goes to; empty if the visitor is of neither."""
    return {pair.first: pair.second, pair.second: pair.first}.get(visitor, "")


def _entry(kind: EntryKind, text: str, where: str) -> Entry | None:
    return Entry(kind, text, where) if text else None


def _official(standpoint: Standpoint, event: Event, name: str) -> Official:
    """The person with the title held on the day."""
    where = event.record.where
    post = titles_on(standpoint.data, name, event.day)
    known = standpoint.data.people.get(name)
    if post is None or known is None:
        raise DataError(
            Problem(where, f"{name} held no office on {event.day}", "add an office, with office: other if need be")
        )
    person, female = person_of(standpoint, name, where)
    title = Entry("title", post.title, post.record.where) if isinstance(post, Office) else AMBASSADOR
    return Official(title, person, known.country, female)
