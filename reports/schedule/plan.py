"""The plan: schedule.toml read and checked, all its mistakes told at once, each with its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BaseModel

from reports.errors import DataError, Problem
from reports.facts.records import Data
from reports.schedule.rules import ALL, ANY, WORKING, Clock, Edition, Entry, Making, Rule, Visit, calendar
from reports.sources.schedule_models import (
    ORDINALS,
    DeliveryModel,
    EditionModel,
    EntryModel,
    RetentionModel,
    ScheduleModel,
    VisitModel,
)
from reports.sources.text import decoded, nearest
from reports.sources.validation import checked
from reports.sources.yaml_files import Place, Tree

LARGEST = 1_000_000  # bytes; a hundred entries take less than a tenth
TABLES: Mapping[str, type[BaseModel]] = {"editions": EditionModel, "visits": VisitModel, "delivery": DeliveryModel}
HEADER = re.compile(r"\s*(\[{1,2})\s*([\w-]+)\s*\]{1,2}\s*(?:#.*)?")
KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
UNITS = {"MB": 10**6, "GB": 10**9, "TB": 10**12}
Tables = dict[str, list[tuple[int, Any]]]  # the records of a list, each with its number in the file


@dataclass(frozen=True, slots=True)
class Choices:
    """What an entry may ask for: the partners of the data, and what templates and writers offer."""

    partners: tuple[str, ...]
    reports: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """What is kept: editions by age in months or by number of each pair, the history by age, all up to `disk` bytes.

    None is without bound.
    """

    edition_months: int | None = None
    edition_count: int | None = None
    history_months: int = 24
    disk: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryTable:
    """A [[delivery]] as typed, its file and line, for those who deliver to check."""

    where: str
    keys: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole schedule. `grace` is how late a run may be before it is overdue, `tries` how often one that fails is
    tried."""

    editions: tuple[Edition, ...] = ()
    visits: tuple[Visit, ...] = ()
    deliveries: tuple[DeliveryTable, ...] = ()
    retention: Retention = field(default=Retention())
    grace: timedelta = timedelta(hours=6)
    tries: int = 5
    where: str = "schedule.toml"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Editions and visits."""
        return (*self.editions, *self.visits)

    def entry(self, name: str) -> Entry:
        """The entry of a name; KeyError if there is none."""
        return {entry.name: entry for entry in self.entries}[name]


def read_plan(path: Path, choices: Choices | None = None) -> Plan:
    """The plan of a file. DataError with all its problems; what it may ask for is looked at where choices are given."""
    problems: list[Problem] = []
    tree = _tree(path)
    head, tables = _models(tree, problems)
    plan = _Reading(tree, head, choices, problems).plan(tables)
    if problems:
        raise DataError(*sorted(dict.fromkeys(problems), key=_line))
    return plan


def _line(problem: Problem) -> int:
    return int(problem.where.rpartition(":")[2])


def contradiction(plan: Plan, data: Data) -> Problem | None:
    """What the schedule and the data say differently of the day on which editions come out; None if they agree.

    Briefs print the next edition by `edition_day` of data.yaml, so one entry at least must run on that day.
    """
    days = sorted({edition.rule.nth for edition in plan.editions if edition.rule.kind == ANY})
    if not data.edition_day or not plan.editions or data.edition_day in days:
        return None
    found = f"day {', '.join(map(str, days))}" if days else "no fixed day of the month"
    message = f"editions come out on {found}, by data.yaml on day {data.edition_day}"
    return Problem(
        plan.where, message, "briefs print the day of data.yaml: change edition_day or the schedule", "warning"
    )


# ---------------------------------------------------------------- text to models


def _tree(path: Path) -> Tree:
    """The content of the file with the lines of its tables and keys; DataError if it is no TOML."""
    problems: list[Problem] = []
    if not path.is_file():
        raise DataError(Problem(path.name, "no such file", "docs/data-format.md says what a schedule holds"))
    if path.stat().st_size > LARGEST:
        raise DataError(Problem(path.name, f"larger than {LARGEST} bytes", "is it a schedule?"))
    text = decoded(path, path.parent, problems)
    if text is None:
        raise DataError(*problems)
    try:
        return Tree(path.name, tomllib.loads(text), _lines(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path.name}:{line[1] if line else 1}"
        raise DataError(Problem(where, f"no TOML: {error}", "docs/data-format.md shows a schedule")) from error


def _lines(text: str) -> dict[Place, int]:
    """The line of each table and key, by its place: ('editions', 0, 'day').

    >>> _lines("timezone = 'UTC'\\n[[visits]]\\npartner = 'LU'")
    {('timezone',): 1, ('visits',): 2, ('visits', 0): 2, ('visits', 0, 'partner'): 3}
    """
    lines: dict[Place, int] = {}
    place: Place = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.fullmatch(line):
            name = header[2]
            place = (name,)
            lines.setdefault(place, number)
            if header[1] == "[[":
                place = (name, counts.setdefault(name, 0))
                counts[name] += 1
                lines[place] = number
        elif key := KEY.match(line):
            lines.setdefault((*place, key[1]), number)
    return lines


def _models(tree: Tree, problems: list[Problem]) -> tuple[ScheduleModel, Tables]:
    """The head of the file, and the good records of its lists by their number; what is wrong is told."""
    own = {key: value for key, value in tree.content.items() if key not in TABLES and key != "retention"}
    head = checked(ScheduleModel, own, tree, (), problems)
    tables: Tables = {}
    for name, model in TABLES.items():
        listed = tree.content.get(name, [])
        most = ScheduleModel.model_fields[name].metadata[0].max_length
        if not isinstance(listed, list) or len(listed) > most:
            message = f"{name!r} is no list of tables" if not isinstance(listed, list) else f"more than {most} {name}"
            problems.append(Problem(tree.where(name), message, f"write [[{name}]] above each"))
            listed = []
        found = [checked(model, keys, tree, (name, index), problems) for index, keys in enumerate(listed)]
        tables[name] = [(index, record) for index, record in enumerate(found) if record]
    keep = checked(RetentionModel, tree.content.get("retention", {}), tree, ("retention",), problems)
    tables["retention"] = [(0, keep or RetentionModel())]
    return head if isinstance(head, ScheduleModel) else ScheduleModel.model_validate({}), tables


# ---------------------------------------------------------------- models to entries


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known while the records of a file become entries."""

    tree: Tree
    head: ScheduleModel
    choices: Choices | None
    problems: list[Problem]

    def plan(self, tables: Tables) -> Plan:
        """The plan; it is not to be used if a problem is told."""
        places = [(name, index) for name in TABLES for index, _ in tables[name]]
        for table, names in (
            ("delivery", [model.name for _, model in tables["delivery"]]),
            ("editions", [model.name for _, model in tables["editions"]]),
            ("visits", [f"{model.partner} {model.begins}" for _, model in tables["visits"]]),
        ):
            self._unique([place for place in places if place[0] == table], names)
        targets = {model.name for _, model in tables["delivery"]}
        for name in ("editions", "visits"):
            for index, model in tables[name]:
                self._choices(model, (name, index), targets)
        editions = [self._edition(model, ("editions", index)) for index, model in tables["editions"]]
        visits = [self._visit(model, ("visits", index)) for index, model in tables["visits"]]
        return Plan(
            tuple(edition for edition in editions if edition), tuple(visit for visit in visits if visit),
            tuple(DeliveryTable(self.tree.where("delivery", index), model.model_dump())
                  for index, model in tables["delivery"]),
            _retention(tables["retention"][0][1]), timedelta(hours=self.head.grace), self.head.tries, self.tree.name,
        )  # fmt: skip

    def _tell(self, place: Place, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.tree.where(*place), message, hint))

    def _unique(self, places: list[tuple[str, int]], names: list[str]) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                message = f"two {places[index][0]} of the name {name!r}"
                self._tell(places[index], message, "every one has a name of its own")

    def _choices(self, model: EntryModel, place: Place, targets: set[str]) -> None:
        """Tells of what an entry asks for and nobody offers."""
        partners = getattr(model, "partners", None) or [getattr(model, "partner", ALL)]
        asked = [("deliver", model.deliver, targets, "delivery")]
        if self.choices:
            asked += [
                (
                    "partners" if hasattr(model, "partners") else "partner",
                    partners,
                    {*self.choices.partners},
                    "partner",
                ),
                ("reports", model.reports, {*self.choices.reports}, "report"),
                ("languages", model.languages, {*self.choices.languages}, "language"),
                ("formats", model.formats, {*self.choices.formats}, "format"),
            ]
        for key, names, known, what in asked:
            general = {ALL} if what in {"partner", "report", "language", "format"} else set()
            for name in names:
                if name not in known | general:
                    self._tell(
                        (*place, key), f"{key}: unknown {what} {name!r}", nearest(name, known | general, most=30)
                    )

    def _clock(self, model: EntryModel, place: Place) -> Clock | None:
        own = (*place, "timezone") if model.timezone else ("timezone",)
        zone = model.timezone or self.head.timezone
        try:
            return Clock(model.time, ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
            self._tell(own, f"timezone: unknown zone {zone!r}", nearest(zone, available_timezones()))
            return None

    def _edition(self, model: EditionModel, place: Place) -> Edition | None:
        clock, rule = self._clock(model, place), self._rule(model, place)
        holidays = self._holidays(model, place)
        if model.from_ and model.until and model.from_ > model.until:
            self._tell((*place, "until"), f"until: {model.until} is before {model.from_}")
        if ((rule and rule.kind == WORKING) or model.shift != "none") and not holidays:
            hint = 'holidays = "KZ" names the calendar of public holidays and weekends'
            self._tell(place, "working days, and no calendar that says which", hint)
        if not clock or not rule:
            return None
        when = {"months": tuple(sorted(set(model.months)))} if model.months else {}
        return Edition(
            model.name, rule, clock, _making(model), tuple(dict.fromkeys(model.partners)),
            holidays=holidays, shift=model.shift, first=model.from_, last=model.until, **when,
        )  # fmt: skip

    def _rule(self, model: EditionModel, place: Place) -> Rule | None:
        if (model.day is None) == (model.rule is None):
            found = "neither day nor rule" if model.day is None else "both day and rule"
            self._tell(place, f"{found}", 'write day = 1, day = "last" or rule = "last working day"')
            return None
        if model.rule:
            ordinal, _, kind = model.rule.partition(" ")
            return Rule(-1 if ordinal == ORDINALS[-1] else ORDINALS.index(ordinal) + 1, kind)
        return Rule(-1 if model.day == ORDINALS[-1] or model.day is None else int(model.day))

    def _holidays(self, model: EditionModel, place: Place) -> str:
        code = model.holidays or self.head.holidays or ""
        try:
            if code:
                calendar(code)
        except NotImplementedError:
            own = (*place, "holidays") if model.holidays else ("holidays",)
            self._tell(own, f"holidays: no calendar of {code!r}", "a country of ISO 3166-1: KZ, or a part of it: DE-BY")
            return ""
        return code

    def _visit(self, model: VisitModel, place: Place) -> Visit | None:
        clock, ends = self._clock(model, place), model.ends or model.begins
        if ends < model.begins:
            self._tell((*place, "ends"), f"ends: {ends} is before {model.begins}, on which the visit begins")
        if not clock:
            return None
        return Visit(
            model.partner, model.begins, ends, tuple(sorted(set(model.prepare), reverse=True)), clock, _making(model),
            model.place or "", model.level or "", tuple(model.delegation),
        )  # fmt: skip


def _making(model: EntryModel) -> Making:
    lists = (model.reports, model.languages, model.formats)
    reports, languages, formats = (tuple(dict.fromkeys(names)) for names in lists)
    return Making(reports, languages, formats, model.disclosure, tuple(dict.fromkeys(model.deliver)))


def _retention(model: RetentionModel) -> Retention:
    """Ages as months, disk as bytes.

    >>> _retention(RetentionModel(editions="3 years", disk="20 GB"))
    Retention(edition_months=36, edition_count=None, history_months=24, disk=20000000000)
    """
    editions = model.editions
    months = _months(editions) if isinstance(editions, str) else None
    number, _, unit = (model.disk or "").partition(" ")
    disk = int(number) * UNITS[unit] if unit else None
    return Retention(months, editions if isinstance(editions, int) else None, _months(model.history), disk)


def _months(age: str) -> int:
    number, _, unit = age.partition(" ")
    return int(number) * (12 if unit.startswith("year") else 1)
