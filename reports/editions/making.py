"""An order becomes a task that any process can do without the data folder, and a task the files of an edition.

A task carries the rows that it is made from, so what an edition keeps is what it was made from.
"""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from pydantic import TypeAdapter

from reports.document import Document, FigureRecord, Run, texts
from reports.editions.manifest import FigureEntry, Inputs, digest
from reports.errors import EditionError, Problem, ReportError, UnknownChoice
from reports.facts.excerpt import excerpt
from reports.facts.facts import facts_of
from reports.facts.news import Before
from reports.facts.plain import from_plain, to_plain
from reports.facts.records import Data
from reports.orders import Order, Workshop, fill
from reports.sources.overrides import with_overrides
from reports.stamps import Stamp
from reports.wording.circulation import UNSAID
from reports.writers import PDF_PROFILE, WRITERS

RECORD = TypeAdapter(FigureRecord)  # made once: it takes as long as a page
MOST = 256_000_000  # bytes of unpacked rows; those of a pair are some hundred thousand

PAGES = "office"  # who counted the page numbers, in the inputs of a version
PDF = "pdf"  # the format that has profiles


@dataclass(frozen=True, slots=True)
class Task:
    """An order with all that it is made from: packed rows, with the edition before if its changes are to be told; by
    language the hashes. `overrides` is the name of the file whose figures are among the rows, `level` the
    classification, `before` the day of that edition."""

    order: Order
    rows: bytes
    inputs: Mapping[str, Inputs]
    overrides: str = ""
    level: str = ""
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief in one language: its title, its files by format, and what is half wrong with it."""

    title: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What a task gave: a draft by language, the figures of all, and by language why it could not be made."""

    drafts: Mapping[str, Draft]
    figures: Mapping[str, FigureEntry]
    failed: Mapping[str, tuple[Problem, ...]]


def task_of(order: Order, workshop: Workshop, data: Data, stamp: Stamp, before: Before | None = None) -> Task:
    """The task of an order. UnknownChoice for a format, a language, a report or a country that there is not; DataError
    for a file of overrides."""
    for name in order.formats:
        if name not in WRITERS:
            raise UnknownChoice("format", name, WRITERS)
    workshop.library.report(order.report, short=order.short)
    if order.overrides:
        data = with_overrides(data, order.overrides, order.home, order.partner)
    facts_of(data, order.home, order.partner, order.as_of)  # a country that there is not
    rows = excerpt(data, order.home, order.partner, order.told)
    inputs = _inputs(order, workshop, rows, stamp, before)
    overrides = order.overrides.name if order.overrides else ""
    since = before.as_of if before else None
    packed = packed_rows(rows, before)
    return Task(replace(order, overrides=None), packed, inputs, overrides, _level(order, workshop), since)


def _level(order: Order, workshop: Workshop) -> str:
    return workshop.library.report(order.report, short=order.short).level(order.told)


def _inputs(order: Order, workshop: Workshop, rows: Data, stamp: Stamp, before: Before | None) -> Mapping[str, Inputs]:
    facts = facts_of(rows, order.home, order.partner, order.as_of, **order.standing)
    common: dict[str, Any] = {
        "facts": _hash([facts, order.circulation] if order.circulation != UNSAID else facts),
        "templates": stamp.templates,
        "house": stamp.house,
        "fonts": stamp.fonts,
        "program": stamp.program,
        "version": stamp.version,
        "before": _hash([before.as_of, [[key, asdict(one)] for key, one in before.figures.items()]]) if before else "",
        "pages": PAGES if order.page_numbers else "",
        "pdf": order.pdf_profile if PDF in order.formats and order.pdf_profile != PDF_PROFILE else "",
    }
    library = workshop.library
    found = {}
    for tag in order.languages:
        fallback = (other for other in library.voice(tag).language.fallback if other in library.tags)
        catalogs = stamp.catalogs((tag, library.source, *fallback))
        found[tag] = Inputs(**common, words=_hash(rows.words.get(tag, {})), catalogs=catalogs)
    return found


def _hash(value: object) -> str:
    return digest(json.dumps(to_plain(value, places=False), ensure_ascii=False).encode())


def made(task: Task, workshop: Workshop) -> Made:
    """Do a task. What is wrong with one language keeps the others from nothing; ReportError if it is wrong with all."""
    order = task.order
    try:
        return _made(task, order, workshop)
    except ReportError:
        if len(order.languages) == 1:
            raise
    drafts: dict[str, Draft] = {}
    figures: dict[str, FigureEntry] = {}
    failed: dict[str, tuple[Problem, ...]] = {}
    for tag in order.languages:
        try:
            alone = _made(task, replace(order, languages=(tag,)), workshop)
        except ReportError as error:
            failed[tag] = error.problems
            continue
        drafts |= alone.drafts
        figures = merged(figures, alone.figures)
    if not drafts:
        raise ReportError(*dict.fromkeys(problem for problems in failed.values() for problem in problems))
    return Made(drafts, figures, failed)


def _made(task: Task, order: Order, workshop: Workshop) -> Made:
    data, before = rows_of(task.rows)
    filled = fill(order, workshop, data, before=before)
    drafts = {
        tag: Draft(
            document.title,
            {kind: filled.files[file_name(order, tag, kind)] for kind in order.formats},
            document.problems,
        )
        for tag, document in filled.documents.items()
    }
    figures: dict[str, FigureEntry] = {}
    for tag, document in filled.documents.items():
        figures = merged(figures, _figures(document, tag))
    return Made(drafts, figures, {})


def file_name(order: Order, tag: str, kind: str) -> str:
    """brief.ru.docx."""
    return f"{order.name}.{tag}{WRITERS[kind].suffix}"


def _figures(document: Document, tag: str) -> Mapping[str, FigureEntry]:
    """The figures of a document, each with the texts that stand for it."""
    found: dict[str, dict[str, None]] = {key: {} for key in document.figures}
    for block in document.blocks:
        for text in texts(block):
            for inline in text:
                if isinstance(inline, Run) and inline.figure:
                    found[inline.figure][inline.text] = None
    return {key: FigureEntry(record=document.figures[key], texts={tag: tuple(said)}) for key, said in found.items()}


def merged(first: Mapping[str, FigureEntry], second: Mapping[str, FigureEntry]) -> dict[str, FigureEntry]:
    """Figures of several languages in one; where both have one, the second is right."""
    found = dict(first)
    for key, entry in second.items():
        older = found[key].texts if key in found else {}
        found[key] = FigureEntry(record=entry.record, texts={**older, **entry.texts})
    return found


# ---------------------------------------------------------------- rows


def packed_rows(data: Data, before: Before | None) -> bytes:
    """Rows and the figures of the edition before, as an edition keeps them: gzip of JSON; same rows, same bytes."""
    former = {key: asdict(record) for key, record in before.figures.items()} if before else {}
    content: Any = {"data": to_plain(data), "before": [before.as_of.isoformat(), former] if before else None}
    return gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def rows_of(packed: bytes) -> tuple[Data, Before | None]:
    """The rows that an edition keeps, and the figures of the edition before. EditionError if they are none."""
    try:
        with gzip.open(BytesIO(packed)) as file:
            blob = file.read(MOST + 1)
        if len(blob) > MOST:
            raise ValueError(f"more than {MOST} bytes")
        content = json.loads(blob)
        data, before = from_plain(content["data"]), content["before"]
        if not isinstance(data, Data):
            raise ValueError("no data set")
        return data, _before(*before) if before else None
    except (OSError, EOFError, ValueError, TypeError, KeyError, zlib.error, RecursionError) as error:
        raise EditionError(Problem("rows", f"cannot be read: {error}", "python generate.py editions verify")) from error


def _before(day: str, figures: Mapping[str, Mapping[str, Any]]) -> Before:
    return Before(date.fromisoformat(day), {key: RECORD.validate_python(one) for key, one in figures.items()})
