"""Records as a section sees them: every value with its key and its sources."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.facts.agreements import AgreementView
from reports.facts.events import LEVELS, EventView
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.offices import Holder, Succession, Vacancy
from reports.facts.relations import AmbassadorView
from reports.facts.values import Day, Days, ListOf, Name, Official, Part, Period, Value

MEETINGS = ("visit", "meeting", "summit")


@dataclass(frozen=True, slots=True)
class Told:
    """The key and the sources of a record, put to each of its values."""

    key: str
    sources: tuple[str, ...]

    def __call__(self, part: str, value: Value | None) -> Fact | None:
        """A value of the record, or None where it is not known."""
        return None if value is None else self.known(part, value)

    def known(self, part: str, value: Value) -> Fact:
        """A value that every such record has."""
        return Fact(f"{self.key}/{part}" if part else self.key, value, self.sources)


@dataclass(frozen=True, slots=True)
class Post:
    """Someone in office: of a country, or at another one."""

    office: str
    country: Name
    who: Fact | None
    since: Fact | None
    seen: Fact | None
    female: bool = False
    host: Name | None = None
    seat: Fact | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A new holder of an office, and the one before."""

    office: str
    day: Fact
    new: Fact
    old: Fact | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A visit, a meeting or the like. `people` only if both sides are on record, `persons` in any case."""

    kind: str
    rank: str
    day: Fact
    latest: bool
    planned: bool
    people: Fact | None
    persons: tuple[Fact, ...]
    place: Fact | None
    occasion: Fact | None
    text: Fact | None
    documents: Figure | None
    level: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement, of the pair or through a group."""

    kind: str
    title: Fact
    signed: Fact | None
    place: Fact | None
    in_force: Fact | None
    through: Fact | None
    ends: Fact | None


def post(holder: Holder) -> Post:
    """An office holder as a section sees them."""
    told = Told(holder.key, holder.sources)
    who = Official(holder.title, holder.person, holder.country, holder.female)
    since, seen = told("since", holder.since), told("seen", holder.seen)
    return Post(
        holder.office,
        Name(holder.country),
        told.known("", who),
        since,
        seen,
        bool(holder.female),
        person=holder.person.text,
    )


def joined(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, those of both offices by one person on one day as one, of office `both`."""
    of_state = {_moment(change): change for change in changes if change.office == "head_of_state"}
    of_both = {_moment(change) for change in changes if change.office != "head_of_state"} & set(of_state)
    kept = (change for change in changes if change.office == "head_of_state" or _moment(change) not in of_both)
    return tuple(replace(change, office="both") if _moment(change) in of_both else change for change in kept)


def _moment(change: Change) -> tuple[object, ...]:
    old = change.old.value if change.old else None
    people = (official.person.text for official in (change.new.value, old) if isinstance(official, Official))
    return change.day.value, *people


def by_status(agreements: Iterable[Treaty]) -> tuple[tuple[str, tuple[Treaty, ...]], ...]:
    """Agreements in force, those signed of which no more is known, those without a day; no empty group."""
    groups: dict[str, list[Treaty]] = {"in_force": [], "signed": [], "undated": []}
    for agreement in agreements:
        groups["in_force" if agreement.in_force else "signed" if agreement.signed else "undated"].append(agreement)
    return tuple((status, tuple(found)) for status, found in groups.items() if found)


def by_level(events: Iterable[Meeting]) -> tuple[tuple[str, tuple[Meeting, ...]], ...]:
    """Events of leaders, of ministers, of others; no empty group."""
    found = tuple(events)
    groups = ((level, tuple(event for event in found if event.level == level)) for level in LEVELS)
    return tuple((level, of_level) for level, of_level in groups if of_level)


def ambassador(view: AmbassadorView) -> Post:
    """An ambassador as a section sees them."""
    told = Told(view.key, view.sources)
    return Post(
        office="ambassador",
        country=Name(view.of),
        who=told.known("", view.person),
        since=told("since", view.since),
        seen=told("seen", view.seen),
        female=bool(view.female),
        host=Name(view.at),
        seat=told("seat", view.seat),
        person=view.person.text,
    )


def vacancy(found: Vacancy) -> Post:
    """An office without a holder as a section sees it: the post with nobody in it."""
    told = Told(found.key, found.sources)
    return Post(found.office, Name(found.country), None, told.known("vacant", found.since), None)


def change(change: Succession) -> Change:
    """A succession as a section sees it."""
    told = Told(change.key, change.sources)
    return Change(
        change.office,
        told.known("day", change.day),
        told.known("new", _titled(change.new)),
        told("old", _titled(change.old) if change.old else None),
    )


def _titled(holder: Holder) -> Official:
    return Official(holder.title, holder.person, holder.country, holder.female)


def meeting(view: EventView) -> Meeting:
    """An event as a section sees it."""
    told = Told(view.key, view.sources)
    day: Day | Days = view.day
    return Meeting(
        kind=view.kind,
        rank=view.rank,
        day=told.known("day", day),
        latest=view.latest,
        planned=view.planned,
        people=told("people", ListOf(view.people) if view.hosts else None),
        persons=tuple(told.known(f"person/{number}", person) for number, person in enumerate(view.people, start=1)),
        place=told("place", view.place),
        occasion=told("occasion", view.occasion),
        text=told("text", view.text),
        documents=_documents(view),
        level=view.level,
    )


def _documents(view: EventView) -> Figure | None:
    if view.documents is None:
        return None
    first, last = view.first, view.last
    period = Period(Part(first.year, 0, first.month, first.day), Part(last.year, 0, last.month, last.day))
    return Figure(f"{view.key}/documents", "documents", view.documents, period, sources=view.sources)


def is_past_meeting(event: Meeting) -> bool:
    """Whether two sides met, on a day that is known."""
    return event.kind in MEETINGS and event.people is not None and not event.planned and not event.latest


def treaty(view: AgreementView) -> Treaty:
    """An agreement as a section sees it."""
    told = Told(view.key, view.sources)
    return Treaty(
        view.kind,
        told.known("", view.title),
        told("signed", view.signed),
        told("place", view.place),
        told("in_force", view.in_force),
        told("through", view.through),
        told("ends", view.ends),
    )
