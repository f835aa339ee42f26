"""Numbers in a common unit, for tables and charts: the digits as published, the decimal mark moved."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from reports.facts.figures import Figure
from reports.facts.rounding import arithmetic
from reports.facts.values import Amount, Count, Measure, Quantity
from reports.language import Language

# What stands for a value that there is none of, by SDMX OBS_STATUS: missing, not meaningful, suppressed.
SIGNS = {"O": "…", "M": "×", "Q": "c"}
SCALES = (0, 3, 6, 9, 12)


def scale_of(value: Quantity) -> int:
    """The power of ten that the value was published in; percent and times have none."""
    return value.scale if isinstance(value, Amount | Count | Measure) else 0


def unit_of(value: Quantity) -> str:
    """ISO 4217 code, km, km2 or t; empty for a count, percent and times."""
    match value:
        case Amount(currency=unit) | Measure(unit=unit):
            return unit
        case _:
            return ""


def common_scale(values: Iterable[Quantity]) -> int:
    """The scale (10^0, 10^3, 10^6, 10^9, 10^12) in which most of the values were published, the larger of two."""
    counted = Counter(max(scale for scale in SCALES if scale <= scale_of(value)) for value in values)
    return max(counted, key=lambda scale: (counted[scale], scale), default=0)


def scaled(digits: Decimal, by: int) -> Decimal:
    """The digits with the decimal mark moved: none lost and none added.

    >>> scaled(Decimal("36.5"), -3), scaled(Decimal("3.5"), 3), scaled(Decimal("440"), -1)
    (Decimal('0.0365'), Decimal('3500'), Decimal('44.0'))
    """
    moved = digits.scaleb(by, arithmetic())
    return moved.quantize(Decimal(1), context=arithmetic()) if moved == moved.to_integral_value() and by > 0 else moved


def in_scale(value: Quantity, scale: int) -> Decimal:
    """The value as a number of `scale` units."""
    return scaled(value.digits, scale_of(value) - scale)


def number(language: Language, value: Quantity, scale: int) -> str:
    """The value in the language's digits, without its unit: '0.0365', '>26', '350–400'."""
    upper = None if value.upper is None else scaled(value.upper, scale_of(value) - scale)
    return language.bare(in_scale(value, scale), upper, value.qualifier)


def statistic(figure: Figure) -> tuple[str, str]:
    """Whose statistics and which unit: figures of one series."""
    return figure.reporter, unit_of(figure.value) if figure.value else ""
