"""The records of a data folder, as read and checked: one dataclass a kind, one instance a row or record.

`where` is always the file and line, for problems. `to` is the first day no longer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.facts.profile_records import (
    Capital,
    Currency,
    FiscalYear,
    Membership,
    NationalDay,
    Office,
    OfficialLanguages,
    Statistics,
)
from reports.facts.record import ALWAYS, Record, Tenure
from reports.facts.values import Day, Days, Period, Quantity
from reports.pictures import Photograph


@dataclass(frozen=True, slots=True)
class Source:
    """The passport of a page, a release or a table; `next` is the day of its next release, where that is known."""

    key: str
    publisher: str
    title: str
    accessed: date
    author: str = ""
    url: str = ""
    published: Day | None = None
    language: str = ""
    licence: str = ""
    next: Day | None = None
    where: str = ""

    @property
    def known(self) -> date:
        """The day from which its facts count: published (a month or year: its last day), else accessed."""
        return self.published.last if self.published else self.accessed


@dataclass(frozen=True, slots=True)
class Group:
    """A code for what is no country: EU, EAEU, WLD. kind: union, region, world, publisher."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `sex` is f, m or empty, `original` the name in its own script, `picture` the portrait if there is
    one."""

    name: str
    country: str
    sex: str = ""
    original: str = ""
    where: str = ""
    picture: Photograph | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What may be observed; measure: flow, stock or point."""

    key: str
    measure: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One published number. `value` None: status says why (O missing, M not applicable, Q suppressed).

    `base` is as typed (empty: the same period of the year before); `known` the vintage; `unit` as typed, for the
    key of a row without value. `signed` says who stands for it and since when: 'A. Keeper, 2025-10-21'. An `override`
    comes with an order, for its brief alone.
    """

    indicator: str
    item: str
    period: Period | None
    value: Quantity | None
    known: date
    sources: tuple[str, ...]
    where: str
    base: str = ""
    status: str = ""
    confidentiality: str = "F"
    reporter: str = ""
    remark: str = ""
    use: bool = True
    unit: str = ""
    signed: str = ""
    override: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """The day on which `by` recognised the other country."""

    record: Record
    day: Day
    by: str = ""


@dataclass(frozen=True, slots=True)
class Mission:
    """An embassy, a consulate; `of` a country, in `place`."""

    record: Record
    kind: str
    of: str
    place: str
    opened: Day | None = None
    closed: Day | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Ambassador:
    """The ambassador `of` a country `at` the other; `seat` where the embassy sits elsewhere."""

    record: Record
    of: str
    at: str
    person: str
    seat: str = ""
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class Commission:
    """A standing body of the two countries."""

    record: Record
    name: str
    kind: str = ""
    chairs: tuple[str, ...] = ()
    last: Day | None = None
    next: Day | None = None


@dataclass(frozen=True, slots=True)
class Visa:
    """A visa rule for the citizens of a country, or of `both`."""

    record: Record
    citizens: str
    rule: str
    days: int | None = None
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class Areas:
    """Fields of cooperation that a source names."""

    record: Record
    names: tuple[str, ...]
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty, agreement, protocol, memorandum, programme, roadmap or declaration."""

    record: Record
    title: str
    kind: str
    short: str = ""
    parties: tuple[str, ...] = ()
    signed: Day | None = None
    place: str = ""
    in_force: Day | None = None
    ends: Day | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A visit, meeting, call, consultations, commission, summit or forum. `latest`: on `day` at the latest."""

    record: Record
    kind: str
    day: Day | Days
    latest: bool = False
    rank: str = ""
    who: tuple[str, ...] = ()
    text: str = ""
    place: str = ""
    occasion: str = ""
    documents: int | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Relations:
    """relations.yaml of a pair. A section in `none` is known to be empty; an empty one is not known."""

    recognition: tuple[Recognition, ...] = ()
    diplomatic_relations: tuple[Recognition, ...] = ()
    missions: tuple[Mission, ...] = ()
    ambassadors: tuple[Ambassador, ...] = ()
    commissions: tuple[Commission, ...] = ()
    visas: tuple[Visa, ...] = ()
    areas: tuple[Areas, ...] = ()
    none: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficerNote:
    """A text that an officer wrote, by language. `about` is what it is for (visit/2026-12-03), empty: any occasion.

    kind: aim, point, their_point, reply, press_line, …; status: draft, approved. A reply answers the point of its
    `topic`; `chance` is how likely a point is to come up: certain, possible, unlikely.
    """

    record: Record
    kind: str
    author: str
    day: Day
    status: str
    text: Mapping[str, str]
    about: str = ""
    person: str = ""
    chance: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """countries/XX.yaml and XX.csv."""

    code: str
    capital: tuple[Capital, ...] = ()
    currency: tuple[Currency, ...] = ()
    languages: tuple[OfficialLanguages, ...] = ()
    national_day: tuple[NationalDay, ...] = ()
    fiscal_year: tuple[FiscalYear, ...] = ()
    statistics: tuple[Statistics, ...] = ()
    memberships: tuple[Membership, ...] = ()
    offices: tuple[Office, ...] = ()
    events: tuple[Event, ...] = ()
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """pairs/AA-BB: flows are seen from `first`."""

    first: str
    second: str
    observations: tuple[Observation, ...] = ()
    relations: Relations = Relations()
    agreements: tuple[Agreement, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[OfficerNote, ...] = ()
    none: frozenset[str] = frozenset()


WordForms = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Data:
    """A whole data folder. `words` has, by language, the forms of (kind, entry) by case ('' as it stands).

    `owner` is the unit that is in charge of the briefs, `edition_day` the day of each month on which they come out, 0
    if neither is on record; `limits` the days by kind after which a fact is old, where they are not those of the house.
    """

    home: str
    language: str
    sources: Mapping[str, Source]
    groups: Mapping[str, Group]
    people: Mapping[str, Person]
    indicators: Mapping[str, Indicator]
    countries: Mapping[str, Country]
    pairs: Mapping[tuple[str, str], Pair]
    words: Mapping[str, WordForms] = field(default_factory=dict)
    owner: str = ""
    edition_day: int = 0
    limits: Mapping[str, int] = field(default_factory=dict)
