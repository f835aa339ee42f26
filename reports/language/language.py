"""A language: the only place that prints a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import assert_never

from babel import Locale, UnknownLocaleError

from reports.document import Direction, Hyphenation
from reports.errors import MissingForm, Problem, WordingError
from reports.facts.records import WordForms
from reports.facts.values import (
    Amount,
    Count,
    Day,
    Days,
    Entry,
    ListOf,
    Measure,
    Name,
    Official,
    Percent,
    Period,
    Term,
    Times,
    Value,
    Written,
)
from reports.language.calendar import Calendar, calendar
from reports.language.numbers import Numbers, numbers
from reports.language.quantities import Quantities, quantities
from reports.language.sheet import Sheet, read_sheet
from reports.language.soundness import check
from reports.language.tables import Table, read_names, read_terms
from reports.language.typography import Typography, typography
from reports.language.words import Lists, Officials, Words, lists, officials, words

OFFICIAL = "official"  # the register of long names


@dataclass(frozen=True, slots=True)
class Language:
    """One language, read from its folder. `fonts` names the scripts that it is written in."""

    tag: str
    locale: Locale
    direction: Direction
    gap: str
    fonts: tuple[str, ...]
    where: str
    numbers: Numbers
    quantities: Quantities
    calendar: Calendar
    names: Table
    terms: Table
    words: Words
    officials: Officials
    lists: Lists
    typography: Typography
    cites_before_stop: bool
    fallback: tuple[str, ...]
    hyphenation: Hyphenation | None

    def say(self, value: Value, case: str = "") -> str:  # noqa: C901, PLR0911  one line a type
        """The value in a case. MissingForm where a table lacks it, WordingError where its type has no such case."""
        match value:
            case Amount() | Percent() | Times() | Count() | Measure():
                return self.quantities.say(value, case)
            case Period():
                return self.calendar.period(value, case)
            case Day() | Days():
                return self.calendar.day(value, case)
            case Name(code):
                return self.names.say(code, case)
            case Term(key):
                return self.terms.say(key, case)
            case Entry():
                return self.words.say(value, case)
            case Official():
                return self._official(value, case)
            case Written():
                return self._written(value, case)
            case ListOf(items):
                return self._list(items, case)
            case _:
                assert_never(value)

    def cases(self, value_type: type) -> frozenset[str]:
        """The cases of a type of value, '' among them."""
        return self._cases()[value_type]

    def with_words(self, forms: WordForms, original: bool) -> "Language":
        """This language with the texts of the data; `original` if the data are written in it."""
        return replace(self, words=replace(self.words, forms=forms, original=original))

    def has_text(self, entry: Entry) -> bool:
        """Whether it can say a text of the data as it stands."""
        return self.words.original or (entry.kind, entry.text) in self.words.forms

    @property
    def text_cases(self) -> frozenset[str]:
        """Every case that a sentence may ask of a text of the data."""
        return self.names.cases | self.words.cases()

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of all countries and territories that it can name."""
        return tuple(sorted(self.names.forms))

    def has_official_name(self, code: str) -> bool:
        """Whether it has the long name of a country: the Grand Duchy of Luxembourg."""
        return self.names.has(code, OFFICIAL)

    def all_names(self, register: str) -> dict[str, dict[str, str]]:
        """Every country in every case of a register (short, official): {country: {case: form}}."""
        prefix = "" if register == "short" else f"{register} "
        found: dict[str, dict[str, str]] = {}
        for code in self.countries:
            cases = self.names.forms[code]
            of_register = {case.removeprefix(prefix): form for case, form in cases.items() if case.startswith(prefix)}
            found[code] = {case: form for case, form in of_register.items() if " " not in case}
        return {code: cases for code, cases in found.items() if cases}

    def number(self, value: Decimal) -> str:
        """Exactly the digits given, in the signs and groups of the language."""
        return self.numbers.number(value)

    def bare(self, digits: Decimal, upper: Decimal | None = None, qualifier: str = "") -> str:
        """A number without its unit, for a cell: '0.0365', '350–400', '>26'."""
        return self.quantities.bare(digits, upper, qualifier)

    def unit(self, scale: int, unit: str) -> str:
        """The words of a unit for a caption: 'million US dollars'."""
        return self.quantities.unit(scale, unit)

    def panel(self, value: Value) -> tuple[str, str, bool]:
        """Number and short unit of a key figure, and whether the unit stands first: '13.6', 'm USD', False."""
        if isinstance(value, Amount | Percent | Times | Count | Measure):
            return self.quantities.panel(value)
        return self.say(value), "", False

    def joined(self, items: Sequence[str], case: str = "") -> str:
        """Texts in one list: 'A, B and C'. WordingError for a case, which a text no longer has, and for no items."""
        if case or not items:
            message = f"texts have no case {case!r}" if case else "a list of nothing"
            raise WordingError(Problem(self.where, message, "say the values in their case first"))
        return self.lists.joined(items)

    def polish(self, text: str) -> str:
        """The text with the fixed spaces of the language."""
        return self.typography.polish(text)

    def capital(self, text: str) -> str:
        """The text with its first letter raised."""
        return self.typography.capital(text)

    def plural(self, value: Decimal | int) -> str:
        """The plural category of CLDR: one, few, many, other …"""
        return self.numbers.plural(Decimal(value))

    def _written(self, value: Written, case: str) -> str:
        """The text that an officer wrote in this language, on one line; a whole text has no cases."""
        if case:
            raise self._unknown("a text of an officer", case, Written)
        texts = dict(value.texts)
        text = texts.get("", texts.get(self.tag))
        if text is None:
            others = ", ".join(tag for tag, _ in value.texts)
            message = f"the text has no {self.tag}, but {others}"
            raise MissingForm(Problem(value.where or self.where, message, f"add {self.tag}: … to its texts"))
        return " ".join(text.split())

    def _official(self, value: Official, case: str) -> str:
        if case not in self.officials.patterns:
            raise self._unknown("an official", case, Official)
        return self.officials.say(value, case, self.words, self.names.say)

    def _list(self, items: tuple[Value, ...], case: str) -> str:
        """Every item in the case, or the last alone, as the language does; two may have a pattern of their own."""
        if not items:
            raise WordingError(Problem(self.where, "a list of nothing", "ask for the items first"))
        pair = self.lists.pair
        if pair and len(items) == 2 and isinstance(items[0], Name):  # noqa: PLR2004  a pair
            said = {"first": items[0], "last": items[1]}
            return pair.fill(lambda field, form: self.say(said[field], case if field == "last" else form))
        inner = case if self.lists.sheet.inflect == "all" else ""
        return self.lists.joined([*(self.say(item, inner) for item in items[:-1]), self.say(items[-1], case)])

    def _unknown(self, what: str, case: str, value_type: type) -> WordingError:
        choices = ", ".join(sorted(self.cases(value_type)))
        return WordingError(Problem(self.where, f"{what} has no case {case!r}", f"choose from {choices}"))

    def _cases(self) -> Mapping[type, frozenset[str]]:
        time = self.calendar.sheet
        entries = self.words.cases()
        lists = self.names.cases | self.terms.cases | entries | self.quantities.count_cases
        return {
            **dict.fromkeys((Amount, Percent, Times, Measure), self.quantities.cases),
            Count: self.quantities.count_cases,
            **dict.fromkeys((Day, Days), frozenset({"", *time.day_cases})),
            Period: frozenset({"", *time.period_cases}),
            Name: self.names.cases,
            Term: self.terms.cases,
            Entry: entries,
            Written: frozenset({""}),
            Official: frozenset(self.officials.patterns),
            ListOf: lists,
        }


def read_language(folder: Path) -> Language:
    """The language of a folder (language.toml, names.csv, terms.csv); WordingError with what is wrong in it."""
    path = folder / "language.toml"
    where = str(path)
    sheet = read_sheet(path)
    check(sheet, where)
    locale = _locale(sheet, path)
    signs = numbers(locale, sheet.number)
    return Language(
        folder.name,
        locale,
        sheet.direction,
        sheet.gap,
        sheet.fonts,
        where,
        signs,
        quantities(sheet, signs, where),
        calendar(sheet.time, signs, where),
        read_names(folder / "names.csv", sheet.name),
        read_terms(folder / "terms.csv", sheet.term),
        words(sheet, folder.name, where),
        officials(sheet, where),
        lists(sheet.list, where),
        typography(sheet.typography, sheet.capital, where),
        sheet.cites_before_stop,
        sheet.fallback,
        sheet.hyphenation,
    )


def _locale(sheet: Sheet, path: Path) -> Locale:
    """The locale, in a folder named by a tag of the same language. WordingError if either is none, or they differ."""
    lines = path.read_text("utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if text.startswith("locale")), 1)
    where, tag = f"{path}:{line}", path.parent.name
    locale = _parsed(sheet.locale, "_")
    if locale is None:
        raise WordingError(Problem(where, f"unknown locale {sheet.locale!r}", "use a CLDR locale such as pt_BR"))
    named = _parsed(tag, "-")
    if named is None or named.language != locale.language:
        hint = "name the folder, and words/<tag>.csv of the data, by a tag of the locale, such as pt-BR for pt_BR"
        raise WordingError(Problem(where, f"the folder {tag!r} is no tag of the locale {sheet.locale!r}", hint))
    return locale


def _parsed(name: str, separator: str) -> Locale | None:
    try:
        return Locale.parse(name, sep=separator)
    except (UnknownLocaleError, ValueError):
        return None
