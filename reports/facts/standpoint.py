"""Where a brief stands: whose it is, as of which day, and what it may tell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reports.facts.record import Record
from reports.facts.records import Data, Observation
from reports.facts.values import Day

Known = Literal["known", "all"]
Disclosure = Literal["internal", "public"]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The two countries, the day, and the rules of telling. `known` "all" ignores when something became known.

    `revised` takes the figures that were known on the day in their values of a later one.
    """

    data: Data
    home: str
    partner: str
    day: date
    known: Known = "known"
    disclosure: Disclosure = "internal"
    revised: date | None = None

    @property
    def counts(self) -> date:
        """The day whose vintages count."""
        return self.revised or self.day

    @property
    def last_edition(self) -> date:
        """The day of the monthly edition before this one; without one, the beginning of time: all is news."""
        edition_day = self.data.edition_day
        if not edition_day:
            return date.min
        today = self.counts
        before = today.replace(day=1) - timedelta(days=1)
        return today.replace(day=edition_day) if edition_day < today.day else before.replace(day=edition_day)

    def may_tell(self, fact: Observation | Record) -> bool:
        """Whether it may be printed at all: `use: no` and C never, N not in public."""
        secret = {"C", "N"} if self.disclosure == "public" else {"C"}
        return fact.use and fact.confidentiality not in secret

    def tells(self, record: Record) -> bool:
        """Whether a record may be printed and is not under embargo on the day."""
        return self.may_tell(record) and (self.known == "all" or record.known is None or record.known <= self.day)

    def said(self, record: Record) -> date | None:
        """The first day on which a source of the record said it."""
        return min((self.data.sources[key].known for key in record.sources if key in self.data.sources), default=None)

    def began(self, record: Record, day: Day) -> bool:
        """Whether something of that day is past: a month or a year if it is over, or once a source has told."""
        if day.first > self.day:
            return False
        said = self.said(record)
        return day.last <= self.day or (said is not None and said <= self.day)
