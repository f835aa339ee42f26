"""What is odd about one row of a series of years: jumps, other units, flows the wrong way round, the future as past."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from reports.facts.intervals import unit_of
from reports.facts.records import Observation
from reports.facts.values import Part, Period
from reports.sources.alarms import Alarm
from reports.sources.arithmetic import Figures

JUMP = Decimal(8)  # between neighbours of a series: a scale misread by three powers of ten, a digit too many
FORECAST = "F"  # SDMX OBS_STATUS
TARGET = "target"
FARTHEST = 3  # years between neighbours of a series
SWAPPED = Decimal(3)  # exports and imports each change as many times, and crosswise by far less
STEADY = Decimal("1.5")

Key = tuple[str, ...]
Series = Mapping[Key, list[Observation]]


def jumps(figures: Figures) -> Iterator[Alarm]:
    """Levels of neighbouring years, of one maker and unit, one of which is many times the other."""
    for rows in _series(figures, lambda row: (row.indicator, row.item, unit_of(row.value), row.reporter)).values():
        for odd, before, after in _odd(rows, _leaps):
            said = f"{_said(before)} in {before.period}, {_said(after)} in {after.period}"
            yield figures.alarm("jump", odd, f"{said}: a thousand for a million, or a digit too many?")


def units(figures: Figures) -> Iterator[Alarm]:
    """Levels of neighbouring years, of one maker, that are in different units."""
    for rows in _series(figures, lambda row: (row.indicator, row.item, row.reporter)).values():
        used = defaultdict(set)
        for row in rows:
            used[str(row.period)].add(unit_of(row.value))
        one_a_period = list({str(row.period): row for row in reversed(rows)}.values())[::-1]

        def differ(one: Observation, other: Observation, used: Mapping[str, set[str]] = used) -> bool:
            return not used[str(one.period)] & used[str(other.period)]

        for odd, before, after in _odd(one_a_period, differ):
            said = f"{_said(before)} in {before.period}, {_said(after)} in {after.period}"
            yield figures.alarm("unit", odd, f"{said}: does the page change its unit?")


def _series(figures: Figures, key: Callable[[Observation], Key]) -> Series:
    """The newest vintage of each level, by key and by shape of the period, in the order of years."""
    newest: dict[Key, Observation] = {}
    for row in sorted(figures.rows, key=lambda row: row.known):
        closed = bool(row.period and row.period.start and row.period.end)
        if row.use and row.value is not None and closed and not row.indicator.endswith((".change", ".rank")):
            newest[row.indicator, row.item, str(row.period), unit_of(row.value), row.reporter] = row
    found: dict[Key, list[Observation]] = defaultdict(list)
    for row in newest.values():
        assert row.period is not None
        found[(*key(row), _shape(row.period))].append(row)
    return {name: sorted(rows, key=lambda row: row.period.last if row.period else row.known)
            for name, rows in found.items()}  # fmt: skip


def _shape(period: Period) -> str:
    """The period without its year: the same for all that are compared from year to year."""
    assert period.start
    assert period.end
    start, end = (replace(part, year=part.year - period.end.year) for part in (period.start, period.end))
    return f"{start}/{end}"


def _odd(
    rows: Sequence[Observation], apart: Callable[[Observation, Observation], bool]
) -> Iterator[tuple[Observation, Observation, Observation]]:
    """The rows that do not fit their neighbours, each with the two that were compared.

    Of two neighbours the later is told, unless those around them show that it is the earlier.
    """
    for index, (before, after) in enumerate(pairwise(rows), start=1):
        if not _near(before, after) or not apart(before, after):
            continue
        older, newer = rows[index - 2 : index - 1], rows[index + 1 : index + 2]
        if older and apart(older[0], before):
            if apart(older[0], after):
                yield after, before, after
            continue  # it was the one before, which has been told
        first = not older and newer and _near(after, newer[0]) and not apart(after, newer[0])
        yield (before if first else after), before, after


def _near(before: Observation, after: Observation) -> bool:
    return bool(before.period and after.period and (after.period.last.year - before.period.last.year) <= FARTHEST)


def _leaps(before: Observation, row: Observation) -> bool:
    return _times(_exact(row), _exact(before)) >= JUMP


def _times(one: Decimal, other: Decimal) -> Decimal:
    """How many times the larger is the smaller; 0 if one of them is nothing."""
    large, small = max(abs(one), abs(other)), min(abs(one), abs(other))
    return large / small if small else Decimal(0)


def _exact(row: Observation) -> Decimal:
    return row.value.exact if row.value is not None else Decimal(0)


def _said(row: Observation) -> str:
    return f"{_exact(row):,f} {unit_of(row.value)}".strip()


def swaps(figures: Figures) -> Iterator[Alarm]:
    """Exports and imports that fit the year before if each is taken for the other."""
    by_flow = _series(figures, lambda row: (row.indicator, row.item, unit_of(row.value), row.reporter))
    for (indicator, *rest), exports in by_flow.items():
        stem, _, flow = indicator.rpartition(".")
        if flow != "exports":
            continue
        imports = {str(row.period): row for row in by_flow.get((f"{stem}.imports", *rest), [])}
        both = [(row, imports[str(row.period)]) for row in exports if str(row.period) in imports]
        for before, after in pairwise(both):
            if _near(before[0], after[0]) and _are_swapped(before, after):
                said = f"exports {_said(before[0])} and imports {_said(before[1])} in {before[0].period}"
                now = f"exports {_said(after[0])} and imports {_said(after[1])} in {after[0].period}"
                yield figures.alarm("swap", after[0], f"{said}, but {now}: the wrong way round?")


def _are_swapped(before: tuple[Observation, Observation], after: tuple[Observation, Observation]) -> bool:
    straight = [_times(_exact(one), _exact(other)) for one, other in zip(before, after, strict=True)]
    across = [_times(_exact(one), _exact(other)) for one, other in zip(before, reversed(after), strict=True)]
    return min(straight) >= SWAPPED and min(across) > 0 and max(across) <= STEADY


def untimely(figures: Figures) -> Iterator[Alarm]:
    """Figures of a period that had not begun when they became known, and are neither forecasts nor targets."""
    for row in figures.rows:
        told = row.use and row.value is not None and FORECAST not in row.status and TARGET not in row.indicator
        start: Part | None = row.period.start if row.period else None
        if told and start and start.first > row.known:
            message = f"{row.period} begins after {row.known}, the day of the source, and is told as past"
            yield figures.alarm("future", row, message)
