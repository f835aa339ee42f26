"""What changed since the edition before, as values that can be said: of people, meetings, agreements and figures.

What stands now has the key of its figure; what stood before has it in brackets, `before(trade.turnover@2024)`, since
both are in one document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.document import FigureRecord
from reports.facts.changes import Changes
from reports.facts.events import EventView
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import Day, Name


@dataclass(frozen=True, slots=True)
class Before:
    """The edition before: its day, and the figures of the same report by key."""

    as_of: date
    figures: Mapping[str, FigureRecord]


@dataclass(frozen=True, slots=True)
class PostNews:
    """An office or an embassy with another holder. `predecessor` None: the same holder, or nobody known before;
    `leader` None: vacant, or not on record; `dated`: only the day on which the holder began is another."""

    office: str
    country: Name
    leader: Fact | None
    predecessor: Fact | None
    since: Fact | None
    vacant: Fact | None = None
    female: bool = False
    host: Name | None = None
    seat: Fact | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class EventNews:
    """A visit or a meeting: the record as it is now, if there still is one, else day and people as told before."""

    kind: str
    event: EventView | None
    day: Fact | None
    people: Fact | None


@dataclass(frozen=True, slots=True)
class AgreementNews:
    """An agreement. `enters`: all that is new is that it is in force."""

    kind: str
    title: Fact
    signed: Fact | None
    in_force: Fact | None
    enters: bool


@dataclass(frozen=True, slots=True)
class FigureNews:
    """A figure: what stood before and what stands now; one of them may be None. `country`: that it is of alone."""

    kind: str
    reason: str
    indicator: str
    aspect: str
    item: str
    base: str
    country: str
    reporter: str
    old: Figure | None
    new: Figure | None


@dataclass(frozen=True, slots=True)
class News:
    """What changed since the edition of `day`. `subjects` are other records, by kind; `profiles` the countries whose
    profile is another; `changes` has all, for programs."""

    day: Day
    posts: tuple[PostNews, ...] = ()
    events: tuple[EventNews, ...] = ()
    agreements: tuple[AgreementNews, ...] = ()
    subjects: tuple[str, ...] = ()
    profiles: tuple[Name, ...] = ()
    figures: tuple[FigureNews, ...] = ()
    changes: Changes = field(default_factory=lambda: Changes(()))
