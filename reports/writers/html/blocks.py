"""Blocks as HTML elements."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Chart,
    Contents,
    Document,
    Heading,
    Internal,
    Note,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Picture,
    Reference,
    SourceEntry,
    Sources,
    Table,
    Text,
    flat,
    plain,
)
from reports.house.theme import Theme
from reports.writers.html.chart import svg
from reports.writers.html.contents import contents_of
from reports.writers.html.inlines import Passports, anchor_of, attributes, element, html_text
from reports.writers.html.tables import caption_of, notes_under, scrolled, table_of

DEEPEST = 6  # HTML has no level below h6


@dataclass(frozen=True, slots=True)
class Pages:
    """What every block may need: its document, the look, the passports of figures."""

    document: Document
    theme: Theme
    known: Passports


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the level of the heading above it, or of its own, and the anchor of that one."""

    level: int
    anchor: str = ""


def body_of(pages: Pages, level: int) -> Iterator[str]:
    """The elements of all blocks below a heading of this level, 0 where there is none.

    The levels of headings begin with 1 and skip none, as in PDF (ISO 14289-1, 7.4.2; WCAG 2.2, G141): a deeper one
    looks as the document says and stands one level under the heading before it.
    """
    section = 0
    for block in flat(pages.document.blocks):
        anchor = ""
        if isinstance(block, Heading):
            level = min(block.level, level + 1, DEEPEST)
            if block.level > 1 and plain(block.text).strip():  # as reports.document.headings counts them
                section += 1
                anchor = f"section-{section}"
        yield html_of(block, pages, Place(level, anchor))


def html_of(block: Block, pages: Pages, place: Place) -> str:  # noqa: C901, PLR0911, PLR0912  one case a kind of block
    """One block, empty where it says nothing; a page break is a matter of print and shows in the style sheet alone."""
    known = pages.known
    match block:
        case Heading(text, level):
            look = f"level-{drawn}" if (drawn := min(level, DEEPEST)) != place.level else ""
            return element(f"h{place.level}", html_text(text, known), look, id=place.anchor)
        case Paragraph(text, role):
            return element("p", html_text(text, known), "" if role == "body" else role)
        case Note(text):
            return element("p", html_text(text, known), "note")
        case Bullets(items):
            return element("ul", _each("li", items, known))
        case Panels(panels):
            return element("ul", "\n".join(_panel(panel, known) for panel in panels), "panels")
        case Table():
            return table_of(block, pages.theme, known)
        case Chart():
            return _chart(block, pages)
        case Picture():
            return _picture(block, known)
        case Reference():
            return _reference(block, pages, place)
        case Sources(entries):
            return element("ol", "\n".join(_entry(entry, known) for entry in entries), "sources")
        case Internal(blocks):
            return "\n".join(html_of(part, pages, place) for part in blocks)
        case Contents():
            return contents_of(block, pages.document, known)
        case PageBreak():
            return '<div class="page-break"></div>'
        case _:
            assert_never(block)


def _each(name: str, texts: Iterable[Text], known: Passports) -> str:
    return "\n".join(filter(None, (element(name, html_text(text, known)) for text in texts)))


def _panel(panel: Panel, known: Passports) -> str:
    number = element("span", html_text(panel.number, known), "panel-number")
    unit = element("span", html_text(panel.unit, known), "panel-unit")
    figure = " ".join(filter(None, (unit, number) if panel.unit_first else (number, unit)))
    parts = [element("p", figure, "panel-figure")]
    parts += [element("p", html_text(panel.label, known), "panel-label")]
    parts += [element("p", html_text(panel.detail, known), "panel-detail")]
    return element("li", "".join(parts), "panel")


def _chart(chart: Chart, pages: Pages) -> str:
    """The drawing keeps a size that can be read, and is scrolled where the window is narrower."""
    known, turned = pages.known, pages.document.direction == "rtl"
    drawing = scrolled(svg(chart, pages.theme, known, turned), chart.caption, anchor_of("figure", chart.caption, known))
    figure = element("figure", f"{caption_of('figcaption', 'figure', chart.caption, known)}\n{drawing}")
    return "\n".join(filter(None, (figure, notes_under(chart.notes, known))))


def _picture(picture: Picture, known: Passports) -> str:
    """The file itself stands in the page: it asks for nothing from elsewhere."""
    source = f"data:image/jpeg;base64,{b64encode(picture.blob).decode('ascii')}"
    across, down = map(str, picture.pixels)
    size = f"width: {picture.width}cm; height: auto"
    alternative = attributes(alt=picture.alternative) or ' alt=""'
    image = f"<img{attributes(src=source)}{alternative}{attributes(width=across, height=down, style=size)}>"
    caption = element("figcaption", html_text(picture.caption, known))
    return element("figure", "\n".join(filter(None, (image, caption))))


def _reference(box: Reference, pages: Pages, place: Place) -> str:
    """A region with its heading, which is one of the document's."""
    heading = element(f"h{min(place.level + 1, DEEPEST)}", html_text(box.heading, pages.known), "reference-heading")
    inner = filter(None, (heading, *(html_of(part, pages, place) for part in box.blocks)))
    return element("section", "\n".join(inner), "reference", aria_label=plain(box.heading))


def _entry(entry: SourceEntry, known: Passports) -> str:
    """Citations lead to the first entry of a number."""
    anchor = f"source-{entry.number}" if known.entries[entry.number] is entry else ""
    return f"<li{attributes(id=anchor, value=str(entry.number))}>{html_text(entry.text, known)}</li>"
