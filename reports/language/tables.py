"""The tables of forms of a language: names.csv, terms.csv. Forms are looked up, never made."""

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reports.errors import MissingForm, Problem, WordingError
from reports.language.sheet import TableSheet

STATUSES = ("reviewed", "proposed")
SHORT = "short"
INVISIBLE = ("Cc", "Cf", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Table:
    """Forms by key and case, and the line on which each key begins. The case of another register has its name before
    it: 'official gen'."""

    path: Path
    forms: Mapping[str, Mapping[str, str]]
    sheet: TableSheet
    cases: frozenset[str]
    lines: Mapping[str, int] = field(default_factory=dict)

    def say(self, key: str, case: str) -> str:
        """The form. MissingForm if the table lacks it, WordingError if no key of it has the case."""
        forms = self.forms.get(key, {})
        found = forms.get(self._meant(case)) or forms.get(self._alias(case))
        if found:
            return found
        if case not in self.cases:
            choices = ", ".join(sorted(self.cases))
            raise WordingError(Problem(str(self.path), f"no entry has the case {case!r}", f"choose from {choices}"))
        hint = f"add the row to {self.path}; a form is never guessed"
        where = f"{self.path}:{self.lines.get(key, 1)}"
        raise MissingForm(Problem(where, f"{key} lacks the case {self._meant(case)!r}", hint, what="form"))

    def has(self, key: str, case: str) -> bool:
        """Whether it can say the key in the case."""
        forms = self.forms.get(key, {})
        return self._meant(case) in forms or self._alias(case) in forms

    def _meant(self, case: str) -> str:
        register, _, rest = case.rpartition(" ")
        if not register and f"{case} {self.sheet.default}" in self.cases:
            register, rest = case, ""  # 'official' alone is its default case
        return f"{register} {rest or self.sheet.default}".strip()

    def _alias(self, case: str) -> str:
        register, _, rest = self._meant(case).rpartition(" ")
        return f"{register} {self.sheet.alias.get(rest, rest)}".strip()


def read_names(path: Path, sheet: TableSheet) -> Table:
    """names.csv: `country,register,case,form,status`. WordingError with every row that is wrong."""
    return _table(path, sheet, ("country", "register", "case", "form", "status"))


def read_terms(path: Path, sheet: TableSheet) -> Table:
    """terms.csv: `term,case,form,status`. WordingError with every row that is wrong."""
    return _table(path, sheet, ("term", "case", "form", "status"))


def _table(path: Path, sheet: TableSheet, columns: tuple[str, ...]) -> Table:
    forms: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    problems = []
    for line, row in _rows(path, columns):
        register = row.get("register", SHORT)
        case = row["case"] if register == SHORT else f"{register} {row['case']}".strip()
        of_key = forms.setdefault(row[columns[0]], {})
        lines.setdefault(row[columns[0]], line)
        if fault := _fault(row, case in of_key):
            problems.append(Problem(f"{path}:{line}", *fault))
        of_key[case] = row["form"]
    if problems:
        raise WordingError(*problems)
    return Table(path, forms, sheet, _cases(forms, sheet), lines)


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WordingError(Problem(str(path), f"cannot be read: {error}", "save it as CSV UTF-8")) from error
    if tuple(reader.fieldnames or ()) != columns:
        raise WordingError(Problem(f"{path}:1", f"the columns are {reader.fieldnames}", f"use {','.join(columns)}"))
    return [(line, {name: row[name] or "" for name in columns}) for line, row in rows]


def _fault(row: Mapping[str, str], twice: bool) -> tuple[str, str] | None:
    """What is wrong with a row, and what helps."""
    form = row["form"]
    if twice:
        return "the same case twice", "keep one of the rows"
    if not form or form != form.strip():
        return f"the form {form!r} is empty or has spaces around it", "write the form alone"
    if row["status"] not in STATUSES:
        return f"unknown status {row['status']!r}", f"choose from {', '.join(STATUSES)}"
    if form != unicodedata.normalize("NFC", form) or any(unicodedata.category(sign) in INVISIBLE for sign in form):
        return f"the form {form!r} has invisible or decomposed characters", "type the form anew"
    return None


def _cases(forms: Mapping[str, Mapping[str, str]], sheet: TableSheet) -> frozenset[str]:
    found = {case for of_key in forms.values() for case in of_key}
    for other, case in sheet.alias.items():
        found |= {one.removesuffix(case) + other for one in found if one.split(" ")[-1] == case or one == case}
    registers = {case.rpartition(" ")[0] for case in found if " " in case}
    return frozenset({"", *found, *registers})
