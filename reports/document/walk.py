"""Ways through a document: blocks with what is internal, texts, headings, footnotes."""

from collections.abc import Iterable, Iterator

from reports.document.blocks import (
    Block,
    Bullets,
    Caption,
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
)
from reports.document.inlines import Footnote, Run, Text, plain


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in reading order, internal parts opened.

    >>> list(flat([Internal((PageBreak(), Internal((PageBreak(),))))]))
    [PageBreak(), PageBreak()]
    """
    for block in blocks:
        if isinstance(block, Internal):
            yield from flat(block.blocks)
        else:
            yield block


def disclosed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without internal parts.

    >>> disclosed([Internal(()), PageBreak()])
    (PageBreak(),)
    """
    return tuple(block for block in blocks if not isinstance(block, Internal))


DEEPEST = 9  # levels: more than any document has


def headings(blocks: Iterable[Block], depth: int = DEEPEST) -> tuple[tuple[int, Heading], ...]:
    """What a list of contents lists: so many levels of headings below the title, each with its number among all."""
    found = (block for block in flat(blocks) if isinstance(block, Heading) and block.level > 1)
    listed = enumerate((heading for heading in found if plain(heading.text).strip()), 1)
    return tuple((number, heading) for number, heading in listed if heading.level <= depth + 1)


def footnotes(blocks: Iterable[Block]) -> tuple[Footnote, ...]:
    """The notes of these blocks in reading order, without repeated marks."""
    inlines = (inline for block in blocks for text in texts(block) for inline in text)
    return tuple(inline for inline in inlines if isinstance(inline, Footnote) and inline.text)


def texts(block: Block) -> Iterator[Text]:
    """Every text of a block, in reading order; that of a footnote after the text in which it is marked."""
    for text in _texts(block):
        yield text
        yield from (inline.text for inline in text if isinstance(inline, Footnote))


def _texts(block: Block) -> Iterator[Text]:  # noqa: C901, PLR0912  one case a kind of block
    match block:
        case Heading(text) | Paragraph(text) | Note(text) | Contents(text):
            yield text
        case Bullets(items):
            yield from items
        case Panels(panels):
            for panel in panels:
                number = (panel.unit, panel.number) if panel.unit_first else (panel.number, panel.unit)
                yield from (*number, panel.label, panel.detail)
        case Table():
            yield from _captioned(block.caption)
            for cells in (*block.header, *(row.cells for row in block.rows)):
                yield from cells
            yield from block.notes
        case Chart():
            yield from _captioned(block.caption)
            yield from ((Run(category),) for category in block.categories)
            for series in block.series:
                yield (Run(series.name),)
                yield from (point.text for point in series.points if point)
            yield from block.notes
        case Picture(caption=caption):
            yield caption
        case Reference(heading, blocks):
            yield heading
            for inner in blocks:
                yield from _texts(inner)
        case Sources(entries):
            yield from (entry.text for entry in entries)
        case Internal(inside):
            yield from (text for part in inside for text in _texts(part))
        case PageBreak():
            pass


def _captioned(caption: Caption) -> tuple[Text, ...]:
    return ((Run(caption.label),), caption.title, caption.unit)
