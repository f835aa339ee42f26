"""Published digits as intervals, and arithmetic that keeps what they leave sure.

5.4 billion stands for all from 5.35 to 5.45 billion. A count in ones and a true zero are exact. 'About' and
'nearly' are one unit of the last digit off at most; 'over' and 'under' have no other end, so nothing follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from reports.facts.rounding import arithmetic, round_half_up, sure_digits
from reports.facts.values import Amount, Count, Measure, Percent, Quantity

Sized = Amount | Count | Measure  # what can be added up: no percentages, no factors
NOTHING = "N"  # SDMX: below half a unit of the last digit


@dataclass(frozen=True, slots=True)
class Interval:
    """What published digits stand for; `loose` if the source itself said 'about'."""

    low: Decimal
    value: Decimal
    high: Decimal
    loose: bool = False


def unit_of(value: Quantity | None) -> str:
    """The unit as the data folder writes it: a currency, percent, times, km2; empty for a count and for nothing.

    >>> unit_of(Amount(Decimal(5), 9, "USD")), unit_of(Percent(Decimal(3))), unit_of(Count(Decimal(178)))
    ('USD', 'percent', '')
    """
    match value:
        case Amount():
            return value.currency
        case Measure():
            return value.unit
        case Count() | None:
            return ""
        case Percent():
            return "percent"
        case _:
            return "times"


def unit_in_last_place(number: Decimal) -> Decimal:
    """The worth of one unit of the last digit: 10^8 for 5.4 billion."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "published digits are finite"
    return Decimal(1).scaleb(exponent)


def interval(value: Quantity, status: str = "") -> Interval | None:
    """What the digits stand for, in ones; None if they have no other end.

    >>> interval(Amount(Decimal("5.4"), 9, "USD")) == Interval(Decimal("5.35E9"), Decimal("5.4E9"), Decimal("5.45E9"))
    True
    """
    number, unit = value.exact, unit_in_last_place(value.exact)
    if value.upper is not None:
        return _range(value)
    if value.qualifier in ("over", "under"):
        return None
    if value.qualifier:
        return Interval(number - unit, number, number + unit if value.qualifier == "about" else number, loose=True)
    if NOTHING in status:
        return Interval(number, number, number + unit / 2)
    if not number or (isinstance(value, Count) and not value.scale and unit == 1):
        return Interval(number, number, number)
    return Interval(number - unit / 2, number, number + unit / 2)


def _range(value: Quantity) -> Interval | None:
    assert value.upper is not None
    if value.qualifier in ("over", "under"):
        return None
    low, high = value.exact, replace(value, digits=value.upper).exact
    return Interval(low, (low + high) / 2, high, loose=True)


def difference(left: Sized, right: Sized, statuses: tuple[str, str] = ("", "")) -> Sized | None:
    """left - right to the last digit that both have, in the scale of the coarser; None if the sign is not sure.

    >>> difference(Amount(Decimal("520.5"), 6, "USD"), Amount(Decimal("424.5"), 6, "USD"))
    Amount(digits=Decimal('96.0'), scale=6, currency='USD', qualifier='', upper=None)
    >>> difference(Amount(Decimal("36.5"), 3, "USD"), Amount(Decimal("19.5"), 6, "USD")).digits
    Decimal('-19.5')
    """
    a, b = interval(left, statuses[0]), interval(right, statuses[1])
    if a is None or b is None:
        return None
    low, high, value = a.low - b.high, a.high - b.low, a.value - b.value
    if low <= 0 <= high and low != high:
        return None
    coarser = max((left, right), key=lambda side: (_place(side), side.scale) if side.exact else (-99, 0))
    digits = round_half_up(value.scaleb(-coarser.scale), max(coarser.scale - _place(coarser), 0))
    return replace(coarser, digits=digits, qualifier="about" if a.loose or b.loose else "", upper=None)


def summed(values: Sequence[Sized], statuses: Sequence[str]) -> Sized | None:
    """The sum to the last digit that all have; None where a value has no other end, and so the sum.

    >>> summed([Amount(Decimal("10.0"), 9, "USD"), Amount(Decimal("20.04"), 9, "USD")], ["", ""]).digits
    Decimal('30.0')
    """
    stands = [interval(value, status) for value, status in zip(values, statuses, strict=True)]
    bounded = [found for found in stands if found]
    if not values or len(bounded) < len(stands):
        return None
    coarser = max(values, key=lambda side: (_place(side), side.scale) if side.exact else (-99, side.scale))
    whole = sum((found.value for found in bounded), Decimal(0))
    digits = round_half_up(whole.scaleb(-coarser.scale), max(coarser.scale - _place(coarser), 0))
    loose = any(found.loose for found in bounded)
    return replace(coarser, digits=digits, qualifier="about" if loose else "", upper=None)


def _place(value: Quantity) -> int:
    """The power of ten of the last digit.

    >>> _place(Amount(Decimal("5.4"), 9, "USD"))
    8
    """
    return unit_in_last_place(value.exact).adjusted()


def growth(now: Interval, before: Interval) -> Percent | None:
    """How much more than `before`, in percent, with the sure digits; None if there are none.

    >>> growth(interval(Amount(Decimal("4.9"), 9, "USD")), interval(Amount(Decimal("5.4"), 9, "USD")))
    Percent(digits=Decimal('-9'), qualifier='about', upper=None)
    """
    return _percent(now, before, less=1)


def proportion(part: Interval, whole: Interval) -> Percent | None:
    """The part in percent of the whole; what is less than all of it never prints as 100 %.

    >>> proportion(interval(Amount(Decimal("19.5"), 6, "USD")), interval(Amount(Decimal("19.54"), 6, "USD")))
    Percent(digits=Decimal('100'), qualifier='nearly', upper=None)
    """
    share = _percent(part, whole, less=0)
    if share and share.digits == 100 and part.value < whole.value:  # noqa: PLR2004  all of it
        return Percent(Decimal(100), "nearly")
    return share


def _percent(over: Interval, under: Interval, less: int) -> Percent | None:
    if under.low <= 0:
        return None
    context = arithmetic()
    corners = [(context.divide(a, b) - less) * 100 for a, b in product((over.low, over.high), (under.low, under.high))]
    sure = sure_digits((context.divide(over.value, under.value) - less) * 100, min(corners), max(corners))
    if sure is None:
        return None
    digits, is_sure = sure
    return Percent(digits, "" if is_sure and not (over.loose or under.loose) else "about")
