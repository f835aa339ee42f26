"""Published digits: from the cells of a row to a typed quantity that keeps every zero."""

import re
from decimal import Decimal

from reports.facts.values import QUALIFIERS, Amount, Count, Measure, Percent, Qualifier, Quantity, Times
from reports.sources.codes import CURRENCIES

MULTIPLIERS = ("3", "4", "6", "8", "9", "12")  # 10^4 and 10^8 are the scales of Chinese pages
MEASURES = ("km", "km2", "t")
NUMBER = r"-?(?:0|[1-9]\d*)(?:\.\d+)?"
VALUE = re.compile(rf"(?P<low>{NUMBER})(?:\.\.(?P<high>{NUMBER}))?", re.ASCII)
MONTH_WORD = re.compile(r"(?:\d+[.\-/ ])?[^\W\d_]{3,}\.?(?:[.\-/ ]\d+)?")
DATE = re.compile(r"\d{1,4}([.\-/])\d{1,2}\1\d{2,4}", re.ASCII)
EXCEL_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
TEXT_COLUMN = "a spreadsheet turned it into a date: type it again in a column of type text"


class NoNumber(ValueError):
    """Cells that are no published number; the second argument is a hint."""


def quantity(value: str, unit: str, multiplier: str, qualifier: str) -> Quantity:
    """The typed value of a row; NoNumber, with a hint, if the cells make none.

    >>> quantity("43.80", "USD", "9", "")
    Amount(digits=Decimal('43.80'), scale=9, currency='USD', qualifier='', upper=None)
    """
    low, high = digits(value)
    if multiplier not in ("", *MULTIPLIERS):
        raise NoNumber(f"multiplier {multiplier!r} is none of its values", f"choose from {', '.join(MULTIPLIERS)}")
    if qualifier not in QUALIFIERS:
        raise NoNumber(f"qualifier {qualifier!r} is none of its values", f"choose from {', '.join(QUALIFIERS[1:])}")
    return _typed(low, high, unit, int(multiplier or 0), qualifier)  # type: ignore[arg-type]


def _typed(low: Decimal, high: Decimal | None, unit: str, scale: int, qualifier: Qualifier) -> Quantity:
    if unit in {"percent", "times"} and scale:
        raise NoNumber(f"{unit} with a multiplier", "leave the multiplier empty")
    match unit:
        case "":
            return Count(low, scale, qualifier, high)
        case "percent":
            return Percent(low, qualifier, high)
        case "times":
            return Times(low, qualifier, high)
        case _ if unit in MEASURES:
            return Measure(low, scale, unit, qualifier, high)
        case _ if unit in CURRENCIES:
            return Amount(low, scale, unit, qualifier, high)
        case _:
            choices = f"percent, times, {', '.join(MEASURES)} or a currency of ISO 4217 such as USD"
            raise NoNumber(f"unknown unit {unit!r}", f"choose from {choices}; a count has none")


def digits(value: str) -> tuple[Decimal, Decimal | None]:
    """The number, and the upper end of a range.

    >>> digits("350..400"), digits("5.0")
    ((Decimal('350'), Decimal('400')), (Decimal('5.0'), None))
    """
    found = VALUE.fullmatch(value)
    if not found:
        raise NoNumber(f"value {value!r} is no number", _advice(value))
    low, high = Decimal(found["low"]), Decimal(found["high"]) if found["high"] else None
    if high is not None and high <= low:
        raise NoNumber(f"value {value!r} is a range that does not rise", "write the lower number first")
    return low, high


def _advice(value: str) -> str:
    if DATE.fullmatch(value) or MONTH_WORD.fullmatch(value):
        return TEXT_COLUMN
    if re.fullmatch(r"-?\d+,\d+", value):
        return _on_a_comma(value)
    if re.search(r"\d(?:[\s'’,_]\d{3}|\.\d{3}[.,]\d)", value):
        return "digits are not grouped: 1234567"
    if value[:1] in "+−–" and VALUE.fullmatch(value[1:]):
        return "no plus sign, and the minus sign is a hyphen: -5.3"
    if not re.search(r"\d", value):
        return "what is not known has no row; a value withheld is empty with status O, M or Q"
    return "digits as published with a decimal point; the scale goes into multiplier, '%' into unit as percent"


def _on_a_comma(value: str) -> str:
    """1,234 may be either: a group of digits, or three decimals."""
    point, bare = value.replace(",", "."), value.replace(",", "")
    if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", value):
        return f"the decimal mark is a point and digits are not grouped: {point} or {bare}"
    return f"the decimal mark is a point: {point}"


def period_advice(text: str) -> str:
    """What to do about a period that is none."""
    is_date = DATE.fullmatch(text) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    if EXCEL_SERIAL.fullmatch(text) or MONTH_WORD.fullmatch(text) or is_date:
        return TEXT_COLUMN
    return "write 2024, 2025-Q2, 2025-08, 2025-01/2025-08, 2005/2025-Q2, 2005/.. or P20Y/2025-09"
