"""Rounding once, half away from zero, on exact decimals; and which digits the rounding of inputs leaves sure."""

from decimal import ROUND_HALF_UP, Context, Decimal

FINEST = -1  # percentages are printed with one decimal at most
SURE, ABOUT = True, False


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value with so many decimals; -1 rounds to tens. Never a negative zero.

    >>> [str(round_half_up(Decimal(text), 2)) for text in ("0.125", "-0.125", "1.005", "-0.004")]
    ['0.13', '-0.13', '1.01', '0.00']
    >>> str(round_half_up(Decimal(125), -1))
    '130'
    """
    context = arithmetic()
    rounded = value.quantize(Decimal(1).scaleb(-places), context=context)
    return (rounded if places >= 0 else rounded.quantize(Decimal(1), context=context)) if rounded else abs(rounded)


def arithmetic() -> Context:
    """Enough digits for any figure, whatever the thread's own context is."""
    return Context(prec=60, rounding=ROUND_HALF_UP)


def sure_digits(value: Decimal, low: Decimal, high: Decimal) -> tuple[Decimal, bool] | None:
    """The digits of a value between `low` and `high` that may be printed, and whether they are sure.

    Digits are sure if the whole interval rounds to them. Failing that, the value is said with 'about' to the
    finest place at which it is at most two units off. None if the error reaches half of the value, and so if the
    sign is not sure.

    >>> sure_digits(Decimal("22.615"), Decimal("22.59"), Decimal("22.64"))
    (Decimal('22.6'), True)
    >>> sure_digits(Decimal("-9.26"), Decimal("-11.01"), Decimal("-7.48"))
    (Decimal('-9'), False)
    >>> sure_digits(Decimal("-4.8"), Decimal("-13.4"), Decimal("4.0"))
    """
    if low == high == 0:
        return Decimal(0), SURE
    finest = min(FINEST, value.adjusted())
    for place in range(finest, 1):
        digits = round_half_up(value, -place)
        if digits and round_half_up(low, -place) == digits == round_half_up(high, -place):
            return digits, SURE
    return _about(value, max(high - value, value - low), finest)


def _about(value: Decimal, error: Decimal, finest: int) -> tuple[Decimal, bool] | None:
    if 2 * error >= abs(value):
        return None
    for place in range(finest, value.adjusted() + 1):
        if error <= 2 * Decimal(1).scaleb(place):
            return round_half_up(value, -place), ABOUT
    return None
