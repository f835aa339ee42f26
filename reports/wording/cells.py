"""Numbers in a common unit, for tables and charts: the digits as published, the decimal mark moved."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from reports.facts.figures import Figure
from reports.facts.rounding import arithmetic, round_half_up
from reports.facts.values import Amount, Count, Measure, Quantity
from reports.language import Language

# What stands for a value that there is none of, by SDMX OBS_STATUS: missing, not meaningful, suppressed.
SIGNS = {"O": "…", "M": "×", "Q": "c"}
SCALES = (0, 3, 6, 9, 12)
LEAST_DIGITS = 3


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


def decimals(values: Iterable[Quantity], scale: int) -> int:
    """The most decimals that values published in this scale or a coarser one have; -1 if there is none."""
    coarse = (in_scale(value, scale) for value in values if scale_of(value) >= scale)
    return max((-_exponent(digits) for digits in coarse), default=-1)


def shown(value: Quantity, scale: int, most: int = -1) -> Decimal:
    """The value as a number of `scale` units, as its neighbours are: one brought up from a finer unit shows no more
    decimals than they do (`most`, -1: all), but three digits at least. House rule; rounded half up.

    >>> shown(Amount(Decimal(1234567), 3, "USD"), 6, 1), shown(Amount(Decimal("36.5"), 3, "USD"), 6, 2)
    (Decimal('1234.6'), Decimal('0.0365'))
    """
    exact = in_scale(value, scale)
    if most < 0 or scale_of(value) >= scale or not exact:
        return exact
    places = max(most, LEAST_DIGITS - 1 - exact.adjusted())
    return round_half_up(exact, places) if -_exponent(exact) > places else exact


def _exponent(digits: Decimal) -> int:
    exponent = digits.as_tuple().exponent
    assert isinstance(exponent, int), "published digits are finite"
    return exponent


def number(language: Language, value: Quantity, scale: int, most: int = -1) -> str:
    """The value in the language's digits, without its unit: '0.0365', '>26', '350–400'."""
    upper = None if value.upper is None else scaled(value.upper, scale_of(value) - scale)
    return language.bare(shown(value, scale, most), upper, value.qualifier)


def statistic(figure: Figure) -> tuple[str, str]:
    """Whose statistics and which unit: figures of one series."""
    return figure.reporter, unit_of(figure.value) if figure.value else ""
