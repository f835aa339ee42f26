"""Every block of a document as boxes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Chart,
    Heading,
    Note,
    PageBreak,
    Panels,
    Paragraph,
    Reference,
    Sources,
    Table,
    Text,
    numeral,
    plain,
)
from reports.writers.pdf.boxes import Box, NewPage, ParagraphBox
from reports.writers.pdf.charts import chart_boxes
from reports.writers.pdf.layout import BULLET, Layout
from reports.writers.pdf.panels import panel_boxes
from reports.writers.pdf.tables import table_boxes
from reports.writers.pdf.tags import BULLETED, NUMBERED, Tag
from reports.writers.pdf.typeset import source_anchor

HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
ROLES = {"body": "Normal", "lead": "Lead", "subtitle": "Subtitle", "caption": "Caption", "small": "Note"}
AFTER_REFERENCE = 8


def boxes_of(blocks: Iterable[Block], layout: Layout) -> Iterator[Box | NewPage]:
    """The boxes of all blocks, without those that hold no text.

    PDF/UA-1, 7.4.2: the levels of headings begin with 1 and skip none, so a deeper one is drawn as the document
    says and tagged one level under the heading before it.
    """
    depth = 0
    for block in blocks:
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
        for box in _boxes(block, layout, depth):
            if not isinstance(box, ParagraphBox) or box.lines:
                yield box


def _boxes(block: Block, layout: Layout, depth: int) -> Iterable[Box | NewPage]:  # noqa: C901, PLR0911  a case a kind of block
    match block:
        case Heading():
            return [_heading(block, layout, depth)]
        case Paragraph(text, role):
            return [layout.paragraph(text, layout.style(ROLES[role]), Tag("P"))]
        case Bullets(items):
            return _bullets(items, "List Bullet", layout)
        case Note(text):
            return [layout.paragraph(text, layout.style("Note"), Tag("P"))]
        case Panels():
            return panel_boxes(block, layout)
        case Table():
            return table_boxes(block, layout)
        case Chart():
            return chart_boxes(block, layout)
        case Reference():
            return _reference(block, layout, depth)
        case Sources():
            return _sources(block, layout)
        case PageBreak():
            return [NewPage()]
        case _:
            assert_never(block)


def _heading(heading: Heading, layout: Layout, depth: int) -> ParagraphBox:
    box = layout.paragraph(heading.text, layout.style(HEADINGS[heading.level]), Tag(f"H{depth}"))
    return replace(box, keep_with_next=True, entry=(plain(heading.text), depth))


def _bullets(items: Sequence[Text], style: str, layout: Layout) -> list[ParagraphBox]:
    return layout.items(items, layout.style(style), [BULLET] * len(items), BULLETED)


def _reference(reference: Reference, layout: Layout, depth: int) -> list[ParagraphBox]:
    """The heading and what is under it, all with the rule at the side."""
    heading = layout.paragraph(reference.heading, layout.style("Reference Heading"), Tag(f"H{depth + 1}"))
    boxes = [replace(heading, keep_with_next=True)]
    for block in reference.blocks:
        match block:
            case Paragraph(text):
                boxes.append(layout.paragraph(text, layout.style("Reference Text"), Tag("P")))
            case Bullets(items):
                boxes += _bullets(items, "Reference Bullet", layout)
            case _:
                assert_never(block)
    boxes[-1] = replace(boxes[-1], after=max(boxes[-1].after, AFTER_REFERENCE))
    return boxes


def _sources(sources: Sources, layout: Layout) -> list[ParagraphBox]:
    """The numbered list; each number is where its citations lead."""
    texts = [entry.text for entry in sources.entries]
    numbers = [f"{numeral(entry.number, entry.digits)}." for entry in sources.entries]
    items = layout.items(texts, layout.style("Sources"), numbers, NUMBERED)
    return [
        replace(item, anchor=source_anchor(entry.number)) for item, entry in zip(items, sources.entries, strict=True)
    ]
