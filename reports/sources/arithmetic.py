"""Checks of published figures against one another, by interval arithmetic on their digits.

What the rounding of the published digits allows is no alarm.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from reports.errors import Problem
from reports.facts.intervals import interval, unit_of
from reports.facts.keys import Keys
from reports.facts.records import Observation
from reports.facts.select import repeats
from reports.facts.values import Part, Period, Times
from reports.sources.alarms import Alarm, alarm

INFINITY = Decimal("Infinity")
HUNDRED = Decimal(100)
Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Figures:
    """The observations of one pair or country: KZ-LU, LU."""

    place: str
    rows: tuple[Observation, ...]
    keys: Keys

    def alarm(self, what: str, row: Observation, message: str) -> Alarm:
        """An alarm about a row."""
        return alarm(what, self.keys.key(row), (self.place, row.where), message, "look at the pages again")

    def measure(self, row: Observation) -> str:
        """What the indicator of a row measures: flow, stock, point."""
        found = self.keys.indicators.get(row.indicator)
        return found.measure if found else ""


# ---------------------------------------------------------------- rows of one key


def conflicts(figures: Figures) -> Iterator[Problem]:
    """Rows of one key and one date that say different things, and rows that stand there twice.

    A repetition of the same value, or of the value less exactly, is none.
    """
    by_key: dict[tuple[str, date], list[Observation]] = defaultdict(list)
    for row in figures.rows:
        by_key[figures.keys.key(row), row.known].append(row)
    for (key, known), group in by_key.items():
        for one, other in combinations(group, 2):
            if replace(one, where="", note="") == replace(other, where="", note=""):
                yield Problem(other.where, f"the row of {one.where} again", "remove one of them", "warning", "twice")
            elif one.use and other.use and not _agree(one, other):
                message = f"{key} known on {known} is {_said(other)}, but {_said(one)} at {one.where}"
                hint = "put use=no on all but one, with the reason in note"
                yield Problem(other.where, message, hint, what="conflict")


def _agree(one: Observation, other: Observation) -> bool:
    """Whether one row repeats the other, exactly or less so."""
    if one.value is None or other.value is None:
        return one.value is other.value and one.status == other.status
    same = (one.value.exact, one.value.upper, one.value.qualifier)
    if same == (other.value.exact, other.value.upper, other.value.qualifier):
        return True
    return repeats(one.value, other.value) or repeats(other.value, one.value)


def _said(row: Observation) -> str:
    if row.value is None:
        return f"withheld (status {row.status})"
    return " ".join(filter(None, (row.value.qualifier, _plain(row.value.exact), unit_of(row.value))))


def _plain(number: Decimal) -> str:
    """A number without an exponent, digits in groups of three.

    >>> _plain(Decimal("1.95E+7"))
    '19 500 000'
    """
    return f"{number.normalize():,f}".replace(",", " ")


# ---------------------------------------------------------------- parts of the whole


def parts(figures: Figures) -> Iterator[Alarm]:
    """Exports and imports that miss the turnover of the same period, reporter and unit by more than rounding."""
    by_flow = _by_flow(figures.rows)
    for (indicator, *rest), totals in by_flow.items():
        stem, _, flow = indicator.rpartition(".")
        if flow != "turnover":
            continue
        exports, imports = (by_flow.get((f"{stem}.{part}", *rest), []) for part in ("exports", "imports"))
        for total in totals if exports and imports else ():
            message = _miss(total, _beside(total, exports), _beside(total, imports))
            if message:
                yield figures.alarm("parts", total, message)


def _by_flow(rows: Iterable[Observation]) -> Mapping[tuple[str, ...], list[Observation]]:
    found: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in rows:
        if row.use and row.value is not None:
            found[row.indicator, row.item, str(row.period), unit_of(row.value), row.reporter].append(row)
    return found


def _beside(total: Observation, rows: list[Observation]) -> Observation:
    """The row of the same page, else the newest."""
    return max(rows, key=lambda row: (bool(set(row.sources) & set(total.sources)), row.known))


def _miss(total: Observation, exports: Observation, imports: Observation) -> str:
    """What does not add up; empty if it does, or if words like 'over' leave it open."""
    whole, one, other = (_range(row) for row in (total, exports, imports))
    if not (whole and one and other) or _meet((one[0] + other[0], one[1] + other[1]), whole):
        return ""
    added = sum((row.value.exact for row in (exports, imports) if row.value), Decimal(0))
    return f"turnover {_said(total)}, but exports {_said(exports)} and imports {_said(imports)} make {_plain(added)}"


def _range(row: Observation) -> Range | None:
    found = interval(row.value, row.status) if row.value else None
    return (found.low, found.high) if found else None


def _meet(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


# ---------------------------------------------------------------- changes

Levels = Mapping[tuple[str, ...], Observation]


def changes(figures: Figures) -> Iterator[Alarm]:
    """Published changes that the published levels of the same reporter contradict."""
    newest: dict[tuple[str, ...], Observation] = {}
    for row in sorted(figures.rows, key=lambda row: row.known):
        if row.use and row.value is not None and row.reporter:
            newest[row.indicator, row.item, str(row.period), unit_of(row.value), row.reporter, row.base] = row
    for row in newest.values():
        if not row.indicator.endswith(".change"):
            continue
        for before, after in _levels(row, newest):
            if _contradict(row, before, after):
                message = f"{_said(row)} published as the change, but from {_said(before)} to {_said(after)}"
                yield figures.alarm("change", row, message)


def _levels(row: Observation, newest: Levels) -> Iterator[tuple[Observation, Observation]]:
    """The levels that a change compares, in each unit that has both."""
    indicator, base = row.indicator.removesuffix(".change"), str(base_period(row))
    wanted = (indicator, row.item, str(row.period), row.reporter)
    for (name, item, period, unit, reporter, _), after in newest.items():
        before = newest.get((indicator, row.item, base, unit, row.reporter, ""))
        if (name, item, period, reporter) == wanted and before:
            yield before, after


def base_period(row: Observation) -> Period | None:
    """The period with which a change compares."""
    if not row.period or not row.period.start or not row.period.end:
        return None
    if not row.base:
        return row.period.year_before
    if years := re.fullmatch(r"P(\d+)Y", row.base):
        start, end = (_earlier(part, int(years[1])) for part in (row.period.start, row.period.end))
        return replace(row.period, start=start, end=end)
    return Period.parse(row.base)


def _earlier(part: Part, years: int) -> Part:
    return replace(part, year=part.year - years)


def _contradict(row: Observation, before: Observation, after: Observation) -> bool:
    """Whether no levels that the digits stand for give the published change."""
    published, old, new = _range(row), _range(before), _range(after)
    if not (published and old and new) or old[0] <= 0:
        return False
    ratio = (new[0] / old[1], new[1] / old[0])
    if isinstance(row.value, Times):
        return not _meet(ratio, published)
    return not _meet(ratio, (1 + published[0] / HUNDRED, 1 + published[1] / HUNDRED))
