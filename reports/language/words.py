"""The texts of the data folder, officials and lists, in the cases of a language."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reports.errors import MissingForm, Problem
from reports.facts.records import WordForms
from reports.facts.values import Entry, Official
from reports.language.patterns import Pattern
from reports.language.sheet import ListSheet, Sheet

SHORT = "short"
SayEntry = Callable[[Entry, str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """The forms of the texts of the data.

    `original`: the data are written in this language; a text without forms is said as it stands.
    `patterns` are those of a kind by case, for languages that put a word before the text and leave it as it is.
    """

    where: str
    patterns: Mapping[tuple[str, str], Pattern]
    forms: WordForms = field(default_factory=dict)
    original: bool = False

    def say(self, entry: Entry, case: str) -> str:
        """The text in a case; MissingForm if words/<tag>.csv lacks it."""
        forms = self.forms.get((entry.kind, entry.text), {})
        if case in forms:
            return forms[case]
        base = forms.get("") or (entry.text if self.original else "")
        if base and (entry.kind, case) in self.patterns:
            return self.patterns[entry.kind, case].fill(lambda _field, _case: base)
        if base and self.original:
            return base
        asked = f"the case {case!r}" if case else "its form"
        message = f"{self.where} lacks {asked} of the {entry.kind} {entry.text!r}"
        raise MissingForm(
            Problem(entry.where or self.where, message, f"add {entry.kind},{entry.text},{case},…", what="form")
        )

    def cases(self) -> frozenset[str]:
        """Every case that some text has."""
        known = {case for forms in self.forms.values() for case in forms} | {case for _, case in self.patterns}
        return frozenset({"", SHORT, *known})


@dataclass(frozen=True, slots=True)
class Officials:
    """How title, person and country stand together, by case."""

    where: str
    patterns: Mapping[str, Pattern]

    def say(self, value: Official, case: str, words: Words, country: Callable[[str, str], str]) -> str:
        """The official in a case. The title of a woman is the case 'f', that of one country alone its code: 'CN f'."""

        def part(field: str, form: str) -> str:
            match field:
                case "person":
                    return words.say(value.person, form)
                case "country":
                    return country(value.country, form)
                case _:
                    return _title(value, form, words)

        return self.patterns[case].fill(part)


def _title(value: Official, case: str, words: Words) -> str:
    """The title in the first of these cases that the words have: of this country and sex, of this country, of this sex.

    A country may have its own word for an office: the President of China is no 总统.
    """
    forms = words.forms.get((value.title.kind, value.title.text), {})
    female = " f" if value.female else ""
    own = (f"{case} {value.country}{female}", f"{case} {value.country}", f"{case}{female}")
    return words.say(value.title, next((each for each in map(str.strip, own) if each in forms), case))


@dataclass(frozen=True, slots=True)
class Lists:
    """A, B and C: the joints, and what may stand after the last one to change it."""

    sheet: ListSheet
    before: tuple[tuple[re.Pattern[str], str], ...]
    pair: Pattern | None

    def joined(self, items: Sequence[str]) -> str:
        """The items in one text."""
        *first, last = items
        if not first:
            return last
        joint = next((joint for start, joint in self.before if start.match(last)), self.sheet.last)
        return self.sheet.comma.join(first) + joint + last


def words(sheet: Sheet, tag: str, where: str) -> Words:
    """No texts yet, but the patterns of a language file."""
    patterns = {
        (kind, case): Pattern.parse(text, ("text",), where)
        for kind, cases in sheet.entry.items()
        for case, text in cases.items()
    }
    return Words(f"words/{tag}.csv", patterns)


def officials(sheet: Sheet, where: str) -> Officials:
    """The officials of a language file."""
    fields = ("title", "person", "country")
    patterns = {case: Pattern.parse(text, fields, where) for case, text in sheet.official.items()}
    return Officials(where, {"": patterns["nom"], **patterns})


def lists(sheet: ListSheet, where: str) -> Lists:
    """The lists of a language file."""
    before = tuple((re.compile(start), joint) for start, joint in sheet.before.items())
    pair = Pattern.parse(sheet.pair, ("first", "last"), where) if sheet.pair else None
    return Lists(sheet, before, pair)
