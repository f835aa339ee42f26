"""Figures in a currency that another has replaced, brought into the present one at the rate of the change.

Without that a series over the change would fall by 99.99 percent.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from reports.facts.figures import Figure
from reports.facts.people import first_day
from reports.facts.profile_records import Currency
from reports.facts.rounding import arithmetic, round_half_up
from reports.facts.standpoint import Standpoint
from reports.facts.values import Amount

MINOR = 2  # decimals of the minor unit of most currencies (ISO 4217); no finer sum exists


def changes_of_money(standpoint: Standpoint, *countries: str) -> tuple[Currency, ...]:
    """The currencies of these countries that had replaced another by the day, the earliest first."""
    found = (standpoint.data.countries.get(country) for country in countries)
    records = [currency for country in found if country for currency in country.currency]
    changed = [
        currency
        for currency in records
        if currency.replaces
        and currency.rate
        and standpoint.tells(currency.record)
        and first_day(currency.tenure, currency.record) <= standpoint.day
    ]
    return tuple(sorted(changed, key=lambda currency: first_day(currency.tenure, currency.record)))


def in_present_money(figure: Figure, changes: Iterable[Currency]) -> Figure:
    """The figure in the currency of the day, through every change since it was published; others as they are."""
    value = figure.value
    for change in changes:
        if isinstance(value, Amount) and value.currency == change.replaces:
            value = _changed(value, change)
    if value is figure.value:
        return figure
    formula, key = "a / rate of the change of currency", f"converted({figure.key})"
    return replace(figure, key=key, value=value, formula=formula, inputs=(figure.key,), converted=True)


def _changed(value: Amount, change: Currency) -> Amount:
    rate = Decimal(change.rate)
    digits = _divided(value.digits, rate, value.scale)
    upper = None if value.upper is None else _divided(value.upper, rate, value.scale)
    return replace(value, digits=digits, upper=upper, currency=change.code)


def _divided(digits: Decimal, rate: Decimal, scale: int) -> Decimal:
    """The digits over the rate: as many as were published, and no part of a minor unit."""
    quotient = arithmetic().divide(digits, rate)
    significant = len(digits.as_tuple().digits) - 1 - quotient.adjusted()
    return round_half_up(quotient, min(significant, MINOR + scale))
