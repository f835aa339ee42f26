"""Values that know no language: what a sentence may hold, with the digits as published."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

Qualifier = Literal["", "over", "about", "nearly", "under"]
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as published: Amount(Decimal("13.6"), 6, "USD"). `upper` makes it a range."""

    digits: Decimal
    scale: int
    currency: str
    qualifier: Qualifier = ""
    upper: Decimal | None = None

    @property
    def exact(self) -> Decimal:
        """The sum in whole units of the currency."""
        return self.digits.scaleb(self.scale)


@dataclass(frozen=True, slots=True)
class Percent:
    """A share or a change in percent: Percent(Decimal("22.6"))."""

    digits: Decimal
    qualifier: Qualifier = ""
    upper: Decimal | None = None

    @property
    def exact(self) -> Decimal:
        """The percent as a number."""
        return self.digits


@dataclass(frozen=True, slots=True)
class Times:
    """How many times as much: Times(Decimal("2.5"))."""

    digits: Decimal
    qualifier: Qualifier = ""
    upper: Decimal | None = None

    @property
    def exact(self) -> Decimal:
        """The factor."""
        return self.digits


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: Count(Decimal(178)), or Count(Decimal("6.5"), 3) where thousands were published."""

    digits: Decimal
    scale: int = 0
    qualifier: Qualifier = ""
    upper: Decimal | None = None

    @property
    def exact(self) -> Decimal:
        """The number."""
        return self.digits.scaleb(self.scale)


@dataclass(frozen=True, slots=True)
class Measure:
    """A length, an area or a mass: Measure(Decimal(2586), 0, "km2"); unit km, km2 or t."""

    digits: Decimal
    scale: int
    unit: str
    qualifier: Qualifier = ""
    upper: Decimal | None = None

    @property
    def exact(self) -> Decimal:
        """The number of units."""
        return self.digits.scaleb(self.scale)


Quantity = Amount | Percent | Times | Count | Measure

# ---------------------------------------------------------------- time


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A calendar day, or only its month, or only its year, as exactly as the source says.

    >>> str(Day(2025, 10)), Day(2025, 10).first, Day(2025, 10).last
    ('2025-10', datetime.date(2025, 10, 1), datetime.date(2025, 10, 31))
    """

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The first day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may be."""
        if self.day:
            return self.first
        month = self.month or 12
        return date(self.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}" + (f"-{self.day:02}" if self.day else "")

    @classmethod
    def of(cls, day: date) -> "Day":
        """The day of a date."""
        return cls(day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included."""

    first: Day
    last: Day

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One named stretch of time: a year, one of its quarters (1 to 4), months or days."""

    year: int
    quarter: int = 0
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.quarter * 3 - 2 if self.quarter else self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.quarter:
            return Day(self.year, self.quarter * 3).last
        return Day(self.year, self.month, self.day).last

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(Day(self.year, self.month, self.day))


PART = r"\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
PERIOD = re.compile(rf"(?:(?P<start>{PART}|\.\.|P(?P<years>[1-9]\d?)Y)/)?(?P<end>{PART}|\.\.)")


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a figure covers, from the start of `start` to the end of `end`.

    start == end: one year, quarter, month or day. `end` None: open, up to the day it was `said`.
    `start` None: not stated, or the `years` years up to `end`.
    """

    start: Part | None
    end: Part | None
    years: int = 0
    said: date | None = None

    @classmethod
    def parse(cls, text: str, said: date | None = None) -> "Period":
        """A period as the data folder writes it; ValueError if it is none.

        >>> [str(Period.parse(text)) for text in ("2024", "2025-01/2025-08", "2005/2025-Q2", "P20Y/2025-09")]
        ['2024', '2025-01/2025-08', '2005/2025-Q2', 'P20Y/2025-09']
        """
        found = PERIOD.fullmatch(text)
        if not found or (found["end"] == ".." and (found["start"] or "..") == ".."):
            raise ValueError(f"{text!r} is no period")
        end = _part(found["end"])
        if found["years"]:
            if end is None:
                raise ValueError(f"{text!r} is no period")
            return cls(None, end, int(found["years"]))
        start = _part(found["start"]) if found["start"] else end
        if start and end and start.first > end.last:
            raise ValueError(f"{text!r} ends before it starts")
        return cls(start, end, said=said if end is None else None)

    @property
    def is_year(self) -> bool:
        """Whether it is exactly one calendar year."""
        return self.start == self.end is not None and self.end == Part(self.end.year)

    @property
    def is_part_of_year(self) -> bool:
        """Whether it is some months or quarters of one calendar year."""
        start, end = self.start, self.end
        return bool(start and end and start.year == end.year and not self.is_year and not start.day)

    @property
    def last(self) -> date:
        """The last day that it covers: of an open period the day it was said."""
        return self.end.last if self.end else self.said or date.max

    @property
    def year_before(self) -> "Period":
        """The same part of the previous year."""
        start, end = (part and replace(part, year=part.year - 1) for part in (self.start, self.end))
        return replace(self, start=start, end=end)

    def __str__(self) -> str:
        start = f"P{self.years}Y" if self.years else str(self.start or "..")
        if self.start == self.end:
            return start
        said = f"({self.said})" if self.said else ""
        return f"{start}/{self.end or '..'}{said}"


def _part(text: str) -> Part | None:
    if text == "..":
        return None
    year, *rest = text.split("-")
    if rest and rest[0].startswith("Q"):
        return Part(int(year), quarter=int(rest[0][1:]))
    part = Part(int(year), 0, *map(int, rest))
    part.first  # noqa: B018  raises ValueError for 30 February
    return part


# ---------------------------------------------------------------- words


@dataclass(frozen=True, slots=True)
class Name:
    """A country (ISO 3166-1 alpha-2, XK) in a sentence."""

    code: str


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a language's own table terms.csv: a group, a product, an institution, an office, a kind."""

    key: str


EntryKind = Literal["person", "title", "place", "occasion", "agreement", "group", "area", "role", "event", "office"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of the data folder, letter for letter as there; data/words/<tag>.csv has its forms.

    `where` is the file and line that it was read from, for the problem if a language lacks it.
    """

    kind: EntryKind
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text that is the same as written, in some languages: (tag, text) in the order of tags; '' in all of them."""

    texts: tuple[tuple[str, str], ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """A person with the title held on the day: President Kassym-Jomart Tokayev. `female` as grammar needs it."""

    title: Entry
    person: Entry
    country: str
    female: bool | None = None


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several values of one kind, joined as the language joins them."""

    items: tuple["Value", ...]


Value = Quantity | Day | Days | Period | Name | Term | Entry | Written | Official | ListOf
