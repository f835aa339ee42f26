"""Types of the keys of YAML records: text as typed becomes a value of facts, and each has its JSON Schema.

Editors read plain values as YAML 1.2 does, where 2017 and 3 are numbers and `no` may be a truth value:
the schemas allow both, the reader sees text alone.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, InstanceOf, WithJsonSchema

from reports.facts.values import Day, Days
from reports.sources.codes import CURRENCIES

DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
YEAR_SCHEMA = {"type": "integer", "minimum": 1000, "maximum": 9999}


def parse_day(text: str) -> Day:
    """A day, month or year as typed; ValueError if it is none.

    >>> parse_day("2025-10")
    Day(year=2025, month=10, day=0)
    """
    if not re.fullmatch(DAY, text, re.ASCII):
        raise ValueError(f"{text!r} is no day: 2025-10-20, 2025-10 or 2025")
    parts = [int(part) for part in text.split("-")]
    try:
        if 0 in parts:
            raise ValueError
        day = Day(*parts)
        day.last  # noqa: B018  raises ValueError for 30 February
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar") from None
    return day


def _day(value: Any) -> Any:
    return parse_day(value) if isinstance(value, str) else value


def _known(value: Any) -> Any:
    """A month or a year counts from its end: earlier than that nobody can stand for it."""
    return parse_day(value).last if isinstance(value, str) else value


def _seen(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    first, slash, last = value.partition("/")
    days = (parse_day(first), parse_day(last) if slash else parse_day(first))
    if days[0].first > days[1].last:
        raise ValueError(f"{value!r} ends before it starts")
    return days


def _event_day(value: Any) -> Any:
    """An event's day or days, and whether it was on that day at the latest (`../2025-10-20`)."""
    if not isinstance(value, str):
        return value
    first, slash, last = value.partition("/")
    if first == "..":
        return parse_day(last), True
    if not slash:
        return parse_day(first), False
    days = Days(parse_day(first), parse_day(last))
    if days.first.first > days.last.last:
        raise ValueError(f"{value!r} ends before it starts")
    return days, False


def _currency(value: Any) -> Any:
    if isinstance(value, str) and value not in CURRENCIES:
        raise ValueError(f"{value!r} is no currency of ISO 4217")
    return value


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"0|[1-9]\d{0,6}", value, re.ASCII):
        raise ValueError(f"{value!r} is no whole number")
    return int(value)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _pattern(pattern: str, *others: dict[str, Any]) -> WithJsonSchema:
    text: dict[str, Any] = {"type": "string", "pattern": f"^{pattern}$"}
    return WithJsonSchema({"anyOf": [text, *others]} if others else text)


Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Texts = Annotated[list[Text], Field(min_length=1)]
OneOrMore = Annotated[
    Texts,
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
DayKey = Annotated[InstanceOf[Day], BeforeValidator(_day), _pattern(DAY, YEAR_SCHEMA)]
KnownKey = Annotated[InstanceOf[date], BeforeValidator(_known), _pattern(DAY, YEAR_SCHEMA)]
SeenKey = Annotated[InstanceOf[tuple[Any, ...]], BeforeValidator(_seen), _pattern(f"{DAY}(/{DAY})?", YEAR_SCHEMA)]
EventDay = Annotated[
    InstanceOf[tuple[Any, ...]], BeforeValidator(_event_day), _pattern(rf"(({DAY}|\.\.)/)?{DAY}", YEAR_SCHEMA)
]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Number = Annotated[int, BeforeValidator(_number), _pattern(r"\d+", {"type": "integer", "minimum": 0})]
CurrencyCode = Annotated[Text, BeforeValidator(_currency), _pattern("[A-Z]{3}")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]  # or a group's; checked against both
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
