"""An order is filled: data, templates and the house style become the files of a brief.

A Workshop is made once a process by the entry point and keeps what stays warm; nothing else is kept.
"""

import os
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reports.compose import Library, compose, open_library
from reports.document import Document
from reports.errors import OutputError, Problem, UnknownChoice, WordingError
from reports.facts.facts import facts_of
from reports.facts.records import Data
from reports.facts.standpoint import Disclosure, Known
from reports.language.countries import Countries, read_countries
from reports.sources.overrides import with_overrides
from reports.writers import WRITERS

if TYPE_CHECKING:
    from reports.house import House


@dataclass(frozen=True, slots=True)
class Order:
    """One brief: of whom, as of which day, in which languages and formats.

    `overrides` is a table of figures for this brief alone, `short` asks for the short form of a report.
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

    @property
    def name(self) -> str:
        """The first part of its files' names: a short or public form never takes the place of another."""
        forms = (("-short", self.short), ("-public", self.disclosure == "public"))
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


def fill(order: Order, workshop: Workshop, data: Data) -> Filled:
    """The documents and files of an order. Raises ReportError: an unknown choice, wrong data, a wrong template."""
    for name in order.formats:
        if name not in WRITERS:
            raise UnknownChoice("format", name, WRITERS)
    library = workshop.library
    if order.overrides:
        data = with_overrides(data, order.overrides, order.home, order.partner)
    facts = facts_of(data, order.home, order.partner, order.as_of, known=order.known, disclosure=order.disclosure)
    report = library.report(order.report, short=order.short)
    try:
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


# ---------------------------------------------------------------- files


def save(files: Mapping[str, bytes], folder: Path) -> Iterator[Path | Problem]:
    """Write each file whole or not at all; the path of each, or the problem that kept it from being written.

    A file that a word processor holds open stays as it is. OutputError if the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(_unwritable(folder, error)) from error
    for name, data in files.items():
        yield _saved(folder / unicodedata.normalize("NFC", name), data)


def _saved(path: Path, data: bytes) -> Path | Problem:
    if lock := _lock_of(path):
        return Problem(
            str(path), f"is open in another program ({lock.name}); the old file stays", "close it and run again"
        )
    try:
        _replace(path, data)
    except PermissionError:
        return Problem(str(path), "is open in another program or may not be written", "close Word and run again")
    except OSError as error:
        return _unwritable(path, error)
    return path


def _lock_of(path: Path) -> Path | None:
    """The owner file that Word (~$ and the name less two letters) or LibreOffice puts beside an open document."""
    owners = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return next((lock for name in owners if (lock := path.with_name(name)).exists()), None)


def _replace(path: Path, data: bytes) -> None:
    """Write beside the target and rename: nobody ever sees half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(str(path), f"cannot be written: {error.strerror}", "choose another folder with --out")
