"""Blocks as HTML elements."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Caption,
    Captioned,
    Chart,
    ColumnKind,
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
    Row,
    SourceEntry,
    Sources,
    Table,
    Text,
    footnotes,
    headings,
    plain,
)
from reports.house.theme import Theme
from reports.writers.html.chart import svg
from reports.writers.html.inlines import Passports, attributes, escaped, html_text


@dataclass(frozen=True, slots=True)
class Pages:
    """What every block may need: its document, the look, the passports of figures, the places of headings."""

    document: Document
    theme: Theme
    known: Passports
    places: Mapping[int, str]


def html_of(block: Block, pages: Pages) -> str:  # noqa: C901, PLR0911, PLR0912  one case a kind of block
    """One block; a page break is a matter of print and shows in the style sheet alone."""
    known = pages.known
    match block:
        case Heading(text, level):
            name = f"h{min(level, 6)}"
            return f"<{name}{attributes(id=pages.places.get(id(block), ''))}>{html_text(text, known)}</{name}>"
        case Paragraph(text, role):
            return _element("p", html_text(text, known), "" if role == "body" else role)
        case Note(text):
            return _element("p", html_text(text, known), "note")
        case Bullets(items):
            return _element("ul", _each("li", items, known))
        case Panels(panels):
            return _element("div", "\n".join(_panel(panel, known) for panel in panels), "panels")
        case Table():
            return _table(block, pages)
        case Chart():
            caption = _caption("figcaption", "figure", block.caption, known)
            figure = _element(
                "figure", f"{caption}\n{svg(block, pages.theme, known, pages.document.direction == 'rtl')}"
            )
            return "\n".join([figure, *_notes(block.notes, known)])
        case Picture():
            return _picture(block, known)
        case Reference(heading, blocks):
            inner = [_element("p", html_text(heading, known), "reference-heading")]
            return _element("aside", "\n".join([*inner, *(html_of(part, pages) for part in blocks)]))
        case Sources(entries):
            return _element("ol", "\n".join(_entry(entry, known) for entry in entries), "sources")
        case Internal(blocks):
            return "\n".join(html_of(part, pages) for part in blocks)
        case Contents():
            return _contents(block, pages)
        case PageBreak():
            return '<div class="page-break"></div>'
        case _:
            assert_never(block)


def _element(name: str, inner: str, style: str = "") -> str:
    return f"<{name}{attributes(**{'class': style})}>{inner}</{name}>"


def _each(name: str, texts: Iterable[Text], known: Passports) -> str:
    return "\n".join(_element(name, html_text(text, known)) for text in texts)


def _panel(panel: Panel, known: Passports) -> str:
    number = _element("span", html_text(panel.number, known), "panel-number") if panel.number else ""
    unit = _element("span", html_text(panel.unit, known), "panel-unit") if panel.unit else ""
    figure = " ".join(filter(None, (unit, number) if panel.unit_first else (number, unit)))
    detail = _element("p", html_text(panel.detail, known), "panel-detail") if panel.detail else ""
    label = _element("p", html_text(panel.label, known), "panel-label")
    return _element("div", f"{_element('p', figure, 'panel-figure')}{label}{detail}", "panel")


def _caption(name: str, kind: Captioned, caption: Caption, known: Passports) -> str:
    """References lead to the first caption of a number."""
    unit = " " + _element("span", html_text(caption.unit, known), "caption-unit") if caption.unit else ""
    anchor = f"{kind}-{caption.number}" if known.captions[kind, caption.number] is caption else ""
    said = f"{escaped(caption.label)} {html_text(caption.title, known)}{unit}"
    return f"<{name}{attributes(id=anchor)}>{said}</{name}>"


def _picture(picture: Picture, known: Passports) -> str:
    """The file itself stands in the page: it asks for nothing from elsewhere."""
    source = f"data:image/jpeg;base64,{b64encode(picture.blob).decode('ascii')}"
    across, down = map(str, picture.pixels)
    size = f"width: {picture.width}cm; height: auto"
    image = f"<img{attributes(src=source, alt=picture.alternative, width=across, height=down, style=size)}>"
    caption = _element("figcaption", html_text(picture.caption, known)) if picture.caption else ""
    return _element("figure", "\n".join(filter(None, (image, caption))))


def _notes(notes: Iterable[Text], known: Passports) -> list[str]:
    return [_element("p", html_text(note, known), "table-note") for note in notes]


def _entry(entry: SourceEntry, known: Passports) -> str:
    """Citations lead to the first entry of a number."""
    anchor = f"source-{entry.number}" if known.entries[entry.number] is entry else ""
    return f"<li{attributes(id=anchor, value=str(entry.number))}>{html_text(entry.text, known)}</li>"


# ---------------------------------------------------------------- contents, notes


def places(document: Document) -> Mapping[int, str]:
    """The anchor of each heading that a list of contents may list, by the identity of the heading."""
    return {id(heading): f"section-{number}" for number, heading in headings(document.blocks)}


def _contents(contents: Contents, pages: Pages) -> str:
    """Links to the headings: a page of a browser has no page numbers."""
    listed = headings(pages.document.blocks, contents.depth)
    links = (
        f'<li class="level-{heading.level - 1}"><a href="#section-{number}">'
        f"{escaped(plain(heading.text), ' ')}</a></li>"
        for number, heading in listed
    )
    title = _element("p", html_text(contents.title, pages.known), "contents-heading")
    return f'<nav role="doc-toc">{title}\n<ul>\n' + "\n".join(links) + "\n</ul></nav>"


def notes_of(document: Document, known: Passports) -> str:
    """The footnotes, at the end of the page, each with a link back to its mark."""
    notes = footnotes(document.blocks)
    if not notes:
        return ""
    items = "\n".join(
        f'<li id="note-{note.number}" value="{note.number}">{html_text(note.text, known)} '
        f'<a href="#note-mark-{note.number}" role="doc-backlink">↑ {note.sign}</a></li>'
        for note in notes
    )
    kind = ' type="i"' if any(note.roman for note in notes) else ""
    return f'<section class="footnotes" role="doc-endnotes"><ol{kind}>\n{items}\n</ol></section>'


# ---------------------------------------------------------------- tables


def _table(table: Table, pages: Pages) -> str:
    known = pages.known
    head = "\n".join(f"<tr>{_header_cells(cells, table.columns, known)}</tr>" for cells in table.header)
    body = "\n".join(_row(row, table.columns, pages) for row in table.rows)
    caption = _caption("caption", "table", table.caption, known)
    whole = f"{caption}\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>"
    described = attributes(aria_description=table.alternative)
    return "\n".join([f"<table{described}>\n{whole}\n</table>", *_notes(table.notes, known)])


def _header_cells(cells: Iterable[Text], columns: tuple[ColumnKind, ...], known: Passports) -> str:
    return "".join(
        f"<th{attributes(scope='col', **{'class': _kind(column)})}>{html_text(cell, known)}</th>"
        for cell, column in zip(cells, columns, strict=True)
    )


def _row(row: Row, columns: tuple[ColumnKind, ...], pages: Pages) -> str:
    first, *rest = (html_text(cell, pages.known) for cell in row.cells)
    indent = f"padding-inline-start: {row.level * pages.theme.table.indent:g}pt" if row.level else ""
    span = str(len(row.cells)) if row.spans else ""
    header = f"<th{attributes(scope='row', colspan=span, style=indent)}>{first}</th>"
    if span:
        return f"<tr{attributes(**{'class': 'ruled'})}>{header}</tr>"
    cells = (_element("td", cell, _kind(column)) for cell, column in zip(rest, columns[1:], strict=True))
    style = attributes(**{"class": "ruled" if row.ruled else ""})
    return f"<tr{style}>{header}{''.join(cells)}</tr>"


def _kind(column: ColumnKind) -> str:
    return "figure" if column == "figure" else ""
