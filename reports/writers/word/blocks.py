"""The body: one function a kind of block."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Caption,
    Captioned,
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
    Role,
    Run,
    SourceEntry,
    Sources,
    Table,
    Text,
    flat,
    plain,
    texts,
)
from reports.house.package import NUMBERING, W, parse
from reports.writers.word.charts import drawing
from reports.writers.word.contents import contents
from reports.writers.word.draft import Draft, caption_mark, number_in
from reports.writers.word.inlines import inlines
from reports.writers.word.pictures import picture
from reports.writers.word.prints import Inside, hash_of
from reports.writers.word.revisions import revised
from reports.writers.word.runs import HERE, Place, field_of, paragraph, parted, run
from reports.writers.word.tables import panels, table
from reports.writers.word.xml import Xml

HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
DEEPEST = "Heading 3"
ROLES: dict[Role, str] = {
    "body": "Normal", "lead": "Lead", "subtitle": "Subtitle", "caption": "Caption", "small": "Note",
}  # fmt: skip
CONTINUED = Place(keep_next=True)


def body(draft: Draft, blocks: Sequence[Block] | None = None) -> Xml:
    """Every block of the document, or some of them."""
    written: list[Xml] = []
    _write(draft, draft.document.blocks if blocks is None else blocks, written)
    if not written or written[-1].endswith("</w:tbl>"):
        written.append(parting(draft))
    flush(draft, written)
    return "".join(written)


def _write(draft: Draft, blocks: Iterable[Block], written: list[Xml]) -> None:
    for block in _joined(blocks):
        if isinstance(block, Internal) and any(texts(block)):
            end = opened(draft, block.blocks)
            _write(draft, block.blocks, written)
            draft.marks.append(end)
            continue
        if isinstance(block, Panels):
            flush(draft, written)
        if isinstance(block, Panels) and draft.break_before:
            written.append(page_break(draft))  # a table cannot ask for a new page
            draft.break_before = False
        if isinstance(block, Panels) and written and written[-1].endswith("</w:tbl>"):
            written.append(parting(draft))
        written += blocks_of(draft, block)


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, internal parts one after another as one: LibreOffice 7.4 loses a bookmark that begins where another
    ends."""
    for internal, group in groupby(blocks, key=lambda block: isinstance(block, Internal)):
        if internal:
            yield Internal(tuple(flat(group)))
        else:
            yield from group


def parting(draft: Draft) -> Xml:
    """What Word needs between two tables, which it would join, and after the last one."""
    return paragraph(draft, "Table Note", "")


def page_break(draft: Draft) -> Xml:
    """A new page in a paragraph of its own."""
    ending = draft.mark(draft.fate)
    properties = f"<w:pPr><w:rPr>{ending}</w:rPr></w:pPr>" if ending else ""
    broken = draft.tracked('<w:r><w:br w:type="page"/></w:r>')
    return f"<w:p>{properties}{broken}</w:p>"


# ---------------------------------------------------------------- internal parts


def opened(draft: Draft, blocks: Iterable[Block]) -> Xml:
    """Begin an internal part with the next paragraph; the end of its bookmark, which the paragraph after it begins
    with, so that what an officer adds at the end of the part is in it."""
    said = dict.fromkeys(hash_of(plain(text)) for block in flat(blocks) for text in _prose(block))
    name, number = f"_i{len(draft.ledger.internal) + 1}", draft.bookmark()
    shown = draft.open_hashes
    draft.ledger.internal.append(Inside(name, tuple(one for one in said if one and one not in shown)))
    draft.marks.append(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>')
    return f'<w:bookmarkEnd w:id="{number}"/>'


def _prose(block: Block) -> Iterator[Text]:
    """What somebody might copy from a block: sentences and cells, not its title and legend."""
    match block:
        case Heading() | Note() | Chart() | Sources() | PageBreak():
            return
        case Table():
            yield from (cell for row in block.rows for cell in row.cells)
        case _:
            yield from texts(block)


def flush(draft: Draft, written: list[Xml]) -> None:
    """Ends of bookmarks that no paragraph follows stand at the end of the last one."""
    ends = [mark for mark in draft.marks if mark.startswith("<w:bookmarkEnd")]
    if ends and written:
        before, close, after = written[-1].rpartition("</w:p>")
        written[-1] = "".join((before, *ends, close, after))
        draft.marks = [mark for mark in draft.marks if mark not in ends]


def blocks_of(draft: Draft, block: Block) -> Iterator[Xml]:  # noqa: C901, PLR0912  one case a kind of block
    """A block as the paragraphs and tables that it is."""
    match block:
        case Heading(text, level):
            runs, name = inlines(draft, text), draft.places.get(id(block), "")
            yield paragraph(draft, HEADINGS.get(level, DEEPEST), draft.marked(name, runs) if name else runs)
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
            yield captioned(draft, "table", block.caption)
            yield table(draft, block)
            yield from noted(draft, block.notes)
        case Chart():
            yield captioned(draft, "figure", block.caption)
            yield plotted(draft, drawing(draft, block), kept=bool(block.notes))
            yield from noted(draft, block.notes)
        case Picture(caption=caption):
            yield paragraph(draft, "Chart", picture(draft, block), Place(keep_next=bool(caption)))
            yield from noted(draft, (caption,) if caption else ())
        case Reference():
            yield from _boxed(draft, block)
        case Sources(entries):
            for entry in entries:
                yield _source(draft, entry)
        case Contents():
            yield contents(draft, block)
        case PageBreak():
            draft.break_before = True
        case Internal(inside):
            yield from (written for part in inside for written in blocks_of(draft, part))
        case _:
            assert_never(block)


def _boxed(draft: Draft, box: Reference) -> Iterator[Xml]:
    yield paragraph(draft, "Reference Heading", inlines(draft, box.heading))
    for block in box.blocks:
        yield from reference(draft, block)


def reference(draft: Draft, block: Paragraph | Bullets) -> Iterator[Xml]:
    """What stands in the 'For reference' box under its heading."""
    match block:
        case Paragraph(text):
            yield paragraph(draft, "Reference Text", inlines(draft, text))
        case Bullets(items):
            for item in items:
                yield paragraph(draft, "Reference Bullet", inlines(draft, item))
        case _:
            assert_never(block)


def plotted(draft: Draft, drawings: Xml, *, kept: bool) -> Xml:
    """The paragraph of a chart. LibreOffice turns the digits of one that stands in a line from right to left."""
    return paragraph(draft, "Chart", drawings, Place(keep_next=kept, straight=True))


def noted(draft: Draft, notes: tuple[Text, ...]) -> Iterator[Xml]:
    """The notes of a table or chart run on in one paragraph."""
    if notes:
        runs = parted(draft, (inlines(draft, note) for note in notes), " ")
        yield paragraph(draft, "Table Note", runs)


# ---------------------------------------------------------------- captions


def captioned(draft: Draft, kind: Captioned, caption: Caption, before: Caption | None = None) -> Xml:
    """The caption, whose number is a field: Word counts on when an officer adds a table. With the caption `before` it,
    which has a unit if this has one, what differs is tracked.

    The bookmark to which references lead holds the number alone: the word before it has its case in each sentence.
    """
    old = before or caption
    if old.label == caption.label:
        runs = [label(draft, kind, caption)]
    else:
        with draft.tracking("del"):
            runs = [label(draft, kind, old)]
        with draft.tracking("ins"):
            runs.append(label(draft, kind, caption))
    runs += [run(draft, Run(" ")), inlines(draft, revised(old.title, caption.title))]
    if caption.unit:
        runs += [run(draft, Run(" ")), inlines(draft, revised(old.unit, caption.unit), "Caption Unit")]
    return paragraph(draft, "Caption", "".join(runs))


def label(draft: Draft, kind: Captioned, caption: Caption) -> Xml:
    """The label with its number as a field."""
    found = number_in(caption)
    if found is None:
        return run(draft, Run(caption.label))
    before, after = caption.label[: found.start()], caption.label[found.end() :]
    counted = field_of(draft, f"SEQ {kind.capitalize()} \\* ARABIC", found[0])
    counted = draft.marked(caption_mark(kind, caption.number), counted)
    return "".join((run(draft, Run(before)) if before else "", counted, run(draft, Run(after)) if after else ""))


# ---------------------------------------------------------------- sources


def _source(draft: Draft, entry: SourceEntry) -> Xml:
    """An entry of the list that Word numbers; where the numbers jump, a list that starts at the number."""
    gone = draft.fate == "del"  # it is counted where it stood, and nothing leads to it
    if not gone and entry.number != draft.last_source + 1:
        draft.restarts.append(entry.number)
    draft.last_source = draft.last_source if gone else entry.number
    runs = inlines(draft, entry.text)
    runs = runs if gone else draft.marked(f"_s{entry.number}", runs)
    numbering = first_free(draft) + len(draft.restarts) - 1 if draft.restarts else 0
    return paragraph(draft, "Sources", runs, Place(numbering=numbering) if numbering else HERE)


def first_free(draft: Draft) -> int:
    """The first number of a list that the house style does not use."""
    numbering = parse(draft.house.parts[NUMBERING])
    return max((int(num.get(W + "numId")) for num in numbering.iter(W + "num")), default=0) + 1
