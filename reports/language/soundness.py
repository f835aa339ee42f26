"""Whether a language file has every form that a value may ask for: told when it is read, not when it prints."""

import re
from collections.abc import Iterator, Mapping

from reports.errors import Problem, WordingError
from reports.facts.values import QUALIFIERS
from reports.language.sheet import Cases, Forms, Sheet

SCALES = (3, 6, 9, 12)  # the powers of ten in which tables and charts count

UNITS = ("percent", "times", "km", "km2", "t")  # a currency without words is its code; these have none


def check(sheet: Sheet, where: str) -> None:
    """Nothing; WordingError with every form that is missing."""
    faults = [*_scales(sheet), *_qualifiers(sheet), *_units(sheet), *_endings(sheet), *_kinds(sheet), *_rest(sheet)]
    if faults:
        raise WordingError(*(Problem(where, fault) for fault in faults))


def _scales(sheet: Sheet) -> Iterator[str]:
    for power in map(str, sorted({*SCALES, *sheet.number.scales})):
        if power not in sheet.scale:
            yield f"scale lacks {power}, the words of 10 to the power {power}"
    for power, words in sheet.scale.items():
        for name, forms in (("word", words.word), ("long", words.long), *words.alone.items()):
            yield from _other(f"scale.{power}.{name}", forms)


def _qualifiers(sheet: Sheet) -> Iterator[str]:
    for name in filter(None, QUALIFIERS):
        if name not in sheet.qualifier:
            yield f"qualifier lacks {name}"


def _units(sheet: Sheet) -> Iterator[str]:
    """A unit with forms has all that the cases and the qualifiers ask for; one that never changes is a text."""
    governed = (qualifier.form for qualifier in sheet.qualifier.values())
    asked = {"nom", *sheet.quantity.cases.values(), *filter(None, governed)}
    for name, unit in sheet.unit.items():
        if isinstance(unit.forms, str):
            continue
        for form in sorted(asked - unit.forms.keys()):
            yield f"unit.{name}.forms lacks {form}"
        for form, forms in unit.forms.items():
            yield from _other(f"unit.{name}.forms.{form}", forms)
    for name in UNITS:
        if name not in sheet.unit:
            yield f"unit lacks {name}"


def _endings(sheet: Sheet) -> Iterator[str]:
    """Every number ends in something that the table has: '' or each of the ten digits."""
    for section, tables in (("endings", sheet.quantity.endings), ("ordinal", sheet.quantity.ordinal)):
        for form, endings in tables.items():
            if "" not in endings and not set("0123456789") <= endings.keys():
                yield f"quantity.{section}.{form} lacks some last digits; give them all, or '' for the rest"


def _kinds(sheet: Sheet) -> Iterator[str]:
    for kind, cases in sheet.time.kinds.items():
        for case, forms in cases.items():
            yield from _reference(f"time.kinds.{kind}.{case}", case, cases)
            if not isinstance(forms, str):
                yield from _other(f"time.kinds.{kind}.{case}", forms)


def _reference(name: str, case: str, cases: Cases) -> Iterator[str]:
    """'=in' leads to a case that is there, and never back to itself."""
    seen = {case}
    text = cases[case]
    while isinstance(text, str) and text.startswith("="):
        case = text[1:]
        if case not in cases or case in seen:
            yield f"{name} refers to {case}, which is {'itself' if case in seen else 'not there'}"
            return
        seen.add(case)
        text = cases[case]


def _rest(sheet: Sheet) -> Iterator[str]:
    if "nom" not in sheet.official:
        yield "official lacks nom"
    for start in sheet.list.before:
        try:
            re.compile(start)
        except re.error as error:
            yield f"list.before {start!r}: {error}"


def _other(name: str, forms: Forms) -> Iterator[str]:
    """The plural category that CLDR has for every language and every number."""
    if isinstance(forms, Mapping) and "other" not in forms:
        yield f"{name} lacks other"
