"""Text broken into lines: greedy, never between a number and its unit, never losing a character."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from reports.writers.pdf.faces import INVISIBLE, WORDS_REMEMBERED, Face
from reports.writers.pdf.hyphens import Points
from reports.writers.pdf.tags import Tag

# A line may end at a space; after a hyphen, dash or stroke between letters ("10-летие" and "2005–2025" stay whole);
# at a zero-width space; beside a Chinese character, where neither a sign that opens would end a line nor one that
# closes begin one (W3C, Requirements for Chinese Text Layout, 3.1.3), and never between a number and its word.
# U+00A0 and U+202F are no spaces here, so they never break.
SPACES, NEW_LINE = (" ", "\n"), "\n"
TOKENS = re.compile(r"[ \n]|[^ \n]+")
WIDE = (
    "\u2e80-\u2fdf\u3001-\u30ff\u3105-\u312f\u31c0-\u31ef\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
)
WIDE_CHARACTER = re.compile(f"[{WIDE}]")
OPENING = re.escape("([«“‘（《〈【〔「『［｛")
CLOSING = re.escape(")],.;:?!%†»”’…—–-·）》〉】〕」』］｝，。、；：？！％～")
BREAKS = re.compile(
    "(?<=[^\\W\\d][-‐–—/])(?=[^\\W\\d])|\u200b"
    f"|(?<=[{WIDE}])(?<![{OPENING}])(?=[^{CLOSING}])"
    f"|(?<=[^{OPENING}\\d\u00a0\u202f])(?=[{WIDE}])(?![{CLOSING}])"
)
HANGING = frozenset("。，")  # may stand behind the end of a line, as in Word (ECMA-376 part 1, 17.3.1.21)
FIRST_WIDE = "\u2e80"
UNUSUAL = re.compile("^ |\n| $|[" + "".join(map(chr, INVISIBLE)) + "]")  # what is not simply drawn as it is
ROUNDING = 1e-6
LOOSE = 0.1  # of the measure: less white in a line is better than a hyphen, if nobody says how much is
SOFT_HYPHEN = "\u00ad"
LETTERS = re.compile(r"[^\W\d_][^\s/–—-]*[^\W\d_]")  # the word, without brackets and stops
NARROW = 0.3  # of the size: hardly any text has narrower letters on the average


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
    strut: Face | None = None  # what gives lines their height, where it is another face than this
    level: int = 0  # of embedding: odd levels run from right to left
    note: int = 0  # the number of the footnote that it brings to its page
    strut_size: float = 0  # of the strut; 0 where it follows from the size
    gap: float = 0  # what stays free behind its text: between ideographs and figures

    def width(self, text: str) -> float:
        """The width of a text in points."""
        return self.face.width(text) * self.size

    @property
    def turned(self) -> bool:
        """Whether it runs from right to left."""
        return self.level % 2 == 1

    @property
    def shaped(self) -> bool:
        """Whether its text is drawn glyph by glyph."""
        return self.face.shaped or self.turned


class Chunk(NamedTuple):
    """Text of one look."""

    look: Look
    text: str
    width: float


LEADING, WIDTH = attrgetter("leading"), attrgetter("width")


class Line(NamedTuple):
    """One line with its height and how far the baseline is below its top.

    `joins` says that a space or line break was taken at its end; `full` that it may be stretched to the measure.
    """

    chunks: tuple[Chunk, ...]
    width: float
    leading: float
    baseline: float
    joins: bool = False
    full: bool = False


class _Word(NamedTuple):
    """`space` stands behind it and is drawn unless a line ends there; `ends` says that a line must end there."""

    chunks: list[Chunk]
    width: float
    space: Chunk | None = None
    ends: bool = False


def broken(
    pieces: Sequence[tuple[Look, str]],
    width: float,
    first: float = 0,
    parted: Points | None = None,
    zone: float | None = None,
) -> tuple[Line, ...]:
    """The lines of a text in a measure; `first` is the indent of the first line, negative if it hangs out.

    `parted` tells where words may be hyphenated, `zone` how much may be free at the end of a line before one is.
    """
    whole = _on_one_line(pieces, width - first)
    if whole:
        return (whole,)
    zone = width * LOOSE if zone is None else zone
    lines: list[Line] = []
    current: list[_Word] = []
    used, room = 0.0, width - first
    for whole_word in _words(pieces):
        word = whole_word
        if current and used + word.width - _hanging(word) > room + ROUNDING:
            if room - used > zone:
                start, word = _parted(word, room - used, parted)
                current += start
            lines += _line(current, full=True)
            current, used, room = [], 0.0, width
        for part in _fitting(word, room):
            if current and used + part.width - _hanging(part) > room + ROUNDING:
                lines += _line(current, full=False)
                current, used, room = [], 0.0, width
            current.append(part)
            used += part.width + (part.space.width if part.space else 0)
        if word.ends:
            lines += _line(current, full=False)
            current, used, room = [], 0.0, width
    return (*lines, *_line(current, full=False))


def _hanging(word: _Word) -> float:
    """What of the width of a word may stand behind the end of a line: a gap, or a stop of Chinese."""
    if not word.chunks:
        return 0
    look, text, _ = word.chunks[-1]
    return look.width(text[-1]) if text and text[-1] in HANGING else look.gap


def _parted(word: _Word, room: float, parted: Points | None) -> tuple[list[_Word], _Word]:
    """As much of a word as fits with a hyphen, and the rest; nothing of a word of several looks, a link or a name in
    another language.

    The hyphen is U+00AD: whoever copies or reads the text knows that it is none of the word (ISO 32000-1, 14.8.2.2.3).
    """
    look, text, _ = word.chunks[0]
    found = LETTERS.search(text)
    if parted is None or len(word.chunks) > 1 or look.tag or look.shaped or not found:
        return [], word
    hyphen = look.width("-")
    for place in reversed(parted(found.group())):
        start, rest = text[: found.start() + place], text[found.start() + place :]
        size = look.width(start) + hyphen
        if size <= room:
            first = _Word([Chunk(look, start + SOFT_HYPHEN, size)], size)
            return [first], _Word([Chunk(look, rest, look.width(rest))], look.width(rest), word.space, word.ends)
    return [], word


def _on_one_line(pieces: Sequence[tuple[Look, str]], room: float) -> Line | None:
    """The only line of a short text, most cells and labels: None if it has to be looked at word by word."""
    if len(pieces) != 1:
        return None
    look, text = pieces[0]
    if not text or len(text) * look.size * NARROW > room:  # clearly a paragraph: not worth measuring
        return None
    if UNUSUAL.search(text) or (width := look.width(text)) > room:
        return None
    return _measured((Chunk(look, text, width),), width)


def _measured(chunks: tuple[Chunk, ...], width: float, joins: bool = False, full: bool = False) -> Line:
    """A line as tall as its tallest part; what the font leaves free of the height is halved."""
    look = max((chunk.look for chunk in chunks), key=LEADING)
    strut = look.strut or look.face
    size = look.strut_size or look.size / look.face.scale
    above, below = strut.ascent * size, strut.descent * size
    return Line(chunks, width, look.leading, (look.leading - above - below) / 2 + above, joins, full)


def notes_of(lines: Iterable[Line]) -> tuple[int, ...]:
    """The footnotes that lines bring to their page, in order."""
    return tuple(chunk.look.note for line in lines for chunk in line.chunks if chunk.look.note)


def natural_width(pieces: Iterable[tuple[Look, str]]) -> float:
    """The width of a text on one line."""
    return sum(look.width(text) + look.gap for look, text in pieces)


def longest_word(pieces: Iterable[tuple[Look, str]]) -> float:
    """The width of the widest part that is not broken willingly."""
    return max((word.width for word in _words(pieces)), default=0)


def _words(pieces: Iterable[tuple[Look, str]]) -> Iterator[_Word]:
    """A word may have several looks; what follows a run without a space belongs to its last word."""
    chunks: list[Chunk] = []
    width = 0.0
    for look, text in pieces:
        blank = Chunk(look, " ", look.width(" "))
        for found in TOKENS.findall(text):
            if found in SPACES:
                yield _Word(chunks, width, None if found == NEW_LINE else blank, found == NEW_LINE)
                chunks, width = [], 0.0
                continue
            for number, part in enumerate(_parts(found)):
                if chunks and (number or _ends_between(chunks[-1].text, part)):
                    yield _Word(chunks, width)
                    chunks, width = [], 0.0
                if part:
                    chunk = Chunk(look, part, look.width(part))
                    chunks.append(chunk)
                    width += chunk.width
        width += _widened(chunks, look.gap)
    if chunks:
        yield _Word(chunks, width)


def _widened(chunks: list[Chunk], gap: float) -> float:
    """The gap behind the last chunk, which has it then."""
    if not chunks or not gap:
        return 0
    chunks[-1] = chunks[-1]._replace(width=chunks[-1].width + gap)
    return gap


def _ends_between(before: str, after: str) -> bool:
    """Whether a line may end between two stretches of text of which one is Chinese."""
    pair = before[-1:] + after[:1]
    return len(pair) > 1 and max(pair) >= FIRST_WIDE and len(_parts(pair)) > 1


@lru_cache(WORDS_REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    """What a line may end between, without what is not drawn."""
    return tuple(part.translate(INVISIBLE) for part in BREAKS.split(word))


def _fitting(word: _Word, room: float) -> Iterator[_Word]:
    """A word that is wider than a line, cut by characters: an address, a name in a narrow cell."""
    if word.width - _hanging(word) <= room:
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


def _line(words: Sequence[_Word], full: bool) -> list[Line]:
    """The words as a line; none if there is nothing to draw."""
    chunks: list[Chunk] = []
    for word in words:
        chunks += word.chunks
        if word.space and word is not words[-1]:
            chunks.append(word.space)
    if not chunks:
        return []
    joined = tuple(_joined(chunks))
    return [_measured(joined, sum(map(WIDTH, joined)), bool(words[-1].space or words[-1].ends), full)]


def _joined(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Neighbours of the same look as one."""
    joined = []
    for _, same in groupby(chunks, key=_look_identity):
        looks, texts, widths = zip(*same, strict=True)
        joined.append(Chunk(looks[0], "".join(texts), sum(widths)))
    return joined


def _look_identity(chunk: Chunk) -> int:
    return id(chunk.look)
