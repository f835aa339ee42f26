"""Values written as text: for `say --set`, and the hard samples of templates/values.toml."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast, get_args

from reports.document import Run
from reports.errors import Problem, UnknownChoice, WordingError
from reports.facts.values import (
    Amount,
    Count,
    Day,
    Days,
    Entry,
    EntryKind,
    ListOf,
    Measure,
    Name,
    Official,
    Percent,
    Period,
    Qualifier,
    Quantity,
    Term,
    Times,
    Value,
)
from reports.wording.pieces import Pieces

NUMBER = re.compile(
    r"(?P<qualifier>over|about|nearly|under)?\s?(?P<digits>-?\d+(?:\.\d+)?)(?:\.\.(?P<upper>\d+(?:\.\d+)?))?(?:e(?P<scale>\d+))?"
)
KINDS = get_args(EntryKind)


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of a number as typed: over 13.6e6, 350..400."""

    digits: Decimal
    scale: int
    qualifier: Qualifier
    upper: Decimal | None

    @classmethod
    def parse(cls, text: str) -> "Number":
        """A number as typed; ValueError if it is none."""
        found = NUMBER.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is no number")
        upper = Decimal(found["upper"]) if found["upper"] else None
        return cls(Decimal(found["digits"]), int(found["scale"] or 0), _qualifier(found["qualifier"]), upper)


def _qualifier(text: str | None) -> Qualifier:
    match text:
        case "over" | "about" | "nearly" | "under":
            return text
        case _:
            return ""


def _amount(text: str) -> Quantity:
    number, _, currency = text.partition(":")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise ValueError(f"{currency!r} is no currency code")
    said = Number.parse(number)
    return Amount(said.digits, said.scale, currency, said.qualifier, said.upper)


def _measure(text: str) -> Quantity:
    number, _, unit = text.partition(":")
    said = Number.parse(number)
    return Measure(said.digits, said.scale, unit, said.qualifier, said.upper)


def _count(text: str) -> Quantity:
    said = Number.parse(text)
    return Count(said.digits, said.scale, said.qualifier, said.upper)


def _percent(text: str) -> Quantity:
    said = Number.parse(text)
    return Percent(said.digits, said.qualifier, said.upper)


def _times(text: str) -> Quantity:
    said = Number.parse(text)
    return Times(said.digits, said.qualifier, said.upper)


def _day(text: str) -> Value:
    first, _, last = text.partition("/")
    days = [Day(*map(int, part.split("-"))) for part in (first, last) if part]
    for day in days:
        day.first  # noqa: B018  raises ValueError for 30 February
    return Days(days[0], days[1]) if last else days[0]


def _period(text: str) -> Value:
    period, _, said = text.partition("@")
    return Period.parse(period, date.fromisoformat(said) if said else None)


def _entry(text: str) -> Value:
    kind, _, entry = text.partition(":")
    if kind not in KINDS:
        raise UnknownChoice("kind of text", kind, KINDS)
    return Entry(cast(EntryKind, kind), entry)


def _official(text: str) -> Value:
    country, title, person = text.split(":")
    return Official(Entry("title", title), Entry("person", person), country)


PARSERS: Mapping[str, Callable[[str], Value]] = {
    "amount": _amount,
    "percent": _percent,
    "times": _times,
    "count": _count,
    "measure": _measure,
    "period": _period,
    "day": _day,
    "name": Name,
    "term": Term,
    "entry": _entry,
    "official": _official,
}


def parse_value(text: str, where: str = "--set") -> Value:
    """A value written as type:text, e.g. amount:13.6e6:USD, period:2025-01/2025-08, day:2025-10-20, name:FR.

    A list has its items parted by a semicolon. WordingError if the type is unknown or the text does not fit it.
    """
    items = [part.strip() for part in text.split(";")]
    if len(items) > 1:
        return ListOf(tuple(parse_value(item, where) for item in items))
    kind, _, rest = text.partition(":")
    if kind not in PARSERS:
        raise UnknownChoice("type of value", kind, PARSERS)
    try:
        return PARSERS[kind](rest)
    except (ValueError, TypeError, InvalidOperation) as error:
        hint = "write amount:13.6e6:USD, percent:12.3, count:178, period:2025-01/2025-08, day:2025-10-20 or name:FR"
        raise WordingError(Problem(where, f"{text!r} is no {kind}: {error}", hint)) from error


@dataclass(frozen=True, slots=True)
class Samples:
    """templates/values.toml: the type of every name that a sentence may use, and hard samples of every type."""

    types: Mapping[str, str]
    values: Mapping[str, tuple[object, ...]]

    def of(self, name: str) -> tuple[object, ...]:
        """The samples for a name; KeyError if values.toml does not know it."""
        return self.values[self.types[name]]


def read_samples(path: Path) -> Samples:
    """The names and samples of a file; WordingError if it cannot be read."""
    try:
        read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordingError(Problem(str(path), f"cannot be read: {error}")) from error
    types = {name: kind for kind, names in read["names"].items() for name in names}
    values = {kind: tuple(_sample(text, str(path)) for text in texts) for kind, texts in read["samples"].items()}
    if unknown := sorted(set(types.values()) - set(values)):
        raise WordingError(Problem(str(path), f"no samples of {', '.join(unknown)}", "add them under [samples]"))
    return Samples(types, values)


def _sample(text: str, where: str) -> object:
    """A value, or `text:…`, what was said already: a publisher, a list of numbers."""
    kind, _, rest = text.partition(":")
    return Pieces([Run(rest, isolated=True)]) if kind == "text" else parse_value(text, where)
