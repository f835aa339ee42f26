"""Blocks as HTML elements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    ColumnKind,
    Document,
    Heading,
    Note,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Reference,
    Row,
    SourceEntry,
    Sources,
    Table,
    Text,
)
from reports.house.theme import Theme
from reports.writers.html.chart import svg
from reports.writers.html.inlines import Passports, attributes, escaped, html_text


@dataclass(frozen=True, slots=True)
class Pages:
    """What every block may need: its document, the look, the passports of figures."""

    document: Document
    theme: Theme
    known: Passports


def html_of(block: Block, pages: Pages) -> str:  # noqa: C901, PLR0911  one case a kind of block
    """One block; a page break is a matter of print and shows in the style sheet alone."""
    known = pages.known
    match block:
        case Heading(text, level):
            return _element(f"h{min(level, 6)}", html_text(text, known))
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
            caption = _element("figcaption", _caption(block.caption, known))
            figure = _element(
                "figure", f"{caption}\n{svg(block, pages.theme, known, pages.document.direction == 'rtl')}"
            )
            return "\n".join([figure, *_notes(block.notes, known)])
        case Reference(heading, blocks):
            inner = [_element("p", html_text(heading, known), "reference-heading")]
            return _element("aside", "\n".join([*inner, *(html_of(part, pages) for part in blocks)]))
        case Sources(entries):
            return _element("ol", "\n".join(_entry(entry, known) for entry in entries), "sources")
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


def _caption(caption: Caption, known: Passports) -> str:
    unit = " " + _element("span", html_text(caption.unit, known), "caption-unit") if caption.unit else ""
    return f"{escaped(caption.label)} {html_text(caption.title, known)}{unit}"


def _notes(notes: Iterable[Text], known: Passports) -> list[str]:
    return [_element("p", html_text(note, known), "table-note") for note in notes]


def _entry(entry: SourceEntry, known: Passports) -> str:
    """Citations lead to the first entry of a number."""
    anchor = f"source-{entry.number}" if known.entries[entry.number] is entry else ""
    return f"<li{attributes(id=anchor, value=str(entry.number))}>{html_text(entry.text, known)}</li>"


# ---------------------------------------------------------------- tables


def _table(table: Table, pages: Pages) -> str:
    known = pages.known
    head = "\n".join(f"<tr>{_header_cells(cells, table.columns, known)}</tr>" for cells in table.header)
    body = "\n".join(_row(row, table.columns, pages) for row in table.rows)
    caption = _element("caption", _caption(table.caption, known))
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
