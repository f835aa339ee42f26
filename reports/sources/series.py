"""What is odd about figures by themselves: jumps in a series, shares of more than all, the future told as past."""

from collections.abc import Iterator
from decimal import Decimal

from reports.facts.intervals import unit_of
from reports.facts.records import Observation
from reports.facts.values import Percent
from reports.sources.arithmetic import Alarm, Figures

JUMP = Decimal(8)  # between neighbours of a series: a scale misread by three powers of ten, a digit too many
FORECAST = "F"  # SDMX OBS_STATUS
TARGET = "target"


def jumps(figures: Figures) -> Iterator[Alarm]:
    """Levels of neighbouring years, of one maker and unit, one of which is many times the other."""
    newest: dict[tuple[str, ...], Observation] = {}
    for row in sorted(figures.rows, key=lambda row: row.known):
        if row.use and row.value is not None and row.period and not row.indicator.endswith(".change"):
            newest[row.indicator, row.item, str(row.period), unit_of(row.value), row.reporter] = row
    for (indicator, item, _, unit, reporter), row in newest.items():
        closed = row.period is not None and row.period.start is not None and row.period.end is not None
        earlier = str(row.period.year_before) if row.period is not None and closed else ""
        before = newest.get((indicator, item, earlier, unit, reporter))
        if before and _leaps(row, before):
            said = f"{_said(before)} in {before.period}, {_said(row)} in {row.period}"
            yield figures.alarm("jump", row, f"{said}: a thousand for a million, or a digit too many?")


def _leaps(row: Observation, before: Observation) -> bool:
    assert row.value is not None
    assert before.value is not None
    now, then = abs(_exact(row)), abs(_exact(before))
    return bool(now and then) and max(now, then) / min(now, then) >= JUMP


def _exact(row: Observation) -> Decimal:
    value = row.value
    exact: Decimal = getattr(value, "exact", getattr(value, "digits", Decimal(0)))
    return exact


def _said(row: Observation) -> str:
    return f"{_exact(row):,f} {unit_of(row.value)}".strip()


def shares(figures: Figures) -> Iterator[Alarm]:
    """Parts of a whole that are more than the whole, or less than nothing."""
    for row in figures.rows:
        share = row.indicator.rpartition(".")[2] == "share"
        if row.use and share and isinstance(row.value, Percent) and not 0 <= row.value.digits <= 100:  # noqa: PLR2004
            yield figures.alarm("share", row, f"{_said(row)} is no part of a whole")


def untimely(figures: Figures) -> Iterator[Alarm]:
    """Figures of a period that had not begun when they became known, and are neither forecasts nor targets."""
    for row in figures.rows:
        told = row.use and row.value is not None and FORECAST not in row.status and TARGET not in row.indicator
        begins = row.period.start.first if row.period and row.period.start else None
        if told and begins and begins > row.known:
            message = f"{row.period} begins after {row.known}, the day of the source, and is told as past"
            yield figures.alarm("future", row, message)
