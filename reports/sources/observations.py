"""Rows of observations.csv and countries/XX.csv as observations."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reports.errors import Problem
from reports.facts.records import Group, Indicator, Observation, Source
from reports.facts.values import Amount, Count, Day, Measure, Percent, Period, Quantity, Times
from reports.sources.codes import COUNTRIES
from reports.sources.csv_files import Columns, Row, rows
from reports.sources.keys import parse_day
from reports.sources.numbers import NoNumber, period_advice, quantity
from reports.sources.text import nearest

COLUMNS = Columns(
    ("indicator", "source"),
    (
        "item", "period", "base", "value", "unit", "multiplier", "qualifier", "status", "confidentiality", "reporter",
        "published", "remark", "use", "note", "signed_by", "signed_on",
    ),
)  # fmt: skip
STATUSES = "APEFBDUNOMQ"  # SDMX code list CL_OBS_STATUS; R (revised) follows from two vintages
WITHOUT_VALUE = frozenset("OMQ")
REMARKS = ("mainly_imports", "mainly_exports", "record")
CONFIDENTIALITY = ("F", "N", "C")
# What a suffix measures of any indicator; None: in the unit of the indicator itself.
SUFFIXES: Mapping[str, str | None] = {
    "change": "percent",
    "share": "percent",
    "target": None,
    "rank": "",
    "quantity": "t",
}
Bad = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Lists:
    """What a row may name."""

    sources: Mapping[str, Source]
    groups: Mapping[str, Group]
    indicators: Mapping[str, Indicator]

    def named(self, code: str) -> bool:
        """Whether a code is a country or a group."""
        return code in COUNTRIES or code in self.groups

    def indicator(self, key: str) -> Indicator | None:
        """The indicator of a key, whose suffixes are taken off and on again: trade.exports.quantity.change."""
        if key in self.indicators:
            return self.indicators[key]
        stem, _, suffix = key.rpartition(".")
        if suffix not in SUFFIXES or not (parent := self.indicator(stem)):
            return None
        unit = SUFFIXES[suffix]
        measure = "point" if suffix == "target" else parent.measure
        return replace(parent, key=key, unit=parent.unit if unit is None else unit, measure=measure)


def observations(path: Path, folder: Path, lists: Lists, problems: list[Problem]) -> tuple[Observation, ...]:
    """The observations of a table, which may be absent; rows with faults are told and left out."""
    if not path.is_file():
        return ()
    read = (read_row(row, lists, problems) for row in rows(path, folder, COLUMNS, problems))
    return tuple(observation for observation in read if observation)


def read_row(row: Row, lists: Lists, problems: list[Problem]) -> Observation | None:
    """One row as an observation; None if it has faults, which are told."""
    faults: list[Problem] = []

    def bad(message: str, hint: str = "") -> None:
        faults.append(Problem(row.where, message, hint))

    sources = _sources(row, lists, bad)
    known = _known(row, sources, lists, bad)
    indicator = _indicator(row, lists, bad)
    period = _period(row, indicator, known, bad)
    value = _value(row, indicator, bad)
    _check_codes(row, lists, bad)
    _check_base(row, bad)
    _check_signature(row, bad)
    problems.extend(faults)
    if faults or known is None:
        return None
    return Observation(
        row["indicator"],
        row["item"],
        period,
        value,
        known,
        sources,
        row.where,
        row["base"],
        row["status"].replace("A", ""),
        row["confidentiality"] or "F",
        row["reporter"],
        row["remark"],
        row["use"] != "no",
        row["unit"],
        ", ".join(filter(None, (row["signed_by"], row["signed_on"]))),
        note=row["note"],
    )


def _sources(row: Row, lists: Lists, bad: Bad) -> tuple[str, ...]:
    named = tuple(row["source"].split())
    for source in named:
        if source not in lists.sources:
            bad(f"unknown source {source!r}", nearest(source, lists.sources) or "add it to sources.csv")
    return named


def _known(row: Row, sources: tuple[str, ...], lists: Lists, bad: Bad) -> date | None:
    """The vintage: the day of the column `published`, else of the first source."""
    if row["published"]:
        day = _day(row["published"], bad)
        return day.last if day else None
    return lists.sources[sources[0]].known if sources[0] in lists.sources else None


def _day(text: str, bad: Bad, column: str = "published") -> Day | None:
    try:
        return parse_day(text)
    except ValueError as error:
        bad(f"{column}: {error}")
    return None


def _indicator(row: Row, lists: Lists, bad: Bad) -> Indicator | None:
    indicator = lists.indicator(row["indicator"])
    if indicator is None:
        stem = ".".join(part for part in row["indicator"].split(".") if part not in SUFFIXES)
        hint = nearest(stem, lists.indicators) or "the closed list is indicators.csv; a keeper may add a row"
        bad(f"unknown indicator {row['indicator']!r}", hint)
    return indicator


def _period(row: Row, indicator: Indicator | None, known: date | None, bad: Bad) -> Period | None:
    text = row["period"]
    if not text:
        if indicator and indicator.measure != "point":
            bad(f"no period for a {indicator.measure}", period_advice(""))
        return None
    try:
        return Period.parse(text, known)
    except ValueError:
        bad(f"period {text!r} is none", period_advice(text))
    return None


def _value(row: Row, indicator: Indicator | None, bad: Bad) -> Quantity | None:
    status = row["status"]
    if any(letter not in STATUSES for letter in status) or len(set(status)) < len(status):
        hint = (
            "R is never typed: an older row makes a revision" if "R" in status else f"letters of {STATUSES}, each once"
        )
        bad(f"status {status!r} is none", hint)
        return None
    if bool(row["value"]) == bool(WITHOUT_VALUE & set(status)):
        found = f"value {row['value']!r} with status {status}" if row["value"] else "neither value nor status"
        bad(found, "status O (missing), M (not applicable) and Q (suppressed) stand for a value; else give the value")
        return None
    try:
        value = quantity(row["value"], row["unit"], row["multiplier"], row["qualifier"]) if row["value"] else None
    except NoNumber as error:
        bad(*error.args)
        return None
    if "N" in status and value and value.digits:
        bad(f"value {row['value']!r} with status N", "N says below half a unit: the value is 0")
    if indicator and value and not _fits(value, indicator.unit):
        unit = row["unit"] or "no unit"
        bad(f"{unit} for {indicator.key}", f"it is measured in {indicator.unit or 'counts, without a unit'}")
    return value


def _fits(value: Quantity, unit: str) -> bool:
    """Whether a value is of the kind that the indicator is measured in; any currency goes for another."""
    match value:
        case Amount():
            return bool(re.fullmatch("[A-Z]{3}", unit))
        case Percent() | Times():
            return unit == "percent"
        case Measure():
            return unit == value.unit
        case Count():
            return unit in {"", "t"}  # .quantity of what is counted in pieces


def _check_codes(row: Row, lists: Lists, bad: Bad) -> None:
    if row["reporter"] and not lists.named(row["reporter"]):
        bad(
            f"unknown reporter {row['reporter']!r}",
            nearest(row["reporter"], lists.groups) or "the code of a country, or of a group in groups.csv",
        )
    for column, choices in (("remark", REMARKS), ("confidentiality", CONFIDENTIALITY), ("use", ("no",))):
        if row[column] and row[column] not in choices:
            bad(
                f"{column} {row[column]!r} is none of its values",
                f"choose from {', '.join(choices)}, or leave it empty",
            )


def _check_signature(row: Row, bad: Bad) -> None:
    if bool(row["signed_by"]) != bool(row["signed_on"]):
        bad("signed_by and signed_on do not go without each other", "who stands for the figure, and since which day")
    if row["signed_on"]:
        _day(row["signed_on"], bad, "signed_on")


def _check_base(row: Row, bad: Bad) -> None:
    base = row["base"]
    if not base:
        return
    if not row["indicator"].endswith(".change"):
        bad(f"base {base!r} for {row['indicator']}", "only a .change is compared with a base")
    if re.fullmatch(r"P[1-9]\d?Y", base):
        return
    try:
        Period.parse(base)
    except ValueError:
        bad(f"base {base!r} is no period", "write a period, or P5Y for five years earlier")
