"""The folder of templates: its reports and languages, each read at its first use."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports.errors import Problem, UnknownChoice, WordingError
from reports.facts.standpoint import Disclosure
from reports.house.shelf import DEFAULT
from reports.language import Language, read_language
from reports.wording.catalogs import read_catalog
from reports.wording.circulation import UNSAID, Circulation
from reports.wording.messages import Catalog
from reports.wording.templates import Environment

SOURCE = "source_language"  # a key of templates/templates.toml
CHANGES = "/changes.j2"  # how the template of such a section is called
LISTED, AS_NOTES = "list", "footnotes"  # where a report has its sources: a key of its report.toml


@dataclass(frozen=True, slots=True)
class Report:
    """A kind of brief: the template of its title and furniture, and its sections in order.

    `internal` and `public` are its levels, `short` says that it is the short form; `given` are names for its sections
    beside those of the facts; `sources_as_notes` says that its sources stand at the foot of the page that cites them;
    `circulation` is what the order says of it, `house` which house style it is in, by language where not in one for
    all ("").
    """

    name: str
    page: str
    sections: tuple[str, ...]
    internal: str = ""
    public: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    sources_as_notes: bool = False
    circulation: Circulation = UNSAID
    house: Mapping[str, str] = field(default_factory=dict)
    short: bool = False

    @property
    def tells_changes(self) -> bool:
        """Whether it has a section on what changed since the edition before."""
        return any(name.endswith(CHANGES) for name in self.sections)

    def level(self, disclosure: Disclosure) -> str:
        """How it is classified, one of the levels of templates.toml; the printed line says the same."""
        return self.public if disclosure == "public" and self.public else self.internal


@dataclass(frozen=True, slots=True)
class Voice:
    """A language and what it says for each message."""

    language: Language
    catalog: Catalog


@dataclass(frozen=True)
class Library:
    """The folder of templates: its reports and languages, each read at its first use."""

    templates: Path
    environment: Environment
    source: str
    beside: str = ""
    levels: tuple[str, ...] = ()
    houses: Mapping[str, str] = field(default_factory=dict)
    department_houses: Mapping[str, str] = field(default_factory=dict)
    voices: dict[str, Voice] = field(default_factory=dict)

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that there are."""
        return tuple(sorted(path.parent.name for path in self.templates.glob("languages/*/language.toml")))

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that there are."""
        return tuple(sorted(path.parent.name for path in self.templates.glob("reports/*/report.toml")))

    def voice(self, tag: str) -> Voice:
        """A language with its catalog. Raises UnknownChoice, or WordingError if its folder is wrong."""
        if tag not in self.tags:
            raise UnknownChoice("language", tag, self.tags)
        if tag not in self.voices:
            folder = self.templates / "languages" / tag
            language = read_language(folder)  # first: it tells a wrong tag, which a catalog takes as it is
            catalog = Catalog() if tag == self.source else read_catalog(folder / "messages.po")
            self.voices[tag] = Voice(language, catalog)
        return self.voices[tag]

    def report(self, name: str, *, short: bool = False) -> Report:
        """A report by its name, or its short form. UnknownChoice for a name or a short form that there is not,
        WordingError if its report.toml is wrong."""
        if name not in self.reports:
            raise UnknownChoice("report", name, self.reports)
        path = self.templates / "reports" / name / "report.toml"
        read = _toml(path)
        if not isinstance(read.get("page"), str) or not isinstance(read.get("sections"), list):
            raise WordingError(
                Problem(str(path), "lacks page or sections", 'page = "…/page.j2", sections = ["…/….j2"]')
            )
        if short and not isinstance(read.get("short"), list):
            raise UnknownChoice("report with a short form", name, filter(self._has_short, self.reports))
        sections = tuple(f"reports/{section}" for section in read["short" if short else "sections"])
        level = self._level(path, read.get("level"))
        public = self._level(path, read["public_level"]) if "public_level" in read else ""
        placed = read.get("sources", LISTED)
        if placed not in (LISTED, AS_NOTES):
            raise WordingError(Problem(str(path), f"has sources = {placed!r}", f'"{LISTED}" or "{AS_NOTES}"'))
        page = f"reports/{read['page']}"
        house = _houses(read, path)
        as_notes = placed == AS_NOTES
        return Report(name, page, sections, level, public, sources_as_notes=as_notes, short=short, house=house)

    def _level(self, path: Path, level: object) -> str:
        """A level of templates.toml; a report without one has the highest, so that it is never sent by mistake."""
        if level is None and self.levels:
            return self.levels[-1]
        if level not in self.levels:
            hint = f"choose from {', '.join(self.levels)}, or add it to levels of templates.toml"
            raise WordingError(Problem(str(path), f"has the level {level!r}", hint))
        return str(level)

    def house(self, report: Report, tag: str) -> str:
        """The name of the house style of a report in a language, the first that is set: for the department that issues
        it, for the report in the language, for the language, for the report, for all."""
        department = self.department_houses.get(report.circulation.department)
        return department or report.house.get(tag) or self.houses.get(tag) or report.house.get("") or DEFAULT

    def letter(self, name: str, given: Mapping[str, object]) -> Report:
        """A letter about briefs: the texts of templates/letters/<name>."""
        folder = f"letters/{name}"
        return Report(name, f"{folder}/page.j2", (f"{folder}/text.j2",), given=given)

    def _has_short(self, name: str) -> bool:
        return "short" in _toml(self.templates / "reports" / name / "report.toml")


def open_library(templates: Path) -> Library:
    """The library of a templates folder; WordingError if it is none."""
    path = templates / "templates.toml"
    read = _toml(path)
    levels = tuple(map(str, read.get("levels", ())))
    houses, departments = _houses(read, path), _names_of(read, "house_by_department", path)
    source, beside = str(read[SOURCE]), str(read.get("beside", ""))
    return Library(templates, Environment(templates), source, beside, levels, houses, departments)


def _houses(read: Mapping[str, Any], path: Path) -> Mapping[str, str]:
    """The names of house styles by language, and under "" that for all. WordingError where they are none."""
    every = read.get("house", "")
    if not isinstance(every, str):
        raise WordingError(Problem(str(path), f"house is {every!r}", 'house = "name", of a file in templates/house'))
    return {**_names_of(read, "house_by_language", path), "": every}


def _names_of(read: Mapping[str, Any], key: str, path: Path) -> Mapping[str, str]:
    found = read.get(key, {})
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise WordingError(Problem(str(path), f"{key} is {found!r}", f'{key} = {{ "…" = "name" }}'))
    return found


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordingError(Problem(str(path), f"cannot be read: {error}")) from error
