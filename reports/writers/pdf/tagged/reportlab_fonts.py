"""Font files as ReportLab reads and cuts them. All that leans on its names stands here.

A simple font of PDF has 256 codes (ISO 32000-1, 9.6.3): a face with more characters is written in several subsets.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import reportlab
from reportlab.pdfbase.ttfonts import TTFontFile

from reports.writers.pdf.tagged.cmaps import to_unicode

VERSION = f"ReportLab {reportlab.Version}"
SPACE, NO_BREAK_SPACE = 0x20, 0xA0
FIRST = SPACE  # the lowest code of a subset: there a justified line widens a space
CODES = 0x100
SYMBOLIC, NONSYMBOLIC = 4, 32  # ISO 32000-1, table 123
UNNAMED = re.compile("[^A-Za-z0-9-]")  # what the name of a font in a PDF has not, ISO 32000-1, 9.6.2.1
LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")


def opened(path: Path) -> TTFontFile:
    """A font file with the outlines of TrueType. No name is registered: the object itself is passed around, so two
    houses cannot disturb each other. In a PDF it has the name of its file: two files may be of one PostScript name."""
    face = TTFontFile(str(path))
    face.name = font_name(path).encode("ascii")
    return face


def font_name(path: Path) -> str:
    """The name of a font file in a PDF.

    >>> font_name(Path("fonts/Noto Sans.ttf"))
    'Noto_Sans'
    """
    return UNNAMED.sub("_", path.stem)


def widths(face: TTFontFile) -> tuple[dict[str, float], float]:
    """The advance of each character that a font has, and of one that it lacks, at size 1."""
    return {chr(code): width / 1000 for code, width in face.charWidths.items()}, face.defaultWidth / 1000


def escaped(data: bytes) -> str:
    """The inside of a string of PDF; characters above 127 stand for themselves in Latin-1: ISO 32000-1, 7.3.4.2.

    >>> escaped(b"a(b)")
    'a\\\\(b\\\\)'
    """
    data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    return data.decode("latin-1")


class Encoder(dict[int, str]):
    """Text in one face of one file: how each character, by its number, is written in the first subset."""

    def __init__(self, face: TTFontFile, name: str) -> None:
        super().__init__()
        self.face, self._name = face, name
        self.subsets: list[list[int]] = [[SPACE]]  # the character of each code, from FIRST on
        self._others: dict[str, tuple[str, str]] = {}  # of the subsets that follow: name and code
        self[SPACE] = self[NO_BREAK_SPACE] = " "

    def name(self, subset: int) -> str:
        """That of a subset in the resources of pages."""
        return f"/{self._name}+{subset}"

    def strings(self, text: str) -> Iterable[tuple[str, str]]:
        """The text as the name of a subset and the inside of a string in it, in stretches of one subset."""
        written = text.translate(self)
        if not self._others or self._others.keys().isdisjoint(text):
            return ((self.name(0), written),)
        known = [self._others.get(char) or (self.name(0), self[ord(char)]) for char in text]
        return [(name, "".join(code for _, code in part)) for name, part in groupby(known, key=itemgetter(0))]

    def __missing__(self, number: int) -> str:
        if len(self.subsets[-1]) == CODES - FIRST:
            self.subsets.append([SPACE])
        subset = self.subsets[-1]
        self[number] = escaped(bytes([FIRST + len(subset)]))
        subset.append(number)
        if len(self.subsets) > 1:
            self._others[chr(number)] = self.name(len(self.subsets) - 1), self[number]
        return self[number]


class Fonts:
    """The faces of one file that are written in simple fonts."""

    def __init__(self) -> None:
        self._encoders: dict[TTFontFile, Encoder] = {}

    def encoder(self, face: TTFontFile) -> Encoder:
        """How text in a face is written in this file."""
        if face not in self._encoders:
            self._encoders[face] = Encoder(face, f"F{len(self._encoders) + 1}")
        return self._encoders[face]

    def written(self, add: Callable[[str], str], add_stream: Callable[[bytes, str], str]) -> Iterator[tuple[str, str]]:
        """Adds them to the file, objects and streams by what gives their reference; the name and reference of each."""
        for encoder in self._encoders.values():
            for number, subset in enumerate(encoder.subsets):
                yield encoder.name(number), _written(encoder.face, number, subset, add, add_stream)


def _written(
    face: TTFontFile, number: int, subset: list[int], add: Callable[[str], str], add_stream: Callable[[bytes, str], str]
) -> str:
    name = f"{number:06d}".translate(LETTERS) + f"+{face.name.decode('ascii')}"
    cut = face.makeSubset([0] * FIRST + subset)
    box, flags = " ".join(map(str, face.bbox)), face.flags & ~NONSYMBOLIC | SYMBOLIC
    descriptor = add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]/ItalicAngle {face.italicAngle}"
        f"/Ascent {face.ascent}/Descent {face.descent}/CapHeight {face.capHeight}/StemV {face.stemV}"
        f"/MissingWidth {face.defaultWidth}/FontFile2 {add_stream(cut, f'/Length1 {len(cut)}')}>>"
    )
    advances = " ".join([str(face.charWidths.get(char, face.defaultWidth)) for char in subset])
    texts = to_unicode(((code, chr(char)) for code, char in enumerate(subset, FIRST)), size=1)
    return add(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar {FIRST}/LastChar {FIRST + len(subset) - 1}"
        f"/Widths[{advances}]/FontDescriptor {descriptor}/ToUnicode {add_stream(texts, '')}>>"
    )
