"""The tables of a file: rows that today's brief has and the file's table never had are put in, in the file's own look.

A table of which nobody changed anything gives way to today's where that has other columns.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reports.document import Row, Table, Text, flat
from reports.house.package import NAMESPACES, W
from reports.refresh.controls import is_gone, tag_value, text_of
from reports.refresh.figures import Renewal
from reports.refresh.leads import Leads
from reports.refresh.package import Node, Story, fragment
from reports.refresh.proof import Touched
from reports.refresh.record import TableRecord
from reports.refresh.report import FoundBlock
from reports.refresh.words import other_caption, titled
from reports.writers.word.draft import Draft
from reports.writers.word.inlines import inlines
from reports.writers.word.ledger import NAMESPACE
from reports.writers.word.ledger_xml import row_xml, table_xml
from reports.writers.word.prints import PrintedRow, digest_of, figure_sign, looks_of, printed_row, printed_table
from reports.writers.word.tables import table as written_table

# What a generated table holds, and what programs add to it without being asked.
NAMES = (
    "tbl tblPr tblStyle bidiVisual tblW tblLayout tblLook tblCaption tblDescription tblGrid gridCol tr trPr "
    "cantSplit tblHeader tc tcPr tcW gridSpan tcBorders top bottom p pPr pStyle keepNext bidi ind jc r rPr rStyle "
    "b bCs i iCs rtl lang t br tab sdt sdtPr alias tag id sdtContent sdtEndPr bookmarkStart bookmarkEnd hyperlink "
    "proofErr lastRenderedPageBreak noBreakHyphen softHyphen "
)
MADE_OF = {W + name for name in NAMES.split()}
LOST = ", without sources, notes and links that the file does not have"
WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@dataclass(slots=True)
class Tables:
    """The tables of the body on their way to today's rows."""

    renewal: Renewal
    draft: Draft
    story: Story
    touched: Touched
    leads: Leads
    found: list[FoundBlock] = field(default_factory=list)

    def renew(self) -> None:
        """Every table of the ledger that is in the file and in today's brief."""
        tables = [block for block in flat(self.renewal.today.document.blocks) if isinstance(block, Table)]
        bookmarks: dict[str, Node] = {}
        for mark in self.story.root.iter(W + "bookmarkStart"):
            bookmarks.setdefault(mark.get(W + "name", ""), mark)
        for old, new in _matched(self.renewal.record.tables, tables):
            mark = bookmarks.get(old.bookmark)
            place = None if mark is None else next(mark.iterancestors(W + "tbl"), None)
            if place in self.renewal.skipped:
                continue
            if place is None or is_gone(place):
                self._left(old, "is no longer in the file, or lost its mark")
            elif new is None:
                self._left(old, "is not in today's brief")
            else:
                self._table(old, new, place)

    def _left(self, old: TableRecord, message: str) -> None:
        self.found.append(FoundBlock("table", old.number, "left", message))

    def _table(self, old: TableRecord, new: Table, place: Node) -> None:
        untouched, before = self._is_untouched(old, place), len(self.found)
        said = other_caption(place, self.draft.house.style_ids["Caption"], new.caption)
        if printed_table("", self.leads.fitted_table(new)).header == old.header:
            self._rows(old, new, place, untouched=untouched)
        elif not untouched:
            self._left(old, "has other columns today, and somebody changed it: left as it is")
        elif self.renewal.pen.tracking:
            self._left(old, "has other columns today, which cannot be a tracked change: left as it is")
        else:
            self._replace(old, new, place)
        if said and any(found.change != "left" for found in self.found[before:]):
            self._left(old, f"its caption still says {said!r}, where today's brief has {titled(new.caption)!r}")

    # ------------------------------------------------------------ a table as it reads

    def _is_untouched(self, old: TableRecord, place: Node) -> bool:
        prints = {print_.control: print_ for print_ in self.renewal.record.prints}
        controls = list(place.iter(W + "sdt"))
        made = all(
            (found := prints.get(tag_value(control, "id"))) is not None
            and found.text == text_of(control)
            and not self.renewal.is_given(found.key)
            for control in controls
        )
        strange = any(node.tag not in MADE_OF for node in place.iter(tag=etree.Element))
        return made and not strange and self._has_own_bookmarks(old, place) and self._digest(place) == old.digest

    def _has_own_bookmarks(self, old: TableRecord, place: Node) -> bool:
        """Whether no bookmark of somebody else is in the table, nor an end of one."""
        ours = {old.bookmark, "_GoBack", *(print_.bookmark for print_ in self.renewal.record.prints)}
        starts = {mark.get(W + "id"): mark.get(W + "name") for mark in place.iter(W + "bookmarkStart")}
        return ours.issuperset(starts.values()) and all(
            mark.get(W + "id") in starts for mark in place.iter(W + "bookmarkEnd")
        )

    def _digest(self, place: Node) -> str:
        rows = place.findall("w:tr", NAMESPACES)
        looks = looks_of(*(sum(1 for _ in place.iterfind(f".//{W}r/{W}rPr/{W}{name}")) for name in ("b", "i")))
        cells = [[self._beside_figures(cell) for cell in row.iter(W + "tc")] for row in rows]
        return digest_of([*cells, [looks]])

    def _beside_figures(self, cell: Node) -> str:
        """The text of a cell with its figures as signs."""
        tags, said = self.renewal.record.tags, []
        for node in cell.iter(W + "t", W + "sdt"):
            if node.tag == W + "sdt":
                said.append(figure_sign(tags.get(tag_value(node), "")))
            elif next(node.iterancestors(W + "sdt"), None) is None:
                said.append(node.text or "")
        return "".join(said)

    # ------------------------------------------------------------ rows

    def _rows(self, old: TableRecord, new: Table, place: Node, *, untouched: bool) -> None:
        """Puts in the rows that neither the ledger nor the file has, each after the one that it follows today."""
        ours = dict(self._ours(old, place))
        first = next(iter(ours.values()), None)
        anchor: Node | None = None
        added, lost = 0, False
        for row in new.rows:
            told = printed_row(row.cells)
            known = next((number for number, made in enumerate(old.rows) if is_same(made, told)), None)
            if known is not None:
                anchor = ours.get(known, anchor)
                continue
            made = self._row(self.leads.fitted_row(row), [anchor, first, *ours.values()])
            if made is None or first is None:
                self._left(old, f"lacks a row for {told.head!r}: none of the file shows how it would look")
                continue
            first.addprevious(made) if anchor is None else anchor.addnext(made)
            anchor, added = made, added + 1
            lost = lost or any(map(self.leads.lacks, row.cells))
            self.touched.rows.append(made)
            old.node.extend(fragment(row_xml(told), {"": NAMESPACE}))
        if added:
            self.found.append(FoundBlock("table", old.number, "rows", f"gained {added} rows{LOST if lost else ''}"))
            if untouched:
                old.node.set("digest", self._digest(place))
        self._gone(old, new)

    def _gone(self, old: TableRecord, new: Table) -> None:
        today = [printed_row(row.cells) for row in new.rows]
        gone = [row.head for row in old.rows if not any(is_same(row, other) for other in today)]
        if gone:
            self._left(old, f"keeps rows that today's brief does not have: {'; '.join(gone)}")

    def _ours(self, old: TableRecord, place: Node) -> Iterator[tuple[int, Node]]:
        """The rows of the file that were generated, by their number in the ledger, in the order of the file."""
        tags, taken = self.renewal.record.tags, set[int]()
        for row in place.findall("w:tr", NAMESPACES):
            if row.find(f"{W}trPr/{W}tblHeader") is not None or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cell = row.find(W + "tc")
            keys = tuple(tags[tag] for control in row.iter(W + "sdt") if (tag := tag_value(control)) in tags)
            here = PrintedRow(keys, "" if cell is None else text_of(cell))
            number = next((n for n, made in enumerate(old.rows) if n not in taken and is_same(made, here)), None)
            if number is not None:
                taken.add(number)
                yield number, row

    def _row(self, row: Row, like: Sequence[Node | None]) -> Node | None:
        """A row in the look of one of the file with as many cells; None if none has."""
        cells = row.cells[:1] if row.spans else row.cells
        model = next((each for each in like if each is not None and len(each.findall(W + "tc")) == len(cells)), None)
        if model is None:
            return None
        made = copy.deepcopy(model)
        for node in made.iter():
            for name in [name for name in node.attrib if name.startswith(WORD_2010) or "rsid" in name]:
                del node.attrib[name]
        for cell, text in zip(made.findall(W + "tc"), cells, strict=True):
            self._fill(cell, text)
        properties = made.find(W + "trPr")
        for change in [] if properties is None else properties.findall(W + "ins"):
            properties.remove(change)
        self.renewal.pen.mark_row(made)
        return made

    def _fill(self, cell: Node, text: Text) -> None:
        """Puts a text into a cell that shows the look: its first paragraph, the first run of it."""
        paragraph = cell.find(W + "p")
        look = next((run.find(W + "rPr") for run in cell.iter(W + "r")), None)
        for child in [child for child in cell if child.tag != W + "tcPr" and child is not paragraph]:
            cell.remove(child)
        properties = paragraph.find(W + "pPr")
        for child in [child for child in paragraph if child is not properties]:
            paragraph.remove(child)
        for change in [] if properties is None else [*properties.iter(W + "rPr", W + "pPrChange")]:
            change.getparent().remove(change)
        paragraph.extend(fragment(inlines(self.draft, text), NAMESPACES))
        for run in paragraph.iter(W + "r") if look is not None else ():
            old = run.find(W + "rPr")
            if old is not None and old.find(W + "rStyle") is None:
                run.replace(old, copy.deepcopy(look))
        self._remember()

    def _remember(self) -> None:
        """Puts the figures that the draft printed since into the ledger of the file."""
        for place in self.draft.ledger.prints:
            self.renewal.add(place)
            self.renewal.remember_figure(place.key)
        self.draft.ledger.prints.clear()

    # ------------------------------------------------------------ a table whole

    def _replace(self, old: TableRecord, new: Table, place: Node) -> None:
        lost = any(self.leads.lacks(cell) for row in new.rows for cell in row.cells)
        (made,) = fragment(written_table(self.draft, self.leads.fitted_table(new)), NAMESPACES)
        for control in place.iter(W + "sdt"):
            self.renewal.forget(tag_value(control, "id"))
        place.getparent().replace(place, made)
        self.touched.tables.append((place, made))
        self._remember()
        (node,) = fragment(table_xml(int(old.number), self.draft.ledger.tables[-1]), {"": NAMESPACE})
        old.node.getparent().replace(old.node, node)
        message = f"has other columns today, and was made anew{LOST if lost else ''}"
        self.found.append(FoundBlock("table", old.number, "replaced", message))


def _matched(records: Sequence[TableRecord], tables: Sequence[Table]) -> Iterator[tuple[TableRecord, Table | None]]:
    """Each table of the ledger with the one of today that has most of its rows."""
    rows = {number: [printed_row(row.cells) for row in block.rows] for number, block in enumerate(tables)}
    scores = {
        (place, number): sum(any(is_same(made, row) for row in rows[number]) for made in old.rows)
        for place, old in enumerate(records)
        for number in rows
    }
    pairs: dict[int, int] = {}
    for place, number in sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), pair)):
        if scores[place, number] and place not in pairs and number not in pairs.values():
            pairs[place] = number
    for place, old in enumerate(records):
        yield old, tables[pairs[place]] if place in pairs else None


def is_same(one: PrintedRow, other: PrintedRow) -> bool:
    """Whether two rows are of one thing: they share a figure, or have the same words in front."""
    if set(one.keys) & set(other.keys):
        return True
    return not (one.is_figure or other.is_figure) and bool(one.head) and _words(one.head) == _words(other.head)


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, text))
