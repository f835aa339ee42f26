"""What a section sees: the facts of a pair under plain names, every value with its key and its sources."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reports.facts.agreements import AgreementView
from reports.facts.events import EventView
from reports.facts.fact import Fact
from reports.facts.facts import Facts
from reports.facts.figures import Figure
from reports.facts.offices import Holder, Succession
from reports.facts.relations import AmbassadorView, Milestone, MissionView
from reports.facts.values import Count, Day, Days, Entry, ListOf, Name, Official, Part, Period, Times, Value

MEETINGS = ("visit", "meeting", "summit")
ENTERPRISES = ("active", "capital", "joint", "companies", "represented", "registered", "outward.companies")


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
    who: Fact
    since: Fact | None
    seen: Fact | None
    female: bool = False
    host: Name | None = None
    seat: Fact | None = None


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


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement, of the pair or through a group."""

    kind: str
    title: Fact
    signed: Fact | None
    place: Fact | None
    in_force: Fact | None
    through: Fact | None


@dataclass(frozen=True, slots=True)
class Bond:
    """A recognition, or the diplomatic relations, with a round anniversary in the year of the brief."""

    by: str
    day: Fact
    anniversary: Figure | None


@dataclass(frozen=True, slots=True)
class Legation:
    """A mission of a country."""

    kind: str
    country: Name
    place: Fact
    opened: Fact | None


@dataclass(frozen=True, slots=True)
class Bonds:
    """Political relations."""

    recognition: tuple[Bond, ...]
    established: Bond | None
    missions: tuple[Legation, ...]
    areas: Fact | None


def scene(facts: Facts) -> Mapping[str, object]:
    """The names that a section may use, beside `t` and the calls."""
    events = tuple(map(_meeting, facts.events))
    return {
        "home": facts.home,
        "partner": facts.partner,
        "as_of": facts.as_of,
        "as_of_year": Period(Part(facts.as_of.year), Part(facts.as_of.year)),
        "cutoff": facts.cutoff or facts.as_of,
        "early": facts.known == "all" and any(figure.early for figure in facts.figures.all()),
        "figures": facts.figures,
        "events": events,
        "last_meeting": next((event for event in events if _is_past_meeting(event)), None),
        "agreements": tuple(map(_treaty, facts.agreements)),
        "relations": _bonds(facts),
        "ambassadors": tuple(map(_ambassador, facts.relations.ambassadors)),
        "counted": any(facts.figures.latest(f"enterprises.{kind}") for kind in ENTERPRISES),
        **_asks(facts),
    }


def _asks(facts: Facts) -> Mapping[str, Callable[..., object]]:
    """What a section may ask of the facts."""

    def holder(country: Name, office: str) -> Post | None:
        found = facts.holder(country.code, office)
        return _post(found) if found else None

    def successions(country: Name) -> tuple[Change, ...]:
        return tuple(map(_change, facts.successions(country.code)))

    def every(indicator: str) -> tuple[Figure, ...]:
        of_total = (figure for figure in facts.figures.all() if figure.indicator == indicator)
        return tuple(figure for figure in of_total if not figure.item and not figure.base)

    def balances(periods: Iterable[Period]) -> tuple[Figure, ...]:
        found = (facts.figures.balance(period) for period in periods)
        return tuple(figure for figure in found if figure and figure.value)

    return {
        "holder": holder,
        "successions": successions,
        "every": every,
        "balances": balances,
        "known": known,
        "rises": lambda figure: _size(figure) > 0,
        "falls": lambda figure: _size(figure) < 0,
        "is_factor": lambda figure: isinstance(figure.value, Times),
    }


def known(figure: Figure | None) -> Figure | None:
    """The figure, if it has a value."""
    return figure if figure and figure.value else None


def _size(figure: Figure) -> int:
    """The sign of a change: a factor of one is no change."""
    value = figure.value
    if value is None:
        return 0
    return int((value.exact - (1 if isinstance(value, Times) else 0)).compare(0))


def _post(holder: Holder) -> Post:
    told = Told(holder.key, holder.sources)
    who = Official(holder.title, holder.person, holder.country, holder.female)
    since, seen = told("since", holder.since), told("seen", holder.seen)
    return Post(holder.office, Name(holder.country), told.known("", who), since, seen, bool(holder.female))


def _ambassador(view: AmbassadorView) -> Post:
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
    )


def _change(change: Succession) -> Change:
    told = Told(change.key, change.sources)
    return Change(
        change.office,
        told.known("day", change.day),
        told.known("new", _titled(change.new)),
        told("old", _titled(change.old) if change.old else None),
    )


def _titled(holder: Holder) -> Official:
    return Official(holder.title, holder.person, holder.country, holder.female)


def _meeting(view: EventView) -> Meeting:
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
    )


def _documents(view: EventView) -> Figure | None:
    if view.documents is None:
        return None
    first, last = view.first, view.last
    period = Period(Part(first.year, 0, first.month, first.day), Part(last.year, 0, last.month, last.day))
    return Figure(f"{view.key}/documents", "documents", view.documents, period, sources=view.sources)


def _is_past_meeting(event: Meeting) -> bool:
    return event.kind in MEETINGS and event.people is not None and not event.planned and not event.latest


def _treaty(view: AgreementView) -> Treaty:
    told = Told(view.key, view.sources)
    return Treaty(
        view.kind,
        told.known("", view.title),
        told("signed", view.signed),
        told("place", view.place),
        told("in_force", view.in_force),
        told("through", view.through),
    )


def _bonds(facts: Facts) -> Bonds:
    relations = facts.relations
    areas, established = relations.areas, relations.diplomatic_relations
    return Bonds(
        recognition=tuple(_bond(facts, milestone) for milestone in relations.recognition),
        established=_bond(facts, established) if established else None,
        missions=tuple(map(_mission, relations.missions)),
        areas=Told(areas.key, areas.sources)("", ListOf(areas.names)) if areas else None,
    )


def _bond(facts: Facts, milestone: Milestone) -> Bond:
    day = Told(milestone.key, milestone.sources).known("day", milestone.day)
    return Bond(milestone.by, day, facts.figures.anniversary(milestone.day, milestone.sources))


def _mission(view: MissionView) -> Legation:
    told = Told(view.key, view.sources)
    return Legation(view.kind, Name(view.of), told.known("place", view.place), told("opened", view.opened))


def words_of(value: object) -> str:
    """A value that is no quantity in plain text, for its record: '2025-10-03', 'Grand Duke Guillaume V'."""
    match value:
        case Entry(text=text):
            return text
        case Official(title=title, person=person):
            return f"{title.text} {person.text}"
        case ListOf(items):
            return "; ".join(map(words_of, items))
        case Name(code):
            return code
        case Count():
            return f"{value.exact:f}"
        case _:
            return str(value)
