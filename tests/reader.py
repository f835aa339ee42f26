"""A reader of the ten languages that shares nothing with reports/: amounts, periods and names from their words alone.

It is strict: what it does not know it refuses, so that a word too many is noticed as well as a wrong one.
"""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale

TABLES: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "reader.toml").read_text("utf-8"))
QUALIFIERS = ("over", "about", "nearly", "under")
ENOUGH = Context(prec=60)
SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ") | dict.fromkeys(map(ord, "\u200e\u200f\u061c"))


class Unreadable(AssertionError):
    """A text that a reader of the language would not understand."""


@dataclass(frozen=True)
class Said:
    """What a text says of an amount; `mantissas` and `powers` are as printed, `upper` makes it a range."""

    value: Decimal
    upper: Decimal | None
    unit: str
    qualifier: str
    mantissas: tuple[Decimal, ...] = ()
    powers: tuple[int, ...] = ()

    @property
    def meaning(self) -> tuple[Decimal, Decimal | None, str, str]:
        """Without the way it is printed."""
        return self.value, self.upper, self.unit, self.qualifier


# ---------------------------------------------------------------- amounts


def amount(tag: str, text: str) -> Said:
    """An amount, percent or count: '−1,234.5 thousand US dollars'."""
    table = TABLES[tag]
    qualifier, rest = _qualifier(tag, text.translate(SPACES))
    rest = re.sub(r"([−+]?)%(?=\d)", r"%\1", rest)  # −%4 in Turkish
    found = list(_number(tag).finditer(rest))
    if not 1 <= len(found) <= 2:
        raise Unreadable(f"{tag} {text!r}: {len(found)} numbers")
    mantissas = tuple(_decimal(match, table["decimal"]) for match in found)
    powers = [_power(tag, match["scale"]) for match in found]
    if not table.get("apart") and len(powers) == 2:
        powers[0] = powers[1]  # 350–400 million
    values = [digits.scaleb(power, ENOUGH) for digits, power in zip(mantissas, powers, strict=True)]
    unit = _unit(tag, text, _number(tag).sub("", rest))
    return Said(values[0], values[1] if len(values) == 2 else None, unit, qualifier, mantissas, tuple(powers))


def _qualifier(tag: str, text: str) -> tuple[str, str]:
    """What stands around the number, and the text without it."""
    endings = TABLES[tag].get("endings", "")
    found = [name for name in QUALIFIERS if re.search(TABLES[tag][name], text)]
    if len(found) > 1:
        raise Unreadable(f"{tag} {text!r}: both {' and '.join(found)}")
    name = found[0] if found else ""
    return name, re.sub(f"(?:{TABLES[tag][name]}){endings}", "", text) if name else text


@cache
def _number(tag: str) -> re.Pattern[str]:
    """A number, its scale word, and what joins the next number to it."""
    table = TABLES[tag]
    groups, endings = f"[{re.escape(table['groups'])}]", table.get("endings", "")
    whole = rf"\d{{1,3}}(?:{groups}\d{{3}})+(?!{groups}?\d)|\d+"
    scale = "|".join(words for words, _ in table["scales"])
    joint = r"(?: ?[–—…至] ?(?=[−+\d])| (?:to|bis|a|à|إلى) (?=[−+\d]))?"
    return re.compile(
        rf"(?P<sign>[−+]?)(?P<whole>{whole})(?P<fraction>{re.escape(table['decimal'])}\d+)?"
        rf"(?: ?(?P<scale>{scale}){endings})?(?:%(?=[—至]))?{joint}"
    )


def _decimal(match: re.Match[str], mark: str) -> Decimal:
    whole = "".join(filter(str.isdigit, match["whole"]))
    fraction = (match["fraction"] or "").removeprefix(mark)
    return Decimal(f"{'-' * (match['sign'] == '−')}{whole}.{fraction}".removesuffix("."))


def _power(tag: str, word: str | None) -> int:
    fitting = (int(power) for words, power in TABLES[tag]["scales"] if re.fullmatch(words, word or ""))
    return next(fitting, 0)


def _unit(tag: str, text: str, rest: str) -> str:
    """The unit that all that is left of the text says."""
    endings = TABLES[tag].get("endings", "")
    for unit, words in TABLES[tag]["units"].items():
        if re.fullmatch(rf"(?:(?:{words})[—至])?(?:{words}){endings}", rest.strip()):  # 1000美元—1万美元
            return str(unit)
    raise Unreadable(f"{tag} {text!r}: what is {rest.strip()!r}?")


# ---------------------------------------------------------------- periods


def period(tag: str, text: str) -> str:
    """A period as ISO 8601 and the data folder write it: '2025-01/2025-08', '2005/2025-Q2'."""
    plain = text.translate(SPACES)
    years = list(re.finditer(r"(?<!\d)\d{4}(?!\d)", plain))
    if len(years) == 1:
        return "/".join(_parts(tag, plain))
    if len(years) != 2:
        raise Unreadable(f"{tag} {text!r}: {len(years)} years")
    start, end = years[0].end(), years[1].start()
    joints = list(re.finditer(rf"(?:{TABLES[tag]['joint']})", plain[start:end]))
    if not joints:
        raise Unreadable(f"{tag} {text!r}: nothing between the two years")
    halves = plain[: start + joints[0].start()], plain[start + joints[0].end() :]
    ends = [_parts(tag, half) for half in halves]
    if any(len(one) != 1 for one in ends):
        raise Unreadable(f"{tag} {text!r}: an end that is a range")
    return f"{ends[0][0]}/{ends[1][0]}"


def _parts(tag: str, text: str) -> list[str]:
    """One named stretch of a year, or the first and the last."""
    year = re.findall(r"(?<!\d)\d{4}(?!\d)", text)[0]
    if re.search(TABLES[tag]["quarter"], text):
        return [f"{year}-Q{quarter}" for quarter in _quarters(tag, text.replace(year, ""))]
    months, days = _months_and_days(tag, text.replace(year, ""))
    if len(days) == 2 and len(months) == 1:
        months *= 2
    if days and len(days) != len(months):
        raise Unreadable(f"{tag} {text!r}: days {days} of months {months}")
    if not months:
        return [year]
    ends = [f"{year}-{month:02}" for month in months]
    return [f"{end}-{day:02}" for end, day in zip(ends, days, strict=True)] if days else ends


def _quarters(tag: str, text: str) -> list[int]:
    names = "|".join(f"(?P<q{number}>{name})" for number, name in enumerate(TABLES[tag]["quarters"], 1))
    found = re.finditer(rf"{names}|(?P<digit>(?<!\d)[1-4](?!\d))", text)
    return [int(match["digit"] or (match.lastgroup or "").removeprefix("q")) for match in found]


def _months_and_days(tag: str, text: str) -> tuple[list[int], list[int]]:
    """In the order of the text; 30.11 and 30/11 are a day and a month."""
    before = TABLES[tag].get("before", r"\w")
    names = "|".join(f"(?P<m{number}>{name})" for number, name in enumerate(TABLES[tag]["months"], 1))
    tokens = rf"(?P<day>\d\d)[./](?P<month>\d\d)(?!\d)|(?<!{before})(?:{names})|(?P<alone>(?<!\d)\d{{1,2}}(?!\d))"
    months, days = [], []
    for match in re.finditer(tokens, text):
        if match["day"]:
            days.append(int(match["day"]))
            months.append(int(match["month"]))
        elif match["alone"]:
            days.append(int(match["alone"]))
        else:
            months.append(int((match.lastgroup or "").removeprefix("m")))
    if any(first > last for first, last in pairwise(months)):
        raise Unreadable(f"{tag} {text!r}: months {months}")
    return months, days


# ---------------------------------------------------------------- countries


def country(tag: str, name: str) -> str:
    """The country of a name: that of our own table or of CLDR, failing both the one whose name in CLDR is nearest."""
    known = _names(tag)
    plain = _plain(name)
    return known.get(plain) or known[difflib.get_close_matches(plain, known, 1, 0)[0]]


@cache
def _names(tag: str) -> Mapping[str, str]:
    cldr = Locale.parse("zh_Hans" if tag == "zh" else tag).territories
    own = {_plain(name): code for code, name in TABLES[tag]["names"].items()}
    return {_plain(name): code for code, name in cldr.items() if len(code) == 2} | own


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold()))


def digits(text: str) -> str:
    """The digits of a text in their order."""
    return "".join(filter(str.isdigit, text))
