"""Checks of currencies by date: amounts in money that was no longer, or not yet, legal tender in the period."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from babel.core import get_global

from reports.facts.people import first_day
from reports.facts.profile_records import Currency
from reports.facts.records import Country, Data
from reports.facts.values import Amount
from reports.sources.alarms import Alarm
from reports.sources.arithmetic import Figures

Epoch = tuple[date, date]  # the first day, and the first day no longer


def currencies(data: Data, figures: Figures) -> Iterator[Alarm]:
    """Amounts in a currency that was not in use in the period: by the record of these countries, else by CLDR."""
    epochs = _on_record(data, figures.place)
    for row in figures.rows:
        if not (row.use and isinstance(row.value, Amount) and row.period):
            continue
        currency = row.value.currency
        first, after = epochs.get(currency) or _anywhere().get(currency, (date.min, date.max))
        begins = row.period.start.first if row.period.start else row.period.last
        if begins >= after:
            message = f"{currency} was no longer in use in {row.period}: it ended on {after}"
            yield figures.alarm("currency", row, message)
        elif row.period.last < first:
            message = f"{currency} was not yet in use in {row.period}: it came on {first}"
            yield figures.alarm("currency", row, message)


def _on_record(data: Data, place: str) -> Mapping[str, Epoch]:
    """The epochs of currencies of which a country of the place has the day of a change on record."""
    found: dict[str, Epoch] = {}
    for code in place.split("-"):
        country = data.countries.get(code)
        for record in _used(country) if country else ():
            start = first_day(record.tenure, record.record) if record.tenure.start else date.min
            end = record.tenure.end.first if record.tenure.end else date.max
            if record.tenure.start or record.tenure.end:
                found[record.code] = (start, end)
            if record.replaces and record.tenure.start:
                found[record.replaces] = (found.get(record.replaces, (date.min, start))[0], start)
    return found


def _used(country: Country) -> Iterator[Currency]:
    return (record for record in country.currency if record.record.use)


@cache
def _anywhere() -> Mapping[str, Epoch]:
    """For each currency from when until when it was legal tender in some country; what CLDR leaves open is open."""
    found: dict[str, list[Epoch]] = {}
    for rows in get_global("territory_currencies").values():
        for code, start, end, tender in rows:
            if tender:
                days = (date(*start) if start else date.min, date(*end) if end else date.max)
                found.setdefault(code, []).append(days)
    return {code: (min(first for first, _ in days), max(last for _, last in days)) for code, days in found.items()}
