"""The style sheet of a page, from the house style."""

import re

from reports.house.theme import TextStyle, Theme

# What each style of the house file dresses.
SELECTORS = {
    "Normal": "body, p, li",
    "Title": "h1",
    "Subtitle": "p.subtitle",
    "Heading 1": "h2",
    "Heading 2": "h3",
    "Heading 3": "h4",
    "Lead": "p.lead",
    "List Bullet": "ul li",
    "Note": "p.note, p.small",
    "Caption": "caption, figcaption, p.caption",
    "Caption Unit": ".caption-unit",
    "Table Text": "td, tbody th",
    "Table Figure": "td.figure",
    "Table Header": "thead th",
    "Table Note": "p.table-note",
    "Panel Number": ".panel-number",
    "Panel Unit": ".panel-unit",
    "Panel Label": "p.panel-label",
    "Panel Detail": "p.panel-detail",
    "Reference Heading": "p.reference-heading",
    "Reference Text": "aside p, aside li",
    "Sources": "ol.sources li",
    "TOC Heading": "p.contents-heading",
    "TOC 2": "nav li",
    "TOC 1": "nav li.level-1",
    "Footnote Text": ".footnotes li",
    "Header": "header, p.circulation",
    "Footer": "footer",
    "Classification": ".classification",
}

FIXED = """
* { box-sizing: border-box }
html { background: #fff }
body { margin: 0 auto; padding: 1em }
header { display: flex; justify-content: space-between; gap: 2em; padding-bottom: 3pt }
main { margin-top: 14pt }
footer { display: flex; justify-content: space-between; gap: 2em; margin-top: 2em }
ul, ol { margin: 0 0 1em; padding-inline-start: 1.6em }
p, li { hyphens: auto }
h1, h2, h3, h4, table, figure, .panels, .subtitle { hyphens: manual }
p.panel-figure { margin: 0 }
.panels { display: flex; flex-wrap: wrap; gap: 8pt; margin: 12pt 0 }
.panel { flex: 1 1 90pt }
table { border-collapse: collapse; width: 100%; margin: 12pt 0 6pt }
caption, th { text-align: start }
th.figure, td.figure { text-align: end; font-variant-numeric: tabular-nums }
tbody th { font-weight: inherit }
td, th { vertical-align: baseline }
figure { margin: 12pt 0 6pt }
img { display: block; max-width: 100% }
svg { display: block; width: 100%; height: auto }
aside, nav { margin: 12pt 0 }
nav ul { list-style: none; padding: 0 }
nav a, .footnotes a[role] { text-decoration: none }
sup { line-height: 0; font-size: .7em; font-weight: 400; vertical-align: super }
.panel-number sup { font-size: 8pt }
p.table-note + p.table-note { margin-top: -7pt }
sup a { color: inherit; text-decoration: none }
data[title] { cursor: help }
@media print {
body { max-width: none; padding: 0 }
tr, figure, .panels { break-inside: avoid }
h1, h2, h3, h4, caption, figcaption, .reference-heading { break-after: avoid }
thead { display: table-header-group }
.page-break { break-before: page }
data[title] { cursor: auto }
}""".strip()


def css(theme: Theme) -> str:
    """The whole style sheet: sizes and colours of the house, and what every page needs."""
    page = theme.page
    dressed = [f"{selector} {{ {_declarations(theme.styles[name])} }}" for name, selector in SELECTORS.items()]
    link = theme.styles["Hyperlink"]
    return "\n".join([
        *dressed,
        FIXED,
        f"body {{ max-width: {page.width - page.left - page.right + 24:g}pt }}",
        f"a {{ color: #{_hex(link.color)} }}",
        *_rules(theme),
        f"@page {{ size: {page.width:g}pt {page.height:g}pt; "
        f"margin: {page.top:g}pt {page.right:g}pt {page.bottom:g}pt {page.left:g}pt }}",
    ])  # fmt: skip


def _rules(theme: Theme) -> list[str]:
    table, panel = theme.table, theme.styles["Panel Number"]
    tint = f"; background: #{_hex(panel.shade)}" if panel.shade else ""
    side = theme.styles["Reference Text"].side_rule or theme.styles["Reference Heading"].side_rule
    return [
        f"td, th {{ padding: {table.pad_y:g}pt {table.pad_x:g}pt }}",
        f"thead tr:first-child th {{ border-top: {_border(table.top)} }}",
        f"thead tr:last-child th {{ border-bottom: {_border(table.head)} }}",
        f"tbody tr + tr > * {{ border-top: {_border(table.inner)} }}",
        f"tbody tr.ruled > * {{ border-top: {_border(table.head)} }}",
        f"tbody tr:last-child > * {{ border-bottom: {_border(table.bottom)} }}",
        f".panel {{ padding: 6pt 8pt{tint} }}",
        f"aside {{ border-inline-start: {_border(side)}; padding-inline-start: 10pt }}" if side else "",
    ]


def _declarations(style: TextStyle) -> str:
    """One style; an inner element of a box takes no rule of its own, the box has it."""
    weight = "italic " * style.italic + ("700" if style.bold else "400")
    said = [
        f"font: {weight} {style.size:g}pt/{style.leading:g}pt {_family(style.font)}",
        f"color: #{_hex(style.color)}",
        f"margin: {style.before:g}pt 0 {style.after:g}pt",
        f"text-align: {style.alignment}",
    ]
    if style.caps:
        said.append("text-transform: uppercase")
    if style.bottom_rule:
        said.append(f"border-bottom: {_border(style.bottom_rule)}")
    return "; ".join(said)


def _family(font: str) -> str:
    """The font and, for a reader who lacks it, its kind."""
    name = re.sub(r"[^\w .-]", "", font)
    return f'"{name}", {"sans-serif" if "sans" in name.lower() else "serif"}'


def _border(rule: tuple[float, str]) -> str:
    width, color = rule
    return f"{width:g}pt solid #{_hex(color)}" if width else "0"


def _hex(color: str) -> str:
    return re.sub(r"[^0-9A-Fa-f]", "", color) or "000000"
