"""What one document gathers while its body is written, and the smallest things that it is written of."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from reports.document import Citation, Document, Inline, Mark, Run, Sources, Text, numeral
from reports.house import House
from reports.house.package import RELATIONSHIPS
from reports.writers.word.ledger import Ledger
from reports.writers.word.scripts import language, script_font
from reports.writers.word.xml import Xml, attribute, content, escaped

RIGHT_TO_LEFT = "\u200f"
TWENTIETHS = 20  # Word measures lengths in twentieths of a point


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the document adds to the package; `relationships` is its own part of relationships."""

    name: str
    content_type: str
    blob: bytes
    relationships: bytes = b""


@dataclass(slots=True)
class Draft:
    """The document, the house style, and what the body asks of the package while it is written."""

    document: Document
    house: House
    ledger: Ledger = field(default_factory=Ledger)
    parts: list[Part] = field(default_factory=list)
    relationships: list[Xml] = field(default_factory=list)
    restarts: list[int] = field(default_factory=list)  # the first number of each list that does not go on
    break_before: bool = False
    last_source: int = 0
    charts: int = 0
    anchors: set[int] = field(default_factory=set)  # the sources that have their bookmark
    _links: dict[str, str] = field(default_factory=dict)
    _bookmarks: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def rtl(self) -> bool:
        """Whether the document runs from right to left."""
        return self.document.direction == "rtl"

    @property
    def script(self) -> tuple[str, str]:
        """The kind of script of the document's title, and the family that prints what the house style's does not."""
        return script_font(self.document.title, self.house.fonts)

    @property
    def listed(self) -> frozenset[int]:
        """The numbers that a citation can lead to."""
        blocks = (block for block in self.document.blocks if isinstance(block, Sources))
        return frozenset(entry.number for block in blocks for entry in block.entries)

    @property
    def text_width(self) -> float:
        """The measure in points."""
        page = self.house.theme.page
        return page.width - page.left - page.right

    def bookmark(self) -> int:
        """The next id of a bookmark."""
        return next(self._bookmarks)

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a new relationship of the body."""
        rel_id = f"rIdB{len(self.relationships) + 1}"  # Word and others write rId1 on: no clash
        mode = ' TargetMode="External"' if external else ""
        self.relationships.append(
            f'<Relationship Id="{rel_id}" Type="{RELATIONSHIPS}/{kind}" Target="{attribute(target)}"{mode}/>'
        )
        return rel_id

    def link(self, url: str) -> str:
        """The id of the relationship to a page; the same page has one."""
        if url not in self._links:
            self._links[url] = self.relate("hyperlink", url, external=True)
        return self._links[url]


# ---------------------------------------------------------------- inlines


def inlines(draft: Draft, text: Text, style: str = "") -> Xml:
    """A text as runs, in a character style where it has none of its own."""
    written: list[Xml] = []
    before: Inline | None = None
    for inline in text:
        if not isinstance(inline, Run) and before is not None and not isinstance(before, Run):
            written.append(run(draft, Run(","), "Superior"))  # two superiors would read as one
        written.append(_inline(draft, inline, style))
        before = inline
    return "".join(written)


def _inline(draft: Draft, inline: Inline, style: str) -> Xml:
    match inline:
        case Run():
            return _linked(draft, inline, style)
        case Mark(sign):
            return run(draft, Run(sign), "Superior")
        case Citation(numbers, digits):
            said = (_cited(draft, number, numeral(number, digits)) for number in numbers)
            return run(draft, Run(","), "Superior").join(said)
        case _:
            assert_never(inline)


def _cited(draft: Draft, number: int, said: str) -> Xml:
    superior = run(draft, Run(said), "Superior")
    listed = number in draft.listed
    return f'<w:hyperlink w:anchor="_s{number}" w:history="1">{superior}</w:hyperlink>' if listed else superior


def _linked(draft: Draft, inline: Run, style: str) -> Xml:
    runs = run(draft, inline, "Hyperlink" if inline.link else style)
    if inline.figure:
        figure = inline.figure, draft.document.figures.get(inline.figure)
        runs = draft.ledger.control(figure, inline.text, runs, draft.bookmark())
    if inline.link:
        runs = f'<w:hyperlink r:id="{draft.link(inline.link)}" w:history="1">{runs}</w:hyperlink>'
    return runs + _back(draft, inline)


def _back(draft: Draft, inline: Run) -> Xml:
    """The mark after a Latin name in a line from right to left: figures behind it would run on with the name."""
    foreign = inline.isolated or inline.link or inline.language
    return run(draft, Run(RIGHT_TO_LEFT)) if draft.rtl and foreign and not is_rtl(inline.text, True) else ""


def run(draft: Draft, inline: Run, style: str = "") -> Xml:
    """One w:r with its language and direction."""
    properties = [f'<w:rStyle w:val="{draft.house.style_ids[style]}"/>'] if style else []
    if inline.strong:
        properties.append("<w:b/><w:bCs/>")
    if inline.emphasis:
        properties.append("<w:i/><w:iCs/>")
    if is_rtl(inline.text, draft.rtl):
        properties.append("<w:rtl/>")
    properties.append(language(inline.language or draft.document.language))
    return f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{content(inline.text)}</w:r>"


def is_rtl(text: str, otherwise: bool) -> bool:
    """Whether a text runs from right to left by its first strong character, as UAX 9 has it (P2); figures never do.

    >>> is_rtl("2024: Luxembourg", True), is_rtl("لوكسمبورغ", False), is_rtl("20.5", True), is_rtl(", ", True)
    (False, True, False, True)
    """
    if text.isascii() and not otherwise:
        return False
    kinds = map(unicodedata.bidirectional, text)
    figure = any(char.isdigit() for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), otherwise and not figure)


# ---------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True)
class Place:
    """What a paragraph says of itself beside its style: only what hangs on what stands around it."""

    keep_next: bool = False
    numbering: int = 0
    indent: Xml = ""
    align: str = ""
    straight: bool = False  # from left to right whatever the document


HERE = Place()


def paragraph(draft: Draft, style: str, runs: Xml, place: Place = HERE) -> Xml:
    """A w:p; the order of its properties is that of ECMA-376 part 1, 17.3.1.26."""
    properties = [f'<w:pStyle w:val="{draft.house.style_ids[style]}"/>']
    if place.keep_next:
        properties.append("<w:keepNext/>")
    if draft.break_before:
        properties.append("<w:pageBreakBefore/>")
        draft.break_before = False
    if place.numbering:
        properties.append(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{place.numbering}"/></w:numPr>')
    if draft.rtl and not place.straight:
        properties.append("<w:bidi/>")
    properties.append(place.indent)
    if place.align:
        properties.append(f'<w:jc w:val="{place.align}"/>')
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{runs}</w:p>"


def field_of(draft: Draft, instruction: str, result: str) -> Xml:
    """A field with its result filled in, so that it is right before any update."""
    properties = f"<w:rPr>{language(draft.document.language)}</w:rPr>"
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        content(result),
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{properties}{piece}</w:r>" for piece in pieces)


def twips(points: float) -> int:
    """Points as Word's twentieths."""
    return round(points * TWENTIETHS)
