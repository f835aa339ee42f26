"""What a PDF reads aloud is what the text writer writes, in every language; charts are pictures in one of them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from reports.document import Block, Chart, Document, Heading, Panels, Picture, Sources, Table, flat, plain
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from reports.writers import WRITERS
from tests.pdf_spoken import spoken
from tests.pdf_words import PAGE_NUMBER, words
from tests.tools import LANGUAGES, PARTNERS, REPORTS, ROOT, exhaustive, house_style

RULES = re.compile(r"^[=~-]+$|^\| ?", re.MULTILINE)  # of headings and tables, beside the box for reference
ADDRESS = re.compile(r" <https?://[^>\s]*>")  # of a link, which the page does not print
ENTRY, NOTE = (re.compile(rf"^\[{sign}([^\]\s]+)\] ", re.MULTILINE) for sign in ("", r"\^"))  # of sources, of notes
SUPERIOR = re.compile(r"(?<=\S)(?=\[)|(?<=\S)(?=\(\w\))")  # stands close, in text after a space
PARTED = re.compile(r"(?<=\]),(?= \[)")  # two superiors beside one another
GRIDS = Table | Panels  # text has the lines of wrapped cells side by side
PAIRS = PARTNERS[::5] if exhaustive() else ("CN",)  # test_pdf_gate.py holds all against the model


@cache
def documents(partner: str, report: str) -> dict[str, Document]:
    desk = Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
    data, _ = SOURCES["folder"](ROOT / "data")
    return dict(fill(Order("KZ", partner, date(2025, 10, 20), report, LANGUAGES, ()), desk, data).documents)


def kept(document: Document, *, grids: bool) -> Document:
    """The document with its tables and panels alone, or without them; without pictures."""

    def wanted(block: Block) -> bool:
        return not isinstance(block, Chart | Picture) and isinstance(block, GRIDS) is grids

    return replace(document, blocks=tuple(filter(wanted, flat(document.blocks))))


def heard(document: Document) -> list[str]:
    """The words that the tree says."""
    found = sorted(spoken(WRITERS["pdf"].write(document, house_style())), key=lambda one: one.kind == "Note")
    return parted("\n".join(PAGE_NUMBER.sub("", one.text) if one.kind == "TOC" else one.text for one in found))


def parted(text: str) -> list[str]:
    """The words, superiors by themselves."""
    return words(PARTED.sub("", SUPERIOR.sub(" ", text)))


def read(document: Document) -> list[str]:
    """The words that the text has, without what stands on every page."""
    text = ADDRESS.sub("", RULES.sub("", WRITERS["text"].write(document, None).decode()))
    text = NOTE.sub(r"\1 ", text).replace("[^", "[")
    if any(isinstance(block, Sources) for block in document.blocks):
        text = ENTRY.sub(r"\1. ", text)
    furniture = document.furniture
    titles = (plain(block.text) for block in document.blocks if isinstance(block, Heading))
    named = "" if document.title in titles else document.title  # a title that no heading says
    opening = words(f"{furniture.issuer} {furniture.classification} {named}")
    said = parted(text)
    assert said[: len(opening)] == opening
    return said[len(opening) : len(said) - len(words(furniture.footer))]


def cases() -> Iterator[tuple[str, str, str]]:
    yield from ((partner, report, tag) for partner in PAIRS for report in REPORTS for tag in LANGUAGES)


@pytest.mark.parametrize(("partner", "report", "tag"), [*cases()])
def test_a_pdf_reads_aloud_what_the_text_writer_writes(partner: str, report: str, tag: str) -> None:
    document = documents(partner, report)[tag]
    prose, grids = (kept(document, grids=which) for which in (False, True))

    assert heard(prose) == read(prose)
    assert Counter(heard(grids)) == Counter(read(grids))
