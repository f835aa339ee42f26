"""The objects of a PDF file."""

from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import blake2b

from reports.document import Picture
from reports.writers.pdf.tagged import packing
from reports.writers.pdf.tagged.reportlab_fonts import Fonts, escaped

NUMBERS_REMEMBERED = 1 << 14  # places recur: columns, lines, sizes


class Slot:
    """An object with its number: the body may come later, the reference is known at once."""

    __slots__ = ("body", "reference")

    def __init__(self, number: int) -> None:
        self.body: str | bytes = "null"
        self.reference = f"{number} 0 R"


class Objects:
    """All objects of one file."""

    def __init__(self) -> None:
        self.fonts = Fonts()
        self._slots: list[Slot] = []
        self._shaped: dict[str, str] = {}  # references of fonts that are written glyph by glyph, by name
        self._pictures: dict[str, str] = {}  # references by name
        self._pages, self._of_fonts = self.reserve(), self.reserve()
        self._kids: list[str] = []

    def reserve(self) -> Slot:
        """An object whose body is still to come."""
        slot = Slot(len(self._slots) + 1)
        self._slots.append(slot)
        return slot

    def add(self, body: str | bytes) -> str:
        """The reference of a new object."""
        slot = self.reserve()
        slot.body = body
        return slot.reference

    def add_stream(self, data: bytes, entries: str = "", compressed: bool = True) -> str:
        """The reference of a new stream; `entries` are what its dictionary holds besides length and filter."""
        return self.add(packing.stream(data, entries, compressed))

    def add_font(self, key: str, slot: Slot) -> None:
        """Gives a font its name in the resources of all pages."""
        self._shaped[f"/{key}"] = slot.reference

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
        drawn = "".join(f"{name} {self._pictures[name]}" for name in pictures)
        resources = f"/Font {self._of_fonts.reference}" + (f"/XObject<<{drawn}>>" if drawn else "")
        slot.body = f"<</Type/Page/Parent {self._pages.reference}/Resources<<{resources}>>{entries}>>"
        self._kids.append(slot.reference)

    def sealed(self) -> str:
        """Adds pages and fonts, after which no text may be drawn; a digest of all objects so far: what is on the pages
        and, by the fonts, which letters that is."""
        self._pages.body = f"<</Type/Pages/Kids[{' '.join(self._kids)}]/Count {len(self._kids)}>>"
        fonts = dict(self.fonts.written(self.add, self.add_stream)) | self._shaped
        self._of_fonts.body = f"<<{''.join(f'{name} {font}' for name, font in fonts.items())}>>"
        return blake2b(b"\n".join(self._bodies()), digest_size=16).hexdigest()

    def packed(self, catalog: str, info: str) -> bytes:
        """The file, in object streams, once it is sealed; its /ID is a digest of what it holds."""
        root = self.add(f"<</Type/Catalog/Pages {self._pages.reference}{catalog}>>")
        about = self.add(f"<<{info}>>")
        return packing.packed(self._bodies(), root, about)

    def _bodies(self) -> list[bytes]:
        return [slot.body if isinstance(slot.body, bytes) else slot.body.encode("ascii") for slot in self._slots]


def text_string(text: str) -> str:
    """Text as PDF keeps it outside of pages: ASCII as it is, anything else in UTF-16.

    >>> text_string("ab"), text_string("ә")
    ('(ab)', '<FEFF04D9>')
    """
    if text.isascii() and text.isprintable():
        return f"({escaped(text.encode('ascii'))})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


@cache
def color(code: str, operator: str = "rg") -> str:
    """A colour RRGGBB as the operator that sets it for filling (rg) or stroking (RG).

    >>> color("FF0080")
    '1 0 0.502 rg'
    """
    return " ".join(number(int(code[start : start + 2], 16) / 255) for start in (0, 2, 4)) + f" {operator}"


@lru_cache(NUMBERS_REMEMBERED)
def number(value: float) -> str:
    """A number to a thousandth.

    >>> number(2.0), number(0.5), number(-0.0004)
    ('2', '0.500', '0')
    """
    text = f"{value:.3f}"
    return text[:-4].replace("-0", "0") if text.endswith(".000") else text
