"""A line where it stands on a page, and the stretches of one look that it is shown in."""

from dataclasses import replace
from typing import NamedTuple

from reports.writers.pdf.bidi import visual_order
from reports.writers.pdf.glyphs import JUSTIFIED
from reports.writers.pdf.lines import Line, Look
from reports.writers.pdf.tags import Tag

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


def stretches(placed: Placed, mirror: float) -> list[Stretch]:
    """The stretches of a line in the order of its text."""
    line = placed.line
    widths = [chunk.width + placed.stretch * sum(map(chunk.text.count, JUSTIFIED)) for chunk in line.chunks]
    x = mirror - placed.x - sum(widths) if mirror else placed.x
    lefts = [0.0] * len(widths)
    for position in visual_order([chunk.look.level for chunk in line.chunks]):
        lefts[position] = x
        x += widths[position]
    return [
        Stretch(chunk.look, chunk.text, left, width)
        for chunk, left, width in zip(line.chunks, lefts, widths, strict=True)
        if chunk.text
    ]


def with_last_space(placed: Placed, stretches: list[Stretch]) -> list[Stretch]:
    """With the space at which the line was broken: without it a reader of the file would join the words around it.

    It is none of a superior, which is read as its tag says.
    """
    if not stretches or not placed.line.joins or stretches[-1].text.endswith(" "):
        return stretches
    last = stretches[-1]
    if last.look.tag and last.look.tag.actual:
        level = min(stretch.look.level for stretch in stretches)
        space = Stretch(replace(last.look, tag=None, link="", tip="", note=0, level=level), " ", 0, 0)
        return [
            *stretches,
            space._replace(x=min(stretch.x for stretch in stretches) if level % 2 else last.x + last.width),
        ]
    return [*stretches[:-1], last._replace(text=f"{last.text} ")]


def saying(part: list[Stretch], owner: Tag) -> Tag:
    """The owner of a part of a line with its words in the order of the text."""
    tag = part[0].look.tag or owner
    return tag if tag.actual else Tag("Span", tag, logical="".join(stretch.text for stretch in part))
