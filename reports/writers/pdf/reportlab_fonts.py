"""Fonts as ReportLab reads, cuts and embeds them. All that leans on its names, private ones too, stands here."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import reportlab
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject
from reportlab.pdfbase.ttfonts import TTFont

VERSION = f"ReportLab {reportlab.Version}"
OF_FONTS = "BasicFonts"  # ReportLab's name for what all pages have as their fonts
STREAM_END = b"endstream\n"


def opened(path: Path) -> TTFont:
    """A font file. No name is registered: the object itself is passed around, so two houses cannot disturb each
    other."""
    return TTFont(path.stem, str(path), asciiReadable=False)


def widths(font: TTFont) -> tuple[dict[str, float], float]:
    """The advance of each character that a font has, and of one that it lacks, at size 1."""
    return {chr(code): width / 1000 for code, width in font.face.charWidths.items()}, font.face.defaultWidth / 1000


class Encoder(dict[int, str]):
    """Text in one font of one file: how each character, by its number, is written in the first subset. ReportLab fills
    subsets of 256 characters; what it has said of a character holds for the whole file, so it is asked once."""

    def __init__(self, font: TTFont, document: PDFDocument) -> None:
        super().__init__()
        self._font, self._document = font, document
        self._first = font.getSubsetInternalName(0, document)
        self._others: dict[str, tuple[str, str]] = {}  # of the subsets that follow: name and code

    def strings(self, text: str) -> Iterable[tuple[str, str]]:
        """The text as the name of a subset and the inside of a string in it, in stretches of one subset."""
        written = text.translate(self)
        if not self._others or self._others.keys().isdisjoint(text):
            return ((self._first, written),)
        known = [self._others.get(char) or (self._first, self[ord(char)]) for char in text]
        return [(name, "".join(code for _, code in part)) for name, part in groupby(known, key=itemgetter(0))]

    def __missing__(self, number: int) -> str:
        char = chr(number)
        ((subset, code),) = self._font.splitString(char, self._document)
        self[number] = escaped(code)
        if subset:
            self._others[char] = self._font.getSubsetInternalName(subset, self._document), self[number]
        return self[number]


def escaped(data: bytes) -> str:
    """The inside of a string of PDF; characters above 127 stand for themselves in Latin-1: ISO 32000-1, 7.3.4.2.

    >>> escaped(b"a(b)")
    'a\\\\(b\\\\)'
    """
    data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    return data.decode("latin-1")


class Fonts:
    """The fonts of one file that ReportLab embeds."""

    def __init__(self) -> None:
        self._document = PDFDocument(invariant=1)
        self._encoders: dict[TTFont, Encoder] = {}

    def encoder(self, font: TTFont) -> Encoder:
        """How text in a font is written in this file."""
        if font not in self._encoders:
            self._encoders[font] = Encoder(font, self._document)
        return self._encoders[font]

    def written(self, count: int) -> tuple[list[bytes], dict[str, str]]:
        """The bodies of their objects in a file that has `count` others, and the reference of each by the name that
        `strings` gave; once."""
        document = self._document
        taken, document.objectcounter = document.objectcounter, count
        for font in document.delayedFonts:
            font.addObjects(document)
        of_fonts = document.idToObject[OF_FONTS].dict
        references = {f"/{name}": _reference(document, font) for name, font in of_fonts.items()}
        assert taken == 1, "ReportLab has numbered more than its own list of fonts"
        bodies, number = [], count + 1
        while number in document.numberToId:  # it numbers more while it writes some
            bodies.append(_mended(document.idToObject[document.numberToId[number]].format(document)))
            number += 1
        return bodies, references


def _reference(document: PDFDocument, target: PDFObject) -> str:
    written: bytes = document.Reference(target).format(document)
    return written.decode("ascii")


def _mended(written: bytes) -> bytes:
    """ReportLab ends a stream without the end of line that ISO 19005-3, 6.1.7.1 asks for."""
    return written.removesuffix(STREAM_END) + b"\nendstream" if written.endswith(STREAM_END) else written
