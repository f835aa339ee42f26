"""Political relations as a section sees them: every value with its key and its sources."""

from dataclasses import dataclass
from decimal import Decimal

from reports.facts.fact import Fact
from reports.facts.facts import Facts
from reports.facts.figures import Figure
from reports.facts.relations import CommissionView, Milestone, MissionView, VisaView
from reports.facts.values import Count, Day, ListOf, Name, Part, Period
from reports.wording.views import Told


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
class Commission:
    """A standing body of the two countries, with its last and next meeting as seen from the day."""

    name: Fact
    chairs: Fact | None
    last: Fact | None
    next: Fact | None


@dataclass(frozen=True, slots=True)
class VisaRule:
    """A visa rule for the citizens of a country, or of both (`citizens` None)."""

    citizens: Name | None
    rule: str
    days: Figure | None
    since: Fact | None


@dataclass(frozen=True, slots=True)
class Bonds:
    """Political relations. `none` names what is known not to exist."""

    recognition: tuple[Bond, ...]
    established: Bond | None
    missions: tuple[Legation, ...]
    areas: Fact | None
    commissions: tuple[Commission, ...]
    visas: tuple[VisaRule, ...]
    none: frozenset[str]


def bonds(facts: Facts) -> Bonds:
    """The political relations as a section sees them."""
    relations = facts.relations
    areas, established = relations.areas, relations.diplomatic_relations
    return Bonds(
        recognition=tuple(_bond(facts, milestone) for milestone in relations.recognition),
        established=_bond(facts, established) if established else None,
        missions=tuple(map(_mission, relations.missions)),
        areas=Told(areas.key, areas.sources)("", ListOf(areas.names)) if areas else None,
        commissions=tuple(map(_commission, relations.commissions)),
        visas=tuple(_visa(view, facts.as_of) for view in relations.visas),
        none=relations.none,
    )


def _bond(facts: Facts, milestone: Milestone) -> Bond:
    day = Told(milestone.key, milestone.sources).known("day", milestone.day)
    return Bond(milestone.by, day, facts.figures.anniversary(milestone.day, milestone.sources))


def _mission(view: MissionView) -> Legation:
    told = Told(view.key, view.sources)
    return Legation(view.kind, Name(view.of), told.known("place", view.place), told("opened", view.opened))


def _commission(view: CommissionView) -> Commission:
    told = Told(view.key, view.sources)
    chairs = told("chairs", ListOf(view.chairs) if view.chairs else None)
    return Commission(told.known("", view.name), chairs, told("last", view.last), told("next", view.next))


def _visa(view: VisaView, today: Day) -> VisaRule:
    citizens = None if view.citizens == "both" else Name(view.citizens)
    since = Told(view.key, view.sources)("since", view.since)
    if view.days is None:
        return VisaRule(citizens, view.rule, None, since)
    part = Part(today.year, 0, today.month, today.day)
    days = Figure(f"{view.key}/days", "visa.days", Count(Decimal(view.days)), Period(part, part), sources=view.sources)
    return VisaRule(citizens, view.rule, days, since)
