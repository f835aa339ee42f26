"""Justified lines: what is added to spaces and, in scripts that have none, to letters."""

from dataclasses import replace

from reports.writers.pdf.breaks import gaps
from reports.writers.pdf.glyphs import JUSTIFIED
from reports.writers.pdf.lines import ROUNDING, Line
from reports.writers.pdf.words import Chunk

WIDEST = 0.1  # of the size: programs that copy text take more for a space


def justified(line: Line, free: float) -> tuple[Line, float]:
    """The line, and what is added to each of its spaces to take up the free width.

    A line of Chinese or Thai is widened behind its letters as well (W3C, Chinese and Thai Layout Requirements), as far
    as it does not fall apart; one without spaces that is too short is not widened at all.
    """
    spaces = sum(chunk.text.count(space) for chunk in line.chunks for space in JUSTIFIED)
    places = [len(gaps(chunk.text)) for chunk in line.chunks]
    last = line.chunks[-1]
    if last.text and gaps(last.text)[-1:] == (len(last.text),):
        places[-1] -= 1  # what is behind the line
    total = sum(places)
    each = min(free / max(total + spaces, 1), WIDEST * last.look.size) if total > spaces else 0
    if not spaces and each * total < free - ROUNDING:
        return line, 0
    stretch = (free - each * total) / spaces if spaces else 0
    if not each:
        return line, stretch
    chunks = tuple(
        Chunk(replace(chunk.look, spacing=each), chunk.text, chunk.width + each * count) if count else chunk
        for chunk, count in zip(line.chunks, places, strict=True)
    )
    return line._replace(chunks=chunks, width=line.width + each * total), stretch
