"""Parts of a whole: shares of more than all, products that are more than the flow they belong to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reports.facts.intervals import interval, unit_of
from reports.facts.records import Observation
from reports.facts.values import Percent
from reports.sources.alarms import Alarm
from reports.sources.arithmetic import Figures

HUNDRED = Decimal(100)
NO_PARTS = (".change", ".rank", ".share", ".target", ".quantity")
Key = tuple[str, ...]


def shares(figures: Figures) -> Iterator[Alarm]:
    """Parts of a whole that are more than the whole, or less than nothing."""
    for row in figures.rows:
        share = row.indicator.rpartition(".")[2] == "share"
        if row.use and share and isinstance(row.value, Percent) and not 0 <= row.value.digits <= HUNDRED:
            yield figures.alarm("share", row, f"{row.value.digits} percent is no part of a whole")


def shares_together(figures: Figures) -> Iterator[Alarm]:
    """Shares of one flow and period that come to more than 100 by more than rounding, told at the last of them.

    Of languages, of which a person may speak several, nothing follows.
    """
    groups: dict[Key, list[Observation]] = defaultdict(list)
    for row in figures.rows:
        if row.use and row.item and row.indicator.endswith(".share") and figures.measure(row) == "flow":
            groups[row.indicator, str(row.period), row.reporter].append(row)
    for rows in groups.values():
        parts = _outermost(rows)
        least = sum(map(_least, parts), Decimal(0))
        if len(parts) > 1 and least > HUNDRED:
            items = ", ".join(row.item for row in parts)
            yield figures.alarm("share", parts[-1], f"{items} come to more than {least:f} percent of {rows[0].period}")


def _outermost(rows: Sequence[Observation]) -> list[Observation]:
    """One row an item, the newest, without the items inside another: HS2709 is a part of HS27."""
    newest: dict[str, Observation] = {}
    for row in sorted((row for row in rows if row.value is not None), key=lambda row: row.known):
        newest[row.item] = row
    inside = {item for item in newest for other in newest if item != other and item.startswith(other)}
    found = [row for item, row in newest.items() if item not in inside]
    return sorted(found, key=lambda row: int(row.where.rpartition(":")[2] or 0))


def _least(row: Observation) -> Decimal:
    found = interval(row.value, row.status) if row.value else None
    return found.low if found else Decimal(0)


def wholes(figures: Figures) -> Iterator[Alarm]:
    """Products that are more than the flow of the same period, unit and reporter: one alone, or all together."""
    totals: dict[Key, Observation] = {}
    parts: dict[Key, list[Observation]] = defaultdict(list)
    for row in sorted(figures.rows, key=lambda row: row.known):
        if row.use and row.value is not None and not row.indicator.endswith(NO_PARTS) and row.period:
            key = (row.indicator, str(row.period), unit_of(row.value), row.reporter)
            if row.item:
                parts[key].append(row)
            else:
                totals[key] = row
    yield from _beyond(figures, parts, totals)


def _beyond(
    figures: Figures, parts: Mapping[Key, Sequence[Observation]], totals: Mapping[Key, Observation]
) -> Iterator[Alarm]:
    for key, rows in parts.items():
        total = totals.get(key)
        whole = interval(total.value, total.status) if total and total.value else None
        if total is None or whole is None or figures.measure(total) != "flow":
            continue
        beyond = [row for row in rows if _least(row) > whole.high]
        for row in beyond:
            yield figures.alarm("whole", row, f"{row.item} alone is more than all of {row.indicator} ({total.where})")
        outermost = _outermost(rows)
        least = sum(map(_least, outermost), Decimal(0))
        if not beyond and least > whole.high:
            message = f"the products come to more than {least:,f}, all to {whole.value:,f} ({total.where})"
            yield figures.alarm("whole", outermost[-1], message)
