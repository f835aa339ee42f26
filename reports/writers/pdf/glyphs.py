"""Fonts that are written glyph by glyph (Type 0, Identity-H): a code for each glyph with its text, so that what is
copied from the file is what was meant."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reports.writers.pdf.breaks import gaps
from reports.writers.pdf.faces import Face
from reports.writers.pdf.shaping import Shaper
from reports.writers.pdf.tagged import Objects, Slot, font_name, number, to_unicode
from reports.writers.pdf.words import Look

NOTHING = "\u200b"  # the text of a glyph that only adds to the one before: PDF/A wants some
SYMBOLIC = 4  # ISO 32000-1, table 123


class Whole(NamedTuple):
    """What follows is drawn out of order or with parts that are no letters: it says this word, or is over."""

    word: str


OVER = Whole("")
WORD = re.compile("[ \u00a0\u202f]|[^ \u00a0\u202f]+")  # shaped one by one
SAME_PLACE = 0.004  # points
JUSTIFIED = (" ", "\u00a0")  # spaces that a justified line widens


class GlyphFonts:
    """The fonts of one file that are written glyph by glyph."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._fonts: dict[Face, GlyphFont] = {}

    def font(self, face: Face) -> "GlyphFont":
        """A face as this file has it."""
        if face not in self._fonts:
            number = len(self._fonts)
            name, slot = (
                f"AAAA{chr(65 + number // 26)}{chr(65 + number % 26)}+{font_name(face.path)}",
                self._objects.reserve(),
            )
            self._objects.add_font(f"G{number}", slot)
            self._fonts[face] = GlyphFont(face.shaper, name, f"/G{number}", slot)
        return self._fonts[face]

    def write(self) -> None:
        """Adds all that were used to the file."""
        for font in self._fonts.values():
            font.write(self._objects)


class GlyphFont:
    """A font in one file: codes are given as glyphs are drawn, the font is written at the end."""

    def __init__(self, shaper: Shaper, name: str, key: str, slot: Slot) -> None:
        self._shaper, self._name, self.key, self._slot = shaper, name, key, slot
        self._codes: dict[tuple[int, str], int] = {}

    def strings(
        self, look: Look, text: str, start: tuple[float, float], stretch: float, marks: Mapping[int, tuple[str, str]]
    ) -> Iterator[str | Whole]:
        """The operators that draw a text from left to right, as readers of PDF expect it; every space is wider by
        `stretch`, `marks` are copied at the left and right of a character. The pen is taken to stand at the start.

        A word that runs from right to left is never a Whole: poppler would turn its letters around.
        """
        x, y = pen = start
        words = [(found.start(), found.group()) for found in WORD.finditer(text)]
        row, spread = "", gaps(text) if look.spacing else ()
        for first, word in reversed(words) if look.turned else words:
            shaped = self._shaper.shape(word, look.turned)
            whole = not look.turned and not shaped.plain
            if whole:
                yield from _shown(row)
                yield Whole(word)
                row = ""
            for glyph in shaped.glyphs:
                added = look.spacing * bisect(spread, first + glyph.start) if spread else 0
                place = x + glyph.x * look.size + added, y + glyph.y * look.size
                if abs(place[0] - pen[0]) + abs(place[1] - pen[1]) > SAME_PLACE:
                    yield from _shown(row)
                    yield f"1 0 0 1 {number(place[0])} {number(place[1])} Tm"
                    row = ""
                at_left, at_right = marks.get(first + glyph.start, ("", ""))
                row += self.code(glyph.number, f"{at_left}{glyph.text}{at_right}")
                pen = place[0] + glyph.advance * look.size, place[1]
            if whole:
                yield from _shown(row)
                yield OVER
                row = ""
            x += shaped.width * look.size + (stretch if word in JUSTIFIED else 0)
        yield from _shown(row)
        end = x + look.spacing * len(spread), y
        if abs(end[0] - pen[0]) + abs(end[1] - pen[1]) > SAME_PLACE:  # behind a widened space, a mark on a letter
            yield f"1 0 0 1 {number(end[0])} {number(end[1])} Tm"

    def code(self, glyph: int, text: str) -> str:
        """The code of a glyph that stands for a text, as four hexadecimal digits; no text, no letter of its own."""
        return f"{self._codes.setdefault((glyph, text or NOTHING), len(self._codes) + 1):04X}"

    def write(self, objects: Objects) -> None:
        """Adds the font to the file."""
        glyphs = [glyph for glyph, _ in self._codes]
        data, numbers = self._shaper.cut(glyphs)
        codes = b"\0\0" + b"".join(numbers[glyph].to_bytes(2, "big") for glyph in glyphs)
        widths = " ".join(number(self._shaper.advance(glyph)) for glyph in glyphs)
        descendant = objects.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self._name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000"
            f"/CIDToGIDMap {objects.add_stream(codes)}/FontDescriptor {self._descriptor(objects, data)}"
            f"/W[1[{widths}]]>>"
        )
        texts = to_unicode(((code, text) for (_, text), code in self._codes.items()), size=2)
        self._slot.body = (
            f"<</Type/Font/Subtype/Type0/BaseFont/{self._name}/Encoding/Identity-H/DescendantFonts[{descendant}]"
            f"/ToUnicode {objects.add_stream(texts)}>>"
        )

    def _descriptor(self, objects: Objects, data: bytes) -> str:
        ascent, descent = self._shaper.extents()
        return objects.add(
            f"<</Type/FontDescriptor/FontName/{self._name}/Flags {SYMBOLIC}/FontBBox[-1000 {descent} 3000 {ascent}]"
            f"/ItalicAngle 0/Ascent {ascent}/Descent {descent}/CapHeight 700/StemV 80"
            f"/FontFile2 {objects.add_stream(data, f'/Length1 {len(data)}')}>>"
        )


def _shown(row: str) -> Iterator[str]:
    if row:
        yield f"<{row}> Tj"
