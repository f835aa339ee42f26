"""The objects of a PDF file. ReportLab numbers and serializes them and embeds the fonts; pikepdf packs the file."""

import io
import zlib
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

import pikepdf
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFObject
from reportlab.pdfbase.ttfonts import TTFont

from reports.document import Picture

PDF_VERSION = (1, 7)  # PDF/A-3 and PDF/UA-1 rest on ISO 32000-1


class Slot(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An object with its number: the body may come later, the reference is known at once."""

    def __init__(self) -> None:
        self.body: str | bytes = b""
        self.reference = ""

    def format(self, _document: PDFDocument) -> bytes:
        """What ReportLab writes between obj and endobj."""
        return self.body if isinstance(self.body, bytes) else self.body.encode("ascii")


class Encoder:
    """Text in one font of one file. ReportLab fills subsets of 256 characters; what it has said of a character holds
    for the whole file, so it is asked once."""

    def __init__(self, font: TTFont, document: PDFDocument) -> None:
        self._font, self._document = font, document
        self._known: dict[str, tuple[str, str]] = {}

    def strings(self, text: str) -> list[tuple[str, str]]:
        """The text as the name of a subset and the inside of a string in it, in stretches of one subset."""
        known = [self._known.get(char) or self._learnt(char) for char in text]
        names = {name for name, _ in known}
        if len(names) == 1:
            return [(names.pop(), "".join([code for _, code in known]))]
        return [(name, "".join(code for _, code in part)) for name, part in groupby(known, key=itemgetter(0))]

    def _learnt(self, char: str) -> tuple[str, str]:
        ((subset, code),) = self._font.splitString(char, self._document)
        name = self._font.getSubsetInternalName(subset, self._document)
        self._known[char] = name, literal(code)[1:-1]
        return self._known[char]


class Objects:
    """All objects of one file."""

    def __init__(self) -> None:
        self.document = PDFDocument(invariant=1, pdfVersion=PDF_VERSION)
        self._encoders: dict[TTFont, Encoder] = {}
        self._pictures: dict[str, str] = {}  # references by name

    def encoder(self, font: TTFont) -> Encoder:
        """How text in a font is written in this file."""
        if font not in self._encoders:
            self._encoders[font] = Encoder(font, self.document)
        return self._encoders[font]

    def reserve(self) -> Slot:
        """An object whose body is still to come."""
        slot = Slot()
        self.document.Reference(slot)
        slot.reference = f"{self.document.objectcounter} 0 R"
        return slot

    def add(self, body: str | bytes) -> str:
        """The reference of a new object."""
        slot = self.reserve()
        slot.body = body
        return slot.reference

    def add_stream(self, data: bytes, entries: str = "", compressed: bool = True) -> str:
        """The reference of a new stream; `entries` are what its dictionary holds besides length and filter."""
        if compressed:
            data, entries = zlib.compress(data), entries + "/Filter/FlateDecode"
        return self.add(f"<</Length {len(data)}{entries}>>\nstream\n".encode("ascii") + data + b"\nendstream")

    def add_font(self, key: str, slot: Slot) -> None:
        """Gives a font its name in the resources of all pages."""
        self.document.idToObject["BasicFonts"].dict[key] = self.document.Reference(slot)

    def photograph(self, shown: Picture) -> str:
        """The name of a photograph in the resources of pages; the same file is one object. A JPEG goes in as it is,
        ISO 32000-1, 7.4.8."""
        name = f"/J{shown.digest[:16]}"
        if name not in self._pictures:
            width, height = shown.pixels
            entries = (
                f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceRGB"
                "/Filter/DCTDecode"
            )
            self._pictures[name] = self.add_stream(shown.blob, entries, compressed=False)
        return name

    def picture(self, size: tuple[int, int], rgb: bytes, opacity: bytes = b"") -> str:
        """The name of a picture in the resources of pages: pixels as RGB, and their opacity if any is transparent. The
        same pixels are one object."""
        name = f"/P{blake2b(rgb + opacity, digest_size=8).hexdigest()}"
        if name not in self._pictures:
            width, height = size
            image = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
            mask = f"/SMask {self.add_stream(opacity, f'{image}/ColorSpace/DeviceGray')}" if opacity else ""
            self._pictures[name] = self.add_stream(rgb, f"{image}/ColorSpace/DeviceRGB{mask}")
        return name

    def add_page(self, entries: str, slot: Slot, pictures: Iterable[str] = ()) -> None:
        """The next page; `entries` are what its dictionary holds besides type, parent and resources: fonts and these
        pictures."""
        pages = _reference(self.document, self.document.Pages)
        fonts = _reference(self.document, self.document.idToObject["BasicFonts"])
        drawn = "".join(f"{name} {self._pictures[name]}" for name in pictures)
        resources = f"/Font {fonts}" + (f"/XObject<<{drawn}>>" if drawn else "")
        slot.body = f"<</Type/Page/Parent {pages}/Resources<<{resources}>>{entries}>>"
        self.document.Pages.addPage(slot)

    def digest(self) -> str:
        """A digest of all objects so far, in hexadecimal digits."""
        hashed = blake2b(digest_size=16)
        for slot in self.document.idToObject.values():
            if isinstance(slot, Slot):
                hashed.update(slot.format(self.document))
        return hashed.hexdigest()

    def packed(self, catalog: str, info: str) -> bytes:
        """The file, in object streams; its /ID is a digest of what it holds."""
        document = self.document
        pages = _reference(document, document.Pages)
        document.Catalog, document.info = self.reserve(), self.reserve()
        document.Catalog.body, document.info.body = f"<</Type/Catalog/Pages {pages}{catalog}>>", f"<<{info}>>"
        for font in document.delayedFonts:
            font.addObjects(document)
        packed = io.BytesIO()
        with pikepdf.open(io.BytesIO(document.format())) as file:
            mode = pikepdf.ObjectStreamMode.generate
            file.save(packed, object_stream_mode=mode, deterministic_id=True, compress_streams=True)
        return packed.getvalue()


def _reference(document: PDFDocument, target: PDFDictionary) -> str:
    written: bytes = document.Reference(target).format(document)
    return written.decode("ascii")


def literal(data: bytes) -> str:
    """Bytes as a string of PDF, escaped; characters above 127 stand for themselves in Latin-1.

    >>> literal(b"a(b)")
    '(a\\\\(b\\\\))'
    """
    data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    return f"({data.decode('latin-1')})"


def text_string(text: str) -> str:
    """Text as PDF keeps it outside of pages: ASCII as it is, anything else in UTF-16.

    >>> text_string("ab"), text_string("ә")
    ('(ab)', '<FEFF04D9>')
    """
    if text.isascii() and text.isprintable():
        return literal(text.encode("ascii"))
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


@cache
def color(code: str, operator: str = "rg") -> str:
    """A colour RRGGBB as the operator that sets it for filling (rg) or stroking (RG).

    >>> color("FF0080")
    '1 0 0.502 rg'
    """
    return " ".join(number(int(code[start : start + 2], 16) / 255) for start in (0, 2, 4)) + f" {operator}"


def number(value: float) -> str:
    """A number to a thousandth.

    >>> number(2.0), number(0.5), number(-0.0004)
    ('2', '0.500', '0')
    """
    text = f"{value:.3f}"
    return text[:-4].replace("-0", "0") if text.endswith(".000") else text
