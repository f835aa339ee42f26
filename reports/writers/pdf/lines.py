"""Text broken into lines: greedy, never between a number and its unit, never losing a character."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import attrgetter
from typing import NamedTuple

from reports.writers.pdf.clusters import clusters
from reports.writers.pdf.faces import INVISIBLE
from reports.writers.pdf.hyphens import SOFT_HYPHEN, Points, places
from reports.writers.pdf.words import WIDTH, Chunk, Look, Word, word_of, words_of

UNUSUAL = re.compile("^ |\n| $|[" + "".join(map(chr, INVISIBLE)) + "]")  # what is not simply drawn as it is
ROUNDING = 1e-6
LOOSE = 0.1  # of the measure: less white in a line is better than a hyphen, if nobody says how much is
NARROW = 0.3  # of the size: hardly any text has narrower letters on the average


LEADING, TEXT, ADVANCE = map(attrgetter, ("leading", "text", "advance"))


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


def broken(
    pieces: Sequence[tuple[Look, str]],
    width: float,
    first: float = 0,
    parted: Points | None = None,
    zone: float | None = None,
) -> tuple[Line, ...]:
    """The lines of a text in a measure; `first` is the indent of the first line, negative if it hangs out.

    `parted` tells where words may be hyphenated, `zone` how much may be free at the end of a line before one is; only
    running text has one, and stops that hang behind its lines.
    """
    whole = _on_one_line(pieces, width - first)
    if whole:
        return (whole,)
    lines: list[Line] = []
    words = words_of(pieces)
    if zone is None:
        zone, words = width * LOOSE, [word._replace(hanging=0.0) if word.hanging else word for word in words]
    for row in _rows(words, min(width, width - first), parted):
        lines += _lines(row, (width, width if lines else width - first), parted, zone)
    return tuple(lines)


def _rows(words: Sequence[Word], room: float, parted: Points | None) -> Iterator[list[Word]]:
    """The words between two line breaks; one that is wider than the room is cut."""
    row: list[Word] = []
    for word in words:
        row += (word,) if word.width - word.hanging <= room else _fitting(word, room, parted)
        if word.ends:
            yield row
            row = []
    yield row


def _lines(words: list[Word], measures: tuple[float, float], parted: Points | None, zone: float) -> Iterator[Line]:
    """The lines of words of which none is wider than a line; `measures` are the measure and that of the first line.

    `ends` has how far each word with its space comes on an endless line; `base` is where on it the current line begins.
    """
    width, room = measures
    ends = list(accumulate(map(ADVANCE, words)))
    start, base = 0, 0.0
    while True:
        stop = bisect_right(ends, base + room + ROUNDING, start)
        end = ends[stop - 1] if stop > start else base
        if stop < len(words) and (
            stop == start or end + words[stop].width - words[stop].hanging <= base + room + ROUNDING
        ):
            stop, end = stop + 1, ends[stop]  # it fits without its space; or nothing would
        if stop == len(words):
            yield from _line(words[start:], full=False)
            return
        begun: list[Word] = []
        free = base + room - end
        points = parted if free > zone else None
        if points or any(
            SOFT_HYPHEN in chunk.text for chunk in words[stop].chunks
        ):  # which parts a word however little is free
            begun, words[stop] = _parted(words[stop], free, points)
        yield from _line([*words[start:stop], *begun], full=True)
        start, base, room = stop, ends[stop] - words[stop].advance, width


def _parted(word: Word, room: float, parted: Points | None) -> tuple[list[Word], Word]:
    """As much of a word as fits with a hyphen, and the rest; nothing of a word of several looks. A link or a name in
    another language is parted only where its writer says so.

    The hyphen is U+00AD: whoever copies or reads the text knows that it is none of the word (ISO 32000-1, 14.8.2.2.3).
    """
    if len(word.chunks) != 1 or word.chunks[0].look.turned:
        return [], word
    look, text, _ = word.chunks[0]
    hyphen = Chunk(look.hyphenating, SOFT_HYPHEN, look.hyphenating.width("-"))
    for place in reversed(places(text, None if look.tag or look.shaped else parted)):
        start, rest = text[:place], text[place:].removeprefix(SOFT_HYPHEN)
        size = look.width(start)
        if size + hyphen.width <= room:
            first = word_of(_joined((Chunk(look, start, size), hyphen)))
            return [first], word_of((Chunk(look, rest, look.width(rest)),), word.space, word.ends)
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
    look = chunks[0].look if len(chunks) == 1 else max((chunk.look for chunk in chunks), key=LEADING)
    strut = look.strut or look.face
    size = look.strut_size or look.size / look.face.scale
    above, below = strut.ascent * size, strut.descent * size
    return Line(chunks, width, look.leading, (look.leading - above - below) / 2 + above, joins, full)


def notes_of(lines: Iterable[Line]) -> tuple[int, ...]:
    """The footnotes that lines bring to their page, in order."""
    return tuple(chunk.look.note for line in lines for chunk in line.chunks if chunk.look.note)


def _fitting(word: Word, room: float, parted: Points | None) -> Iterator[Word]:
    """A word that is wider than a line: parted with hyphens where it may be, else cut between characters, as an address
    is or a name in a narrow cell."""
    while word.width > room:
        start, rest = _parted(word, room, parted)
        if not start:
            yield from _cut(word, room)
            return
        yield from start
        word = rest
    yield word


def _cut(word: Word, room: float) -> Iterator[Word]:
    done: list[Chunk] = []
    used = 0.0
    for look, text, _ in word.chunks:
        shown, width = "", 0.0
        for cluster in clusters(text):
            wider = look.width(shown + cluster) if look.shaped else width + look.width(cluster)
            if (done or shown) and used + wider > room:
                yield word_of((*done, Chunk(look, shown, width)) if shown else tuple(done))
                done, used, shown, wider = [], 0.0, "", look.width(cluster)
            shown, width = shown + cluster, wider
        done.append(Chunk(look, shown, width))
        used += width
    yield word_of(tuple(done), word.space, word.ends)


def _line(words: Sequence[Word], full: bool) -> list[Line]:
    """The words as a line; none if there is nothing to draw."""
    if not words:
        return []
    *before, last = words
    chunks = [chunk for word in before for chunk in word.drawn]
    chunks += last.chunks
    if not chunks:
        return []
    joined = _joined(chunks)
    if any(SOFT_HYPHEN in chunk.text for chunk in joined):
        joined = tuple(_hyphenated(chunk, ends=chunk is joined[-1]) for chunk in joined)
    return [_measured(joined, sum(map(WIDTH, joined)), bool(last.space or last.ends), full)]


def _joined(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Neighbours of the same look as one."""
    looks, texts, widths = zip(*chunks, strict=True)
    if looks.count(looks[0]) == len(looks):
        return (Chunk(looks[0], "".join(texts), sum(widths)),)
    alike = (tuple(same) for _, same in groupby(chunks, key=_look_identity))
    return tuple(Chunk(part[0].look, "".join(map(TEXT, part)), sum(map(WIDTH, part))) for part in alike)


def _hyphenated(chunk: Chunk, ends: bool) -> Chunk:
    """Without the soft hyphens that are not drawn: all but the one at which a line ends."""
    look, text = chunk.look, chunk.text.replace(SOFT_HYPHEN, "")
    hyphen = SOFT_HYPHEN if ends and chunk.text.endswith(SOFT_HYPHEN) else ""
    return Chunk(look, text + hyphen, look.width(text) + (look.width("-") if hyphen else 0))


def _look_identity(chunk: Chunk) -> int:
    return id(chunk.look)
