"""Figures and texts of a ledger made into values again: what an edition said, without the data that it said it from.

A ledger may come from a file that somebody touched: what cannot be read is None, never an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.document import FigureRecord
from reports.facts.figures import Figure
from reports.facts.keys import UNNAMED
from reports.facts.people import AMBASSADOR
from reports.facts.records import Data
from reports.facts.values import (
    Amount,
    Count,
    Day,
    Days,
    Entry,
    Measure,
    Official,
    Percent,
    Period,
    Qualifier,
    Quantity,
    Times,
)

KEY = re.compile(
    r"(?:(?P<country>[A-Z][A-Z0-9-]*):)?(?P<indicator>[a-z_.]+)(?:/(?P<item>[^@~!*]+))?(?:@(?P<period>[^~!*]+))?"
    r"(?:~(?P<base>[^!*]+))?(?:!(?P<unit>[^*]+))?(?:\*(?P<reporter>.+))?"
)
SAID = re.compile(r"(?P<period>.*)\((?P<said>\d{4}-\d\d-\d\d)\)")
DIGITS = re.compile(r"(?P<low>-?[0-9]{1,30}(?:\.[0-9]{1,30})?)(?:\.\.(?P<high>-?[0-9]{1,30}(?:\.[0-9]{1,30})?))?")
MOST_ZEROS = 30  # the highest power of ten that is taken for one
MEASURES = ("km", "km2", "t")
SAME_INDICATOR = ("converted", "total")  # derived figures that are of the indicator of their first input
BALANCE = "balance", "trade.balance"


@dataclass(frozen=True, slots=True)
class Key:
    """The parts of a key, as reports.facts.keys writes them; `reporter` None is the home country.

    `aspect` is what is told of the indicator: change, share, target, rank, quantity; empty for the figure itself.
    """

    indicator: str
    aspect: str = ""
    country: str = ""
    item: str = ""
    period: str = ""
    base: str = ""
    unit: str = ""
    reporter: str | None = None


ASPECTS = {"change": "change", "change_percent": "change", "difference": "change"} | {
    name: name for name in ("share", "target", "rank", "quantity")
}


def key_of(key: str, record: FigureRecord) -> Key | None:
    """What a figure is of, by its key; of a derived one by that of its first input. None for other keys.

    >>> key_of("trade.exports/HS27@2024", FigureRecord("1", 6, "USD", "2024"))
    Key(indicator='trade.exports', aspect='', country='', item='HS27', period='2024', base='', unit='', reporter=None)
    """
    name, bracket, _ = key.partition("(")
    derived = bool(bracket) and name.isidentifier()
    if derived and not record.inputs:
        return None
    found = KEY.fullmatch(record.inputs[0] if derived else key)
    if not found:
        return None
    indicator, aspect = _aspect(found["indicator"])
    if derived and name == BALANCE[0]:
        indicator = BALANCE[1]
    elif derived and name not in SAME_INDICATOR:
        aspect = ASPECTS.get(name, name)
    parts = {part: found[part] or "" for part in ("country", "item", "period", "base", "unit")}
    return Key(indicator, aspect, reporter=found["reporter"], **parts)


def _aspect(indicator: str) -> tuple[str, str]:
    """The indicator and what its suffix asks of it."""
    stem, _, suffix = indicator.rpartition(".")
    return (stem, ASPECTS[suffix]) if stem and suffix in ASPECTS and stem != "language" else (indicator, "")


def figure_of(key: str, record: FigureRecord, home: str, sources: Mapping[str, object]) -> Figure | None:
    """The figure that a record was made from, with those of its sources that there still are; None if it is none."""
    parts, value, period = key_of(key, record), quantity_of(record), period_of(record.period)
    if parts is None or value is None or period is None:
        return None
    reporter = home if parts.reporter is None else parts.reporter
    return Figure(
        key=key,
        indicator=parts.indicator,
        value=value,
        period=period,
        item=parts.item,
        status=record.status,
        reporter="" if reporter == UNNAMED else reporter,
        sources=tuple(source for source in record.sources if source in sources),
        known=day_of(record.vintage),
        formula=record.formula,
        inputs=record.inputs,
        base=parts.base,
        signed=record.signed,
        override=record.override,
    )


# ---------------------------------------------------------------- values


def quantity_of(record: FigureRecord) -> Quantity | None:  # noqa: PLR0911  one line a type
    """The value of a record; None if it has none, or is a text.

    >>> quantity_of(FigureRecord("350..400", 6, "USD", "2024", qualifier="about"))
    Amount(digits=Decimal('350'), scale=6, currency='USD', qualifier='about', upper=Decimal('400'))
    """
    found = DIGITS.fullmatch(record.value)
    if not found or not 0 <= record.multiplier <= MOST_ZEROS:
        return None
    digits, upper = Decimal(found["low"]), Decimal(found["high"]) if found["high"] else None
    qualifier = _qualifier(record.qualifier)
    match record.unit:
        case "percent":
            return Percent(digits, qualifier, upper)
        case "times":
            return Times(digits, qualifier, upper)
        case "" | "count":
            return Count(digits, record.multiplier, qualifier, upper)
        case unit if unit in MEASURES:
            return Measure(digits, record.multiplier, unit, qualifier, upper)
        case unit if re.fullmatch("[A-Z]{3}", unit):
            return Amount(digits, record.multiplier, unit, qualifier, upper)
        case _:
            return None


def _qualifier(text: str) -> Qualifier:
    match text:
        case "over" | "about" | "nearly" | "under":
            return text
        case _:
            return ""


def period_of(text: str) -> Period | None:
    """The period of a record; open at both ends where none is stated, None if it is no period."""
    if text == "..":
        return Period(None, None)
    found = SAID.fullmatch(text)
    try:
        return Period.parse(found["period"], date.fromisoformat(found["said"])) if found else Period.parse(text)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """The date of an ISO day; None if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def calendar_day(text: str) -> Day | Days | None:
    """A day, a month, a year, or from one day to another, as records write it; None if it is none."""
    first, slash, last = text.partition("/")
    try:
        days = [Day(*map(int, part.split("-"))) for part in ((first, last) if slash else (first,))]
        for day in days:
            day.first  # noqa: B018  raises ValueError for 30 February
    except (ValueError, TypeError):
        return None
    return Days(days[0], days[1]) if slash else days[0]


# ---------------------------------------------------------------- people


def officials(data: Data) -> Mapping[str, Official]:
    """Everybody in the data by title and name as a ledger has them: 'Grand Duke Henri'."""
    female = {name: {"f": True, "m": False}.get(person.sex) for name, person in data.people.items()}
    found = {
        f"{office.title} {office.person}": Official(
            Entry("title", office.title, office.record.where),
            Entry("person", office.person, office.record.where),
            country.code,
            female.get(office.person),
        )
        for country in data.countries.values()
        for office in country.offices
    }
    envoys = (envoy for pair in data.pairs.values() for envoy in pair.relations.ambassadors)
    for envoy in envoys:
        person = Entry("person", envoy.person, envoy.record.where)
        called = f"{AMBASSADOR.text} {envoy.person}"
        found[called] = Official(AMBASSADOR, person, envoy.of, female.get(envoy.person))
    return found


def said_by_name(text: str, known: Mapping[str, Official]) -> Official | Entry:
    """The person of a ledger with a title; one whom the data no longer have as a plain text."""
    return known.get(text) or Entry("person", text)
