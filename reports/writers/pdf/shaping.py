"""Letters as a font joins them: HarfBuzz chooses glyphs and places, and cuts the font to those that were drawn."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

DROPPED = ("GSUB", "GPOS", "GDEF", "name", "OS/2", "post", "STAT", "meta", "gasp", "DSIG")
FEATURES = {"kern": False}  # gaps inside a word would be taken for spaces by programs that copy text
TEXTS_REMEMBERED = 1 << 13


class Glyph(NamedTuple):
    """A glyph and its place from where its text starts at the left, in ems. `advance` is the font's own, `text` the
    characters that it shows, none for a part of a letter, and `start` the place of the first of them."""

    number: int
    x: float
    y: float
    advance: float
    text: str
    start: int


class Shaped(NamedTuple):
    """A text of one font and one direction: its glyphs from left to right, and its width in ems."""

    glyphs: tuple[Glyph, ...]
    width: float

    @property
    def plain(self) -> bool:
        """Whether its glyphs are its letters, one after the other."""
        return all(glyph.text and glyph.advance and not glyph.y for glyph in self.glyphs)


class Shaper:
    """One font file."""

    def __init__(self, path: Path) -> None:
        self._face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._font = hb.Font(self._face)
        self._em = self._face.upem
        # Of a text without spaces, in one direction.
        self.shape = lru_cache(TEXTS_REMEMBERED)(self._shaped)

    def _shaped(self, text: str, right_to_left: bool) -> Shaped:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        hb.shape(self._font, buffer, FEATURES)
        texts = _texts(text, [info.cluster for info in buffer.glyph_infos])
        em, pen, glyphs = self._em, 0, []
        for info, place, shown in zip(buffer.glyph_infos, buffer.glyph_positions, texts, strict=True):
            advance = self._font.get_glyph_h_advance(info.codepoint) / em
            glyphs.append(
                Glyph(info.codepoint, (pen + place.x_offset) / em, place.y_offset / em, advance, shown, info.cluster)
            )
            pen += place.x_advance
        return Shaped(tuple(glyphs), pen / em)

    def advance(self, glyph: int) -> float:
        """The font's own advance of a glyph, in thousandths of an em."""
        width: float = self._font.get_glyph_h_advance(glyph) * 1000 / self._em
        return width

    def extents(self) -> tuple[int, int]:
        """Ascent and descent of a line, in thousandths of an em; the descent is negative."""
        extents = self._font.get_font_extents("ltr")
        return round(extents.ascender * 1000 / self._em), round(extents.descender * 1000 / self._em)

    def cut(self, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
        """The font with these glyphs alone, and the new number of each."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({0, *glyphs})
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(name.encode(), "big") for name in _tags())
        plan = hb.SubsetPlan(self._face, wanted)
        return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)


def _tags() -> list[str]:
    return [name.ljust(4) for name in DROPPED]


def _texts(text: str, clusters: Sequence[int]) -> list[str]:
    """The characters of each glyph. Glyphs of one cluster share its text one by one where there are as many; else the
    first has all of it."""
    starts = sorted(set(clusters))
    whole = {start: text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)}
    shown: list[str] = []
    for cluster, same in groupby(clusters):
        count, part = len(list(same)), whole[cluster]
        turned = clusters[0] > clusters[-1]
        alike = list(reversed(part) if turned else part)
        shown += alike if count == len(part) else [part, *[""] * (count - 1)]
    return shown
