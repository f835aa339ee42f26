"""language.toml as read: all that differs between languages, checked against the shape below."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from reports.document import Direction, Hyphenation
from reports.errors import Problem, WordingError

Forms = str | Mapping[str, str]  # one form, or one for each plural category of CLDR and `scaled`, after a scale word
Cases = Mapping[str, Forms]
STRICT = ConfigDict(extra="forbid")  # an unknown key is a slip of the pen


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NumberSheet:
    """Signs of numbers. `scales` are the powers of ten that have a word in running text.

    `largest` rewrites every number in the largest of them (万, 亿), else the published one stays where it is
    listed. `group_from`: the whole digits from which groups are parted. `decimal`, `group` replace CLDR's.
    `digits`: the ten that documents are printed in, where they are not 0 to 9; `decimal` and `group` go with them.
    `range_repeats`: both ends of a range have their scale word and percent sign (3亿—5亿, 10%—15%).
    """

    scales: tuple[int, ...]
    largest: bool = False
    group_from: int = 4
    minus: str = "−"
    plus: str = "+"
    decimal: str = ""
    group: str = ""
    range: str = "–"
    range_signed: str = " … "
    range_repeats: bool = False
    digits: str = ""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class PatternSheet:
    """How number, scale word and unit stand together; `count` where there is no unit."""

    plain: str
    scaled: str
    count: str
    caption: str


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class ScaleSheet:
    """The words of a power of ten: before a unit, written out, in panels; `alone` in its own cases."""

    word: Forms
    long: Forms
    short: str
    alone: Cases = field(default_factory=dict)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class UnitSheet:
    """A unit or currency: its forms by case, its short name for panels, its own patterns where it has them."""

    forms: str | Cases
    short: str = ""
    plain: str = ""
    scaled: str = ""
    caption: str = ""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class QualifierSheet:
    """The words around a value; `form` is the form of the value that they govern, `short` for panels.

    `cases` has the words where they themselves take a case.
    """

    text: str
    short: str
    form: str = ""
    cases: Mapping[str, str] = field(default_factory=dict)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class QuantitySheet:
    """`cases` maps each case of a sentence to the form that units have; `endings` hang on bare digits."""

    cases: Mapping[str, str]
    endings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ordinal: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class TimeSheet:
    """Names of months and quarters by case, and for each kind of stretch of time its pattern by case.

    `alias` gives other names of cases, `days` the days that are not said as their number.
    """

    period_cases: tuple[str, ...]
    day_cases: tuple[str, ...]
    months: Mapping[str, tuple[str, ...]]
    quarters: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, Cases]
    days: Mapping[str, str] = field(default_factory=dict)
    alias: Mapping[str, str] = field(default_factory=dict)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class TableSheet:
    """The case of names.csv or terms.csv that is meant without one, and other names of cases."""

    default: str = ""
    alias: Mapping[str, str] = field(default_factory=dict)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class ListSheet:
    """A, B and C. `before` maps what may stand after the last joint (a regular expression) to its joint.

    `pair` joins two whose kind has its case. `inflect`: all items take the case, or the last alone. `phrase`, `clause`
    and `colon` part what a program puts together: a word and its unit, entries of a legend, a name and its values.
    """

    comma: str
    last: str
    before: Mapping[str, str] = field(default_factory=dict)
    pair: str = ""
    inflect: Literal["all", "last"] = "all"
    phrase: str = ", "
    clause: str = "; "
    colon: str = ": "
    stop: str = "."


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Rule:
    """A typographical rule: what to find (a regular expression) and what to put."""

    find: str
    put: str


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole language.toml."""

    locale: str
    direction: Direction
    gap: str
    fonts: tuple[str, ...]
    number: NumberSheet
    pattern: PatternSheet
    quantity: QuantitySheet
    scale: Mapping[str, ScaleSheet]
    unit: Mapping[str, UnitSheet]
    qualifier: Mapping[str, QualifierSheet]
    time: TimeSheet
    list: ListSheet
    official: Mapping[str, str]
    name: TableSheet = TableSheet()
    term: TableSheet = TableSheet()
    entry: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    capital: Mapping[str, str] = field(default_factory=dict)
    typography: tuple[Rule, ...] = ()
    hyphenation: Hyphenation | None = None
    cites_before_stop: bool = False
    fallback: tuple[str, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """The language file; WordingError with every key that is missing, unknown or of the wrong kind."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = "it is TOML in UTF-8, and texts stand in quotes: see docs/languages.md"
        raise WordingError(Problem(str(path), f"cannot be read: {error}", hint)) from error
    try:
        return TypeAdapter(Sheet).validate_python(raw)
    except ValidationError as error:
        raise WordingError(
            *(
                Problem(f"{path}", f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}", "see CONTRIBUTING")
                for fault in error.errors()
            )
        ) from error
