"""The days of a plan: pure functions from an entry and two instants to its runs between them.

A person reads a rule by the calendar and the clock on the wall. Day 31 is the last day of a shorter month. A time
that the clock leaps over is the first instant after the leap, one that it passes twice the first of the two.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

from reports.facts.standpoint import Disclosure
from reports.history import Task
from reports.sources.schedule_models import ORDINALS, WEEKDAYS

Shift = Literal["before", "after", "none"]
WORKING, ANY = "working day", "day"
ALL = "all"
LONGEST = timedelta(days=62)  # how far a shift and a zone can carry a run from the month it belongs to
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time by the clock on the wall of a zone."""

    time: time
    zone: ZoneInfo

    def instant(self, day: date) -> datetime:
        """When the clock first shows the time on the day, or, if it leaps over it, when it has leapt; in UTC.

        >>> Clock(time(2, 30), ZoneInfo("Europe/Berlin")).instant(date(2027, 3, 28))
        datetime.datetime(2027, 3, 28, 1, 0, tzinfo=datetime.timezone.utc)
        """
        shown = datetime.combine(day, self.time, self.zone)
        late, early = shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)
        if early >= late:
            return late  # an ordinary time, or the first of two
        while late - early > timedelta(seconds=1):  # PEP 495: the leap is between the two readings
            middle = early + (late - early) // 2
            before_leap = middle.astimezone(self.zone).utcoffset() == early.astimezone(self.zone).utcoffset()
            early, late = (middle, late) if before_leap else (early, middle)
        return late.replace(microsecond=0)

    def day(self, instant: datetime) -> date:
        """The day that the calendar on the wall shows."""
        return instant.astimezone(self.zone).date()

    def __str__(self) -> str:
        return f"{self.time:%H:%M} {self.zone.key}" if not self.time.second else f"{self.time} {self.zone.key}"


@cache
def calendar(code: str) -> HolidayBase:
    """The public holidays and weekends of a country (KZ) or a part of it (DE-BY); NotImplementedError if unknown."""
    country, _, part = code.partition("-")
    return country_holidays(country, subdiv=part or None)


def works(day: date, code: str) -> bool:
    """Whether people work on the day; every day is one where no calendar is named."""
    return not code or calendar(code).is_working_day(day)


@dataclass(frozen=True, slots=True)
class Rule:
    """The n-th day of a kind in a month, or the last if there are fewer; -1 is the last.

    A kind is `day`, `working day` or a day of the week.
    """

    nth: int
    kind: str = ANY

    def day(self, year: int, month: int, code: str) -> date:
        """The day in a month, by the calendar of holidays that the code names."""
        days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
        found = [day for day in days if self._fits(day, code)] or days
        return found[-1] if self.nth < 0 else found[min(self.nth, len(found)) - 1]

    def _fits(self, day: date, code: str) -> bool:
        if self.kind == ANY:
            return True
        return works(day, code) if self.kind == WORKING else WEEKDAYS[day.weekday()] == self.kind

    def __str__(self) -> str:
        if self.kind != ANY:
            return f"{ORDINALS[self.nth - 1] if self.nth > 0 else ORDINALS[-1]} {self.kind}"
        return f"day {self.nth}" if self.nth > 0 else "last day"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an entry: `day` is the day that its briefs are as of, `due` the instant in UTC.

    `visit` is the day on which the visit begins that it prepares.
    """

    key: str
    entry: str
    kind: Literal["edition", "visit"]
    day: date
    due: datetime
    visit: date | None = None

    @property
    def task(self) -> Task:
        """What the history keeps of it."""
        return Task(self.key, self.entry, self.kind, self.due)


@dataclass(frozen=True, slots=True)
class Making:
    """What a run makes, and the names of the deliveries that it goes to; `all` stands for every one that there is."""

    reports: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    disclosure: Disclosure = "internal"
    deliver: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Editions on one day of each of the months. `first` and `last` bound the days, None: without bound."""

    name: str
    rule: Rule
    clock: Clock
    making: Making
    partners: tuple[str, ...] = (ALL,)
    months: tuple[int, ...] = tuple(range(1, 13))
    holidays: str = ""
    shift: Shift = "none"
    first: date | None = None
    last: date | None = None

    @property
    def timing(self) -> str:
        """When it runs, in words; two entries with the same words run at the same times."""
        months = f" of months {', '.join(map(str, self.months))}" if len(self.months) < 12 else ""  # noqa: PLR2004
        shift = f", or the working day {self.shift}" if self.shift != "none" else ""
        holidays = f" ({self.holidays})" if shift or self.rule.kind == WORKING else ""
        return f"{self.rule}{months}{shift}{holidays} at {self.clock}"

    def day_in(self, year: int, month: int) -> date:
        """Its day in a month; a shift may lead out of the month."""
        day = self.rule.day(year, month, self.holidays)
        step = {"before": -ONE_DAY, "after": ONE_DAY, "none": timedelta()}[self.shift]
        while step and not works(day, self.holidays):
            day += step
        return day

    def runs(self, start: date, end: date) -> Iterator[Run]:
        """The runs of the months from that of one day to that of another, in order."""
        for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
            year, month = number // 12, number % 12 + 1
            if month in self.months and self._within(day := self.day_in(year, month)):
                yield Run(f"{self.name}/{day}", self.name, "edition", day, self.clock.instant(day))

    def _within(self, day: date) -> bool:
        return (self.first or date.min) <= day <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit. `prepare` are the days before `begins` on which its brief is made, the earliest run first."""

    partner: str
    begins: date
    ends: date
    prepare: tuple[int, ...]
    clock: Clock
    making: Making
    place: str = ""
    level: str = ""
    delegation: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Unique in a plan: visit LU 2026-12-03."""
        return f"visit {self.partner} {self.begins}"

    @property
    def partners(self) -> tuple[str, ...]:
        """The one country."""
        return (self.partner,)

    @property
    def timing(self) -> str:
        """When it runs, in words."""
        return f"{', '.join(map(str, self.prepare))} days before {self.begins} at {self.clock}"

    def runs(self, start: date, end: date) -> Iterator[Run]:
        """Its runs from one day to another, in order."""
        for before in self.prepare:
            day = self.begins - timedelta(days=before)
            if start <= day <= end:
                yield Run(f"{self.name} -{before}", self.name, "visit", day, self.clock.instant(day), self.begins)


Entry = Edition | Visit


def occurrences(entry: Entry, after: datetime, until: datetime) -> Iterator[Run]:
    """The runs of an entry that are due after one instant and not after another, the earliest first."""
    start = max(after.date(), date.min + LONGEST) - LONGEST
    end = min(until.date(), date.max - LONGEST) + LONGEST
    return (run for run in entry.runs(start, end) if after < run.due <= until)


def upcoming(entries: Sequence[Entry], now: datetime, count: int, years: int = 10) -> tuple[Run, ...]:
    """The next runs of all entries, at most so many and so many years ahead."""
    until = now + timedelta(days=366 * years)
    found = []
    for entry in entries:
        runs = occurrences(entry, now, until)
        found += [run for _, run in zip(range(count), runs, strict=False)]
    return tuple(sorted(found, key=lambda run: (run.due, run.key))[:count])
