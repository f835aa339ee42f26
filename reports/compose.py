"""Facts, a report and a language become a Document: the only place where they meet."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from reports.document import Block, Document, FigureRecord, Furniture, plain
from reports.errors import Problem, UnknownChoice, WordingError
from reports.facts.fact import STANDING, Fact
from reports.facts.facts import Facts
from reports.facts.figures import Figure
from reports.facts.records import Data
from reports.facts.standpoint import Disclosure
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
from reports.house.shelf import DEFAULT
from reports.language import Language, read_language
from reports.wording.calls import Calls
from reports.wording.catalogs import read_catalog
from reports.wording.circulation import UNSAID, Circulation, circulation_said
from reports.wording.digits import in_digits
from reports.wording.finishing import finished
from reports.wording.labels import labels
from reports.wording.messages import Catalog
from reports.wording.scene import scene
from reports.wording.speaker import Speaker
from reports.wording.tables import Tables, Words
from reports.wording.templates import Environment, exported, section

SOURCE = "source_language"  # a key of templates/templates.toml
CHANGES = "/changes.j2"  # how the template of such a section is called
COMMON = "reports/common.j2"
LISTED, AS_NOTES = "list", "footnotes"  # where a report has its sources: a key of its report.toml
PAGE_NUMBERS = "page {page} of {pages}"


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


def compose(facts: Facts, data: Data, report: Report, library: Library, tag: str) -> Document:
    """The document of a report in a language; what it lacks is among its problems. Raises WordingError."""
    return composed(facts, data, report, library, tag)[0]


def composed(facts: Facts, data: Data, report: Report, library: Library, tag: str) -> tuple[Document, Speaker]:
    """The document and who said it, for what is to be said again. Raises WordingError."""
    speaker = _speaker(data, library, tag)
    speaker.ledger.sources_as_notes = report.sources_as_notes
    names = _names(facts, report, library, speaker)
    page = _page(report, library, names)
    blocks: list[Block] = []
    for name in report.sections:
        blocks += section(library.environment, name, names)
    document = Document(
        title=page["title"],
        subject=page["subject"],
        language=tag,
        direction=speaker.language.direction,
        as_of=facts.as_of.first,
        furniture=_furniture(page, speaker, _circulated(report, library, names)),
        blocks=_finished(blocks, report, speaker),
        figures={key: record(fact) for key, fact in speaker.ledger.facts.items()},
        problems=tuple(speaker.ledger.problems),
        hyphenation=speaker.language.hyphenation,
        capitals=speaker.language.typography.capitals,
        origin=_origin(facts, report),
        labels=called(speaker, library, names),
    )
    return in_digits(document, speaker.language.quantities.sheet.number.digits), speaker


def _origin(facts: Facts, report: Report) -> Mapping[str, str]:
    """The order of the document in plain text; what is empty is left out."""
    found = {
        "home": facts.home.code,
        "partner": facts.partner.code,
        "report": report.name,
        "short": "yes" if report.short else "",
        "known": facts.known,
        "disclosure": facts.disclosure,
        "visit": facts.visit.isoformat() if facts.visit else "",
    }
    return {name: value for name, value in found.items() if value}


def _finished(blocks: list[Block], report: Report, speaker: Speaker) -> tuple[Block, ...]:
    """The blocks as printed; a mistake is told of the report, since no section made it alone."""
    ledger = speaker.ledger
    try:
        return finished(blocks, ledger.least_headings, sources_as_notes=report.sources_as_notes)
    except WordingError as error:
        raise WordingError(*(replace(problem, where=report.name) for problem in error.problems)) from error


def stage(facts: Facts, data: Data, library: Library, tag: str) -> tuple[Speaker, Mapping[str, object]]:
    """What a text that is no report is made of: the speaker of a language and all names that a section may use.

    Raises WordingError for a language that cannot be read.
    """
    speaker = _speaker(data, library, tag)
    return speaker, _names(facts, Report("", "", ()), library, speaker)


def page_of(facts: Facts, data: Data, report: Report, library: Library, tag: str) -> Mapping[str, str]:
    """The title of a report and what stands on its pages: issuer, classification, footer. Raises WordingError."""
    return _page(report, library, _names(facts, report, library, _speaker(data, library, tag)))


def _names(facts: Facts, report: Report, library: Library, speaker: Speaker) -> Mapping[str, object]:
    """All that the templates of a document see."""
    names: dict[str, object] = {"t": speaker, **scene(facts), **report.given}
    return {**names, **Calls(Tables(speaker, _words(library, names)), facts.sources).named()}


def _page(report: Report, library: Library, names: Mapping[str, object]) -> Mapping[str, str]:
    """The title of the document and what stands on every page."""
    days = {key: cast(Fact, names[key]).value for key in STANDING}  # what stands on every page is no figure
    found = exported(library.environment, report.page, {**names, **days})
    return {key: plain(cast(Any, text)) for key, text in found.items()}


def _furniture(page: Mapping[str, str], speaker: Speaker, circulated: Mapping[str, str]) -> Furniture:
    numbers = speaker.pattern(PAGE_NUMBERS)
    return Furniture(page["issuer"], page["classification"], page["footer"], numbers, **circulated)


def _circulated(report: Report, library: Library, names: Mapping[str, object]) -> Mapping[str, str]:
    """What the order says of the number, the copies and the way of the brief, if anything."""
    if report.circulation == UNSAID:
        return {}
    return circulation_said(report.circulation, _words(library, names))


def called(speaker: Speaker, library: Library, names: Mapping[str, object]) -> Mapping[str, str]:
    """What each figure is called that was said so far, by key; `names` are those that templates see."""
    return labels(speaker.language, _words(library, names), speaker.ledger.facts)


def _words(library: Library, names: Mapping[str, object]) -> Words:
    return Words(cast(Mapping[str, Any], exported(library.environment, COMMON, names)))


def _speaker(data: Data, library: Library, tag: str) -> Speaker:
    voice, source = library.voice(tag), library.voice(library.source)
    said, original = (_with_words(found.language, data) for found in (voice, source))
    others = (library.voice(other) for other in voice.language.fallback if other in library.tags)
    fallbacks = tuple((_with_words(other.language, data), other.catalog) for other in others)
    source_language = said if tag == library.source else original
    return Speaker(said, voice.catalog, source_language, data.language, fallbacks=fallbacks)


def _with_words(language: Language, data: Data) -> Language:
    return language.with_words(data.words.get(language.tag, {}), original=language.tag == data.language)


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
