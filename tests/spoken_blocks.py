"""What a reader should hear of a document, block by block, from the model alone: nothing of the writers is used."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Citation,
    Contents,
    CrossReference,
    Document,
    Footnote,
    Heading,
    Inline,
    Internal,
    Mark,
    Note,
    PageBreak,
    Panels,
    Paragraph,
    Picture,
    Reference,
    Run,
    Sources,
    Table,
    Text,
    flat,
    footnotes,
    headings,
    numeral,
    plain,
)

SUPERIORS = (Citation, Footnote, Mark)


def spoken_blocks(document: Document) -> Iterator[tuple[Block, list[str]]]:
    """Each block with its words. Of a list of contents the pages are left out, and footnotes, which follow."""
    for block in flat(document.blocks):
        yield block, " ".join(_said(block, document)).split()


def spoken_notes(document: Document) -> list[str]:
    """The words of the footnotes behind their numbers."""
    return " ".join(part for note in footnotes(document.blocks) for part in (note.sign, _text(note.text))).split()


def _said(block: Block, document: Document) -> Iterator[str]:  # noqa: C901  a kind of block a case
    match block:
        case Heading(text) | Paragraph(text) | Note(text):
            yield _text(text)
        case Bullets(items):
            yield from (part for item in items for part in ("•", _text(item)))
        case Panels(panels):
            for panel in panels:
                first, second = (panel.unit, panel.number) if panel.unit_first else (panel.number, panel.unit)
                yield from map(_text, (first, second, panel.label, panel.detail))
        case Table():
            yield from _captioned(block.caption)
            yield from (_text(cell) for row in block.header for cell in row)
            yield from (_text(cell) for row in block.rows for cell in row.cells)
            yield from map(_text, block.notes)
        case Chart():
            yield from (*_captioned(block.caption), block.alternative, *map(_text, block.notes))
        case Picture():
            yield from (block.alternative, _text(block.caption))
        case Reference(heading, inner):
            yield _text(heading)
            yield from (said for one in inner for said in _said(one, document))
        case Sources(entries):
            yield from (said for one in entries for said in (f"{numeral(one.number, one.digits)}.", _text(one.text)))
        case Contents(title, depth):
            yield from (_text(title), *(plain(heading.text) for _, heading in headings(document.blocks, depth)))
        case Internal() | PageBreak():
            return
        case _:
            assert_never(block)


def _captioned(caption: Caption) -> Iterable[str]:
    return caption.label, _text(caption.title), _text(caption.unit)


def _text(text: Text) -> str:
    """A text in one string; two superiors one after another are parted, for they would be read as one."""
    said, before = "", None
    for inline in text:
        said += ", " * (isinstance(inline, SUPERIORS) and isinstance(before, SUPERIORS)) + _inline(inline)
        before = inline
    return said


def _inline(inline: Inline) -> str:
    match inline:
        case Run(text):
            return text
        case Citation(numbers, digits):
            return f"[{', '.join(numeral(number, digits) for number in numbers)}]"
        case Mark(sign):
            return f"({sign})"
        case Footnote():
            return f"[{inline.sign}]"
        case CrossReference(label):
            return label
        case _:
            assert_never(inline)
