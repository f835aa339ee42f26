"""Faults of PDF files, each planted alone in a file that has none: what a gate must find."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from reports.document import (
    Bullets,
    Caption,
    Citation,
    Document,
    FigureRecord,
    Footnote,
    Heading,
    Paragraph,
    Point,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
)
from reports.writers.pdf import write
from tests.pdf_documents import charted, made_of, said
from tests.pdf_spoken import listed
from tests.tools import house_style

Fault = Callable[[Pdf], None]
FIGURE = "trade@2024"


def good_document() -> Document:
    """Every kind of element on one page, so that each fault has something to spoil."""
    note = Footnote(1, (Run("A remark."),))
    text = (
        Run("Trade grew by "), Run("13.6", figure=FIGURE), Citation((1,)), Run(", says "),
        Run("an office", link="https://example.org/"), Run(" of "), Run("Қазақстан", language="kk"), note, Run("."),
    )  # fmt: skip
    rows = tuple(Row((said(name), said("1.5"), said("22.5"))) for name in ("Exports", "Imports"))
    header = ((said("Item"), said("2023"), said("2024")),)
    spanning = Row((said("All of the goods"), (), ()))
    table = Table(
        Caption("Table 1.", 1, said("Trade")), ("text", "figure", "figure"), header, (spanning, *rows), (), "Trade"
    )
    chart = charted(Series("Investment", (Point(Decimal(1), "1", FIGURE), Point(Decimal(2), "2", FIGURE))))
    document = made_of(
        Paragraph(text), Heading(said("Trade"), 2), Bullets((said("first"), said("second"))), table,
        Heading(said("Investment"), 2), chart, Sources((SourceEntry(1, "a", said("First source.")),)),
    )  # fmt: skip
    record = FigureRecord("13.6", 6, "USD", "2024", "", ("a",), "2025-10-20")
    return replace(document, figures={FIGURE: record})


def good_file() -> bytes:
    """The same as a file."""
    return write(good_document(), house_style())


# ---------------------------------------------------------------- finding what to spoil


def elements(pdf: Pdf, kind: str) -> list[Any]:
    """All elements of a type, in the order of reading."""
    return [element for element in _under(pdf.Root.StructTreeRoot.K) if Name(f"/{kind}") == element.S]


def _under(element: Any) -> Iterator[Any]:
    yield element
    for kid in listed(element.get("/K")):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _under(kid)


def first(pdf: Pdf, kind: str) -> Any:
    """The first element of a type."""
    return elements(pdf, kind)[0]


def annotation(pdf: Pdf) -> Any:
    """The first annotation."""
    return pdf.pages[0].Annots[0]


def fonts(pdf: Pdf) -> list[Any]:
    """The fonts that are cut to 256 codes."""
    return [font for font in pdf.pages[0].Resources.Font.values() if font.Subtype == Name.TrueType]


def rewritten(pattern: bytes, by: bytes, count: int = 1) -> Fault:
    """The content of the first page with something else in it."""

    def plant(pdf: Pdf) -> None:
        contents: Any = pdf.pages[0].Contents
        contents.write(_replaced(contents.read_bytes(), pattern, by, count))

    return plant


def in_packet(pattern: bytes, by: bytes = b"") -> Fault:
    """The XMP packet with something else in it."""

    def plant(pdf: Pdf) -> None:
        packet: Any = pdf.Root.Metadata
        packet.write(_replaced(packet.read_bytes(), pattern, by, 1))

    return plant


def _replaced(code: bytes, pattern: bytes, by: bytes, count: int) -> bytes:
    changed, times = re.subn(pattern, by, code, count=count, flags=re.DOTALL)
    assert times, pattern
    return changed


def without(find: Callable[[Pdf], Any], key: str) -> Fault:
    """Something without one of its entries."""

    def plant(pdf: Pdf) -> None:
        found = find(pdf)
        for one in found if isinstance(found, list) else [found]:
            del one[key]

    return plant


def instead(find: Callable[[Pdf], Any], key: str, value: Any) -> Fault:
    """Something with another value in one of its entries."""

    def plant(pdf: Pdf) -> None:
        found = find(pdf)
        for one in found if isinstance(found, list) else [found]:
            one[key] = value

    return plant


def of(kind: str) -> Callable[[Pdf], Any]:
    """The first element of a type."""
    return lambda pdf: first(pdf, kind)


def every(kind: str) -> Callable[[Pdf], Any]:
    """All elements of a type."""
    return lambda pdf: elements(pdf, kind)


def root(pdf: Pdf) -> Any:
    """The catalog."""
    return pdf.Root


def tree(pdf: Pdf) -> Any:
    """The root of the structure."""
    return pdf.Root.StructTreeRoot


def page(pdf: Pdf) -> Any:
    """The first page."""
    return pdf.pages[0].obj


# ---------------------------------------------------------------- what takes more than a line


def _no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def _action(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def _attached(pdf: Pdf) -> None:
    pdf.attachments["x.csv"] = b"a,b\n1,2\n"
    del pdf.Root.AF


def _no_header_cells(pdf: Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD
        del cell["/A"]


def _all_headers(pdf: Pdf) -> None:
    for cell in elements(pdf, "TD"):
        cell.S, cell.A = Name.TH, Dictionary(O=Name.Table, Scope=Name.Row)


def _without_last_cell(pdf: Pdf) -> None:
    row = elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:-1])


def _orphan(pdf: Pdf) -> None:
    heading = first(pdf, "H1")
    heading.P.K = Array([kid for kid in heading.P.K if kid.objgen != heading.objgen])


def _swapped(pdf: Pdf) -> None:
    kids: Any = pdf.Root.StructTreeRoot.K.K
    kids[0], kids[1] = kids[1], kids[0]


def _turned_about(pdf: Pdf) -> None:
    """The marks of one paragraph."""
    paragraph = first(pdf, "P")
    paragraph.K = Array(list(reversed(list(paragraph.K))))


def _swapped_links(pdf: Pdf) -> None:
    """What stands after the first mark of a paragraph."""
    kids = first(pdf, "P").K
    kids[1], kids[3] = kids[3], kids[1]


def _two_pieces(pdf: Pdf) -> None:
    """A citation to which a word of the sentence belongs."""
    cited = next(link for link in elements(pdf, "Link") if "/ActualText" in link)
    paragraph = first(pdf, "P")
    word = next(kid for kid in paragraph.K if not isinstance(kid, Dictionary) and int(kid) > 1)
    paragraph.K = Array([kid for kid in paragraph.K if kid != word])
    cited.K.append(word)


def _wrong_parents(pdf: Pdf) -> None:
    owners: Any = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def _wrong_parent(pdf: Pdf) -> None:
    first(pdf, "TD").P = pdf.Root.StructTreeRoot.K


def _no_object(pdf: Pdf) -> None:
    for link in elements(pdf, "Link"):
        link.K = Array([kid for kid in listed(link.K) if not isinstance(kid, Dictionary) or "/Obj" not in kid])


def _not_embedded(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.FontDescriptor["/FontFile2"]


def _to_nothing(pdf: Pdf) -> None:
    for font in fonts(pdf):
        code = re.sub(rb"<([0-9A-Fa-f]{4})>", b"<0000>", font.ToUnicode.read_bytes())
        font.ToUnicode = pdf.make_stream(code)


def _no_glyph(pdf: Pdf) -> None:
    """A code of which only the map to Unicode knows, in the place of the first letter of the title."""
    rewritten(rb"(/H1 <</MCID 0>> BDC[^(]*[(])(?:\\.|[^)\\])", rb"\1\\310")(pdf)
    for font in fonts(pdf):
        code = font.ToUnicode.read_bytes()
        more = b"1 beginbfchar\n<C8> <0054>\nendbfchar\nendcmap"
        font.ToUnicode = pdf.make_stream(code.replace(b"endcmap", more, 1))


def _wider(pdf: Pdf) -> None:
    for font in fonts(pdf):
        font.Widths = Array([int(width) + 40 for width in font.Widths])


def _standard_font(pdf: Pdf) -> None:
    rewritten(rb"\Z", b" BT /Artifact BMC /FX 9 Tf 9 9 Td (x) Tj EMC ET")(pdf)
    pdf.pages[0].Resources.Font.FX = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def _same_note(pdf: Pdf) -> None:
    """A second note of the name of the first."""
    paragraph = elements(pdf, "P")[-1]
    paragraph.S, paragraph.ID = Name.Note, first(pdf, "Note").ID


def _label_first(pdf: Pdf) -> None:
    item = first(pdf, "LI")
    item.K = Array(list(reversed(list(item.K))))


def _leads_nowhere(pdf: Pdf) -> None:
    (note, *_) = [note for note in pdf.pages[0].Annots if "/Dest" in note]
    note.Dest = Name("/nowhere")


MARKED = rb"/P <</MCID \d+>> BDC"
BODY = MARKED + rb"(.*?)EMC"

FAULTS: Mapping[str, Fault] = MappingProxyType({
    # the document
    "no language": _no_language,
    "no such language": instead(root, "/Lang", String("not a lang")),
    "title not shown": without(root, "/ViewerPreferences"),
    "no title in XMP": in_packet(rb"<dc:title>.*?</dc:title>"),
    "no PDF/UA in XMP": in_packet(rb"<pdfuaid:part>1</pdfuaid:part>"),
    "not marked": without(root, "/MarkInfo"),
    "another title in Info": lambda pdf: setattr(pdf.docinfo, "Title", String("Another title")),
    "an action": _action,
    "no outline": without(root, "/Outlines"),
    "attached, not associated": _attached,
    # the structure
    "figure not described": without(of("Figure"), "/Alt"),
    "figure described by nothing": instead(of("Figure"), "/Alt", String("")),
    "figure described by a file name": instead(of("Figure"), "/Alt", String("IMG_2041.png")),
    "headers without scope": without(every("TH"), "/A"),
    "no header cells": _no_header_cells,
    "row with a cell less": _without_last_cell,
    "row outside a table": instead(of("Table"), "/S", Name.P),
    "item outside a list": instead(of("L"), "/S", Name.P),
    "level of headings skipped": instead(every("H2"), "/S", Name.H4),
    "no standard type": instead(of("P"), "/S", Name.Foo),
    "note without a name": without(of("Note"), "/ID"),
    "content of no element": _orphan,
    "paragraphs swapped": _swapped,
    "wrong parent tree": _wrong_parents,
    "no parent tree": without(tree, "/ParentTree"),
    # the content
    "text not marked": rewritten(BODY, rb"\1"),
    "text as artifact": rewritten(MARKED, b"/Artifact BMC"),
    "artifact inside a mark": rewritten(rb"(" + MARKED + rb")(.*?)EMC", rb"\1 /Artifact BMC \2 EMC EMC"),
    "mark inside an artifact": rewritten(rb"(" + MARKED + rb")(.*?)EMC", rb"/Artifact BMC \1 \2 EMC EMC"),
    "mark never closed": rewritten(rb"EMC\n", b""),
    "mark across text": rewritten(rb"EMC\nET", b"ET\nEMC"),
    "same mark twice": rewritten(rb"/MCID 3>>", b"/MCID 1>>", 0),
    "page of no parents": without(page, "/StructParents"),
    "tabs of no order": without(page, "/Tabs"),
    "link that says nothing": without(annotation, "/Contents"),
    "link without its object": _no_object,
    "link of no parent": without(annotation, "/StructParent"),
    "link not printed": without(annotation, "/F"),
    # fonts and colours
    "font not embedded": _not_embedded,
    "no map to Unicode": without(fonts, "/ToUnicode"),
    "map to nothing": _to_nothing,
    "no glyph": _no_glyph,
    "wrong widths": _wider,
    "standard font": _standard_font,
    "no output intent": without(root, "/OutputIntents"),
    "colour of print": rewritten(rb"/Artifact BMC", b"/Artifact BMC 0 1 0 0 k"),
    # what is in no study: a fault of each of our own checks
    "marks of a paragraph turned about": _turned_about,
    "links of a paragraph swapped": _swapped_links,
    "one text in two pieces": _two_pieces,
    "artifact of no type": rewritten(rb"/Artifact <</Type/Pagination", b"/Artifact <<"),
    "element of another parent": _wrong_parent,
    "all cells are headers": _all_headers,
    "no title": instead(of("H1"), "/S", Name.H2),
    "span over too much": instead(of("TD"), "/A", Dictionary(O=Name.Table, ColSpan=3)),
    "two notes of one name": _same_note,
    "label after its item": _label_first,
    "list of no numbering": without(of("L"), "/A"),
    "link to nowhere": _leads_nowhere,
    "another author in XMP": in_packet(rb"<rdf:li>Ministry</rdf:li>", b"<rdf:li>Nobody</rdf:li>"),
    "no such language of words": instead(of("Span"), "/Lang", String("kaz_KZ")),
})  # fmt: skip


def planted() -> dict[str, bytes]:
    """The file with each fault alone, by the fault."""
    whole = good_file()
    plain = _plain(whole)
    found = {name: spoilt(whole, plant) for name, plant in FAULTS.items()}
    return found | {
        "no line end before endstream": plain.replace(b"\nendstream", b"Xendstream"),
        "cut short": whole[: len(whole) * 2 // 3],
    }


def spoilt(data: bytes, plant: Fault) -> bytes:
    """A file with a fault."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        plant(pdf)
        pdf.save(changed, deterministic_id=True)
    return changed.getvalue()


def _plain(data: bytes) -> bytes:
    """The file without object streams."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(changed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return changed.getvalue()
