"""The passport of a figure or fact, in plain text."""

from reports.document import FigureRecord
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import (
    Amount,
    Count,
    Entry,
    ListOf,
    Measure,
    Name,
    Official,
    Percent,
    Quantity,
    Term,
    Times,
    Value,
    Written,
)


def record(fact: Figure | Fact) -> FigureRecord:
    """The passport of a figure or fact, in plain text."""
    known = fact.known.isoformat() if fact.known else ""
    if isinstance(fact, Fact):
        return FigureRecord(words_of(fact.value), 0, "text", "", "", fact.sources, known)
    value, multiplier, unit = _plain(fact.value)
    qualifier = fact.value.qualifier if fact.value else ""
    passport = (fact.sources, known, fact.formula, fact.inputs, fact.signed, fact.override, qualifier)
    return FigureRecord(value, multiplier, unit, str(fact.period), fact.status, *passport)


def _plain(value: Quantity | None) -> tuple[str, int, str]:
    """Digits, power of ten and unit."""
    if value is None:
        return "", 0, ""
    digits = f"{value.digits:f}" + (f"..{value.upper:f}" if value.upper is not None else "")
    match value:
        case Amount(scale=scale, currency=unit) | Measure(scale=scale, unit=unit):
            return digits, scale, unit
        case Count(scale=scale):
            return digits, scale, ""
        case Percent():
            return digits, 0, "percent"
        case Times():
            return digits, 0, "times"


def words_of(value: Value) -> str:  # noqa: PLR0911  one line a type
    """A value that is no quantity in plain text, for its record: '2025-10-03', 'Grand Duke Guillaume V'."""
    match value:
        case Entry(text=text):
            return text
        case Official(title=title, person=person):
            return f"{title.text} {person.text}"
        case ListOf(items):
            return "; ".join(map(words_of, items))
        case Written(texts=texts):
            return "; ".join(f"{tag}: {text}" for tag, text in texts)
        case Name(code) | Term(code):
            return code
        case Count():
            return f"{value.exact:f}"
        case _:
            return str(value)
