"""The style sheet of a page, from the house style."""

import re

from reports.house.theme import TextStyle, Theme

# What each style of the house file dresses.
SELECTORS = {
    "Normal": "body, p, li",
    "Title": "h1",
    "Subtitle": "p.subtitle",
    "Heading 1": "h2, .level-2",
    "Heading 2": "h3, .level-3",
    "Heading 3": "h4, h5, h6, .level-4, .level-5, .level-6",
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
    "Reference Heading": ".reference-heading",
    "Reference Text": ".reference p, .reference li",
    "Sources": "ol.sources li",
    "TOC Heading": "p.contents-heading",
    "TOC 1": "nav li",
    "TOC 2": "nav li li",
    "Footnote Text": ".footnotes li",
    "Header": "header, .circulation",
    "Footer": "footer",
    "Classification": ".classification",
}

FIXED = """
:root { color-scheme: light }
* { box-sizing: border-box }
html { background: #fff }
body { margin: 0 auto; padding: 1em; overflow-wrap: break-word }
:focus-visible { outline: 2px solid; outline-offset: 2px }
header { padding-bottom: 3pt }
p.circulation { margin: 3pt 0 0; border: 0 }
.line { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2em }
main { margin-top: 14pt }
footer { margin-top: 2em }
ul, ol { margin: 0 0 1em; padding-inline-start: 1.6em }
p, li { hyphens: auto }
h1, h2, h3, h4, h5, h6, table, figure, .panels, .subtitle { hyphens: manual }
p.panel-figure { margin: 0 }
ul.panels { display: flex; flex-wrap: wrap; gap: 8pt; margin: 12pt 0; padding: 0; list-style-type: "" }
.panels > .panel { flex: 1 1 90pt; margin: 0; padding: 6pt 8pt; border: 1px solid transparent }
.scroll { overflow-x: auto; margin: 12pt 0 6pt }
.scroll svg { min-width: 380pt }
table { border-collapse: collapse; width: 100%; margin: 0 }
caption, th { text-align: start }
th.figure, td.figure { text-align: end; font-variant-numeric: tabular-nums }
tbody th { font-weight: inherit }
td, th { vertical-align: baseline; overflow-wrap: normal }
figure { margin: 12pt 0 6pt }
figure .scroll { margin: 0 }
img { display: block; max-width: 100% }
svg { display: block; width: 100%; height: auto }
section.reference, nav { margin: 12pt 0 }
nav ul { list-style-type: ""; margin: 0; padding: 0 }
nav ul ul { padding-inline-start: 1.2em }
nav a, .footnotes a[role] { text-decoration: none }
nav a:is(:hover, :focus) { text-decoration: underline }
sup { line-height: 0; font-size: .7em; font-weight: 400; vertical-align: super }
.panel-number sup { font-size: 8pt }
sup a { color: inherit; text-decoration: none }
data[title] { cursor: help }
@media (forced-colors: active) {
svg { forced-color-adjust: none; background: #fff }
}
@media print {
body { max-width: none; padding: 0 }
tr, figure, .panels { break-inside: avoid }
h1, h2, h3, h4, h5, h6, caption, figcaption { break-after: avoid }
thead { display: table-header-group }
.page-break { break-before: page }
.scroll { overflow: visible }
.scroll svg { min-width: 0 }
data[title] { cursor: auto }
}""".strip()


def css(theme: Theme, digits: str = "") -> str:
    """The whole style sheet: sizes and colours of the house, what every page needs, the digits of numbered lists."""
    page = theme.page
    dressed = [f"{selector} {{ {_declarations(theme.styles[name])} }}" for name, selector in SELECTORS.items()]
    link = theme.styles["Hyperlink"]
    return "\n".join([
        *dressed,
        FIXED,
        f"body {{ max-width: {page.width - page.left - page.right + 24:g}pt }}",
        f"a {{ color: #{_hex(link.color)} }}",
        *_rules(theme),
        *_numbers(digits),
        f"@page {{ size: {page.width:g}pt {page.height:g}pt; "
        f"margin: {page.top:g}pt {page.right:g}pt {page.bottom:g}pt {page.left:g}pt }}",
    ])  # fmt: skip


def _rules(theme: Theme) -> list[str]:
    table, panel = theme.table, theme.styles["Panel Number"]
    side = theme.styles["Reference Text"].side_rule or theme.styles["Reference Heading"].side_rule
    return [
        f"td, th {{ padding: {table.pad_y:g}pt {table.pad_x:g}pt }}",
        f"thead tr:first-child > * {{ border-top: {_border(table.top)} }}",
        f"thead tr:last-child > * {{ border-bottom: {_border(table.head)} }}",
        f"tbody tr + tr > * {{ border-top: {_border(table.inner)} }}",
        f"tbody tr.ruled > * {{ border-top: {_border(table.head)} }}",
        f"tbody tr:last-child > * {{ border-bottom: {_border(table.bottom)} }}",
        f".panel {{ background: #{_hex(panel.shade)} }}" if panel.shade else "",
        f".reference {{ border-inline-start: {_border(side)}; padding-inline-start: 10pt }}" if side else "",
    ]


def _numbers(digits: str) -> list[str]:
    """Lists counted in ten digits of their own (CSS Counter Styles 3)."""
    if not digits:
        return []
    symbols = " ".join(f'"\\{ord(digit):x}"' for digit in digits)
    return [
        f'@counter-style digits {{ system: numeric; symbols: {symbols}; suffix: ". " }}',
        ".sources, .footnotes ol:not([type]) { list-style: digits }",
    ]


def _declarations(style: TextStyle) -> str:
    """One style; an inner element of a box takes no rule of its own, the box has it."""
    weight = "italic " * style.italic + ("700" if style.bold else "400")
    leading = round(style.leading / style.size, 3)  # in parts of the size, so that it grows with what a reader enlarges
    said = [
        f"font: {weight} {style.size:g}pt/{leading:g} {_family(style.font)}",
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
