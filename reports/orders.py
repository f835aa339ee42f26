"""An order is filled: data, templates and the house style become the files of a brief.

A Workshop is made once a process by the entry point and keeps what stays warm; nothing else is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.compose import compose
from reports.document import Document, disclosed
from reports.errors import Problem, UnknownChoice, WordingError
from reports.facts.facts import facts_of
from reports.facts.news import Before
from reports.facts.records import Data
from reports.facts.standpoint import Disclosure, Known
from reports.facts.telling import with_news
from reports.house.filling import no_place, unplaced
from reports.house.shelf import DEFAULT, house_path
from reports.language.countries import Countries, read_countries
from reports.library import Library, Report, open_library
from reports.paging import paged
from reports.sources.overrides import with_overrides
from reports.wording.circulation import UNSAID, Circulation
from reports.writers import PDF_PROFILE, WRITERS, PdfProfile, Writer

if TYPE_CHECKING:
    from reports.house import House
    from reports.house.fonts import FontBook


@dataclass(frozen=True, slots=True)
class Order:
    """One brief: of whom, as of which day, in which languages and formats.

    `overrides` is a table of figures for this brief alone, `short` asks for the short form of a report, `visit` is the
    day on which the visit begins that it is for; else it is for the next one. `final` makes copies that go out, which
    are for the public whatever else is asked; `page_numbers` asks for those of LibreOffice in lists of contents,
    `pdf_profile` for the standards that its PDF keeps. `circulation` is its number, copy, day and department, where
    they are given.
    """

    home: str
    partner: str
    as_of: date
    report: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    known: Known = "known"
    disclosure: Disclosure = "internal"
    overrides: Path | None = None
    short: bool = False
    visit: date | None = None
    final: bool = False
    page_numbers: bool = False
    pdf_profile: PdfProfile = PDF_PROFILE
    circulation: Circulation = UNSAID

    @property
    def told(self) -> Disclosure:
        """What it discloses."""
        return "public" if self.final else self.disclosure

    @property
    def standing(self) -> Mapping[str, Any]:
        """The rules of telling, as `facts_of` takes them."""
        return {"known": self.known, "disclosure": self.told, "visit": self.visit}

    @property
    def name(self) -> str:
        """The first part of its files' names: a short, public or final form, a brief for one visit, or a numbered copy
        never takes the place of another."""
        copy = self.circulation.copy
        forms = (
            ("-short", self.short),
            ("-final" if self.final else "-public", self.told == "public"),
            (f"-{self.visit}", self.visit),
            (f"-copy-{copy}", copy),
        )
        return self.report + "".join(suffix for suffix, asked in forms if asked)

    @property
    def folder(self) -> Path:
        """Where its files go, below the output folder: KZ-LU/2025-10-20."""
        return Path(f"{self.home}-{self.partner}", self.as_of.isoformat())


@dataclass(frozen=True)
class Workshop:
    """The templates, the house styles and the fonts, each read when it is first needed.

    `house_file` is the house style for all briefs, where one is asked for; else each has its own.
    """

    templates: Path
    house_file: Path | None
    fonts: Path
    _houses: dict[Path, "House"] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def library(self) -> Library:
        """Reports, languages and catalogs."""
        return open_library(self.templates)

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that there are."""
        return self.library.tags

    @cached_property
    def countries(self) -> Countries:
        """What codes and names mean."""
        return read_countries(self.templates / "countries.csv")

    def house(self, report: Report, tag: str) -> "House":
        """The house style of a report in a language; text and JSON alone never need one. HouseError if it cannot be
        used, UnknownChoice if there is none of the name that is set."""
        from reports.house import open_house  # noqa: PLC0415  reads fonts: only where something is drawn

        path = self.house_file or house_path(self.templates, self.library.house(report, tag))
        if path not in self._houses:
            self._houses[path] = open_house(path, self.font_book, house_path(self.templates, DEFAULT))
        return self._houses[path]

    @cached_property
    def font_book(self) -> "FontBook":
        """The fonts. HouseError if one is missing."""
        from reports.house.fonts import read_fonts  # noqa: PLC0415  as above

        return read_fonts(self.fonts)


@dataclass(frozen=True, slots=True)
class Filled:
    """What an order gave: the documents by language, the files by name, and all that went half wrong."""

    order: Order
    documents: Mapping[str, Document]
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = field(default=())


def fill(order: Order, workshop: Workshop, data: Data, *, before: Before | None = None) -> Filled:
    """The documents and files of an order. Raises ReportError: an unknown choice, wrong data, a wrong template.

    With the edition `before`, a report that has a section for it tells what changed since.
    """
    for name in order.formats:
        if name not in WRITERS:
            raise UnknownChoice("format", name, WRITERS)
    library = workshop.library
    if order.overrides:
        data = with_overrides(data, order.overrides, order.home, order.partner)
    facts = facts_of(data, order.home, order.partner, order.as_of, **order.standing)
    report = replace(library.report(order.report, short=order.short), circulation=order.circulation)
    try:
        if before and report.tells_changes:
            now = compose(facts, data, report, library, library.source).figures
            facts = with_news(facts, data, before, now)
        composed = {tag: compose(facts, data, report, library, tag) for tag in order.languages}
    except WordingError as error:
        raise WordingError(*(_of_order(problem, order) for problem in error.problems)) from error
    filed = {tag: f"{order.folder.as_posix()}/{order.name}/{tag}" for tag in composed}
    documents = {tag: replace(document, identifier=filed[tag]) for tag, document in composed.items()}
    looks = any(WRITERS[name].has_look for name in order.formats)
    houses = {tag: workshop.house(report, tag) if looks else None for tag in documents}
    fonts = workshop.fonts if order.page_numbers else None
    files = {
        f"{order.name}.{tag}{WRITERS[name].suffix}": _written(WRITERS[name], document, houses[tag], order, fonts)
        for tag, document in documents.items()
        for name in order.formats
    }
    documents = {tag: _with_problems(document, houses[tag]) for tag, document in documents.items()}
    problems = dict.fromkeys(problem for document in documents.values() for problem in document.problems)
    return Filled(order, documents, files, tuple(problems))


def _written(writer: Writer, document: Document, house: "House | None", order: Order, fonts: Path | None) -> bytes:
    """The file of a format; one that does not lay out gets its page numbers from who does."""
    if order.final:
        document = replace(document, blocks=disclosed(document.blocks))
    if house and writer.has_fields:
        document = paged(document, house, fonts)
    made = writer.finished if order.final else writer.write
    return made(document, house, order.pdf_profile)


def _with_problems(document: Document, house: "House | None") -> Document:
    """The document with what is half wrong with its look: what only Word shows, a font that is not there, a place that
    lacks."""
    if house is None:
        return document
    found = [*house.problems, *(no_place(str(house.path), name) for name in unplaced(document, house.theme))]
    return replace(document, problems=(*document.problems, *found)) if found else document


def _of_order(problem: Problem, order: Order) -> Problem:
    """A mistake met while a brief was written, with the brief that fails for it and the data that it was made from."""
    pair, languages = f"{order.home}-{order.partner}", ", ".join(order.languages)
    data = f"pairs/{pair} and countries/{order.partner}.csv"
    return replace(problem, message=f"{problem.message}: {order.report} {pair} ({languages}) from {data} is not made")
