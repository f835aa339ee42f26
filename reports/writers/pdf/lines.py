"""Text broken into lines: greedy, never between a number and its unit, never losing a character."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.writers.pdf.faces import INVISIBLE, Face
from reports.writers.pdf.tags import Tag

# A line may end at a space; after a hyphen, dash or stroke between letters ("10-летие" and "2005–2025" stay whole);
# at a zero-width space. U+00A0 and U+202F are no spaces here, so they never break.
TOKENS = re.compile(r"[ \n]|[^ \n]+")
BREAKS = re.compile("(?<=[^\\W\\d][-‐–—/])(?=[^\\W\\d])|\u200b")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a stretch of text looks and what it is: `tag` where it is more than its paragraph, a link or a language."""

    face: Face
    size: float
    leading: float
    color: str
    rise: float = 0
    tag: Tag | None = None
    link: str = ""
    tip: str = ""

    def width(self, text: str) -> float:
        """The width of a text in points."""
        return self.face.width(text) * self.size


class Chunk(NamedTuple):
    """Text of one look."""

    look: Look
    text: str
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line. `joins` says that a space or line break was taken at its end; `full` that it may be stretched."""

    chunks: tuple[Chunk, ...]
    width: float
    joins: bool = False
    full: bool = False

    @property
    def leading(self) -> float:
        """The height of the line."""
        return self._tallest.leading

    @property
    def baseline(self) -> float:
        """How far the baseline is below the top of the line: what the font leaves free is halved."""
        look = self._tallest
        above, below = look.face.ascent * look.size, look.face.descent * look.size
        return (look.leading - above - below) / 2 + above

    @property
    def _tallest(self) -> Look:
        return max((chunk.look for chunk in self.chunks), key=lambda look: look.leading)


class _Word(NamedTuple):
    """`space` stands behind it and is drawn unless a line ends there; `ends` says that a line must end there."""

    chunks: list[Chunk]
    width: float
    space: Chunk | None = None
    ends: bool = False


def broken(pieces: Iterable[tuple[Look, str]], width: float, first: float = 0) -> tuple[Line, ...]:
    """The lines of a text in a measure; `first` is the indent of the first line, negative if it hangs out."""
    lines: list[Line] = []
    current: list[_Word] = []
    used, room = 0.0, width - first
    for word in _words(pieces):
        if current and used + word.width > room + 1e-6:
            lines.append(_line(current, full=True))
            current, used, room = [], 0.0, width
        for part in _fitting(word, room):
            if current and used + part.width > room + 1e-6:
                lines.append(_line(current, full=False))
                current, used, room = [], 0.0, width
            current.append(part)
            used += part.width + (part.space.width if part.space else 0)
        if word.ends:
            lines.append(_line(current, full=False))
            current, used, room = [], 0.0, width
    if any(word.chunks for word in current):
        lines.append(_line(current, full=False))
    return tuple(line for line in lines if line.chunks)


def natural_width(pieces: Iterable[tuple[Look, str]]) -> float:
    """The width of a text on one line."""
    return sum(look.width(text) for look, text in pieces)


def longest_word(pieces: Iterable[tuple[Look, str]]) -> float:
    """The width of the widest part that is not broken willingly."""
    return max((word.width for word in _words(pieces)), default=0)


def _words(pieces: Iterable[tuple[Look, str]]) -> Iterator[_Word]:
    """A word may have several looks; what follows a run without a space belongs to its last word."""
    chunks: list[Chunk] = []
    for look, text in pieces:
        for found in TOKENS.findall(text):
            if found in (" ", "\n"):
                space = Chunk(look, " ", look.width(" ")) if found == " " else None
                yield _Word(chunks, sum(chunk.width for chunk in chunks), space, ends=not space)
                chunks = []
                continue
            for number, part in enumerate(BREAKS.split(found)):
                if number and chunks:
                    yield _Word(chunks, sum(chunk.width for chunk in chunks))
                    chunks = []
                drawn = part.translate(INVISIBLE)
                if drawn:
                    chunks.append(Chunk(look, drawn, look.width(drawn)))
    if chunks:
        yield _Word(chunks, sum(chunk.width for chunk in chunks))


def _fitting(word: _Word, room: float) -> Iterator[_Word]:
    """A word that is wider than a line, cut by characters: an address, a name in a narrow cell."""
    if word.width <= room:
        yield word
        return
    part: list[Chunk] = []
    used = 0.0
    for look, text, _ in word.chunks:
        for char in text:
            advance = look.width(char)
            if part and used + advance > room:
                yield _Word(_joined(part), used)
                part, used = [], 0.0
            part.append(Chunk(look, char, advance))
            used += advance
    yield _Word(_joined(part), used, word.space, word.ends)


def _line(words: Sequence[_Word], full: bool) -> Line:
    chunks: list[Chunk] = []
    for word in words:
        chunks += word.chunks
        if word.space and word is not words[-1]:
            chunks.append(word.space)
    joined = _joined(chunks)
    return Line(tuple(joined), sum(chunk.width for chunk in joined), bool(words[-1].space or words[-1].ends), full)


def _joined(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Neighbours of the same look as one."""
    joined: list[Chunk] = []
    for chunk in chunks:
        if joined and joined[-1].look is chunk.look:
            last = joined[-1]
            joined[-1] = Chunk(last.look, last.text + chunk.text, last.width + chunk.width)
        else:
            joined.append(chunk)
    return joined
