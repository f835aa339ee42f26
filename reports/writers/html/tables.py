"""Tables, and what tables and charts have in common: captions, notes, and room to scroll in."""

from collections.abc import Iterable, Sequence

from reports.document import Caption, Captioned, ColumnKind, Row, Table, Text, plain
from reports.house.theme import Theme
from reports.writers.html.inlines import Passports, anchor_of, attributes, element, escaped, html_text


def table_of(table: Table, theme: Theme, known: Passports) -> str:
    """The table in room to scroll in, and its notes."""
    head = "\n".join(f"<tr>{_header_cells(cells, table.columns, known)}</tr>" for cells in table.header)
    body = "\n".join(_row(row, table.columns, theme, known) for row in table.rows)
    caption = caption_of("caption", "table", table.caption, known)
    parts = (caption, element("thead", head), element("tbody", body))
    whole = element("table", "\n".join(filter(None, parts)), aria_description=table.alternative)
    shown = scrolled(whole, table.caption, anchor_of("table", table.caption, known))
    return "\n".join(filter(None, (shown, notes_under(table.notes, known))))


def scrolled(inner: str, caption: Caption, anchor: str) -> str:
    """What may be wider than the window, as a group with the name of its caption that a keyboard can reach and
    scroll (WCAG 2.2, 1.4.10 and 2.1.1)."""
    named = {"aria_labelledby": anchor} if anchor else {"aria_label": f"{caption.label} {plain(caption.title)}"}
    return element("div", f"\n{inner}\n", "scroll", role="group", tabindex="0", **named)


def caption_of(name: str, kind: Captioned, caption: Caption, known: Passports) -> str:
    """Label and number, title, unit."""
    unit = element("span", html_text(caption.unit, known), "caption-unit")
    said = " ".join(filter(None, (escaped(caption.label), html_text(caption.title, known), unit)))
    return element(name, said, id=anchor_of(kind, caption, known))


def notes_under(notes: Sequence[Text], known: Passports) -> str:
    """Legend, rounding, source: small under a table or chart, in one paragraph as in Word and PDF."""
    return element("p", " ".join(filter(None, (html_text(note, known) for note in notes))), "table-note")


def _header_cells(cells: Iterable[Text], columns: tuple[ColumnKind, ...], known: Passports) -> str:
    return "".join(
        _header_cell(html_text(cell, known), _kind(column), scope="col")
        for cell, column in zip(cells, columns, strict=True)
    )


def _header_cell(said: str, style: str = "", **named: str) -> str:
    """A cell that says nothing heads nothing: the corner of a table (HTML, 4.9.10)."""
    look = {"class": style}
    return f"<th{attributes(**named, **look)}>{said}</th>" if said else f"<td{attributes(**look)}></td>"


def _row(row: Row, columns: tuple[ColumnKind, ...], theme: Theme, known: Passports) -> str:
    first, *rest = (html_text(cell, known) for cell in row.cells)
    indent = f"padding-inline-start: {row.level * theme.table.indent:g}pt" if row.level else ""
    span = str(len(row.cells)) if row.spans else ""
    header = _header_cell(first, scope="row", colspan=span, style=indent)
    if span:
        return f'<tr class="ruled">{header}</tr>'
    cells = (f"<td{attributes(**{'class': _kind(column)})}>{cell}</td>"
             for cell, column in zip(rest, columns[1:], strict=True))  # fmt: skip
    style = attributes(**{"class": "ruled" if row.ruled else ""})
    return f"<tr{style}>{header}{''.join(cells)}</tr>"


def _kind(column: ColumnKind) -> str:
    return "figure" if column == "figure" else ""
