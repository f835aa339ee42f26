"""Checks of what time a figure covers: part of a year for all of it, a fiscal year for a calendar year."""

import re
from collections import defaultdict
from collections.abc import Iterator

from reports.facts.intervals import interval, unit_of
from reports.facts.people import day_after, first_day
from reports.facts.profile_records import FiscalYear
from reports.facts.records import Data, Observation
from reports.facts.values import Day, Period
from reports.sources.alarms import Alarm
from reports.sources.arithmetic import Figures, base_period
from reports.sources.series import FORECAST, TARGET

NO_LEVELS = (".change", ".rank", ".share", ".target")
LEEWAY = 3  # days: a leap day, and the odd ends of weeks
TWELVE_MONTHS = 12
FISCAL = re.compile(r"\b(fiscal|financial) year\b|\bFY ?\d", re.IGNORECASE)


def part_years(figures: Figures) -> Iterator[Alarm]:
    """Parts of a year that stand for all of it."""
    yield from _unfinished(figures)
    yield from _as_large(figures)
    yield from _unlike(figures)


def _unfinished(figures: Figures) -> Iterator[Alarm]:
    """Flows of a period that was not over when they became known, and are neither forecasts nor targets."""
    for row in figures.rows:
        told = row.use and row.value is not None and FORECAST not in row.status and TARGET not in row.indicator
        period = row.period
        closed = period and period.start and period.end and figures.measure(row) == "flow"
        if told and period and closed and period.start and period.start.first <= row.known < period.last:
            message = f"{period} was not over on {row.known}, the day of the source: which months does it count?"
            yield figures.alarm("part-year", row, message)


def _as_large(figures: Figures) -> Iterator[Alarm]:
    """Some months of a year with as much as all of it, or more."""
    by_series: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in figures.rows:
        level = row.use and row.value is not None and not row.indicator.endswith(NO_LEVELS)
        if level and figures.measure(row) == "flow":
            by_series[row.indicator, row.item, unit_of(row.value), row.reporter].append(row)
    for rows in by_series.values():
        for year in rows:
            for part in rows:
                if _is_part(part.period, year.period) and _reaches(part, year):
                    message = f"{part.period} has as much as all of {year.period} ({part.where})"
                    yield figures.alarm("part-year", year, message)


def _is_part(part: Period | None, year: Period | None) -> bool:
    if not (part and year and part.end and year.end):
        return False
    return year.is_year and part.is_part_of_year and part.end.year == year.end.year


def _reaches(part: Observation, year: Observation) -> bool:
    assert part.value
    assert year.value
    one, all_of_it = interval(part.value, part.status), interval(year.value, year.status)
    return bool(one and all_of_it and one.value and one.high >= all_of_it.low)


def _unlike(figures: Figures) -> Iterator[Alarm]:
    """Changes that compare periods of different length."""
    for row in figures.rows:
        base = base_period(row) if row.base and row.indicator.endswith(".change") else None
        if row.use and base and row.period and figures.measure(row) == "flow":
            lengths = _days(row.period), _days(base)
            if all(lengths) and abs(lengths[0] - lengths[1]) > LEEWAY:
                message = f"{row.period} is compared with {base}, which is of another length"
                yield figures.alarm("part-year", row, message)


def _days(period: Period) -> int:
    return (period.end.last - period.start.first).days + 1 if period.start and period.end else 0


def fiscal_years(data: Data, figures: Figures) -> Iterator[Alarm]:
    """Years that begin on another day than the fiscal year on record, and fiscal years told as calendar years."""
    for row in figures.rows:
        period = row.period
        if not (row.use and period and period.start and period.end):
            continue
        begins = {(year.month, year.day) for year in _fiscal_years(data, figures, row)}
        message = ""
        if _is_other_year(period) and begins and (period.start.first.month, period.start.first.day) not in begins:
            message = f"{period} is no fiscal year: on record it begins on {_listed(begins)}"
        elif period.is_year and FISCAL.search(row.note) and begins != {(1, 1)}:
            known = f"the fiscal year begins on {_listed(begins)}" if begins else "no fiscal year is on record"
            message = f"the note tells of a fiscal year, but {period} is a calendar year; {known}"
        if message:
            yield figures.alarm("fiscal", row, message)


def _is_other_year(period: Period) -> bool:
    """Whether it is twelve months that do not begin in January."""
    if not (period.start and period.end) or period.is_year:
        return False
    start, end = period.start.first, period.end.last
    months = (end.year - start.year) * TWELVE_MONTHS + end.month - start.month + 1
    exact = Day.of(end).last == end and months == TWELVE_MONTHS
    return start.month > 1 and (exact or months == TWELVE_MONTHS + 1) and abs(_days(period) - 365) <= LEEWAY


def _fiscal_years(data: Data, figures: Figures, row: Observation) -> Iterator[FiscalYear]:
    """The fiscal years of the reporter in that period; of the countries of the folder if it is not a country."""
    codes = [row.reporter] if row.reporter in data.countries else figures.place.split("-")
    assert row.period is not None
    last = row.period.last
    for code in codes:
        country = data.countries.get(code)
        for year in country.fiscal_year if country else ():
            begun = year.tenure.start is None or first_day(year.tenure, year.record) <= last
            if year.record.use and begun and last < day_after(year.tenure):
                yield year


def _listed(begins: set[tuple[int, int]]) -> str:
    return ", ".join(f"{month:02}-{day:02}" for month, day in sorted(begins))
