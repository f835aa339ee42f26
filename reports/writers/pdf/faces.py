"""Font files with widths, as ReportLab or HarfBuzz reads them, and the choice of a face for each character."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

from reports.house.fonts import FontBook, FontFile
from reports.writers.pdf.bidi import RIGHT_TO_LEFT
from reports.writers.pdf.shaping import Shaper

WORDS_REMEMBERED = 1 << 14

# Drawn as nothing: soft hyphen, zero-width space and joiners, marks of direction, word joiner.
INVISIBLE: dict[int, None] = dict.fromkeys(
    (0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
UNDRAWN = {0x0A, *INVISIBLE}
UNNAMED = re.compile("[^A-Za-z0-9-]")  # what the name of a font in a PDF has not, ISO 32000-1, 9.6.2.1
SPACE = re.compile("([ \u00a0\u202f])")  # letters on its two sides never join

# Signs that Latin and Chinese share and draw differently: Unicode East Asian Width "ambiguous", those of prose.
SHARED = frozenset("“”‘’—…·")


class Face:
    """One font file in one process. `width` is that of a text at size 1."""

    def __init__(self, file: FontFile) -> None:
        self.path, self.shaped, self.scale = file.path, file.shaped, file.scale
        self.ascent, self.descent = file.ascent, file.descent
        self.coverage = file.coverage | UNDRAWN
        self.width = lru_cache(WORDS_REMEMBERED)(self._shaped_width if file.shaped else self._simple_width)

    @cached_property
    def font(self) -> TTFont:
        """As ReportLab knows it. No name is registered: the object itself is passed around, so two houses cannot
        disturb each other. In a PDF it has the name of its file: two files may be of one PostScript name."""
        font = TTFont(self.path.stem, str(self.path), asciiReadable=False)
        font.face.name = UNNAMED.sub("_", self.path.stem).encode("ascii")
        return font

    @cached_property
    def shaper(self) -> Shaper:
        """As HarfBuzz knows it."""
        return Shaper(self.path)

    @cached_property
    def _widths(self) -> dict[str, float]:
        widths: dict[str, float] = {chr(code): width / 1000 for code, width in self.font.face.charWidths.items()}
        return widths | dict.fromkeys(map(chr, UNDRAWN), 0.0)

    @cached_property
    def _default(self) -> float:
        width: float = self.font.face.defaultWidth / 1000
        return width

    def _simple_width(self, text: str) -> float:
        known, default = self._widths.get, self._default
        return sum([known(char, default) for char in text])

    def _shaped_width(self, text: str) -> float:
        """Shaped in the direction of its letters: a font of joining letters is never drawn against it."""
        words = (part for part in SPACE.split(text.translate(INVISIBLE)) if part)
        return sum(self.shaper.shape(word, bool(RIGHT_TO_LEFT.search(word))).width for word in words)


@lru_cache(64)
def _opened(file: FontFile, _changed: int) -> Face:
    return Face(file)


def face_of(file: FontFile) -> Face:
    """The face of a file, opened once a process and again when the file has changed."""
    return _opened(file, Path(file.path).stat().st_mtime_ns)


class Palette:
    """The faces of one document."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._known: dict[tuple[str, bool, bool], tuple[Face, ...]] = {}

    def faces(self, family: str, bold: bool = False, italic: bool = False) -> tuple[Face, ...]:
        """The face of a style, then those that are asked for the characters that it lacks."""
        key = family, bold, italic
        if key not in self._known:
            self._known[key] = tuple(map(face_of, self._fonts.faces(*key)))
        return self._known[key]


def by_face(text: str, faces: tuple[Face, ...]) -> Iterator[tuple[Face, str]]:
    """A text in stretches of one face: each character in the first face that has it.

    A character that none has stays in the first: the writer has refused it before.
    """
    if faces[0].coverage.issuperset(map(ord, text)):
        yield faces[0], text
        return
    chosen = [next((face for face in faces if ord(char) in face.coverage), faces[0]) for char in text]
    for position, char in enumerate(text):
        if char in SHARED:
            chosen[position] = _neighbour(position, text, chosen)
    start, current = 0, chosen[0]
    for position, char in enumerate(text):
        wanted = current if char in " \n" else chosen[position]
        if wanted is not current and position > start:
            yield current, text[start:position]
            start = position
        current = wanted
    yield current, text[start:]


def _neighbour(position: int, text: str, chosen: list[Face]) -> Face:
    """The face of a sign that scripts share: that of a shaped neighbour which has it, else its own."""
    beside = (place for place in (position - 1, position + 1) if 0 <= place < len(text))
    shaped = (chosen[place] for place in beside if chosen[place].shaped)
    return next((face for face in shaped if ord(text[position]) in face.coverage), chosen[position])
