"""Writes a document as PDF: tagged for readers who listen (PDF/UA-1), archival (PDF/A-3a), its figures attached."""

import csv
import io
from collections.abc import Iterator

import pikepdf
import reportlab
from babel import Locale

from reports.document import Chart, Document, Sources, plain, texts
from reports.errors import HouseError, Problem
from reports.house import House
from reports.house.fonts import FontBook
from reports.writers.pdf.blocks import boxes_of
from reports.writers.pdf.boxes import Standing, paginated, side_rules
from reports.writers.pdf.faces import INVISIBLE, Palette
from reports.writers.pdf.file import Attachment, finished
from reports.writers.pdf.furniture import column, draw_footer, draw_header, footer, header
from reports.writers.pdf.glyphs import GlyphFonts
from reports.writers.pdf.hyphens import points
from reports.writers.pdf.layout import BULLET, Layout
from reports.writers.pdf.metadata import Metadata
from reports.writers.pdf.objects import Objects
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tags import Structure
from reports.writers.pdf.typeset import Typesetter

PROGRAM, PRODUCER = "Bilateral", f"ReportLab {reportlab.Version}, pikepdf {pikepdf.__version__}"
FIGURES = "figures.csv"
FIGURE_COLUMNS = ("key", "value", "multiplier", "unit", "period", "status", "sources", "vintage", "formula", "inputs")


def write(document: Document, house: House) -> bytes:
    """The document as a PDF file; the same bytes for the same document, house and program.

    Raises HouseError if it holds a character that no font of the house prints.
    """
    _refuse_unprintable(document, house.fonts)
    turned = document.direction == "rtl"
    setter = Typesetter(house.theme, Palette(house.fonts), _sources(document), turned, document.capitals)
    page = house.theme.page
    above = header(document.furniture, setter, page)
    top, bottom = column(page, above, footer(document.furniture, 1, 1, setter, page))
    measure, height = page.width - page.left - page.right, page.height - top - bottom
    layout = Layout(setter, measure, height, _decimals(document), points(document.hyphenation))
    pages = paginated(list(boxes_of(document.blocks, layout)), layout.height)

    objects = Objects()
    structure, glyphs = Structure(objects), GlyphFonts(objects)
    mirror = page.width if turned else 0
    drawn = []
    for number, boxes in enumerate(pages):
        slot, sheet = objects.reserve(), Sheet(objects, structure, number, glyphs, mirror)
        draw_header(above, sheet, page)
        _draw(boxes, sheet, page.left, page.height - top)
        draw_footer(footer(document.furniture, number + 1, len(pages), setter, page), sheet, page)
        sheet.finish(slot, (page.width, page.height))
        drawn.append((slot, sheet))
    glyphs.write()
    return finished(objects, structure, drawn, _metadata(document), _attachments(document))


def _draw(boxes: list[Standing], sheet: Sheet, left: float, top: float) -> None:
    for side, start, end in side_rules(boxes):
        sheet.rule((left + side.offset, top - start), (left + side.offset, top - end), side.look)
    for box, down in boxes:
        box.draw(sheet, left, top - down)


def _sources(document: Document) -> dict[int, str]:
    """The words of each numbered source: what a reader sees who points at its number."""
    lists = (block for block in document.blocks if isinstance(block, Sources))
    return {entry.number: plain(entry.text) for block in lists for entry in block.entries}


def _decimals(document: Document) -> str:
    """The decimal marks of the language in all its digits: Unicode CLDR, numbers/symbols/decimal."""
    symbols = Locale.parse(document.language, sep="-").number_symbols
    return "".join(sorted({system["decimal"] for system in symbols.values() if "decimal" in system}))


def _metadata(document: Document) -> Metadata:
    return Metadata(
        document.title,
        document.furniture.issuer,
        document.subject,
        PROGRAM,
        PRODUCER,
        document.language,
        document.as_of,
        document.direction,
    )


# ---------------------------------------------------------------- figures


def _attachments(document: Document) -> list[Attachment]:
    if not document.figures:
        return []
    return [Attachment(FIGURES, "text/csv", _figures(document), document.title)]


def _figures(document: Document) -> bytes:
    """Every figure of the document with its passport, one a row, by key."""
    table = io.StringIO(newline="")
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(FIGURE_COLUMNS)
    for key, record in sorted(document.figures.items()):
        lists = {"sources": " ".join(record.sources), "inputs": " ".join(record.inputs)}
        rows.writerow([key, *(lists.get(name, getattr(record, name)) for name in FIGURE_COLUMNS[1:])])
    return table.getvalue().encode("utf-8")


# ---------------------------------------------------------------- characters


def _refuse_unprintable(document: Document, fonts: FontBook) -> None:
    """Raises HouseError naming every character that no font has: ReportLab would leave it blank."""
    drawn = list(_strings(document))
    missing = fonts.missing("".join(sorted(set("".join(drawn)) - {"\n"} - set(map(chr, INVISIBLE)))))
    if missing:
        raise HouseError(*(_unprintable(char, drawn, document.language) for char in missing))


def _unprintable(char: str, drawn: list[str], language: str) -> Problem:
    found = next(text for text in drawn if char in text)
    said = f"no font has the character {char!r} (U+{ord(char):04X}) of {found!r}"
    return Problem(f"{language} PDF", said, "add a font that has it to fonts/fonts.toml, or another word to the text")


def _strings(document: Document) -> Iterator[str]:
    furniture = document.furniture
    yield from (furniture.issuer, furniture.classification, furniture.footer, furniture.page, BULLET)
    for block in document.blocks:
        for text in texts(block):
            yield from (getattr(inline, "text", "") or getattr(inline, "sign", "") for inline in text)
        if isinstance(block, Chart):
            yield from (point.label for series in block.series for point in series.points if point)
