"""Rows become figures: which vintage counts on the day, and whose statistics come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from reports.facts.figures import Figure
from reports.facts.intervals import unit_in_last_place, unit_of
from reports.facts.keys import Keys, base_of, default_unit
from reports.facts.records import Observation
from reports.facts.standpoint import Standpoint
from reports.facts.values import Period, Quantity


@dataclass(frozen=True, slots=True)
class Selection:
    """The figures that count, the headline of each indicator and period before its mirrors.

    `former` has, by key, the figure that the newest revision replaced; `awaited` the indicators of which
    something that was over by the day became known only after it.
    """

    figures: tuple[Figure, ...]
    former: Mapping[str, Figure]
    awaited: frozenset[str]


def select(rows: Iterable[Observation], keys: Keys, standpoint: Standpoint) -> Selection:
    """The figures of these rows as the standpoint sees them."""
    usable = [row for row in rows if standpoint.may_tell(row)]
    known = [row for row in usable if standpoint.known == "all" or row.known <= standpoint.counts or row.override]
    figures, former = [], {}
    for key, vintages in groupby(sorted(known, key=keys.key), keys.key):
        rows_of_key = list(vintages)
        if standpoint.revised and not any(row.known <= standpoint.day or row.override for row in rows_of_key):
            continue  # what was not known on the day is no revision
        winner, replaced = _newest(rows_of_key)
        figure = _figure(key, winner, standpoint)
        if replaced:
            former[key] = _figure(f"{key}#{replaced.known}", replaced, standpoint)
            is_news = winner.known > standpoint.last_edition
            figure = replace(figure, former=replaced.value if is_news else None)
        figures.append(figure)
    figures.sort(key=lambda figure: _rank(figure, keys, standpoint))
    have = {figure.key for figure in figures if not figure.early}
    awaited = (row for row in usable if _awaited(row, standpoint) and keys.key(row) not in have)
    return Selection(tuple(figures), former, frozenset(row.indicator for row in awaited))


def _awaited(row: Observation, standpoint: Standpoint) -> bool:
    """Whether a row became known after the day, but might have been known: its year or months were over."""
    runs = row.period and (row.period.is_year or row.period.is_part_of_year) and row.period.last > standpoint.day
    return row.known > standpoint.day and not runs


def _rank(figure: Figure, keys: Keys, standpoint: Standpoint) -> tuple[int, bool, str]:
    """Home country's statistics, the partner's, another's, an unnamed one's; the indicator's unit before others."""
    named = {standpoint.home: 0, standpoint.partner: 1, "": 3}
    other_unit = unit_of(figure.value) != default_unit(figure.indicator, keys.indicators)
    return named.get(figure.reporter, 2), figure.value is not None and other_unit, figure.key


def _figure(key: str, row: Observation, standpoint: Standpoint) -> Figure:
    return Figure(
        key=key,
        indicator=row.indicator,
        value=row.value,
        period=row.period or Period(None, None, said=row.known),
        item=row.item,
        status=row.status,
        reporter=row.reporter,
        sources=row.sources,
        known=row.known,
        remark=row.remark,
        early=row.known > standpoint.counts and not row.override,
        base=base_of(row),
        signed=row.signed,
        override=row.override,
    )


# ---------------------------------------------------------------- vintages


def _newest(vintages: list[Observation]) -> tuple[Observation, Observation | None]:
    """The vintage that counts, and the one that it revised, if any. What came with the order counts before all."""
    if given := [row for row in vintages if row.override]:
        return max(given, key=_age), None
    winner, *later = sorted(vintages, key=_age)
    replaced = None
    for row in later:
        if not _confirms(row, winner):
            winner, replaced = row, None if _same_number(row, winner) else winner
    return winner, replaced


def _age(row: Observation) -> tuple[object, ...]:
    """Older first; on one day the less exact first."""
    exactness = -unit_in_last_place(_plain(row.value)).adjusted() if row.value else 0
    return row.known, row.value is not None and not _vague(row.value), exactness, row.where


def _confirms(newer: Observation, older: Observation) -> bool:
    """Whether a newer row only repeats an older one, so that the older one still counts."""
    if newer.value is None or older.value is None:
        return False
    if newer.value == older.value:
        return set(newer.status) == set(older.status) and newer.remark in ("", older.remark)
    return repeats(newer.value, older.value)


def _same_number(newer: Observation, older: Observation) -> bool:
    if newer.value is None or older.value is None:
        return newer.value is older.value
    return newer.value.exact == older.value.exact and newer.value.upper == older.value.upper


def repeats(newer: Quantity, older: Quantity) -> bool:
    """Whether `newer` says the exact `older` less exactly: 44 or over 40 after 43.82.

    The zeros at the end of a whole number are read as rounding: 440 after 438.2.
    """
    if _vague(older) or unit_of(newer) != unit_of(older):
        return False
    fewer_digits = unit_in_last_place(_plain(newer)) > unit_in_last_place(older.exact)
    if not (_vague(newer) or fewer_digits or newer.exact == older.exact):
        return False
    low, high = _meant(newer)
    return low <= older.exact <= high


def _vague(value: Quantity) -> bool:
    return bool(value.qualifier) or value.upper is not None


def _plain(value: Quantity) -> Decimal:
    """The number without the zeros at the end of a whole number: 44E1 for 440, but 5.0 as it is."""
    exact = value.exact
    return exact.normalize() if exact and unit_in_last_place(value.digits) >= 1 else exact


def _meant(value: Quantity) -> tuple[Decimal, Decimal]:
    """From where to where the words of a source may mean; 'over 40' is not said of 50."""
    number = _plain(value)
    unit, size = unit_in_last_place(number), Decimal(1).scaleb(number.adjusted() if number else 0)
    if value.upper is not None:
        return number, replace(value, digits=value.upper).exact
    match value.qualifier:
        case "over":
            return number, number + size
        case "under":
            return number - size, number
        case "nearly":
            return number - unit, number
        case "about":
            return number - unit, number + unit
        case _:
            return number - unit / 2, number + unit / 2
