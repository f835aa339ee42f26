"""Writes a document as PDF: tagged for readers who listen (PDF/UA-1), archival (PDF/A), its data attached, or plain."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from reports.document import Chart, Document, Mark, flat, footnotes, headings, plain, texts
from reports.errors import HouseError, Problem
from reports.house import House
from reports.house.filling import places
from reports.writers.pdf.attachments import attachments_of
from reports.writers.pdf.bidi import RIGHT_TO_LEFT
from reports.writers.pdf.blocks import boxes_of
from reports.writers.pdf.contents import numbered, page_of_anchor
from reports.writers.pdf.faces import INVISIBLE, Palette
from reports.writers.pdf.furniture import Furnisher, column
from reports.writers.pdf.glyphs import GlyphFonts
from reports.writers.pdf.hyphens import points
from reports.writers.pdf.layout import BULLET, Layout
from reports.writers.pdf.pages import Standing, paginated, side_rules
from reports.writers.pdf.running import draw_footer, draw_header
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.tagged import (
    DEFAULT,
    PROFILES,
    VERSION,
    Metadata,
    Objects,
    Profile,
    Record,
    Structure,
    finished,
)
from reports.writers.pdf.typeset import Typesetter, places_of, section_anchor

PROGRAM, PRODUCER = "Bilateral", VERSION


def write(document: Document, house: House, profile: str = DEFAULT) -> bytes:
    """The document as a PDF file of a profile; the same bytes for the same document, house, profile and program.

    Raises HouseError if it holds a character that no font of the house prints.
    """
    laid, wanted = _laid_out(document, house), PROFILES[profile]
    setter, page, pages = laid.setter, house.theme.page, numbered(laid.pages)

    objects = Objects()
    structure, glyphs = Structure(objects) if wanted.tagged else None, GlyphFonts(objects)
    mirror = page.width if setter.right_to_left else 0
    drawn = []
    for number, boxes in enumerate(pages, 1):
        slot, sheet = objects.reserve(), Sheet(objects, structure, number - 1, glyphs, mirror)
        facing, (above, below) = page.facing(number), laid.furnisher.strips(number, len(pages))
        draw_header(above, sheet, facing)
        _draw(boxes, sheet, facing.left, page.height - column(page, above, below)[0])
        draw_footer(below, sheet, facing)
        sheet.finish(slot, (page.width, page.height))
        drawn.append((slot, sheet))
    if setter.lacking:
        raise _unprintable(document, house)
    glyphs.write()
    attachments = attachments_of(document) if wanted.attachments else []
    return finished(objects, structure, drawn, _metadata(document, wanted), attachments)


def pages_of(document: Document, house: House, depth: int) -> tuple[int, ...]:
    """The page of each heading that a list of contents of this depth lists, from 1, without drawing any."""
    known = page_of_anchor(_laid_out(document, house).pages)
    return tuple(known.get(section_anchor(number), 1) for number, _ in headings(document.blocks, depth))


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """The boxes of all pages, and what furnishes these."""

    setter: Typesetter
    pages: list[list[Standing]]
    furnisher: Furnisher


def _laid_out(document: Document, house: House) -> _Laid:
    turned = document.direction == "rtl"
    marked = footnotes(document.blocks)
    known, letter = places_of(document, marked), _letter(document, house)
    setter = Typesetter(house.theme, Palette(house.fonts), known, turned, document.capitals, letter=letter)
    page = house.theme.page
    furnisher = Furnisher(document, setter, page)
    columns = [column(page, *furnisher.strips(number, 1)) for number in (1, 2, 3)]
    rooms = [page.height - top - bottom for top, bottom in columns]
    measure, height = page.width - page.left - page.right, min(rooms[1:])
    layout = Layout(setter, measure, height, _decimals(document.language), points(document.hyphenation))
    notes = {note.number: layout.note(note) for note in marked}
    boxes = boxes_of(tuple(flat(document.blocks)), layout)
    return _Laid(setter, paginated(list(boxes), layout.height, notes, rooms[0]), furnisher)


def _letter(document: Document, house: House) -> str:
    """A letter of the document's script, where that is set larger than others and runs from right to left."""
    found = RIGHT_TO_LEFT.search(document.title) if document.direction == "rtl" else None
    family = house.fonts.family_of(found[0]) if found else ""
    return found[0] if found and family and house.fonts.scale(family) != 1 else ""


def _draw(boxes: list[Standing], sheet: Sheet, left: float, top: float) -> None:
    for side, start, end in side_rules(boxes):
        sheet.rule((left + side.offset, top - start), (left + side.offset, top - end), side.look)
    for box, down in boxes:
        box.draw(sheet, left, top - down)


@cache
def _decimals(language: str) -> str:
    """The decimal marks of a language in all its digits: Unicode CLDR, numbers/symbols/decimal."""
    symbols = Locale.parse(language, sep="-").number_symbols
    return "".join(sorted({system["decimal"] for system in symbols.values() if "decimal" in system}))


def _metadata(document: Document, profile: Profile) -> Metadata:
    return Metadata(
        document.title,
        document.furniture.issuer,
        document.subject,
        PROGRAM,
        PRODUCER,
        document.language,
        document.as_of,
        profile,
        document.direction,
        Record(document.identifier, document.replaces, document.furniture.classification),
    )


# ---------------------------------------------------------------- characters


def _unprintable(document: Document, house: House) -> HouseError:
    """The error that names every character that no font has."""
    drawn = [*_strings(document), *house.theme.typed]
    missing = house.fonts.missing("".join(sorted(set("".join(drawn)) - {"\n"} - set(map(chr, INVISIBLE)))))
    return HouseError(*(_no_font(char, drawn, document.language) for char in missing))


def _no_font(char: str, drawn: list[str], language: str) -> Problem:
    found = next(text for text in drawn if char in text)
    said = f"no font has the character {char!r} (U+{ord(char):04X}) of {found!r}"
    return Problem(f"{language} PDF", said, "add a font that has it to fonts/fonts.toml, or another word to the text")


def _strings(document: Document) -> Iterator[str]:
    furniture = document.furniture
    yield from (furniture.page, BULLET, *places(document).values())
    for block in flat(document.blocks):
        for text in texts(block):
            yield plain(text)
            yield from (inline.sign for inline in text if isinstance(inline, Mark))
        if isinstance(block, Chart):
            yield from (point.label for series in block.series for point in series.points if point)
