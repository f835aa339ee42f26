"""Font files as ReportLab embeds them, with widths, and the choice of a face for each character."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

from reports.house.fonts import FontBook, FontFile

WORDS_REMEMBERED = 1 << 14

# Drawn as nothing: soft hyphen, zero-width space and joiners, marks of direction, word joiner.
INVISIBLE: dict[int, None] = dict.fromkeys(
    (0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
UNDRAWN = {0x0A, *INVISIBLE}


class Face:
    """One font file in one process. `width` is that of a text at size 1."""

    def __init__(self, file: FontFile) -> None:
        # No name is registered: the object itself is passed around, so two houses cannot disturb each other.
        self.font = TTFont(file.path.stem, str(file.path), asciiReadable=False)
        self.ascent, self.descent = file.ascent, file.descent
        self.coverage = file.coverage | UNDRAWN
        widths: dict[str, float] = {chr(code): width / 1000 for code, width in self.font.face.charWidths.items()}
        self._widths = widths | dict.fromkeys(map(chr, UNDRAWN), 0.0)
        self._default: float = self.font.face.defaultWidth / 1000
        self.width = lru_cache(WORDS_REMEMBERED)(self._measured)

    def _measured(self, text: str) -> float:
        known, default = self._widths.get, self._default
        return sum([known(char, default) for char in text])


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
    start, current = 0, faces[0]
    for position, char in enumerate(text):
        wanted = current if char in " \n" else next((face for face in faces if ord(char) in face.coverage), faces[0])
        if wanted is not current and position > start:
            yield current, text[start:position]
            start = position
        current = wanted
    yield current, text[start:]
