"""A line where it stands on a page, and the stretches of one look that it is shown in."""

from dataclasses import replace
from typing import NamedTuple

from reports.writers.pdf.bidi import visual_order
from reports.writers.pdf.glyphs import JUSTIFIED
from reports.writers.pdf.lines import Line
from reports.writers.pdf.tagged import Tag
from reports.writers.pdf.words import Look

THIN_SPACE = "\u2009"  # keeps a superior off the digit before it; in the same word, so no line ends there


class Placed(NamedTuple):
    """A line where it stands: start of the baseline, and what every space in it is widened by."""

    x: float
    baseline: float
    line: Line
    stretch: float = 0


class Stretch(NamedTuple):
    """Text of one look, and where it starts at the left."""

    look: Look
    text: str
    x: float
    width: float


def stretches(placed: Placed, mirror: float) -> tuple[list[Stretch], bool]:
    """The stretches of a line in the order of its text, and whether some of them run from right to left."""
    line, stretch = placed.line, placed.stretch
    if len(line.chunks) == 1 and not (stretch or mirror):
        look, text, width = line.chunks[0]
        if not look.level:
            return ([Stretch(look, text, placed.x, width)] if text else []), False
    widths = [
        chunk.width + stretch * sum(map(chunk.text.count, JUSTIFIED)) if stretch else chunk.width
        for chunk in line.chunks
    ]
    x = mirror - placed.x - sum(widths) if mirror else placed.x
    levels = [chunk.look.level for chunk in line.chunks]
    directed = any(levels)
    lefts = [0.0] * len(widths)
    for position in visual_order(levels) if directed else range(len(levels)):
        lefts[position] = x
        x += widths[position]
    shown = zip(line.chunks, lefts, widths, strict=True)
    return [Stretch(chunk.look, chunk.text, left, width) for chunk, left, width in shown if chunk.text], directed


def with_last_space(placed: Placed, stretches: list[Stretch]) -> list[Stretch]:
    """With the space at which the line was broken: without it a reader of the file would join the words around it.

    It is none of a superior, which is read as its tag says.
    """
    if not stretches or not placed.line.joins or stretches[-1].text.endswith(" "):
        return stretches
    *before, last = stretches
    look, text, x, width = last
    if not (look.tag and look.tag.actual):
        return [*before, Stretch(look, f"{text} ", x, width)]
    level = min(stretch.look.level for stretch in stretches)
    left = min(stretch.x for stretch in stretches) if level % 2 else x + width
    return [*stretches, Stretch(replace(look, tag=None, link="", tip="", note=0, level=level), " ", left, 0)]


def saying(part: list[Stretch], owner: Tag) -> Tag:
    """The owner of a part of a line with its words in the order of the text."""
    tag = part[0].look.tag or owner
    return tag if tag.actual else Tag("Span", tag, logical="".join(stretch.text for stretch in part))
