"""Templates as officers would type them in Word, made for tests; and what they become."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from reports.errors import Problem
from reports.facts.records import Data
from reports.officers.filling import Made, choices_of, fill_template
from reports.officers.scripts import check_template
from reports.orders import Order, Workshop
from reports.sources import SOURCES
from tests.tools import ROOT
from tests.word_files import BODY, root, words

DAY = date(2025, 10, 20)
OFFICERS = ROOT / "templates" / "officers"
Write = Callable[[Any], object]


@cache
def workshop() -> Workshop:
    """The templates and the house style of the repository."""
    return Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")


@cache
def data() -> Data:
    """The data of the repository."""
    read, _ = SOURCES["folder"](ROOT / "data")
    return read


def typed(path: Path, *texts: str, write: Write | None = None) -> Path:
    """A template of paragraphs, and of what `write` adds."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    if write:
        write(document)
    document.save(str(path))
    return path


def in_runs(document: Any, *runs: str, bold: int = -1) -> Any:
    """A paragraph cut into runs, one of them bold."""
    paragraph = document.add_paragraph()
    for number, text in enumerate(runs):
        paragraph.add_run(text).bold = number == bold
    return paragraph


def in_table(document: Any, *rows: tuple[str, ...]) -> Any:
    """A table of texts."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def made(path: Path, lang: str = "en", partner: str = "LU", *, person: str = "", **changes: Any) -> Made:
    """The template filled; `changes` are other values of the data."""
    order = Order("KZ", partner, DAY, "", (lang,), ("docx",))
    return fill_template(path, order, workshop(), replace(data(), **changes), person=person)


def checked(path: Path, lang: str = "") -> tuple[Problem, ...]:
    """What the check says, for a language or for all."""
    return check_template(path, choices_of(workshop(), (lang,) if lang else workshop().tags, data()))


def paragraphs(blob: bytes, part: str = BODY) -> list[str]:
    """The text of every paragraph of a part."""
    return [words(paragraph) for paragraph in root(blob, part).iter(qn("w:p"))]


def reopened(blob: bytes) -> Any:
    """The file as python-docx reads it."""
    return Document(io.BytesIO(blob))
