"""Reads amounts and periods as a person does, with tables and rules of its own: nothing of the product is used."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

TABLES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "reader.toml").read_text("utf-8"))
QUALIFIERS = ("over", "about", "nearly", "under")
MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))
BEGINNING = r"(?<![^\W\d_])"  # of a word, or of letters written on to a digit


@dataclass(frozen=True)
class Amount:
    """One value or the two ends of a range, in whole units."""

    ends: tuple[Decimal, ...]
    qualifier: str


@dataclass(frozen=True)
class Time:
    """All years, quarters, months and days that a text names, in its order."""

    years: tuple[int, ...]
    quarters: tuple[int, ...]
    months: tuple[int, ...]
    days: tuple[int, ...]


def read_amount(text: str, language: str) -> Amount:
    """The value of a text such as '13.6 million US dollars'. A scale word counts for all numbers before it that have
    none of their own."""
    table = TABLES[language]
    text = text.translate(MARKS)
    groups, decimal = re.escape(table["groups"]), re.escape(table["decimal"])
    number = rf"([−+]?)%?(\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|\d+)((?:{decimal}\d+)?)"
    scales = "|".join(f"(?:{word})" for word, _ in table["scales"])
    word = rf"[\u00a0 ]?({scales})?"
    found = list(re.finditer(number + word, text))
    powers = [next((power for form, power in table["scales"] if re.fullmatch(form, one[4] or "")), 0) for one in found]
    ends = [_number(one, table) for one in found]
    unit = text[found[-1].end() :].strip()
    if len(ends) > 1 and not powers[0] and unit not in text[found[0].end() : found[-1].start()]:
        powers[0] = powers[-1]
    values = (end.scaleb(power).normalize() for end, power in zip(ends, powers, strict=True))
    return Amount(tuple(value if value else Decimal(0) for value in values), _qualifier(text, table))


def _number(found: re.Match[str], table: dict[str, Any]) -> Decimal:
    digits = "".join(filter(str.isdigit, found[2]))
    return Decimal(f"{'-' * (found[1] == '−')}{digits}{found[3].replace(table['decimal'], '.')}")


def _qualifier(text: str, table: dict[str, Any]) -> str:
    forms = zip(QUALIFIERS, table["qualifiers"], strict=True)
    return next((name for name, form in forms if form in text), "")


def read_time(text: str, language: str) -> Time:
    """The parts of a text such as 'from 2005 to the second quarter of 2025'."""
    table = TABLES[language]
    text = text.replace("İ", "i").casefold().translate(MARKS)
    months = _named(text, table["months"], "(?<!\\d)" if language == "zh" else BEGINNING)
    quarters = _named(text, table["quarters"], "(?<=[第至])" if language == "zh" else BEGINNING)
    years = tuple(int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text))
    days = tuple(int(day) for day in re.findall(r"(?<!\d)\d{1,2}(?![\d月])", text))
    return Time(years, quarters, months, days)


def _named(text: str, forms: list[str], before: str) -> tuple[int, ...]:
    places = [
        (found.start(), number) for number, form in enumerate(forms, 1) for found in re.finditer(before + form, text)
    ]
    return tuple(number for _, number in sorted(places))
