"""The body: one function a kind of block."""

import re
from collections.abc import Iterator
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Heading,
    Note,
    PageBreak,
    Panels,
    Paragraph,
    Reference,
    Role,
    Run,
    SourceEntry,
    Sources,
    Table,
    Text,
)
from reports.house.package import NUMBERING, W, parse
from reports.writers.word.charts import drawing
from reports.writers.word.draft import HERE, Draft, Place, field_of, inlines, paragraph, run
from reports.writers.word.tables import panels, table
from reports.writers.word.xml import Xml

HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
DEEPEST = "Heading 3"
ROLES: dict[Role, str] = {
    "body": "Normal", "lead": "Lead", "subtitle": "Subtitle", "caption": "Caption", "small": "Note",
}  # fmt: skip
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
NUMBER = re.compile(r"\d+")
CONTINUED = Place(keep_next=True)


def body(draft: Draft) -> Xml:
    """Every block of the document."""
    written: list[Xml] = []
    for block in draft.document.blocks:
        if isinstance(block, Panels) and draft.break_before:
            written.append(PAGE_BREAK)  # a table cannot ask for a new page
            draft.break_before = False
        if isinstance(block, Panels) and written and written[-1].endswith("</w:tbl>"):
            written.append(_parting(draft))
        written += _block(draft, block)
    if not written or written[-1].endswith("</w:tbl>"):
        written.append(_parting(draft))
    return "".join(written)


def _parting(draft: Draft) -> Xml:
    """What Word needs between two tables, which it would join, and after the last one."""
    return paragraph(draft, "Table Note", "")


def _block(draft: Draft, block: Block) -> Iterator[Xml]:  # noqa: C901, PLR0912  one case a kind of block
    match block:
        case Heading(text, level):
            yield paragraph(draft, HEADINGS.get(level, DEEPEST), inlines(draft, text))
        case Paragraph(text, role):
            yield paragraph(draft, ROLES[role], inlines(draft, text))
        case Bullets(items):
            for item in items:
                yield paragraph(draft, "List Bullet", inlines(draft, item))
        case Note(text):
            yield paragraph(draft, "Note", inlines(draft, text))
        case Panels(items):
            yield panels(draft, items)
        case Table():
            yield from _captioned(draft, "Table", block.caption)
            yield table(draft, block)
            yield from _notes(draft, block.notes)
        case Chart():
            yield from _captioned(draft, "Figure", block.caption)
            # LibreOffice turns the digits of a chart that stands in a line from right to left.
            yield paragraph(draft, "Chart", drawing(draft, block), Place(keep_next=bool(block.notes), straight=True))
            yield from _notes(draft, block.notes)
        case Reference(heading, blocks):
            yield paragraph(draft, "Reference Heading", inlines(draft, heading))
            for inner in blocks:
                yield from _reference(draft, inner)
        case Sources(entries):
            for entry in entries:
                yield _source(draft, entry)
        case PageBreak():
            draft.break_before = True
        case _:
            assert_never(block)


def _reference(draft: Draft, block: Paragraph | Bullets) -> Iterator[Xml]:
    match block:
        case Paragraph(text):
            yield paragraph(draft, "Reference Text", inlines(draft, text))
        case Bullets(items):
            for item in items:
                yield paragraph(draft, "Reference Bullet", inlines(draft, item))
        case _:
            assert_never(block)


def _notes(draft: Draft, notes: tuple[Text, ...]) -> Iterator[Xml]:
    """The notes of a table or chart run on in one paragraph."""
    if notes:
        runs = run(draft, Run(" ")).join(inlines(draft, note) for note in notes)
        yield paragraph(draft, "Table Note", runs)


# ---------------------------------------------------------------- captions


def _captioned(draft: Draft, sequence: str, caption: Caption) -> Iterator[Xml]:
    """The caption, whose number is a field: Word counts on when an officer adds a table."""
    runs = [_label(draft, sequence, caption), run(draft, Run(" ")), inlines(draft, caption.title)]
    if caption.unit:
        runs += [run(draft, Run(" ")), inlines(draft, caption.unit, "Caption Unit")]
    yield paragraph(draft, "Caption", "".join(runs))


def _label(draft: Draft, sequence: str, caption: Caption) -> Xml:
    numbers = (found for found in NUMBER.finditer(caption.label) if int(found[0]) == caption.number)
    found = next(numbers, None)
    if found is None:
        return run(draft, Run(caption.label))
    before, after = caption.label[: found.start()], caption.label[found.end() :]
    counted = field_of(draft, f"SEQ {sequence} \\* ARABIC", found[0])
    return "".join((run(draft, Run(before)) if before else "", counted, run(draft, Run(after)) if after else ""))


# ---------------------------------------------------------------- sources


def _source(draft: Draft, entry: SourceEntry) -> Xml:
    """An entry of the list that Word numbers; where the numbers jump, a list that starts at the number."""
    goes_on = entry.number == draft.last_source + 1
    if not goes_on:
        draft.restarts.append(entry.number)
    draft.last_source = entry.number
    runs = inlines(draft, entry.text)
    if entry.number not in draft.anchors:
        draft.anchors.add(entry.number)
        mark = draft.bookmark()
        name = f"_s{entry.number}"
        runs = f'<w:bookmarkStart w:id="{mark}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{mark}"/>'
    numbering = first_free(draft) + len(draft.restarts) - 1 if draft.restarts else 0
    return paragraph(draft, "Sources", runs, Place(numbering=numbering) if numbering else HERE)


def first_free(draft: Draft) -> int:
    """The first number of a list that the house style does not use."""
    numbering = parse(draft.house.parts[NUMBERING])
    return max((int(num.get(W + "numId")) for num in numbering.iter(W + "num")), default=0) + 1
