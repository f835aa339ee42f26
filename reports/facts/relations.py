"""Diplomatic relations as of the day: milestones, missions, ambassadors, visas, commissions, areas."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reports.facts.offices import holds, last_seen, person_of
from reports.facts.people import first_day
from reports.facts.record import Record, Tenure
from reports.facts.records import Ambassador, Areas, Commission, Mission, Pair, Recognition, Visa
from reports.facts.standpoint import Standpoint
from reports.facts.values import Day, Entry


@dataclass(frozen=True, slots=True)
class Milestone:
    """The day of recognition (`by` a country, if known) or of diplomatic relations."""

    key: str
    day: Day
    by: str = ""
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class MissionView:
    """A mission of a country, open on the day; `seen` as of an office holder."""

    key: str
    kind: str
    of: str
    place: Entry
    opened: Day | None = None
    head: Entry | None = None
    seen: Day | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class AmbassadorView:
    """The ambassador `of` a country `at` the other; `seat` where the embassy in charge sits elsewhere."""

    key: str
    of: str
    at: str
    person: Entry
    female: bool | None = None
    seat: Entry | None = None
    since: Day | None = None
    seen: Day | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class VisaView:
    """A visa rule on the day, for the citizens of a country or of `both`."""

    key: str
    citizens: str
    rule: str
    days: int | None = None
    since: Day | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class CommissionView:
    """A standing body; `last` and `next` meeting as seen from the day."""

    key: str
    name: Entry
    kind: str = ""
    chairs: tuple[Entry, ...] = ()
    last: Day | None = None
    next: Day | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class AreasView:
    """Fields of cooperation that the newest source names."""

    key: str
    names: tuple[Entry, ...]
    day: Day | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class RelationsView:
    """All of it. What is in `none` is known not to exist; what is empty is not known."""

    diplomatic_relations: Milestone | None = None
    recognition: tuple[Milestone, ...] = ()
    missions: tuple[MissionView, ...] = ()
    ambassadors: tuple[AmbassadorView, ...] = ()
    commissions: tuple[CommissionView, ...] = ()
    visas: tuple[VisaView, ...] = ()
    areas: AreasView | None = None
    none: frozenset[str] = frozenset()

    def missions_of(self, country: str) -> tuple[MissionView, ...]:
        """The missions of one of the two countries."""
        return tuple(mission for mission in self.missions if mission.of == country)

    def ambassador_of(self, country: str) -> AmbassadorView | None:
        """The ambassador of one of the two countries."""
        return next((ambassador for ambassador in self.ambassadors if ambassador.of == country), None)


def relations_of(standpoint: Standpoint, pair: Pair) -> RelationsView:
    """The relations of the two on the day, home country first."""
    relations = pair.relations
    established = _milestones(standpoint, "diplomatic_relations", relations.diplomatic_relations)
    return RelationsView(
        diplomatic_relations=established[0] if established else None,
        recognition=established_by(standpoint, relations.recognition),
        missions=tuple(_missions(standpoint, relations.missions)),
        ambassadors=tuple(_ambassadors(standpoint, relations.ambassadors)),
        commissions=tuple(_commissions(standpoint, relations.commissions)),
        visas=tuple(_visas(standpoint, relations.visas)),
        areas=_areas(standpoint, relations.areas),
        none=relations.none,
    )


def established_by(standpoint: Standpoint, records: Iterable[Recognition]) -> tuple[Milestone, ...]:
    """Recognitions, one a country, the earliest first."""
    return tuple({milestone.by: milestone for milestone in _milestones(standpoint, "recognition", records)}.values())


def _milestones(standpoint: Standpoint, section: str, records: Iterable[Recognition]) -> list[Milestone]:
    return [
        Milestone(f"{section}/{record.by}" if record.by else section, record.day, record.by, told.sources, told.where)
        for record in sorted(records, key=lambda record: record.day.first)
        if standpoint.tells(told := record.record) and standpoint.began(told, record.day)
    ]


def _missions(standpoint: Standpoint, missions: Iterable[Mission]) -> Iterator[MissionView]:
    for number, mission in enumerate(missions, start=1):
        tenure, record = Tenure(mission.opened, mission.closed), mission.record
        if standpoint.tells(record) and _open(standpoint, tenure, record):
            yield MissionView(
                key=f"mission/{number}",
                kind=mission.kind,
                of=mission.of,
                place=Entry("place", mission.place, record.where),
                opened=mission.opened,
                head=Entry("person", mission.head, record.where) if mission.head else None,
                seen=last_seen(standpoint, tenure, record),
                sources=record.sources,
                where=record.where,
            )


def _ambassadors(standpoint: Standpoint, ambassadors: Iterable[Ambassador]) -> Iterator[AmbassadorView]:
    """One of each country, who began last; the home country's first."""
    serving = [
        ambassador
        for ambassador in ambassadors
        if standpoint.tells(ambassador.record) and holds(ambassador.tenure, ambassador.record, standpoint.day)
    ]
    for country in (standpoint.home, standpoint.partner):
        own = (ambassador for ambassador in serving if ambassador.of == country)
        newest = max(own, key=lambda found: first_day(found.tenure, found.record), default=None)
        if newest:
            yield _ambassador(standpoint, newest)


def _ambassador(standpoint: Standpoint, ambassador: Ambassador) -> AmbassadorView:
    record = ambassador.record
    person, female = person_of(standpoint, ambassador.person, record.where)
    return AmbassadorView(
        key=f"ambassador/{ambassador.of}",
        of=ambassador.of,
        at=ambassador.at,
        person=person,
        female=female,
        seat=Entry("place", ambassador.seat, record.where) if ambassador.seat else None,
        since=ambassador.tenure.start,
        seen=last_seen(standpoint, ambassador.tenure, record),
        sources=record.sources,
        where=record.where,
    )


def _visas(standpoint: Standpoint, visas: Iterable[Visa]) -> Iterator[VisaView]:
    for number, visa in enumerate(visas, start=1):
        record = visa.record
        if standpoint.tells(record) and _open(standpoint, visa.tenure, record):
            since = visa.tenure.start
            yield VisaView(f"visa/{number}", visa.citizens, visa.rule, visa.days, since, record.sources, record.where)


def _open(standpoint: Standpoint, tenure: Tenure, record: Record) -> bool:
    """Whether something holds on the day; without a first day, from when it was seen or first told."""
    if tenure.start or record.seen:
        return holds(tenure, record, standpoint.day)
    told = standpoint.said(record) or date.max
    return told <= standpoint.day and holds(Tenure(Day.of(told), tenure.end), record, standpoint.day)


def _commissions(standpoint: Standpoint, commissions: Iterable[Commission]) -> Iterator[CommissionView]:
    for number, commission in enumerate(commissions, start=1):
        record, day = commission.record, standpoint.day
        if standpoint.tells(record):
            yield CommissionView(
                key=f"commission/{number}",
                name=Entry("group", commission.name, record.where),
                kind=commission.kind,
                chairs=tuple(Entry("person", chair, record.where) for chair in commission.chairs),
                last=commission.last if commission.last and commission.last.first <= day else None,
                next=commission.next if commission.next and commission.next.last >= day else None,
                sources=record.sources,
                where=record.where,
            )


def _areas(standpoint: Standpoint, areas: Iterable[Areas]) -> AreasView | None:
    told = [
        (day, named)
        for named in areas
        if standpoint.tells(named.record) and (day := _day_of(standpoint, named)) <= standpoint.day
    ]
    if not told:
        return None
    _, newest = max(told, key=lambda pair: pair[0])
    record = newest.record
    names = tuple(Entry("area", name, record.where) for name in newest.names)
    return AreasView("areas", names, newest.day, record.sources, record.where)


def _day_of(standpoint: Standpoint, areas: Areas) -> date:
    return areas.day.first if areas.day else standpoint.said(areas.record) or date.max
