"""The list of contents: a line for each heading, which leads to it, dots, and its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.document import Contents, Heading, numeral, plain
from reports.house.theme import TextStyle
from reports.writers.pdf.boxes import Box, Label, ParagraphBox, Side
from reports.writers.pdf.layout import Layout
from reports.writers.pdf.lines import Line, broken
from reports.writers.pdf.pages import Standing
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.stretches import Placed
from reports.writers.pdf.tagged import LAYOUT, Tag
from reports.writers.pdf.typeset import section_anchor
from reports.writers.pdf.words import natural_width

DOTS, GAP = " .", 4.0  # of the leader, and the least space beside it
STYLES, DEEPER = {2: "TOC 1"}, "TOC 2"  # by the level of the heading
WIDEST = "000"  # the room that is kept for a page number


@dataclass(frozen=True, slots=True, eq=False)
class ContentsLine:
    """A heading in the list; `number` is its page, which is known once all pages are filled."""

    text: ParagraphBox
    leads_to: str
    layout: Layout
    digits: str
    number: Label | None = None
    keep_with_next: bool = False
    side: Side | None = None
    anchor: str = ""
    notes: tuple[int, ...] = ()

    @property
    def before(self) -> float:
        """Space above."""
        return self.text.before

    @property
    def after(self) -> float:
        """Space below."""
        return self.text.after

    @property
    def height(self) -> float:
        """Of its lines."""
        return self.text.height

    @property
    def smallest(self) -> float:
        """All of it."""
        return self.text.height

    def split(self, room: float, anywhere: bool) -> None:
        """Never."""

    def on_page(self, page: int) -> "ContentsLine":
        """The line with its page, which does not change its height; a space parts it from the words when it is read."""
        said, tag = numeral(page, self.digits), self.text.tag
        pieces = self.layout.setter.link(f" {said}", self.text.style, tag, self.leads_to)
        return replace(self, number=Label(tag, broken(pieces, self.layout.width)[0]))

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws the words, the dots as an artifact, and the page at the end of the last line."""
        self.text.draw(sheet, left, top)
        if self.number is None:
            return
        last = self.text.lines[-1]
        baseline = top - self.height + last.leading - last.baseline
        start, end = left + self.text.style.left + last.width, left + self.layout.width - self.number.line.width
        dots = self._dots(end - start - 2 * GAP)
        if dots:
            sheet.text(LAYOUT, [Placed(end - GAP - dots.width, baseline, dots)])
        sheet.text(self.number.tag, [Placed(end, baseline, self.number.line)])

    def _dots(self, room: float) -> Line | None:
        pieces = self.layout.setter.plain(DOTS.strip(), self.text.style)
        count = int(room / natural_width(self.layout.setter.plain(DOTS, self.text.style)))
        if count < 1:
            return None
        look, _ = pieces[0]
        text = DOTS * count
        return broken([(look, text.replace(" ", "\u00a0"))], self.layout.width)[0]


def contents_boxes(block: Contents, listed: Sequence[tuple[int, Heading]], layout: Layout) -> Iterator[Box]:
    """The title and the lines, of which neither the first nor the last stands alone on a page."""
    title = layout.paragraph(block.title, layout.style("TOC Heading"), Tag("P"))
    yield replace(title, keep_with_next=True)
    lines = list(_lines(block, listed, layout))
    for number, line in enumerate(lines, 1):
        yield replace(line, keep_with_next=number < len(lines) and number in (1, len(lines) - 1))


def _lines(block: Contents, listed: Sequence[tuple[int, Heading]], layout: Layout) -> Iterator[ContentsLine]:
    """A deeper level is a list in the item above it."""
    lists: list[Tag] = []
    items: list[Tag] = []
    for number, heading in listed:
        depth = min(heading.level - 1, len(lists) + 1)
        lists, items = lists[:depth], items[: depth - 1]
        if len(lists) < depth:
            lists.append(Tag("TOC", items[-1] if items else None))
        items.append(Tag("TOCI", lists[-1]))
        line = _line(block, (number, heading), layout, items[-1])
        if line.text.lines:
            yield line


def _line(block: Contents, entry: tuple[int, Heading], layout: Layout, item: Tag) -> ContentsLine:
    number, heading = entry
    anchor, tag = section_anchor(number), Tag("Link", Tag("Reference", item))
    style = _with_room(layout.style(STYLES.get(heading.level, DEEPER)), layout)
    pieces = layout.setter.link(" ".join(plain(heading.text).split()), style, tag, anchor)
    return ContentsLine(layout.lines(pieces, style, tag), anchor, layout, block.digits)


def _with_room(style: TextStyle, layout: Layout) -> TextStyle:
    """The style with room for the page at its end."""
    wanted = natural_width(layout.setter.plain(WIDEST, style)) + GAP
    return replace(style, right=max(style.right, wanted), alignment="start", keep_with_next=False)


def numbered(pages: Sequence[Sequence[Standing]]) -> list[list[Standing]]:
    """The pages with the numbers in their lists of contents."""
    known = page_of_anchor(pages)
    return [[_numbered(standing, known) for standing in page] for page in pages]


def _numbered(standing: Standing, known: Mapping[str, int]) -> Standing:
    box = standing.box
    page = known.get(box.leads_to) if isinstance(box, ContentsLine) else None
    return standing._replace(box=box.on_page(page)) if isinstance(box, ContentsLine) and page else standing


def page_of_anchor(pages: Sequence[Sequence[Standing]]) -> Mapping[str, int]:
    """The page of each place to which links lead, from 1."""
    return {box.anchor: number for number, page in enumerate(pages, 1) for box, _ in page if box.anchor}
