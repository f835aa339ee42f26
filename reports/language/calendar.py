"""Periods and days in words and cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.errors import Problem, WordingError
from reports.facts.values import Day, Days, Part, Period
from reports.language.numbers import Numbers
from reports.language.patterns import Pattern
from reports.language.sheet import Forms, TimeSheet

# The kinds of a stretch of time and the fields that their patterns may have.
PARTS = {
    "year": ("year",),
    "quarter": ("quarter", "year"),
    "month": ("month", "year", "mm"),
    "day": ("day", "month", "year", "dd", "mm"),
}
RANGES = {
    "years": ("start", "end"),
    "quarters": ("first", "last", "year"),
    "months": ("first", "last", "year"),
    "days": ("first", "last", "start", "end", "month", "year"),
    "across": ("start", "end", "year"),
    "span": ("start", "end"),
    "since": ("start",),
    "until": ("end",),
    "lately": ("end", "years"),
}
KINDS = PARTS | RANGES
ANY = "*"  # the pattern for every case that a kind does not list
Say = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a language file says of time. `patterns` has (kind, case) by plural category, '' for all."""

    where: str
    sheet: TimeSheet
    numbers: Numbers
    patterns: Mapping[tuple[str, str], Mapping[str, Pattern]]

    def period(self, value: Period, case: str) -> str:
        """The period in a case; '' is the nominative."""
        return self._period(value, self._meant("a period", case, self.sheet.period_cases))

    def day(self, value: Day | Days, case: str) -> str:
        """The day or days in a case, no more exact than they are known."""
        case = self._meant("a day", case, self.sheet.day_cases)
        if isinstance(value, Day):
            return self._part(_part(value), case)
        return self._period(Period(_part(value.first), _part(value.last)), case)

    def _meant(self, what: str, case: str, cases: tuple[str, ...]) -> str:
        if case and case not in cases:
            raise WordingError(Problem(self.where, f"{what} has no case {case!r}", f"choose from {', '.join(cases)}"))
        return self.sheet.alias.get(case, case) or "nom"

    def _period(self, value: Period, case: str) -> str:
        kind = kind_of(value)
        if kind in PARTS and value.end:
            return self._part(value.end, case)
        return self._fill(kind, case, value.years, self._range_fields(value))

    def _part(self, part: Part, case: str) -> str:
        def say(field: str, form: str) -> str:
            match field:
                case "month":
                    return self.sheet.months[form or "nom"][part.month - 1]
                case "quarter":
                    return self.sheet.quarters[form or "nom"][part.quarter - 1]
                case "day":
                    return self._day(part.day, form)
                case "dd" | "mm":
                    return f"{part.day if field == 'dd' else part.month:02}"
                case _:
                    return str(part.year)

        return self._fill(_part_kind(part), case, 0, say)

    def _range_fields(self, value: Period) -> Say:
        def say(field: str, form: str) -> str:
            match field, value.start, value.end:
                case (("start" | "first"), Part() as start, _):
                    return self._end(field, start, form)
                case (("end" | "last"), _, Part() as end):
                    return self._end(field, end, form)
                case "month", _, Part() as end:
                    return self.sheet.months[form or "nom"][end.month - 1]
                case "years", _, _:
                    return self.numbers.number(Decimal(value.years))
                case _:
                    return str(value.last.year)

        return say

    def _end(self, field: str, part: Part, form: str) -> str:
        """One end of a range: whole (`start`, `end`), or without its year (`first`, `last`)."""
        if field in ("start", "end"):
            return self._part(part, form or "nom")
        if part.day:
            return self._day(part.day, form)
        if part.quarter:
            return self.sheet.quarters[form or "nom"][part.quarter - 1]
        return self.sheet.months[form or "nom"][part.month - 1]

    def _day(self, day: int, form: str) -> str:
        """The number of a day; a table may say it otherwise, in a case of one day ('since 2') or of all ('since *')."""
        number = self.sheet.days.get(str(day), str(day))
        if not form:
            return number
        return self.sheet.days.get(f"{form} {day}") or self.sheet.days[f"{form} *"].replace("*", number)

    def _fill(self, kind: str, case: str, count: int, say: Say) -> str:
        forms = self.patterns.get((kind, case)) or self.patterns[kind, ANY]
        pattern = forms.get(self.numbers.plural(Decimal(count))) or forms.get("") or forms["other"]
        return pattern.fill(say)


def kind_of(value: Period) -> str:
    """The kind of a period.

    >>> [kind_of(Period.parse(text)) for text in ("2024", "2025-01/2025-08", "2021/2022", "2005/2025-Q2")]
    ['year', 'months', 'years', 'span']
    """
    start, end = value.start, value.end
    if value.years or start is None or end is None:
        return "lately" if value.years else "since" if end is None else "until"
    if start == end:
        return _part_kind(end)
    kinds = {_part_kind(start), _part_kind(end)}
    if len(kinds) > 1:
        return "span"
    return _range_kind(kinds.pop(), start.first, end.first)


def _range_kind(kind: str, start: date, end: date) -> str:
    if kind == "year":
        return "years"
    if start.year != end.year:
        return "span"
    if kind == "day" and start.month != end.month:
        return "across"
    return f"{kind}s"


def _part(day: Day) -> Part:
    return Part(day.year, 0, day.month, day.day)


def _part_kind(part: Part) -> str:
    return "day" if part.day else "month" if part.month else "quarter" if part.quarter else "year"


def calendar(sheet: TimeSheet, numbers: Numbers, where: str) -> Calendar:
    """The calendar of a language file; WordingError where a kind, a case or a name is missing."""
    patterns: dict[tuple[str, str], Mapping[str, Pattern]] = {}
    for kind, fields in KINDS.items():
        forms = sheet.kinds.get(kind, {})
        missing = {"nom", *sheet.period_cases, *sheet.day_cases} - forms.keys()
        if missing and ANY not in forms and not _impossible(kind, missing, sheet):
            raise WordingError(Problem(where, f"time.kinds.{kind} lacks {', '.join(sorted(missing))}"))
        for case, text in forms.items():
            patterns[kind, case] = _patterns(_resolved(text, forms), fields, where)
    _check_names(sheet, patterns, where)
    return Calendar(where, sheet, numbers, patterns)


def _impossible(kind: str, missing: set[str], sheet: TimeSheet) -> bool:
    """Whether the missing cases are only those of days, and no day is of this kind."""
    return kind in ("quarter", "quarters", "since", "until", "lately") and not missing & {"nom", *sheet.period_cases}


def _resolved(text: Forms, forms: Mapping[str, Forms]) -> Forms:
    """The pattern, or that of the case it refers to: on = '=in'."""
    while isinstance(text, str) and text.startswith("="):
        text = forms[text[1:]]
    return text


def _patterns(text: Forms, fields: tuple[str, ...], where: str) -> dict[str, Pattern]:
    forms = {"": text} if isinstance(text, str) else text
    return {category: Pattern.parse(form, fields, where) for category, form in forms.items()}


def _check_names(sheet: TimeSheet, patterns: Mapping[tuple[str, str], Mapping[str, Pattern]], where: str) -> None:
    """Twelve months and four quarters in every case, and every case that a pattern asks for."""
    for what, table, size in (("months", sheet.months, 12), ("quarters", sheet.quarters, 4)):
        for case, names in table.items():
            if len(names) != size:
                raise WordingError(Problem(where, f"time.{what}.{case} has {len(names)} names, not {size}"))
    for (kind, case), forms in patterns.items():
        for pattern in forms.values():
            for _, field, form in pattern.pieces:
                if not _known(sheet, patterns, kind, field, form or "nom"):
                    message = f"time.kinds.{kind}.{case} asks for {{{field}:{form}}}, which has no table"
                    raise WordingError(Problem(where, message))


def _known(
    sheet: TimeSheet, patterns: Mapping[tuple[str, str], Mapping[str, Pattern]], kind: str, field: str, form: str
) -> bool:
    match field:
        case "month":
            return form in sheet.months
        case "quarter":
            return form in sheet.quarters
        case "first" | "last" if kind != "days":
            return form in (sheet.quarters if kind == "quarters" else sheet.months)
        case "day" | "first" | "last":
            return form == "nom" or f"{form} *" in sheet.days
        case "start" | "end":
            parts = {"years": ("year",), "days": ("day",), "across": ("day",)}.get(kind, tuple(PARTS))
            return all((part, form) in patterns or (part, ANY) in patterns for part in parts)
        case _:
            return True
