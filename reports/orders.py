"""An order is filled: data, templates and the house style become the files of a brief.

A Workshop is made once a process by the entry point and keeps what stays warm; nothing else is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.compose import Library, compose, open_library
from reports.document import Document
from reports.errors import Problem, UnknownChoice, WordingError
from reports.facts.facts import facts_of
from reports.facts.news import Before
from reports.facts.records import Data
from reports.facts.standpoint import Disclosure, Known
from reports.facts.telling import with_news
from reports.language.countries import Countries, read_countries
from reports.sources.overrides import with_overrides
from reports.writers import WRITERS

if TYPE_CHECKING:
    from reports.house import House


@dataclass(frozen=True, slots=True)
class Order:
    """One brief: of whom, as of which day, in which languages and formats.

    `overrides` is a table of figures for this brief alone, `short` asks for the short form of a report, `visit` is the
    day on which the visit begins that it is for; else it is for the next one.
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

    @property
    def standing(self) -> Mapping[str, Any]:
        """The rules of telling, as `facts_of` takes them."""
        return {"known": self.known, "disclosure": self.disclosure, "visit": self.visit}

    @property
    def name(self) -> str:
        """The first part of its files' names: a short or public form, or a brief for one visit, never takes the place
        of another."""
        forms = (("-short", self.short), ("-public", self.disclosure == "public"), (f"-{self.visit}", self.visit))
        return self.report + "".join(suffix for suffix, asked in forms if asked)

    @property
    def folder(self) -> Path:
        """Where its files go, below the output folder: KZ-LU/2025-10-20."""
        return Path(f"{self.home}-{self.partner}", self.as_of.isoformat())


@dataclass(frozen=True)
class Workshop:
    """The templates, the house style and the fonts, each read when it is first needed."""

    templates: Path
    house_file: Path
    fonts: Path

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

    @cached_property
    def house(self) -> "House":
        """The house style; text and JSON alone never need it."""
        from reports.house import open_house  # noqa: PLC0415  reads fonts: only where something is drawn

        return open_house(self.house_file, self.fonts)


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
    report = library.report(order.report, short=order.short)
    try:
        if before and report.tells_changes:
            now = compose(facts, data, report, library, library.source).figures
            facts = with_news(facts, data, before, now)
        documents = {tag: compose(facts, data, report, library, tag) for tag in order.languages}
    except WordingError as error:
        raise WordingError(*(_of_order(problem, order) for problem in error.problems)) from error
    house = workshop.house if any(WRITERS[name].has_look for name in order.formats) else None
    files = {
        f"{order.name}.{tag}{WRITERS[name].suffix}": WRITERS[name].write(document, house)
        for tag, document in documents.items()
        for name in order.formats
    }
    problems = dict.fromkeys(problem for document in documents.values() for problem in document.problems)
    return Filled(order, documents, files, tuple(problems))


def _of_order(problem: Problem, order: Order) -> Problem:
    """A mistake met while a brief was written, with the brief that fails for it and the data that it was made from."""
    pair, languages = f"{order.home}-{order.partner}", ", ".join(order.languages)
    data = f"pairs/{pair} and countries/{order.partner}.csv"
    return replace(problem, message=f"{problem.message}: {order.report} {pair} ({languages}) from {data} is not made")
