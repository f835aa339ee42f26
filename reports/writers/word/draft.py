"""What one document gathers while its body is written, and the smallest things that it is written of."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from reports.document import (
    Caption,
    Captioned,
    Chart,
    Document,
    Footnote,
    Sources,
    Table,
    disclosed,
    flat,
    headings,
    plain,
    texts,
)
from reports.house import House
from reports.house.package import RELATIONSHIPS
from reports.writers.word.ledger import Ledger
from reports.writers.word.prints import hash_of
from reports.writers.word.revisions import Fate
from reports.writers.word.scripts import script_font
from reports.writers.word.xml import Xml, attribute

NOBODY = "Bilateral"  # who makes a change where the document has no issuer
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the document adds to the package; `relationships` is its own part of relationships."""

    name: str
    content_type: str
    blob: bytes
    relationships: bytes = b""


@dataclass
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
    pictures: int = 0
    anchors: set[int] = field(default_factory=set)  # the sources that have their bookmark
    marks: list[Xml] = field(default_factory=list)  # ends of bookmarks that the next paragraph begins with
    fate: Fate = ""  # how what is written now is tracked
    media: dict[str, str] = field(default_factory=dict)  # the relationship to each file of a picture, by its digest
    notes: list[Footnote] = field(default_factory=list)
    notes_before: int = 0  # the highest id of a footnote that the file had before
    note_relationships: list[Xml] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)  # of bookmarks that something leads to
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

    @cached_property
    def listed(self) -> frozenset[int]:
        """The numbers that a citation can lead to."""
        blocks = (block for block in flat(self.document.blocks) if isinstance(block, Sources))
        return frozenset(entry.number for block in blocks for entry in block.entries)

    @cached_property
    def captions(self) -> frozenset[tuple[Captioned, int]]:
        """The tables and figures that a reference can lead to."""
        tables = (block.caption for block in flat(self.document.blocks) if isinstance(block, Table))
        figures = (block.caption for block in flat(self.document.blocks) if isinstance(block, Chart))
        kinds: tuple[tuple[Captioned, Iterator[Caption]], ...] = (("table", tables), ("figure", figures))
        return frozenset((kind, caption.number) for kind, found in kinds for caption in found if number_in(caption))

    @cached_property
    def places(self) -> dict[int, str]:
        """The name of the bookmark of each heading below the title, by the identity of the heading."""
        return {id(heading): f"_Toc{number:08d}" for number, heading in headings(self.document.blocks)}

    @property
    def open_hashes(self) -> frozenset[str]:
        """The hashes of all texts that are not internal: they give nothing away."""
        shown = disclosed(self.document.blocks)
        return frozenset(hash_of(plain(text)) for block in shown for text in texts(block))

    @property
    def text_width(self) -> float:
        """The measure in points."""
        page = self.house.theme.page
        return page.width - page.left - page.right

    def bookmark(self) -> int:
        """The next id of a bookmark."""
        return next(self._bookmarks)

    @contextmanager
    def tracking(self, fate: Fate) -> Iterator[None]:
        """While it lasts, what is written is an insertion, a deletion or neither."""
        before, self.fate = self.fate, fate
        try:
            yield
        finally:
            self.fate = before

    def tracked(self, runs: Xml) -> Xml:
        """Runs as what they are now: ECMA-376 part 1, 17.13.5.14 and 17.13.5.18."""
        return f"<{self._stamp(f'w:{self.fate}')}>{runs}</w:{self.fate}>" if self.fate and runs else runs

    def mark(self, fate: Fate) -> Xml:
        """What says of a row or of the end of a paragraph how it is tracked."""
        return f"<{self._stamp(f'w:{fate}')}/>" if fate else ""

    def formerly(self, properties: Xml) -> Xml:
        """What says that a paragraph had other properties in the old edition: ECMA-376 part 1, 17.13.5.29."""
        return f"<{self._stamp('w:pPrChange')}>{properties}</w:pPrChange>"

    def span(self) -> tuple[Xml, Xml]:
        """The two ends around an end of a new control, so that the control goes where its insertion is rejected:
        ECMA-376 part 1, 17.13.5.6."""
        number = self.bookmark()
        start = f"<{self._stamp('w:customXmlInsRangeStart', number)}/>"
        return start, f'<w:customXmlInsRangeEnd w:id="{number}"/>'

    def _stamp(self, element: str, number: int = 0) -> Xml:
        """Who made a change, and when: the clock of a document is the day whose knowledge it holds."""
        author = attribute(self.document.furniture.issuer or NOBODY)
        made = f'w:author="{author}" w:date="{self.document.as_of}T00:00:00Z"'
        return f'{element} w:id="{number or self.bookmark()}" {made}'

    def marked(self, name: str, runs: Xml) -> Xml:
        """The runs in a bookmark to which something leads: the first of a name alone."""
        if name in self._names or self.fate == "del":
            return runs
        self._names.add(name)
        number = self.bookmark()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'

    def has(self, name: str) -> bool:
        """Whether a bookmark of this name stands before."""
        return name in self._names

    @contextmanager
    def in_notes(self) -> Iterator[None]:
        """Inside, links are relationships of the footnotes."""
        body = self.relationships, self._links
        self.relationships, self._links = self.note_relationships, {}
        yield
        self.relationships, self._links = body

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


def caption_mark(kind: Captioned, number: int) -> str:
    """The name of the bookmark around the number of a caption."""
    return f"_{kind[0]}{number}"


def number_in(caption: Caption) -> re.Match[str] | None:
    """Where the label of a caption holds its number."""
    return next((found for found in NUMBER.finditer(caption.label) if int(found[0]) == caption.number), None)
