"""A pair of countries seen from its second: what is export for the one is import for the other."""

from dataclasses import replace

from reports.facts.records import Observation, Pair

# Each stands for all that begins with it: trade.exports.change is the second country's trade.imports.change.
OPPOSITES = (
    ("trade.exports", "trade.imports"),
    ("trade.services.exports", "trade.services.imports"),
    ("fdi.inflow.gross", "fdi.outflow.gross"),
    ("fdi.stock", "fdi.outward.stock"),
    ("fdi.cumulative", "fdi.outward.cumulative"),
)
ENTERPRISES, OUTWARD = "enterprises.", "enterprises.outward."
REMARKS = {"mainly_imports": "mainly_exports", "mainly_exports": "mainly_imports"}
# What is true of one side alone, and has no name seen from the other: citizens of the second in the first, duty on
# goods of the first in the second; a rank or share without an item, which is among all partners of the first.
ONE_SIDED = ("residents", "tariff.rate", "transport.transit")
AMONG_PARTNERS = (".rank", ".share")


def opposite(indicator: str) -> str:
    """The name of the same flow or stock seen from the other side.

    >>> [opposite(name) for name in ("trade.imports.share", "fdi.stock", "enterprises.outward.joint", "trade.turnover")]
    ['trade.exports.share', 'fdi.outward.stock', 'enterprises.joint', 'trade.turnover']
    """
    for one, other in (*OPPOSITES, *((other, one) for one, other in OPPOSITES)):
        if indicator == one or indicator.startswith(f"{one}."):
            return other + indicator.removeprefix(one)
    if indicator.startswith(OUTWARD):
        return ENTERPRISES + indicator.removeprefix(OUTWARD)
    if indicator.startswith(ENTERPRISES):
        return OUTWARD + indicator.removeprefix(ENTERPRISES)
    return indicator


def seen_from(home: str, pair: Pair) -> tuple[Observation, ...]:
    """The observations of a pair with flows seen from `home`, one of the two."""
    if home == pair.first:
        return pair.observations
    return tuple(
        replace(row, indicator=opposite(row.indicator), remark=REMARKS.get(row.remark, row.remark))
        for row in pair.observations
        if not _one_sided(row)
    )


def _one_sided(row: Observation) -> bool:
    among_partners = not row.item and row.indicator.endswith(AMONG_PARTNERS)
    return among_partners or row.indicator.startswith(ONE_SIDED)
