"""Where new rows lead: to sources that the file lists, under its own numbers, and to pages that it links already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from reports.document import (
    Citation,
    CrossReference,
    Document,
    Footnote,
    Inline,
    Row,
    Run,
    Sources,
    Table,
    Text,
    flat,
    plain,
)
from reports.house.package import BODY_RELATIONSHIPS, RELATIONSHIPS, W, parse
from reports.refresh.controls import text_of
from reports.refresh.package import Node, Package
from reports.writers.word.prints import letters_of

SOURCE = "_s"  # what the bookmark of a source begins with, before its number


@dataclass(frozen=True, slots=True)
class Leads:
    """The number in the file of each source of today's brief that it lists, and its relationship to each page."""

    sources: Mapping[int, int]
    pages: Mapping[str, str]

    def fitted(self, text: Text) -> Text:
        """A text with what the file has of its sources and links; notes would need a part and a number of their own."""
        return tuple(fit for inline in text if (fit := self._fit(inline)) is not None)

    def _fit(self, inline: Inline) -> Inline | None:
        match inline:
            case Run(link=link):
                return inline if not link or link in self.pages else replace(inline, link="")
            case Citation(numbers=numbers):
                known = tuple(self.sources[number] for number in numbers if number in self.sources)
                return replace(inline, numbers=known) if known else None
            case CrossReference(label=label):
                return Run(label)  # the file may count its tables otherwise
            case Footnote():
                return None
            case _:
                return inline

    def lacks(self, text: Text) -> bool:
        """Whether a text leads to what the file does not have."""
        return any(self._is_lost(inline) for inline in text)

    def _is_lost(self, inline: Inline) -> bool:
        match inline:
            case Run(link=link):
                return bool(link) and link not in self.pages
            case Citation(numbers=numbers):
                return not set(numbers) <= self.sources.keys()
            case _:
                return isinstance(inline, Footnote)

    def fitted_table(self, block: Table) -> Table:
        """A table whose cells lead only to what the file has."""
        rows = tuple(self.fitted_row(row) for row in block.rows)
        header = tuple(tuple(map(self.fitted, row)) for row in block.header)
        return replace(block, header=header, rows=rows)

    def fitted_row(self, row: Row) -> Row:
        """A row whose cells lead only to what the file has."""
        return replace(row, cells=tuple(map(self.fitted, row.cells)))

    def listed(self, document: Document) -> Document:
        """The document with its sources under the numbers that they have in the file, without the others."""
        blocks = (self._numbered(block) if isinstance(block, Sources) else block for block in flat(document.blocks))
        return replace(document, blocks=tuple(blocks))

    def _numbered(self, block: Sources) -> Sources:
        known = (entry for entry in block.entries if entry.number in self.sources)
        return Sources(tuple(replace(entry, number=self.sources[entry.number]) for entry in known))


def leads_of(package: Package, document: Document) -> Leads:
    """What of today's brief the file can lead to."""
    listed: dict[str, int] = {}
    for mark in package.body.root.iter(W + "bookmarkStart"):
        number = mark.get(W + "name", "").removeprefix(SOURCE)
        paragraph = next(mark.iterancestors(W + "p"), None)
        if mark.get(W + "name", "").startswith(SOURCE) and number.isdecimal() and paragraph is not None:
            listed.setdefault(letters_of(text_of(paragraph)), int(number[:6]))
    entries = (entry for block in flat(document.blocks) if isinstance(block, Sources) for entry in block.entries)
    told = ((entry.number, letters_of(plain(entry.text))) for entry in entries)
    return Leads({number: listed[text] for number, text in told if text in listed}, _pages(package))


def _pages(package: Package) -> Mapping[str, str]:
    """The relationship of the body to each page that it links."""
    try:
        links: Node = parse(package.parts.get(BODY_RELATIONSHIPS, b""))
    except etree.XMLSyntaxError:
        return {}
    kind = f"{RELATIONSHIPS}/hyperlink"
    pages = (link for link in links if link.get("Type") == kind and link.get("TargetMode") == "External")
    return {link.get("Target", ""): link.get("Id", "") for link in pages}
