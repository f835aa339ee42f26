"""Font files with widths, as ReportLab or HarfBuzz reads them, and the choice of a face for each character."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reports.house.fonts import FontBook, FontFile
from reports.house.theme import TextStyle
from reports.writers.pdf.bidi import RIGHT_TO_LEFT
from reports.writers.pdf.clusters import clusters
from reports.writers.pdf.shaping import Shaper
from reports.writers.pdf.tagged import opened, widths

WORDS_REMEMBERED = 1 << 14
HALVES = 2  # of a point

# Drawn as nothing: soft hyphen, zero-width space and joiners, marks of direction, word joiner.
INVISIBLE: dict[int, None] = dict.fromkeys(
    (0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
JOINERS = ("\u200c", "\u200d")  # drawn as nothing too, but they shape the letters beside them
UNSHAPED = dict.fromkeys(set(INVISIBLE) - set(map(ord, JOINERS)))
UNDRAWN = {0x0A, *INVISIBLE}
STAYING = frozenset(map(chr, {0x20, *UNDRAWN}))  # in the face of what is before
HYPHENS = (0x2D, 0xAD)
SPACE = re.compile("([ \u00a0\u202f])")  # letters on its two sides never join

# Signs that Latin and Chinese share and draw differently: Unicode East Asian Width "ambiguous", those of prose.
SHARED = frozenset("“”‘’—…")


class Face:
    """One font file in one process. `width` is that of a text at size 1."""

    def __init__(self, file: FontFile) -> None:
        self.path, self.shaped, self.scale = file.path, file.shaped, file.scale
        self.ascent, self.descent = file.ascent, file.descent
        self.coverage = file.coverage | UNDRAWN
        self.hyphenates = file.coverage.issuperset(HYPHENS)
        self.width = lru_cache(WORDS_REMEMBERED)(self._shaped_width if file.shaped else self._simple_width)

    def grown(self, size: float) -> float:
        """A size as large as the letters of its script need, in half points as Word has it."""
        halves = size * HALVES
        return round(halves * self.scale) / HALVES if halves.is_integer() else size * self.scale

    def leading(self, size: float, style: TextStyle) -> float:
        """The height of a line: what the style asks for, and no less than the letters need, unless it is exact
        (ECMA-376 part 1, 17.18.48)."""
        return style.leading if style.exact else max(style.leading, (self.ascent + self.descent) * size)

    @cached_property
    def font(self) -> Any:
        """As ReportLab knows it."""
        return opened(self.path)

    @cached_property
    def shaper(self) -> Shaper:
        """As HarfBuzz knows it."""
        return Shaper(self.path)

    @cached_property
    def _widths(self) -> tuple[dict[str, float], float]:
        known, default = widths(self.font)
        return known | dict.fromkeys(map(chr, UNDRAWN), 0.0), default

    def _simple_width(self, text: str) -> float:
        known, default = self._widths
        return sum([known.get(char, default) for char in text])

    def _shaped_width(self, text: str) -> float:
        """Shaped in the direction of its letters: a font of joining letters is never drawn against it."""
        words = (part for part in SPACE.split(text.translate(UNSHAPED)) if part)
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


def by_face(
    text: str, faces: tuple[Face, ...], lacking: set[str], home: Face | None = None
) -> Iterator[tuple[Face, str]]:
    """A text in stretches of one face: each character in the first face that has it, with the marks on it; what is no
    letter in that of the `home` script, if there is one, unless the letters before it are of another.

    One that none has goes to `lacking`: it would be left blank.
    """
    if home is None and faces[0].coverage.issuperset(map(ord, text)):
        yield faces[0], text
        return
    lacking.update(char for char in text if not any(ord(char) in face.coverage for face in faces))
    chosen = [face for cluster in clusters(text) for face in _chosen(cluster, faces)]
    if home:
        chosen = _at_home(text, chosen, home)
    for position, char in enumerate(text):
        if char in SHARED and not home:
            chosen[position] = _neighbour(position, text, chosen)
    start, current = 0, chosen[0]
    for position, char in enumerate(text):
        wanted = current if char in STAYING else chosen[position]
        if wanted is not current and position > start:
            yield current, text[start:position]
            start = position
        current = wanted
    yield current, text[start:]


def _chosen(cluster: str, faces: tuple[Face, ...]) -> list[Face]:
    """The face of each character of a cluster: one that has them all, else each its own."""
    whole = next((face for face in faces if face.coverage.issuperset(map(ord, cluster))), None)
    if whole:
        return [whole] * len(cluster)
    return [next((face for face in faces if ord(char) in face.coverage), faces[0]) for char in cluster]


def _at_home(text: str, chosen: list[Face], home: Face) -> list[Face]:
    """Figures and stops in the face of the letters before them, as Word and LibreOffice set a complex script."""
    current, found = home, []
    for char, face in zip(text, chosen, strict=True):
        if char.isalpha():
            current = face
        found.append(current if ord(char) in current.coverage else face)
    return found


def _neighbour(position: int, text: str, chosen: list[Face]) -> Face:
    """The face of a sign that scripts share: that of a shaped neighbour which has it, else its own."""
    beside = (place for place in (position - 1, position + 1) if 0 <= place < len(text))
    shaped = (chosen[place] for place in beside if chosen[place].shaped)
    return next((face for face in shaped if ord(text[position]) in face.coverage), chosen[position])
