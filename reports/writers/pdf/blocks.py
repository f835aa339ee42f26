"""Every block of a document as boxes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Chart,
    Contents,
    Heading,
    Internal,
    Note,
    PageBreak,
    Panels,
    Paragraph,
    Picture,
    Reference,
    Sources,
    Table,
    Text,
    headings,
    numeral,
    plain,
)
from reports.writers.pdf.boxes import Box, NewPage, ParagraphBox
from reports.writers.pdf.charts import chart_boxes
from reports.writers.pdf.contents import contents_boxes
from reports.writers.pdf.layout import BULLET, Layout
from reports.writers.pdf.panels import panel_boxes
from reports.writers.pdf.pictures import picture_boxes
from reports.writers.pdf.tables import table_boxes
from reports.writers.pdf.tagged import BULLETED, NUMBERED, Tag
from reports.writers.pdf.typeset import section_anchor, source_anchor

HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
DEEPEST = "Heading 3"
ROLES = {"body": "Normal", "lead": "Lead", "subtitle": "Subtitle", "caption": "Caption", "small": "Note"}


def boxes_of(blocks: Sequence[Block], layout: Layout) -> Iterator[Box | NewPage]:
    """The boxes of all blocks, without those that hold no text.

    PDF/UA-1, 7.4.2: the levels of headings begin with 1 and skip none, so a deeper one is drawn as the document
    says and tagged one level under the heading before it.
    """
    depth = 0
    places = {id(heading): section_anchor(number) for number, heading in headings(blocks)}
    taken: set[str] = set()  # the places that have their name: links lead to the first
    for block in blocks:
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
        found = contents_boxes(block, headings(blocks, block.depth), layout) if isinstance(block, Contents) else None
        for box in _boxes(block, layout, depth) if found is None else found:
            if not isinstance(box, ParagraphBox):
                yield box
            elif box.lines:
                named = places.get(id(block), box.anchor)
                anchor = "" if named in taken else named
                yield box if anchor == box.anchor else replace(box, anchor=anchor)
                taken.add(named)


def _boxes(block: Block, layout: Layout, depth: int) -> Iterable[Box | NewPage]:  # noqa: C901, PLR0911, PLR0912  a kind a case
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
        case Picture():
            return picture_boxes(block, layout)
        case Reference():
            return _reference(block, layout, depth)
        case Sources():
            return _sources(block, layout)
        case Internal(blocks):
            return [box for inner in blocks for box in _boxes(inner, layout, depth)]
        case Contents() | PageBreak():
            return [NewPage()]
        case _:
            assert_never(block)


def _heading(heading: Heading, layout: Layout, depth: int) -> ParagraphBox:
    box = layout.paragraph(heading.text, layout.style(HEADINGS.get(heading.level, DEEPEST)), Tag(f"H{depth}"))
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
    return boxes


def _sources(sources: Sources, layout: Layout) -> list[ParagraphBox]:
    """The numbered list; each number is where its citations lead."""
    texts = [entry.text for entry in sources.entries]
    numbers = [f"{numeral(entry.number, entry.digits)}." for entry in sources.entries]
    items = layout.items(texts, layout.style("Sources"), numbers, NUMBERED)
    return [
        replace(item, anchor=source_anchor(entry.number)) for item, entry in zip(items, sources.entries, strict=True)
    ]
